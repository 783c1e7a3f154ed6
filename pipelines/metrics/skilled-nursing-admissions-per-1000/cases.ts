import { type Cases, everyRow } from '../../engine/cases.ts';

const members = (table: string) => everyRow({ gender: 'female', birth_date: '1950-03-01', payer: 'medicare' }, table);

/** Claims of skilled nursing facilities, one line each; type of bill 21 is a Part A stay, 18 a swing bed. */
const claims = (table: string) =>
  everyRow({ claim_line_number: '1', claim_type: 'institutional', revenue_center_code: '0120' }, table);

export default {
  'in numerator: an admission counts in its month; denominator only: a month without one': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-02-29`),
      'input.medical_claim': claims(`
        claim_id | person_id | facility_npi | bill_type_code | discharge_disposition_code | claim_start_date | claim_end_date
        1        | ann       | home         | 211            | 01                         | 2024-01-09       | 2024-01-10`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 1         | 1           |
      ann       | 2024-02-01  | 0         | 1           |`,
  },
  'excluded: an admission in a month without coverage is kept with its reason': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-01-31`),
      'input.medical_claim': claims(`
        claim_id | person_id | facility_npi | bill_type_code | discharge_disposition_code | claim_start_date | claim_end_date
        1        | ann       | home         | 211            | 01                         | 2024-02-09       | 2024-02-10`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 0         | 1           |
      ann       | 2024-02-01  | 1         | 0           | not enrolled that month`,
  },
  'just inside: an admission on the last day of the data': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-06-01            | 2024-12-31`),
      'input.medical_claim': claims(`
        claim_id | person_id | facility_npi | bill_type_code | discharge_disposition_code | claim_start_date | claim_end_date
        1        | ann       | home         | 211            | 01                         | 2024-06-30       | 2024-06-30`),
    },
    variables: { data_through: '2024-06-30' },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-06-01  | 1         | 1           |`,
  },
  'just outside: an admission on the day after the data end': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-06-01            | 2024-12-31`),
      'input.medical_claim': claims(`
        claim_id | person_id | facility_npi | bill_type_code | discharge_disposition_code | claim_start_date | claim_end_date
        1        | ann       | home         | 211            | 01                         | 2024-07-01       | 2024-07-01`),
    },
    variables: { data_through: '2024-06-30' },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-06-01  | 0         | 1           |`,
  },
  'bills that follow on each other are one stay, another facility is another stay': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-02-29`),
      'input.medical_claim': claims(`
        claim_id | person_id | facility_npi | bill_type_code | discharge_disposition_code | claim_start_date | claim_end_date
        1        | ann       | home         | 212            | 30                         | 2024-01-09       | 2024-01-31
        2        | ann       | home         | 214            | 01                         | 2024-02-01       | 2024-02-10
        3        | ann       | other        | 211            | 01                         | 2024-02-10       | 2024-02-20`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 1         | 1           |
      ann       | 2024-02-01  | 1         | 1           |`,
  },
  'a swing bed counts; Part B services of residents are no stay': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-01-31`),
      'input.medical_claim': claims(`
        claim_id | person_id | facility_npi | bill_type_code | discharge_disposition_code | claim_start_date | claim_end_date
        1        | ann       | home         | 181            | 01                         | 2024-01-03       | 2024-01-09
        2        | ann       | other        | 221            |                            | 2024-01-20       | 2024-01-25`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 1         | 1           |`,
  },
} satisfies Cases;
