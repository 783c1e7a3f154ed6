-- One row per Synthea observation. Those of the category laboratory are lab results, the rest are observations.
select
  'synthea' as source_name,
  md5(row(patient, encounter, code, observed_at, value, units, category)::varchar) as lab_result_id,
  patient as person_id,
  patient as patient_id,
  encounter as encounter_id,
  'loinc' as source_component_type,
  code as source_component_code,
  description as source_component_description,
  'loinc' as normalized_component_type,
  code as normalized_component_code,
  'final' as status,
  value as result,
  observed_at as result_datetime,
  observed_at as collection_datetime,
  units as source_units,
  units as normalized_units,
  file_id,
  line_number,
  case when category is distinct from 'laboratory' then 'no laboratory result, see input.observation' end as left_out
from synthea.observations
