-- One row per DeviceRequest: an order, or the decision against one. What is only planned or proposed is no order.
with stated as (
  select
    *,
    fhir.coding("codeCodeableConcept".coding, 'hcpcs', 'loinc') as chosen,
    list_concat(extension, "modifierExtension") as extensions,
    fhir.is_not_done(status, "doNotPerform", list_concat(extension, "modifierExtension"), meta.profile) as is_not_done
  from fhir.device_request
)
select
  stated.source_name,
  'DeviceRequest/' || stated.id as service_request_id,
  person as person_id,
  person as patient_id,
  fhir.beside(encounter, 'Encounter', scope) as encounter_id,
  'device' as request_type,
  fhir.day("authoredOn") as ordered_date,
  fhir.day(coalesce("occurrenceDateTime", "occurrencePeriod".start)) as planned_date,
  case when is_not_done then 'not done' else status end as status,
  fhir.system("codeCodeableConcept".coding[1].system) as source_code_type,
  fhir.code("codeCodeableConcept".coding[1].code) as source_code,
  fhir.words("codeCodeableConcept") as source_description,
  fhir.system(chosen.system) as normalized_code_type,
  fhir.code(chosen.code) as normalized_code,
  fhir.system(fhir.reason(is_not_done, "statusReason".coding[1], extensions, "reasonCode"[1].coding[1]).system) as not_done_reason_code_type,
  fhir.code(fhir.reason(is_not_done, "statusReason".coding[1], extensions, "reasonCode"[1].coding[1]).code) as not_done_reason_code,
  case when not is_not_done then fhir.system("reasonCode"[1].coding[1].system) end as reason_code_type,
  case when not is_not_done then fhir.code("reasonCode"[1].coding[1].code) end as reason_code,
  coalesce(who.id, fhir.id_in(requester.reference, 'Practitioner'), fhir.npi_in(requester)) as practitioner_id,
  file_id,
  line_number,
  coalesce(
    fhir.left_out(person, status),
    case when intent in ('proposal', 'plan') then 'a plan, no order' when "codeCodeableConcept" is null then 'names no device' end
  ) as left_out
from stated
left join fhir.other_name as who
  on who.source_name = stated.source_name and who.resource_type = 'Practitioner' and who.name = fhir.name_in(requester, 'Practitioner')
