import { type Cases, everyRow } from '../../engine/cases.ts';

const YEAR = { data_through: '2025-12-31', period: '2025' };

/** People insured in 2025, 41 years old in May. */
const members = (...people: readonly string[]) =>
  everyRow(
    {
      gender: 'female',
      birth_date: '1984-05-05',
      payer: 'medicaid',
      enrollment_start_date: '2025-01-01',
      enrollment_end_date: '2025-12-31',
    },
    ['person_id', ...people].join('\n'),
  );

/** Lines of professional claims, by code: 99213 an office visit, 90662 an influenza vaccine, G0008 its administration. */
const services = (table: string) =>
  everyRow({ claim_line_number: '1', claim_type: 'professional', place_of_service_code: '11' }, table);

export default {
  'in numerator: vaccinated by claim or by the EHR, in the season that ended in the year and in the one that began in it; denominator only: not':
    {
      given: {
        'input.eligibility': members('ann', 'bea'),
        'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date
        1        | ann       | 99213      | 2025-03-01       | 2025-03-01
        2        | ann       | G0008      | 2025-01-10       | 2025-01-10
        3        | bea       | 99213      | 2025-08-01       | 2025-08-01`),
        'input.immunization': `
        immunization_id | person_id | occurrence_date | source_code_type | source_code | status
        1               | ann       | 2025-10-05      | cvx              | 140         | completed`,
      },
      variables: YEAR,
      expect: `
      subject_id | person_id | measure_id | rate_id | period_start | initial_population | denominator | numerator | status  | reason                                       | evidence_date | evidence                                             | due_date
      ann        | ann       | FLU        | 1       | 2025-01-01   | true               | true        | true      | closed  | vaccinated for the season                    | 2025-01-10    | influenza vaccination (HCPCS G0008, claim 2025-01-10) |
      ann        | ann       | FLU        | 2       | 2025-01-01   | true               | true        | true      | closed  | vaccinated for the season                    | 2025-10-05    | influenza vaccination (CVX 140, EHR 2025-10-05)       |
      bea        | bea       | FLU        | 1       | 2025-01-01   | true               | true        | false     | overdue | not vaccinated from 2024-07-01 to 2025-06-30 |               |                                                      | 2025-06-30
      bea        | bea       | FLU        | 2       | 2025-01-01   | true               | true        | false     | overdue | not vaccinated from 2025-07-01 to 2025-12-31 |              |                                                      | 2025-12-31`,
    },
  'just inside: 19 years old on the day of a visit; vaccinated on 1 July and on 30 June; seen on 1 January and on 31 December':
    {
      given: {
        'input.eligibility': everyRow(
          {
            gender: 'female',
            payer: 'medicaid',
            enrollment_start_date: '2025-01-01',
            enrollment_end_date: '2025-12-31',
          },
          `
        person_id | birth_date
        ann       | 2006-12-31
        bea       | 1984-05-05`,
        ),
        'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date
        1        | ann       | 99213      | 2025-12-31       | 2025-12-31
        2        | ann       | 90686      | 2025-06-30       | 2025-06-30
        3        | bea       | 99213      | 2025-01-01       | 2025-01-01
        4        | bea       | 90662      | 2024-07-01       | 2024-07-01`),
      },
      variables: YEAR,
      expect: `
      person_id | rate_id | period_start | initial_population | numerator | status
      ann       | 1       | 2025-01-01   | true               | true      | closed
      ann       | 2       | 2025-01-01   | true               | false     | overdue
      bea       | 1       | 2025-01-01   | true               | true      | closed
      bea       | 2       | 2025-01-01   | true               | false     | overdue
      bea       | 1       | 2024-01-01   | false              | false     | not eligible
      bea       | 2       | 2024-01-01   | false              | false     | not eligible`,
    },
  'just outside: 18 years old at the last visit; vaccinated on 30 June before and on 1 July; seen the year before': {
    given: {
      'input.eligibility': everyRow(
        { gender: 'female', payer: 'medicaid', enrollment_start_date: '2025-01-01', enrollment_end_date: '2025-12-31' },
        `
        person_id | birth_date
        ann       | 2006-12-31
        bea       | 1984-05-05
        cyn       | 1984-05-05
        dot       | 2007-01-01`,
      ),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date
        1        | ann       | 99213      | 2025-12-30       | 2025-12-30
        2        | bea       | 99213      | 2025-03-01       | 2025-03-01
        3        | bea       | 90662      | 2025-07-01       | 2025-07-01
        4        | bea       | 90662      | 2024-06-30       | 2024-06-30
        5        | cyn       | 99213      | 2026-01-01       | 2026-01-01
        6        | dot       | 99213      | 2025-12-31       | 2025-12-31`),
    },
    variables: { data_through: '2026-01-31', period: '2025' },
    expect: `
      person_id | rate_id | period_start | initial_population | numerator | status       | reason
      ann       | 1       | 2025-01-01   | false              | false     | not eligible | no visit from the age of 19 on
      ann       | 2       | 2025-01-01   | false              | false     | not eligible | no visit from the age of 19 on
      bea       | 1       | 2025-01-01   | true               | false     | overdue      | not vaccinated from 2024-07-01 to 2025-06-30
      bea       | 2       | 2025-01-01   | true               | true      | closed       | vaccinated for the season
      bea       | 1       | 2024-01-01   | false              | false     | not eligible | no visit in the year
      bea       | 2       | 2024-01-01   | false              | false     | not eligible | no visit in the year
      cyn       | 1       | 2025-01-01   | false              | false     | not eligible | no visit in the year
      cyn       | 2       | 2025-01-01   | false              | false     | not eligible | no visit in the year`,
  },
  'up to 2024 people count who are 6 months old on 1 January': {
    given: {
      'input.eligibility': everyRow(
        { gender: 'female', payer: 'medicaid', enrollment_start_date: '2024-01-01', enrollment_end_date: '2024-06-30' },
        `
        person_id | birth_date
        ann       | 2023-07-01
        bea       | 2023-07-02`,
      ),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date
        1        | ann       | 99213      | 2024-02-01       | 2024-02-01
        2        | bea       | 99213      | 2024-02-01       | 2024-02-01`),
    },
    variables: { data_through: '2024-06-30' },
    expect: `
      person_id | rate_id | period_start | initial_population | status
      ann       | 1       | 2024-01-01   | true               | overdue `,
  },
  'the season under way shows from 1 July on, open until its last 90 days': {
    given: {
      'input.eligibility': members('ann'),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date
        1        | ann       | 99213      | 2025-05-01       | 2025-05-01`),
    },
    variables: { data_through: '2025-07-01', period: '2025' },
    expect: `
      person_id | rate_id | period_start | initial_population | numerator | status
      ann       | 1       | 2025-01-01   | true               | false     | overdue
      ann       | 2       | 2025-01-01   | true               | false     | open`,
  },
  'excepted from 2025 on: a medical reason, not what was declined or has another reason; a vaccine given all the same counts':
    {
      given: {
        'input.eligibility': members('ann', 'bea', 'cyn', 'dot', 'eve'),
        'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date
        1        | ann       | 99213      | 2025-03-01       | 2025-03-01
        2        | bea       | 99213      | 2025-03-01       | 2025-03-01
        3        | bea       | G8483      | 2025-03-01       | 2025-03-01
        4        | cyn       | 99213      | 2025-03-01       | 2025-03-01
        5        | cyn       | 90662      | 2025-03-20       | 2025-03-20
        6        | dot       | 99213      | 2025-03-01       | 2025-03-01
        7        | dot       | M1169      | 2025-03-01       | 2025-03-01
        8        | eve       | 99213      | 2025-03-01       | 2025-03-01`),
        'input.immunization': `
        immunization_id | person_id | occurrence_date | source_code_type | source_code | status   | not_done_reason_code_type | not_done_reason_code
        1               | ann       | 2025-03-01      | cvx              | 140         | not done | act-reason                | PATOBJ
        2               | cyn       | 2025-03-01      | cvx              | 140         | not done | act-reason                | PATOBJ
        3               | eve       | 2025-03-01      | cvx              | 140         | not done | act-reason                | MEDPREC`,
      },
      variables: { data_through: '2025-06-30', period: '2025' },
      expect: `
      person_id | rate_id | period_start | denominator_exception | numerator | status   | reason                                       | evidence
      ann       | 1       | 2025-01-01   | false                 | false     | refused  | not vaccinated from 2024-07-01 to 2025-06-30 | not vaccinated (CVX 140, EHR 2025-03-01)
      bea       | 1       | 2025-01-01   | false                 | false     | overdue  | not vaccinated from 2024-07-01 to 2025-06-30 | not vaccinated (HCPCS G8483, claim 2025-03-01)
      cyn       | 1       | 2025-01-01   | false                 | true      | closed   | vaccinated for the season                    | influenza vaccination (HCPCS 90662, claim 2025-03-20)
      dot       | 1       | 2025-01-01   | true                  | false     | excepted | not given for a documented reason            | not vaccinated (HCPCS M1169, claim 2025-03-01)
      eve       | 1       | 2025-01-01   | true                  | false     | excepted | not given for a documented reason            | not vaccinated (CVX 140, EHR 2025-03-01)`,
    },
  'excepted up to 2024: declined, or not given for a documented reason; without a reason nobody is excepted': {
    given: {
      'input.eligibility': everyRow(
        {
          gender: 'female',
          birth_date: '1984-05-05',
          payer: 'medicaid',
          enrollment_start_date: '2024-01-01',
          enrollment_end_date: '2024-12-31',
        },
        `
        person_id
        ann
        bea
        dot`,
      ),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date
        1        | ann       | 99213      | 2024-03-01       | 2024-03-01
        2        | bea       | 99213      | 2024-03-01       | 2024-03-01
        3        | bea       | G8483      | 2024-03-01       | 2024-03-01
        4        | dot       | 99213      | 2024-03-01       | 2024-03-01`),
      'input.immunization': `
        immunization_id | person_id | occurrence_date | source_code_type | source_code | status   | not_done_reason_code_type | not_done_reason_code
        1               | ann       | 2024-03-01      | cvx              | 140         | not done | act-reason                | PATOBJ
        3               | dot       | 2024-03-01      | cvx              | 140         | not done |                           |`,
    },
    variables: { data_through: '2024-06-30' },
    expect: `
      person_id | rate_id | period_start | denominator_exception | numerator | status   | reason                                       | evidence
      ann       | 1       | 2024-01-01   | true                  | false     | refused  | declined                                     | not vaccinated (CVX 140, EHR 2024-03-01)
      bea       | 1       | 2024-01-01   | true                  | false     | excepted | not given for a documented reason            | not vaccinated (HCPCS G8483, claim 2024-03-01)
      dot       | 1       | 2024-01-01   | false                 | false     | overdue  | not vaccinated from 2023-07-01 to 2024-06-30 |`,
  },
  'excluded: hospice in the year, though vaccinated': {
    given: {
      'input.eligibility': members('ann'),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date
        1        | ann       | 99213      | 2025-03-01       | 2025-03-01
        2        | ann       | 90662      | 2025-03-01       | 2025-03-01
        3        | ann       | G0182      | 2025-06-01       | 2025-06-01`),
    },
    variables: { data_through: '2025-06-30', period: '2025' },
    expect: `
      person_id | rate_id | denominator_exclusion | numerator | status   | evidence
      ann       | 1       | true                  | false     | excluded | hospice care (HCPCS G0182, claim 2025-06-01)`,
  },
} satisfies Cases;
