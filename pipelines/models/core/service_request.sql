-- One row per order for a service or a device, or decision against one (is_negated).
select
  source.person_id,
  encounter.encounter_id,
  statement.source_name,
  statement.request_type,
  coalesce(statement.normalized_code_type, statement.source_code_type) as code_system,
  coalesce(statement.normalized_code, statement.source_code) as code,
  statement.source_description as description,
  statement.ordered_date,
  statement.planned_date,
  statement.status,
  coalesce(statement.status = 'not done', false) as is_negated,
  statement.not_done_reason_code_type,
  statement.not_done_reason_code,
  statement.reason_code_type,
  statement.reason_code,
  'ehr' as source,
  statement.file_id,
  statement.line_number
from input.service_request as statement
join core.person_source as source
  on source.source_name = statement.source_name and source.source_person_id = statement.person_id
left join core.ehr_encounter as encounter
  on encounter.source_name = statement.source_name and encounter.source_encounter_id = statement.encounter_id
