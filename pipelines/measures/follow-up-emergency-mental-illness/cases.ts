import { type Cases, everyRow } from '../../engine/cases.ts';

const insured = (table: string) =>
  everyRow(
    { gender: 'male', payer: 'medicaid', enrollment_start_date: '2025-01-01', enrollment_end_date: '2025-12-31' },
    table,
  );

const YEAR = { data_through: '2025-12-31', period: '2025' };

/** People insured in 2025, 41 years old in May. */
const members = (...people: readonly string[]) =>
  insured(everyRow({ birth_date: '1984-05-05' }, ['person_id', ...people].join('\n')));

/** Claims of one line: 99283 an emergency visit, 99213 an office visit, 90834 psychotherapy; F329 depression. */
const services = (table: string) =>
  everyRow(
    { claim_line_number: '1', claim_type: 'professional' },
    table
      .trim()
      .split('\n')
      .map((line, at) => {
        const cells = line.split('|').map((cell) => cell.trim());
        const place = cells[2]?.startsWith('9928') ? '23' : '11';
        return at === 0
          ? `claim_id | ${line} | claim_end_date | place_of_service_code`
          : `${at} | ${line} | ${cells[1]} | ${place}`;
      })
      .join('\n'),
  );

export default {
  'in numerator: a visit for mental illness within 7 days, within 30 days; denominator only: none, or for another reason':
    {
      given: {
        'input.eligibility': members('abe', 'bob', 'cal', 'dan'),
        'input.medical_claim': services(`person_id | claim_start_date | hcpcs_code | diagnosis_code_1 | diagnosis_code_2
        abe | 2025-03-01 | 99283 | F329  |
        abe | 2025-03-05 | 99213 | I10   | F329
        bob | 2025-03-01 | 99283 | F209  |
        bob | 2025-03-20 | 90834 | F209  |
        cal | 2025-03-01 | 99283 | F329  |
        dan | 2025-03-01 | 99283 | F329  |
        dan | 2025-03-05 | 99213 | I10   |`),
      },
      variables: YEAR,
      expect: `
      person_id | measure_id | rate_id | period_start | initial_population | denominator | numerator | status  | reason                     | evidence_date | evidence
      abe       | FUM        | 1       | 2025-01-01   | true               | true        | true      | closed  | followed up on day 4     | 2025-03-05    | emergency visit 2025-03-01 (F329); followed up (HCPCS 99213, claim 2025-03-05)
      abe       | FUM        | 2       | 2025-01-01   | true               | true        | true      | closed  | followed up on day 4     | 2025-03-05    | emergency visit 2025-03-01 (F329); followed up (HCPCS 99213, claim 2025-03-05)
      bob       | FUM        | 1       | 2025-01-01   | true               | true        | false     | overdue | no follow-up by 2025-03-08 | 2025-03-01    | emergency visit 2025-03-01 (F209)
      bob       | FUM        | 2       | 2025-01-01   | true               | true        | true      | closed  | followed up on day 19    | 2025-03-20    | emergency visit 2025-03-01 (F209); followed up (HCPCS 90834, claim 2025-03-20)
      cal       | FUM        | 1       | 2025-01-01   | true               | true        | false     | overdue | no follow-up by 2025-03-08 | 2025-03-01    | emergency visit 2025-03-01 (F329)
      cal       | FUM        | 2       | 2025-01-01   | true               | true        | false     | overdue | no follow-up by 2025-03-31 | 2025-03-01    | emergency visit 2025-03-01 (F329)
      dan       | FUM        | 1       | 2025-01-01   | true               | true        | false     | overdue | no follow-up by 2025-03-08 | 2025-03-01    | emergency visit 2025-03-01 (F329)
      dan       | FUM        | 2       | 2025-01-01   | true               | true        | false     | overdue | no follow-up by 2025-03-31 | 2025-03-01    | emergency visit 2025-03-01 (F329)`,
    },
  'just inside: 6 years old, on 1 December, a visit on the same day, on day 7 and on day 30': {
    given: {
      'input.eligibility': insured(`
        person_id | birth_date
        abe       | 2019-03-01
        bob       | 1984-05-05
        cal       | 1984-05-05`),
      'input.medical_claim': services(`person_id | claim_start_date | hcpcs_code | diagnosis_code_1
        abe | 2025-03-01 | 99283 | F329
        abe | 2025-03-01 | 90834 | F329
        bob | 2025-12-01 | 99283 | T1491XA
        bob | 2025-12-08 | 90834 | F329
        cal | 2025-03-01 | 99283 | F329
        cal | 2025-03-31 | 90834 | F329`),
    },
    variables: YEAR,
    expect: `
      person_id | rate_id | period_start | initial_population | numerator | status
      abe       | 1       | 2025-01-01   | true               | true      | closed
      abe       | 2       | 2025-01-01   | true               | true      | closed
      bob       | 1       | 2025-01-01   | true               | true      | closed
      bob       | 2       | 2025-01-01   | true               | true      | closed
      cal       | 1       | 2025-01-01   | true               | false     | overdue
      cal       | 2       | 2025-01-01   | true               | true      | closed`,
  },
  'just outside: 5 years old, on 2 December, a visit on day 8 and on day 31; dementia and alcohol are no mental illness here':
    {
      given: {
        'input.eligibility': insured(`
        person_id | birth_date
        abe       | 2019-03-02
        bob       | 1984-05-05
        cal       | 1984-05-05
        dan       | 1984-05-05
        eli       | 1984-05-05
        fil       | 1984-05-05`),
        'input.medical_claim': services(`person_id | claim_start_date | hcpcs_code | diagnosis_code_1
        abe | 2025-03-01 | 99283 | F329
        bob | 2025-12-02 | 99283 | F329
        cal | 2025-03-01 | 99283 | F329
        cal | 2025-03-09 | 90834 | F329
        dan | 2025-03-01 | 99283 | F329
        dan | 2025-04-01 | 90834 | F329
        eli | 2025-03-01 | 99283 | F0390
        fil | 2025-03-01 | 99283 | F1020`),
      },
      variables: YEAR,
      expect: `
      person_id | rate_id | period_start | initial_population | numerator | status       | reason
      bob       | 1       | 2025-01-01   | false              | false     | not eligible | after 1 December
      bob       | 2       | 2025-01-01   | false              | false     | not eligible | after 1 December
      cal       | 1       | 2025-01-01   | true               | false     | overdue      | no follow-up by 2025-03-08
      cal       | 2       | 2025-01-01   | true               | true      | closed       | followed up on day 8  
      dan       | 1       | 2025-01-01   | true               | false     | overdue      | no follow-up by 2025-03-08
      dan       | 2       | 2025-01-01   | true               | false     | overdue      | no follow-up by 2025-03-31`,
    },
  'of emergency visits within 31 days the first one counts, then the next after them': {
    given: {
      'input.eligibility': members('abe'),
      'input.medical_claim': services(`person_id | claim_start_date | hcpcs_code | diagnosis_code_1
        abe | 2025-03-01 | 99283 | F329
        abe | 2025-03-20 | 99283 | F329
        abe | 2025-03-31 | 99283 | F329
        abe | 2025-04-01 | 99283 | F329`),
    },
    variables: YEAR,
    expect: `
      person_id | rate_id | evidence_date | initial_population | reason
      abe       | 1       | 2025-03-01    | true               | no follow-up by 2025-03-08
      abe       | 2       | 2025-03-01    | true               | no follow-up by 2025-03-31
      abe       | 1       | 2025-03-20    | false              | within 30 days of an emergency visit that counts
      abe       | 2       | 2025-03-20    | false              | within 30 days of an emergency visit that counts
      abe       | 1       | 2025-03-31    | false              | within 30 days of an emergency visit that counts
      abe       | 2       | 2025-03-31    | false              | within 30 days of an emergency visit that counts
      abe       | 1       | 2025-04-01    | true               | no follow-up by 2025-04-08
      abe       | 2       | 2025-04-01    | true               | no follow-up by 2025-05-01`,
  },
  'excluded: admitted within 30 days; not enrolled through day 30; died in the year; hospice': {
    given: {
      'input.eligibility': everyRow(
        { gender: 'male', birth_date: '1984-05-05', payer: 'medicaid', enrollment_start_date: '2025-01-01' },
        `
        person_id | enrollment_end_date | death_date
        abe       | 2025-12-31          |
        bob       | 2025-12-31          |
        cal       | 2025-03-30          |
        dan       | 2025-12-31          | 2025-10-01
        eli       | 2025-12-31          |`,
      ),
      'input.medical_claim': `${services(`person_id | claim_start_date | hcpcs_code | diagnosis_code_1
        abe | 2025-03-01 | 99283 | F329
        bob | 2025-03-01 | 99283 | F329
        cal | 2025-03-01 | 99283 | F329
        dan | 2025-03-01 | 99283 | F329
        eli | 2025-03-01 | 99283 | F329
        eli | 2025-06-01 | G0182 | C259`)}`,
      'input.encounter': `
        encounter_id | person_id | encounter_type  | encounter_start_date | encounter_end_date | discharge_disposition_code
        1            | abe       | acute inpatient | 2025-03-31           | 2025-04-03         | 01
        2            | bob       | acute inpatient | 2025-04-01           | 2025-04-03         | 01`,
    },
    variables: YEAR,
    expect: `
      person_id | rate_id | denominator_exclusion | status   | reason
      abe       | 1       | true                  | excluded | admitted within 30 days
      abe       | 2       | true                  | excluded | admitted within 30 days
      bob       | 1       | false                 | overdue  | no follow-up by 2025-03-08
      bob       | 2       | false                 | overdue  | no follow-up by 2025-03-31
      cal       | 1       | true                  | excluded | not enrolled through day 30
      cal       | 2       | true                  | excluded | not enrolled through day 30
      dan       | 1       | true                  | excluded | died in the year
      dan       | 2       | true                  | excluded | died in the year
      eli       | 1       | true                  | excluded | hospice care
      eli       | 2       | true                  | excluded | hospice care`,
  },
  'self-harm counts in any place, and any diagnosis of a follow-up, from 2025 on; before, the principal one': {
    given: {
      'input.eligibility': everyRow(
        { enrollment_end_date: '2025-12-31', gender: 'male', payer: 'medicaid' },
        `
        person_id | birth_date | enrollment_start_date
        abe       | 1984-05-05 | 2024-01-01
        bob       | 1984-05-05 | 2024-01-01`,
      ),
      'input.medical_claim': services(`person_id | claim_start_date | hcpcs_code | diagnosis_code_1 | diagnosis_code_2
        abe | 2024-03-01 | 99283 | S61512A | T1491XA
        abe | 2025-03-01 | 99283 | S61512A | T1491XA
        bob | 2024-03-01 | 99283 | F329    |
        bob | 2024-03-05 | 99213 | I10     | F329
        bob | 2025-03-01 | 99283 | F329    |
        bob | 2025-03-05 | 99213 | I10     | F329`),
    },
    variables: YEAR,
    expect: `
      person_id | rate_id | period_start | initial_population | numerator | reason
      abe       | 1       | 2025-01-01   | true               | false     | no follow-up by 2025-03-08
      abe       | 2       | 2025-01-01   | true               | false     | no follow-up by 2025-03-31
      bob       | 1       | 2024-01-01   | true               | false     | no follow-up by 2024-03-08
      bob       | 2       | 2024-01-01   | true               | false     | no follow-up by 2024-03-31
      bob       | 1       | 2025-01-01   | true               | true      | followed up on day 4
      bob       | 2       | 2025-01-01   | true               | true      | followed up on day 4`,
  },
  'due soon while the days run; a visit of the EHR closes the gap': {
    given: {
      'input.eligibility': members('abe', 'bob'),
      'input.medical_claim': services(`person_id | claim_start_date | hcpcs_code | diagnosis_code_1
        abe | 2025-03-01 | 99283 | F329
        bob | 2025-03-01 | 99283 | F329`),
      'input.encounter': `
        encounter_id | person_id | encounter_type | encounter_start_date | encounter_end_date
        1            | bob       | telehealth     | 2025-03-04           | 2025-03-04`,
      'input.condition': `
        condition_id | person_id | encounter_id | onset_date | status | condition_type      | source_code_type | source_code
        1            | bob       | 1            | 2020-03-01 | active | encounter-diagnosis | icd-10-cm        | F329`,
    },
    variables: { data_through: '2025-03-10', period: '2025' },
    expect: `
      person_id | rate_id | numerator | status   | evidence
      abe       | 1       | false     | overdue  | emergency visit 2025-03-01 (F329)
      abe       | 2       | false     | due soon | emergency visit 2025-03-01 (F329)
      bob       | 1       | true      | closed   | emergency visit 2025-03-01 (F329); followed up (telehealth, EHR 2025-03-04)
      bob       | 2       | true      | closed   | emergency visit 2025-03-01 (F329); followed up (telehealth, EHR 2025-03-04)`,
  },
} satisfies Cases;
