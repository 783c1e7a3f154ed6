-- One row per admission that AHRQ's Prevention Quality Indicators (v2024) count, with the indicators that count it. Judged as the first hospital recorded it; an admission from another hospital, a nursing or another health facility, or that no DRG can group, counts in none.
with admission as (
  select
    part.stay_id,
    part.encounter_id,
    part.person_id,
    part.start_date as admit_date,
    date_sub('year', person.birth_date, part.start_date) as age,
    coalesce(principal.category, 'NONE') as principal
  from mart.inpatient_stay_part as part
  join core.person as person on person.person_id = part.person_id
  left join core.code_match as principal
    on principal.value_set = 'pqi-principal-diagnosis'
    and principal.code_system = part.primary_diagnosis_code_type
    and principal.code = part.primary_diagnosis_code
  where part.place = 1
    and part.is_short_term_acute
    and person.sex <> 'unknown'
    and date_sub('year', person.birth_date, part.start_date) >= 18
    and part.primary_diagnosis_code is not null
    and coalesce(part.drg_code, '') <> '999'
    and coalesce(part.admit_source_code, '') not in ('4', '5', '6')
),
statement as (
  select condition.encounter_id, condition.code_system, condition.code
  from core.condition as condition
  left join core.facility_claim as claim
    on claim.source_name = condition.source_name and claim.claim_id = condition.claim_id
  where condition.source = 'ehr' or claim.claim_id is not null
  union all
  select encounter_id, code_system, code
  from core.procedure
  where status <> 'not done'
),
finding as (
  select statement.encounter_id, list(distinct replace(concept.value_set, 'pqi-', '')) as found
  from statement
  join core.coded_concept as concept
    on concept.code_system = statement.code_system
    and concept.code = statement.code
    and concept.value_set like 'pqi-%'
  group by statement.encounter_id
),
known as (
  select admission.*, coalesce(finding.found, []) as found
  from admission
  left join finding on finding.encounter_id = admission.encounter_id
),
judged as (
  select
    stay_id,
    person_id,
    admit_date,
    principal = 'DIABETES-SHORT' as pqi_01,
    principal = 'DIABETES-LONG' as pqi_03,
    principal in ('COPD', 'ASTHMA') and age >= 40 and not list_contains(found, 'respiratory-anomaly') as pqi_05,
    principal = 'HYPERTENSION'
      and not list_contains(found, 'cardiac-procedure')
      and not list_has_all(found, ['kidney-disease', 'dialysis-access']) as pqi_07,
    principal = 'HEART-FAILURE' and not list_contains(found, 'cardiac-procedure') as pqi_08,
    principal = 'PNEUMONIA' and not list_has_any(found, ['sickle-cell', 'immune-diagnosis', 'immune-procedure']) as pqi_11,
    principal = 'URINARY' and not list_has_any(found, ['kidney-anomaly', 'immune-diagnosis', 'immune-procedure']) as pqi_12,
    principal = 'DIABETES-UNCONTROLLED' as pqi_14,
    principal = 'ASTHMA' and age < 40 and not list_contains(found, 'respiratory-anomaly') as pqi_15,
    list_has_all(found, ['leg-amputation', 'diabetes'])
      and principal <> 'OBSTETRIC'
      and not list_contains(found, 'traumatic-amputation') as pqi_16
  from known
)
select *
from judged
where pqi_01 or pqi_03 or pqi_05 or pqi_07 or pqi_08 or pqi_11 or pqi_12 or pqi_14 or pqi_15 or pqi_16
