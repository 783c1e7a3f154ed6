-- One row per person and month of medical coverage. A claim's dollars fall in the month in which it begins; a month with dollars but no coverage stays, excluded.
select
  person_id,
  month as anchor_date,
  all_paid as numerator,
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
  other_paid as other,
  pharmacy_paid as pharmacy
from mart.month_cost
where denominator = 1 or all_paid <> 0
