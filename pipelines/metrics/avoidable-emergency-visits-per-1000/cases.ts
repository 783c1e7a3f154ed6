import { type Cases, everyRow } from '../../engine/cases.ts';

const members = (table: string) => everyRow({ gender: 'female', birth_date: '1950-03-01', payer: 'medicare' }, table);

/** Claims of one hospital’s emergency room, one line each. E1165 was preventable in every reviewed visit, B084 was treatable in primary care in half of them and no emergency in the other half. */
const claims = (table: string) =>
  everyRow(
    {
      claim_line_number: '1',
      claim_type: 'institutional',
      bill_type_code: '131',
      revenue_center_code: '0450',
      facility_npi: 'north',
    },
    table,
  );

export default {
  'in numerator: a visit counts in its month; denominator only: a month without one': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-02-29`),
      'input.medical_claim': claims(`
        claim_id | person_id | diagnosis_code_1 | claim_start_date | claim_end_date
        1        | ann       | E1165            | 2024-01-09       | 2024-01-09`),
    },
    expect: `
      subject_id  | person_id | anchor_date | numerator | denominator | exclusion
      ann:2024-01 | ann       | 2024-01-01  | 1         | 1           |
      ann:2024-02 | ann       | 2024-02-01  | 0         | 1           |`,
  },
  'excluded: a visit in a month without coverage is kept with its reason': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-01-31`),
      'input.medical_claim': claims(`
        claim_id | person_id | diagnosis_code_1 | claim_start_date | claim_end_date
        1        | ann       | E1165            | 2024-02-09       | 2024-02-09`),
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
        claim_id | person_id | diagnosis_code_1 | claim_start_date | claim_end_date
        1        | ann       | E1165            | 2024-06-30       | 2024-06-30`),
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
        claim_id | person_id | diagnosis_code_1 | claim_start_date | claim_end_date
        1        | ann       | E1165            | 2024-07-01       | 2024-07-01`),
    },
    variables: { data_through: '2024-06-30' },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-06-01  | 0         | 1           |`,
  },
  'a visit counts by the probabilities of its diagnosis, and the parts add up': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-01-31`),
      'input.medical_claim': claims(`
        claim_id | person_id | diagnosis_code_1 | claim_start_date | claim_end_date
        1        | ann       | E1165            | 2024-01-03       | 2024-01-03
        2        | ann       | B084             | 2024-01-09       | 2024-01-09
        3        | ann       | A34              | 2024-01-12       | 2024-01-12`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion | non_emergent | primary_care_treatable | preventable
      ann       | 2024-01-01  | 2         | 1           |           | 0.5          | 0.5                    | 1.0`,
  },
  'injuries, mental health, alcohol and drugs stand apart and avoid nothing': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-01-31`),
      'input.medical_claim': claims(`
        claim_id | person_id | diagnosis_code_1 | claim_start_date | claim_end_date
        1        | ann       | S8001XA          | 2024-01-03       | 2024-01-03
        2        | ann       | F329             | 2024-01-09       | 2024-01-09
        3        | ann       | F10129           | 2024-01-12       | 2024-01-12`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 0         | 1           |`,
  },
  'excluded: a visit whose diagnosis the table does not class has a row of its own': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-01-31`),
      'input.medical_claim': claims(`
        claim_id | person_id | diagnosis_code_1 | claim_start_date | claim_end_date
        1        | ann       | E1165            | 2024-01-03       | 2024-01-03
        2        | ann       | D359             | 2024-01-09       | 2024-01-09
        3        | ann       |                  | 2024-01-12       | 2024-01-12`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 1         | 1           |
      ann       | 2024-01-09  | 0         | 0           | diagnosis without a class
      ann       | 2024-01-12  | 0         | 0           | diagnosis without a class`,
  },
  'excluded: a year in which no visit has a class has no rate, and no false zero': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2022-01-01            | 2022-02-28`),
      'input.medical_claim': claims(`
        claim_id | person_id | diagnosis_code_1 | claim_start_date | claim_end_date
        1        | ann       | D359             | 2022-01-09       | 2022-01-09`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2022-01-01  | 0         | 0           | no emergency visit of the year has a class
      ann       | 2022-02-01  | 0         | 0           | no emergency visit of the year has a class
      ann       | 2022-01-09  | 0         | 0           | diagnosis without a class`,
  },
  'excluded: months before ICD-10-CM, whatever happened in them': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2015-09-01            | 2015-10-31`),
      'input.medical_claim': claims(`
        claim_id | person_id | diagnosis_code_1 | claim_start_date | claim_end_date
        1        | ann       | E1165            | 2015-10-03       | 2015-10-03`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2015-09-01  | 0         | 0           | before ICD-10-CM (October 2015)
      ann       | 2015-10-01  | 1         | 1           |`,
  },
} satisfies Cases;
