import { filled, inputTable, required, source } from './contract.ts';

export default inputTable({
  name: 'observation',
  grain: 'measurement or answer other than a laboratory result',
  key: ['observation_id', 'source_name'],
  serviceDates: ['observation_date'],
  columns: {
    source_name: source,
    observation_id: filled('identifier of the observation in the source'),
    person_id: filled('person, as the source links identifiers'),
    patient_id: 'identifier of the patient in the source',
    encounter_id: 'encounter at which it was made',
    panel_id: 'groups observations taken together, such as the two blood pressures',
    observation_date: 'day it was made',
    observation_datetime: 'moment it was made, where known',
    observation_type: 'vital-signs, survey, social-history and the like',
    status: 'final, corrected, cancelled, not done and the like',
    source_code_type: 'code system of source_code',
    source_code: 'code as the source wrote it',
    source_description: 'text of the source',
    normalized_code_type: 'code system of normalized_code',
    normalized_code: 'code after mapping to a standard system',
    result: required('value as text'),
    result_code_type: 'code system of result_code',
    result_code: 'value as a code, where the answer is one',
    not_done_reason_code_type: 'code system of not_done_reason_code',
    not_done_reason_code: 'why it was not done',
    source_units: 'unit as the source wrote it',
    normalized_units: 'unit after mapping to UCUM',
  },
  unread: `payer normalized_description source_reference_range_low source_reference_range_high
    normalized_reference_range_low normalized_reference_range_high file_name ingest_datetime`,
});
