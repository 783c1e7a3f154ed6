import { type Cases, everyRow } from '../../engine/cases.ts';

const members = (table: string) => everyRow({ gender: 'female', birth_date: '1950-03-01', payer: 'medicare' }, table);

/** Professional claims, one line each; specialty 06 is cardiology, 08 family practice. */
const claims = (table: string) => everyRow({ claim_line_number: '1', claim_type: 'professional' }, table);

export default {
  'in numerator: a visit counts in its month; denominator only: a month without one': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-02-29`),
      'input.medical_claim': claims(`
        claim_id | person_id | place_of_service_code | hcpcs_code | rendering_npi | rendering_specialty_code | claim_start_date | claim_end_date
        1        | ann       | 11                    | 99213      | 1000000001    | 06                       | 2024-01-09       | 2024-01-09`),
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
        claim_id | person_id | place_of_service_code | hcpcs_code | rendering_npi | rendering_specialty_code | claim_start_date | claim_end_date
        1        | ann       | 11                    | 99213      | 1000000001    | 06                       | 2024-02-09       | 2024-02-09`),
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
        claim_id | person_id | place_of_service_code | hcpcs_code | rendering_npi | rendering_specialty_code | claim_start_date | claim_end_date
        1        | ann       | 11                    | 99213      | 1000000001    | 06                       | 2024-06-30       | 2024-06-30`),
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
        claim_id | person_id | place_of_service_code | hcpcs_code | rendering_npi | rendering_specialty_code | claim_start_date | claim_end_date
        1        | ann       | 11                    | 99213      | 1000000001    | 06                       | 2024-07-01       | 2024-07-01`),
    },
    variables: { data_through: '2024-06-30' },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-06-01  | 0         | 1           |`,
  },
  'primary care and a practitioner of unknown specialty are no specialists, and a test is no visit': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-01-31`),
      'input.medical_claim': claims(`
        claim_id | person_id | place_of_service_code | hcpcs_code | rendering_npi | rendering_specialty_code | claim_start_date | claim_end_date
        1        | ann       | 11                    | 99213      | 1000000001    | 08                       | 2024-01-09       | 2024-01-09
        2        | ann       | 11                    | 99213      | 1000000002    |                          | 2024-01-10       | 2024-01-10
        3        | ann       | 11                    | 93000      | 1000000003    | 06                       | 2024-01-11       | 2024-01-11`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 0         | 1           |`,
  },
  'one visit for each practitioner and day': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-01-31`),
      'input.medical_claim': claims(`
        claim_id | person_id | place_of_service_code | hcpcs_code | rendering_npi | rendering_specialty_code | claim_start_date | claim_end_date
        1        | ann       | 11                    | 99213      | 1000000001    | 06                       | 2024-01-09       | 2024-01-09
        2        | ann       | 11                    | 99214      | 1000000001    | 06                       | 2024-01-09       | 2024-01-09
        3        | ann       | 22                    | 99214      | 1000000002    | 13                       | 2024-01-09       | 2024-01-09`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 2         | 1           |`,
  },
  'a specialist in the emergency room belongs to the emergency visit': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-01-31`),
      'input.medical_claim': claims(`
        claim_id | person_id | place_of_service_code | hcpcs_code | rendering_npi | rendering_specialty_code | claim_start_date | claim_end_date
        1        | ann       | 23                    | 99214      | 1000000001    | 06                       | 2024-01-09       | 2024-01-09`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 0         | 1           |`,
  },
} satisfies Cases;
