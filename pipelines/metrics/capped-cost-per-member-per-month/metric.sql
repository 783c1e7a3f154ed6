-- One row per person and month of medical coverage. As medical cost, each dollar cut by the share of its person's year above the 99th percentile.
select
  person_id,
  month as anchor_date,
  (all_paid - pharmacy_paid) * share_below_cap as numerator,
  denominator,
  exclusion,
  inpatient_paid * share_below_cap as inpatient,
  rehabilitation_paid * share_below_cap as rehabilitation,
  skilled_nursing_paid * share_below_cap as skilled_nursing,
  home_health_paid * share_below_cap as home_health,
  hospice_paid * share_below_cap as hospice,
  emergency_paid * share_below_cap as emergency,
  outpatient_paid * share_below_cap as outpatient,
  office_paid * share_below_cap as office,
  physician_in_facility_paid * share_below_cap as physician_in_facility,
  tests_paid * share_below_cap as tests,
  other_paid * share_below_cap as other
from mart.month_cost
where denominator = 1 or all_paid - pharmacy_paid <> 0
