-- One row per Synthea allergy. Exports that do not know the code system of a substance say 'Unknown': null here.
select
  'synthea' as source_name,
  md5(row(patient, encounter, code, start_at, stop_at, description)::varchar) as allergy_id,
  patient as person_id,
  patient as patient_id,
  encounter as encounter_id,
  start_at::date as recorded_date,
  stop_at::date as resolved_date,
  case when stop_at is null then 'active' else 'resolved' end as status,
  nullif(system, 'unknown') as source_code_type,
  code as source_code,
  description as source_description,
  allergy_type,
  category,
  reaction,
  severity,
  file_id,
  line_number,
  null::varchar as left_out
from synthea.allergies
