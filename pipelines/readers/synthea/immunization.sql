-- One row per Synthea immunization. Every one on file was given.
select
  'synthea' as source_name,
  md5(row(patient, encounter, code, given_at, description)::varchar) as immunization_id,
  patient as person_id,
  patient as patient_id,
  encounter as encounter_id,
  'cvx' as source_code_type,
  code as source_code,
  description as source_description,
  'cvx' as normalized_code_type,
  code as normalized_code,
  'completed' as status,
  given_at::date as occurrence_date,
  file_id,
  line_number,
  null::varchar as left_out
from synthea.immunizations
