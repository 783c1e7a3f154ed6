import { type Cases, everyRow } from '../../engine/cases.ts';

const members = (table: string) => everyRow({ gender: 'female', birth_date: '1950-03-01', payer: 'medicare' }, table);

/** Lines of one hospital’s claims; revenue center 0450 is the emergency room, 0762 observation. */
const claims = (table: string) => everyRow({ claim_type: 'institutional', facility_npi: 'north' }, table);

export default {
  'in numerator: a visit counts in its month; denominator only: a month without one': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-02-29`),
      'input.medical_claim': claims(`
        claim_id | person_id | claim_line_number | bill_type_code | revenue_center_code | claim_start_date | claim_end_date
        1        | ann       | 1                 | 131            | 0450                | 2024-01-09       | 2024-01-09`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 1         | 1           |
      ann       | 2024-02-01  | 0         | 1           |`,
  },
  'excluded: a visit in a month without coverage is kept with its reason': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-01-31`),
      'input.medical_claim': claims(`
        claim_id | person_id | claim_line_number | bill_type_code | revenue_center_code | claim_start_date | claim_end_date
        1        | ann       | 1                 | 131            | 0450                | 2024-02-09       | 2024-02-09`),
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
        claim_id | person_id | claim_line_number | bill_type_code | revenue_center_code | claim_start_date | claim_end_date
        1        | ann       | 1                 | 131            | 0450                | 2024-06-30       | 2024-06-30`),
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
        claim_id | person_id | claim_line_number | bill_type_code | revenue_center_code | claim_start_date | claim_end_date
        1        | ann       | 1                 | 131            | 0450                | 2024-07-01       | 2024-07-01`),
    },
    variables: { data_through: '2024-06-30' },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-06-01  | 0         | 1           |`,
  },
  'where a visit ended tells its part: home, observation, or the hospital stay whose claim holds it': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-01-31`),
      'input.medical_claim': claims(`
        claim_id | person_id | claim_line_number | bill_type_code | revenue_center_code | claim_start_date | claim_end_date
        1        | ann       | 1                 | 131            | 0450                | 2024-01-03       | 2024-01-03
        2        | ann       | 1                 | 131            | 0450                | 2024-01-09       | 2024-01-10
        2        | ann       | 2                 | 131            | 0762                | 2024-01-09       | 2024-01-10
        3        | ann       | 1                 | 111            | 0450                | 2024-01-20       | 2024-01-22
        3        | ann       | 2                 | 111            | 0120                | 2024-01-20       | 2024-01-22`),
    },
    expect: `
      person_id | numerator | emergency_visits_home | emergency_visits_observed | emergency_visits_admitted
      ann       | 3         | 1                     | 1                         | 1`,
  },
  'an emergency bill on the day of an admission belongs to the admission': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-01-31`),
      'input.medical_claim': claims(`
        claim_id | person_id | claim_line_number | bill_type_code | revenue_center_code | claim_start_date | claim_end_date
        1        | ann       | 1                 | 131            | 0450                | 2024-01-20       | 2024-01-20
        2        | ann       | 1                 | 111            | 0120                | 2024-01-20       | 2024-01-22`),
    },
    expect: `
      person_id | numerator | emergency_visits_home | emergency_visits_observed | emergency_visits_admitted
      ann       | 1         | 0                     | 0                         | 1`,
  },
  'two visits that ended at home on one day are one; a stay without an emergency line is no visit': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-01-31`),
      'input.medical_claim': claims(`
        claim_id | person_id | claim_line_number | bill_type_code | revenue_center_code | claim_start_date | claim_end_date
        1        | ann       | 1                 | 131            | 0450                | 2024-01-03       | 2024-01-03
        2        | ann       | 1                 | 131            | 0450                | 2024-01-03       | 2024-01-03
        3        | ann       | 1                 | 111            | 0120                | 2024-01-20       | 2024-01-22`),
    },
    expect: `
      person_id | numerator | emergency_visits_home | emergency_visits_observed | emergency_visits_admitted
      ann       | 1         | 1                     | 0                         | 0`,
  },
} satisfies Cases;
