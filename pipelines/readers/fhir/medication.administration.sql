-- One row per MedicationAdministration.
with stated as (
  select
    statement.*,
    coalesce(
      statement."medicationCodeableConcept", drug.code,
      list_filter(statement.contained, lambda one: '#' || one.id = statement."medicationReference".reference)[1].code
    ) as drug,
    fhir.is_not_done(statement.status, null, list_concat(statement.extension, statement."modifierExtension"), statement.meta.profile) as is_not_done,
    fhir.reason(
      fhir.is_not_done(statement.status, null, list_concat(statement.extension, statement."modifierExtension"), statement.meta.profile),
      statement."statusReason"[1].coding[1], list_concat(statement.extension, statement."modifierExtension"), null
    ) as reason
  from fhir.medication_administration as statement
  left join fhir.drug as drug
    on drug.source_name = statement.source_name and drug.key = fhir.key_in(statement."medicationReference")
)
select
  stated.source_name,
  stated.id as medication_id,
  person as person_id,
  person as patient_id,
  fhir.beside(context, 'Encounter', scope) as encounter_id,
  fhir.day(coalesce("effectiveDateTime", "effectivePeriod".start)) as dispensing_date,
  fhir.day("effectivePeriod"."end") as end_date,
  'administration' as statement_type,
  case when is_not_done then 'not done' else status end as status,
  fhir.system(drug.coding[1].system) as source_code_type,
  fhir.code(drug.coding[1].code) as source_code,
  fhir.words(drug) as source_description,
  fhir.ndc(list_filter(drug.coding, lambda one: fhir.system(one.system) = 'ndc')[1].code) as ndc_code,
  list_filter(drug.coding, lambda one: fhir.system(one.system) = 'rxnorm')[1].code as rxnorm_code,
  list_filter(drug.coding, lambda one: fhir.system(one.system) = 'rxnorm')[1].display as rxnorm_description,
  fhir.system(reason.system) as not_done_reason_code_type,
  fhir.code(reason.code) as not_done_reason_code,
  coalesce(who.id, fhir.id_in(performer[1].actor.reference, 'Practitioner'), fhir.npi_in(performer[1].actor)) as practitioner_id,
  file_id,
  line_number,
  coalesce(fhir.left_out(person, status), case when drug is null then 'names no medication' end) as left_out
from stated
left join fhir.other_name as who
  on who.source_name = stated.source_name and who.resource_type = 'Practitioner' and who.name = fhir.name_in(performer[1].actor, 'Practitioner')
