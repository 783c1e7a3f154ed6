-- One row per Procedure, done or deliberately not done.
with stated as (
  select
    *,
    fhir.coding(code.coding, 'hcpcs', 'icd-10-pcs') as chosen,
    list_concat(extension, "modifierExtension") as extensions,
    fhir.is_not_done(status, null, list_concat(extension, "modifierExtension"), meta.profile) as is_not_done
  from fhir.procedure
)
select
  stated.source_name,
  stated.id as procedure_id,
  person as person_id,
  person as patient_id,
  fhir.beside(encounter, 'Encounter', scope) as encounter_id,
  fhir.day(
    coalesce(
      "performedDateTime", "performedPeriod".start, "performedPeriod"."end",
      list_filter(extensions, lambda one: one.url like '%-recorded')[1]."valueDateTime"
    )
  ) as procedure_date,
  fhir.day("performedPeriod"."end") as procedure_end_date,
  case when is_not_done then 'not done' else status end as status,
  fhir.system(code.coding[1].system) as source_code_type,
  fhir.code(code.coding[1].code) as source_code,
  fhir.words(code) as source_description,
  fhir.system(chosen.system) as normalized_code_type,
  fhir.code(chosen.code) as normalized_code,
  fhir.system(fhir.reason(is_not_done, "statusReason".coding[1], extensions, null).system) as not_done_reason_code_type,
  fhir.code(fhir.reason(is_not_done, "statusReason".coding[1], extensions, null).code) as not_done_reason_code,
  coalesce(who.id, fhir.id_in(performer[1].actor.reference, 'Practitioner'), fhir.npi_in(performer[1].actor)) as practitioner_id,
  file_id,
  line_number,
  coalesce(fhir.left_out(person, status), case when code is null then 'names no procedure' end) as left_out
from stated
left join fhir.other_name as who
  on who.source_name = stated.source_name and who.resource_type = 'Practitioner' and who.name = fhir.name_in(performer[1].actor, 'Practitioner')
