import { type Cases, everyRow } from '../../engine/cases.ts';

const members = (table: string) => everyRow({ gender: 'female', birth_date: '1950-03-01', payer: 'medicare' }, table);

/** Claims of skilled nursing facilities, one line each. */
const claims = (table: string) =>
  everyRow(
    {
      claim_line_number: '1',
      claim_type: 'institutional',
      revenue_center_code: '0120',
      discharge_disposition_code: '01',
      bill_type_code: '211',
    },
    table,
  );

export default {
  'in numerator: nights count, the day of discharge does not; denominator only: a month without any': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-02-29`),
      'input.medical_claim': claims(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date
        1        | ann       | home         | 2024-01-03       | 2024-01-08`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 5         | 1           |
      ann       | 2024-02-01  | 0         | 1           |`,
  },
  'excluded: nights in a month without coverage are kept with their reason': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-01-31`),
      'input.medical_claim': claims(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date
        1        | ann       | home         | 2024-01-29       | 2024-02-05`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 3         | 1           |
      ann       | 2024-02-01  | 4         | 0           | not enrolled that month`,
  },
  'just inside: the night of the last day of the data': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-06-01            | 2024-12-31`),
      'input.medical_claim': claims(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date
        1        | ann       | home         | 2024-06-28       | 2024-07-05`),
    },
    variables: { data_through: '2024-06-30' },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-06-01  | 3         | 1           |`,
  },
  'just outside: nights after the data end': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-06-01            | 2024-12-31`),
      'input.medical_claim': claims(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date
        1        | ann       | home         | 2024-07-01       | 2024-07-05`),
    },
    variables: { data_through: '2024-06-30' },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-06-01  | 0         | 1           |`,
  },
  'a stay within one day is one day, and a night in two facilities is one': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-01-31`),
      'input.medical_claim': claims(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date
        1        | ann       | home         | 2024-01-03       | 2024-01-03
        2        | ann       | home         | 2024-01-10       | 2024-01-13
        3        | ann       | other        | 2024-01-12       | 2024-01-15`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 6         | 1           |`,
  },
} satisfies Cases;
