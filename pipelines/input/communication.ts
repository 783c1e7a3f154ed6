import { filled, inputTable, source } from './contract.ts';

export default inputTable({
  name: 'communication',
  grain: 'message about a patient, sent or deliberately not sent',
  key: ['communication_id', 'source_name'],
  serviceDates: ['sent_datetime', 'received_datetime'],
  columns: {
    source_name: source,
    communication_id: filled('identifier of the message in the source'),
    person_id: filled('person, as the source links identifiers'),
    patient_id: 'identifier of the patient in the source',
    encounter_id: 'encounter at which it was sent',
    sent_datetime: 'moment it was sent',
    received_datetime: 'moment it was received',
    status: 'completed, not done and the like',
    source_code_type: 'code system of source_code',
    source_code: 'what it is about, else why it was sent',
    source_description: 'text of the source',
    not_done_reason_code_type: 'code system of not_done_reason_code',
    not_done_reason_code: 'why it was not sent',
  },
});
