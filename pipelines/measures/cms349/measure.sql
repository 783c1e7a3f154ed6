-- One row per person aged 15 to 66 at the start of a measurement period in which the person was seen or enrolled. Any HIV test taken at an age of 15 to 65 counts.
with member as (
  select
    person.person_id,
    person.birth_date,
    measure_period.period_start,
    measure_period.period_end,
    date_sub('year', person.birth_date, measure_period.period_start) as age_at_start,
    case when person.death_date <= least(measure_period.period_end, getvariable('data_through')) then person.death_date end
      as death_date,
    person_span.first_month
  from core.person
  join mart.person_span using (person_id)
  join mart.measure_period
    on measure_period.period_start <= person_span.last_month
    and measure_period.period_end >= person_span.first_month
  where age_at_start between 15 and 66
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
      'office-visit', 'preventive-care-services-initial-office-visit-0-to-17',
      'preventive-care-services-initial-office-visit-18-and-up', 'preventive-care-established-office-visit-0-to-17',
      'preventive-care-services-established-office-visit-18-and-up'
    )
),
test as (
  select person_id, start_date as test_date, evidence
  from mart.evidence
  where not is_negated
    and (
      value_set = 'billed-hiv-test'
      or (
        value_set = 'human-immunodeficiency-virus-hiv-laboratory-test-codes-ab-and-ag'
        and resource = 'Observation'
        and coalesce(value_number::varchar, value_code, value_text) is not null
      )
    )
),
last_test as (
  select
    member.person_id,
    member.period_start,
    max(test.test_date) as test_date,
    max_by(test.evidence, (test.test_date, test.evidence)) as evidence
  from member
  join test
    on test.person_id = member.person_id
    and test.test_date <= case
      when member.period_start < date '2026-01-01' then member.period_end
      else member.period_end - 1
    end
    and date_sub('year', member.birth_date, test.test_date) between 15 and 65
  group by all
),
known as (
  select
    evidence.person_id,
    measure_period.period_start,
    min(evidence.start_date) as diagnosed_date,
    'HIV (' || min_by(evidence.evidence, (evidence.start_date, evidence.evidence)) || ')' as evidence
  from mart.evidence
  join mart.measure_period on evidence.start_date < measure_period.period_start
  where evidence.value_set = 'hiv' and evidence.resource = 'Condition'
  group by all
)
select
  '1' as rate_id,
  person_id as subject_id,
  person_id,
  period_start,
  age_at_start <= 65 and visit.person_id is not null as initial_population,
  initial_population as denominator,
  case when known.person_id is not null then 'HIV diagnosed before the year' end as exclusion,
  case when member.death_date is not null then 'died by the end of the year' end as exception,
  last_test.person_id is not null as numerator,
  case
    when age_at_start > 65 then 'aged out'
    when initial_population and exception is null and not numerator
      and member.first_month > member.birth_date + interval 15 years then 'history incomplete'
  end as state,
  case
    when age_at_start > 65 then 'older than 65 at the start of the year'
    when not initial_population then 'no office or preventive visit in the year'
    when numerator then 'tested for HIV'
    when state = 'history incomplete' then 'no HIV test since the data begin in ' || strftime(member.first_month, '%Y-%m')
    else 'no HIV test'
  end as reason,
  case when initial_population then coalesce(known.diagnosed_date, last_test.test_date, member.death_date) end as evidence_date,
  case
    when initial_population
      then coalesce(known.evidence, 'HIV test (' || last_test.evidence || ')', 'died on ' || member.death_date)
  end as evidence
from member
left join visit using (person_id, period_start)
left join last_test using (person_id, period_start)
left join known using (person_id, period_start)
