import { type Cases, everyRow } from '../../engine/cases.ts';

const members = (table: string) => everyRow({ gender: 'female', birth_date: '1950-03-01', payer: 'medicare' }, table);

/** Lines of professional claims; specialty 08 is family practice, 06 cardiology. */
const professional = (table: string) => everyRow({ claim_line_number: '1', claim_type: 'professional' }, table);

export default {
  'in numerator: an office visit with primary care; denominator only: a month without one': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-02-29`),
      'input.medical_claim': professional(`
        claim_id | person_id | place_of_service_code | hcpcs_code | rendering_specialty_code | billing_tin | claim_start_date | claim_end_date
        1        | ann       | 11                    | 99213      | 08                       | 111111111   | 2024-01-09       | 2024-01-09
        2        | ann       | 11                    | 99214      | 08                       | 111111111   | 2024-01-23       | 2024-01-23`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 2         | 1           |
      ann       | 2024-02-01  | 0         | 1           |`,
  },
  'excluded: a visit in a month without coverage is kept with its reason': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-01-31`),
      'input.medical_claim': professional(`
        claim_id | person_id | place_of_service_code | hcpcs_code | rendering_specialty_code | claim_start_date | claim_end_date
        1        | ann       | 11                    | 99213      | 08                       | 2024-02-09       | 2024-02-09`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 0         | 1           |
      ann       | 2024-02-01  | 1         | 0           | not enrolled that month`,
  },
  'just inside: two claims of one practice on one day are one visit': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-01-31`),
      'input.medical_claim': professional(`
        claim_id | person_id | place_of_service_code | hcpcs_code | rendering_specialty_code | billing_tin | claim_start_date | claim_end_date
        1        | ann       | 11                    | 99213      | 08                       | 111111111   | 2024-01-09       | 2024-01-09
        2        | ann       | 11                    | G0439      | 08                       | 111111111   | 2024-01-09       | 2024-01-09`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 1         | 1           |`,
  },
  'just outside: a cardiologist’s visit and a blood test in the office are not primary care': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-01-31`),
      'input.medical_claim': professional(`
        claim_id | person_id | place_of_service_code | hcpcs_code | rendering_specialty_code | billing_tin | claim_start_date | claim_end_date
        1        | ann       | 11                    | 99213      | 06                       | 222222222   | 2024-01-09       | 2024-01-09
        2        | ann       | 11                    | 80053      | 08                       | 111111111   | 2024-01-16       | 2024-01-16`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 0         | 1           |`,
  },
  'a practitioner whose specialty nobody states counts as primary care': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-01-31`),
      'input.medical_claim': professional(`
        claim_id | person_id | place_of_service_code | hcpcs_code | claim_start_date | claim_end_date
        1        | ann       | 11                    | 99213      | 2024-01-09       | 2024-01-09`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 1         | 1           |`,
  },
  'a visit that the claim and the practice’s own record both tell of is one visit': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-01-31`),
      'input.medical_claim': professional(`
        claim_id | person_id | place_of_service_code | hcpcs_code | rendering_specialty_code | claim_start_date | claim_end_date
        1        | ann       | 11                    | 99213      | 08                       | 2024-01-09       | 2024-01-09`),
      'input.encounter': `
        encounter_id | person_id | encounter_type | encounter_start_date | encounter_end_date
        1            | ann       | office visit   | 2024-01-09           | 2024-01-09`,
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 1         | 1           |`,
  },
} satisfies Cases;
