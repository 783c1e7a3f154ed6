-- One row per person aged 66 or older at the end of a measurement period in which the person was seen or enrolled.
with elder as (
  select
    person.person_id,
    person.birth_date,
    measure_period.period_start,
    measure_period.period_end,
    person_span.first_month
  from core.person
  join mart.person_span using (person_id)
  join mart.measure_period
    on measure_period.period_start <= person_span.last_month
    and measure_period.period_end >= person_span.first_month
  where date_sub('year', person.birth_date, measure_period.period_end) >= 66
),
statement as (
  select
    elder.person_id,
    elder.period_start,
    min(evidence.start_date) filter (not evidence.is_negated) as vaccinated_date,
    min_by(evidence.evidence, (evidence.start_date, evidence.evidence)) filter (not evidence.is_negated) as vaccination,
    max(evidence.start_date) filter (evidence.is_negated and evidence.start_date >= elder.period_start) as declined_date,
    max_by(evidence.evidence, (evidence.start_date, evidence.evidence))
      filter (evidence.is_negated and evidence.start_date >= elder.period_start) as declined
  from elder
  join mart.evidence
    on evidence.person_id = elder.person_id
    and evidence.start_date between elder.birth_date + interval 19 years and elder.period_end
  where evidence.value_set = 'pneumococcal-vaccination'
    and evidence.resource in ('Immunization', 'Procedure', 'Claim')
    and (not evidence.is_negated or evidence.reason_code in ('2P', 'PATOBJ', '591000119102', '105480006'))
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
  statement.vaccination is not null as numerator,
  case
    when not initial_population or numerator then null
    when statement.declined is not null then 'refused'
    when elder.first_month > elder.birth_date + interval 65 years then 'history incomplete'
  end as state,
  case
    when not initial_population then 'no outpatient visit in the year'
    when numerator then 'vaccinated against pneumococcal disease'
    when state = 'refused' then 'vaccination declined'
    when state = 'history incomplete' then 'no vaccination since the data begin in ' || strftime(elder.first_month, '%Y-%m')
    else 'no vaccination'
  end as reason,
  case when initial_population then coalesce(hospice.evidence_date, statement.vaccinated_date, statement.declined_date) end
    as evidence_date,
  case
    when initial_population
      then coalesce(
        hospice.evidence, 'pneumococcal vaccination (' || statement.vaccination || ')',
        'vaccination declined (' || statement.declined || ')'
      )
  end as evidence
from elder
left join mart.adult_outpatient_visit as visit using (person_id, period_start)
left join statement using (person_id, period_start)
left join hospice using (person_id, period_start)
