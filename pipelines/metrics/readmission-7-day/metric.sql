-- One row per stay in a short-term acute hospital, transfers merged, as in the 30-day measure; the return and the follow-up are those of 7 days.
with judged as (
  select
    *,
    exclusions_at_discharge || [
      case
        when days_of_data < 7
          then {
            reason: 'follow-up incomplete',
            evidence_date: getvariable('data_through'),
            evidence: 'the data end on day ' || days_of_data || ' after discharge'
          }
      end,
      case
        when days_in_part_a < least(7, days_of_data)
          then {
            reason: 'not in fee-for-service Part A for 7 days after discharge',
            evidence_date: discharge_date + days_in_part_a::integer,
            evidence: part_a_after
          }
      end
    ] as reasons
  from mart.readmission
)
select
  stay_id as subject_id,
  person_id,
  coalesce(discharge_date, admit_date) as anchor_date,
  (list_count(reasons) = 0 and coalesce(days_to_next <= 7 and not next_is_planned, false))::integer as numerator,
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
