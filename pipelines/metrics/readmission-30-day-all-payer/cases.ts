import { type Cases, everyRow } from '../../engine/cases.ts';

const coverage = (table: string) => everyRow({ gender: 'female', payer: 'acme' }, table);

/** Claims of hospital stays, one line each. I5021 is heart failure, J189 pneumonia, O80 a delivery. */
const stays = (table: string) =>
  everyRow(
    { claim_line_number: '1', claim_type: 'institutional', bill_type_code: '111', diagnosis_code_type: 'icd-10-cm' },
    table,
  );

const ann = coverage(`
  person_id | birth_date | payer_type | enrollment_start_date | enrollment_end_date
  ann       | 1980-03-01 | commercial | 2022-01-01            | 2024-12-31`);

export default {
  'in numerator: an adult of any payer comes back': {
    given: {
      'input.eligibility': ann,
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 2024-03-01       | 2024-03-05     | 01                         | I5021
        2        | ann       | north        | 2024-03-14       | 2024-03-16     | 01                         | J189`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-03-05  | 1         | 1           |
      ann       | 2024-03-16  | 0         | 1           |`,
  },
  'denominator only: nobody came back': {
    given: {
      'input.eligibility': ann,
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 2024-03-01       | 2024-03-05     | 01                         | I5021`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-03-05  | 0         | 1           |`,
  },
  'just inside: a return on day 30': {
    given: {
      'input.eligibility': ann,
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 2024-03-01       | 2024-03-05     | 01                         | I5021
        2        | ann       | north        | 2024-04-04       | 2024-04-06     | 01                         | J189`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-03-05  | 1         | 1           |
      ann       | 2024-04-06  | 0         | 1           |`,
  },
  'just outside: a return on day 31': {
    given: {
      'input.eligibility': ann,
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 2024-03-01       | 2024-03-05     | 01                         | I5021
        2        | ann       | north        | 2024-04-05       | 2024-04-07     | 01                         | J189`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-03-05  | 0         | 1           |
      ann       | 2024-04-07  | 0         | 1           |`,
  },
  'just inside: admitted on the 18th birthday': {
    given: {
      'input.eligibility': coverage(`
        person_id | birth_date | death_date | payer_type | enrollment_start_date | enrollment_end_date
        ann       | 2006-03-01 |            | medicaid   | 2022-01-01            | 2024-12-31`),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 2024-03-01       | 2024-03-05     | 01                         | I5021`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-03-05  | 0         | 1           |`,
  },
  'just outside: admitted the day before the 18th birthday': {
    given: {
      'input.eligibility': coverage(`
        person_id | birth_date | death_date | payer_type | enrollment_start_date | enrollment_end_date
        ann       | 2006-03-02 |            | medicaid   | 2022-01-01            | 2024-12-31`),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 2024-03-01       | 2024-03-05     | 01                         | I5021`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-03-05  | 0         | 1           | under 18 at admission`,
  },
  'just inside: covered on the day of discharge only': {
    given: {
      'input.eligibility': coverage(`
        person_id | birth_date | death_date | payer_type | enrollment_start_date | enrollment_end_date
        ann       | 1980-03-01 |            | commercial | 2024-03-05            | 2024-03-05`),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 2024-03-01       | 2024-03-05     | 01                         | I5021`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-03-05  | 0         | 1           |`,
  },
  'excluded: coverage ended the day before discharge': {
    given: {
      'input.eligibility': coverage(`
        person_id | birth_date | death_date | payer_type | enrollment_start_date | enrollment_end_date
        ann       | 1980-03-01 |            | commercial | 2022-01-01            | 2024-03-04`),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 2024-03-01       | 2024-03-05     | 01                         | I5021`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-03-05  | 0         | 1           | not covered on the day of discharge`,
  },
  'a member of Medicare Advantage counts': {
    given: {
      'input.eligibility': coverage(`
        person_id | birth_date | death_date | payer_type         | enrollment_start_date | enrollment_end_date
        ann       | 1950-03-01 |            | medicare advantage | 2022-01-01            | 2024-12-31`),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 2024-03-01       | 2024-03-05     | 01                         | I5021`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-03-05  | 0         | 1           |`,
  },
  'a return for a delivery is planned': {
    given: {
      'input.eligibility': ann,
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 2024-03-01       | 2024-03-05     | 01                         | I5021
        2        | ann       | north        | 2024-03-14       | 2024-03-16     | 01                         | O80`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-03-05  | 0         | 1           |
      ann       | 2024-03-16  | 0         | 1           |`,
  },
  'excluded: a psychiatric stay': {
    given: {
      'input.eligibility': ann,
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 2024-03-01       | 2024-03-05     | 01                         | F322`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-03-05  | 0         | 1           | psychiatric principal diagnosis`,
  },
  'excluded: discharged less than 30 days before the data end': {
    given: {
      'input.eligibility': ann,
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 2024-12-01       | 2024-12-02     | 01                         | I5021`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-12-02  | 0         | 1           | follow-up incomplete`,
  },
  'excluded: date of birth unknown': {
    given: {
      'input.eligibility': coverage(`
        person_id | birth_date | death_date | payer_type | enrollment_start_date | enrollment_end_date
        ann       |            |            | commercial | 2022-01-01            | 2024-12-31`),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 2024-03-01       | 2024-03-05     | 01                         | I5021`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-03-05  | 0         | 1           | date of birth unknown`,
  },
} satisfies Cases;
