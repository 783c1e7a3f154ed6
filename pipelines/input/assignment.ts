import { filled, inputTable, required, source } from './contract.ts';

const MONTHS = Array.from({ length: 12 }, (_, at) => at + 1);

export default inputTable({
  name: 'assignment',
  grain: 'person on one delivered assignment list of the Medicare Shared Savings Program',
  key: ['person_id', 'aco_id', 'performance_year', 'report_period', 'stamp', 'source_name'],
  columns: {
    source_name: source,
    person_id: filled('person, by Medicare beneficiary identifier'),
    aco_id: required('accountable care organization, as CMS numbers it'),
    performance_year: filled('performance year for which the list was made', { type: 'integer' }),
    report_period: filled('initial, Q1, Q2, Q3, Q4, or the calendar year of a benchmark list', { type: 'code' }),
    stamp: required('stamp of the delivery, T and digits; of one period the later one decides'),
    window_start_date: filled('first day of the twelve months that the list covers'),
    ...Object.fromEntries(
      MONTHS.map((month) => [
        `enrollment_flag_${month}`,
        {
          meaning:
            '0 not eligible, 1 ESRD, 2 disabled, 3 aged and dual, 4 aged and not dual, in this month of the twelve',
          type: 'integer' as const,
        },
      ]),
    ),
    is_excluded: 'taken off the list when the year was settled',
    is_voluntary: 'the person named the practitioner',
    voluntary_tin: 'tax number under which the named practitioner bills',
    voluntary_npi: 'practitioner whom the person named',
    first_name: 'given name',
    last_name: 'family name',
    gender: 'female, male or unknown',
    birth_date: 'date of birth',
    death_date: 'date of death',
  },
  unread: 'file_name file_date ingest_datetime',
});
