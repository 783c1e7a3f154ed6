-- One row per person, coded event (mart.cohort_concept), day on which it was stated or done, result and setting, until data-through: what cohort rules count, sorted by code so that a rule reads little of it. The setting of a diagnosis is the kind of stay or emergency visit that it was stated in. What was not done, refuted or decided against is left out.
with statement as (
  select
    'diagnosis' as kind,
    condition.code_system,
    condition.code,
    condition.person_id,
    coalesce(condition.recorded_date, condition.onset_date) as day,
    null::double as value,
    null::varchar as unit,
    encounter.encounter_type as setting
  from core.condition as condition
  left join core.encounter as encounter
    on encounter.encounter_id = condition.encounter_id
    and encounter.encounter_type in (
      'acute inpatient', 'inpatient psychiatric', 'inpatient rehabilitation', 'long term care hospital',
      'skilled nursing', 'home health', 'hospice', 'emergency department', 'observation'
    )
  union all
  select 'procedure', 'hcpcs', hcpcs_code, person_id, line_start_date, null, null, null
  from core.medical_claim
  where hcpcs_code is not null
    and not list_has_any([modifier_1, modifier_2], ['1P', '2P', '3P', '8P'])
  union all
  select 'procedure', code_system, code, person_id, performed_date, null, null, null
  from core.procedure
  where status = 'completed'
  union all
  select 'procedure', code_system, code, person_id, given_date, null, null, null
  from core.immunization
  where status = 'completed'
  union all
  select 'drug', 'ndc', ndc_code, person_id, fill_date, null, null, null
  from core.pharmacy_claim
  union all
  select 'drug', code_system, code, person_id, coalesce(start_date, course_start_date), null, null, null
  from core.medication
  where not is_negated and coalesce(status, 'active') in ('active', 'completed', 'in-progress')
  union all
  select 'lab', code_system, code, person_id, coalesce(observed_at::date, start_date), value_number, lower(unit), null
  from core.observation
  where not is_negated and coalesce(status, 'final') in ('final', 'amended', 'corrected')
),
-- Each by the code that states it.
concept as (
  select concept, kind, code_system, code
  from mart.cohort_concept
  where code_system = stated_system and code = stated_code
)
select distinct concept.concept, person.person, statement.day, statement.value, statement.unit, statement.setting
from statement
join concept
  on concept.kind = statement.kind
  and concept.code_system = statement.code_system
  and concept.code = statement.code
join mart.cohort_person as person on person.person_id = statement.person_id
where statement.day <= getvariable('data_through')
order by all
