import { type Cases, everyRow } from '../../engine/cases.ts';

const insured = (table: string) =>
  everyRow(
    { gender: 'male', payer: 'medicaid', enrollment_start_date: '2024-01-01', enrollment_end_date: '2024-12-31' },
    table,
  );

/** People insured in 2024, 40 years old in May. */
const members = (...people: readonly string[]) =>
  insured(everyRow({ birth_date: '1984-05-05' }, ['person_id', ...people].join('\n')));

/** Lines of professional claims: 99213 an office visit, H0020 methadone given, F1020 alcohol dependence, F1120 opioid. */
const services = (table: string) =>
  everyRow(
    { claim_line_number: '1', claim_type: 'professional', place_of_service_code: '11' },
    table
      .trim()
      .split('\n')
      .map((line, at) => (at === 0 ? `claim_id | ${line} | claim_end_date` : `${at} | ${line} | ${line.split('|')[1]}`))
      .join('\n'),
  );

export default {
  'in numerator: treatment begun within 14 days, and two more within 34 days of it; denominator only: none': {
    given: {
      'input.eligibility': members('abe', 'bob', 'cal'),
      'input.medical_claim': services(`person_id | claim_start_date | hcpcs_code | diagnosis_code_1
        abe | 2024-03-01 | 99213 | F1020
        abe | 2024-03-06 | G2086 | F1020
        abe | 2024-03-12 | 90834 | F1020
        abe | 2024-03-20 | 90834 | F1020
        bob | 2024-03-01 | 99213 | F1020
        bob | 2024-03-06 | G2086 | F1020
        cal | 2024-03-01 | 99213 | F1020`),
    },
    expect: `
      subject_id | person_id | measure_id | rate_id | period_start | initial_population | denominator | denominator_exclusion | numerator | status  | reason                                     | evidence_date | evidence                                                                    | due_date
      abe        | abe       | CMS137     | 1       | 2024-01-01   | true               | true        | false                 | true      | closed  | treatment begun within 14 days             | 2024-03-06    | treatment (HCPCS G2086, claim 2024-03-06)                                     |
      abe        | abe       | CMS137     | 2       | 2024-01-01   | true               | true        | false                 | true      | closed  | engaged within 34 days of the start        | 2024-03-20    | treatment (HCPCS 90834, claim 2024-03-12; HCPCS 90834, claim 2024-03-20)      |
      bob        | bob       | CMS137     | 1       | 2024-01-01   | true               | true        | false                 | true      | closed  | treatment begun within 14 days             | 2024-03-06    | treatment (HCPCS G2086, claim 2024-03-06)                                     |
      bob        | bob       | CMS137     | 2       | 2024-01-01   | true               | true        | false                 | false     | overdue | not engaged in treatment after 2024-03-01  | 2024-03-01    | diagnosis (ICD-10-CM F1020, claim 2024-03-01)                                 | 2024-04-09
      cal        | cal       | CMS137     | 1       | 2024-01-01   | true               | true        | false                 | false     | overdue | no treatment within 14 days of 2024-03-01  | 2024-03-01    | diagnosis (ICD-10-CM F1020, claim 2024-03-01)                                 | 2024-03-14
      cal        | cal       | CMS137     | 2       | 2024-01-01   | true               | true        | false                 | false     | overdue | not engaged in treatment after 2024-03-01  | 2024-03-01    | diagnosis (ICD-10-CM F1020, claim 2024-03-01)                                 | 2024-04-17`,
  },
  'just inside: 13 on 1 January, an episode on 14 November, treatment 13 days after it, a long-acting medicine 34 days after that':
    {
      given: {
        'input.eligibility': insured(`
          person_id | birth_date
          abe       | 2011-01-01`),
        'input.medical_claim': services(`person_id | claim_start_date | hcpcs_code | diagnosis_code_1
        abe | 2024-11-14 | 99213 | F1120
        abe | 2024-11-27 | 90832 | F1120
        abe | 2024-12-31 | G2070 | F1120`),
      },
      expect: `
      person_id | rate_id | period_start | initial_population | numerator | status
      abe       | 1       | 2024-01-01   | true               | true      | closed
      abe       | 2       | 2024-01-01   | true               | true      | closed`,
    },
  'just outside: 13 on 2 January, an episode on 15 November, treatment 14 days after the episode, a medicine 35 days after the start':
    {
      given: {
        'input.eligibility': insured(`
          person_id | birth_date
          abe       | 2011-01-02
          bob       | 1984-05-05
          cal       | 1984-05-05
          dan       | 1984-05-05`),
        'input.medical_claim': services(`person_id | claim_start_date | hcpcs_code | diagnosis_code_1
        abe | 2024-03-01 | 99213 | F1120
        bob | 2024-11-15 | 99213 | F1120
        cal | 2024-03-01 | 99213 | F1120
        cal | 2024-03-15 | 90832 | F1120
        dan | 2024-03-01 | 99213 | F1120
        dan | 2024-03-01 | 90832 | F1120
        dan | 2024-04-05 | G2070 | F1120`),
      },
      expect: `
      person_id | rate_id | period_start | initial_population | numerator | status       | reason
      bob       | 1       | 2024-01-01   | false              | false     | not eligible | no episode that began at a visit by 14 November
      bob       | 2       | 2024-01-01   | false              | false     | not eligible | no episode that began at a visit by 14 November
      cal       | 1       | 2024-01-01   | true               | false     | overdue      | no treatment within 14 days of 2024-03-01
      cal       | 2       | 2024-01-01   | true               | false     | overdue      | not engaged in treatment after 2024-03-01
      dan       | 1       | 2024-01-01   | true               | true      | closed       | treatment begun within 14 days
      dan       | 2       | 2024-01-01   | true               | false     | overdue      | not engaged in treatment after 2024-03-01`,
    },
  'new means: no visit for it, treatment or medicine in the 60 days before; an emergency visit, or the 61st day, does not count':
    {
      given: {
        'input.eligibility': everyRow(
          {
            gender: 'male',
            birth_date: '1984-05-05',
            payer: 'medicaid',
            enrollment_start_date: '2024-01-01',
            enrollment_end_date: '2024-12-31',
          },
          `
          person_id
          abe
          bob
          cal
          dan
          eli`,
        ),
        'input.medical_claim': services(`person_id | claim_start_date | hcpcs_code | diagnosis_code_1
        abe | 2024-01-30 | 99213 | F1120
        abe | 2023-12-01 | 99213 | F1120
        bob | 2024-01-30 | 99213 | F1120
        bob | 2023-11-30 | 99213 | F1120
        cal | 2024-01-30 | 99213 | F1120
        cal | 2024-01-02 | 90832 | F4310
        dan | 2024-01-30 | 99213 | F1120
        dan | 2023-12-20 | 99283 | F1120
        eli | 2024-01-30 | 99213 | F1120`),
        'input.medication': `
        medication_id | person_id | prescribing_date | days_supply | rxnorm_code
        1             | eli       | 2024-01-20       | 14          | 1010600`,
      },
      expect: `
      person_id | rate_id | period_start | initial_population | status       | reason                                                | evidence
      abe       | 1       | 2024-01-01   | false              | not eligible | diagnosed or treated in the 60 days before 2024-01-30 | before the episode (HCPCS 99213, claim 2023-12-01)
      abe       | 2       | 2024-01-01   | false              | not eligible | diagnosed or treated in the 60 days before 2024-01-30 | before the episode (HCPCS 99213, claim 2023-12-01)
      bob       | 1       | 2024-01-01   | true               | overdue      | no treatment within 14 days of 2024-01-30             | diagnosis (ICD-10-CM F1120, claim 2024-01-30)
      bob       | 2       | 2024-01-01   | true               | overdue      | not engaged in treatment after 2024-01-30             | diagnosis (ICD-10-CM F1120, claim 2024-01-30)
      cal       | 1       | 2024-01-01   | false              | not eligible | diagnosed or treated in the 60 days before 2024-01-30 | before the episode (HCPCS 90832, claim 2024-01-02)
      cal       | 2       | 2024-01-01   | false              | not eligible | diagnosed or treated in the 60 days before 2024-01-30 | before the episode (HCPCS 90832, claim 2024-01-02)
      dan       | 1       | 2024-01-01   | true               | overdue      | no treatment within 14 days of 2024-01-30             | diagnosis (ICD-10-CM F1120, claim 2024-01-30)
      dan       | 2       | 2024-01-01   | true               | overdue      | not engaged in treatment after 2024-01-30             | diagnosis (ICD-10-CM F1120, claim 2024-01-30)
      eli       | 1       | 2024-01-01   | false              | not eligible | diagnosed or treated in the 60 days before 2024-01-30 | before the episode (RXNORM 1010600, EHR 2024-01-20)
      eli       | 2       | 2024-01-01   | false              | not eligible | diagnosed or treated in the 60 days before 2024-01-30 | before the episode (RXNORM 1010600, EHR 2024-01-20)
      abe       | 1       | 2023-01-01   | false              | not eligible | no episode that began at a visit by 14 November       |
      abe       | 2       | 2023-01-01   | false              | not eligible | no episode that began at a visit by 14 November       |
      bob       | 1       | 2023-01-01   | false              | not eligible | no episode that began at a visit by 14 November       |
      bob       | 2       | 2023-01-01   | false              | not eligible | no episode that began at a visit by 14 November       |
      dan       | 1       | 2023-01-01   | false              | not eligible | no episode that began at a visit by 14 November       |
      dan       | 2       | 2023-01-01   | false              | not eligible | no episode that began at a visit by 14 November       |`,
    },
  'the visit of the episode itself is no treatment; a later telephone visit for the disorder is, one for another reason is not':
    {
      given: {
        'input.eligibility': members('abe', 'bob'),
        'input.medical_claim': services(`person_id | claim_start_date | hcpcs_code | diagnosis_code_1
        abe | 2024-03-01 | 98966 | F1020
        abe | 2024-03-05 | 98966 | F1020
        bob | 2024-03-01 | 98966 | F1020
        bob | 2024-03-05 | 98966 | I10`),
      },
      expect: `
      person_id | rate_id | period_start | numerator | evidence
      abe       | 1       | 2024-01-01   | true      | treatment (HCPCS 98966, claim 2024-03-05)
      abe       | 2       | 2024-01-01   | false     | diagnosis (ICD-10-CM F1020, claim 2024-03-01)
      bob       | 1       | 2024-01-01   | false     | diagnosis (ICD-10-CM F1020, claim 2024-03-01)
      bob       | 2       | 2024-01-01   | false     | diagnosis (ICD-10-CM F1020, claim 2024-03-01)`,
    },
  'while the days run a gap is due soon, and on the last of them overdue': {
    given: {
      'input.eligibility': members('abe', 'bob'),
      'input.medical_claim': services(`person_id | claim_start_date | hcpcs_code | diagnosis_code_1
        abe | 2024-03-01 | 99213 | F1020
        bob | 2024-03-02 | 99213 | F1020`),
    },
    variables: { data_through: '2024-03-15' },
    expect: `
      person_id | rate_id | period_start | numerator | status
      abe       | 1       | 2024-01-01   | false     | overdue
      abe       | 2       | 2024-01-01   | false     | due soon
      bob       | 1       | 2024-01-01   | false     | overdue
      bob       | 2       | 2024-01-01   | false     | due soon`,
  },
  'a diagnosis of the problem list begins an episode up to 2025; from 2026 it takes one of the visit': {
    given: {
      'input.eligibility': everyRow(
        {
          gender: 'male',
          birth_date: '1984-05-05',
          payer: 'medicaid',
          enrollment_start_date: '2025-01-01',
          enrollment_end_date: '2026-12-31',
        },
        `
        person_id
        abe
        bob`,
      ),
      'input.encounter': `
        encounter_id | person_id | encounter_type | encounter_start_date | encounter_end_date
        1            | abe       | office visit   | 2025-03-01           | 2025-03-01
        2            | abe       | office visit   | 2026-03-01           | 2026-03-01
        3            | bob       | office visit   | 2026-03-01           | 2026-03-01`,
      'input.condition': `
        condition_id | person_id | encounter_id | onset_date | status | condition_type      | source_code_type | source_code
        1            | abe       |              | 2025-03-01 | active | problem-list-item   | icd-10-cm        | F1020
        2            | abe       |              | 2026-03-01 | active | problem-list-item   | icd-10-cm        | F1120
        3            | bob       | 3            | 2026-03-01 | active | encounter-diagnosis | icd-10-cm        | F1020`,
    },
    variables: { data_through: '2026-12-31', period: '2026' },
    expect: `
      person_id | rate_id | period_start | initial_population
      abe       | 1       | 2025-01-01   | true
      abe       | 2       | 2025-01-01   | true
      abe       | 1       | 2026-01-01   | false
      abe       | 2       | 2026-01-01   | false
      bob       | 1       | 2026-01-01   | true
      bob       | 2       | 2026-01-01   | true`,
  },
  'a medicine ordered in the EHR begins treatment; one that was cancelled does not': {
    given: {
      'input.eligibility': members('abe', 'bob'),
      'input.medical_claim': services(`person_id | claim_start_date | hcpcs_code | diagnosis_code_1
        abe | 2024-03-01 | 99213 | F1120
        bob | 2024-03-01 | 99213 | F1120`),
      'input.medication': `
        medication_id | person_id | prescribing_date | days_supply | rxnorm_code | statement_type | status
        1             | abe       | 2024-03-01       | 14          | 1010600     | order          | active
        2             | bob       | 2024-03-01       | 14          | 1010600     | order          | cancelled`,
    },
    expect: `
      person_id | rate_id | period_start | numerator | evidence
      abe       | 1       | 2024-01-01   | true      | treatment (RXNORM 1010600, EHR 2024-03-01)
      abe       | 2       | 2024-01-01   | false     | diagnosis (ICD-10-CM F1120, claim 2024-03-01)
      bob       | 1       | 2024-01-01   | false     | diagnosis (ICD-10-CM F1120, claim 2024-03-01)
      bob       | 2       | 2024-01-01   | false     | diagnosis (ICD-10-CM F1120, claim 2024-03-01)`,
  },
  'excluded: hospice in the year, though treated': {
    given: {
      'input.eligibility': members('abe'),
      'input.medical_claim': services(`person_id | claim_start_date | hcpcs_code | diagnosis_code_1
        abe | 2024-03-01 | 99213 | F1020
        abe | 2024-03-06 | 90834 | F1020
        abe | 2024-06-01 | G0182 | C259`),
    },
    expect: `
      person_id | rate_id | period_start | denominator_exclusion | numerator | status   | reason       | evidence
      abe       | 1       | 2024-01-01   | true                  | false     | excluded | hospice care | hospice care (HCPCS G0182, claim 2024-06-01)
      abe       | 2       | 2024-01-01   | true                  | false     | excluded | hospice care | hospice care (HCPCS G0182, claim 2024-06-01)`,
  },
} satisfies Cases;
