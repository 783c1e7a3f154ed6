import { type Cases, everyRow } from '../../engine/cases.ts';

/** People in Medicare in 2024, 70 years old in May. */
const members = (...people: readonly string[]) =>
  everyRow(
    {
      gender: 'female',
      birth_date: '1954-05-05',
      payer: 'medicare',
      enrollment_start_date: '2024-01-01',
      enrollment_end_date: '2024-12-31',
    },
    ['person_id', ...people].join('\n'),
  );

/** Lines of professional claims, by code: 99213 an office visit, 1101F a screening for falls. */
const services = (table: string) =>
  everyRow({ claim_line_number: '1', claim_type: 'professional', place_of_service_code: '11' }, table);

export default {
  'in numerator: screened in the year, by a claim or by an assessment of the EHR; denominator only: not screened': {
    given: {
      'input.eligibility': members('ann', 'bea', 'cyn'),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date
        1        | ann       | 99213      | 2024-03-01       | 2024-03-01
        2        | ann       | 1101F      | 2024-03-01       | 2024-03-01
        3        | bea       | 99213      | 2024-03-01       | 2024-03-01
        4        | cyn       | 99213      | 2024-03-01       | 2024-03-01`),
      'input.observation': `
        observation_id | person_id | observation_date | source_code_type | source_code | result
        1              | bea       | 2024-05-03       | loinc            | 73830-2     | no falls`,
    },
    expect: `
      subject_id | person_id | measure_id | rate_id | period_start | period_end | initial_population | denominator | denominator_exclusion | denominator_exception | numerator | status  | reason                                | evidence_date | evidence                                            | due_date
      ann        | ann       | CMS139     | 1       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | true      | closed  | screened for fall risk in the year    | 2024-03-01    | fall risk screening (HCPCS 1101F, claim 2024-03-01) |
      bea        | bea       | CMS139     | 1       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | true      | closed  | screened for fall risk in the year    | 2024-05-03    | fall risk screening (LOINC 73830-2, EHR 2024-05-03) |
      cyn        | cyn       | CMS139     | 1       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | false     | overdue | no screening for fall risk in the year |               |                                                     | 2024-12-31`,
  },
  'just inside: 65 on 1 January; screened on the first or the last day of the year': {
    given: {
      'input.eligibility': everyRow(
        { gender: 'male', payer: 'medicare', enrollment_start_date: '2024-01-01', enrollment_end_date: '2024-12-31' },
        `
        person_id | birth_date
        abe       | 1959-01-01
        bob       | 1959-01-01`,
      ),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date
        1        | abe       | 99213      | 2024-01-01       | 2024-01-01
        2        | abe       | 3288F      | 2024-01-01       | 2024-01-01
        3        | bob       | 99213      | 2024-12-31       | 2024-12-31
        4        | bob       | 3288F      | 2024-12-31       | 2024-12-31`),
    },
    expect: `
      person_id | period_start | initial_population | numerator | status
      abe       | 2024-01-01   | true               | true      | closed
      bob       | 2024-01-01   | true               | true      | closed`,
  },
  'just outside: 65 on 2 January; screened on 31 December before the year': {
    given: {
      'input.eligibility': everyRow(
        { gender: 'male', payer: 'medicare', enrollment_start_date: '2024-01-01', enrollment_end_date: '2024-12-31' },
        `
        person_id | birth_date
        abe       | 1959-01-02
        bob       | 1959-01-01`,
      ),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date
        1        | abe       | 99213      | 2024-03-01       | 2024-03-01
        2        | bob       | 99213      | 2024-03-01       | 2024-03-01
        3        | bob       | 3288F      | 2023-12-31       | 2023-12-31`),
    },
    expect: `
      person_id | period_start | initial_population | numerator | status
      bob       | 2024-01-01   | true               | false     | overdue`,
  },
  'a screening that was not done, and says so, closes nothing; without a visit nobody is asked for': {
    given: {
      'input.eligibility': members('ann', 'bea', 'cyn'),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | hcpcs_modifier_1 | claim_start_date | claim_end_date
        1        | ann       | 99213      |                  | 2024-03-01       | 2024-03-01
        2        | ann       | 3288F      | 8P               | 2024-03-01       | 2024-03-01
        3        | bea       | 3288F      |                  | 2024-03-01       | 2024-03-01
        4        | cyn       | 97161      |                  | 2024-03-01       | 2024-03-01`),
    },
    expect: `
      person_id | period_start | initial_population | numerator | status       | reason                                 | evidence
      ann       | 2024-01-01   | true               | false     | overdue      | no screening for fall risk in the year |
      bea       | 2024-01-01   | false              | false     | not eligible | no visit in the year                   |
      cyn       | 2024-01-01   | true               | false     | overdue      | no screening for fall risk in the year |`,
  },
  'excluded: hospice in the year, though the person was screened': {
    given: {
      'input.eligibility': members('ann'),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date
        1        | ann       | 99213      | 2024-03-01       | 2024-03-01
        2        | ann       | 1101F      | 2024-03-01       | 2024-03-01
        3        | ann       | G0182      | 2024-06-01       | 2024-06-01`),
    },
    expect: `
      person_id | period_start | denominator | denominator_exclusion | numerator | status   | reason       | evidence
      ann       | 2024-01-01   | true        | true                  | false     | excluded | hospice care | hospice care (HCPCS G0182, claim 2024-06-01)`,
  },
} satisfies Cases;
