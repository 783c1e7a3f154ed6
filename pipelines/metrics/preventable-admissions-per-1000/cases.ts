import { type Cases, everyRow } from '../../engine/cases.ts';

const members = (table: string) => everyRow({ gender: 'female', birth_date: '1950-03-01', payer: 'medicare' }, table);

/** Claims of one hospital’s stays, one line each. */
const claims = (table: string) =>
  everyRow(
    {
      claim_line_number: '1',
      claim_type: 'institutional',
      bill_type_code: '111',
      revenue_center_code: '0120',
      facility_npi: 'north',
      discharge_disposition_code: '01',
    },
    table,
  );

export default {
  'in numerator: an admission counts in its month; denominator only: a month without one': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-02-29`),
      'input.medical_claim': claims(`
        claim_id | person_id | diagnosis_code_1 | claim_start_date | claim_end_date
        1        | ann       | I5021            | 2024-01-09       | 2024-01-10`),
    },
    expect: `
      subject_id  | person_id | anchor_date | numerator | denominator | exclusion
      ann:2024-01 | ann       | 2024-01-01  | 1         | 1           |
      ann:2024-02 | ann       | 2024-02-01  | 0         | 1           |`,
  },
  'excluded: an admission in a month without coverage is kept with its reason': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-01-31`),
      'input.medical_claim': claims(`
        claim_id | person_id | diagnosis_code_1 | claim_start_date | claim_end_date
        1        | ann       | I5021            | 2024-02-09       | 2024-02-10`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 0         | 1           |
      ann       | 2024-02-01  | 1         | 0           | not enrolled that month`,
  },
  'just inside: the month in which ICD-10-CM began': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2015-10-01            | 2015-10-31`),
      'input.medical_claim': claims(`
        claim_id | person_id | diagnosis_code_1 | claim_start_date | claim_end_date
        1        | ann       | I5021            | 2015-10-03       | 2015-10-05`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2015-10-01  | 1         | 1           |`,
  },
  'just outside: coronary disease is no such condition': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-01-31`),
      'input.medical_claim': claims(`
        claim_id | person_id | diagnosis_code_1 | claim_start_date | claim_end_date
        1        | ann       | I2510            | 2024-01-03       | 2024-01-05`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 0         | 1           |`,
  },
  'excluded: months before ICD-10-CM': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2015-09-01            | 2015-09-30`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2015-09-01  | 0         | 0           | before ICD-10-CM (October 2015)`,
  },
  'the indicators that count an admission are its parts, and the parts add up': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-01-31`),
      'input.medical_claim': claims(`
        claim_id | person_id | diagnosis_code_1 | claim_start_date | claim_end_date
        1        | ann       | I5021            | 2024-01-01       | 2024-01-02
        2        | ann       | J189             | 2024-01-05       | 2024-01-06
        3        | ann       | E1010            | 2024-01-10       | 2024-01-11
        4        | ann       | I2510            | 2024-01-15       | 2024-01-16`),
    },
    expect: `
      person_id | numerator | pqi_01 | pqi_03 | pqi_08 | pqi_11
      ann       | 3         | 1      | 0      | 1      | 1`,
  },
  'excluded: an admission without an ICD-10-CM principal diagnosis has a row of its own': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-01-31`),
      'input.medical_claim': claims(`
        claim_id | person_id | diagnosis_code_1 | claim_start_date | claim_end_date
        1        | ann       | I5021            | 2024-01-03       | 2024-01-05
        2        | ann       |                  | 2024-01-19       | 2024-01-25`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 1         | 1           |
      ann       | 2024-01-19  | 0         | 0           | admission without an ICD-10-CM principal diagnosis`,
  },
  'excluded: a year without any ICD-10-CM diagnosis of an admission has no rate, and no false zero': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2022-01-01            | 2022-01-31`),
      'input.medical_claim': claims(`
        claim_id | person_id | diagnosis_code_1 | claim_start_date | claim_end_date
        1        | ann       |                  | 2022-01-19       | 2022-01-25`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2022-01-01  | 0         | 0           | no admission of the year has an ICD-10-CM diagnosis
      ann       | 2022-01-19  | 0         | 0           | admission without an ICD-10-CM principal diagnosis`,
  },
  'an amputation for diabetes is one admission, under amputation': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-01-31`),
      'input.medical_claim': claims(`
        claim_id | person_id | diagnosis_code_1 | claim_start_date | claim_end_date | procedure_code_1
        1        | ann       | E1152            | 2024-01-01       | 2024-01-09     | 0Y6H0Z1`),
    },
    expect: `
      person_id | numerator | pqi_03 | pqi_16
      ann       | 1         | 0      | 1`,
  },
  'adults only, from the month of the 18th birthday; a month of a person of unknown age is listed, not counted': {
    given: {
      'input.eligibility': everyRow(
        { gender: 'female', payer: 'medicare' },
        `
        person_id | birth_date | enrollment_start_date | enrollment_end_date
        young     | 2006-03-01 | 2024-01-01            | 2024-01-31
        grown     | 2006-02-15 | 2024-01-01            | 2024-02-29
        ageless   |            | 2024-01-01            | 2024-01-31`,
      ),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      grown     | 2024-02-01  | 0         | 1           |
      ageless   | 2024-01-01  | 0         | 0           | age or sex unknown`,
  },
} satisfies Cases;
