import { type Cases, everyRow } from '../../engine/cases.ts';

/** People insured in 2024, 40 years old in May. */
const members = (...people: readonly string[]) =>
  everyRow(
    {
      gender: 'female',
      birth_date: '1984-05-05',
      payer: 'medicaid',
      enrollment_start_date: '2024-01-01',
      enrollment_end_date: '2024-12-31',
    },
    ['person_id', ...people].join('\n'),
  );

/** Lines of professional claims, by code: 99213 an office visit, 87389 an HIV test. */
const services = (table: string) =>
  everyRow({ claim_line_number: '1', claim_type: 'professional', place_of_service_code: '11' }, table);

/** Results of HIV tests (LOINC 75622-1). */
const tests = (table: string) => everyRow({ source_component_type: 'loinc', source_component_code: '75622-1' }, table);

export default {
  'in numerator: tested once, by a result of the EHR or a billed test; denominator only: never, or without a result': {
    given: {
      'input.eligibility': members('ann', 'bea', 'cyn', 'dot'),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date
        1        | ann       | 99213      | 2024-03-01       | 2024-03-01
        2        | bea       | 99396      | 2024-03-01       | 2024-03-01
        3        | bea       | 87389      | 2024-03-01       | 2024-03-01
        4        | cyn       | 99213      | 2024-03-01       | 2024-03-01
        5        | dot       | 99213      | 2024-03-01       | 2024-03-01`),
      'input.lab_result': tests(`
        lab_result_id | person_id | collection_datetime | result
        1             | ann       | 2010-08-03 08:00:00 | negative
        2             | dot       | 2010-08-03 08:00:00 |`),
    },
    expect: `
      subject_id | person_id | measure_id | rate_id | period_start | initial_population | denominator | denominator_exclusion | denominator_exception | numerator | status             | reason                                      | evidence_date | evidence                                 | due_date
      ann        | ann       | CMS349     | 1       | 2024-01-01   | true               | true        | false                 | false                 | true      | closed             | tested for HIV                              | 2010-08-03    | HIV test (LOINC 75622-1, EHR 2010-08-03) |
      bea        | bea       | CMS349     | 1       | 2024-01-01   | true               | true        | false                 | false                 | true      | closed             | tested for HIV                              | 2024-03-01    | HIV test (HCPCS 87389, claim 2024-03-01) |
      cyn        | cyn       | CMS349     | 1       | 2024-01-01   | true               | true        | false                 | false                 | false     | history incomplete | no HIV test since the data begin in 2024-01 |               |                                          | 2024-12-31
      dot        | dot       | CMS349     | 1       | 2024-01-01   | true               | true        | false                 | false                 | false     | history incomplete | no HIV test since the data begin in 2024-01 |               |                                          | 2024-12-31`,
  },
  'just inside: 15 and 65 years old on 1 January; tested at 15, and at 65': {
    given: {
      'input.eligibility': everyRow(
        { gender: 'male', payer: 'medicaid', enrollment_start_date: '2024-01-01', enrollment_end_date: '2024-12-31' },
        `
        person_id | birth_date
        abe       | 2009-01-01
        bob       | 1958-01-02`,
      ),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date
        1        | abe       | 99213      | 2024-03-01       | 2024-03-01
        2        | abe       | 86703      | 2024-01-01       | 2024-01-01
        3        | bob       | 99213      | 2024-03-01       | 2024-03-01
        4        | bob       | G0433      | 2024-01-01       | 2024-01-01`),
    },
    expect: `
      person_id | period_start | initial_population | numerator | status
      abe       | 2024-01-01   | true               | true      | closed
      bob       | 2024-01-01   | true               | true      | closed`,
  },
  'just outside: 14 and 66 years old on 1 January; tested the day before turning 15, and at 66': {
    given: {
      'input.eligibility': everyRow(
        { gender: 'male', payer: 'medicaid', enrollment_start_date: '2024-01-01', enrollment_end_date: '2024-12-31' },
        `
        person_id | birth_date
        abe       | 2009-01-02
        bob       | 1958-01-01
        cal       | 2008-02-02
        dan       | 1958-02-02`,
      ),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date
        1        | abe       | 99213      | 2024-03-01       | 2024-03-01
        2        | bob       | 99213      | 2024-03-01       | 2024-03-01
        3        | cal       | 99213      | 2024-03-01       | 2024-03-01
        4        | cal       | 87389      | 2023-02-01       | 2023-02-01
        5        | dan       | 99213      | 2024-03-01       | 2024-03-01
        6        | dan       | 87389      | 2024-02-02       | 2024-02-02`),
    },
    expect: `
      person_id | period_start | initial_population | numerator | status             | reason
      bob       | 2024-01-01   | false              | false     | aged out           | older than 65 at the start of the year
      cal       | 2024-01-01   | true               | false     | overdue            | no HIV test
      dan       | 2024-01-01   | true               | false     | history incomplete | no HIV test since the data begin in 2024-01`,
  },
  'up to 2025 a test on 31 December counts, from 2026 it comes too late; one on 30 December counts': {
    given: {
      'input.eligibility': everyRow(
        {
          gender: 'female',
          birth_date: '1984-05-05',
          payer: 'medicaid',
          enrollment_start_date: '2025-01-01',
          enrollment_end_date: '2026-12-31',
        },
        `
        person_id
        ann
        bea
        cyn`,
      ),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date
        1        | ann       | 99213      | 2025-03-01       | 2025-03-01
        2        | ann       | 87389      | 2025-12-31       | 2025-12-31
        3        | bea       | 99213      | 2026-03-01       | 2026-03-01
        4        | bea       | 87389      | 2026-12-31       | 2026-12-31
        5        | cyn       | 99213      | 2026-03-01       | 2026-03-01
        6        | cyn       | 87389      | 2026-12-30       | 2026-12-30`),
    },
    variables: { data_through: '2026-12-31', period: '2026' },
    expect: `
      person_id | period_start | initial_population | numerator | status
      ann       | 2025-01-01   | true               | true      | closed
      ann       | 2026-01-01   | false              | false     | not eligible
      bea       | 2025-01-01   | false              | false     | not eligible
      bea       | 2026-01-01   | true               | false     | history incomplete
      cyn       | 2025-01-01   | false              | false     | not eligible
      cyn       | 2026-01-01   | true               | true      | closed`,
  },
  'excluded: HIV known before the year, though tested; not HIV found in the year': {
    given: {
      'input.eligibility': members('ann', 'bea'),
      'input.encounter': `
        encounter_id | person_id | encounter_type | encounter_start_date | encounter_end_date
        1            | ann       | office visit   | 2024-03-01           | 2024-03-01
        2            | bea       | office visit   | 2024-03-01           | 2024-03-01`,
      'input.condition': `
        condition_id | person_id | onset_date | status | source_code_type | source_code
        1            | ann       | 2023-12-31 | active | icd-10-cm        | B20
        2            | bea       | 2024-01-01 | active | icd-10-cm        | B20`,
      'input.lab_result': tests(`
        lab_result_id | person_id | collection_datetime | result
        1             | ann       | 2023-12-03 08:00:00 | positive
        2             | bea       | 2023-12-03 08:00:00 | positive`),
    },
    expect: `
      person_id | period_start | denominator_exclusion | numerator | status   | reason                        | evidence
      ann       | 2024-01-01   | true                  | false     | excluded | HIV diagnosed before the year | HIV (ICD-10-CM B20, EHR 2023-12-31)
      bea       | 2024-01-01   | false                 | true      | closed   | tested for HIV                | HIV test (LOINC 75622-1, EHR 2023-12-03)`,
  },
  'excepted: died by the end of the year without a test; the dead who were tested count': {
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
        person_id | death_date
        ann       | 2024-12-31
        bea       | 2024-12-31
        cyn       | 2025-01-01`,
      ),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date
        1        | ann       | 99213      | 2024-03-01       | 2024-03-01
        2        | bea       | 99213      | 2024-03-01       | 2024-03-01
        3        | bea       | 87389      | 2024-03-01       | 2024-03-01
        4        | cyn       | 99213      | 2024-03-01       | 2024-03-01`),
    },
    variables: { data_through: '2025-01-31', period: '2024' },
    expect: `
      person_id | period_start | denominator_exception | numerator | status             | reason                                      | evidence
      ann       | 2024-01-01   | true                  | false     | excepted           | died by the end of the year                 | died on 2024-12-31
      bea       | 2024-01-01   | false                 | true      | closed             | tested for HIV                              | HIV test (HCPCS 87389, claim 2024-03-01)
      cyn       | 2024-01-01   | false                 | false     | history incomplete | no HIV test since the data begin in 2024-01 |`,
  },
  'a gap is open, not history incomplete, where the data begin before the age of 15': {
    given: {
      'input.eligibility': everyRow(
        { gender: 'male', payer: 'medicaid', enrollment_start_date: '2022-01-01', enrollment_end_date: '2024-12-31' },
        `
        person_id | birth_date
        abe       | 2008-05-05`,
      ),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date
        1        | abe       | 99394      | 2024-03-01       | 2024-03-01`),
    },
    expect: `
      person_id | period_start | numerator | status       | reason
      abe       | 2024-01-01   | false     | overdue      | no HIV test`,
  },
} satisfies Cases;
