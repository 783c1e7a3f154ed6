import { filled, inputTable, required, source } from './contract.ts';

export default inputTable({
  name: 'program_enrollment',
  grain: 'span of a person in a care program',
  key: ['person_id', 'program', 'start_date', 'source_name'],
  columns: {
    source_name: source,
    person_id: filled('person, as the source links identifiers'),
    program: filled('name of the program'),
    start_date: filled('first day in the program'),
    end_date: required('last day in the program; null while it lasts', { openEnded: true }),
    status: 'offered, declined, enrolled, completed and the like, where the source says so',
    reason: 'why it ended, or was declined',
  },
  unread: 'file_name file_date ingest_datetime',
});
