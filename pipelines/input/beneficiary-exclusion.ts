import { filled, inputTable, required, source } from './contract.ts';

export default inputTable({
  name: 'beneficiary_exclusion',
  grain: 'person whose claims CMS no longer shares',
  key: ['person_id', 'source_name'],
  columns: {
    source_name: source,
    person_id: filled('person, as the source links identifiers'),
    excluded_date: required('first day on which the claims are not shared'),
    reason: 'why, such as the person declined',
  },
  unread: 'file_name file_date ingest_datetime',
});
