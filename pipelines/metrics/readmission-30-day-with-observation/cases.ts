import { type Cases, everyRow } from '../../engine/cases.ts';

const coverage = (table: string) => everyRow({ gender: 'female', payer: 'medicare' }, table);

/** Hospital claims, one line each: bill 111 is an admission, 131 with revenue code 0762 observation. */
const stays = (table: string) =>
  everyRow({ claim_line_number: '1', claim_type: 'institutional', diagnosis_code_type: 'icd-10-cm' }, table);

const ann = coverage(`
  person_id | birth_date | payer_type | enrollment_start_date | enrollment_end_date
  ann       | 1950-03-01 | medicare   | 2022-01-01            | 2024-12-31`);

export default {
  'in numerator: an unplanned admission after discharge': {
    given: {
      'input.eligibility': ann,
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1 | bill_type_code | revenue_center_code
        1        | ann       | north        | 2024-03-01       | 2024-03-05     | 01                         | I5021            | 111            | 0120
        2        | ann       | north        | 2024-03-14       | 2024-03-16     | 01                         | J189             | 111            | 0120`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion | discharge_day | index_condition
      ann       | 2024-03-05  | 1         | 1           |           | tuesday       | heart-failure
      ann       | 2024-03-16  | 0         | 1           |           | saturday      | pneumonia`,
  },
  'in numerator: back under observation': {
    given: {
      'input.eligibility': ann,
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1 | bill_type_code | revenue_center_code
        1        | ann       | north        | 2024-03-01       | 2024-03-05     | 01                         | I5021            | 111            | 0120
        2        | ann       | north        | 2024-03-14       | 2024-03-16     | 01                         | J189             | 131            | 0762`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-03-05  | 1         | 1           |
      ann       | 2024-03-16  | 0         | 1           |`,
  },
  'an observation stay is an index stay': {
    given: {
      'input.eligibility': ann,
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1 | bill_type_code | revenue_center_code
        1        | ann       | north        | 2024-03-01       | 2024-03-05     | 01                         | I5021            | 131            | 0762
        2        | ann       | north        | 2024-03-14       | 2024-03-16     | 01                         | J189             | 111            | 0120`),
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
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1 | bill_type_code | revenue_center_code
        1        | ann       | north        | 2024-03-01       | 2024-03-05     | 01                         | I5021            | 111            | 0120`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-03-05  | 0         | 1           |`,
  },
  'just inside: a return on day 30': {
    given: {
      'input.eligibility': ann,
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1 | bill_type_code | revenue_center_code
        1        | ann       | north        | 2024-03-01       | 2024-03-05     | 01                         | I5021            | 111            | 0120
        2        | ann       | north        | 2024-04-04       | 2024-04-06     | 01                         | J189             | 111            | 0120`),
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
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1 | bill_type_code | revenue_center_code
        1        | ann       | north        | 2024-03-01       | 2024-03-05     | 01                         | I5021            | 111            | 0120
        2        | ann       | north        | 2024-04-05       | 2024-04-07     | 01                         | J189             | 111            | 0120`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-03-05  | 0         | 1           |
      ann       | 2024-04-07  | 0         | 1           |`,
  },
  'just inside: back two days later at the same hospital is a return': {
    given: {
      'input.eligibility': ann,
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1 | bill_type_code | revenue_center_code
        1        | ann       | north        | 2024-03-01       | 2024-03-05     | 01                         | I5021            | 111            | 0120
        2        | ann       | north        | 2024-03-07       | 2024-03-09     | 01                         | J189             | 111            | 0120`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-03-05  | 1         | 1           |
      ann       | 2024-03-09  | 0         | 1           |`,
  },
  'just outside: back the next day, at whichever hospital, is the same stay': {
    given: {
      'input.eligibility': ann,
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1 | bill_type_code | revenue_center_code
        1        | ann       | north        | 2024-03-01       | 2024-03-05     | 01                         | I5021            | 111            | 0120
        2        | ann       | north        | 2024-03-06       | 2024-03-08     | 01                         | J189             | 111            | 0120`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-03-08  | 0         | 1           |`,
  },
  'excluded: the first return was planned, whatever follows': {
    given: {
      'input.eligibility': ann,
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1 | bill_type_code | revenue_center_code
        1        | ann       | north        | 2024-03-01       | 2024-03-05     | 01                         | I5021            | 111            | 0120
        2        | ann       | north        | 2024-03-14       | 2024-03-16     | 01                         | Z5111            | 111            | 0120
        3        | ann       | north        | 2024-03-25       | 2024-03-27     | 01                         | J189             | 111            | 0120`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-03-05  | 0         | 1           | the first return was planned
      ann       | 2024-03-16  | 1         | 1           |
      ann       | 2024-03-27  | 0         | 1           |`,
  },
  'just outside: a planned return on day 31 does not exclude': {
    given: {
      'input.eligibility': ann,
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1 | bill_type_code | revenue_center_code
        1        | ann       | north        | 2024-03-01       | 2024-03-05     | 01                         | I5021            | 111            | 0120
        2        | ann       | north        | 2024-04-05       | 2024-04-07     | 01                         | Z5111            | 111            | 0120`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-03-05  | 0         | 1           |
      ann       | 2024-04-07  | 0         | 1           |`,
  },
  'excluded: admitted and discharged on one day': {
    given: {
      'input.eligibility': ann,
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1 | bill_type_code | revenue_center_code
        1        | ann       | north        | 2024-03-05       | 2024-03-05     | 01                         | I5021            | 111            | 0120`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-03-05  | 0         | 1           | admitted and discharged on one day`,
  },
  'excluded: died in hospital': {
    given: {
      'input.eligibility': ann,
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1 | bill_type_code | revenue_center_code
        1        | ann       | north        | 2024-03-01       | 2024-03-05     | 20                         | I5021            | 111            | 0120`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-03-05  | 0         | 1           | died in hospital`,
  },
  'excluded: still in hospital': {
    given: {
      'input.eligibility': ann,
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1 | bill_type_code | revenue_center_code
        1        | ann       | north        | 2024-03-01       | 2024-03-05     | 30                         | I5021            | 111            | 0120`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-03-05  | 0         | 1           | still in hospital`,
  },
  'excluded: childbirth, which is no return either': {
    given: {
      'input.eligibility': ann,
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1 | bill_type_code | revenue_center_code
        1        | ann       | north        | 2024-03-01       | 2024-03-05     | 01                         | I5021            | 111            | 0120
        2        | ann       | north        | 2024-03-14       | 2024-03-16     | 01                         | O80              | 111            | 0120`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-03-05  | 0         | 1           |
      ann       | 2024-03-16  | 0         | 1           | pregnancy, childbirth or newborn`,
  },
  'excluded: under 18 at admission': {
    given: {
      'input.eligibility': coverage(`
        person_id | birth_date | death_date | payer_type | enrollment_start_date | enrollment_end_date
        ann       | 2006-03-02 |            | medicaid   | 2022-01-01            | 2024-12-31`),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1 | bill_type_code | revenue_center_code
        1        | ann       | north        | 2024-03-01       | 2024-03-05     | 01                         | I5021            | 111            | 0120`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-03-05  | 0         | 1           | under 18 at admission`,
  },
  'excluded: date of birth unknown': {
    given: {
      'input.eligibility': coverage(`
        person_id | birth_date | death_date | payer_type | enrollment_start_date | enrollment_end_date
        ann       |            |            | medicaid   | 2022-01-01            | 2024-12-31`),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1 | bill_type_code | revenue_center_code
        1        | ann       | north        | 2024-03-01       | 2024-03-05     | 01                         | I5021            | 111            | 0120`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-03-05  | 0         | 1           | date of birth unknown`,
  },
  'just inside: covered, by one payer after another, from 12 months before admission to day 30': {
    given: {
      'input.eligibility': coverage(`
        person_id | birth_date | death_date | payer_type | enrollment_start_date | enrollment_end_date
        ann       | 1980-03-01 |            | commercial | 2023-03-01            | 2023-12-31
        ann       | 1980-03-01 |            | medicaid   | 2024-01-01            | 2024-04-04`),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1 | bill_type_code | revenue_center_code
        1        | ann       | north        | 2024-03-01       | 2024-03-05     | 01                         | I5021            | 111            | 0120`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-03-05  | 0         | 1           |`,
  },
  'just outside: covered from a day less than 12 months before admission': {
    given: {
      'input.eligibility': coverage(`
        person_id | birth_date | death_date | payer_type | enrollment_start_date | enrollment_end_date
        ann       | 1980-03-01 |            | commercial | 2023-03-02            | 2024-12-31`),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1 | bill_type_code | revenue_center_code
        1        | ann       | north        | 2024-03-01       | 2024-03-05     | 01                         | I5021            | 111            | 0120`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-03-05  | 0         | 1           | not covered from 12 months before admission to 30 days after discharge`,
  },
  'excluded: coverage ended on day 29 after discharge': {
    given: {
      'input.eligibility': coverage(`
        person_id | birth_date | death_date | payer_type | enrollment_start_date | enrollment_end_date
        ann       | 1980-03-01 |            | commercial | 2022-01-01            | 2024-04-03`),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1 | bill_type_code | revenue_center_code
        1        | ann       | north        | 2024-03-01       | 2024-03-05     | 01                         | I5021            | 111            | 0120`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-03-05  | 0         | 1           | not covered from 12 months before admission to 30 days after discharge`,
  },
  'who dies at home within 30 days stays in the denominator': {
    given: {
      'input.eligibility': coverage(`
        person_id | birth_date | death_date | payer_type | enrollment_start_date | enrollment_end_date
        ann       | 1950-03-01 | 2024-03-15 | medicare   | 2022-01-01            | 2024-12-31`),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1 | bill_type_code | revenue_center_code
        1        | ann       | north        | 2024-03-01       | 2024-03-05     | 01                         | I5021            | 111            | 0120`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-03-05  | 0         | 1           |`,
  },
  'excluded: discharged less than 30 days before the data end': {
    given: {
      'input.eligibility': ann,
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1 | bill_type_code | revenue_center_code
        1        | ann       | north        | 2024-12-01       | 2024-12-02     | 01                         | I5021            | 111            | 0120`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-12-02  | 0         | 1           | follow-up incomplete`,
  },
  'left against advice stays in': {
    given: {
      'input.eligibility': ann,
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1 | bill_type_code | revenue_center_code
        1        | ann       | north        | 2024-03-01       | 2024-03-05     | 07                         | I5021            | 111            | 0120`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-03-05  | 0         | 1           |`,
  },
} satisfies Cases;
