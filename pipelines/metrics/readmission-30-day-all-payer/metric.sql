-- One row per stay in a short-term acute hospital, transfers merged, as in the 30-day measure; adults of any payer who are covered on the day of discharge.
with judged as (
  select
    *,
    exclusions_of_stay || [
      case when age is null then {reason: 'date of birth unknown', evidence_date: null::date, evidence: null::varchar} end,
      case when age < 18 then {reason: 'under 18 at admission', evidence_date: admit_date, evidence: 'aged ' || age} end,
      case
        when days_of_data < 30
          then {
            reason: 'follow-up incomplete',
            evidence_date: getvariable('data_through'),
            evidence: 'the data end on day ' || days_of_data || ' after discharge'
          }
      end,
      case
        when not is_covered_at_discharge
          then {
            reason: 'not covered on the day of discharge',
            evidence_date: discharge_date,
            evidence: 'no medical coverage on that day'
          }
      end
    ] as reasons
  from mart.readmission
)
select
  stay_id as subject_id,
  person_id,
  coalesce(discharge_date, admit_date) as anchor_date,
  (list_count(reasons) = 0 and coalesce(days_to_next <= 30 and not next_is_planned, false))::integer as numerator,
  1 as denominator,
  reasons as exclusions,
  next_told as evidence,
  discharge_date + days_to_next::integer as evidence_date,
  next_stay_id as event_id,
  facility_id as facility,
  discharge_setting,
  discharge_day,
  stay_length,
  specialty_cohort,
  index_condition
from judged
