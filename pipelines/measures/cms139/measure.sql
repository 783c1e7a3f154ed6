-- One row per person aged 65 or older at the start of a measurement period in which the person was seen or enrolled.
with elder as (
  select person.person_id, measure_period.period_start, measure_period.period_end
  from core.person
  join mart.person_span using (person_id)
  join mart.measure_period
    on measure_period.period_start <= person_span.last_month
    and measure_period.period_end >= person_span.first_month
  where date_sub('year', person.birth_date, measure_period.period_start) >= 65
),
visit as (
  select distinct evidence.person_id, measure_period.period_start
  from mart.evidence
  join mart.measure_period
    on evidence.start_date >= measure_period.period_start
    and evidence.end_date <= measure_period.period_end
  where evidence.resource in ('Encounter', 'Claim')
    and not evidence.is_negated
    and evidence.value_set in (
      'office-visit', 'annual-wellness-visit', 'preventive-care-services-established-office-visit-18-and-up',
      'preventive-care-services-initial-office-visit-18-and-up', 'home-healthcare-services', 'ophthalmological-services',
      'preventive-care-services-individual-counseling', 'discharge-services-nursing-facility', 'nursing-facility-visit',
      'care-services-in-long-term-residential-facility', 'audiology-visit', 'telephone-visits', 'virtual-encounter',
      'physical-therapy-evaluation', 'occupational-therapy-evaluation'
    )
),
screening as (
  select
    evidence.person_id,
    measure_period.period_start,
    max(evidence.end_date) as screened_date,
    max_by(evidence.evidence, (evidence.end_date, evidence.evidence)) as evidence
  from mart.evidence
  join mart.measure_period on evidence.end_date between measure_period.period_start and measure_period.period_end
  where not evidence.is_negated
    and (
      (evidence.value_set = 'falls-screening' and evidence.resource = 'Observation')
      or evidence.value_set = 'billed-falls-screening'
    )
  group by all
),
hospice as (
  select person_id, period_start, evidence_date, evidence
  from mart.measure_exclusion
  where reason = 'hospice care'
)
select
  '1' as rate_id,
  person_id as subject_id,
  person_id,
  period_start,
  visit.person_id is not null as initial_population,
  initial_population as denominator,
  case when hospice.person_id is not null then 'hospice care' end as exclusion,
  screening.person_id is not null as numerator,
  case
    when not initial_population then 'no visit in the year'
    when numerator then 'screened for fall risk in the year'
    else 'no screening for fall risk in the year'
  end as reason,
  case when initial_population then coalesce(hospice.evidence_date, screening.screened_date) end as evidence_date,
  case when initial_population then coalesce(hospice.evidence, 'fall risk screening (' || screening.evidence || ')') end as evidence
from elder
left join visit using (person_id, period_start)
left join screening using (person_id, period_start)
left join hospice using (person_id, period_start)
