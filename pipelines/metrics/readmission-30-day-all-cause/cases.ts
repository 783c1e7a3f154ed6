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
  'in numerator: an unplanned return': {
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
  'in numerator: a planned return counts too': {
    given: {
      'input.eligibility': ann,
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 2024-03-01       | 2024-03-05     | 01                         | I5021
        2        | ann       | north        | 2024-03-14       | 2024-03-16     | 01                         | Z5111`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-03-05  | 1         | 1           |
      ann       | 2024-03-16  | 0         | 1           | medical treatment of cancer`,
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
  'a transfer is no return': {
    given: {
      'input.eligibility': ann,
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 2024-03-01       | 2024-03-05     | 01                         | I5021
        2        | ann       | south        | 2024-03-06       | 2024-03-08     | 01                         | J189`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-03-08  | 0         | 1           |`,
  },
  'a stay for rehabilitation is no return': {
    given: {
      'input.eligibility': ann,
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 2024-03-01       | 2024-03-05     | 01                         | I5021
        2        | ann       | north        | 2024-03-14       | 2024-03-16     | 01                         | Z448`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-03-05  | 0         | 1           |
      ann       | 2024-03-16  | 0         | 1           | rehabilitation principal diagnosis`,
  },
  'excluded: an index stay left against advice has no return': {
    given: {
      'input.eligibility': ann,
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | north        | 2024-03-01       | 2024-03-05     | 07                         | I5021
        2        | ann       | north        | 2024-03-14       | 2024-03-16     | 01                         | J189`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-03-05  | 0         | 1           | left against medical advice
      ann       | 2024-03-16  | 0         | 1           |`,
  },
} satisfies Cases;
