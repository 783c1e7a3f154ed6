import { type Cases, everyRow } from '../../engine/cases.ts';

const insured = (table: string) =>
  everyRow(
    { gender: 'male', payer: 'medicaid', enrollment_start_date: '2024-01-01', enrollment_end_date: '2024-12-31' },
    table,
  );

/** People insured in 2024, 40 years old in May. */
const members = (...people: readonly string[]) =>
  insured(everyRow({ birth_date: '1984-05-05' }, ['person_id', ...people].join('\n')));

/** Claims of one line: 99283 an emergency visit, 99213 an office visit, H0020 methadone given; F1120 opioid dependence, T401X1A heroin overdose. */
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
  'in numerator: a visit for substance use within 7 days, a medicine within 30 days; denominator only: none, or a visit for another reason':
    {
      given: {
        'input.eligibility': members('abe', 'bob', 'cal', 'dan'),
        'input.medical_claim': services(`person_id | claim_start_date | hcpcs_code | diagnosis_code_1 | diagnosis_code_2
        abe | 2024-03-01 | 99283 | F1120   |
        abe | 2024-03-05 | 99213 | I10     | F1120
        bob | 2024-03-01 | 99283 | R4020   | T401X1A
        cal | 2024-03-01 | 99283 | F1020   |
        dan | 2024-03-01 | 99283 | F1020   |
        dan | 2024-03-05 | 99213 | F329    |`),
        'input.medication': `
        medication_id | person_id | prescribing_date | days_supply | rxnorm_code
        1             | bob       | 2024-03-20       | 14          | 1010600`,
      },
      expect: `
      person_id | measure_id | rate_id | period_start | denominator | numerator | status  | reason                     | evidence
      abe       | FUA        | 1       | 2024-01-01   | true        | true      | closed  | followed up on day 4     | emergency visit 2024-03-01 (F1120); followed up (HCPCS 99213, claim 2024-03-05)
      abe       | FUA        | 2       | 2024-01-01   | true        | true      | closed  | followed up on day 4     | emergency visit 2024-03-01 (F1120); followed up (HCPCS 99213, claim 2024-03-05)
      bob       | FUA        | 1       | 2024-01-01   | true        | false     | overdue | no follow-up by 2024-03-08 | emergency visit 2024-03-01 (R4020)
      bob       | FUA        | 2       | 2024-01-01   | true        | true      | closed  | followed up on day 19    | emergency visit 2024-03-01 (R4020); followed up (RXNORM 1010600, EHR 2024-03-20)
      cal       | FUA        | 1       | 2024-01-01   | true        | false     | overdue | no follow-up by 2024-03-08 | emergency visit 2024-03-01 (F1020)
      cal       | FUA        | 2       | 2024-01-01   | true        | false     | overdue | no follow-up by 2024-03-31 | emergency visit 2024-03-01 (F1020)
      dan       | FUA        | 1       | 2024-01-01   | true        | false     | overdue | no follow-up by 2024-03-08 | emergency visit 2024-03-01 (F1020)
      dan       | FUA        | 2       | 2024-01-01   | true        | false     | overdue | no follow-up by 2024-03-31 | emergency visit 2024-03-01 (F1020)`,
    },
  'just inside: 13 years old, on 1 December, followed up on the same day and on day 7': {
    given: {
      'input.eligibility': insured(`
        person_id | birth_date
        abe       | 2011-03-01
        bob       | 1984-05-05`),
      'input.medical_claim': services(`person_id | claim_start_date | hcpcs_code | diagnosis_code_1
        abe | 2024-03-01 | 99283 | F1120
        abe | 2024-03-01 | H0020 | F1120
        bob | 2024-12-01 | 99283 | F1120
        bob | 2024-12-08 | H0020 | F1120`),
    },
    expect: `
      person_id | rate_id | period_start | initial_population | numerator | reason
      abe       | 1       | 2024-01-01   | true               | true      | followed up on day 0  
      abe       | 2       | 2024-01-01   | true               | true      | followed up on day 0  
      bob       | 1       | 2024-01-01   | true               | true      | followed up on day 7  
      bob       | 2       | 2024-01-01   | true               | true      | followed up on day 7  `,
  },
  'just outside: 12 years old, on 2 December, followed up on day 8 and on day 31; an overdose on purpose, or not the principal disorder, is not asked for':
    {
      given: {
        'input.eligibility': insured(`
        person_id | birth_date
        abe       | 2011-03-02
        bob       | 1984-05-05
        cal       | 1984-05-05
        dan       | 1984-05-05
        eli       | 1984-05-05
        fil       | 1984-05-05`),
        'input.medical_claim': services(`person_id | claim_start_date | hcpcs_code | diagnosis_code_1 | diagnosis_code_2
        abe | 2024-03-01 | 99283 | F1120   |
        bob | 2024-12-02 | 99283 | F1120   |
        cal | 2024-03-01 | 99283 | F1120   |
        cal | 2024-03-09 | H0020 | F1120   |
        dan | 2024-03-01 | 99283 | F1120   |
        dan | 2024-04-01 | H0020 | F1120   |
        eli | 2024-03-01 | 99283 | T401X2A |
        fil | 2024-03-01 | 99283 | S0101XA | F1020`),
      },
      expect: `
      person_id | rate_id | period_start | initial_population | numerator | status       | reason
      bob       | 1       | 2024-01-01   | false              | false     | not eligible | after 1 December
      bob       | 2       | 2024-01-01   | false              | false     | not eligible | after 1 December
      cal       | 1       | 2024-01-01   | true               | false     | overdue      | no follow-up by 2024-03-08
      cal       | 2       | 2024-01-01   | true               | true      | closed       | followed up on day 8  
      dan       | 1       | 2024-01-01   | true               | false     | overdue      | no follow-up by 2024-03-08
      dan       | 2       | 2024-01-01   | true               | false     | overdue      | no follow-up by 2024-03-31`,
    },
  'in numerator too: a mental health specialist for any reason, and a screening for substance use': {
    given: {
      'input.eligibility': members('abe', 'bob', 'cal'),
      'input.medical_claim':
        services(`person_id | claim_start_date | hcpcs_code | diagnosis_code_1 | rendering_specialty_code
        abe | 2024-03-01 | 99283 | F1120 |
        abe | 2024-03-05 | 99213 | F329  | 26
        bob | 2024-03-01 | 99283 | F1120 |
        bob | 2024-03-05 | G0396 | Z0000 |
        cal | 2024-03-01 | 99283 | F1120 |
        cal | 2024-03-05 | 99213 | F329  | 08`),
    },
    expect: `
      person_id | rate_id | period_start | numerator | reason
      abe       | 1       | 2024-01-01   | true      | followed up on day 4
      abe       | 2       | 2024-01-01   | true      | followed up on day 4
      bob       | 1       | 2024-01-01   | true      | followed up on day 4
      bob       | 2       | 2024-01-01   | true      | followed up on day 4
      cal       | 1       | 2024-01-01   | false     | no follow-up by 2024-03-08
      cal       | 2       | 2024-01-01   | false     | no follow-up by 2024-03-31`,
  },
  'a visit that is left out does not stand for the next one': {
    given: {
      'input.eligibility': members('abe'),
      'input.medical_claim': services(`person_id | claim_start_date | hcpcs_code | diagnosis_code_1
        abe | 2024-03-01 | 99283 | F1120
        abe | 2024-03-25 | 99283 | F1120`),
      'input.encounter': `
        encounter_id | person_id | encounter_type  | encounter_start_date | encounter_end_date | discharge_disposition_code
        1            | abe       | acute inpatient | 2024-03-10           | 2024-03-12         | 01`,
    },
    expect: `
      person_id | rate_id | evidence_date | initial_population | denominator_exclusion | reason
      abe       | 1       | 2024-03-01    | true               | true                  | admitted within 30 days
      abe       | 2       | 2024-03-01    | true               | true                  | admitted within 30 days
      abe       | 1       | 2024-03-25    | true               | false                 | no follow-up by 2024-04-01
      abe       | 2       | 2024-03-25    | true               | false                 | no follow-up by 2024-04-24`,
  },
  'excluded: admitted within 30 days; not enrolled through day 30; died in the year; hospice': {
    given: {
      'input.eligibility': everyRow(
        { gender: 'male', birth_date: '1984-05-05', payer: 'medicaid', enrollment_start_date: '2024-01-01' },
        `
        person_id | enrollment_end_date | death_date
        abe       | 2024-12-31          |
        bob       | 2024-03-31          |
        cal       | 2024-03-30          |
        dan       | 2024-12-31          | 2024-10-01
        eli       | 2024-12-31          |`,
      ),
      'input.medical_claim': services(`person_id | claim_start_date | hcpcs_code | diagnosis_code_1
        abe | 2024-03-01 | 99283 | F1120
        bob | 2024-03-01 | 99283 | F1120
        cal | 2024-03-01 | 99283 | F1120
        dan | 2024-03-01 | 99283 | F1120
        eli | 2024-03-01 | 99283 | F1120
        eli | 2024-06-01 | G0182 | C259`),
      'input.encounter': `
        encounter_id | person_id | encounter_type  | encounter_start_date | encounter_end_date | discharge_disposition_code
        1            | abe       | acute inpatient | 2024-03-31           | 2024-04-03         | 01`,
    },
    expect: `
      person_id | rate_id | denominator_exclusion | status   | reason
      abe       | 1       | true                  | excluded | admitted within 30 days
      abe       | 2       | true                  | excluded | admitted within 30 days
      bob       | 1       | false                 | overdue  | no follow-up by 2024-03-08
      bob       | 2       | false                 | overdue  | no follow-up by 2024-03-31
      cal       | 1       | true                  | excluded | not enrolled through day 30
      cal       | 2       | true                  | excluded | not enrolled through day 30
      dan       | 1       | true                  | excluded | died in the year
      dan       | 2       | true                  | excluded | died in the year
      eli       | 1       | true                  | excluded | hospice care
      eli       | 2       | true                  | excluded | hospice care`,
  },
} satisfies Cases;
