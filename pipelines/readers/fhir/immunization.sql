-- One row per Immunization, given or not.
with stated as (
  select *, fhir.coding("vaccineCode".coding, 'cvx') as chosen, status = 'not-done' as is_not_done
  from fhir.immunization
)
select
  stated.source_name,
  stated.id as immunization_id,
  person as person_id,
  person as patient_id,
  fhir.beside(encounter, 'Encounter', scope) as encounter_id,
  fhir.system("vaccineCode".coding[1].system) as source_code_type,
  fhir.code("vaccineCode".coding[1].code) as source_code,
  fhir.words("vaccineCode") as source_description,
  fhir.system(chosen.system) as normalized_code_type,
  fhir.code(chosen.code) as normalized_code,
  case when is_not_done then 'not done' else status end as status,
  fhir.words("statusReason") as status_reason,
  fhir.system(case when is_not_done then "statusReason".coding[1].system end) as not_done_reason_code_type,
  fhir.code(case when is_not_done then "statusReason".coding[1].code end) as not_done_reason_code,
  fhir.day("occurrenceDateTime") as occurrence_date,
  coalesce(place.id, fhir.id_in(location.reference, 'Location')) as location_id,
  coalesce(who.id, fhir.id_in(performer[1].actor.reference, 'Practitioner'), fhir.npi_in(performer[1].actor)) as practitioner_id,
  file_id,
  line_number,
  coalesce(fhir.left_out(person, status), case when "vaccineCode" is null then 'names no vaccine' end) as left_out
from stated
left join fhir.other_name as who
  on who.source_name = stated.source_name and who.resource_type = 'Practitioner' and who.name = fhir.name_in(performer[1].actor, 'Practitioner')
left join fhir.other_name as place
  on place.source_name = stated.source_name and place.resource_type = 'Location' and place.name = fhir.name_in(location, 'Location')
