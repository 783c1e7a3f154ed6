-- One row per person, measurement period and class of long-term medicines with a fill in the period, in the shape of a quality measure: who counts in the adherence measures of Medicare Part D, who is left out, and whether 80 % of the days were covered.
with kidney_failure as (
  select
    evidence.person_id,
    measure_period.period_start,
    evidence.start_date as evidence_date,
    evidence.evidence
  from mart.evidence
  join mart.measure_period
    on evidence.start_date <= measure_period.period_end
    and evidence.end_date >= measure_period.period_start
  where evidence.value_set in ('end-stage-renal-disease', 'dialysis-services', 'esrd-monthly-outpatient-services')
    and evidence.resource in ('Condition', 'Procedure', 'Claim')
    and not evidence.is_negated
  union all
  select
    member_month.person_id,
    measure_period.period_start,
    member_month.month,
    'enrollment ' || member_month.month
  from core.member_month
  join mart.measure_period
    on member_month.month between measure_period.period_start and measure_period.period_end
  where member_month.is_esrd
),
reason as (
  select person_id, period_start, class, reason, evidence_date, evidence
  from mart.measure_exclusion
  cross join (values ('diabetes'), ('ras'), ('statin')) as class (class)
  where reason = 'hospice care'
  union all
  select person_id, period_start, class, 'end-stage kidney disease', evidence_date, 'end-stage kidney disease (' || evidence || ')'
  from kidney_failure
  cross join (values ('diabetes'), ('ras'), ('statin')) as class (class)
  union all
  select
    person_id,
    period_start,
    case class when 'insulin' then 'diabetes' else 'ras' end,
    class || ' filled',
    first_fill_date,
    class || ' filled (claim ' || first_fill_date || ')'
  from mart.drug_coverage
  where class in ('insulin', 'sacubitril')
),
exclusion as (
  select
    person_id,
    period_start,
    class,
    min_by({reason: reason, evidence_date: evidence_date, evidence: evidence}, (evidence_date, reason, evidence)) as first
  from reason
  group by all
),
judged as (
  select
    coverage.*,
    exclusion.first as left_out,
    coverage.end_date - coverage.first_fill_date >= 90 as is_long_enough,
    coverage.covered_days::double / nullif(coverage.treatment_days, 0) as share
  from mart.drug_coverage as coverage
  join core.person using (person_id)
  join mart.measure_period using (period_start)
  left join exclusion using (person_id, period_start, class)
  where coverage.class in ('diabetes', 'ras', 'statin')
    and date_sub('year', person.birth_date, measure_period.period_start) >= 18
)
select
  class,
  '1' as rate_id,
  person_id as subject_id,
  person_id,
  period_start,
  fill_days >= 2 and is_long_enough and treatment_days > 0 as initial_population,
  initial_population as denominator,
  left_out.reason as exclusion,
  coalesce(share >= 0.8, false) as numerator,
  case
    when fill_days < 2 then 'only one fill'
    when not is_long_enough then 'first fill less than 91 days before the end'
    when treatment_days <= 0 then 'in a facility since the first fill'
    else 'supply for ' || floor(share * 100)::integer || ' % of the days'
  end as reason,
  case when initial_population then coalesce(left_out.evidence_date, last_fill_date) end as evidence_date,
  case
    when initial_population
      then coalesce(
        left_out.evidence,
        'supply for ' || covered_days || ' of ' || treatment_days || ' days since ' || first_fill_date
        || ' (last fill ' || last_ingredient || ', claim ' || last_fill_date || ')'
      )
  end as evidence
from judged
