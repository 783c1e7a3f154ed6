-- One row per person with diabetes and measurement period, aged 18 to 76 at its end and seen or enrolled in it. Inverse: numerator true is the open gap. Of the last test day the lowest known value decides.
with diagnosis as (
  select
    condition.person_id,
    coalesce(condition.onset_date, condition.recorded_date) as start_date,
    case
      when condition.status = 'active' then coalesce(condition.resolved_date, date '9999-12-31')
      else coalesce(condition.resolved_date, condition.recorded_date, condition.onset_date)
    end as end_date
  from core.condition
  join core.coded_concept using (code_system, code)
  where coded_concept.value_set = 'diabetes'
),
diabetic as (
  select
    diagnosis.person_id,
    measure_period.period_start,
    measure_period.period_end,
    date_diff('year', person.birth_date, measure_period.period_end) as age_at_end,
    bool_or(diagnosis.end_date >= measure_period.period_start) as is_diagnosed_in_period
  from diagnosis
  join mart.measure_period
    on diagnosis.start_date <= least(measure_period.period_end, getvariable('data_through'))
    and diagnosis.end_date >= measure_period.period_start - interval 1 year
  join core.person using (person_id)
  join mart.person_span
    on person_span.person_id = diagnosis.person_id
    and person_span.first_month <= measure_period.period_end
    and person_span.last_month >= measure_period.period_start
  where date_diff('year', person.birth_date, measure_period.period_end) between 18 and 76
  group by all
),
visit as (
  select distinct visit_day.person_id, measure_period.period_start
  from mart.visit_day
  join mart.measure_period
    on visit_day.visit_date between measure_period.period_start and least(measure_period.period_end, getvariable('data_through'))
  where visit_day.kind = 'outpatient-visit'
    or (visit_day.kind = 'virtual-visit' and measure_period.period_start < date '2026-01-01')
    or (visit_day.kind = 'nutrition-visit' and measure_period.period_start >= date '2026-01-01')
),
result as (
  select
    observation.person_id,
    observation.observed_at::date as test_date,
    case observation.code when '97506-0' then 'GMI' else 'A1c' end as name,
    'LOINC ' || observation.code as code,
    observation.source,
    case
      when observation.value_number between 2 and 25
        and (observation.unit is null or observation.unit like '%\%%' escape '\' or lower(observation.unit) = 'percent')
        then observation.value_number::double
    end as percent,
    coalesce(observation.value_number::double::varchar || coalesce(' ' || observation.unit, ''), observation.value_text) as stated
  from core.observation
  join core.coded_concept using (code_system, code)
  where coded_concept.value_set = 'glycemic-test'
    and coalesce(observation.status, 'final') not in ('cancelled', 'entered-in-error', 'not done', 'preliminary', 'registered')
),
test as (
  select
    person_id,
    test_date,
    percent,
    percent > 9 as is_above_9,
    name || coalesce(' ' || percent || ' %', ' without a percentage' || coalesce(': ' || stated, ''))
      || ' (' || code || '), ' || replace(source, 'ehr', 'EHR') || ' ' || test_date as evidence
  from result
  union all
  select
    medical_claim.person_id,
    medical_claim.line_start_date as test_date,
    null::double as percent,
    case coded_concept.value_set when 'glycemic-above-9' then true when 'glycemic-9-or-below' then false end as is_above_9,
    case coded_concept.value_set
      when 'glycemic-above-9' then 'A1c above 9 %'
      when 'glycemic-9-or-below' then 'A1c 9 % or below'
      else 'A1c, value unknown'
    end || ' (HCPCS ' || medical_claim.hcpcs_code || '), claim ' || medical_claim.line_start_date as evidence
  from core.medical_claim
  join core.coded_concept
    on coded_concept.value_set in ('glycemic-test', 'glycemic-above-9', 'glycemic-9-or-below')
    and coded_concept.code_system = 'hcpcs'
    and coded_concept.code = medical_claim.hcpcs_code
  where '8P' not in (coalesce(medical_claim.modifier_1, ''), coalesce(medical_claim.modifier_2, '')) -- reported as not done
),
last_test as (
  select test.*, measure_period.period_start
  from test
  join mart.measure_period
    on test.test_date between measure_period.period_start and least(measure_period.period_end, getvariable('data_through'))
  qualify row_number() over (
    partition by test.person_id, measure_period.period_start
    order by test.test_date desc, test.is_above_9 nulls last, test.percent nulls last, test.evidence
  ) = 1
),
first_exclusion as (
  select *
  from mart.measure_exclusion
  qualify row_number() over (partition by person_id, period_start order by evidence_date, reason) = 1
),
population as (
  select
    diabetic.*,
    visit.person_id is not null as has_visit,
    first_exclusion.reason as exclusion,
    first_exclusion.evidence_date as exclusion_date,
    first_exclusion.evidence as exclusion_evidence,
    last_test.test_date,
    last_test.is_above_9,
    last_test.evidence as test_evidence
  from diabetic
  left join visit using (person_id, period_start)
  left join first_exclusion using (person_id, period_start)
  left join last_test using (person_id, period_start)
),
judged as (
  select
    *,
    case
      when age_at_end > 75 then 'aged out'
      when not (is_diagnosed_in_period and has_visit) then 'not eligible'
      when exclusion is not null then 'excluded'
      when not is_above_9 then 'closed'
      when test_date is not null and is_above_9 is null then 'tested, value unknown'
      else 'open'
    end as status
  from population
)
select
  'CMS122' as measure_id,
  '1' as rate_id,
  person_id as subject_id,
  person_id,
  period_start,
  period_end,
  status not in ('aged out', 'not eligible') as initial_population,
  status not in ('aged out', 'not eligible') as denominator,
  status = 'excluded' as denominator_exclusion,
  false as denominator_exception,
  status in ('open', 'tested, value unknown') as numerator,
  status,
  case
    when status = 'aged out' then 'older than 75 at the end of the year'
    when status = 'excluded' then exclusion
    when status = 'closed' then 'last A1c 9 % or below'
    when status = 'tested, value unknown' then 'last A1c without a usable value'
    when status = 'open' and is_above_9 then 'last A1c above 9 %'
    when status = 'open' then 'no A1c in the year'
    when not is_diagnosed_in_period then 'no diabetes diagnosis in the year'
    else 'no outpatient visit in the year'
  end as reason,
  case when status = 'excluded' then exclusion_date else test_date end as evidence_date,
  case when status = 'excluded' then exclusion_evidence else test_evidence end as evidence,
  case when status in ('open', 'tested, value unknown') then period_end end as due_date
from judged
