import { filled, inputTable, source } from './contract.ts';

export default inputTable({
  name: 'appointment',
  grain: 'appointment booked, kept or not',
  key: ['appointment_id', 'source_name'],
  columns: {
    source_name: source,
    appointment_id: filled('identifier of the appointment in the source'),
    person_id: filled('person, as the source links identifiers'),
    patient_id: 'identifier of the patient in the source',
    encounter_id: 'encounter that it became',
    start_datetime: 'moment it was to begin',
    end_datetime: 'moment it was to end',
    duration: 'minutes',
    location_id: 'where it was to take place',
    practitioner_id: 'practitioner booked',
    type_code: {
      meaning: 'kind of appointment',
      deliveredAs: ['type_code', 'normalized_appointment_type_code', 'source_appointment_type_code'],
    },
    type_description: {
      meaning: 'kind of appointment in words',
      deliveredAs: [
        'type_description',
        'normalized_appointment_type_description',
        'source_appointment_type_description',
      ],
    },
    status_code: {
      meaning: 'booked, arrived, cancelled, noshow and the like',
      type: 'word',
      deliveredAs: ['status_code', 'normalized_status', 'source_status'],
    },
    reason: 'why it was booked',
    cancellation_reason: 'why it was cancelled',
  },
  unread: `status_description appointment_specialty source_reason_code_type source_reason_code
    source_reason_description normalized_reason_code_type normalized_reason_code normalized_reason_description
    source_cancellation_reason_code_type source_cancellation_reason_code source_cancellation_reason_description
    normalized_cancellation_reason_code_type normalized_cancellation_reason_code
    normalized_cancellation_reason_description file_name ingest_datetime`,
});
