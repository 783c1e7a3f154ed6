import { type Cases, everyRow } from '../../engine/cases.ts';

const members = (table: string) => everyRow({ gender: 'female', birth_date: '1950-03-01', payer: 'medicare' }, table);

/** Claims of hospital stays, one line each. */
const claims = (table: string) =>
  everyRow(
    {
      claim_line_number: '1',
      claim_type: 'institutional',
      bill_type_code: '111',
      discharge_disposition_code: '01',
      revenue_center_code: '0120',
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
        claim_id | person_id | facility_ccn | claim_start_date | claim_end_date
        1        | ann       | 220001       | 2024-01-09       | 2024-01-10`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 1         | 1           |
      ann       | 2024-02-01  | 0         | 1           |`,
  },
  'excluded: an admission in a month without coverage is kept with its reason': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-01-31`),
      'input.medical_claim': claims(`
        claim_id | person_id | facility_ccn | claim_start_date | claim_end_date
        1        | ann       | 220001       | 2024-02-09       | 2024-02-10`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 0         | 1           |
      ann       | 2024-02-01  | 1         | 0           | not enrolled that month`,
  },
  'just inside: an admission on the last day of the data': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-06-01            | 2024-12-31`),
      'input.medical_claim': claims(`
        claim_id | person_id | facility_ccn | claim_start_date | claim_end_date
        1        | ann       | 220001       | 2024-06-30       | 2024-06-30`),
    },
    variables: { data_through: '2024-06-30' },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-06-01  | 1         | 1           |`,
  },
  'just outside: an admission on the day after the data end': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-06-01            | 2024-12-31`),
      'input.medical_claim': claims(`
        claim_id | person_id | facility_ccn | claim_start_date | claim_end_date
        1        | ann       | 220001       | 2024-07-01       | 2024-07-01`),
    },
    variables: { data_through: '2024-06-30' },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-06-01  | 0         | 1           |`,
  },
  'the CMS certification number tells the kind of hospital, and the kinds add up': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-01-31`),
      'input.medical_claim': claims(`
        claim_id | person_id | facility_ccn | claim_start_date | claim_end_date
        1        | ann       | 220001       | 2024-01-01       | 2024-01-02
        2        | ann       | 221300       | 2024-01-04       | 2024-01-05
        3        | ann       | 224001       | 2024-01-07       | 2024-01-08
        4        | ann       | 223025       | 2024-01-10       | 2024-01-11
        5        | ann       | 222001       | 2024-01-13       | 2024-01-14
        6        | ann       | 223301       | 2024-01-16       | 2024-01-17`),
    },
    expect: `
      person_id | numerator | short_term_admissions | psychiatric_admissions | rehabilitation_admissions | long_term_admissions | other_admissions
      ann       | 6         | 2                     | 1                      | 1                         | 1                    | 1`,
  },
  'a psychiatric or rehabilitation unit of a general hospital counts with its own kind': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-01-31`),
      'input.medical_claim': claims(`
        claim_id | person_id | facility_ccn | claim_start_date | claim_end_date
        1        | ann       | 22S001       | 2024-01-03       | 2024-01-05
        2        | ann       | 22T001       | 2024-01-08       | 2024-01-12`),
    },
    expect: `
      person_id | numerator | short_term_admissions | psychiatric_admissions | rehabilitation_admissions
      ann       | 2         | 0                     | 1                      | 1`,
  },
  'a transfer between short-term hospitals is one admission, a transfer to rehabilitation is two': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-01-31`),
      'input.medical_claim': claims(`
        claim_id | person_id | facility_ccn | claim_start_date | claim_end_date
        1        | ann       | 220001       | 2024-01-03       | 2024-01-05
        2        | ann       | 220002       | 2024-01-05       | 2024-01-09
        3        | ann       | 223025       | 2024-01-09       | 2024-01-19`),
    },
    expect: `
      person_id | numerator | short_term_admissions | rehabilitation_admissions
      ann       | 2         | 1                     | 1`,
  },
} satisfies Cases;
