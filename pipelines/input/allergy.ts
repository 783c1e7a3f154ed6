import { filled, inputTable, source } from './contract.ts';

export default inputTable({
  name: 'allergy',
  grain: 'allergy, intolerance or harm by a substance stated by a clinical source',
  key: ['allergy_id', 'source_name'],
  columns: {
    source_name: source,
    allergy_id: filled('identifier of the statement in the source'),
    person_id: filled('person, as the source links identifiers'),
    patient_id: 'identifier of the patient in the source',
    encounter_id: 'encounter at which it was stated',
    recorded_date: 'day it was written down',
    resolved_date: 'day it ended',
    status: 'active or resolved',
    source_code_type: 'code system of source_code',
    source_code: 'substance or disposition',
    source_description: 'text of the source',
    allergy_type: 'allergy, intolerance or adverse event',
    category: 'medication, food or environment',
    reaction: 'reaction in words',
    severity: 'mild, moderate or severe',
  },
  unread: 'file_name ingest_datetime',
});
