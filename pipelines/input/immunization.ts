import { filled, inputTable, source } from './contract.ts';

export default inputTable({
  name: 'immunization',
  grain: 'vaccine given, or recorded as not given',
  key: ['immunization_id', 'source_name'],
  serviceDates: ['occurrence_date'],
  columns: {
    source_name: source,
    immunization_id: filled('identifier of the statement in the source'),
    person_id: filled('person, as the source links identifiers'),
    patient_id: 'identifier of the patient in the source',
    encounter_id: 'encounter at which it was given',
    source_code_type: 'code system of source_code',
    source_code: 'code as the source wrote it',
    source_description: 'text of the source',
    normalized_code_type: 'code system of normalized_code',
    normalized_code: 'code after mapping to a standard system',
    status: 'completed or not done',
    status_reason: 'why it was not done',
    not_done_reason_code_type: 'code system of not_done_reason_code',
    not_done_reason_code: 'why it was not done',
    occurrence_date: 'day it was given',
    location_id: 'where it was given',
    practitioner_id: 'practitioner who gave it',
  },
  unread: `normalized_description source_dose normalized_dose lot_number body_site route file_name ingest_datetime`,
});
