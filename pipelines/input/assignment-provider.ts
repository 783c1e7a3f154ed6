import { filled, inputTable, required, source } from './contract.ts';

export default inputTable({
  name: 'assignment_provider',
  grain: 'person and provider of primary care on one delivered assignment list',
  key: ['person_id', 'tin', 'npi', 'aco_id', 'performance_year', 'report_period', 'stamp', 'source_name'],
  columns: {
    source_name: source,
    person_id: filled('person, by Medicare beneficiary identifier'),
    aco_id: required('accountable care organization, as CMS numbers it'),
    performance_year: filled('performance year for which the list was made', { type: 'integer' }),
    report_period: filled('initial, Q1, Q2, Q3, Q4, or the calendar year of a benchmark list', { type: 'code' }),
    stamp: required('stamp of the delivery, T and digits; of one period the later one decides'),
    tin: filled('tax number of the participant that gave the care'),
    npi: required('practitioner within it; null where the count is of the whole participant'),
    services: required('primary care services counted', { type: 'integer' }),
  },
  unread: 'file_name file_date ingest_datetime',
});
