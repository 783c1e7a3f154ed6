import { filled, inputTable, required, source } from './contract.ts';

export default inputTable({
  name: 'lab_result',
  grain: 'component of a laboratory result',
  key: ['lab_result_id', 'source_name'],
  serviceDates: ['collection_datetime', 'result_datetime'],
  columns: {
    source_name: source,
    lab_result_id: filled('identifier of the result in the source'),
    person_id: filled('person, as the source links identifiers'),
    patient_id: 'identifier of the patient in the source',
    encounter_id: 'encounter that the result belongs to',
    source_order_type: { meaning: 'code system of source_order_code', type: 'system' },
    source_order_code: 'test or panel ordered, as the source wrote it',
    source_order_description: 'text of the order',
    source_component_type: { meaning: 'code system of source_component_code', type: 'system' },
    source_component_code: 'component measured, as the source wrote it',
    source_component_description: 'text of the component',
    normalized_order_type: { meaning: 'code system of normalized_order_code', type: 'system' },
    normalized_order_code: 'order after mapping to a standard system',
    normalized_component_type: { meaning: 'code system of normalized_component_code', type: 'system' },
    normalized_component_code: 'component after mapping to a standard system',
    status: 'final, corrected, cancelled and the like',
    result: required('value as text'),
    result_datetime: 'moment the result was reported',
    collection_datetime: 'moment the specimen was taken',
    source_units: 'unit as the source wrote it',
    normalized_units: 'unit after mapping to UCUM',
    source_abnormal_flag: { meaning: 'high, low or abnormal, as the source wrote it', type: 'text' },
    ordering_practitioner_id: 'practitioner who ordered',
  },
  unread: `accession_number normalized_order_description normalized_component_description source_reference_range_low
    source_reference_range_high normalized_reference_range_low normalized_reference_range_high normalized_abnormal_flag
    specimen file_name ingest_datetime`,
});
