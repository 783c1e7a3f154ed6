import { type Cases, everyRow } from '../../engine/cases.ts';

const members = (table: string) => everyRow({ gender: 'female', birth_date: '1950-03-01', payer: 'medicare' }, table);

/** Lines of professional claims in an office. */
const office = (table: string) =>
  everyRow(
    { claim_line_number: '1', claim_type: 'professional', place_of_service_code: '11', hcpcs_code: '99213' },
    table,
  );

export default {
  'in numerator: a visit once, however many lines it has, and each fill; denominator only: a month without any': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-02-29`),
      'input.medical_claim': everyRow(
        { claim_id: '1', person_id: 'ann', claim_type: 'professional', place_of_service_code: '11' },
        `
        claim_line_number | hcpcs_code | claim_start_date | claim_end_date | paid_amount
        1                 | 99213      | 2024-01-09       | 2024-01-09     | 80
        2                 | 99406      | 2024-01-09       | 2024-01-09     | 12`,
      ),
      'input.pharmacy_claim': `
        claim_id | claim_line_number | person_id | dispensing_date | ndc_code    | paid_amount
        2        | 1                 | ann       | 2024-01-26      | 00000000001 | 20.50
        3        | 1                 | ann       | 2024-01-26      | 00000000002 |`,
    },
    expect: `
      person_id | anchor_date | numerator | office | pharmacy | tests | denominator | exclusion
      ann       | 2024-01-01  | 3         | 1      | 2        | 0     | 1           |
      ann       | 2024-02-01  | 0         | 0      | 0        | 0     | 1           |`,
  },
  'an encounter with services of two settings counts in both, as its dollars do': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-01-31`),
      'input.medical_claim': everyRow(
        { claim_id: '1', person_id: 'ann', claim_type: 'professional', place_of_service_code: '11' },
        `
        claim_line_number | hcpcs_code | claim_start_date | claim_end_date | paid_amount
        1                 | 99213      | 2024-01-09       | 2024-01-09     | 80
        2                 | 80053      | 2024-01-09       | 2024-01-09     | 12`,
      ),
    },
    expect: `
      person_id | numerator | office | tests
      ann       | 2         | 1      | 1`,
  },
  'excluded: services in a month without coverage are kept with their reason': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-01-31`),
      'input.medical_claim': office(`
        claim_id | person_id | claim_start_date | claim_end_date | paid_amount
        1        | ann       | 2024-02-09       | 2024-02-09     | 80`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 0         | 1           |
      ann       | 2024-02-01  | 1         | 0           | not enrolled that month`,
  },
  'just inside: a claim on the last day of the data': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-06-01            | 2024-12-31`),
      'input.medical_claim': office(`
        claim_id | person_id | claim_start_date | claim_end_date | paid_amount
        1        | ann       | 2024-06-30       | 2024-06-30     | 80`),
    },
    variables: { data_through: '2024-06-30' },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-06-01  | 1        | 1           |`,
  },
  'just outside: a claim on the day after the data end': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-06-01            | 2024-12-31`),
      'input.medical_claim': office(`
        claim_id | person_id | claim_start_date | claim_end_date | paid_amount
        1        | ann       | 2024-07-01       | 2024-07-01     | 80`),
    },
    variables: { data_through: '2024-06-30' },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-06-01  | 0         | 1           |`,
  },
} satisfies Cases;
