-- One row per identifier of a person in one source. The input has linked identifiers already: each is its own smallest linked id.
with identifier as (
  select source_name, person_id from input.eligibility
  union
  select source_name, person_id from input.patient
  union
  select source_name, person_id from input.medical_claim
  union
  select source_name, person_id from input.pharmacy_claim
  union
  select source_name, person_id from input.encounter
  union
  select source_name, person_id from input.condition
  union
  select source_name, person_id from input.procedure
  union
  select source_name, person_id from input.lab_result
  union
  select source_name, person_id from input.observation
  union
  select source_name, person_id from input.medication
  union
  select source_name, person_id from input.immunization
  union
  select source_name, person_id from input.appointment
  union
  select source_name, person_id from input.allergy
  union
  select source_name, person_id from input.care_plan
  union
  select source_name, person_id from input.provider_attribution
)
select
  substr(sha256(getvariable('surrogate_key') || '|person|' || person_id), 1, 16) as person_id,
  source_name,
  person_id as source_person_id
from identifier
