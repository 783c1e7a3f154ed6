-- One row per Synthea observation. Those of the category laboratory are lab results; older exports name no category.
select
  'synthea' as source_name,
  md5(row(patient, encounter, code, observed_at, value, units, category)::varchar) as observation_id,
  patient as person_id,
  patient as patient_id,
  encounter as encounter_id,
  md5(row(patient, encounter, observed_at)::varchar) as panel_id,
  observed_at::date as observation_date,
  category as observation_type,
  'final' as status,
  'loinc' as source_code_type,
  code as source_code,
  description as source_description,
  'loinc' as normalized_code_type,
  code as normalized_code,
  value as result,
  units as source_units,
  units as normalized_units,
  file_id,
  line_number,
  case
    when category = 'laboratory' then 'a laboratory result, see input.lab_result'
    when code in ('QALY', 'DALY', 'QOLS') then 'a score of the simulator, not observed'
  end as left_out
from synthea.observations
