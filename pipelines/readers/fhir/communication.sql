-- One row per Communication, sent or deliberately not sent.
with stated as (
  select
    *,
    coalesce(topic.coding[1], "reasonCode"[1].coding[1], category[1].coding[1]) as chosen,
    list_concat(extension, "modifierExtension") as extensions,
    fhir.is_not_done(status, null, list_concat(extension, "modifierExtension"), meta.profile) as is_not_done
  from fhir.communication
)
select
  source_name,
  id as communication_id,
  person as person_id,
  person as patient_id,
  fhir.beside(encounter, 'Encounter', scope) as encounter_id,
  fhir.moment(sent) as sent_datetime,
  fhir.moment(received) as received_datetime,
  case when is_not_done then 'not done' else status end as status,
  fhir.system(chosen.system) as source_code_type,
  fhir.code(chosen.code) as source_code,
  chosen.display as source_description,
  fhir.system(fhir.reason(is_not_done, "statusReason".coding[1], extensions, null).system) as not_done_reason_code_type,
  fhir.code(fhir.reason(is_not_done, "statusReason".coding[1], extensions, null).code) as not_done_reason_code,
  file_id,
  line_number,
  fhir.left_out(person, status) as left_out
from stated
