import { type Cases, everyRow } from '../../engine/cases.ts';

const members = (table: string) => everyRow({ gender: 'female', birth_date: '1950-03-01', payer: 'medicare' }, table);

/** Lines of a home health agency’s claims. */
const claims = (table: string) =>
  everyRow({ claim_type: 'institutional', bill_type_code: '329', facility_npi: 'agency' }, table);

export default {
  'in numerator: a visit counts in its month; denominator only: a month without one': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-02-29`),
      'input.medical_claim': claims(`
        claim_id | claim_line_number | person_id | revenue_center_code | claim_line_start_date | claim_start_date | claim_end_date
        1        | 1                 | ann       | 0551                | 2024-01-09            | 2024-01-09       | 2024-01-10`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 1         | 1           |
      ann       | 2024-02-01  | 0         | 1           |`,
  },
  'excluded: a visit in a month without coverage is kept with its reason': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-01-31`),
      'input.medical_claim': claims(`
        claim_id | claim_line_number | person_id | revenue_center_code | claim_line_start_date | claim_start_date | claim_end_date
        1        | 1                 | ann       | 0551                | 2024-02-09            | 2024-02-09       | 2024-02-10`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 0         | 1           |
      ann       | 2024-02-01  | 1         | 0           | not enrolled that month`,
  },
  'just inside: a visit on the last day of the data': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-06-01            | 2024-12-31`),
      'input.medical_claim': claims(`
        claim_id | claim_line_number | person_id | revenue_center_code | claim_line_start_date | claim_start_date | claim_end_date
        1        | 1                 | ann       | 0551                | 2024-06-30            | 2024-06-30       | 2024-06-30`),
    },
    variables: { data_through: '2024-06-30' },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-06-01  | 1         | 1           |`,
  },
  'just outside: a visit on the day after the data end': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-06-01            | 2024-12-31`),
      'input.medical_claim': claims(`
        claim_id | claim_line_number | person_id | revenue_center_code | claim_line_start_date | claim_start_date | claim_end_date
        1        | 1                 | ann       | 0551                | 2024-07-01            | 2024-07-01       | 2024-07-01`),
    },
    variables: { data_through: '2024-06-30' },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-06-01  | 0         | 1           |`,
  },
  'each line of nursing, therapy, social work or an aide is a visit, on its own day; supplies are none': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-02-29`),
      'input.medical_claim': claims(`
        claim_id | claim_line_number | person_id | revenue_center_code | claim_line_start_date | claim_start_date | claim_end_date
        1        | 1                 | ann       | 0551                | 2024-01-30            | 2024-01-30       | 2024-02-20
        1        | 2                 | ann       | 0421                | 2024-02-01            | 2024-01-30       | 2024-02-20
        1        | 3                 | ann       | 0571                | 2024-02-01            | 2024-01-30       | 2024-02-20
        1        | 4                 | ann       | 0270                | 2024-02-02            | 2024-01-30       | 2024-02-20`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 1         | 1           |
      ann       | 2024-02-01  | 2         | 1           |`,
  },
} satisfies Cases;
