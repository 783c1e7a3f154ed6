import { type Cases, everyRow } from '../../engine/cases.ts';

const members = (table: string) => everyRow({ gender: 'female', birth_date: '1950-03-01', payer: 'medicare' }, table);

/** Claims of hospital stays, one line each. */
const stays = (table: string) =>
  everyRow(
    { claim_line_number: '1', claim_type: 'institutional', bill_type_code: '111', discharge_disposition_code: '01' },
    table,
  );

export default {
  'in numerator: the nights of a stay count, the day of discharge does not': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-01-31`),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date
        1        | ann       | north        | 2024-01-03       | 2024-01-08`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 5         | 1           |`,
  },
  'nights count in the month in which they were spent; denominator only: a month without any': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-03-31`),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date
        1        | ann       | north        | 2024-01-29       | 2024-02-05`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 3         | 1           |
      ann       | 2024-02-01  | 4         | 1           |
      ann       | 2024-03-01  | 0         | 1           |`,
  },
  'excluded: nights in a month without coverage are kept with their reason': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-01-31`),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date
        1        | ann       | north        | 2024-01-29       | 2024-02-05`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 3         | 1           |
      ann       | 2024-02-01  | 4         | 0           | not enrolled that month`,
  },
  'just inside: a stay that begins and ends on one day is one day': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-01-31`),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date
        1        | ann       | north        | 2024-01-03       | 2024-01-03`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 1         | 1           |`,
  },
  'just outside: nights after the data end do not count yet': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-06-01            | 2024-12-31`),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date
        1        | ann       | north        | 2024-06-28       | 2024-07-05`),
    },
    variables: { data_through: '2024-06-30' },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-06-01  | 3         | 1           |`,
  },
  'two hospitals in one chain of transfers share the night of the transfer': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-01-31`),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | claim_start_date | claim_end_date
        1        | ann       | north        | 2024-01-03       | 2024-01-05
        2        | ann       | south        | 2024-01-05       | 2024-01-09`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 6         | 1           |`,
  },
  'a stay whose discharge nobody has recorded counts its first day': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-01-31`),
      'input.encounter': `
        encounter_id | person_id | encounter_type  | encounter_start_date
        1            | ann       | acute inpatient | 2024-01-09`,
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 1         | 1           |`,
  },
} satisfies Cases;
