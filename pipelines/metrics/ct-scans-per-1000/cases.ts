import { type Cases, everyRow } from '../../engine/cases.ts';

const members = (table: string) => everyRow({ gender: 'female', birth_date: '1950-03-01', payer: 'medicare' }, table);

/** Professional claims, one line each. */
const claims = (table: string) => everyRow({ claim_line_number: '1', claim_type: 'professional' }, table);

export default {
  'in numerator: a scan counts in its month; denominator only: a month without one': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-02-29`),
      'input.medical_claim': claims(`
        claim_id | person_id | place_of_service_code | hcpcs_code | claim_start_date | claim_end_date
        1        | ann       | 22                    | 70450      | 2024-01-09       | 2024-01-09`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 1         | 1           |
      ann       | 2024-02-01  | 0         | 1           |`,
  },
  'excluded: a scan in a month without coverage is kept with its reason': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-01-31`),
      'input.medical_claim': claims(`
        claim_id | person_id | place_of_service_code | hcpcs_code | claim_start_date | claim_end_date
        1        | ann       | 22                    | 70450      | 2024-02-09       | 2024-02-09`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 0         | 1           |
      ann       | 2024-02-01  | 1         | 0           | not enrolled that month`,
  },
  'just inside: a scan on the last day of the data': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-06-01            | 2024-12-31`),
      'input.medical_claim': claims(`
        claim_id | person_id | place_of_service_code | hcpcs_code | claim_start_date | claim_end_date
        1        | ann       | 22                    | 70450      | 2024-06-30       | 2024-06-30`),
    },
    variables: { data_through: '2024-06-30' },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-06-01  | 1         | 1           |`,
  },
  'just outside: a scan on the day after the data end': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-06-01            | 2024-12-31`),
      'input.medical_claim': claims(`
        claim_id | person_id | place_of_service_code | hcpcs_code | claim_start_date | claim_end_date
        1        | ann       | 22                    | 70450      | 2024-07-01       | 2024-07-01`),
    },
    variables: { data_through: '2024-06-30' },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-06-01  | 0         | 1           |`,
  },
  'the code tells the part of the body, and the parts add up; magnetic resonance imaging is none': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-01-31`),
      'input.medical_claim': claims(`
        claim_id | person_id | place_of_service_code | hcpcs_code | claim_start_date | claim_end_date
        1        | ann       | 22                    | 70450      | 2024-01-01       | 2024-01-01
        2        | ann       | 22                    | 71260      | 2024-01-02       | 2024-01-02
        3        | ann       | 22                    | 74177      | 2024-01-03       | 2024-01-03
        4        | ann       | 22                    | 72131      | 2024-01-04       | 2024-01-04
        5        | ann       | 22                    | 70551      | 2024-01-05       | 2024-01-05`),
    },
    expect: `
      person_id | numerator | ct_head | ct_chest | ct_abdomen | ct_other
      ann       | 4         | 1       | 1        | 1          | 1`,
  },
  'the scan of the hospital and its reading by the radiologist are one; two parts of the body on one day are two': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-01-31`),
      'input.medical_claim': claims(`
        claim_id | person_id | place_of_service_code | hcpcs_code | claim_start_date | claim_end_date
        1        | ann       | 22                    | 74177      | 2024-01-09       | 2024-01-09
        2        | ann       | 22                    | 74177      | 2024-01-09       | 2024-01-09
        3        | ann       | 22                    | 71260      | 2024-01-09       | 2024-01-09`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 2         | 1           |`,
  },
} satisfies Cases;
