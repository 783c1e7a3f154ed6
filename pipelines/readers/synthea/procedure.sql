-- One row per Synthea procedure. It has no identifier: one is made from what makes it unique.
select
  'synthea' as source_name,
  md5(row(patient, encounter, code, start_at, stop_at, description, reason_code)::varchar) as procedure_id,
  patient as person_id,
  patient as patient_id,
  encounter as encounter_id,
  start_at::date as procedure_date,
  'completed' as status,
  coalesce(system, 'snomed') as source_code_type,
  code as source_code,
  description as source_description,
  coalesce(system, 'snomed') as normalized_code_type,
  code as normalized_code,
  file_id,
  line_number,
  null::varchar as left_out
from synthea.procedures
