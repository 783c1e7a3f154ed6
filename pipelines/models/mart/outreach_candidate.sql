-- One row per person and the risk at the end of the data: why to reach out to the person (`reasons`), what could be done about it (`handles`), and why not (`barriers`; empty: on the list). Care in a program, hospice or an institution already has somebody in charge; who declined is left in peace.
with risk as (
  select *
  from mart.risk_tier
  where until_month is null
),
last_month as (
  select
    person_id,
    max(month) as month,
    arg_max(is_long_term_institutional, month) as is_institutional
  from core.member_month
  where month <= getvariable('data_through')
  group by person_id
),
hospice as (
  select person_id, min(start_date) as start_date
  from mart.hospice_care
  where start_date <= getvariable('data_through')
  group by person_id
  having max(end_date) >= getvariable('data_through') - 31
),
program as (
  select
    person_id,
    list(distinct 'in the program ' || program || ' since ' || start_date order by 'in the program ' || program || ' since ' || start_date)
      filter (status not in ('offered', 'declined')) as joined,
    list(distinct 'declined the program ' || program || ' on ' || start_date order by 'declined the program ' || program || ' on ' || start_date)
      filter (status = 'declined') as declined
  from core.program_enrollment
  where start_date <= getvariable('data_through')
    and (status = 'declined' or coalesce(end_date, date '9999-12-31') > getvariable('data_through'))
  group by person_id
),
preventable as (
  select person_id, count(*) as stays
  from mart.pqi
  where admit_date > getvariable('data_through') - interval 12 month
  group by person_id
),
emergency as (
  select person_id, sum(non_emergent + primary_care_treatable + preventable) as avoidable
  from mart.emergency_visit
  where visit_date > getvariable('data_through') - interval 12 month
  group by person_id
),
visit as (
  select person_id, max(start_date) as last_date
  from core.encounter
  where encounter_type in ('office visit', 'telehealth') and not is_after_data_through
  group by person_id
),
discharge as (
  select person_id, max(discharge_date) as last_date
  from mart.inpatient_stay
  where is_short_term_acute and discharge_date <= getvariable('data_through')
  group by person_id
),
drug as (
  select factor.person_id, factor.amount as drugs
  from mart.admission_risk_factor as factor
  join risk on risk.person_id = factor.person_id and risk.month = factor.month
  where factor.factor = 'tens of drugs in three months, up to 2'
)
select
  risk.person_id,
  risk.tier,
  risk.score,
  risk.basis,
  risk.chance,
  risk.chance_before,
  risk.is_rising,
  risk.drivers,
  list_filter([
    case when risk.tier in ('high', 'very high') then risk.tier || ' risk' end,
    case
      when risk.is_rising and risk.chance is not null
        then 'rising: ' || round(100 * risk.chance_before)::integer || '% six months ago, ' || round(100 * risk.chance)::integer || '% now'
      when risk.is_rising then 'rising: two tiers within six months'
    end
  ], lambda reason: reason is not null) as reasons,
  list_filter([
    case when discharge.last_date >= getvariable('data_through') - 30 then 'discharged on ' || discharge.last_date end,
    case
      when preventable.stays > 0
        then preventable.stays || if(preventable.stays = 1, ' admission', ' admissions') || ' that care outside hospitals may prevent'
    end,
    case when emergency.avoidable >= 2 then round(emergency.avoidable)::integer || ' emergency visits that a practice could take' end,
    case
      when visit.last_date is null then 'no visit to a practice on record'
      when visit.last_date <= getvariable('data_through') - interval 12 month then 'no visit to a practice since ' || visit.last_date
    end,
    case when drug.drugs >= 10 then drug.drugs || ' drugs to review' end
  ], lambda handle: handle is not null) as handles,
  list_filter([
    case when person.death_date <= getvariable('data_through') then 'died on ' || person.death_date end,
    case when person.claims_excluded_date <= getvariable('data_through') then 'CMS shares no claims since ' || person.claims_excluded_date end,
    case
      when last_month.month is null then 'not in any enrollment'
      when last_month.month < date_trunc('month', getvariable('data_through')) then 'not enrolled since ' || last_day(last_month.month)
    end,
    case when hospice.person_id is not null then 'in hospice care since ' || hospice.start_date end,
    case when last_month.is_institutional then 'lives in a long-term institution' end
  ] || coalesce(program.joined, []) || coalesce(program.declined, []), lambda barrier: barrier is not null) as barriers
from risk
join core.person as person on person.person_id = risk.person_id
left join last_month on last_month.person_id = risk.person_id
left join hospice on hospice.person_id = risk.person_id
left join program on program.person_id = risk.person_id
left join preventable on preventable.person_id = risk.person_id
left join emergency on emergency.person_id = risk.person_id
left join visit on visit.person_id = risk.person_id
left join discharge on discharge.person_id = risk.person_id
left join drug on drug.person_id = risk.person_id
