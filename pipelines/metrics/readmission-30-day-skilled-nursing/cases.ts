import { type Cases, everyRow } from '../../engine/cases.ts';

const ann = everyRow(
  { gender: 'female', payer: 'medicare', payer_type: 'medicare' },
  `
  person_id | birth_date | enrollment_start_date | enrollment_end_date
  ann       | 1950-03-01 | 2022-01-01            | 2024-12-31`,
);

/** Claims of stays, one line each: bill type 11x is a hospital, 21x a nursing facility. I5021 is heart failure, J189 pneumonia. */
const stays = (table: string) =>
  everyRow({ claim_line_number: '1', claim_type: 'institutional', diagnosis_code_type: 'icd-10-cm' }, table);

export default {
  'in numerator: back in hospital from the nursing facility': {
    given: {
      'input.eligibility': ann,
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | bill_type_code | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 111            | 2024-03-01       | 2024-03-05     | 03                         | I5021
        2        | ann       | manor        | 211            | 2024-03-05       | 2024-03-14     | 02                         | I5021
        3        | ann       | north        | 111            | 2024-03-14       | 2024-03-16     | 01                         | J189`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-03-05  | 1         | 1           |`,
  },
  'denominator only: nobody came back; a stay that led home is no part of it': {
    given: {
      'input.eligibility': ann,
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | bill_type_code | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 111            | 2024-03-01       | 2024-03-05     | 03                         | I5021
        2        | ann       | manor        | 211            | 2024-03-05       | 2024-03-25     | 01                         | I5021
        3        | ann       | north        | 111            | 2024-07-01       | 2024-07-05     | 01                         | J189`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-03-05  | 0         | 1           |`,
  },
  'excluded: in the nursing facility, but too young': {
    given: {
      'input.eligibility': ann.replace('1950', '1970'),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | bill_type_code | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 111            | 2024-03-01       | 2024-03-05     | 03                         | I5021
        2        | ann       | manor        | 211            | 2024-03-05       | 2024-03-25     | 01                         | I5021`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-03-05  | 0         | 1           | under 65 at admission`,
  },
  'just inside: in the nursing facility on the day after discharge, and back on day 30 after it': {
    given: {
      'input.eligibility': ann,
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | bill_type_code | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 111            | 2024-03-01       | 2024-03-05     | 03                         | I5021
        2        | ann       | manor        | 211            | 2024-03-06       | 2024-03-20     | 01                         | I5021
        3        | ann       | north        | 111            | 2024-04-04       | 2024-04-06     | 01                         | J189`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-03-05  | 1         | 1           |`,
  },
  'just outside: back on day 31': {
    given: {
      'input.eligibility': ann,
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | bill_type_code | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 111            | 2024-03-01       | 2024-03-05     | 03                         | I5021
        2        | ann       | manor        | 211            | 2024-03-06       | 2024-03-20     | 01                         | I5021
        3        | ann       | north        | 111            | 2024-04-05       | 2024-04-07     | 01                         | J189`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-03-05  | 0         | 1           |`,
  },
  'just outside: in the nursing facility only two days after discharge': {
    given: {
      'input.eligibility': ann,
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | bill_type_code | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 111            | 2024-03-01       | 2024-03-05     | 01                         | I5021
        2        | ann       | manor        | 211            | 2024-03-07       | 2024-03-20     | 01                         | I5021
        3        | ann       | manor        | 211            | 2024-06-01       | 2024-06-10     | 01                         | I5021`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion`,
  },
  'a return to hospital before the nursing facility is a return from home': {
    given: {
      'input.eligibility': ann,
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | bill_type_code | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 111            | 2024-03-01       | 2024-03-05     | 01                         | I5021
        2        | ann       | north        | 111            | 2024-03-05       | 2024-03-06     | 03                         | J189
        3        | ann       | manor        | 211            | 2024-03-06       | 2024-03-20     | 01                         | J189`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-03-06  | 0         | 1           |`,
  },
  'a nursing facility that held the bed has the person back; one that was left for good does not': {
    given: {
      'input.eligibility': `${ann}
  ben       | 1950-03-01 | 2022-01-01            | 2024-12-31 | female | medicare | medicare`,
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | bill_type_code | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | manor        | 211            | 2024-02-20       | 2024-03-20     | 01                         | I5021
        2        | ann       | north        | 111            | 2024-03-01       | 2024-03-05     | 03                         | I5021
        3        | ben       | manor        | 211            | 2024-02-20       | 2024-03-01     | 02                         | I5021
        4        | ben       | north        | 111            | 2024-03-01       | 2024-03-05     | 01                         | I5021`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-03-05  | 0         | 1           |`,
  },
  'a planned return does not count': {
    given: {
      'input.eligibility': ann,
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | bill_type_code | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 111            | 2024-03-01       | 2024-03-05     | 03                         | I5021
        2        | ann       | manor        | 211            | 2024-03-05       | 2024-03-20     | 01                         | I5021
        3        | ann       | north        | 111            | 2024-03-20       | 2024-03-22     | 01                         | Z5111`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-03-05  | 0         | 1           |`,
  },
} satisfies Cases;
