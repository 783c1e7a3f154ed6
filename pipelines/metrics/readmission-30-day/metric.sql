-- One row per stay in a short-term acute hospital, transfers merged. A stay that is no index stay keeps its reason and counts in neither part.
select
  stay_id as subject_id,
  person_id,
  coalesce(discharge_date, admit_date) as anchor_date,
  is_unplanned_readmission_30::integer as numerator,
  1 as denominator,
  exclusions,
  next_told as evidence,
  discharge_date + days_to_next::integer as evidence_date,
  next_stay_id as event_id,
  expected,
  facility_id as facility,
  discharge_setting,
  discharge_day,
  stay_length,
  specialty_cohort,
  index_condition,
  case when is_unplanned_readmission_30 then days_to_readmission::varchar end as return_day,
  case when is_unplanned_readmission_30 then readmission_condition end as return_condition
from mart.readmission
