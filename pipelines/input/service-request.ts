import { filled, inputTable, source } from './contract.ts';

export default inputTable({
  name: 'service_request',
  grain: 'order for a service or a device, or decision against it',
  key: ['service_request_id', 'source_name'],
  serviceDates: ['ordered_date'],
  columns: {
    source_name: source,
    service_request_id: filled('identifier of the order in the source'),
    person_id: filled('person, as the source links identifiers'),
    patient_id: 'identifier of the patient in the source',
    encounter_id: 'encounter at which it was ordered',
    request_type: 'service or device',
    ordered_date: 'day it was ordered',
    planned_date: 'day it is to be done',
    status: 'active, completed, not done and the like',
    source_code_type: 'code system of source_code',
    source_code: 'code as the source wrote it',
    source_description: 'text of the source',
    normalized_code_type: 'code system of normalized_code',
    normalized_code: 'code after mapping to a standard system',
    not_done_reason_code_type: 'code system of not_done_reason_code',
    not_done_reason_code: 'why it was decided against',
    reason_code_type: 'code system of reason_code',
    reason_code: 'condition that it addresses',
    practitioner_id: 'practitioner who ordered',
  },
});
