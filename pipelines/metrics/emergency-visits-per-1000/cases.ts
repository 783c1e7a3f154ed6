import { type Cases, everyRow } from '../../engine/cases.ts';

const members = (table: string) => everyRow({ gender: 'female', birth_date: '1950-03-01', payer: 'medicare' }, table);

/** Claims of hospital outpatient departments, one line each; revenue center 0450 is the emergency room. */
const outpatient = (table: string) =>
  everyRow({ claim_line_number: '1', claim_type: 'institutional', bill_type_code: '131' }, table);

export default {
  'in numerator: a visit counts in its month; denominator only: a month without one': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-02-29`),
      'input.medical_claim': outpatient(`
        claim_id | person_id | facility_npi | revenue_center_code | claim_start_date | claim_end_date
        1        | ann       | north        | 0450                | 2024-01-09       | 2024-01-09
        2        | ann       | south        | 0450                | 2024-01-20       | 2024-01-20`),
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
      'input.medical_claim': outpatient(`
        claim_id | person_id | facility_npi | revenue_center_code | claim_start_date | claim_end_date
        1        | ann       | north        | 0450                | 2024-02-01       | 2024-02-01`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 0         | 1           |
      ann       | 2024-02-01  | 1         | 0           | not enrolled that month`,
  },
  'just inside: two emergency departments on one day are one visit': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-01-31`),
      'input.medical_claim': outpatient(`
        claim_id | person_id | facility_npi | revenue_center_code | claim_start_date | claim_end_date
        1        | ann       | north        | 0450                | 2024-01-09       | 2024-01-09
        2        | ann       | south        | 0450                | 2024-01-09       | 2024-01-09`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 1         | 1           |`,
  },
  'just outside: a visit that led to a hospital stay the same day belongs to the stay': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-01-31`),
      'input.medical_claim': everyRow(
        { claim_line_number: '1', claim_type: 'institutional', facility_npi: 'north' },
        `
        claim_id | person_id | bill_type_code | revenue_center_code | claim_start_date | claim_end_date
        1        | ann       | 131            | 0450                | 2024-01-09       | 2024-01-09
        2        | ann       | 111            | 0120                | 2024-01-09       | 2024-01-12`,
      ),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 0         | 1           |`,
  },
  'an emergency line on a hospital stay’s own claim is no visit': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-01-31`),
      'input.medical_claim': everyRow(
        { claim_id: '1', claim_type: 'institutional', bill_type_code: '111', facility_npi: 'north' },
        `
        claim_line_number | person_id | revenue_center_code | claim_start_date | claim_end_date
        1                 | ann       | 0450                | 2024-01-09       | 2024-01-12
        2                 | ann       | 0120                | 2024-01-09       | 2024-01-12`,
      ),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 0         | 1           |`,
  },
  'the hospital’s and the physician’s claim of one visit are one visit': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-01-31`),
      'input.medical_claim': everyRow(
        { claim_line_number: '1', person_id: 'ann', claim_start_date: '2024-01-09', claim_end_date: '2024-01-09' },
        `
        claim_id | claim_type    | bill_type_code | revenue_center_code | place_of_service_code | hcpcs_code
        1        | institutional | 131            | 0450                |                       | 99284
        2        | professional  |                |                     | 23                    | 99284`,
      ),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 1         | 1           |`,
  },
  'a visit that only the hospital’s own record tells of counts': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-01-31`),
      'input.encounter': `
        encounter_id | person_id | encounter_type       | encounter_start_date | encounter_end_date
        1            | ann       | emergency department | 2024-01-09           | 2024-01-09`,
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 1         | 1           |`,
  },
} satisfies Cases;
