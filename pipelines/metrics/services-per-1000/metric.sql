-- One row per person and month of medical coverage. A month with services but no coverage stays, excluded.
select
  person_id,
  month as anchor_date,
  all_services as numerator,
  denominator,
  exclusion,
  inpatient_services as inpatient,
  rehabilitation_services as rehabilitation,
  skilled_nursing_services as skilled_nursing,
  home_health_services as home_health,
  hospice_services as hospice,
  emergency_services as emergency,
  outpatient_services as outpatient,
  office_services as office,
  physician_in_facility_services as physician_in_facility,
  tests_services as tests,
  other_services as other,
  pharmacy_services as pharmacy
from mart.month_cost
where denominator = 1 or all_services > 0
