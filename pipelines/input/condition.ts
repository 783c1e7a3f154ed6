import { filled, inputTable, source } from './contract.ts';

export default inputTable({
  name: 'condition',
  grain: 'diagnosis or problem stated by a clinical source',
  key: ['condition_id', 'source_name'],
  serviceDates: ['recorded_date', 'onset_date'],
  columns: {
    source_name: source,
    condition_id: filled('identifier of the statement in the source'),
    person_id: filled('person, as the source links identifiers'),
    patient_id: 'identifier of the patient in the source',
    encounter_id: 'encounter at which it was stated',
    claim_id: 'claim that states it',
    recorded_date: 'day it was written down',
    onset_date: 'day it began',
    resolved_date: 'day it ended',
    status: 'active, resolved and the like',
    condition_type: 'problem, discharge diagnosis and the like',
    source_code_type: 'code system of source_code',
    source_code: 'code as the source wrote it',
    source_description: 'text of the source',
    normalized_code_type: 'code system of normalized_code',
    normalized_code: 'code after mapping to a standard system',
    condition_rank: 'place among the diagnoses of the encounter; 1 is principal',
    present_on_admit_code: 'present on admission: Y, N, U, W or 1',
  },
  unread: 'payer normalized_description present_on_admit_description file_name ingest_datetime',
});
