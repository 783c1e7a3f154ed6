-- One row per person with diabetes and measurement period, aged 18 to 76 at its end and seen or enrolled in it. An exam of the year before counts where no retinopathy is known in the year. From 2026 an exam read by software counts, and a graded finding of each eye.
with diabetic as (
  select
    person.person_id,
    measure_period.period_start,
    measure_period.period_end,
    (measure_period.period_start - interval 1 year)::date as lookback_start,
    measure_period.period_start >= date '2026-01-01' as is_from_2026,
    date_sub('year', person.birth_date, measure_period.period_end) as age_at_end,
    person_span.first_month,
    bool_or(evidence.end_date >= measure_period.period_start) as is_diagnosed_in_period
  from mart.evidence
  join mart.measure_period
    on evidence.start_date <= measure_period.period_end
    and evidence.end_date >= measure_period.period_start - interval 1 year
  join core.person using (person_id)
  join mart.person_span
    on person_span.person_id = person.person_id
    and person_span.first_month <= measure_period.period_end
    and person_span.last_month >= measure_period.period_start
  where evidence.value_set in ('diabetes', 'diabetes-problem')
    and evidence.resource = 'Condition'
    and (measure_period.period_start < date '2026-01-01' or evidence.category is distinct from 'problem-list-item')
    and age_at_end between 18 and 76
  group by all
),
visit as (
  select person_id, period_start
  from mart.adult_outpatient_visit
  where is_beyond_virtual
  union
  select evidence.person_id, measure_period.period_start
  from mart.evidence
  join mart.measure_period
    on evidence.start_date >= measure_period.period_start
    and evidence.end_date <= measure_period.period_end
  where evidence.value_set = 'ophthalmological-services'
    and evidence.resource in ('Encounter', 'Claim')
    and not evidence.is_negated
),
retinopathy as (
  select distinct evidence.person_id, measure_period.period_start
  from mart.evidence
  join mart.measure_period
    on evidence.start_date <= measure_period.period_end
    and evidence.end_date >= measure_period.period_start
  where evidence.value_set = 'diabetic-retinopathy'
    and evidence.resource = 'Condition'
),
eye_fact as (
  select
    evidence.*,
    diabetic.period_start,
    diabetic.is_from_2026,
    evidence.start_date >= diabetic.period_start as is_in_period,
    retinopathy.person_id is not null as has_retinopathy,
    grade.code is not null as is_graded
  from diabetic
  join mart.evidence
    on evidence.person_id = diabetic.person_id
    and evidence.start_date >= diabetic.lookback_start
    and evidence.end_date <= diabetic.period_end
  left join retinopathy
    on retinopathy.person_id = diabetic.person_id
    and retinopathy.period_start = diabetic.period_start
  left join core.coded_concept as grade
    on grade.value_set = if(
      evidence.value_set = 'eye-diabetic-retinopathy-screening-autonomous-artificial-intelligence',
      'autonomous-eye-exam-result-or-finding',
      'diabetic-retinopathy-severity-level'
    )
    and grade.code = evidence.value_code
  where evidence.value_set in (
      'retinal-or-dilated-eye-exam', 'billed-retinal-exam', 'billed-autonomous-eye-exam', 'billed-no-retinopathy-year-before',
      'eye-diabetic-retinopathy-screening-autonomous-artificial-intelligence',
      'left-eye-diabetic-retinopathy-severity-level-by-ophthalmoscopy',
      'right-eye-diabetic-retinopathy-severity-level-by-ophthalmoscopy'
    )
    and (evidence.resource in ('Observation', 'Claim') or evidence.source = 'entered by hand')
    and not evidence.is_negated
),
exam as (
  select
    person_id,
    period_start,
    end_date as exam_date,
    case value_set
      when 'billed-no-retinopathy-year-before' then 'no retinopathy in the year before'
      when 'billed-retinal-exam' then 'retinal exam'
      when 'retinal-or-dilated-eye-exam' then 'retinal exam'
      else 'retinal exam read by software'
    end || ' (' || evidence || ')' as evidence
  from eye_fact
  where (value_set in ('retinal-or-dilated-eye-exam', 'billed-retinal-exam') and (is_in_period or not has_retinopathy))
    or (value_set = 'billed-no-retinopathy-year-before' and is_in_period and not has_retinopathy)
    or (
      is_from_2026
      and is_in_period
      and (
        value_set = 'billed-autonomous-eye-exam'
        or (value_set = 'eye-diabetic-retinopathy-screening-autonomous-artificial-intelligence' and is_graded)
      )
    )
  union all
  select
    person_id,
    period_start,
    max(end_date) as exam_date,
    'retinopathy graded in both eyes (' || max_by(evidence, (end_date, evidence)) || ')' as evidence
  from eye_fact
  where value_set in (
      'left-eye-diabetic-retinopathy-severity-level-by-ophthalmoscopy',
      'right-eye-diabetic-retinopathy-severity-level-by-ophthalmoscopy'
    )
    and is_from_2026
    and is_graded
    and (is_in_period or value_code = 'LA18643-9')
  group by person_id, period_start
  having count(distinct value_set) = 2
),
last_exam as (
  select person_id, period_start, max(exam_date) as exam_date, max_by(evidence, (exam_date, evidence)) as evidence
  from exam
  group by person_id, period_start
),
reason as (
  select person_id, period_start, reason, evidence_date, evidence
  from mart.measure_exclusion
  where reason in ('hospice care', 'palliative care', 'lives in a nursing home', 'frailty and advanced illness')
  union all
  select
    evidence.person_id,
    measure_period.period_start,
    'both eyes absent',
    evidence.start_date,
    'both eyes absent (' || evidence.evidence || ')'
  from mart.evidence
  join mart.measure_period on evidence.start_date <= measure_period.period_end
  where evidence.value_set = 'anophthalmos-of-bilateral-eyes'
    and evidence.resource = 'Condition'
    and measure_period.period_start >= date '2026-01-01'
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
    diabetic.*,
    age_at_end <= 75 as is_of_age,
    visit.person_id is not null as has_visit,
    retinopathy.person_id is not null as has_retinopathy,
    exclusion.reasons as exclusions,
    last_exam.exam_date,
    last_exam.evidence as exam
  from diabetic
  left join visit using (person_id, period_start)
  left join retinopathy using (person_id, period_start)
  left join exclusion using (person_id, period_start)
  left join last_exam using (person_id, period_start)
)
select
  '1' as rate_id,
  person_id as subject_id,
  person_id,
  period_start,
  is_of_age and has_visit and is_diagnosed_in_period as initial_population,
  initial_population as denominator,
  exclusions,
  exam is not null as numerator,
  case
    when not is_of_age then 'aged out'
    when initial_population and exam is null and not has_retinopathy and first_month > lookback_start
      then 'history incomplete'
  end as state,
  case
    when not is_of_age then 'older than 75 at the end of the year'
    when not is_diagnosed_in_period then 'no diabetes diagnosis in the year'
    when not has_visit then 'no outpatient visit in the year'
    when exam_date >= period_start then 'retinal exam in the year'
    when exam is not null then 'retinal exam in the year before, no retinopathy'
    when has_retinopathy then 'retinopathy, and no retinal exam in the year'
    when state = 'history incomplete' then 'no retinal exam since the data begin in ' || strftime(first_month, '%Y-%m')
    else 'no retinal exam in the year or the year before'
  end as reason,
  case when initial_population then exam_date end as evidence_date,
  case when initial_population then exam end as evidence
from judged
