-- One row per rate, person aged 6 months or older on 1 October of its season and measurement period in which the person was seen or enrolled. Rate 1: the season that ended in the period; rate 2, from 1 July on: the one that began in it.
with season as (
  select
    '1' as rate_id,
    period_start,
    period_end,
    (period_start - interval 6 months)::date as season_start,
    (period_start + interval 3 months)::date - 1 as season_end,
    (period_start - interval 3 months)::date as october,
    (period_start - interval 3 months)::date as visit_start,
    (period_start + interval 3 months)::date - 1 as visit_end
  from mart.measure_period
  union all
  select
    '2',
    period_start,
    period_end,
    (period_start + interval 6 months)::date,
    period_end,
    (period_start + interval 9 months)::date,
    period_start,
    period_end
  from mart.measure_period
  where period_start + interval 6 months <= getvariable('data_through')
),
member as (
  select person.person_id, season.*
  from season
  join mart.person_span
    on person_span.first_month <= season.period_end
    and person_span.last_month >= season.period_start
  join core.person using (person_id)
  where person.birth_date + interval 6 months <= season.october
),
visit as (
  select distinct evidence.person_id, season.rate_id, season.period_start
  from mart.evidence
  join season
    on evidence.start_date >= season.visit_start
    and evidence.end_date <= season.visit_end
  where evidence.resource in ('Encounter', 'Claim')
    and not evidence.is_negated
    and evidence.value_set in (
      'office-visit', 'annual-wellness-visit', 'outpatient-consultation',
      'preventive-care-services-initial-office-visit-0-to-17',
      'preventive-care-services-initial-office-visit-18-and-up', 'preventive-care-established-office-visit-0-to-17',
      'preventive-care-services-established-office-visit-18-and-up', 'home-healthcare-services', 'telephone-visits',
      'virtual-encounter', 'nursing-facility-visit', 'discharge-services-nursing-facility',
      'care-services-in-long-term-residential-facility'
    )
),
statement as (
  select
    person_id,
    start_date as stated_date,
    not is_negated and value_set = 'influenza-vaccination' as is_vaccinated,
    value_set = 'billed-influenza-vaccination-not-given' or reason_code not in ('8P') as has_reason,
    coalesce(reason_code in ('2P', 'PATOBJ', '591000119102', '105480006'), false) as is_refused,
    evidence
  from mart.evidence
  where value_set in ('influenza-vaccination', 'billed-influenza-vaccination-not-given')
    and resource in ('Immunization', 'Procedure', 'Claim')
),
told as (
  select
    statement.person_id,
    season.rate_id,
    season.period_start,
    min(stated_date) filter (is_vaccinated) as vaccinated_date,
    min_by(evidence, (stated_date, evidence)) filter (is_vaccinated) as vaccination,
    max(stated_date) filter (not is_vaccinated and has_reason) as declined_date,
    max_by(evidence, (stated_date, evidence)) filter (not is_vaccinated and has_reason) as declined,
    coalesce(bool_or(is_refused and not is_vaccinated), false) as is_refused
  from statement
  join season on statement.stated_date between season.season_start and season.season_end
  group by all
),
hospice as (
  select person_id, period_start, evidence_date, evidence
  from mart.measure_exclusion
  where reason = 'hospice care'
)
select
  rate_id,
  person_id as subject_id,
  person_id,
  period_start,
  visit.person_id is not null as initial_population,
  initial_population as denominator,
  case when hospice.person_id is not null then 'hospice care' end as exclusion,
  case when told.declined is not null then case when told.is_refused then 'declined' else 'not given for a documented reason' end end
    as exception,
  told.vaccination is not null as numerator,
  case when initial_population and not numerator and told.is_refused then 'refused' end as state,
  member.season_end as due_date,
  case
    when not initial_population then 'no visit from ' || member.visit_start || ' to ' || member.visit_end
    when numerator then 'vaccinated for the season'
    else 'not vaccinated from ' || member.season_start || ' to ' || member.season_end
  end as reason,
  case when initial_population then coalesce(hospice.evidence_date, told.vaccinated_date, told.declined_date) end as evidence_date,
  case
    when initial_population
      then coalesce(
        hospice.evidence, 'influenza vaccination (' || told.vaccination || ')', 'not vaccinated (' || told.declined || ')'
      )
  end as evidence
from member
left join visit using (person_id, rate_id, period_start)
left join told using (person_id, rate_id, period_start)
left join hospice using (person_id, period_start)
