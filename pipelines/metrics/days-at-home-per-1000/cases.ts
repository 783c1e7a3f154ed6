import { type Cases, everyRow } from '../../engine/cases.ts';

const members = (table: string) => everyRow({ gender: 'female', birth_date: '1950-03-01', payer: 'medicare' }, table);

/** Facility claims of one line each: bill type 11x is a hospital, 21x a nursing facility, 13x with revenue 0450 an emergency visit, with 0762 observation, 81x a hospice. */
const stays = (table: string) => everyRow({ claim_line_number: '1', claim_type: 'institutional' }, table);

const january = members(`
  person_id | enrollment_start_date | enrollment_end_date
  ann       | 2024-01-01            | 2024-01-31`);

export default {
  'in numerator: nights in hospital are away, the day of discharge is at home': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-02-29`),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | bill_type_code | revenue_center_code | claim_start_date | claim_end_date
        1        | ann       | north        | 111            | 0120                | 2024-01-03       | 2024-01-08`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 26        | 31          |
      ann       | 2024-02-01  | 29        | 29          |`,
  },
  'denominator only: a whole month away': {
    given: {
      'input.eligibility': january,
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | bill_type_code | revenue_center_code | claim_start_date | claim_end_date
        1        | ann       | manor        | 211            | 0191                | 2023-12-20       | 2024-02-10`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2023-12-01  | 0         | 0           | not enrolled that month
      ann       | 2024-01-01  | 0         | 31          |
      ann       | 2024-02-01  | 0         | 0           | not enrolled that month`,
  },
  'excluded: days away in a month without coverage are listed': {
    given: {
      'input.eligibility': january,
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | bill_type_code | revenue_center_code | claim_start_date | claim_end_date
        1        | ann       | north        | 111            | 0120                | 2024-02-03       | 2024-02-08`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 31        | 31          |
      ann       | 2024-02-01  | 0         | 0           | not enrolled that month`,
  },
  'just inside: a night on the last covered day': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-10            | 2024-01-20`),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | bill_type_code | revenue_center_code | claim_start_date | claim_end_date
        1        | ann       | north        | 111            | 0120                | 2024-01-20       | 2024-01-25`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 10        | 11          |`,
  },
  'just outside: nights from the day after coverage ends': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-10            | 2024-01-20`),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | bill_type_code | revenue_center_code | claim_start_date | claim_end_date
        1        | ann       | north        | 111            | 0120                | 2024-01-21       | 2024-01-25`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 11        | 11          |`,
  },
  'days end with death, the day of death included, and with the data': {
    given: {
      'input.eligibility': members(`
        person_id | death_date | enrollment_start_date | enrollment_end_date
        ann       | 2024-06-10 | 2024-06-01            | 2024-12-31
        ben       |            | 2024-06-01            | 2024-12-31`),
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | bill_type_code | revenue_center_code | claim_start_date | claim_end_date
        1        | ben       | north        | 111            | 0120                | 2024-06-18       | 2024-06-28`),
    },
    variables: { data_through: '2024-06-20' },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-06-01  | 10        | 10          |
      ben       | 2024-06-01  | 17        | 20          |`,
  },
  'days of two payers count once': {
    given: {
      'input.eligibility': everyRow(
        { gender: 'female', birth_date: '1950-03-01' },
        `
        person_id | payer    | enrollment_start_date | enrollment_end_date
        ann       | medicare | 2024-01-01            | 2024-01-20
        ann       | medicaid | 2024-01-11            | 2024-01-31`,
      ),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 31        | 31          |`,
  },
  'an emergency visit and an observation within one day take one day each; a day in two places is one': {
    given: {
      'input.eligibility': january,
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | bill_type_code | revenue_center_code | hcpcs_code | claim_start_date | claim_end_date
        1        | ann       | north        | 131            | 0450                | 99284      | 2024-01-03       | 2024-01-03
        2        | ann       | north        | 131            | 0762                | G0378      | 2024-01-10       | 2024-01-10
        3        | ann       | north        | 111            | 0120                |            | 2024-01-15       | 2024-01-17
        4        | ann       | manor        | 211            | 0191                |            | 2024-01-17       | 2024-01-19
        5        | ann       | south        | 131            | 0450                | 99284      | 2024-01-18       | 2024-01-18`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 25        | 31          |`,
  },
  'hospice and office visits are at home': {
    given: {
      'input.eligibility': january,
      'input.medical_claim': stays(`
        claim_id | person_id | facility_npi | bill_type_code | revenue_center_code | claim_start_date | claim_end_date
        1        | ann       | rest         | 811            | 0651                | 2024-01-03       | 2024-01-28`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 31        | 31          |`,
  },
} satisfies Cases;
