-- One row per Task, done, open or declined.
with stated as (
  select
    *,
    list_concat(extension, "modifierExtension") as extensions,
    fhir.is_not_done(status, null, list_concat(extension, "modifierExtension"), meta.profile) as is_not_done
  from fhir.task
)
select
  source_name,
  id as task_id,
  person as person_id,
  person as patient_id,
  fhir.beside(encounter, 'Encounter', scope) as encounter_id,
  fhir.day("authoredOn") as authored_date,
  fhir.day("executionPeriod".start) as start_date,
  fhir.day("executionPeriod"."end") as end_date,
  case when is_not_done then 'not done' else status end as status,
  fhir.system(code.coding[1].system) as source_code_type,
  fhir.code(code.coding[1].code) as source_code,
  fhir.words(code) as source_description,
  nullif(regexp_extract(focus.reference, '([^/]+)$', 1), '') as focus_id,
  fhir.system(fhir.reason(is_not_done, "statusReason".coding[1], extensions, null).system) as not_done_reason_code_type,
  fhir.code(fhir.reason(is_not_done, "statusReason".coding[1], extensions, null).code) as not_done_reason_code,
  file_id,
  line_number,
  fhir.left_out(person, status) as left_out
from stated
