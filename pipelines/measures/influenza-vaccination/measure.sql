-- One row per rate, person of the age asked for and measurement period in which the person was seen or enrolled. Rate 1: the season that ended in the period; rate 2, from 1 July on: the one that began in it. From 2025 on people count who are 19 or older on the day of a visit, before those aged 6 months or older on 1 January.
with season as (
  select
    '1' as rate_id,
    *,
    (period_start - interval 6 months)::date as season_start,
    (period_start + interval 6 months)::date - 1 as season_end
  from mart.measure_period
  union all
  select '2', *, (period_start + interval 6 months)::date, period_end
  from mart.measure_period
  where period_start + interval 6 months <= getvariable('data_through')
),
last_visit as (
  select evidence.person_id, measure_period.period_start, max(evidence.start_date) as visit_date
  from mart.evidence
  join mart.measure_period
    on evidence.start_date >= measure_period.period_start
    and evidence.end_date <= measure_period.period_end
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
  group by all
),
member as (
  select
    person.person_id,
    season.*,
    last_visit.visit_date,
    case
      when season.period_start < date '2025-01-01' then last_visit.visit_date is not null
      else last_visit.visit_date >= person.birth_date + interval 19 years
    end as is_seen
  from season
  join mart.person_span
    on person_span.first_month <= season.period_end
    and person_span.last_month >= season.period_start
  join core.person using (person_id)
  left join last_visit using (person_id, period_start)
  where case
      when season.period_start < date '2025-01-01' then person.birth_date + interval 6 months <= season.period_start
      else person.birth_date + interval 19 years <= season.period_end
    end
),
statement as (
  select
    person_id,
    start_date as stated_date,
    not is_negated and value_set = 'influenza-vaccination' as is_vaccinated,
    code = 'M1169' or reason_code in ('1P', 'MEDPREC', 'IMMUNE')
    or reason_code in (select code from reference.value_set where value_set = 'medical-reason') as is_medical,
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
    max_by(
      {date: stated_date, evidence: evidence, is_exception: is_medical or season.period_start < date '2025-01-01'},
      (coalesce(is_medical, false), stated_date, evidence)
    ) filter (not is_vaccinated and has_reason) as not_given,
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
  coalesce(member.is_seen, false) as initial_population,
  initial_population as denominator,
  case when hospice.person_id is not null then 'hospice care' end as exclusion,
  case
    when told.not_given.is_exception
      then case when told.is_refused and period_start < date '2025-01-01' then 'declined' else 'not given for a documented reason' end
  end as exception,
  told.vaccination is not null as numerator,
  case when initial_population and not numerator and told.is_refused then 'refused' end as state,
  member.season_end as due_date,
  case
    when member.visit_date is null then 'no visit in the year'
    when not initial_population then 'no visit from the age of 19 on'
    when numerator then 'vaccinated for the season'
    else 'not vaccinated from ' || member.season_start || ' to ' || member.season_end
  end as reason,
  case when initial_population then coalesce(hospice.evidence_date, told.vaccinated_date, told.not_given.date) end as evidence_date,
  case
    when initial_population
      then coalesce(
        hospice.evidence, 'influenza vaccination (' || told.vaccination || ')',
        'not vaccinated (' || told.not_given.evidence || ')'
      )
  end as evidence
from member
left join told using (person_id, rate_id, period_start)
left join hospice using (person_id, period_start)
