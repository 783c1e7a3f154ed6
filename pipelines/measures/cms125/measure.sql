-- One row per woman and measurement period in which she was seen or enrolled, aged 42 (before 2026: 52) to 75 at its end. The look-back is 27 months: from 1 October two years before.
with woman as (
  select
    person.person_id,
    measure_period.period_start,
    measure_period.period_end,
    (measure_period.period_start - interval 15 months)::date as lookback_start,
    date_diff('year', person.birth_date, measure_period.period_end) as age_at_end,
    person_span.first_month
  from core.person
  join mart.person_span using (person_id)
  join mart.measure_period
    on measure_period.period_start <= person_span.last_month
    and measure_period.period_end >= person_span.first_month
  where person.sex = 'female'
    and date_diff('year', person.birth_date, measure_period.period_end) 
    between case when measure_period.period_start < date '2026-01-01' then 52 else 42 end and 75
),
visit as (
  select distinct visit_day.person_id, measure_period.period_start
  from mart.visit_day
  join mart.measure_period
    on visit_day.visit_date between measure_period.period_start and least(measure_period.period_end, getvariable('data_through'))
  where visit_day.kind in ('outpatient-visit', 'virtual-visit')
),
mammogram as (
  select
    medical_claim.person_id,
    medical_claim.line_start_date as performed_date,
    'HCPCS ' || medical_claim.hcpcs_code as code,
    'claim' as source
  from core.medical_claim
  join core.coded_concept
    on coded_concept.value_set = 'mammography'
    and coded_concept.code_system = 'hcpcs'
    and coded_concept.code = medical_claim.hcpcs_code
  union all
  select
    procedure.person_id,
    procedure.performed_date,
    upper(procedure.code_system) || ' ' || procedure.code as code,
    procedure.source
  from core.procedure
  join core.coded_concept using (code_system, code)
  where coded_concept.value_set = 'mammography'
    and procedure.status = 'completed'
  union all
  select
    observation.person_id,
    observation.observed_at::date as performed_date,
    upper(observation.code_system) || ' ' || observation.code as code,
    observation.source
  from core.observation
  join core.coded_concept using (code_system, code)
  where coded_concept.value_set = 'mammography'
    and coalesce(observation.status, 'final') not in ('cancelled', 'entered-in-error', 'not done', 'preliminary', 'registered')
),
last_mammogram as (
  select woman.person_id, woman.period_start, mammogram.performed_date, mammogram.code, mammogram.source
  from woman
  join mammogram
    on mammogram.person_id = woman.person_id
    and mammogram.performed_date between woman.lookback_start and least(woman.period_end, getvariable('data_through'))
  qualify row_number() over (
    partition by woman.person_id, woman.period_start
    order by mammogram.performed_date desc, mammogram.source, mammogram.code
  ) = 1
),
removed_breast as (
  select
    condition.person_id,
    coalesce(condition.onset_date, condition.recorded_date) as removed_date,
    coded_concept.value_set in ('mastectomy-bilateral', 'mastectomy-left') as is_left,
    coded_concept.value_set in ('mastectomy-bilateral', 'mastectomy-right') as is_right
  from core.condition
  join core.coded_concept using (code_system, code)
  where coded_concept.value_set in ('mastectomy-bilateral', 'mastectomy-left', 'mastectomy-right')
  union all
  select
    procedure.person_id,
    procedure.performed_date as removed_date,
    coded_concept.value_set in ('mastectomy-bilateral', 'mastectomy-left') as is_left,
    coded_concept.value_set in ('mastectomy-bilateral', 'mastectomy-right') as is_right
  from core.procedure
  join core.coded_concept using (code_system, code)
  where coded_concept.value_set in ('mastectomy-bilateral', 'mastectomy-left', 'mastectomy-right')
    and procedure.status = 'completed'
  union all
  select
    medical_claim.person_id,
    medical_claim.line_start_date as removed_date,
    medical_claim.modifier_1 in ('50', 'LT') or medical_claim.modifier_2 in ('50', 'LT') as is_left,
    medical_claim.modifier_1 in ('50', 'RT') or medical_claim.modifier_2 in ('50', 'RT') as is_right
  from core.medical_claim
  join core.coded_concept
    on coded_concept.value_set = 'mastectomy-by-modifier'
    and coded_concept.code_system = 'hcpcs'
    and coded_concept.code = medical_claim.hcpcs_code
),
exclusion as (
  select person_id, period_start, reason, evidence_date, evidence
  from mart.measure_exclusion
  union all
  select
    removed_breast.person_id,
    measure_period.period_start,
    'both breasts removed' as reason,
    max(removed_breast.removed_date) as evidence_date,
    'both breasts removed, recorded by ' || max(removed_breast.removed_date) as evidence
  from removed_breast
  join mart.measure_period
    on removed_breast.removed_date <= least(measure_period.period_end, getvariable('data_through'))
  group by all
  having bool_or(removed_breast.is_left) and bool_or(removed_breast.is_right)
),
first_exclusion as (
  select *
  from exclusion
  qualify row_number() over (partition by person_id, period_start order by evidence_date, reason) = 1
),
population as (
  select
    woman.*,
    visit.person_id is not null as has_visit,
    first_exclusion.reason as exclusion,
    first_exclusion.evidence_date as exclusion_date,
    first_exclusion.evidence as exclusion_evidence,
    last_mammogram.performed_date,
    'mammogram (' || last_mammogram.code || '), ' || replace(last_mammogram.source, 'ehr', 'EHR') || ' '
      || last_mammogram.performed_date as mammogram_evidence
  from woman
  left join visit using (person_id, period_start)
  left join first_exclusion using (person_id, period_start)
  left join last_mammogram using (person_id, period_start)
),
judged as (
  select
    *,
    case
      when age_at_end > 74 then 'aged out'
      when not has_visit then 'not eligible'
      when exclusion is not null then 'excluded'
      when performed_date is not null then 'closed'
      when first_month > lookback_start then 'history incomplete'
      when period_end <= getvariable('data_through') then 'overdue'
      when period_end - 90 <= getvariable('data_through') then 'due soon'
      else 'open'
    end as status
  from population
)
select
  'CMS125' as measure_id,
  '1' as rate_id,
  person_id as subject_id,
  person_id,
  period_start,
  period_end,
  status not in ('aged out', 'not eligible') as initial_population,
  status not in ('aged out', 'not eligible') as denominator,
  status = 'excluded' as denominator_exclusion,
  false as denominator_exception,
  status = 'closed' as numerator,
  status,
  case status
    when 'aged out' then 'older than 74 at the end of the year'
    when 'not eligible' then 'no outpatient visit in the year'
    when 'excluded' then exclusion
    when 'closed' then 'mammogram within 27 months'
    when 'history incomplete' then 'no mammogram since her data begin in ' || strftime(first_month, '%Y-%m')
    else 'no mammogram within 27 months'
  end as reason,
  case status when 'excluded' then exclusion_date when 'closed' then performed_date end as evidence_date,
  case status when 'excluded' then exclusion_evidence when 'closed' then mammogram_evidence end as evidence,
  case when status in ('open', 'due soon', 'overdue', 'history incomplete') then period_end end as due_date
from judged
