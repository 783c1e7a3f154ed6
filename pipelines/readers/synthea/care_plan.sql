-- One row per Synthea care plan.
select
  'synthea' as source_name,
  id as care_plan_id,
  patient as person_id,
  patient as patient_id,
  encounter as encounter_id,
  start_at::date as start_date,
  stop_at::date as end_date,
  case when stop_at is null then 'active' else 'completed' end as status,
  'snomed' as source_code_type,
  code as source_code,
  description as source_description,
  case when reason_code is not null then 'snomed' end as reason_code_type,
  reason_code,
  file_id,
  line_number,
  null::varchar as left_out
from synthea.careplans
