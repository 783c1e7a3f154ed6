-- One row per discharge from a short-term acute hospital. Days count from the day after discharge; who was admitted again in the window leaves, visited or not.
select
  follow_up.stay_id as subject_id,
  follow_up.person_id,
  follow_up.discharge_date as anchor_date,
  coalesce(follow_up.days_to_visit <= 14, false)::integer as numerator,
  1 as denominator,
  follow_up.exclusions_at_discharge || [
    case
      when follow_up.discharge_date + 14 > getvariable('data_through')
        then {
          reason: 'follow-up incomplete',
          evidence_date: getvariable('data_through'),
          evidence: 'the data end on day ' || getvariable('data_through') - follow_up.discharge_date || ' after discharge'
        }
    end,
    case
      when follow_up.days_to_death <= 14
        then {
          reason: 'died within 14 days',
          evidence_date: follow_up.discharge_date + follow_up.days_to_death::integer,
          evidence: 'on day ' || follow_up.days_to_death || ' after discharge'
        }
    end,
    case
      when follow_up.days_to_admission <= 14
        then {
          reason: 'admitted again within 14 days',
          evidence_date: follow_up.discharge_date + follow_up.days_to_admission::integer,
          evidence: 'on day ' || follow_up.days_to_admission || ' after discharge'
        }
    end,
    case
      when follow_up.discharge_date + 14 <= getvariable('data_through')
        and (discharge_month.person_id is null or last_month.person_id is null)
        then {
          reason: 'not enrolled through day 14',
          evidence_date: follow_up.discharge_date + 14,
          evidence: 'no medical coverage in the month of discharge or of day 14'
        }
    end
  ] as exclusions,
  coalesce('the first visit came on day ' || follow_up.days_to_visit || ' after discharge', 'no visit within 30 days')
    as evidence,
  follow_up.discharge_date + follow_up.days_to_visit::integer as evidence_date,
  follow_up.facility_id as facility,
  follow_up.discharge_setting
from mart.discharge_follow_up as follow_up
left join mart.medical_month as discharge_month
  on discharge_month.person_id = follow_up.person_id
  and discharge_month.month = date_trunc('month', follow_up.discharge_date)
left join mart.medical_month as last_month
  on last_month.person_id = follow_up.person_id
  and last_month.month = date_trunc('month', follow_up.discharge_date + 14)
