import { type Cases, everyRow } from '../../engine/cases.ts';

const members = (table: string) => everyRow({ gender: 'female', birth_date: '1950-03-01', payer: 'medicare' }, table);

/** One line each of one hospital’s claims; revenue center 0762 is observation. */
const claims = (table: string) =>
  everyRow({ claim_line_number: '1', claim_type: 'institutional', facility_npi: 'north' }, table);

export default {
  'in numerator: a stay counts in its month; denominator only: a month without one': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-02-29`),
      'input.medical_claim': claims(`
        claim_id | person_id | bill_type_code | revenue_center_code | claim_start_date | claim_end_date
        1        | ann       | 131            | 0762                | 2024-01-09       | 2024-01-10`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 1         | 1           |
      ann       | 2024-02-01  | 0         | 1           |`,
  },
  'excluded: a stay in a month without coverage is kept with its reason': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-01-31`),
      'input.medical_claim': claims(`
        claim_id | person_id | bill_type_code | revenue_center_code | claim_start_date | claim_end_date
        1        | ann       | 131            | 0762                | 2024-02-09       | 2024-02-10`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 0         | 1           |
      ann       | 2024-02-01  | 1         | 0           | not enrolled that month`,
  },
  'just inside: a stay on the last day of the data': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-06-01            | 2024-12-31`),
      'input.medical_claim': claims(`
        claim_id | person_id | bill_type_code | revenue_center_code | claim_start_date | claim_end_date
        1        | ann       | 131            | 0762                | 2024-06-30       | 2024-06-30`),
    },
    variables: { data_through: '2024-06-30' },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-06-01  | 1         | 1           |`,
  },
  'just outside: a stay on the day after the data end': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-06-01            | 2024-12-31`),
      'input.medical_claim': claims(`
        claim_id | person_id | bill_type_code | revenue_center_code | claim_start_date | claim_end_date
        1        | ann       | 131            | 0762                | 2024-07-01       | 2024-07-01`),
    },
    variables: { data_through: '2024-06-30' },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-06-01  | 0         | 1           |`,
  },
  'an observation that became an admission to the same hospital is part of it': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-01-31`),
      'input.medical_claim': claims(`
        claim_id | person_id | bill_type_code | revenue_center_code | claim_start_date | claim_end_date
        1        | ann       | 131            | 0762                | 2024-01-09       | 2024-01-10
        2        | ann       | 111            | 0120                | 2024-01-10       | 2024-01-14`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 0         | 1           |`,
  },
} satisfies Cases;
