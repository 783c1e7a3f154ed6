-- One row per person and measurement period in which the person was seen or enrolled, aged 46 to 76 at its end. Each kind of screening counts for years of its own: a colonoscopy for ten, counting the year itself.
with adult as (
  select
    person.person_id,
    measure_period.period_start,
    measure_period.period_end,
    date_sub('year', person.birth_date, measure_period.period_end) as age_at_end,
    person_span.first_month
  from core.person
  join mart.person_span using (person_id)
  join mart.measure_period
    on measure_period.period_start <= person_span.last_month
    and measure_period.period_end >= person_span.first_month
  where age_at_end between 46 and 76
),
kind (value_set, name, years) as (
  values
    ('colonoscopy', 'colonoscopy', 10),
    ('colonoscopy-procedure', 'colonoscopy', 10),
    ('flexible-sigmoidoscopy', 'flexible sigmoidoscopy', 5),
    ('ct-colonography', 'CT colonography', 5),
    ('billed-ct-colonography', 'CT colonography', 5),
    ('sdna-fit-test', 'stool DNA test', 3),
    ('billed-sdna-fit-test', 'stool DNA test', 3),
    ('fecal-occult-blood-test-fobt', 'stool blood test', 1),
    ('billed-fecal-occult-blood-test', 'stool blood test', 1),
    ('billed-colorectal-screening', 'screening on file', 1)
),
screening as (
  select
    evidence.person_id,
    measure_period.period_start,
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
  join mart.measure_period
    on evidence.end_date between measure_period.period_start - to_years(kind.years - 1) and measure_period.period_end
  where not evidence.is_negated
    and (
      evidence.resource = 'Claim'
      or (evidence.resource = 'Procedure' and kind.years in (5, 10))
      or (evidence.resource = 'Observation' and kind.name = 'CT colonography')
      or (evidence.resource = 'Observation' and coalesce(evidence.value_code, evidence.value_text) is not null)
    )
  group by all
),
reason as (
  select person_id, period_start, reason, evidence_date, evidence
  from mart.measure_exclusion
  where reason in ('hospice care', 'palliative care', 'lives in a nursing home', 'frailty and advanced illness')
  union all
  select
    evidence.person_id,
    measure_period.period_start,
    if(evidence.value_set = 'total-colectomy', 'colon removed', 'colorectal cancer') as words,
    evidence.start_date,
    words || ' (' || evidence.evidence || ')'
  from mart.evidence
  join mart.measure_period on evidence.start_date <= measure_period.period_end
  where not evidence.is_negated
    and (
      (evidence.value_set = 'malignant-neoplasm-of-colon' and evidence.resource = 'Condition')
      or (evidence.value_set = 'total-colectomy' and evidence.resource in ('Procedure', 'Claim'))
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
    adult.*,
    age_at_end <= 75 as is_of_age,
    visit.person_id is not null as has_visit,
    exclusion.reasons as exclusions,
    screening.longest as screening
  from adult
  left join mart.adult_outpatient_visit as visit using (person_id, period_start)
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
    when has_visit and screening is null and first_month > period_start - interval 9 years then 'history incomplete'
  end as state,
  case
    when not is_of_age then 'older than 75 at the end of the year'
    when not has_visit then 'no outpatient visit in the year'
    when screening is not null
      then screening.name || if(screening.years = 1, ' in the year', ' within ' || screening.years || ' years')
    when state = 'history incomplete' then 'no screening since the data begin in ' || strftime(first_month, '%Y-%m')
    else 'no screening within its years'
  end as reason,
  case when initial_population then screening.performed_date end as evidence_date,
  case when initial_population then screening.evidence end as evidence
from judged
