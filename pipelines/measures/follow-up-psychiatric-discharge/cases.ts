import { type Cases, everyRow } from '../../engine/cases.ts';

const YEAR = { data_through: '2025-12-31', period: '2025' };

/** People insured in 2025. */
const insured = (table: string) =>
  everyRow(
    { gender: 'male', payer: 'medicaid', enrollment_start_date: '2025-01-01', enrollment_end_date: '2025-12-31' },
    table,
  );

/** 40 years old in May. */
const members = (...people: readonly string[]) =>
  insured(everyRow({ birth_date: '1984-05-05' }, ['person_id', ...people].join('\n')));

/** Stays in acute hospitals and office visits, one line each: F329 depression, I5021 heart failure. */
const claims = (table: string) => {
  const lines = table
    .trim()
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()));
  return [
    'claim_id | claim_line_number | claim_type | bill_type_code | place_of_service_code | facility_npi | person_id | claim_start_date | claim_end_date | hcpcs_code | diagnosis_code_1 | discharge_disposition_code | rendering_specialty_code',
    ...lines.map(([person, start, end, service, diagnosis, more], at) =>
      service === 'stay'
        ? `${at} | 1 | institutional | 111 | | north | ${person} | ${start} | ${end} | | ${diagnosis} | ${more ?? '01'} |`
        : `${at} | 1 | professional | | 11 | | ${person} | ${start} | ${end} | ${service} | ${diagnosis} | | ${more ?? ''}`,
    ),
  ].join('\n');
};

export default {
  'in numerator: seen for mental illness, or by a specialist; denominator only: not seen, or for another reason by somebody else':
    {
      given: {
        'input.eligibility': members('abe', 'bob', 'cal', 'dan'),
        'input.medical_claim': claims(`
        abe | 2025-03-01 | 2025-03-08 | stay  | F329
        abe | 2025-03-12 | 2025-03-12 | 99213 | F329
        bob | 2025-03-01 | 2025-03-08 | stay  | F209
        bob | 2025-03-28 | 2025-03-28 | 99213 | G4700 | 26
        cal | 2025-03-01 | 2025-03-08 | stay  | F329
        dan | 2025-03-01 | 2025-03-08 | stay  | F329
        dan | 2025-03-12 | 2025-03-12 | 99213 | I10   | 08`),
      },
      variables: YEAR,
      expect: `
      person_id | measure_id | rate_id | period_start | denominator | numerator | status  | reason                     | evidence
      abe       | FUH        | 1       | 2025-01-01   | true        | true      | closed  | followed up on day 4     | discharge 2025-03-08 (F329); followed up (HCPCS 99213, claim 2025-03-12)
      abe       | FUH        | 2       | 2025-01-01   | true        | true      | closed  | followed up on day 4     | discharge 2025-03-08 (F329); followed up (HCPCS 99213, claim 2025-03-12)
      bob       | FUH        | 1       | 2025-01-01   | true        | false     | overdue | no follow-up by 2025-03-15 | discharge 2025-03-08 (F209)
      bob       | FUH        | 2       | 2025-01-01   | true        | true      | closed  | followed up on day 20    | discharge 2025-03-08 (F209); followed up (HCPCS 99213, claim 2025-03-28)
      cal       | FUH        | 1       | 2025-01-01   | true        | false     | overdue | no follow-up by 2025-03-15 | discharge 2025-03-08 (F329)
      cal       | FUH        | 2       | 2025-01-01   | true        | false     | overdue | no follow-up by 2025-04-07 | discharge 2025-03-08 (F329)
      dan       | FUH        | 1       | 2025-01-01   | true        | false     | overdue | no follow-up by 2025-03-15 | discharge 2025-03-08 (F329)
      dan       | FUH        | 2       | 2025-01-01   | true        | false     | overdue | no follow-up by 2025-04-07 | discharge 2025-03-08 (F329)`,
    },
  'just inside: 6 years old, discharged on 1 December, seen on day 1, on day 7 and on day 30': {
    given: {
      'input.eligibility': insured(`
        person_id | birth_date
        abe       | 2019-03-08
        bob       | 1984-05-05
        cal       | 1984-05-05`),
      'input.medical_claim': claims(`
        abe | 2025-03-01 | 2025-03-08 | stay  | F329
        abe | 2025-03-09 | 2025-03-09 | 90834 | F329
        bob | 2025-11-24 | 2025-12-01 | stay  | F329
        bob | 2025-12-08 | 2025-12-08 | 90834 | F329
        cal | 2025-03-01 | 2025-03-08 | stay  | F329
        cal | 2025-04-07 | 2025-04-07 | 90834 | F329`),
    },
    variables: YEAR,
    expect: `
      person_id | rate_id | period_start | initial_population | numerator | reason
      abe       | 1       | 2025-01-01   | true               | true      | followed up on day 1  
      abe       | 2       | 2025-01-01   | true               | true      | followed up on day 1  
      bob       | 1       | 2025-01-01   | true               | true      | followed up on day 7  
      bob       | 2       | 2025-01-01   | true               | true      | followed up on day 7  
      cal       | 1       | 2025-01-01   | true               | false     | no follow-up by 2025-03-15
      cal       | 2       | 2025-01-01   | true               | true      | followed up on day 30  `,
  },
  'just outside: 5 years old, discharged on 2 December, seen on the day of discharge, on day 8 and on day 31; died in hospital, or in for another reason':
    {
      given: {
        'input.eligibility': insured(`
        person_id | birth_date
        abe       | 2019-03-09
        bob       | 1984-05-05
        cal       | 1984-05-05
        dan       | 1984-05-05
        eli       | 1984-05-05
        fil       | 1984-05-05
        gus       | 1984-05-05`),
        'input.medical_claim': claims(`
        abe | 2025-03-01 | 2025-03-08 | stay  | F329
        bob | 2025-11-24 | 2025-12-02 | stay  | F329
        cal | 2025-03-01 | 2025-03-08 | stay  | F329
        cal | 2025-03-08 | 2025-03-08 | 90834 | F329
        dan | 2025-03-01 | 2025-03-08 | stay  | F329
        dan | 2025-03-16 | 2025-03-16 | 90834 | F329
        eli | 2025-03-01 | 2025-03-08 | stay  | F329
        eli | 2025-04-08 | 2025-04-08 | 90834 | F329
        fil | 2025-03-01 | 2025-03-08 | stay  | F329 | 20
        gus | 2025-03-01 | 2025-03-08 | stay  | I5021`),
      },
      variables: YEAR,
      expect: `
      person_id | rate_id | period_start | initial_population | numerator | status       | reason
      bob       | 1       | 2025-01-01   | false              | false     | not eligible | after 1 December
      bob       | 2       | 2025-01-01   | false              | false     | not eligible | after 1 December
      cal       | 1       | 2025-01-01   | true               | false     | overdue      | no follow-up by 2025-03-15
      cal       | 2       | 2025-01-01   | true               | false     | overdue      | no follow-up by 2025-04-07
      dan       | 1       | 2025-01-01   | true               | false     | overdue      | no follow-up by 2025-03-15
      dan       | 2       | 2025-01-01   | true               | true      | closed       | followed up on day 8  
      eli       | 1       | 2025-01-01   | true               | false     | overdue      | no follow-up by 2025-03-15
      eli       | 2       | 2025-01-01   | true               | false     | overdue      | no follow-up by 2025-04-07`,
    },
  'of stays for mental illness within 30 days the last one counts': {
    given: {
      'input.eligibility': members('abe'),
      'input.medical_claim': claims(`
        abe | 2025-03-01 | 2025-03-08 | stay | F329
        abe | 2025-04-07 | 2025-04-10 | stay | F329`),
    },
    variables: YEAR,
    expect: `
      person_id | rate_id | evidence_date | initial_population | reason
      abe       | 1       | 2025-03-08    | false              | admitted for mental illness again within 30 days: that discharge counts
      abe       | 2       | 2025-03-08    | false              | admitted for mental illness again within 30 days: that discharge counts
      abe       | 1       | 2025-04-10    | true               | no follow-up by 2025-04-17
      abe       | 2       | 2025-04-10    | true               | no follow-up by 2025-05-10`,
  },
  'excluded: admitted within 30 days for another reason; not enrolled through day 30; died in the year; hospice': {
    given: {
      'input.eligibility': everyRow(
        { gender: 'male', birth_date: '1984-05-05', payer: 'medicaid', enrollment_start_date: '2025-01-01' },
        `
        person_id | enrollment_end_date | death_date
        abe       | 2025-12-31          |
        bob       | 2025-04-06          |
        cal       | 2025-12-31          | 2025-10-01
        dan       | 2025-12-31          |`,
      ),
      'input.medical_claim': claims(`
        abe | 2025-03-01 | 2025-03-08 | stay  | F329
        abe | 2025-04-07 | 2025-04-10 | stay  | I5021
        bob | 2025-03-01 | 2025-03-08 | stay  | F329
        cal | 2025-03-01 | 2025-03-08 | stay  | F329
        dan | 2025-03-01 | 2025-03-08 | stay  | F329
        dan | 2025-06-01 | 2025-06-01 | G0182 | C259`),
    },
    variables: YEAR,
    expect: `
      person_id | rate_id | denominator_exclusion | status   | reason
      abe       | 1       | true                  | excluded | admitted within 30 days
      abe       | 2       | true                  | excluded | admitted within 30 days
      bob       | 1       | true                  | excluded | not enrolled through day 30
      bob       | 2       | true                  | excluded | not enrolled through day 30
      cal       | 1       | true                  | excluded | died in the year
      cal       | 2       | true                  | excluded | died in the year
      dan       | 1       | true                  | excluded | hospice care
      dan       | 2       | true                  | excluded | hospice care`,
  },
  'a diagnosis of mental illness makes a follow-up from 2025 on; before, the specialist or a behavioral service': {
    given: {
      'input.eligibility': everyRow(
        { gender: 'male', birth_date: '1984-05-05', payer: 'medicaid', enrollment_start_date: '2024-01-01' },
        `
        person_id | enrollment_end_date
        abe       | 2025-12-31
        bob       | 2025-12-31
        cal       | 2025-12-31`,
      ),
      'input.medical_claim': claims(`
        abe | 2024-03-01 | 2024-03-08 | stay  | F329
        abe | 2024-03-12 | 2024-03-12 | 99213 | F329 | 08
        abe | 2025-03-01 | 2025-03-08 | stay  | F329
        abe | 2025-03-12 | 2025-03-12 | 99213 | F329 | 08
        bob | 2024-03-01 | 2024-03-08 | stay  | F329
        bob | 2024-03-12 | 2024-03-12 | 99213 | F329 | 26
        cal | 2024-03-01 | 2024-03-08 | stay  | F329
        cal | 2024-03-12 | 2024-03-12 | 90834 | F329`),
    },
    variables: YEAR,
    expect: `
      person_id | rate_id | period_start | numerator | reason
      abe       | 1       | 2024-01-01   | false     | no follow-up by 2024-03-15
      abe       | 2       | 2024-01-01   | false     | no follow-up by 2024-04-07
      abe       | 1       | 2025-01-01   | true      | followed up on day 4
      abe       | 2       | 2025-01-01   | true      | followed up on day 4
      bob       | 1       | 2024-01-01   | true      | followed up on day 4
      bob       | 2       | 2024-01-01   | true      | followed up on day 4
      cal       | 1       | 2024-01-01   | true      | followed up on day 4
      cal       | 2       | 2024-01-01   | true      | followed up on day 4`,
  },
} satisfies Cases;
