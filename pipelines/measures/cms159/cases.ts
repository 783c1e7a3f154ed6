import { type Cases, everyRow } from '../../engine/cases.ts';

/** People insured in 2023 and 2024, 64 years old. */
const members = (...people: readonly string[]) =>
  everyRow(
    {
      gender: 'female',
      birth_date: '1960-05-05',
      payer: 'medicare',
      enrollment_start_date: '2023-01-01',
      enrollment_end_date: '2024-12-31',
    },
    ['person_id', ...people].join('\n'),
  );

/** Lines of professional claims in an office: 99213 is an office visit, F321 moderate depression. */
const services = (table: string) =>
  everyRow({ claim_line_number: '1', claim_type: 'professional', place_of_service_code: '11' }, table);

/** A depression visit on 10 March 2023. */
const visit = (...people: readonly string[]) =>
  services(
    everyRow(
      { hcpcs_code: '99213', diagnosis_code_1: 'F321', claim_start_date: '2023-03-10', claim_end_date: '2023-03-10' },
      ['claim_id | person_id', ...people.map((person, at) => `${at + 1} | ${person}`)].join('\n'),
    ),
  );

/** PHQ-9 scores. */
const scores = (table: string) => everyRow({ source_code_type: 'loinc', source_code: '44261-6' }, table);

export default {
  'in numerator: below 5 a year later; denominator only: not below 5, or not asked': {
    given: {
      'input.eligibility': members('ann', 'bea', 'cyn'),
      'input.medical_claim': visit('ann', 'bea', 'cyn'),
      'input.observation': scores(`
        observation_id | person_id | observation_date | result
        1              | ann       | 2023-03-10       | 15
        2              | ann       | 2024-03-01       | 4
        3              | bea       | 2023-03-10       | 15
        4              | bea       | 2024-03-01       | 5
        5              | cyn       | 2023-03-10       | 15`),
    },
    expect: `
      subject_id | person_id | measure_id | rate_id | period_start | period_end | initial_population | denominator | denominator_exclusion | denominator_exception | numerator | status  | reason                                        | evidence_date | evidence                                                                                      | due_date
      ann        | ann       | CMS159     | 1       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | true      | closed  | last PHQ-9 twelve months after below 5        | 2024-03-01    | index PHQ-9 15 (LOINC 44261-6, EHR 2023-03-10), then PHQ-9 4 (LOINC 44261-6, EHR 2024-03-01) |
      bea        | bea       | CMS159     | 1       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | false     | overdue | last PHQ-9 twelve months after not below 5    | 2024-03-01    | index PHQ-9 15 (LOINC 44261-6, EHR 2023-03-10), then PHQ-9 5 (LOINC 44261-6, EHR 2024-03-01) | 2024-05-09
      cyn        | cyn       | CMS159     | 1       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | false     | overdue | no PHQ-9 between 2024-01-10 and 2024-05-09    | 2023-03-10    | index PHQ-9 15 (LOINC 44261-6, EHR 2023-03-10)                                                | 2024-05-09`,
  },
  'just inside: the score within 60 days of the day twelve months after the index, on either side': {
    given: {
      'input.eligibility': members('ann', 'bea'),
      'input.medical_claim': visit('ann', 'bea'),
      'input.observation': scores(`
        observation_id | person_id | observation_date | result
        1              | ann       | 2023-03-10       | 10
        2              | ann       | 2024-01-10       | 4
        3              | bea       | 2023-03-10       | 10
        4              | bea       | 2024-05-09       | 0`),
    },
    expect: `
      person_id | period_start | denominator | numerator
      ann       | 2024-01-01   | true        | true
      bea       | 2024-01-01   | true        | true`,
  },
  'just outside: the score 61 days before or after; the last score decides, and needs a number': {
    given: {
      'input.eligibility': members('ann', 'bea', 'cyn', 'dot'),
      'input.medical_claim': visit('ann', 'bea', 'cyn', 'dot'),
      'input.observation': scores(`
        observation_id | person_id | observation_date | result
        1              | ann       | 2023-03-10       | 10
        2              | ann       | 2024-01-09       | 4
        3              | bea       | 2023-03-10       | 10
        4              | bea       | 2024-05-10       | 0
        5              | cyn       | 2023-03-10       | 10
        6              | cyn       | 2024-03-10       | 3
        7              | cyn       | 2024-04-10       | 12
        8              | dot       | 2023-03-10       | 10
        9              | dot       | 2024-03-10       | refused`),
    },
    expect: `
      person_id | period_start | denominator | numerator | reason
      ann       | 2024-01-01   | true        | false     | no PHQ-9 between 2024-01-10 and 2024-05-09
      bea       | 2024-01-01   | true        | false     | no PHQ-9 between 2024-01-10 and 2024-05-09
      cyn       | 2024-01-01   | true        | false     | last PHQ-9 twelve months after not below 5
      dot       | 2024-01-01   | true        | false     | last PHQ-9 twelve months after not below 5`,
  },
  'the index: above 9, at most 7 days before a depression visit to its last day, the first of several': {
    given: {
      'input.eligibility': members('ann', 'bea', 'cyn', 'dot', 'eve'),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | diagnosis_code_1 | claim_start_date | claim_end_date
        1        | ann       | 99213      | F321             | 2023-03-10       | 2023-03-10
        2        | ann       | 99213      | F321             | 2023-06-10       | 2023-06-10
        3        | bea       | 99213      | F321             | 2023-03-10       | 2023-03-10
        4        | cyn       | 99213      | F321             | 2023-03-10       | 2023-03-10
        5        | dot       | 99213      | I10              | 2023-03-10       | 2023-03-10
        6        | dot       | 99213      | F341             | 2023-09-10       | 2023-09-10
        7        | eve       | 99213      | F321             | 2023-03-10       | 2023-03-10`),
      'input.observation': scores(`
        observation_id | person_id | observation_date | result
        1              | ann       | 2023-03-03       | 10
        2              | ann       | 2023-06-10       | 20
        3              | bea       | 2023-03-02       | 10
        4              | cyn       | 2023-03-10       | 9
        5              | dot       | 2023-03-10       | 15
        6              | eve       | 2023-03-11       | 15`),
    },
    expect: `
      person_id | period_start | initial_population | reason
      ann       | 2024-01-01   | true               | no PHQ-9 between 2024-01-03 and 2024-05-02
      bea       | 2024-01-01   | false              | no PHQ-9 above 9 at a depression visit between 2022-11-01 and 2023-10-31
      cyn       | 2024-01-01   | false              | no PHQ-9 above 9 at a depression visit between 2022-11-01 and 2023-10-31
      dot       | 2024-01-01   | false              | no PHQ-9 above 9 at a depression visit between 2022-11-01 and 2023-10-31
      eve       | 2024-01-01   | false              | no PHQ-9 above 9 at a depression visit between 2022-11-01 and 2023-10-31`,
  },
  'just inside: a visit on 1 November two years before or 31 October of the year before, a twelfth birthday at the index':
    {
      given: {
        'input.eligibility': everyRow(
          { gender: 'male', payer: 'medicaid', enrollment_start_date: '2022-01-01', enrollment_end_date: '2024-12-31' },
          `
        person_id | birth_date
        ann       | 1960-05-05
        bea       | 1960-05-05
        cyn       | 1960-05-05
        dot       | 1960-05-05
        eve       | 2011-03-10
        fay       | 2011-03-11`,
        ),
        'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | diagnosis_code_1 | claim_start_date | claim_end_date
        1        | ann       | 99213      | F321             | 2022-11-01       | 2022-11-01
        2        | bea       | 99213      | F321             | 2023-10-31       | 2023-10-31
        3        | cyn       | 99213      | F321             | 2022-10-31       | 2022-10-31
        4        | dot       | 99213      | F321             | 2023-11-01       | 2023-11-01
        5        | eve       | 99213      | F321             | 2023-03-10       | 2023-03-10
        6        | fay       | 99213      | F321             | 2023-03-10       | 2023-03-10`),
        'input.observation': scores(`
        observation_id | person_id | observation_date | result
        1              | ann       | 2022-10-31       | 15
        2              | bea       | 2023-10-31       | 15
        3              | cyn       | 2022-10-31       | 15
        4              | dot       | 2023-11-01       | 15
        5              | eve       | 2023-03-10       | 15
        6              | fay       | 2023-03-10       | 15`),
      },
      expect: `
      person_id | period_start | initial_population | status       | reason
      ann       | 2024-01-01   | true               | overdue      | no PHQ-9 between 2023-09-01 and 2023-12-30
      bea       | 2024-01-01   | true               | overdue      | no PHQ-9 between 2024-09-01 and 2024-12-30
      cyn       | 2023-01-01   | true               | overdue      | no PHQ-9 between 2023-09-01 and 2023-12-30
      eve       | 2024-01-01   | true               | overdue      | no PHQ-9 between 2024-01-10 and 2024-05-09
      fay       | 2024-01-01   | false              | not eligible | younger than 12 at the first PHQ-9 above 9`,
    },
  'excluded: hospice, palliative care, death or another mental disorder up to the end of the 60 days; not the day after':
    {
      given: {
        'input.eligibility': everyRow(
          {
            gender: 'female',
            birth_date: '1960-05-05',
            payer: 'medicare',
            enrollment_start_date: '2022-11-01',
            enrollment_end_date: '2024-12-31',
          },
          `
        person_id | death_date
        ann       |
        bea       |
        cyn       | 2024-05-09
        dot       | 2024-05-10
        eve       |
        fay       |
        gus       |
        hal       |
        ida       |`,
        ),
        'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | diagnosis_code_1 | claim_start_date | claim_end_date
        1        | ann       | 99213      | F321             | 2023-03-10       | 2023-03-10
        2        | bea       | 99213      | F321             | 2023-03-10       | 2023-03-10
        3        | cyn       | 99213      | F321             | 2023-03-10       | 2023-03-10
        4        | dot       | 99213      | F321             | 2023-03-10       | 2023-03-10
        5        | eve       | 99213      | F321             | 2023-03-10       | 2023-03-10
        6        | fay       | 99213      | F321             | 2023-03-10       | 2023-03-10
        7        | gus       | 99213      | F321             | 2023-03-10       | 2023-03-10
        8        | hal       | 99213      | F321             | 2023-03-10       | 2023-03-10
        9        | ida       | 99213      | F321             | 2023-03-10       | 2023-03-10
        10       | ann       | G0182      |                  | 2022-11-01       | 2022-11-01
        11       | bea       | 99499      | Z515             | 2024-05-09       | 2024-05-09
        12       | eve       | 99499      | F3130            | 2024-05-09       | 2024-05-09
        13       | fay       | 99499      | F603             | 2021-05-09       | 2021-05-09
        14       | gus       | 99499      | F200             | 2024-01-01       | 2024-01-01
        15       | hal       | 99499      | F840             | 2024-01-01       | 2024-01-01
        16       | ida       | G0182      | F3130            | 2024-05-10       | 2024-05-10`),
        'input.observation': scores(
          everyRow(
            { observation_date: '2023-03-10', result: '15' },
            `
        observation_id | person_id
        1              | ann
        2              | bea
        3              | cyn
        4              | dot
        5              | eve
        6              | fay
        7              | gus
        8              | hal
        9              | ida`,
          ),
        ),
      },
      expect: `
      person_id | period_start | denominator | denominator_exclusion | reason                                     | evidence
      ann       | 2024-01-01   | true        | true                  | hospice care                               | hospice care (HCPCS G0182, claim 2022-11-01)
      bea       | 2024-01-01   | true        | true                  | palliative care                            | palliative care (ICD-10-CM Z515, claim 2024-05-09)
      cyn       | 2024-01-01   | true        | true                  | died                                       | died (on 2024-05-09)        
      dot       | 2024-01-01   | true        | false                 | no PHQ-9 between 2024-01-10 and 2024-05-09 | index PHQ-9 15 (LOINC 44261-6, EHR 2023-03-10)
      eve       | 2024-01-01   | true        | true                  | bipolar disorder                           | bipolar disorder (ICD-10-CM F3130, claim 2024-05-09)
      fay       | 2024-01-01   | true        | true                  | personality disorder                       | personality disorder (ICD-10-CM F603, claim 2021-05-09)
      gus       | 2024-01-01   | true        | true                  | schizophrenia or psychosis                 | schizophrenia or psychosis (ICD-10-CM F200, claim 2024-01-01)
      hal       | 2024-01-01   | true        | true                  | pervasive developmental disorder           | pervasive developmental disorder (ICD-10-CM F840, claim 2024-01-01)
      ida       | 2024-01-01   | true        | false                 | no PHQ-9 between 2024-01-10 and 2024-05-09 | index PHQ-9 15 (LOINC 44261-6, EHR 2023-03-10)`,
    },
  'while the year runs: open until the 60 days have passed, then overdue; a code of a claim reports remission': {
    given: {
      'input.eligibility': members('ann', 'bea', 'cyn'),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | diagnosis_code_1 | claim_start_date | claim_end_date
        1        | ann       | 99213      | F321             | 2023-03-10       | 2023-03-10
        2        | bea       | 99213      | F321             | 2023-08-10       | 2023-08-10
        3        | cyn       | 99213      | F321             | 2023-03-10       | 2023-03-10
        4        | cyn       | G9509      | F321             | 2024-03-10       | 2024-03-10`),
      'input.observation': scores(`
        observation_id | person_id | observation_date | result
        1              | ann       | 2023-03-10       | 15
        2              | bea       | 2023-08-10       | 15
        3              | cyn       | 2023-03-10       | 15`),
    },
    variables: { data_through: '2024-06-30' },
    expect: `
      person_id | period_start | numerator | status  | evidence
      ann       | 2024-01-01   | false     | overdue | index PHQ-9 15 (LOINC 44261-6, EHR 2023-03-10)
      bea       | 2024-01-01   | false     | open    | index PHQ-9 15 (LOINC 44261-6, EHR 2023-08-10)
      cyn       | 2024-01-01   | true      | closed  | index PHQ-9 15 (LOINC 44261-6, EHR 2023-03-10), then PHQ-9 below 5 (HCPCS G9509, claim 2024-03-10)`,
  },
} satisfies Cases;
