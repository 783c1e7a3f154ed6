-- One row per stay in a short-term acute hospital, transfers merged, as in the 30-day measure; a planned return counts like any other.
select
  stay_id as subject_id,
  person_id,
  coalesce(discharge_date, admit_date) as anchor_date,
  is_readmission_30::integer as numerator,
  1 as denominator,
  exclusions,
  next_told as evidence,
  discharge_date + days_to_next::integer as evidence_date,
  next_stay_id as event_id,
  facility_id as facility,
  discharge_setting,
  discharge_day,
  stay_length,
  specialty_cohort,
  index_condition
from mart.readmission
