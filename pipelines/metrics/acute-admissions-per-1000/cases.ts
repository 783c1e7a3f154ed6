import { type Cases, everyRow } from '../../engine/cases.ts';

const members = (table: string) => everyRow({ gender: 'female', birth_date: '1950-03-01', payer: 'medicare' }, table);

/** Claims of hospital stays, one line each. */
const stays = (table: string) =>
  everyRow(
    { claim_line_number: '1', claim_type: 'institutional', bill_type_code: '111', diagnosis_code_1: 'I5021' },
    table,
  );

export default {
  'in numerator: every admission counts in its month; denominator only: a month without one': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-02-29`),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code
        1        | ann       | north        | 2024-01-03       | 2024-01-05     | 01
        2        | ann       | north        | 2024-01-20       | 2024-02-02     | 01`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 2         | 1           |
      ann       | 2024-02-01  | 0         | 1           |`,
  },
  'excluded: an admission in a month without coverage is kept with its reason': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-01-31`),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code
        1        | ann       | north        | 2024-03-03       | 2024-03-05     | 01`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 0         | 1           |
      ann       | 2024-03-01  | 1         | 0           | not enrolled that month`,
  },
  'just inside: an admission in a month with one covered day, which counts for a day': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-31            | 2024-01-31`),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code
        1        | ann       | north        | 2024-01-31       | 2024-02-05     | 01`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 1         | 0.032258    |`,
  },
  'just outside: an admission after the data end is not counted': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-06-01            | 2024-12-31`),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code
        1        | ann       | north        | 2024-07-01       | 2024-07-05     | 01`),
    },
    variables: { data_through: '2024-06-30' },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-06-01  | 0         | 1           |`,
  },
  'a transfer between hospitals is one admission': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-01-31`),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code
        1        | ann       | north        | 2024-01-03       | 2024-01-05     | 02
        2        | ann       | south        | 2024-01-05       | 2024-01-09     | 01`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 1         | 1           |`,
  },
  'psychiatric and rehabilitation hospitals are not acute hospitals': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-01-31`),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_ccn | claim_start_date | claim_end_date | discharge_disposition_code
        1        | ann       | 224001       | 2024-01-03       | 2024-01-05     | 01
        2        | ann       | 223025       | 2024-01-09       | 2024-01-19     | 01`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 0         | 1           |`,
  },
  'time counts to the day: of the months of joining, leaving and death, and of one with a gap, the part that is covered':
    {
      given: {
        'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date | death_date
        ann       | 2024-01-17            | 2024-03-15          |
        bob       | 2024-01-01            | 2024-02-29          | 2024-02-10
        cas       | 2024-04-01            | 2024-04-10          |
        cas       | 2024-04-16            | 2024-04-30          |`),
      },
      expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 0         | 0.483871    |
      ann       | 2024-02-01  | 0         | 1           |
      ann       | 2024-03-01  | 0         | 0.483871    |
      bob       | 2024-01-01  | 0         | 1           |
      bob       | 2024-02-01  | 0         | 0.344828    |
      cas       | 2024-04-01  | 0         | 0.833333    |`,
    },
  'time counts to the day on which the data end': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date | death_date
        dot       | 2024-05-01            | 2024-12-31          |`),
    },
    variables: { data_through: '2024-06-10' },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      dot       | 2024-05-01  | 0         | 1           |
      dot       | 2024-06-01  | 0         | 0.333333    |`,
  },
  'a day that two spans of coverage share counts once': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date | death_date
        eve       | 2024-01-01            | 2024-01-20          |
        eve       | 2024-01-11            | 2024-01-31          |`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      eve       | 2024-01-01  | 0         | 1           |`,
  },
  'two payers at once are one member-month': {
    given: {
      'input.eligibility': everyRow(
        {
          gender: 'female',
          birth_date: '1950-03-01',
          enrollment_start_date: '2024-01-01',
          enrollment_end_date: '2024-01-31',
        },
        `
        person_id | payer
        ann       | medicare
        ann       | medicaid`,
      ),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 0         | 1           |`,
  },
} satisfies Cases;
