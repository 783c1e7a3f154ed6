-- One row per hospital and observation encounter: what its principal diagnosis and its procedures make of it. It is planned when its diagnosis or a procedure always is, or when a procedure is and the principal diagnosis is not acute. Without procedure codes it is surgical when its MS-DRG is.
with concept as (
  select
    code_system,
    code,
    bool_or(value_set = 'psychiatric-principal-diagnosis') as is_psychiatric,
    bool_or(value_set = 'rehabilitation-principal-diagnosis') as is_rehabilitation,
    bool_or(value_set = 'cancer-principal-diagnosis') as is_cancer,
    bool_or(value_set = 'maternity-principal-diagnosis') as is_maternity,
    bool_or(value_set in ('planned-always', 'planned-always-maternity')) as is_always_planned,
    bool_or(value_set = 'planned-unless-acute') as is_planned_unless_acute,
    bool_or(value_set = 'acute-principal-diagnosis') as is_acute,
    max(case when value_set like 'cohort-%' then replace(value_set, 'cohort-', '') end) as cohort,
    max(case when value_set like 'index-%' then replace(value_set, 'index-', '') end) as index_condition
  from core.coded_concept
  group by code_system, code
),
operated as (
  select
    procedure.encounter_id,
    bool_or(coalesce(concept.cohort = 'surgery', false)) as is_surgical,
    bool_or(coalesce(concept.is_always_planned, false)) as is_always_planned,
    bool_or(coalesce(concept.is_planned_unless_acute, false)) as is_planned_unless_acute,
    max(concept.index_condition) as index_condition
  from core.procedure as procedure
  left join concept on concept.code_system = procedure.code_system and concept.code = procedure.code
  where procedure.code_system in ('icd-10-pcs', 'icd-9-pcs') and procedure.status <> 'not done'
  group by procedure.encounter_id
)
select
  encounter.encounter_id,
  category.category as ccs_category,
  coalesce(principal.is_psychiatric, false) as is_psychiatric,
  coalesce(principal.is_rehabilitation, false) as is_rehabilitation,
  coalesce(principal.is_cancer, false) as is_cancer,
  coalesce(principal.is_maternity, false) as is_maternity,
  coalesce(principal.is_always_planned, false)
    or coalesce(operated.is_always_planned, false)
    or coalesce(operated.is_planned_unless_acute, false) and not coalesce(principal.is_acute, false) as is_planned,
  coalesce(operated.is_surgical, drg.cohort = 'surgery', false) as is_surgical,
  case when category.category is not null then coalesce(principal.cohort, 'medicine') end as medical_cohort,
  coalesce(
    operated.index_condition,
    principal.index_condition,
    case when category.category is not null then 'other' end
  ) as index_condition
from core.encounter as encounter
left join concept as principal
  on principal.code_system = encounter.primary_diagnosis_code_type and principal.code = encounter.primary_diagnosis_code
left join core.code_match as category
  on category.value_set = 'ccs-diagnosis'
  and category.code_system = encounter.primary_diagnosis_code_type
  and category.code = encounter.primary_diagnosis_code
left join concept as drg on drg.code_system = 'ms-drg' and drg.code = encounter.drg_code
left join operated on operated.encounter_id = encounter.encounter_id
where encounter.encounter_type in (
    'acute inpatient', 'inpatient psychiatric', 'inpatient rehabilitation', 'long term care hospital', 'observation'
  )
