-- One row per discharge from a short-term acute hospital, with the days to the first visit within 30 days, the next admission and death, the months of medical coverage from the day of discharge to day 14, and why it is left out: each reason with what shows it. A visit on the day of discharge is not counted: it may have come before.
with discharge as (
  select
    stay_id,
    person_id,
    facility_id,
    discharge_date,
    discharge_disposition_code,
    discharge_setting,
    lead(admit_date) over (partition by person_id order by admit_date, discharge_date, stay_id) - discharge_date
      as days_to_admission
  from mart.readmission
),
first_visit as (
  select discharge.stay_id, min(visit_day.visit_date - discharge.discharge_date) as days_to_visit
  from discharge
  join mart.visit_day
    on visit_day.person_id = discharge.person_id
    and visit_day.visit_date between discharge.discharge_date + 1 and discharge.discharge_date + 30
  where visit_day.kind = 'follow-up-visit'
  group by discharge.stay_id
),
covered as (
  select discharge.stay_id, list(enrolled.month order by enrolled.month) as covered_months
  from discharge
  join mart.medical_month as enrolled
    on enrolled.person_id = discharge.person_id
    and enrolled.month between date_trunc('month', discharge.discharge_date) and discharge.discharge_date + 14
  group by discharge.stay_id
)
select
  discharge.*,
  first_visit.days_to_visit,
  coalesce(covered.covered_months, []) as covered_months,
  person.death_date - discharge.discharge_date as days_to_death,
  'discharge status ' || discharge.discharge_disposition_code as left_as,
  list_filter(
    [
      case
        when discharge.discharge_disposition_code in ('20', '40', '41', '42')
          then {reason: 'died in hospital', evidence_date: discharge.discharge_date, evidence: left_as}
      end,
      case
        when discharge.discharge_disposition_code = '07'
          then {reason: 'left against medical advice', evidence_date: discharge.discharge_date, evidence: left_as}
      end,
      case
        when discharge.discharge_setting is null
          then {reason: 'discharge setting unknown', evidence_date: discharge.discharge_date, evidence: left_as}
      end,
      case
        when discharge.discharge_setting not in ('home', 'home health')
          then {reason: 'not discharged home', evidence_date: discharge.discharge_date, evidence: left_as}
      end
    ],
    lambda one: one is not null
  ) as exclusions_at_discharge
from discharge
join core.person using (person_id)
left join first_visit using (stay_id)
left join covered using (stay_id)
where discharge.discharge_date <= getvariable('data_through')
