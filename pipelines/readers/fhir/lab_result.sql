-- One row per value of an Observation that is a laboratory result.
select
  source_name,
  case when place = 0 then id else id || '#' || place end as lab_result_id,
  person as person_id,
  person as patient_id,
  fhir.beside(encounter, 'Encounter', scope) as encounter_id,
  fhir.system(whole_code.coding[1].system) as source_order_type,
  fhir.code(whole_code.coding[1].code) as source_order_code,
  fhir.words(whole_code) as source_order_description,
  fhir.system(code.coding[1].system) as source_component_type,
  fhir.code(code.coding[1].code) as source_component_code,
  fhir.words(code) as source_component_description,
  fhir.system(fhir.coding(code.coding, 'loinc').system) as normalized_component_type,
  fhir.code(fhir.coding(code.coding, 'loinc').code) as normalized_component_code,
  case when is_not_done then 'not done' else status end as status,
  coalesce(quantity.value, text, fhir.words(concept), concept.coding[1].code) as result,
  fhir.system(concept.coding[1].system) as result_code_type,
  fhir.code(concept.coding[1].code) as result_code,
  fhir.system(reason.system) as not_done_reason_code_type,
  fhir.code(reason.code) as not_done_reason_code,
  fhir.moment(issued) as result_datetime,
  fhir.moment(effective) as collection_datetime,
  quantity.unit as source_units,
  coalesce(quantity.code, quantity.unit) as normalized_units,
  interpretation as source_abnormal_flag,
  file_id,
  line_number,
  coalesce(
    fhir.left_out(person, status), case when not coalesce(is_laboratory, false) then 'no laboratory result, see input.observation' end
  ) as left_out
from fhir.observation_part
