-- One row per Synthea medication order. It has no identifier: one is made from what makes it unique.
select
  'synthea' as source_name,
  md5(row(patient, encounter, code, start_at, stop_at, description, reason_code)::varchar) as medication_id,
  patient as person_id,
  patient as patient_id,
  encounter as encounter_id,
  start_at::date as prescribing_date,
  stop_at::date as end_date,
  case when stop_at is null then 'active' else 'completed' end as status,
  'rxnorm' as source_code_type,
  code as source_code,
  description as source_description,
  code as rxnorm_code,
  file_id,
  line_number,
  null::varchar as left_out
from synthea.medications
