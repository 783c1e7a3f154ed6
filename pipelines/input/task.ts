import { filled, inputTable, source } from './contract.ts';

export default inputTable({
  name: 'task',
  grain: 'task about a patient, done, open or declined',
  key: ['task_id', 'source_name'],
  serviceDates: ['start_date', 'authored_date'],
  columns: {
    source_name: source,
    task_id: filled('identifier of the task in the source'),
    person_id: filled('person, as the source links identifiers'),
    patient_id: 'identifier of the patient in the source',
    encounter_id: 'encounter that it belongs to',
    authored_date: 'day it was set',
    start_date: 'day work on it began',
    end_date: 'day work on it ended',
    status: 'requested, accepted, completed, not done and the like',
    source_code_type: 'code system of source_code',
    source_code: 'what is to be done',
    source_description: 'text of the source',
    focus_id: 'what it is about, such as an order, by its identifier in the source',
    not_done_reason_code_type: 'code system of not_done_reason_code',
    not_done_reason_code: 'why it was not done',
  },
});
