-- One row per vaccine given, or recorded as not given (status).
select
  source.person_id,
  encounter.encounter_id,
  statement.source_name,
  coalesce(statement.normalized_code_type, statement.source_code_type) as code_system,
  coalesce(statement.normalized_code, statement.source_code) as code,
  statement.occurrence_date as given_date,
  coalesce(statement.status, 'completed') as status,
  statement.not_done_reason_code_type,
  statement.not_done_reason_code,
  'ehr' as source,
  statement.file_id,
  statement.line_number
from input.immunization as statement
join core.person_source as source
  on source.source_name = statement.source_name and source.source_person_id = statement.person_id
left join core.ehr_encounter as encounter
  on encounter.source_name = statement.source_name and encounter.source_encounter_id = statement.encounter_id
