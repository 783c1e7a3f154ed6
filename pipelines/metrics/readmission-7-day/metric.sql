-- One row per stay in a short-term acute hospital, transfers merged, as in the 30-day measure; the return and the follow-up are those of 7 days.
with judged as (
  select
    *,
    case
      when exclusion_at_discharge is not null then exclusion_at_discharge
      when days_of_data < 7 then 'follow-up incomplete'
      when days_in_part_a < 7 then 'not in fee-for-service Part A for 7 days after discharge'
    end as reason
  from mart.readmission
)
select
  stay_id as subject_id,
  person_id,
  coalesce(discharge_date, admit_date) as anchor_date,
  (reason is null and coalesce(days_to_next <= 7 and not next_is_planned, false))::integer as numerator,
  1 as denominator,
  reason as exclusion,
  facility_id as facility,
  discharge_setting,
  discharge_day,
  stay_length,
  specialty_cohort,
  index_condition
from judged
