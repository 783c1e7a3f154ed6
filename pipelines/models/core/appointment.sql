-- One row per appointment booked, kept or not.
select
  source.person_id,
  encounter.encounter_id,
  statement.source_name,
  statement.appointment_id,
  statement.start_datetime,
  statement.end_datetime,
  statement.type_code,
  statement.type_description,
  statement.status_code as status,
  statement.practitioner_id,
  statement.location_id,
  statement.reason,
  statement.cancellation_reason,
  'ehr' as source,
  statement.file_id,
  statement.line_number
from input.appointment as statement
join core.person_source as source
  on source.source_name = statement.source_name and source.source_person_id = statement.person_id
left join core.ehr_encounter as encounter
  on encounter.source_name = statement.source_name and encounter.source_encounter_id = statement.encounter_id
