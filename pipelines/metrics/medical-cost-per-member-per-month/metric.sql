-- One row per person and month of medical coverage. As total cost, without prescriptions.
select
  person_id,
  month as anchor_date,
  all_paid - pharmacy_paid as numerator,
  denominator,
  exclusion,
  inpatient_paid as inpatient,
  rehabilitation_paid as rehabilitation,
  skilled_nursing_paid as skilled_nursing,
  home_health_paid as home_health,
  hospice_paid as hospice,
  emergency_paid as emergency,
  outpatient_paid as outpatient,
  office_paid as office,
  physician_in_facility_paid as physician_in_facility,
  tests_paid as tests,
  other_paid as other
from mart.month_cost
where denominator = 1 or all_paid - pharmacy_paid <> 0
