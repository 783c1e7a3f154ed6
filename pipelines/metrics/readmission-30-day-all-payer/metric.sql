-- One row per stay in a short-term acute hospital, transfers merged, as in the 30-day measure; adults of any payer who are covered on the day of discharge.
with judged as (
  select
    *,
    case
      when exclusion_of_stay is not null then exclusion_of_stay
      when age is null then 'date of birth unknown'
      when age < 18 then 'under 18 at admission'
      when days_of_data < 30 then 'follow-up incomplete'
      when not is_covered_at_discharge then 'not covered on the day of discharge'
    end as reason
  from mart.readmission
)
select
  stay_id as subject_id,
  person_id,
  coalesce(discharge_date, admit_date) as anchor_date,
  (reason is null and coalesce(days_to_next <= 30 and not next_is_planned, false))::integer as numerator,
  1 as denominator,
  reason as exclusion,
  facility_id as facility,
  discharge_setting,
  discharge_day,
  stay_length,
  specialty_cohort,
  index_condition
from judged
