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
        1        | ann       | E1010            | 2024-01-09       | 2024-01-10`),
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
        1        | ann       | E1010            | 2024-02-09       | 2024-02-10`),
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
        1        | ann       | E1010            | 2015-10-03       | 2015-10-05`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2015-10-01  | 1         | 1           |`,
  },
  'just outside: heart failure is no complication of diabetes': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-01-31`),
      'input.medical_claim': claims(`
        claim_id | person_id | diagnosis_code_1 | claim_start_date | claim_end_date
        1        | ann       | I5021            | 2024-01-03       | 2024-01-05`),
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
} satisfies Cases;
