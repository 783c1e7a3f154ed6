import { type Cases, everyRow } from '../../engine/cases.ts';

const members = (table: string) => everyRow({ gender: 'female', birth_date: '1950-03-01', payer: 'medicare' }, table);

/** Lines of professional claims in an office. */
const office = (table: string) =>
  everyRow(
    { claim_line_number: '1', claim_type: 'professional', place_of_service_code: '11', hcpcs_code: '99213' },
    table,
  );

export default {
  'in numerator: dollars paid count in the month in which the claim begins; denominator only: a month without any': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-02-29`),
      'input.medical_claim': office(`
        claim_id | person_id | claim_start_date | claim_end_date | paid_amount
        1        | ann       | 2024-01-09       | 2024-01-09     | 80.25
        2        | ann       | 2024-01-30       | 2024-02-02     | 19.75`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 100       | 1           |
      ann       | 2024-02-01  | 0         | 1           |`,
  },
  'excluded: dollars in a month without coverage are kept with their reason': {
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
      ann       | 2024-02-01  | 80        | 0           | not enrolled that month`,
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
      ann       | 2024-06-01  | 80        | 1           |`,
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
  'the parts by kind of service add up to the whole, pharmacy among them': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-01-31`),
      'input.medical_claim': everyRow(
        { person_id: 'ann', claim_line_number: '1' },
        `
        claim_id | claim_type    | bill_type_code | revenue_center_code | place_of_service_code | hcpcs_code | facility_npi | claim_start_date | claim_end_date | paid_amount
        1        | institutional | 111            | 0120                |                       |            | north        | 2024-01-02       | 2024-01-05     | 9000
        2        | institutional | 211            | 0120                |                       |            | home         | 2024-01-06       | 2024-01-12     | 3000
        3        | institutional | 131            | 0450                |                       |            | north        | 2024-01-20       | 2024-01-20     | 500
        4        | professional  |                |                     | 11                    | 99213      |              | 2024-01-25       | 2024-01-25     | 90
        5        | professional  |                |                     | 81                    | 80053      |              | 2024-01-25       | 2024-01-25     | 12
        6        | professional  |                |                     | 41                    | A0427      |              | 2024-01-28       | 2024-01-28     | 400`,
      ),
      'input.pharmacy_claim': `
        claim_id | claim_line_number | person_id | dispensing_date | ndc_code    | paid_amount
        7        | 1                 | ann       | 2024-01-26      | 00000000001 | 30.5`,
    },
    expect: `
      person_id | numerator | inpatient | skilled_nursing | emergency | office | tests | other | pharmacy | rehabilitation | home_health | hospice | outpatient | physician_in_facility
      ann       | 13032.50  | 9000.00   | 3000.00         | 500.00    | 90.00  | 12.00 | 400.00 | 30.50   | 0.00           | 0.00        | 0.00    | 0.00       | 0.00`,
  },
  'a line without a paid amount adds nothing, and a refund takes away': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-01-31`),
      'input.medical_claim': office(`
        claim_id | person_id | claim_start_date | claim_end_date | charge_amount | paid_amount
        1        | ann       | 2024-01-09       | 2024-01-09     | 200           |
        2        | ann       | 2024-01-10       | 2024-01-10     | 200           | 80
        3        | ann       | 2024-01-10       | 2024-01-10     | -200          | -80`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 0         | 1           |`,
  },
} satisfies Cases;
