-- One row per care plan of a person.
select
  source.person_id,
  encounter.encounter_id,
  statement.source_name,
  statement.source_code_type as code_system,
  statement.source_code as code,
  statement.source_description as description,
  statement.reason_code_type,
  statement.reason_code,
  statement.start_date,
  statement.end_date,
  statement.status,
  'ehr' as source,
  statement.file_id,
  statement.line_number
from input.care_plan as statement
join core.person_source as source
  on source.source_name = statement.source_name and source.source_person_id = statement.person_id
left join core.ehr_encounter as encounter
  on encounter.source_name = statement.source_name and encounter.source_encounter_id = statement.encounter_id
