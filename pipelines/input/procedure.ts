import { filled, inputTable, numbered, source } from './contract.ts';

export default inputTable({
  name: 'procedure',
  grain: 'procedure stated by a clinical source',
  key: ['procedure_id', 'source_name'],
  serviceDates: ['procedure_date'],
  columns: {
    source_name: source,
    procedure_id: filled('identifier of the statement in the source'),
    person_id: filled('person, as the source links identifiers'),
    patient_id: 'identifier of the patient in the source',
    encounter_id: 'encounter at which it was done',
    claim_id: 'claim that states it',
    procedure_date: 'day it was done, the first one where it took longer',
    procedure_end_date: 'last day, where it took longer than a day',
    status: 'completed, not done and the like; completed when not delivered',
    source_code_type: 'code system of source_code',
    source_code: 'code as the source wrote it',
    source_description: 'text of the source',
    normalized_code_type: 'code system of normalized_code',
    normalized_code: 'code after mapping to a standard system',
    ...numbered('modifier', 5, 'modifier of the code'),
    not_done_reason_code_type: 'code system of not_done_reason_code',
    not_done_reason_code: 'why it was not done',
    practitioner_id: 'practitioner who did it',
  },
  unread: 'normalized_description file_name ingest_datetime',
});
