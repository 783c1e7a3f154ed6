-- One row per discharge from a short-term acute hospital. Days count from the day after discharge; who was admitted again in the window leaves, visited or not.
select
  stay_id as subject_id,
  person_id,
  discharge_date as anchor_date,
  coalesce(days_to_visit <= 7, false)::integer as numerator,
  1 as denominator,
  exclusions_at_discharge || [
    case
      when discharge_date + 7 > getvariable('data_through')
        then {
          reason: 'follow-up incomplete',
          evidence_date: getvariable('data_through'),
          evidence: 'the data end on day ' || getvariable('data_through') - discharge_date || ' after discharge'
        }
    end,
    case
      when days_to_death <= 7
        then {
          reason: 'died within 7 days',
          evidence_date: discharge_date + days_to_death::integer,
          evidence: 'on day ' || days_to_death || ' after discharge'
        }
    end,
    case
      when days_to_admission <= 7
        then {
          reason: 'admitted again within 7 days',
          evidence_date: discharge_date + days_to_admission::integer,
          evidence: 'on day ' || days_to_admission || ' after discharge'
        }
    end,
    case
      when discharge_date + 7 <= getvariable('data_through')
        and not list_has_all(
          covered_months,
          [date_trunc('month', discharge_date), date_trunc('month', discharge_date + 7)]
        )
        then {
          reason: 'not enrolled through day 7',
          evidence_date: discharge_date + 7,
          evidence: 'no medical coverage in the month of discharge or of day 7'
        }
    end
  ] as exclusions,
  coalesce('the first visit came on day ' || days_to_visit || ' after discharge', 'no visit within 30 days')
    as evidence,
  discharge_date + days_to_visit::integer as evidence_date,
  facility_id as facility,
  discharge_setting
from mart.discharge_follow_up
