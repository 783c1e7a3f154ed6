-- One row per person, measurement period and class of long-term medicines with a fill in the period, in the shape of a quality measure: who counts in the adherence measures of Medicare Part D, who is left out, and whether 80% of the days were covered.
with excluding_fill as (
  select
    claim.person_id,
    measure_period.period_start,
    drug.class,
    min(claim.fill_date) as fill_date
  from core.pharmacy_claim as claim
  join mart.adherence_drug as drug using (ndc_code)
  join mart.measure_period on claim.fill_date between measure_period.period_start and measure_period.period_end
  where drug.class in ('insulin', 'sacubitril')
    and not claim.is_after_data_through
  group by all
),
reason as (
  select person_id, period_start, class, reason, evidence_date, evidence
  from mart.measure_exclusion
  cross join (values ('diabetes'), ('ras'), ('statin')) as class (class)
  where reason = 'hospice care'
  union all
  select person_id, period_start, class, 'end-stage kidney disease', evidence_date, evidence
  from mart.kidney_failure
  cross join (values ('diabetes'), ('ras'), ('statin')) as class (class)
  union all
  select
    person_id,
    period_start,
    case class when 'insulin' then 'diabetes' else 'ras' end,
    class || ' filled',
    fill_date,
    class || ' filled (claim ' || fill_date || ')'
  from excluding_fill
),
exclusion as (
  select
    person_id,
    period_start,
    class,
    list({reason: reason, evidence_date: evidence_date, evidence: evidence} order by evidence_date, reason) as reasons
  from reason
  group by all
),
judged as (
  select
    coverage.*,
    exclusion.reasons as exclusions,
    exclusions[1] as left_out,
    coverage.end_date - coverage.first_fill_date >= 90 as is_long_enough,
    coverage.covered_days::double / nullif(coverage.treatment_days, 0) as share
  from mart.drug_coverage as coverage
  join core.person using (person_id)
  left join exclusion using (person_id, period_start, class)
  where coverage.class in ('diabetes', 'ras', 'statin')
    and date_sub('year', person.birth_date, coverage.period_start) >= 18
)
select
  class,
  '1' as rate_id,
  person_id as subject_id,
  person_id,
  period_start,
  fill_days >= 2 and is_long_enough and gap_days <= 1 and treatment_days > 0 as initial_population,
  initial_population as denominator,
  left_out.reason as exclusion,
  exclusions,
  coalesce(share >= 0.8, false) as numerator,
  case
    when fill_days < 2 then 'only one fill'
    when not is_long_enough then 'first fill less than 91 days before the end'
    when gap_days > 1 then 'without drug coverage for ' || gap_days || ' days after the first fill'
    when treatment_days <= 0 then 'in a facility since the first fill'
    else 'supply for ' || floor(share * 100)::integer || '% of the days'
  end as reason,
  case when initial_population then coalesce(left_out.evidence_date, last_fill_date) end as evidence_date,
  case
    when initial_population
      then coalesce(
        left_out.evidence,
        'supply for ' || covered_days || ' of ' || treatment_days || ' days since ' || first_fill_date
        || ' (last fill ' || last_drug || ', claim ' || last_fill_date || ')'
      )
  end as evidence
from judged
