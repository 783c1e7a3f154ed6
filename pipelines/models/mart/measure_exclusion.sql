-- One row per person, measurement period and reason for which quality measures leave a person out. One coded fact suffices, as in the eCQMs; HEDIS asks for two.
with concept as (
  select value_set, code_system, code, upper(code_system) || ' ' || code as detail
  from core.coded_concept
  where value_set in ('hospice-care', 'palliative-care', 'frailty', 'advanced-illness', 'dementia-medication')
),
fact as (
  select
    condition.person_id,
    concept.value_set,
    coalesce(condition.onset_date, condition.recorded_date) as start_date,
    case
      when condition.status = 'active' then coalesce(condition.resolved_date, date '9999-12-31')
      else coalesce(condition.resolved_date, condition.recorded_date, condition.onset_date)
    end as end_date,
    concept.detail,
    condition.source
  from core.condition
  join concept using (code_system, code)
  union all
  select
    medical_claim.person_id,
    concept.value_set,
    medical_claim.line_start_date as start_date,
    medical_claim.line_start_date as end_date,
    concept.detail,
    'claim' as source
  from core.medical_claim
  join concept
    on concept.code_system = 'hcpcs'
    and concept.code = medical_claim.hcpcs_code
  union all
  select
    procedure.person_id,
    concept.value_set,
    procedure.performed_date as start_date,
    procedure.performed_date as end_date,
    concept.detail,
    procedure.source
  from core.procedure
  join concept using (code_system, code)
  where procedure.status = 'completed'
  union all
  select
    observation.person_id,
    concept.value_set,
    observation.observed_at::date as start_date,
    observation.observed_at::date as end_date,
    concept.detail,
    observation.source
  from core.observation
  join concept using (code_system, code)
  where coalesce(observation.status, 'final') not in ('cancelled', 'entered-in-error', 'not done', 'preliminary', 'registered')
    and (
      observation.code <> '45755-6' -- hospice care asked for: the answer counts when it is yes
      or lower(coalesce(observation.value_code, observation.value_text)) in ('373066001', 'la33-6', 'yes')
    )
  union all
  select
    medication.person_id,
    concept.value_set,
    medication.start_date,
    coalesce(medication.end_date, medication.start_date + coalesce(medication.days_supply, 1) - 1) as end_date,
    concept.detail,
    medication.source
  from core.medication
  join concept using (code_system, code)
  where not medication.is_negated
  union all
  select person_id, 'hospice-care' as value_set, start_date, coalesce(end_date, start_date) as end_date, 'hospice encounter' as detail, source
  from core.encounter
  where encounter_type = 'hospice'
  union all
  select
    person_id,
    'hospice-care' as value_set,
    end_date as start_date,
    end_date,
    'discharge status ' || discharge_disposition_code as detail,
    source
  from core.encounter
  where discharge_disposition_code in ('50', '51')
  union all
  select person_id, 'hospice-care' as value_set, month as start_date, last_day(month) as end_date, 'hospice month' as detail, 'enrollment' as source
  from core.member_month
  where is_hospice
),
in_period as (
  select fact.*, measure_period.period_start, measure_period.period_end
  from fact
  join mart.measure_period
    on fact.start_date <= least(measure_period.period_end, getvariable('data_through'))
    and case
      when fact.value_set = 'advanced-illness' then fact.start_date >= measure_period.period_start - interval 1 year
      when fact.value_set = 'dementia-medication' then fact.end_date >= measure_period.period_start - interval 1 year
      else fact.end_date >= measure_period.period_start
    end
),
nursing_home as (
  select
    measure_period.period_start,
    member_month.person_id,
    member_month.month as evidence_date,
    'long-term institutional month' as detail,
    'enrollment' as source
  from core.member_month
  join mart.measure_period
    on member_month.month between measure_period.period_start and measure_period.period_end
  where member_month.is_long_term_institutional
  union all
  select period_start, person_id, evidence_date, 'LOINC 71802-3' as detail, source
  from (
    select
      measure_period.period_start,
      observation.person_id,
      observation.observed_at::date as evidence_date,
      observation.source,
      coalesce(observation.value_code, observation.value_text) = '160734000' as lives_in_nursing_home
    from core.observation
    join mart.measure_period
      on observation.observed_at::date <= least(measure_period.period_end, getvariable('data_through'))
    where observation.code_system = 'loinc'
      and observation.code = '71802-3'
      and coalesce(observation.status, 'final') not in ('cancelled', 'entered-in-error', 'not done', 'preliminary', 'registered')
    qualify row_number() over (
      partition by observation.person_id, measure_period.period_start
      order by observation.observed_at desc, observation.value_text
    ) = 1
  ) as last_housing_status
  where lives_in_nursing_home
  union all
  select
    measure_period.period_start,
    encounter.person_id,
    min(encounter.start_date) as evidence_date,
    '100 or more skilled nursing days' as detail,
    'claim' as source
  from core.encounter
  join mart.measure_period
    on encounter.start_date <= measure_period.period_end
    and encounter.end_date >= measure_period.period_start
  where encounter.encounter_type = 'skilled nursing'
  group by all
  having sum(
    least(encounter.end_date, measure_period.period_end) - greatest(encounter.start_date, measure_period.period_start)
  ) >= 100
  union all
  select
    measure_period.period_start,
    medical_claim.person_id,
    min(medical_claim.start_date) as evidence_date,
    'visits in a custodial nursing facility 100 or more days apart' as detail,
    'claim' as source
  from core.medical_claim
  join mart.measure_period
    on medical_claim.start_date between measure_period.period_start and measure_period.period_end
  where medical_claim.place_of_service_code = '32'
  group by all
  having max(medical_claim.start_date) - min(medical_claim.start_date) >= 100
),
reason as (
  select period_start, person_id, start_date as evidence_date, detail, source, 'hospice care' as reason, 0 as from_age
  from in_period
  where value_set = 'hospice-care'
  union all
  select period_start, person_id, start_date as evidence_date, detail, source, 'palliative care' as reason, 0 as from_age
  from in_period
  where value_set = 'palliative-care'
  union all
  select period_start, person_id, evidence_date, detail, source, 'lives in a nursing home' as reason, 66 as from_age
  from nursing_home
  union all
  select
    illness.period_start,
    illness.person_id,
    illness.start_date as evidence_date,
    illness.detail,
    illness.source,
    'frailty and advanced illness' as reason,
    66 as from_age
  from in_period as illness
  semi join (select person_id, period_start from in_period where value_set = 'frailty') as frailty using (person_id, period_start)
  where illness.value_set in ('advanced-illness', 'dementia-medication')
)
select
  reason.person_id,
  reason.period_start,
  reason.reason,
  reason.evidence_date,
  reason.reason || ' (' || reason.detail || '), ' || replace(reason.source, 'ehr', 'EHR') || ' ' || reason.evidence_date as evidence
from reason
join core.person using (person_id)
join mart.measure_period using (period_start)
where reason.from_age = 0
  or date_diff('year', person.birth_date, measure_period.period_end) >= reason.from_age
qualify row_number() over (
  partition by reason.person_id, reason.period_start, reason.reason
  order by reason.evidence_date, reason.detail, reason.source
) = 1
