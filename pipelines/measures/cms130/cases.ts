import { type Cases, everyRow } from '../../engine/cases.ts';

/** People in Medicare from 2010 to 2024, 64 years old at its end. */
const members = (...people: readonly string[]) =>
  everyRow(
    {
      gender: 'male',
      birth_date: '1960-05-05',
      payer: 'medicare',
      enrollment_start_date: '2010-01-01',
      enrollment_end_date: '2024-12-31',
    },
    ['person_id', ...people].join('\n'),
  );

/** Lines of professional claims, by code: 99213 an office visit, 45378 a colonoscopy. */
const services = (table: string) =>
  everyRow({ claim_line_number: '1', claim_type: 'professional', place_of_service_code: '11' }, table);

/** An office visit of each person in 2024, and other lines. */
const seen = (people: readonly string[], ...lines: readonly (readonly [string, string, string])[]) =>
  services(
    [
      'claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date',
      ...[...people.map((person) => [person, '99213', '2024-03-01'] as const), ...lines].map(
        ([person, code, day], at) => `${at + 1} | ${person} | ${code} | ${day} | ${day}`,
      ),
    ].join('\n'),
  );

export default {
  'in numerator: a colonoscopy within ten years; denominator only: none': {
    given: {
      'input.eligibility': members('ann', 'bea'),
      'input.medical_claim': seen(['ann', 'bea'], ['ann', '45378', '2018-05-02']),
    },
    expect: `
      subject_id | person_id | measure_id | rate_id | period_start | period_end | initial_population | denominator | denominator_exclusion | denominator_exception | numerator | status       | reason                          | evidence_date | evidence                                      | due_date
      ann        | ann       | CMS130     | 1       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | true      | closed       | colonoscopy within 10 years     | 2018-05-02    | colonoscopy (HCPCS 45378, claim 2018-05-02) |
      ann        | ann       | CMS130     | 1       | 2023-01-01   | 2023-12-31 | false              | false       | false                 | false                 | false     | not eligible | no outpatient visit in the year |               |                                               |
      bea        | bea       | CMS130     | 1       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | false     | overdue      | no screening within its years   |               |                                               | 2024-12-31
      bea        | bea       | CMS130     | 1       | 2023-01-01   | 2023-12-31 | false              | false       | false                 | false                 | false     | not eligible | no outpatient visit in the year |               |                                               |`,
  },
  'just inside: the first day that each billed screening counts from': {
    given: {
      'input.eligibility': members('ann', 'bea', 'cyn', 'dot', 'eve', 'fay', 'gil'),
      'input.medical_claim': seen(
        ['ann', 'bea', 'cyn', 'dot', 'eve', 'fay', 'gil'],
        ['ann', 'G0121', '2015-01-01'],
        ['bea', '45330', '2020-01-01'],
        ['cyn', '74263', '2020-01-01'],
        ['dot', '81528', '2022-01-01'],
        ['eve', '82274', '2024-01-01'],
        ['fay', '3017F', '2024-01-01'],
        ['gil', 'G0328', '2024-12-31'],
      ),
    },
    expect: `
      person_id | period_start | numerator | reason
      ann       | 2024-01-01   | true      | colonoscopy within 10 years
      bea       | 2024-01-01   | true      | flexible sigmoidoscopy within 5 years
      cyn       | 2024-01-01   | true      | CT colonography within 5 years
      dot       | 2024-01-01   | true      | stool DNA test within 3 years
      eve       | 2024-01-01   | true      | stool blood test in the year
      fay       | 2024-01-01   | true      | screening on file in the year
      gil       | 2024-01-01   | true      | stool blood test in the year
      ann       | 2023-01-01   | false     | no outpatient visit in the year
      bea       | 2023-01-01   | false     | no outpatient visit in the year
      cyn       | 2023-01-01   | false     | no outpatient visit in the year
      dot       | 2023-01-01   | false     | no outpatient visit in the year
      eve       | 2023-01-01   | false     | no outpatient visit in the year
      fay       | 2023-01-01   | false     | no outpatient visit in the year
      gil       | 2023-01-01   | false     | no outpatient visit in the year`,
  },
  'just outside: the day before': {
    given: {
      'input.eligibility': everyRow(
        { enrollment_end_date: '2024-12-31' },
        everyRow(
          { gender: 'male', birth_date: '1960-05-05', payer: 'medicare' },
          `
        person_id | enrollment_start_date
        ann       | 2014-01-01
        bea       | 2014-01-01
        cyn       | 2014-01-01
        dot       | 2014-01-01
        eve       | 2014-01-01`,
        ),
      ),
      'input.medical_claim': seen(
        ['ann', 'bea', 'cyn', 'dot', 'eve'],
        ['ann', 'G0121', '2014-12-31'],
        ['bea', '45330', '2019-12-31'],
        ['cyn', '74263', '2019-12-31'],
        ['dot', '81528', '2021-12-31'],
        ['eve', '82274', '2023-12-31'],
      ),
    },
    expect: `
      person_id | period_start | numerator | status
      ann       | 2024-01-01   | false     | overdue
      bea       | 2024-01-01   | false     | overdue
      cyn       | 2024-01-01   | false     | overdue
      dot       | 2024-01-01   | false     | overdue
      eve       | 2024-01-01   | false     | overdue
      ann       | 2023-01-01   | false     | not eligible
      bea       | 2023-01-01   | false     | not eligible
      cyn       | 2023-01-01   | false     | not eligible
      dot       | 2023-01-01   | false     | not eligible
      eve       | 2023-01-01   | false     | not eligible`,
  },
  'just inside: 46 and 75 years old on 31 December': {
    given: {
      'input.eligibility': everyRow(
        { gender: 'female', payer: 'medicare', enrollment_start_date: '2024-01-01', enrollment_end_date: '2024-12-31' },
        `
        person_id | birth_date
        ann       | 1978-12-31
        bea       | 1949-01-01`,
      ),
      'input.medical_claim': seen(['ann', 'bea']),
    },
    expect: `
      person_id | period_start | initial_population | status
      ann       | 2024-01-01   | true               | history incomplete
      bea       | 2024-01-01   | true               | history incomplete`,
  },
  'just outside: 45 and 76 years old on 31 December': {
    given: {
      'input.eligibility': everyRow(
        { gender: 'female', payer: 'medicare', enrollment_start_date: '2024-01-01', enrollment_end_date: '2024-12-31' },
        `
        person_id | birth_date
        ann       | 1979-01-01
        bea       | 1948-12-31`,
      ),
      'input.medical_claim': seen(['ann', 'bea']),
    },
    expect: `
      person_id | period_start | initial_population | status   | reason
      bea       | 2024-01-01   | false              | aged out | older than 75 at the end of the year`,
  },
  'history incomplete: the data begin within the ten years; a screening in them closes the gap all the same': {
    given: {
      'input.eligibility': everyRow(
        { gender: 'male', birth_date: '1960-05-05', payer: 'medicare', enrollment_end_date: '2024-12-31' },
        `
        person_id | enrollment_start_date
        ann       | 2015-01-01
        bea       | 2015-02-01
        cyn       | 2024-02-01`,
      ),
      'input.medical_claim': seen(['ann', 'bea', 'cyn'], ['cyn', '82270', '2024-05-05']),
    },
    expect: `
      person_id | period_start | numerator | status             | reason                                     | due_date
      ann       | 2024-01-01   | false     | overdue            | no screening within its years              | 2024-12-31
      ann       | 2023-01-01   | false     | not eligible       | no outpatient visit in the year            |
      bea       | 2024-01-01   | false     | history incomplete | no screening since the data begin in 2015-02 | 2024-12-31
      bea       | 2023-01-01   | false     | not eligible       | no outpatient visit in the year            |
      cyn       | 2024-01-01   | true      | closed             | stool blood test in the year               |`,
  },
  'the EHR closes the gap: a stool test with a result, a scan, a scope; not a test without a result, not one that was not done':
    {
      given: {
        'input.eligibility': everyRow(
          {
            gender: 'male',
            birth_date: '1960-05-05',
            payer: 'medicare',
            enrollment_start_date: '2024-01-01',
            enrollment_end_date: '2024-12-31',
          },
          `
        person_id
        ann
        bea
        cyn
        dot
        eve
        fay`,
        ),
        'input.medical_claim': seen(['ann', 'bea', 'cyn', 'dot', 'eve', 'fay']),
        'input.lab_result': everyRow(
          { source_component_type: 'loinc' },
          `
        lab_result_id | person_id | collection_datetime | source_component_code | result
        1             | ann       | 2024-05-02 08:00:00 | 29771-3               | Negative
        2             | bea       | 2022-05-02 08:00:00 | 77354-9               | Positive
        3             | cyn       | 2024-05-02 08:00:00 | 29771-3               |`,
        ),
        'input.observation': `
        observation_id | person_id | observation_date | source_code_type | source_code | result
        1              | dot       | 2020-05-03       | loinc            | 79101-2     |`,
        'input.procedure': `
        procedure_id | person_id | procedure_date | source_code_type | source_code | status
        1            | eve       | 2016-04-02     | snomed           | 73761001    | completed
        2            | fay       | 2024-04-02     | snomed           | 73761001    | not done`,
      },
      expect: `
      person_id | period_start | numerator | status             | evidence
      ann       | 2024-01-01   | true      | closed             | stool blood test (LOINC 29771-3, EHR 2024-05-02)
      bea       | 2024-01-01   | true      | closed             | stool DNA test (LOINC 77354-9, EHR 2022-05-02)
      cyn       | 2024-01-01   | false     | history incomplete |
      dot       | 2024-01-01   | true      | closed             | CT colonography (LOINC 79101-2, EHR 2020-05-03)
      eve       | 2024-01-01   | true      | closed             | colonoscopy (SNOMED 73761001, EHR 2016-04-02)
      fay       | 2024-01-01   | false     | history incomplete |`,
    },
  'of several screenings the one that counts longest is the evidence': {
    given: {
      'input.eligibility': members('ann', 'bea'),
      'input.medical_claim': seen(
        ['ann', 'bea'],
        ['ann', '45378', '2020-05-02'],
        ['ann', '82274', '2024-05-02'],
        ['bea', '45378', '2015-05-02'],
        ['bea', '81528', '2024-05-02'],
      ),
    },
    expect: `
      person_id | period_start | numerator | evidence_date
      ann       | 2024-01-01   | true      | 2020-05-02
      bea       | 2024-01-01   | true      | 2024-05-02
      ann       | 2023-01-01   | false     |
      bea       | 2023-01-01   | false     |`,
  },
  'excluded: colorectal cancer or removed colon at any time before the end of the year': {
    given: {
      'input.eligibility': members('ann', 'bea', 'cyn', 'dot', 'eve'),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | diagnosis_code_1 | claim_start_date | claim_end_date
        1        | ann       | 99213      |                  | 2024-03-01       | 2024-03-01
        2        | ann       | 99213      | C182             | 2012-03-01       | 2012-03-01
        3        | bea       | 99213      | Z85038           | 2024-03-01       | 2024-03-01
        4        | cyn       | 99213      |                  | 2024-03-01       | 2024-03-01
        5        | cyn       | 44150      |                  | 2012-03-01       | 2012-03-01
        6        | dot       | 99213      |                  | 2024-03-01       | 2024-03-01
        7        | eve       | 99213      | C210             | 2024-03-01       | 2024-03-01`),
      'input.procedure': `
        procedure_id | person_id | procedure_date | source_code_type | source_code
        1            | dot       | 2019-04-02     | icd-10-pcs       | 0DTE0ZZ`,
    },
    expect: `
      person_id | period_start | denominator_exclusion | status       | evidence
      ann       | 2024-01-01   | true                  | excluded     | colorectal cancer (ICD-10-CM C182, claim 2012-03-01)
      bea       | 2024-01-01   | true                  | excluded     | colorectal cancer (ICD-10-CM Z85038, claim 2024-03-01)
      cyn       | 2024-01-01   | true                  | excluded     | colon removed (HCPCS 44150, claim 2012-03-01)
      dot       | 2024-01-01   | true                  | excluded     | colon removed (ICD-10-PCS 0DTE0ZZ, EHR 2019-04-02)
      eve       | 2024-01-01   | false                 | overdue      |
      ann       | 2023-01-01   | false                 | not eligible |
      bea       | 2023-01-01   | false                 | not eligible |
      cyn       | 2023-01-01   | false                 | not eligible |
      dot       | 2023-01-01   | false                 | not eligible |
      eve       | 2023-01-01   | false                 | not eligible |`,
  },
  'excluded: hospice, palliative care; from 66 years a nursing home, or frailty with advanced illness': {
    given: {
      'input.eligibility': everyRow(
        { gender: 'female', payer: 'medicare', enrollment_start_date: '2024-01-01', enrollment_end_date: '2024-12-31' },
        `
        person_id | birth_date | long_term_institutional_flag
        ann       | 1958-12-31 |
        bea       | 1959-01-01 |
        cyn       | 1958-12-31 | true
        dot       | 1959-01-01 | true
        eve       | 1960-05-05 |
        fay       | 1960-05-05 |`,
      ),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | diagnosis_code_1 | diagnosis_code_2 | claim_start_date | claim_end_date
        1        | ann       | 99213      | R5381            | I5022            | 2024-03-01       | 2024-03-01
        2        | bea       | 99213      | R5381            | I5022            | 2024-03-01       | 2024-03-01
        3        | cyn       | 99213      |                  |                  | 2024-03-01       | 2024-03-01
        4        | dot       | 99213      |                  |                  | 2024-03-01       | 2024-03-01
        5        | eve       | 99213      | Z515             |                  | 2024-03-01       | 2024-03-01
        6        | fay       | 99213      |                  |                  | 2024-03-01       | 2024-03-01
        7        | fay       | G0182      |                  |                  | 2024-06-01       | 2024-06-01`),
    },
    expect: `
      person_id | period_start | denominator_exclusion | status             | reason
      ann       | 2024-01-01   | true                  | excluded           | frailty and advanced illness
      bea       | 2024-01-01   | false                 | history incomplete | no screening since the data begin in 2024-01
      cyn       | 2024-01-01   | true                  | excluded           | lives in a nursing home
      dot       | 2024-01-01   | false                 | history incomplete | no screening since the data begin in 2024-01
      eve       | 2024-01-01   | true                  | excluded           | palliative care
      fay       | 2024-01-01   | true                  | excluded           | hospice care`,
  },
} satisfies Cases;
