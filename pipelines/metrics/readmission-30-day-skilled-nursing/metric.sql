-- One row per stay in a short-term acute hospital, transfers merged, after which a skilled nursing facility had the person by the next day, before any other hospital stay: a new stay there, or one that held the bed. A stay that is no index stay keeps its reason and counts in neither part.
select
  stay.stay_id as subject_id,
  stay.person_id,
  stay.discharge_date as anchor_date,
  stay.is_unplanned_readmission_30::integer as numerator,
  1 as denominator,
  stay.exclusions,
  stay.next_told as evidence,
  stay.discharge_date + stay.days_to_next::integer as evidence_date,
  stay.next_stay_id as event_id,
  stay.facility_id as facility,
  stay.discharge_setting,
  stay.discharge_day,
  stay.stay_length,
  stay.specialty_cohort,
  stay.index_condition
from mart.readmission_stay as stay
where exists (
  from core.encounter as nursing
  where nursing.person_id = stay.person_id
    and nursing.encounter_type = 'skilled nursing'
    and not nursing.is_after_data_through
    and nursing.start_date - stay.discharge_date <= least(stay.days_to_next, 1)
    and (nursing.start_date >= stay.discharge_date or nursing.end_date > stay.discharge_date)
)
