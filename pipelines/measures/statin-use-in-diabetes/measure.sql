-- One row per person and measurement period with a fill of a diabetes medicine or insulin, aged 40 to 76 at its start. A statin that only a clinical source tells of awaits its claim. Drug coverage may lapse once, for up to 31 days; of whom no coverage is known at all, none is asked.
with fill as (
  select
    claim.person_id,
    measure_period.period_start,
    measure_period.period_end,
    drug.class,
    drug.ingredients,
    claim.fill_date
  from core.pharmacy_claim as claim
  join mart.adherence_drug as drug using (ndc_code)
  join mart.measure_period on claim.fill_date between measure_period.period_start and measure_period.period_end
  where drug.class in ('diabetes', 'other diabetes', 'insulin', 'statin', 'fertility')
    and not claim.is_after_data_through
),
person_fill as (
  select
    fill.person_id,
    fill.period_start,
    fill.period_end,
    date_sub('year', person.birth_date, fill.period_start) as age_at_start,
    count(distinct fill.fill_date) filter (fill.class not in ('statin', 'fertility')) as diabetes_days,
    min(fill.fill_date) filter (fill.class not in ('statin', 'fertility')) as first_date,
    max(fill.fill_date) filter (fill.class = 'statin') as statin_date,
    max_by(fill.ingredients[1], (fill.fill_date, fill.ingredients)) filter (fill.class = 'statin') as statin,
    min(fill.fill_date) filter (fill.class = 'fertility') as fertility_date
  from fill
  join core.person using (person_id)
  where age_at_start between 40 and 76
  group by all
),
covered as (
  select
    span.person_id,
    measure_period.period_start,
    least(measure_period.period_end, getvariable('data_through')) as last_date,
    least(span.end_date, measure_period.period_end) as until_date,
    greatest(span.start_date, measure_period.period_start) - 1
    - lag(span.end_date, 1, (measure_period.period_start - 1)::date) over (
      partition by span.person_id, measure_period.period_start order by span.start_date
    ) as days_before
  from mart.unbroken_coverage as span
  join mart.measure_period
    on span.start_date <= measure_period.period_end
    and span.end_date >= measure_period.period_start
  where span.kind = 'pharmacy'
),
lapse as (
  select
    person_id,
    period_start,
    sum(days_before)::integer + (any_value(last_date) - max(until_date)) as days,
    count(*) filter (days_before > 0) + (max(until_date) < any_value(last_date))::integer as times
  from covered
  group by all
),
enrolled as (
  select distinct person_id
  from mart.unbroken_coverage
  where kind = 'pharmacy'
),
ordered as (
  select
    evidence.person_id,
    measure_period.period_start,
    max(evidence.start_date) as evidence_date,
    max_by('statin (' || evidence.evidence || ')', (evidence.start_date, evidence.evidence)) as evidence
  from mart.evidence
  join mart.measure_period on evidence.start_date between measure_period.period_start and measure_period.period_end
  where evidence.value_set in (
      'low-intensity-statin-therapy', 'moderate-intensity-statin-therapy', 'high-intensity-statin-therapy'
    )
    and evidence.resource in ('MedicationRequest', 'MedicationDispense')
    and not evidence.is_negated
  group by all
),
reason_fact (value_set, reason) as (
  values
    ('muscle-disease', 'muscle disease'),
    ('pregnancy', 'pregnancy'),
    ('breastfeeding', 'breastfeeding'),
    ('cirrhosis', 'cirrhosis'),
    ('prediabetes', 'prediabetes'),
    ('polycystic-ovary-syndrome', 'polycystic ovary syndrome')
),
reason as (
  select person_id, period_start, reason, evidence_date, evidence
  from mart.measure_exclusion
  where reason = 'hospice care'
  union all
  select person_id, period_start, 'end-stage kidney disease', evidence_date, evidence
  from mart.kidney_failure
  union all
  select
    person_id, period_start, 'treatment of infertility', fertility_date,
    'treatment of infertility (claim ' || fertility_date || ')'
  from person_fill
  where fertility_date is not null
  union all
  select
    evidence.person_id,
    measure_period.period_start,
    reason_fact.reason,
    evidence.start_date,
    reason_fact.reason || ' (' || evidence.evidence || ')'
  from mart.evidence
  join reason_fact using (value_set)
  join mart.measure_period
    on evidence.start_date <= measure_period.period_end
    and evidence.end_date >= measure_period.period_start
  where evidence.resource = 'Condition'
    and not evidence.is_negated
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
    person_fill.*,
    age_at_start <= 75 as is_of_age,
    diabetes_days >= 2 and period_end - first_date >= 90 as is_treated,
    enrolled.person_id is null or coalesce(lapse.times <= 1 and lapse.days <= 31, false) as is_enrolled,
    exclusion.reasons as exclusions,
    ordered.evidence_date as order_date,
    ordered.evidence as order_evidence
  from person_fill
  left join enrolled using (person_id)
  left join lapse using (person_id, period_start)
  left join ordered using (person_id, period_start)
  left join exclusion using (person_id, period_start)
  where diabetes_days > 0
)
select
  '1' as rate_id,
  person_id as subject_id,
  person_id,
  period_start,
  is_of_age and is_treated and is_enrolled as initial_population,
  initial_population as denominator,
  exclusions,
  statin_date is not null as numerator,
  case
    when not is_of_age then 'aged out'
    when is_treated and is_enrolled and statin_date is null and order_date is not null then 'closed, awaiting claim'
  end as state,
  case
    when not is_of_age then 'older than 75 at the start of the year'
    when diabetes_days < 2 then 'only one fill of a diabetes medicine'
    when not is_treated then 'first fill less than 90 days before the end of the year'
    when not is_enrolled then 'without drug coverage for part of the year'
    when statin_date is not null then 'statin filled in the year'
    when order_date is not null then 'statin known to the EHR, no fill billed'
    else 'no statin filled in the year'
  end as reason,
  case when initial_population then coalesce(statin_date, order_date) end as evidence_date,
  case when initial_population then coalesce(statin || ' filled (claim ' || statin_date || ')', order_evidence) end as evidence
from judged
