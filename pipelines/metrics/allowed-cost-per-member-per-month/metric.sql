-- One row per person and month of medical coverage. As total cost, in dollars allowed: what payers and members owe together.
select
  person_id,
  month as anchor_date,
  all_allowed as numerator,
  denominator,
  exclusion,
  inpatient_allowed as inpatient,
  rehabilitation_allowed as rehabilitation,
  skilled_nursing_allowed as skilled_nursing,
  home_health_allowed as home_health,
  hospice_allowed as hospice,
  emergency_allowed as emergency,
  outpatient_allowed as outpatient,
  office_allowed as office,
  physician_in_facility_allowed as physician_in_facility,
  tests_allowed as tests,
  other_allowed as other,
  pharmacy_allowed as pharmacy
from mart.month_cost
where denominator = 1 or all_allowed <> 0
