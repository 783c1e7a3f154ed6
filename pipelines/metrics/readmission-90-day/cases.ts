import { type Cases, everyRow } from '../../engine/cases.ts';

const coverage = (table: string) => everyRow({ gender: 'female', payer: 'medicare' }, table);

/** Claims of hospital stays, one line each. I5021 is heart failure, J189 pneumonia, Z5111 chemotherapy. */
const stays = (table: string) =>
  everyRow(
    { claim_line_number: '1', claim_type: 'institutional', bill_type_code: '111', diagnosis_code_type: 'icd-10-cm' },
    table,
  );

const ann = coverage(`
  person_id | birth_date | payer_type | enrollment_start_date | enrollment_end_date
  ann       | 1950-03-01 | medicare   | 2022-01-01            | 2024-12-31`);

export default {
  'in numerator: an unplanned return within the window; the return is an index stay of its own': {
    given: {
      'input.eligibility': ann,
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 2024-03-01       | 2024-03-05     | 01                         | I5021
        2        | ann       | north        | 2024-03-08       | 2024-03-10     | 01                         | J189`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-03-05  | 1         | 1           |
      ann       | 2024-03-10  | 0         | 1           |`,
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
  'just inside: a return on day 90': {
    given: {
      'input.eligibility': ann,
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 2024-03-01       | 2024-03-05     | 01                         | I5021
        2        | ann       | north        | 2024-06-03       | 2024-06-05     | 01                         | J189`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-03-05  | 1         | 1           |
      ann       | 2024-06-05  | 0         | 1           |`,
  },
  'just outside: a return on day 91': {
    given: {
      'input.eligibility': ann,
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 2024-03-01       | 2024-03-05     | 01                         | I5021
        2        | ann       | north        | 2024-06-04       | 2024-06-06     | 01                         | J189`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-03-05  | 0         | 1           |
      ann       | 2024-06-06  | 0         | 1           |`,
  },
  'the first return was planned: no later one counts': {
    given: {
      'input.eligibility': ann,
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 2024-03-01       | 2024-03-05     | 01                         | I5021
        2        | ann       | north        | 2024-03-07       | 2024-03-09     | 01                         | Z5111
        3        | ann       | north        | 2024-06-03       | 2024-06-05     | 01                         | J189`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-03-05  | 0         | 1           |
      ann       | 2024-03-09  | 0         | 1           | medical treatment of cancer
      ann       | 2024-06-05  | 0         | 1           |`,
  },
  'just inside: discharged 90 days before the data end': {
    given: {
      'input.eligibility': ann,
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 2024-09-28       | 2024-10-02     | 01                         | I5021`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-10-02  | 0         | 1           |`,
  },
  'just outside: discharged 89 days before the data end': {
    given: {
      'input.eligibility': ann,
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 2024-09-28       | 2024-10-03     | 01                         | I5021`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-10-03  | 0         | 1           | follow-up incomplete`,
  },
  'just inside: in Part A until day 90 after discharge': {
    given: {
      'input.eligibility': coverage(`
        person_id | birth_date | death_date | payer_type | enrollment_start_date | enrollment_end_date
        ann       | 1950-03-01 |            | medicare   | 2022-01-01            | 2024-06-03`),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 2024-03-01       | 2024-03-05     | 01                         | I5021`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-03-05  | 0         | 1           |`,
  },
  'excluded: Part A ended on day 89 after discharge': {
    given: {
      'input.eligibility': coverage(`
        person_id | birth_date | death_date | payer_type | enrollment_start_date | enrollment_end_date
        ann       | 1950-03-01 |            | medicare   | 2022-01-01            | 2024-06-02`),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 2024-03-01       | 2024-03-05     | 01                         | I5021`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-03-05  | 0         | 1           | not in fee-for-service Part A for 90 days after discharge`,
  },
  'who dies at home within the window stays in the denominator': {
    given: {
      'input.eligibility': coverage(`
        person_id | birth_date | death_date | payer_type | enrollment_start_date | enrollment_end_date
        ann       | 1950-03-01 | 2024-03-08 | medicare   | 2022-01-01            | 2024-12-31`),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 2024-03-01       | 2024-03-05     | 01                         | I5021`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-03-05  | 0         | 1           |`,
  },
  'excluded: left against medical advice': {
    given: {
      'input.eligibility': ann,
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 2024-03-01       | 2024-03-05     | 07                         | I5021`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-03-05  | 0         | 1           | left against medical advice`,
  },
  'excluded: under 65 at admission': {
    given: {
      'input.eligibility': coverage(`
        person_id | birth_date | death_date | payer_type | enrollment_start_date | enrollment_end_date
        ann       | 1959-03-02 |            | medicare   | 2022-01-01            | 2024-12-31`),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 2024-03-01       | 2024-03-05     | 01                         | I5021`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-03-05  | 0         | 1           | under 65 at admission`,
  },
} satisfies Cases;
