-- One row per person, measurement period and reason for which quality measures leave a person out: the first fact that shows it. One coded fact suffices, as in the eCQMs; HEDIS asks for two. Which reasons count, each measure says.
with fact as (
  select
    evidence.person_id,
    evidence.value_set,
    evidence.resource,
    evidence.source,
    evidence.value_code,
    evidence.start_date,
    evidence.evidence,
    measure_period.period_start,
    measure_period.period_end,
    date_sub('year', person.birth_date, measure_period.period_end) as age_at_end
  from mart.evidence
  join mart.measure_period
    on evidence.start_date <= measure_period.period_end
    and evidence.end_date >= measure_period.period_start
  join core.person using (person_id)
  where not evidence.is_negated
    and evidence.value_set in (
      'frailty-device', 'billed-frailty-device', 'frailty-diagnosis', 'frailty-encounter', 'frailty-symptom',
      'medical-equipment-used', 'palliative-care-diagnosis', 'palliative-care-encounter', 'palliative-care-intervention',
      'palliative-care-questionnaire'
    )
),
frailty as (
  select *
  from fact
  where (value_set in ('frailty-device', 'billed-frailty-device') and start_date >= period_start)
    or value_set in ('frailty-diagnosis', 'frailty-encounter')
    or (value_set = 'frailty-symptom' and (resource = 'Observation' or source = 'claim'))
    or (
      value_set = 'medical-equipment-used'
      and exists (
        from core.coded_concept
        where coded_concept.value_set = 'frailty-device' and coded_concept.code = fact.value_code
      )
    )
),
illness as (
  select evidence.person_id, frail.period_start, evidence.start_date, evidence.evidence
  from (
    select distinct person_id, period_start, period_end
    from frailty
    where age_at_end >= 66
  ) as frail
  join mart.evidence
    on evidence.person_id = frail.person_id
    and evidence.start_date <= frail.period_end
  where not evidence.is_negated
    and evidence.value_set in ('advanced-illness', 'dementia-medications')
    and case evidence.value_set
      when 'advanced-illness' then evidence.start_date >= frail.period_start - interval 1 year
      else evidence.resource <> 'MedicationStatement' and evidence.end_date >= frail.period_start - interval 1 year
    end
),
nursing_home as (
  select
    period_start,
    person_id,
    start_date as evidence_date,
    evidence
  from (
    select *
    from mart.evidence
    join mart.measure_period on evidence.start_date <= measure_period.period_end
    where value_set = 'housing-status' and not is_negated
    qualify row_number() over (
      partition by person_id, period_start
      order by started_at desc, coalesce(value_code, value_text) = '160734000'
    ) = 1
  ) as last_housing_status
  where coalesce(value_code, value_text) = '160734000'
  union all
  select
    measure_period.period_start,
    member_month.person_id,
    member_month.month,
    'long-term institutional month, enrollment ' || member_month.month
  from core.member_month
  join mart.measure_period
    on member_month.month between measure_period.period_start and measure_period.period_end
  where member_month.is_long_term_institutional
  union all
  select
    measure_period.period_start,
    encounter.person_id,
    min(encounter.start_date),
    '100 or more skilled nursing days, claim ' || min(encounter.start_date)
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
    min(medical_claim.start_date),
    'visits in a custodial nursing facility 100 or more days apart, claim ' || min(medical_claim.start_date)
  from core.medical_claim
  join mart.measure_period
    on medical_claim.start_date between measure_period.period_start and measure_period.period_end
  where medical_claim.place_of_service_code = '32'
  group by all
  having max(medical_claim.start_date) - min(medical_claim.start_date) >= 100
),
hospice as (
  select measure_period.period_start, hospice_care.person_id, hospice_care.start_date as evidence_date, hospice_care.evidence
  from mart.hospice_care
  join mart.measure_period
    on hospice_care.start_date <= measure_period.period_end
    and hospice_care.end_date >= measure_period.period_start
),
reason as (
  select *, 'hospice care' as reason
  from hospice
  union all
  select period_start, person_id, start_date, evidence, 'palliative care'
  from fact
  where value_set in (
    'palliative-care-diagnosis', 'palliative-care-encounter', 'palliative-care-intervention', 'palliative-care-questionnaire'
  )
  union all
  select nursing_home.*, 'lives in a nursing home'
  from nursing_home
  join core.person using (person_id)
  join mart.measure_period using (period_start)
  where date_sub('year', person.birth_date, measure_period.period_end) >= 66
  union all
  select period_start, person_id, start_date, evidence, 'frailty and advanced illness'
  from illness
  union all
  select period_start, person_id, start_date, evidence, 'frailty at 81 or older'
  from frailty
  where age_at_end >= 81
)
select
  person_id,
  period_start,
  reason,
  evidence_date,
  reason || ' (' || evidence || ')' as evidence
from reason
qualify row_number() over (partition by person_id, period_start, reason order by evidence_date, evidence) = 1
