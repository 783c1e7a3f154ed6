import { type Cases, everyRow } from '../../engine/cases.ts';

/** Women enrolled from 2015 to 2024, 44 years old at its end. */
const women = (...people: readonly string[]) =>
  everyRow(
    {
      gender: 'female',
      birth_date: '1980-05-05',
      payer: 'medicare',
      enrollment_start_date: '2015-01-01',
      enrollment_end_date: '2024-12-31',
    },
    ['person_id', ...people].join('\n'),
  );

/** An office visit of each person in 2024, and other lines of professional claims: 88175 is cytology, 87624 an HPV test. */
const seen = (people: readonly string[], ...lines: readonly (readonly [string, string, string])[]) =>
  everyRow(
    { claim_line_number: '1', claim_type: 'professional', place_of_service_code: '11' },
    [
      'claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date',
      ...[...people.map((person) => [person, '99213', '2024-03-01'] as const), ...lines].map(
        ([person, code, day], at) => `${at + 1} | ${person} | ${code} | ${day} | ${day}`,
      ),
    ].join('\n'),
  );

const notSeen = (...people: readonly string[]) =>
  people
    .map(
      (person) =>
        `${person} | ${person} | CMS124 | 1 | 2023-01-01 | 2023-12-31 | false | false | false | false | false | not eligible | no outpatient visit in the year | | |`,
    )
    .join('\n');

export default {
  'in numerator: cytology or an HPV test; denominator only: neither': {
    given: {
      'input.eligibility': women('ann', 'bea', 'cyn'),
      'input.medical_claim': seen(
        ['ann', 'bea', 'cyn'],
        ['ann', '88175', '2023-05-02'],
        ['bea', '88175', '2023-05-02'],
        ['bea', '87624', '2022-05-02'],
      ),
    },
    expect: `
      subject_id | person_id | measure_id | rate_id | period_start | period_end | initial_population | denominator | denominator_exclusion | denominator_exception | numerator | status  | reason                           | evidence_date | evidence                                          | due_date
      ann        | ann       | CMS124     | 1       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | true      | closed  | cervical cytology within 3 years | 2023-05-02    | cervical cytology (HCPCS 88175, claim 2023-05-02) |
      bea        | bea       | CMS124     | 1       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | true      | closed  | HPV test within 5 years          | 2022-05-02    | HPV test (HCPCS 87624, claim 2022-05-02)          |
      cyn        | cyn       | CMS124     | 1       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | false     | overdue | no screening within its years    |               |                                                   | 2024-12-31
      ${notSeen('ann', 'bea', 'cyn')}`,
  },
  'just inside: 24 and 64 years old on 31 December; tests on the first day that counts, an HPV test on the 30th birthday':
    {
      given: {
        'input.eligibility': everyRow(
          {
            gender: 'female',
            payer: 'medicare',
            enrollment_start_date: '2024-01-01',
            enrollment_end_date: '2024-12-31',
          },
          `
        person_id | birth_date
        ann       | 2000-12-31
        bea       | 1960-01-01
        cyn       | 1980-05-05
        dot       | 1990-01-01`,
        ),
        'input.medical_claim': seen(
          ['ann', 'bea', 'cyn', 'dot'],
          ['ann', 'Q0091', '2022-01-01'],
          ['bea', '88142', '2024-12-31'],
          ['cyn', 'G0476', '2020-01-01'],
          ['dot', '87624', '2020-01-01'],
        ),
      },
      expect: `
      person_id | period_start | initial_population | numerator
      ann       | 2024-01-01   | true               | true
      bea       | 2024-01-01   | true               | true
      cyn       | 2024-01-01   | true               | true
      dot       | 2024-01-01   | true               | true
      cyn       | 2023-01-01   | false              | false
      dot       | 2023-01-01   | false              | false`,
    },
  'just outside: 23 and 65 years old, men; tests the day before, an HPV test the day before the 30th birthday': {
    given: {
      'input.eligibility': everyRow(
        { payer: 'medicare', enrollment_start_date: '2019-01-01', enrollment_end_date: '2024-12-31' },
        `
        person_id | gender | birth_date
        ann       | female | 2001-01-01
        bea       | female | 1959-12-31
        cyn       | female | 1980-05-05
        dot       | female | 1980-05-05
        eve       | female | 1990-05-05
        fay       | male   | 1980-05-05`,
      ),
      'input.medical_claim': seen(
        ['ann', 'bea', 'cyn', 'dot', 'eve', 'fay'],
        ['cyn', '88175', '2021-12-31'],
        ['dot', '87624', '2019-12-31'],
        ['eve', '87624', '2020-05-04'],
      ),
    },
    expect: `
      person_id | period_start | initial_population | numerator | status       | reason
      bea       | 2024-01-01   | false              | false     | aged out     | older than 64 at the end of the year
      bea       | 2023-01-01   | false              | false     | not eligible | no outpatient visit in the year
      cyn       | 2024-01-01   | true               | false     | overdue      | no screening within its years
      cyn       | 2023-01-01   | false              | false     | not eligible | no outpatient visit in the year
      dot       | 2024-01-01   | true               | false     | overdue      | no screening within its years
      dot       | 2023-01-01   | false              | false     | not eligible | no outpatient visit in the year
      eve       | 2024-01-01   | true               | false     | overdue      | no screening within its years
      eve       | 2023-01-01   | false              | false     | not eligible | no outpatient visit in the year`,
  },
  'history incomplete: the data begin within four years, or within two of a woman younger than 30': {
    given: {
      'input.eligibility': everyRow(
        { gender: 'female', payer: 'medicare', enrollment_end_date: '2024-12-31' },
        `
        person_id | birth_date | enrollment_start_date
        ann       | 1980-05-05 | 2020-01-01
        bea       | 1980-05-05 | 2020-02-01
        cyn       | 1998-05-05 | 2022-01-01
        dot       | 1998-05-05 | 2022-02-01`,
      ),
      'input.medical_claim': seen(['ann', 'bea', 'cyn', 'dot']),
    },
    expect: `
      person_id | period_start | numerator | status             | reason
      ann       | 2024-01-01   | false     | overdue            | no screening within its years
      ann       | 2023-01-01   | false     | not eligible       | no outpatient visit in the year
      bea       | 2024-01-01   | false     | history incomplete | no screening since her data begin in 2020-02
      bea       | 2023-01-01   | false     | not eligible       | no outpatient visit in the year
      cyn       | 2024-01-01   | false     | overdue            | no screening within its years
      cyn       | 2023-01-01   | false     | not eligible       | no outpatient visit in the year
      dot       | 2024-01-01   | false     | history incomplete | no screening since her data begin in 2022-02
      dot       | 2023-01-01   | false     | not eligible       | no outpatient visit in the year`,
  },
  'the EHR closes the gap with a result; a wellness visit is no visit of this measure, an online visit is': {
    given: {
      'input.eligibility': everyRow(
        {
          gender: 'female',
          birth_date: '1980-05-05',
          payer: 'medicare',
          enrollment_start_date: '2024-01-01',
          enrollment_end_date: '2024-12-31',
        },
        `
        person_id
        ann
        bea
        cyn
        dot`,
      ),
      'input.medical_claim': seen(['ann', 'bea'], ['cyn', 'G0439', '2024-03-01'], ['dot', '99421', '2024-03-01']),
      'input.lab_result': everyRow(
        { source_component_type: 'loinc', collection_datetime: '2022-05-02 08:00:00' },
        `
        lab_result_id | person_id | source_component_code | result
        1             | ann       | 10524-7               | no abnormality
        2             | bea       | 10524-7               |
        3             | dot       | 21440-3               | negative`,
      ),
    },
    expect: `
      person_id | period_start | initial_population | numerator | status             | evidence
      ann       | 2024-01-01   | true               | true      | closed             | cervical cytology (LOINC 10524-7, EHR 2022-05-02)
      bea       | 2024-01-01   | true               | false     | history incomplete |
      cyn       | 2024-01-01   | false              | false     | not eligible       |
      dot       | 2024-01-01   | true               | true      | closed             | HPV test (LOINC 21440-3, EHR 2022-05-02)`,
  },
  'excluded: no cervix by diagnosis or surgery at any time, hospice, palliative care; frailty does not exclude': {
    given: {
      'input.eligibility': everyRow(
        {
          gender: 'female',
          birth_date: '1980-05-05',
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
      'input.medical_claim': everyRow(
        { claim_line_number: '1', claim_type: 'professional', place_of_service_code: '11' },
        `
        claim_id | person_id | hcpcs_code | diagnosis_code_1 | diagnosis_code_2 | claim_start_date | claim_end_date
        1        | ann       | 99213      | Z90710           |                  | 2024-03-01       | 2024-03-01
        2        | bea       | 99213      |                  |                  | 2024-03-01       | 2024-03-01
        3        | bea       | 58571      |                  |                  | 2019-03-01       | 2019-03-01
        4        | cyn       | 99213      |                  |                  | 2024-03-01       | 2024-03-01
        5        | dot       | 99213      | Z515             |                  | 2024-03-01       | 2024-03-01
        6        | eve       | 99213      |                  |                  | 2024-03-01       | 2024-03-01
        7        | eve       | G0182      |                  |                  | 2024-06-01       | 2024-06-01
        8        | fay       | 99213      | R5381            | I5022            | 2024-03-01       | 2024-03-01`,
      ),
      'input.procedure': `
        procedure_id | person_id | procedure_date | source_code_type | source_code
        1            | cyn       | 2021-04-02     | icd-10-pcs       | 0UTC0ZZ`,
    },
    expect: `
      person_id | period_start | denominator_exclusion | status             | evidence
      ann       | 2024-01-01   | true                  | excluded           | no cervix (ICD-10-CM Z90710, claim 2024-03-01)
      bea       | 2024-01-01   | true                  | excluded           | no cervix (HCPCS 58571, claim 2019-03-01)
      bea       | 2023-01-01   | false                 | not eligible       |
      cyn       | 2024-01-01   | true                  | excluded           | no cervix (ICD-10-PCS 0UTC0ZZ, EHR 2021-04-02)
      dot       | 2024-01-01   | true                  | excluded           | palliative care (ICD-10-CM Z515, claim 2024-03-01)
      eve       | 2024-01-01   | true                  | excluded           | hospice care (HCPCS G0182, claim 2024-06-01)
      fay       | 2024-01-01   | false                 | history incomplete |`,
  },
} satisfies Cases;
