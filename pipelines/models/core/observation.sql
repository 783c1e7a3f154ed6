-- One row per observation or laboratory result. value_number is null where the result is no plain number. An answer without a unit that has the form of a SNOMED CT identifier is a code.
with statement as (
  select
    source_name,
    person_id,
    encounter_id,
    case when normalized_code is null then source_code_type else normalized_code_type end as code_system,
    coalesce(normalized_code, source_code) as code,
    source_description as description,
    observation_start_date as start_date,
    coalesce(observation_datetime, observation_date) as observed_at,
    observation_type as category,
    panel_id,
    status,
    result,
    result_code_type,
    result_code,
    not_done_reason_code_type,
    not_done_reason_code,
    coalesce(normalized_units, source_units) as unit,
    file_id,
    line_number
  from input.observation
  union all
  select
    source_name,
    person_id,
    encounter_id,
    case
      when normalized_component_code is not null then normalized_component_type
      when source_component_code is not null then source_component_type
      when normalized_order_code is not null then normalized_order_type
      else source_order_type
    end,
    coalesce(normalized_component_code, source_component_code, normalized_order_code, source_order_code),
    coalesce(source_component_description, source_order_description),
    null,
    coalesce(collection_datetime, result_datetime),
    'laboratory',
    null,
    status,
    result,
    result_code_type,
    result_code,
    not_done_reason_code_type,
    not_done_reason_code,
    coalesce(normalized_units, source_units),
    file_id,
    line_number
  from input.lab_result
)
select
  source.person_id,
  encounter.encounter_id,
  statement.source_name,
  statement.code_system,
  statement.code,
  statement.description,
  statement.category,
  statement.panel_id,
  coalesce(statement.start_date, statement.observed_at::date) as start_date,
  statement.observed_at,
  statement.status,
  case
    when statement.unit is not null
      or statement.category = 'laboratory'
      or not regexp_full_match(statement.result, '[1-9]\d{2,14}[01]0\d')
      then try_cast(statement.result as double)
  end as value_number,
  statement.result as value_text,
  statement.result_code_type as value_code_system,
  statement.result_code as value_code,
  statement.unit,
  coalesce(statement.status = 'not done', false) as is_negated,
  statement.not_done_reason_code_type,
  statement.not_done_reason_code,
  'ehr' as source,
  statement.file_id,
  statement.line_number
from statement
join core.person_source as source
  on source.source_name = statement.source_name and source.source_person_id = statement.person_id
left join core.ehr_encounter as encounter
  on encounter.source_name = statement.source_name and encounter.source_encounter_id = statement.encounter_id
