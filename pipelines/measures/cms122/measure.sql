-- One row per person with diabetes and measurement period, aged 18 to 76 at its end and seen or enrolled in it. Inverse: numerator true is the open gap. Of the last test day the lowest known value decides.
with diabetic as (
  select
    person.person_id,
    measure_period.period_start,
    measure_period.period_end,
    date_sub('year', person.birth_date, measure_period.period_end) as age_at_end,
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
  where is_beyond_virtual or period_start < date '2026-01-01'
  union
  select evidence.person_id, measure_period.period_start
  from mart.evidence
  join mart.measure_period
    on evidence.start_date >= measure_period.period_start
    and evidence.end_date <= measure_period.period_end
  where evidence.value_set in ('nutrition-services', 'medical-nutrition-therapy')
    and evidence.resource in ('Encounter', 'Claim')
    and not evidence.is_negated
    and measure_period.period_start >= date '2026-01-01'
),
test as (
  select
    person_id,
    end_date as test_date,
    case value_set when 'glucose-management-indicator' then 'GMI' else 'A1c' end as name,
    case
      when value_number between 2 and 25 and (unit is null or unit like '%\%%' escape '\' or lower(unit) = 'percent')
        then value_number
    end as percent,
    case
      when value_set = 'billed-a1c-above-9' then true
      when value_set = 'billed-a1c-9-or-below' then false
      else percent > 9
    end as is_above_9,
    case
      when value_set = 'billed-a1c-above-9' then ' above 9%'
      when value_set = 'billed-a1c-9-or-below' then ' 9% or below'
      when resource = 'Claim' then ', value unknown'
      when percent is not null then ' ' || percent || '%'
      else ' without a percentage' || coalesce(': ' || coalesce(value_number || coalesce(' ' || unit, ''), value_text), '')
    end as result,
    evidence
  from mart.evidence
  where value_set in (
      'hba1c-laboratory-test', 'glucose-management-indicator', 'billed-a1c-test', 'billed-a1c-above-9',
      'billed-a1c-9-or-below'
    )
    and resource in ('Observation', 'Claim')
    and not is_negated
),
last_test as (
  select
    test.person_id,
    measure_period.period_start,
    test.test_date,
    test.is_above_9,
    test.name || test.result || ' (' || test.evidence || ')' as evidence
  from test
  join mart.measure_period on test.test_date between measure_period.period_start and measure_period.period_end
  qualify row_number() over (
    partition by test.person_id, measure_period.period_start
    order by test.test_date desc, test.is_above_9 nulls last, test.percent nulls last, test.evidence
  ) = 1
),
exclusion as (
  select
    person_id,
    period_start,
    list({reason: reason, evidence_date: evidence_date, evidence: evidence} order by evidence_date, reason) as reasons
  from mart.measure_exclusion
  where reason in ('hospice care', 'palliative care', 'lives in a nursing home', 'frailty and advanced illness')
  group by all
),
judged as (
  select
    diabetic.*,
    age_at_end <= 75 as is_of_age,
    visit.person_id is not null as has_visit,
    exclusion.reasons as exclusions,
    last_test.test_date,
    last_test.is_above_9,
    last_test.evidence as test
  from diabetic
  left join visit using (person_id, period_start)
  left join exclusion using (person_id, period_start)
  left join last_test using (person_id, period_start)
)
select
  '1' as rate_id,
  person_id as subject_id,
  person_id,
  period_start,
  is_of_age and has_visit and is_diagnosed_in_period as initial_population,
  initial_population as denominator,
  exclusions,
  coalesce(is_above_9, true) as numerator,
  case
    when not is_of_age then 'aged out'
    when initial_population and test is not null and is_above_9 is null then 'tested, value unknown'
  end as state,
  case
    when not is_of_age then 'older than 75 at the end of the year'
    when not is_diagnosed_in_period then 'no diabetes diagnosis in the year'
    when not has_visit then 'no outpatient visit in the year'
    when test is null then 'no A1c in the year'
    when is_above_9 is null then 'last A1c without a usable value'
    when is_above_9 then 'last A1c above 9%'
    else 'last A1c 9% or below'
  end as reason,
  case when initial_population then test_date end as evidence_date,
  case when initial_population then test end as evidence
from judged
