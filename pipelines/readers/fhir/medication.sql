-- One row per MedicationRequest: an order, or the decision against one. What is only planned or proposed is no order.
with stated as (
  select
    statement.*,
    coalesce(
      statement."medicationCodeableConcept", drug.code,
      list_filter(statement.contained, lambda one: '#' || one.id = statement."medicationReference".reference)[1].code
    ) as drug,
    "dosageInstruction"[1].timing.repeat as times,
    "dosageInstruction"[1]."doseAndRate"[1] as dose,
    fhir.is_not_done(statement.status, statement."doNotPerform", list_concat(statement.extension, statement."modifierExtension"), statement.meta.profile) as is_not_done,
    fhir.reason(
      fhir.is_not_done(statement.status, statement."doNotPerform", list_concat(statement.extension, statement."modifierExtension"), statement.meta.profile),
      statement."statusReason".coding[1], list_concat(statement.extension, statement."modifierExtension"), statement."reasonCode"[1].coding[1]
    ) as reason
  from fhir.medication_request as statement
  left join fhir.drug as drug
    on drug.source_name = statement.source_name and drug.key = fhir.key_in(statement."medicationReference")
)
select
  stated.source_name,
  stated.id as medication_id,
  person as person_id,
  person as patient_id,
  fhir.beside(encounter, 'Encounter', scope) as encounter_id,
  fhir.day("authoredOn") as prescribing_date,
  fhir.day(times."boundsPeriod".start) as course_start_date,
  fhir.day(coalesce(times."boundsPeriod"."end", "dispenseRequest"."validityPeriod"."end")) as end_date,
  'order' as statement_type,
  case when is_not_done then 'not done' else status end as status,
  fhir.system(drug.coding[1].system) as source_code_type,
  fhir.code(drug.coding[1].code) as source_code,
  fhir.words(drug) as source_description,
  fhir.ndc(list_filter(drug.coding, lambda one: fhir.system(one.system) = 'ndc')[1].code) as ndc_code,
  list_filter(drug.coding, lambda one: fhir.system(one.system) = 'rxnorm')[1].code as rxnorm_code,
  list_filter(drug.coding, lambda one: fhir.system(one.system) = 'rxnorm')[1].display as rxnorm_description,
  fhir.quantity("dispenseRequest".quantity.value) as quantity,
  coalesce("dispenseRequest".quantity.unit, "dispenseRequest".quantity.code) as quantity_unit,
  coalesce(
    fhir.days("dispenseRequest"."expectedSupplyDuration"),
    try_cast(
      floor(
        fhir.quantity("dispenseRequest".quantity.value)
        / nullif(fhir.quantity(coalesce(dose."doseRange".high.value, dose."doseQuantity".value)) * fhir.doses_a_day(times), 0)
      ) as integer
    )
  ) as days_supply,
  try_cast(fhir.quantity("dispenseRequest"."numberOfRepeatsAllowed") as integer) as refills,
  fhir.system(reason.system) as not_done_reason_code_type,
  fhir.code(reason.code) as not_done_reason_code,
  coalesce(who.id, fhir.id_in(requester.reference, 'Practitioner'), fhir.npi_in(requester)) as practitioner_id,
  file_id,
  line_number,
  coalesce(fhir.left_out(person, status), case when intent in ('proposal', 'plan') then 'a plan, no order' when drug is null then 'names no medication' end) as left_out
from stated
left join fhir.other_name as who
  on who.source_name = stated.source_name and who.resource_type = 'Practitioner' and who.name = fhir.name_in(requester, 'Practitioner')
