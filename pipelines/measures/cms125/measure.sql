-- One row per woman and measurement period in which she was seen or enrolled, aged 42 (before 2026: 52) to 75 at its end. The look-back is 27 months: from 1 October two years before.
with woman as (
  select
    person.person_id,
    measure_period.period_start,
    measure_period.period_end,
    (measure_period.period_start - interval 15 months)::date as lookback_start,
    date_sub('year', person.birth_date, measure_period.period_end) as age_at_end,
    person_span.first_month
  from core.person
  join mart.person_span using (person_id)
  join mart.measure_period
    on measure_period.period_start <= person_span.last_month
    and measure_period.period_end >= person_span.first_month
  where person.sex = 'female'
    and age_at_end between case when measure_period.period_start < date '2026-01-01' then 52 else 42 end and 75
),
mammogram as (
  select
    woman.person_id,
    woman.period_start,
    max(evidence.end_date) as performed_date,
    max_by(evidence.evidence, (evidence.end_date, evidence.evidence)) as evidence
  from woman
  join mart.evidence
    on evidence.person_id = woman.person_id
    and evidence.end_date between woman.lookback_start and woman.period_end
  where evidence.value_set in ('mammography', 'mammogram-procedure')
    and evidence.resource in ('Observation', 'Procedure', 'Claim')
    and not evidence.is_negated
  group by all
),
removed_breast as (
  select
    person_id,
    start_date as removed_date,
    case value_set
      when 'unilateral-mastectomy-unspecified-laterality' then body_site_code = '7771000'
      else value_set not in ('unilateral-mastectomy-right', 'status-post-right-mastectomy')
    end as is_left,
    case value_set
      when 'unilateral-mastectomy-unspecified-laterality' then body_site_code = '24028007'
      else value_set not in ('unilateral-mastectomy-left', 'status-post-left-mastectomy')
    end as is_right
  from mart.evidence
  where value_set in (
      'bilateral-mastectomy', 'history-of-bilateral-mastectomy', 'unilateral-mastectomy-left', 'status-post-left-mastectomy',
      'unilateral-mastectomy-right', 'status-post-right-mastectomy', 'unilateral-mastectomy-unspecified-laterality'
    )
    and resource in ('Condition', 'Procedure')
    and not is_negated
  union all
  select
    medical_claim.person_id,
    medical_claim.line_start_date as removed_date,
    medical_claim.modifier_1 in ('50', 'LT') or medical_claim.modifier_2 in ('50', 'LT') as is_left,
    medical_claim.modifier_1 in ('50', 'RT') or medical_claim.modifier_2 in ('50', 'RT') as is_right
  from core.medical_claim
  join core.coded_concept
    on coded_concept.value_set = 'billed-mastectomy'
    and coded_concept.code_system = 'hcpcs'
    and coded_concept.code = medical_claim.hcpcs_code
  where not medical_claim.is_after_data_through
),
reason as (
  select person_id, period_start, reason, evidence_date, evidence
  from mart.measure_exclusion
  where reason in ('hospice care', 'palliative care', 'lives in a nursing home', 'frailty and advanced illness')
  union all
  select
    removed_breast.person_id,
    measure_period.period_start,
    'both breasts removed' as reason,
    max(removed_breast.removed_date) as evidence_date,
    'both breasts removed, recorded by ' || max(removed_breast.removed_date) as evidence
  from removed_breast
  join mart.measure_period on removed_breast.removed_date <= measure_period.period_end
  where removed_breast.is_left or removed_breast.is_right
  group by all
  having bool_or(removed_breast.is_left) and bool_or(removed_breast.is_right)
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
    exclusion.reasons as exclusions,
    mammogram.performed_date,
    mammogram.evidence as mammogram,
    age_at_end <= 74 as is_of_age,
    visit.person_id is not null as has_visit
  from woman
  left join mart.adult_outpatient_visit as visit using (person_id, period_start)
  left join exclusion using (person_id, period_start)
  left join mammogram using (person_id, period_start)
)
select
  '1' as rate_id,
  person_id as subject_id,
  person_id,
  period_start,
  is_of_age and has_visit as initial_population,
  initial_population as denominator,
  exclusions,
  mammogram is not null as numerator,
  case
    when not is_of_age then 'aged out'
    when has_visit and mammogram is null and first_month > lookback_start then 'history incomplete'
  end as state,
  case
    when not is_of_age then 'older than 74 at the end of the year'
    when not has_visit then 'no outpatient visit in the year'
    when mammogram is not null then 'mammogram within 27 months'
    when state = 'history incomplete' then 'no mammogram since her data begin in ' || strftime(first_month, '%Y-%m')
    else 'no mammogram within 27 months'
  end as reason,
  case when initial_population then performed_date end as evidence_date,
  case when initial_population then 'mammogram (' || mammogram || ')' end as evidence
from judged
