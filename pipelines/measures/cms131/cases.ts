import { type Cases, everyRow } from '../../engine/cases.ts';

/** People in Medicare in two years, 64 years old at the end of 2024. */
const members = (first: string, last: string, ...people: readonly string[]) =>
  everyRow(
    {
      gender: 'female',
      birth_date: '1960-05-05',
      payer: 'medicare',
      enrollment_start_date: `${first}-01-01`,
      enrollment_end_date: `${last}-12-31`,
    },
    ['person_id', ...people].join('\n'),
  );

/** Lines of professional claims in an office, by person, code, diagnosis and day. E119 is diabetes, 99213 an office visit, 92228 a retinal image. */
const lines = (...of: readonly (readonly [string, string, string, string])[]) =>
  everyRow(
    { claim_line_number: '1', claim_type: 'professional', place_of_service_code: '11' },
    [
      'claim_id | person_id | hcpcs_code | diagnosis_code_1 | claim_start_date | claim_end_date',
      ...of.map(
        ([person, code, diagnosis, day], at) => `${at + 1} | ${person} | ${code} | ${diagnosis} | ${day} | ${day}`,
      ),
    ].join('\n'),
  );

export default {
  'in numerator: an exam in the year, or the year before without retinopathy; denominator only: retinopathy, or no exam':
    {
      given: {
        'input.eligibility': members('2023', '2024', 'ann', 'bea', 'cyn', 'dot', 'eve'),
        'input.medical_claim': lines(
          ['ann', '99213', 'E119', '2024-03-01'],
          ['ann', '92228', '', '2024-05-01'],
          ['bea', '99213', 'E119', '2024-03-01'],
          ['bea', '92228', '', '2023-05-01'],
          ['cyn', '99213', 'E11319', '2024-03-01'],
          ['cyn', '92228', '', '2023-05-01'],
          ['dot', '99213', 'E119', '2024-03-01'],
          ['eve', '99213', 'E11319', '2024-03-01'],
          ['eve', '2022F', 'E11319', '2024-03-01'],
        ),
      },
      expect: `
      subject_id | person_id | measure_id | rate_id | period_start | period_end | initial_population | denominator | denominator_exclusion | denominator_exception | numerator | status       | reason                                         | evidence_date | evidence                                        | due_date
      ann        | ann       | CMS131     | 1       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | true      | closed       | retinal exam in the year                       | 2024-05-01    | retinal exam (HCPCS 92228, claim 2024-05-01) |
      bea        | bea       | CMS131     | 1       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | true      | closed       | retinal exam in the year before, no retinopathy | 2023-05-01    | retinal exam (HCPCS 92228, claim 2023-05-01) |
      cyn        | cyn       | CMS131     | 1       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | false     | overdue      | retinopathy, and no retinal exam in the year   |               |                                                 | 2024-12-31
      dot        | dot       | CMS131     | 1       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | false     | overdue      | no retinal exam in the year or the year before |               |                                                 | 2024-12-31
      eve        | eve       | CMS131     | 1       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | true      | closed       | retinal exam in the year                       | 2024-03-01    | retinal exam (HCPCS 2022F, claim 2024-03-01) |`,
    },
  'just inside: 18 and 75 years old on 31 December, an exam on 1 January of the year before, or of the year with retinopathy':
    {
      given: {
        'input.eligibility': everyRow(
          {
            gender: 'female',
            payer: 'medicare',
            enrollment_start_date: '2023-01-01',
            enrollment_end_date: '2024-12-31',
          },
          `
        person_id | birth_date
        ann       | 2006-12-31
        bea       | 1949-01-01`,
        ),
        'input.medical_claim': lines(
          ['ann', '99213', 'E119', '2024-03-01'],
          ['ann', '92228', '', '2023-01-01'],
          ['bea', '92014', 'E113293', '2024-01-01'],
        ),
      },
      expect: `
      person_id | period_start | initial_population | numerator
      ann       | 2024-01-01   | true               | true
      bea       | 2024-01-01   | true               | true`,
    },
  'just outside: 17 and 76 years old, an exam the day before': {
    given: {
      'input.eligibility': everyRow(
        { gender: 'female', payer: 'medicare', enrollment_start_date: '2022-01-01', enrollment_end_date: '2024-12-31' },
        `
        person_id | birth_date
        ann       | 2007-01-01
        bea       | 1948-12-31
        cyn       | 1960-05-05
        dot       | 1960-05-05`,
      ),
      'input.medical_claim': lines(
        ['ann', '99213', 'E119', '2024-03-01'],
        ['bea', '99213', 'E119', '2024-03-01'],
        ['cyn', '99213', 'E119', '2024-03-01'],
        ['cyn', '92228', '', '2022-12-31'],
        ['dot', '99213', 'E113293', '2024-03-01'],
        ['dot', '92228', '', '2023-12-31'],
      ),
    },
    expect: `
      person_id | period_start | initial_population | numerator | status   | reason
      bea       | 2024-01-01   | false              | false     | aged out | older than 75 at the end of the year
      cyn       | 2024-01-01   | true               | false     | overdue  | no retinal exam in the year or the year before
      dot       | 2024-01-01   | true               | false     | overdue  | retinopathy, and no retinal exam in the year`,
  },
  'history incomplete: the data begin after 1 January of the year before, and no retinopathy is known': {
    given: {
      'input.eligibility': everyRow(
        { enrollment_start_date: '2023-02-01' },
        everyRow(
          { enrollment_end_date: '2024-12-31', payer: 'medicare', gender: 'male', birth_date: '1960-05-05' },
          `
        person_id
        ann
        bea`,
        ),
      ),
      'input.medical_claim': lines(['ann', '99213', 'E119', '2024-03-01'], ['bea', '99213', 'E113293', '2024-03-01']),
    },
    expect: `
      person_id | period_start | numerator | status             | reason
      ann       | 2024-01-01   | false     | history incomplete | no retinal exam since the data begin in 2023-02
      bea       | 2024-01-01   | false     | overdue            | retinopathy, and no retinal exam in the year`,
  },
  '3072F says that there was no retinopathy the year before: it counts in its own year, without retinopathy, unless modified':
    {
      given: {
        'input.eligibility': members('2023', '2024', 'ann', 'bea', 'cyn', 'dot'),
        'input.medical_claim': everyRow(
          { claim_line_number: '1', claim_type: 'professional', place_of_service_code: '11' },
          `
        claim_id | person_id | hcpcs_code | hcpcs_modifier_1 | diagnosis_code_1 | claim_start_date | claim_end_date
        1        | ann       | 99213      |                  | E119             | 2024-03-01       | 2024-03-01
        2        | ann       | 3072F      |                  | E119             | 2024-03-01       | 2024-03-01
        3        | bea       | 99213      |                  | E113293          | 2024-03-01       | 2024-03-01
        4        | bea       | 3072F      |                  |                  | 2024-03-01       | 2024-03-01
        5        | cyn       | 99213      |                  | E119             | 2024-03-01       | 2024-03-01
        6        | cyn       | 3072F      |                  |                  | 2023-03-01       | 2023-03-01
        7        | dot       | 99213      |                  | E119             | 2024-03-01       | 2024-03-01
        8        | dot       | 2022F      | 8P               | E119             | 2024-03-01       | 2024-03-01`,
        ),
      },
      expect: `
      person_id | period_start | numerator | status  | evidence
      ann       | 2024-01-01   | true      | closed  | no retinopathy in the year before (HCPCS 3072F, claim 2024-03-01)
      bea       | 2024-01-01   | false     | overdue |
      cyn       | 2024-01-01   | false     | overdue |
      dot       | 2024-01-01   | false     | overdue |`,
    },
  'from 2026 an exam read by software counts in its year, and a grade of each eye: of the year, or none of the year before':
    {
      given: {
        'input.eligibility': members('2024', '2026', 'ann', 'bea', 'cyn', 'dot', 'eve', 'fay', 'gil'),
        'input.medical_claim': lines(
          ...['ann', 'bea', 'cyn', 'dot', 'eve', 'fay', 'gil'].flatMap((person) => [
            [person, '99213', 'E113293', '2025-03-01'] as const,
            [person, '99213', 'E113293', '2026-03-01'] as const,
          ]),
          ['ann', '92229', '', '2025-05-01'],
          ['ann', '92229', '', '2026-05-01'],
        ),
        'input.observation': everyRow(
          { source_code_type: 'loinc', result_code_type: 'loinc' },
          `
        observation_id | person_id | observation_date | source_code | result_code
        1              | bea       | 2026-05-01       | 105914-6    | LA34398-0
        2              | cyn       | 2026-05-01       | 105914-6    |
        3              | dot       | 2026-05-01       | 71490-7     | LA18644-7
        4              | dot       | 2025-05-01       | 71491-5     | LA18643-9
        5              | eve       | 2025-05-01       | 71490-7     | LA18643-9
        6              | eve       | 2025-05-01       | 71491-5     | LA18643-9
        7              | fay       | 2026-05-01       | 71490-7     | LA18644-7
        8              | fay       | 2025-05-01       | 71491-5     | LA18644-7
        9              | gil       | 2026-05-01       | 71490-7     | LA18644-7
        10             | gil       | 2026-06-01       | 71491-5     | LA18648-8`,
        ),
      },
      variables: { data_through: '2026-12-31', period: '2026' },
      expect: `
      person_id | period_start | numerator | evidence
      ann       | 2025-01-01   | false     |
      bea       | 2025-01-01   | false     |
      cyn       | 2025-01-01   | false     |
      dot       | 2025-01-01   | false     |
      eve       | 2025-01-01   | false     |
      fay       | 2025-01-01   | false     |
      gil       | 2025-01-01   | false     |
      ann       | 2026-01-01   | true      | retinal exam read by software (HCPCS 92229, claim 2026-05-01)
      bea       | 2026-01-01   | true      | retinal exam read by software (LOINC 105914-6, EHR 2026-05-01)
      cyn       | 2026-01-01   | false     |
      dot       | 2026-01-01   | true      | retinopathy graded in both eyes (LOINC 71490-7, EHR 2026-05-01)
      eve       | 2026-01-01   | true      | retinopathy graded in both eyes (LOINC 71491-5, EHR 2025-05-01)
      fay       | 2026-01-01   | false     |
      gil       | 2026-01-01   | true      | retinopathy graded in both eyes (LOINC 71491-5, EHR 2026-06-01)`,
    },
  'from 2026 diabetes of a problem list alone does not count; online visits count in neither year, eye visits in both':
    {
      given: {
        'input.eligibility': members('2025', '2026', 'ann', 'bea', 'cyn'),
        'input.medical_claim': lines(
          ['ann', '99213', '', '2025-03-01'],
          ['ann', '99213', '', '2026-03-01'],
          ['bea', '99421', 'E119', '2025-03-01'],
          ['bea', '99421', 'E119', '2026-03-01'],
          ['cyn', '92004', 'E119', '2025-03-01'],
          ['cyn', '92004', 'E119', '2026-03-01'],
        ),
        'input.condition': `
        condition_id | person_id | onset_date | status | condition_type    | source_code_type | source_code
        1            | ann       | 2015-02-01 | active | problem-list-item | snomed           | 44054006`,
      },
      variables: { data_through: '2026-12-31', period: '2026' },
      expect: `
      person_id | period_start | initial_population | numerator
      ann       | 2025-01-01   | true               | false
      bea       | 2025-01-01   | false              | false
      bea       | 2026-01-01   | false              | false
      cyn       | 2025-01-01   | true               | true
      cyn       | 2026-01-01   | true               | true`,
    },
  'excluded: both eyes absent, from 2026': {
    given: {
      'input.eligibility': members('2025', '2026', 'ann'),
      'input.medical_claim': lines(['ann', '99213', 'E119', '2025-03-01'], ['ann', '99213', 'E119', '2026-03-01']),
      'input.condition': `
        condition_id | person_id | onset_date | status | source_code_type | source_code
        1            | ann       | 2015-02-01 | active | snomed           | 15665641000119103`,
    },
    variables: { data_through: '2026-12-31', period: '2026' },
    expect: `
      person_id | period_start | denominator_exclusion | status             | evidence
      ann       | 2025-01-01   | false                 | history incomplete |
      ann       | 2026-01-01   | true                  | excluded           | both eyes absent (SNOMED 15665641000119103, EHR 2015-02-01)`,
  },
  'excluded: hospice, palliative care; from 66 years a nursing home, or frailty with advanced illness': {
    given: {
      'input.eligibility': everyRow(
        { gender: 'female', payer: 'medicare', enrollment_start_date: '2023-01-01', enrollment_end_date: '2024-12-31' },
        `
        person_id | birth_date | long_term_institutional_flag
        ann       | 1958-12-31 |
        bea       | 1959-01-01 |
        cyn       | 1958-12-31 | true
        dot       | 1959-01-01 | true
        eve       | 1960-05-05 |
        fay       | 1960-05-05 |`,
      ),
      'input.medical_claim': lines(
        ['ann', '99213', 'E119', '2024-03-01'],
        ['ann', '99213', 'R5381', '2024-04-01'],
        ['ann', '99213', 'I5022', '2024-05-01'],
        ['bea', '99213', 'E119', '2024-03-01'],
        ['bea', '99213', 'R5381', '2024-04-01'],
        ['bea', '99213', 'I5022', '2024-05-01'],
        ['cyn', '99213', 'E119', '2024-03-01'],
        ['dot', '99213', 'E119', '2024-03-01'],
        ['eve', '99213', 'E119', '2024-03-01'],
        ['eve', '99213', 'Z515', '2024-04-01'],
        ['fay', '99213', 'E119', '2024-03-01'],
        ['fay', 'G0182', '', '2024-06-01'],
      ),
    },
    expect: `
      person_id | period_start | denominator_exclusion | status   | reason
      ann       | 2024-01-01   | true                  | excluded | frailty and advanced illness
      bea       | 2024-01-01   | false                 | overdue  | no retinal exam in the year or the year before
      cyn       | 2024-01-01   | true                  | excluded | lives in a nursing home
      dot       | 2024-01-01   | false                 | overdue  | no retinal exam in the year or the year before
      eve       | 2024-01-01   | true                  | excluded | palliative care
      fay       | 2024-01-01   | true                  | excluded | hospice care`,
  },
} satisfies Cases;
