-- One row per person with diabetes and measurement period, aged 18 to 86 at its start and seen or enrolled in it. A kidney evaluation is an eGFR and a urine albumin-creatinine ratio; albumin and creatinine of urine at most four days apart make a ratio.
with diabetic as (
  select
    person.person_id,
    measure_period.period_start,
    measure_period.period_end,
    date_sub('year', person.birth_date, measure_period.period_start) as age_at_start,
    bool_or(evidence.end_date >= measure_period.period_start) as is_diagnosed_in_period,
    bool_or(evidence.start_date < measure_period.period_start and evidence.end_date >= measure_period.period_start)
    or (
      bool_or(evidence.source = 'claim' and evidence.start_date < measure_period.period_start)
      and bool_or(evidence.source = 'claim' and evidence.start_date >= measure_period.period_start)
    ) as is_diagnosed_before
  from mart.evidence
  join mart.measure_period on evidence.start_date <= measure_period.period_end
  join core.person using (person_id)
  join mart.person_span
    on person_span.person_id = person.person_id
    and person_span.first_month <= measure_period.period_end
    and person_span.last_month >= measure_period.period_start
  where evidence.value_set = 'diabetes'
    and evidence.resource = 'Condition'
    and age_at_start between 18 and 86
  group by all
),
visit as (
  select distinct evidence.person_id, measure_period.period_start
  from mart.evidence
  join mart.measure_period
    on evidence.start_date >= measure_period.period_start
    and evidence.end_date <= measure_period.period_end
  where evidence.value_set in (
      'annual-wellness-visit', 'home-healthcare-services', 'office-visit', 'outpatient-consultation',
      'preventive-care-services-established-office-visit-18-and-up',
      'preventive-care-services-initial-office-visit-18-and-up', 'telephone-visits'
    )
    and evidence.resource in ('Encounter', 'Claim')
    and not evidence.is_negated
),
test_fact (value_set, name) as (
  values
    ('estimated-glomerular-filtration-rate', 'eGFR'),
    ('billed-egfr-test', 'eGFR'),
    ('urine-albumin-creatinine-ratio', 'uACR'),
    ('urine-albumin', 'urine albumin'),
    ('billed-urine-albumin', 'urine albumin'),
    ('urine-creatinine', 'urine creatinine'),
    ('billed-urine-creatinine', 'urine creatinine')
),
test as (
  select
    evidence.person_id,
    measure_period.period_start,
    test_fact.name,
    evidence.started_at,
    evidence.start_date as test_date,
    evidence.evidence
  from mart.evidence
  join test_fact using (value_set)
  join mart.measure_period on evidence.start_date between measure_period.period_start and measure_period.period_end
  where not evidence.is_negated
    and case evidence.resource
      when 'Claim' then true
      when 'Observation'
        then coalesce(evidence.value_text, evidence.value_code) is not null
          and case test_fact.name
            when 'eGFR' then true
            when 'uACR'
              then measure_period.period_start < date '2026-01-01'
                or regexp_matches(evidence.value_text, '^[<>]?=? *[0-9.]')
                or evidence.value_code = '260415000'
                or evidence.value_code in (
                  select code from reference.value_set where value_set = 'undetectable-lab-result-value'
                )
            else measure_period.period_start >= date '2026-01-01'
          end
    end
),
ratio as (
  select person_id, period_start, test_date, evidence
  from test
  where name = 'uACR'
  union all
  select
    albumin.person_id,
    albumin.period_start,
    greatest(albumin.test_date, creatinine.test_date),
    'albumin ' || albumin.evidence || '; creatinine ' || creatinine.evidence
  from test as albumin
  join test as creatinine
    on creatinine.person_id = albumin.person_id
    and creatinine.period_start = albumin.period_start
    and creatinine.started_at between albumin.started_at - interval 4 days and albumin.started_at + interval 4 days
  where albumin.name = 'urine albumin'
    and creatinine.name = 'urine creatinine'
),
last_test as (
  select
    person_id,
    period_start,
    is_ratio,
    max(test_date) as test_date,
    max_by(evidence, (test_date, evidence)) as evidence
  from (
    select person_id, period_start, false as is_ratio, test_date, 'eGFR (' || evidence || ')' as evidence
    from test
    where name = 'eGFR'
    union all
    select person_id, period_start, true, test_date, 'uACR (' || evidence || ')'
    from ratio
  ) as half
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
    'kidney failure' as reason,
    evidence.start_date,
    'kidney failure (' || evidence.evidence || ')'
  from mart.evidence
  join mart.measure_period
    on evidence.start_date <= measure_period.period_end
    and evidence.end_date >= measure_period.period_start
  where evidence.value_set in ('chronic-kidney-disease-stage-5', 'end-stage-renal-disease')
    and evidence.resource = 'Condition'
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
    age_at_start <= 85 as is_of_age,
    case when diabetic.period_start < date '2026-01-01' then is_diagnosed_in_period else is_diagnosed_before end as is_diabetic,
    visit.person_id is not null as has_visit,
    exclusion.reasons as exclusions,
    filtration.evidence as filtration,
    ratio.evidence as ratio,
    greatest(filtration.test_date, ratio.test_date) as test_date
  from diabetic
  left join visit using (person_id, period_start)
  left join exclusion using (person_id, period_start)
  left join last_test as filtration
    on filtration.person_id = diabetic.person_id
    and filtration.period_start = diabetic.period_start
    and not filtration.is_ratio
  left join last_test as ratio
    on ratio.person_id = diabetic.person_id
    and ratio.period_start = diabetic.period_start
    and ratio.is_ratio
)
select
  '1' as rate_id,
  person_id as subject_id,
  person_id,
  period_start,
  is_of_age and has_visit and coalesce(is_diabetic, false) as initial_population,
  initial_population as denominator,
  exclusions,
  filtration is not null and ratio is not null as numerator,
  case when not is_of_age then 'aged out' end as state,
  case
    when not is_of_age then 'older than 85 at the start of the year'
    when not coalesce(is_diabetic, false) and period_start < date '2026-01-01' then 'no diabetes diagnosis in the year'
    when not coalesce(is_diabetic, false) then 'no diabetes diagnosis that began before the year and lasts into it'
    when not has_visit then 'no outpatient visit in the year'
    when filtration is not null and ratio is not null then 'eGFR and uACR in the year'
    when filtration is not null then 'eGFR, but no uACR in the year'
    when ratio is not null then 'uACR, but no eGFR in the year'
    else 'neither eGFR nor uACR in the year'
  end as reason,
  case when initial_population then test_date end as evidence_date,
  case when initial_population then nullif(concat_ws(' and ', filtration, ratio), '') end as evidence
from judged
