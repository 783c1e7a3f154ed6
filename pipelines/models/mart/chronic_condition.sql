-- One row per person and chronic condition, from the day it is established: a statement of a clinical source, a claim of a hospital, nursing facility or home health stay, or other claims on a second day. Tests and equipment alone establish nothing. Provisional: compact code lists, no look-back limit.
with diagnosis as (
  select
    condition.person_id,
    replace(concept.value_set, 'condition-', '') as condition,
    coalesce(condition.onset_date, condition.recorded_date) as stated_date,
    condition.source = 'ehr' or encounter.encounter_type in (
      'acute inpatient', 'inpatient psychiatric', 'inpatient rehabilitation', 'long term care hospital',
      'skilled nursing', 'home health'
    ) as is_certain
  from core.condition as condition
  join core.coded_concept as concept
    on concept.code_system = condition.code_system
    and concept.code = condition.code
    and concept.value_set like 'condition-%'
  left join core.encounter as encounter on encounter.encounter_id = condition.encounter_id
  where condition.source = 'ehr' or coalesce(encounter.encounter_type, 'other') <> 'other'
),
stated_day as (
  select person_id, condition, stated_date, bool_or(is_certain) as is_certain
  from diagnosis
  where stated_date <= getvariable('data_through')
  group by person_id, condition, stated_date
),
ordered as (
  select
    *,
    row_number() over (partition by person_id, condition order by stated_date) as place
  from stated_day
)
select person_id, condition, min(stated_date) as since_date
from ordered
where is_certain or place > 1
group by person_id, condition
