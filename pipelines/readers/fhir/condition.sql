-- One row per Condition. One that was refuted stays, and says so in its status.
with stated as (
  select
    *,
    fhir.coding(code.coding, 'icd-10-cm', 'icd-9-cm') as chosen,
    "verificationStatus".coding[1].code as verification
  from fhir.condition
),
rank as (
  select source_name, condition_id, min(coalesce(rank, place)) as rank, max(present_on_admission) as present_on_admission
  from fhir.encounter_diagnosis
  group by source_name, condition_id
)
select
  stated.source_name,
  stated.id as condition_id,
  stated.person as person_id,
  stated.person as patient_id,
  fhir.beside(encounter, 'Encounter', scope) as encounter_id,
  fhir.day("recordedDate") as recorded_date,
  fhir.day(coalesce("onsetDateTime", "onsetPeriod".start)) as onset_date,
  fhir.day(coalesce("abatementDateTime", "abatementPeriod"."end", "abatementPeriod".start, "onsetPeriod"."end")) as resolved_date,
  case when verification in ('refuted', 'unconfirmed', 'provisional', 'differential') then verification
    else "clinicalStatus".coding[1].code
  end as status,
  lower(category[1].coding[1].code) as condition_type,
  fhir.code("bodySite"[1].coding[1].code) as body_site_code,
  fhir.system(code.coding[1].system) as source_code_type,
  fhir.code(code.coding[1].code) as source_code,
  fhir.words(code) as source_description,
  fhir.system(chosen.system) as normalized_code_type,
  fhir.code(chosen.code) as normalized_code,
  rank.rank as condition_rank,
  rank.present_on_admission as present_on_admit_code,
  stated.file_id,
  stated.line_number,
  coalesce(fhir.left_out(stated.person, verification), case when code is null then 'names no condition' end) as left_out
from stated
left join rank on rank.source_name = stated.source_name and rank.condition_id = stated.id
