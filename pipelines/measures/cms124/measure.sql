-- One row per woman and measurement period in which she was seen or enrolled, aged 24 to 65 at its end. Cervical cytology counts for three years, a test for high-risk HPV from 30 years of age for five, counting the year itself.
with woman as (
  select
    person.person_id,
    person.birth_date,
    measure_period.period_start,
    measure_period.period_end,
    date_sub('year', person.birth_date, measure_period.period_end) as age_at_end,
    (measure_period.period_start - to_years(if(age_at_end >= 30, 4, 2)))::date as lookback_start,
    person_span.first_month
  from core.person
  join mart.person_span using (person_id)
  join mart.measure_period
    on measure_period.period_start <= person_span.last_month
    and measure_period.period_end >= person_span.first_month
  where person.sex = 'female'
    and age_at_end between 24 and 65
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
      'office-visit', 'preventive-care-services-established-office-visit-18-and-up',
      'preventive-care-services-initial-office-visit-18-and-up', 'home-healthcare-services', 'virtual-encounter',
      'telephone-visits'
    )
),
kind (value_set, name, years, age) as (
  values
    ('pap-test', 'cervical cytology', 3, 0),
    ('billed-pap-test', 'cervical cytology', 3, 0),
    ('hpv-test', 'HPV test', 5, 30),
    ('billed-hpv-test', 'HPV test', 5, 30)
),
screening as (
  select
    woman.person_id,
    woman.period_start,
    max_by(
      {
        performed_date: evidence.end_date,
        name: kind.name,
        years: kind.years,
        evidence: kind.name || ' (' || evidence.evidence || ')'
      },
      (year(evidence.end_date) + kind.years, evidence.end_date, evidence.evidence)
    ) as longest
  from mart.evidence
  join kind using (value_set)
  join woman
    on woman.person_id = evidence.person_id
    and evidence.end_date between woman.period_start - to_years(kind.years - 1) and woman.period_end
    and date_sub('year', woman.birth_date, evidence.end_date) >= kind.age
  where not evidence.is_negated
    and (
      evidence.resource = 'Claim'
      or (evidence.resource = 'Observation' and coalesce(evidence.value_code, evidence.value_text) is not null)
    )
  group by all
),
reason as (
  select person_id, period_start, reason, evidence_date, evidence
  from mart.measure_exclusion
  where reason in ('hospice care', 'palliative care')
  union all
  select
    evidence.person_id,
    measure_period.period_start,
    'no cervix',
    evidence.start_date,
    'no cervix (' || evidence.evidence || ')'
  from mart.evidence
  join mart.measure_period on evidence.start_date <= measure_period.period_end
  where not evidence.is_negated
    and (
      (evidence.value_set = 'congenital-or-acquired-absence-of-cervix' and evidence.resource = 'Condition')
      or (evidence.value_set = 'hysterectomy-with-no-residual-cervix' and evidence.resource in ('Procedure', 'Claim'))
    )
),
exclusion as (
  select person_id, period_start, list(shown order by shown.evidence_date, shown.reason) as reasons
  from (
    select
      person_id,
      period_start,
      min_by({reason: reason, evidence_date: evidence_date, evidence: evidence}, (evidence_date, evidence)) as shown
    from reason
    group by person_id, period_start, reason
  )
  group by all
),
judged as (
  select
    woman.*,
    age_at_end <= 64 as is_of_age,
    visit.person_id is not null as has_visit,
    exclusion.reasons as exclusions,
    screening.longest as screening
  from woman
  left join visit using (person_id, period_start)
  left join exclusion using (person_id, period_start)
  left join screening using (person_id, period_start)
)
select
  '1' as rate_id,
  person_id as subject_id,
  person_id,
  period_start,
  is_of_age and has_visit as initial_population,
  initial_population as denominator,
  exclusions,
  screening is not null as numerator,
  case
    when not is_of_age then 'aged out'
    when has_visit and screening is null and first_month > lookback_start then 'history incomplete'
  end as state,
  case
    when not is_of_age then 'older than 64 at the end of the year'
    when not has_visit then 'no outpatient visit in the year'
    when screening is not null then screening.name || ' within ' || screening.years || ' years'
    when state = 'history incomplete' then 'no screening since her data begin in ' || strftime(first_month, '%Y-%m')
    else 'no screening within its years'
  end as reason,
  case when initial_population then screening.performed_date end as evidence_date,
  case when initial_population then screening.evidence end as evidence
from judged
