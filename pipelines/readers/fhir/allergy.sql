-- One row per AllergyIntolerance. One that was refuted stays, and says so in its status.
select
  source_name,
  id as allergy_id,
  person as person_id,
  person as patient_id,
  fhir.beside(encounter, 'Encounter', scope) as encounter_id,
  fhir.day(coalesce("recordedDate", "onsetDateTime", "onsetPeriod".start)) as recorded_date,
  case when "verificationStatus".coding[1].code = 'refuted' then 'refuted'
    else "clinicalStatus".coding[1].code
  end as status,
  fhir.system(fhir.coding(code.coding, 'rxnorm', 'snomed').system) as source_code_type,
  fhir.code(fhir.coding(code.coding, 'rxnorm', 'snomed').code) as source_code,
  fhir.words(code) as source_description,
  type as allergy_type,
  category[1] as category,
  fhir.words(reaction[1].manifestation[1]) as reaction,
  reaction[1].severity as severity,
  file_id,
  line_number,
  coalesce(
    fhir.left_out(person, "verificationStatus".coding[1].code), case when code is null then 'names no substance' end
  ) as left_out
from fhir.allergy_intolerance
