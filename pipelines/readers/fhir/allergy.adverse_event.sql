-- One row per AdverseEvent: a harm by a substance, which lasted for its day. One that names no code is kept by its words.
select
  source_name,
  id as allergy_id,
  person as person_id,
  person as patient_id,
  fhir.beside(encounter, 'Encounter', scope) as encounter_id,
  fhir.day(coalesce(date, "recordedDate")) as recorded_date,
  fhir.day(coalesce(date, "recordedDate")) as resolved_date,
  'active' as status,
  fhir.system(fhir.coding(event.coding, 'rxnorm', 'snomed').system) as source_code_type,
  fhir.code(fhir.coding(event.coding, 'rxnorm', 'snomed').code) as source_code,
  fhir.words(event) as source_description,
  'adverse event' as allergy_type,
  file_id,
  line_number,
  coalesce(fhir.left_out(person, null), case when actuality = 'potential' then 'did not happen' when event is null then 'names no event' end) as left_out
from fhir.adverse_event
