import { type Cases, everyRow } from '../../engine/cases.ts';

const members = (table: string) => everyRow({ gender: 'female', birth_date: '1950-03-01', payer: 'medicare' }, table);

/** Claims of home health agencies, one line each. */
const claims = (table: string) =>
  everyRow({ claim_line_number: '1', claim_type: 'institutional', bill_type_code: '329' }, table);

export default {
  'in numerator: an episode counts in its month; denominator only: a month without one': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-02-29`),
      'input.medical_claim': claims(`
        claim_id | person_id | facility_npi | revenue_center_code | claim_start_date | claim_end_date
        1        | ann       | agency       | 0551                | 2024-01-09       | 2024-01-10`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 1         | 1           |
      ann       | 2024-02-01  | 0         | 1           |`,
  },
  'excluded: an episode in a month without coverage is kept with its reason': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-01-31`),
      'input.medical_claim': claims(`
        claim_id | person_id | facility_npi | revenue_center_code | claim_start_date | claim_end_date
        1        | ann       | agency       | 0551                | 2024-02-09       | 2024-02-10`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 0         | 1           |
      ann       | 2024-02-01  | 1         | 0           | not enrolled that month`,
  },
  'just inside: an episode on the last day of the data': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-06-01            | 2024-12-31`),
      'input.medical_claim': claims(`
        claim_id | person_id | facility_npi | revenue_center_code | claim_start_date | claim_end_date
        1        | ann       | agency       | 0551                | 2024-06-30       | 2024-06-30`),
    },
    variables: { data_through: '2024-06-30' },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-06-01  | 1         | 1           |`,
  },
  'just outside: an episode on the day after the data end': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-06-01            | 2024-12-31`),
      'input.medical_claim': claims(`
        claim_id | person_id | facility_npi | revenue_center_code | claim_start_date | claim_end_date
        1        | ann       | agency       | 0551                | 2024-07-01       | 2024-07-01`),
    },
    variables: { data_through: '2024-06-30' },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-06-01  | 0         | 1           |`,
  },
  'bills that follow on each other are one episode; a gap begins another': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-02-29`),
      'input.medical_claim': claims(`
        claim_id | person_id | facility_npi | revenue_center_code | claim_start_date | claim_end_date
        1        | ann       | agency       | 0551                | 2024-01-01       | 2024-01-15
        2        | ann       | agency       | 0551                | 2024-01-16       | 2024-01-28
        3        | ann       | agency       | 0551                | 2024-02-10       | 2024-02-20`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 1         | 1           |
      ann       | 2024-02-01  | 1         | 1           |`,
  },
} satisfies Cases;
