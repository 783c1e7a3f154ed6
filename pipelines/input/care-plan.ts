import { filled, inputTable, source } from './contract.ts';

export default inputTable({
  name: 'care_plan',
  grain: 'care plan of one person',
  key: ['care_plan_id', 'source_name'],
  columns: {
    source_name: source,
    care_plan_id: filled('identifier of the plan in the source'),
    person_id: filled('person, as the source links identifiers'),
    patient_id: 'identifier of the patient in the source',
    encounter_id: 'encounter at which it was made',
    start_date: 'day it began',
    end_date: 'day it ended',
    status: 'active or completed',
    source_code_type: 'code system of source_code',
    source_code: 'kind of plan',
    source_description: 'text of the source',
    reason_code_type: 'code system of reason_code',
    reason_code: 'condition that it addresses',
  },
  unread: 'file_name ingest_datetime',
});
