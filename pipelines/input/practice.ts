import { filled, inputTable, required, source } from './contract.ts';

export default inputTable({
  name: 'practice',
  grain: 'practice taking part in the organization',
  key: ['practice_id', 'source_name'],
  columns: {
    source_name: source,
    practice_id: filled('identifier of the practice in the source'),
    name: required('name of the practice'),
    tin: 'tax number under which it bills',
    is_medical_home: 'recognised as a patient-centered medical home',
  },
  unread: 'file_name file_date ingest_datetime',
});
