import { type Cases, everyRow } from '../../engine/cases.ts';

/** Women in Medicare from 2021 to 2024. */
const women = (table: string) =>
  everyRow(
    {
      gender: 'female',
      payer: 'medicare',
      enrollment_start_date: '2021-01-01',
      enrollment_end_date: '2024-12-31',
    },
    table,
  );

/** Lines of professional claims, by code: 99213 an office visit, 77067 a screening mammogram. */
const services = (table: string) =>
  everyRow({ claim_line_number: '1', claim_type: 'professional', place_of_service_code: '11' }, table);

export default {
  'in numerator: screened within 27 months; the gap of the year before is overdue': {
    given: {
      'input.eligibility': women(`
        person_id | birth_date
        ann       | 1960-05-05`),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date
        1        | ann       | 99213      | 2023-03-01       | 2023-03-01
        2        | ann       | 99213      | 2024-03-01       | 2024-03-01
        3        | ann       | 77067      | 2024-03-15       | 2024-03-15`),
    },
    expect: `
      subject_id | person_id | measure_id | rate_id | period_start | period_end | initial_population | denominator | denominator_exclusion | denominator_exception | numerator | status  | reason                           | evidence_date | evidence                                    | due_date
      ann        | ann       | CMS125     | 1       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | true      | closed  | mammogram within 27 months       | 2024-03-15    | mammogram (HCPCS 77067, claim 2024-03-15) |
      ann        | ann       | CMS125     | 1       | 2023-01-01   | 2023-12-31 | true               | true        | false                 | false                 | false     | overdue | no mammogram within 27 months |               |                                             | 2023-12-31`,
  },
  'just inside: a mammogram on 1 October two years before': {
    given: {
      'input.eligibility': women(`
        person_id | birth_date
        ann       | 1960-05-05`),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date
        1        | ann       | 99213      | 2024-03-01       | 2024-03-01
        2        | ann       | 77067      | 2022-10-01       | 2022-10-01`),
    },
    expect: `
      person_id | period_start | denominator | numerator | status       | evidence_date
      ann       | 2024-01-01   | true        | true      | closed       | 2022-10-01
      ann       | 2023-01-01   | false       | false     | not eligible |`,
  },
  'just outside: a mammogram on 30 September two years before; denominator only': {
    given: {
      'input.eligibility': women(`
        person_id | birth_date
        ann       | 1960-05-05`),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date
        1        | ann       | 99213      | 2024-03-01       | 2024-03-01
        2        | ann       | 77067      | 2022-09-30       | 2022-09-30`),
    },
    expect: `
      person_id | period_start | denominator | numerator | status       | reason
      ann       | 2024-01-01   | true        | false     | overdue      | no mammogram within 27 months
      ann       | 2023-01-01   | false       | false     | not eligible | no outpatient visit in the year`,
  },
  'just inside: 52 and 74 years old on 31 December': {
    given: {
      'input.eligibility': everyRow(
        { gender: 'female', payer: 'medicare', enrollment_start_date: '2024-01-01', enrollment_end_date: '2024-12-31' },
        `
        person_id | birth_date
        ann       | 1972-12-31
        bea       | 1950-01-01`,
      ),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date
        1        | ann       | G0438      | 2024-03-01       | 2024-03-01
        2        | bea       | 99350      | 2024-03-01       | 2024-03-01`),
    },
    expect: `
      person_id | period_start | initial_population | numerator | status
      ann       | 2024-01-01   | true               | false     | history incomplete
      bea       | 2024-01-01   | true               | false     | history incomplete`,
  },
  'just outside: 51 and 75 years old on 31 December; men': {
    given: {
      'input.eligibility': everyRow(
        { payer: 'medicare', enrollment_start_date: '2024-01-01', enrollment_end_date: '2024-12-31' },
        `
        person_id | gender | birth_date
        ann       | female | 1973-01-01
        bea       | female | 1949-12-31
        cal       | male   | 1960-05-05`,
      ),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date
        1        | ann       | 99213      | 2024-03-01       | 2024-03-01
        2        | bea       | 99213      | 2024-03-01       | 2024-03-01
        3        | cal       | 99213      | 2024-03-01       | 2024-03-01`),
    },
    expect: `
      person_id | period_start | initial_population | numerator | status   | reason
      bea       | 2024-01-01   | false              | false     | aged out | older than 74 at the end of the year`,
  },
  'from 2026 the measure begins at 42': {
    given: {
      'input.eligibility': everyRow(
        { gender: 'female', payer: 'medicare', enrollment_start_date: '2025-01-01', enrollment_end_date: '2026-12-31' },
        `
        person_id | birth_date
        ann       | 1984-12-31
        bea       | 1985-01-01`,
      ),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date
        1        | ann       | 99213      | 2026-03-01       | 2026-03-01
        2        | bea       | 99213      | 2026-03-01       | 2026-03-01`),
    },
    variables: { data_through: '2026-12-31', period: '2026' },
    expect: `
      person_id | period_start | initial_population | status
      ann       | 2026-01-01   | true               | history incomplete`,
  },
  'a woman of whom there is no record at all stays on the list': {
    given: {
      'input.eligibility': women(`
        person_id | birth_date
        ann       | 1960-05-05`),
    },
    expect: `
      person_id | period_start | initial_population | numerator | status       | reason
      ann       | 2024-01-01   | false              | false     | not eligible | no outpatient visit in the year
      ann       | 2023-01-01   | false              | false     | not eligible | no outpatient visit in the year`,
  },
  'the EHR closes the gap: visit, procedure or imaging result': {
    given: {
      'input.eligibility': everyRow(
        { gender: 'female', payer: 'medicare', enrollment_start_date: '2024-01-01', enrollment_end_date: '2024-12-31' },
        `
        person_id | birth_date
        ann       | 1960-05-05
        bea       | 1960-05-05`,
      ),
      'input.encounter': `
        encounter_id | person_id | encounter_type | encounter_start_date | encounter_end_date
        1            | ann       | office visit   | 2024-03-01           | 2024-03-01
        2            | bea       | telehealth     | 2024-03-01           | 2024-03-01`,
      'input.procedure': `
        procedure_id | person_id | procedure_date | source_code_type | source_code
        1            | ann       | 2024-04-02     | snomed           | 71651007`,
      'input.observation': `
        observation_id | person_id | observation_date | source_code_type | source_code | result
        1              | bea       | 2024-05-03       | loinc            | 24606-6     | negative`,
    },
    expect: `
      person_id | period_start | denominator | numerator | status | evidence
      ann       | 2024-01-01   | true        | true      | closed | mammogram (SNOMED 71651007, EHR 2024-04-02)
      bea       | 2024-01-01   | true        | true      | closed | mammogram (LOINC 24606-6, EHR 2024-05-03)`,
  },
  'a mammogram that was not done, or whose record was withdrawn, closes nothing': {
    given: {
      'input.eligibility': everyRow(
        { gender: 'female', payer: 'medicare', enrollment_start_date: '2024-01-01', enrollment_end_date: '2024-12-31' },
        `
        person_id | birth_date
        ann       | 1960-05-05
        bea       | 1960-05-05`,
      ),
      'input.encounter': `
        encounter_id | person_id | encounter_type | encounter_start_date | encounter_end_date
        1            | ann       | office visit   | 2024-03-01           | 2024-03-01
        2            | bea       | office visit   | 2024-03-01           | 2024-03-01`,
      'input.procedure': `
        procedure_id | person_id | procedure_date | source_code_type | source_code | status
        1            | ann       | 2024-04-02     | snomed           | 71651007    | not-done`,
      'input.observation': `
        observation_id | person_id | observation_date | source_code_type | source_code | status
        1              | bea       | 2024-05-03       | loinc            | 24606-6     | entered-in-error`,
    },
    expect: `
      person_id | period_start | numerator | status
      ann       | 2024-01-01   | false     | history incomplete
      bea       | 2024-01-01   | false     | history incomplete`,
  },
  'the latest mammogram is the evidence': {
    given: {
      'input.eligibility': everyRow(
        { gender: 'female', payer: 'medicare', enrollment_start_date: '2024-01-01', enrollment_end_date: '2024-12-31' },
        `
        person_id | birth_date
        ann       | 1960-05-05`,
      ),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date
        1        | ann       | 99213      | 2024-03-01       | 2024-03-01
        2        | ann       | 77067      | 2024-03-15       | 2024-03-15
        3        | ann       | 77065      | 2024-04-20       | 2024-04-20`),
    },
    expect: `
      person_id | period_start | numerator | status | evidence
      ann       | 2024-01-01   | true      | closed | mammogram (HCPCS 77065, claim 2024-04-20)`,
  },
  'while the year runs a gap is open, and due soon in its last 90 days': {
    given: {
      'input.eligibility': women(`
        person_id | birth_date
        ann       | 1960-05-05`),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date
        1        | ann       | 99213      | 2024-03-01       | 2024-03-01`),
    },
    variables: { data_through: '2024-10-01' },
    expect: `
      person_id | period_start | numerator | status       | due_date
      ann       | 2024-01-01   | false     | open         | 2024-12-31
      ann       | 2023-01-01   | false     | not eligible |`,
  },
  'due soon: 90 days before the end of the year': {
    given: {
      'input.eligibility': women(`
        person_id | birth_date
        ann       | 1960-05-05`),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date
        1        | ann       | 99213      | 2024-03-01       | 2024-03-01`),
    },
    variables: { data_through: '2024-10-02' },
    expect: `
      person_id | period_start | numerator | status       | due_date
      ann       | 2024-01-01   | false     | due soon     | 2024-12-31
      ann       | 2023-01-01   | false     | not eligible |`,
  },
  'history incomplete: her data begin within the 27 months': {
    given: {
      'input.eligibility': everyRow(
        { gender: 'female', payer: 'medicare', enrollment_start_date: '2022-11-01', enrollment_end_date: '2024-12-31' },
        `
        person_id | birth_date
        ann       | 1960-05-05`,
      ),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date
        1        | ann       | 99213      | 2024-03-01       | 2024-03-01`),
    },
    expect: `
      person_id | period_start | denominator | numerator | status             | reason
      ann       | 2024-01-01   | true        | false     | history incomplete | no mammogram since her data begin in 2022-11
      ann       | 2023-01-01   | false       | false     | not eligible       | no outpatient visit in the year`,
  },
  'excluded: hospice in the year, though she was screened': {
    given: {
      'input.eligibility': everyRow(
        { gender: 'female', payer: 'medicare', enrollment_start_date: '2024-01-01', enrollment_end_date: '2024-12-31' },
        `
        person_id | birth_date
        ann       | 1960-05-05
        bea       | 1960-05-05`,
      ),
      'input.medical_claim': everyRow(
        { claim_line_number: '1' },
        `
        claim_id | person_id | claim_type    | bill_type_code | place_of_service_code | hcpcs_code | claim_start_date | claim_end_date | discharge_disposition_code
        1        | ann       | professional  |                | 11                    | 99213      | 2024-03-01       | 2024-03-01     |
        2        | ann       | professional  |                | 11                    | 77067      | 2024-03-15       | 2024-03-15     |
        3        | ann       | institutional | 811            |                       |            | 2024-09-01       | 2024-09-30     |
        4        | bea       | professional  |                | 11                    | 99213      | 2024-03-01       | 2024-03-01     |
        5        | bea       | institutional | 111            |                       |            | 2024-05-01       | 2024-05-06     | 50`,
      ),
    },
    expect: `
      person_id | period_start | denominator | denominator_exclusion | numerator | status   | reason       | evidence
      ann       | 2024-01-01   | true        | true                  | false     | excluded | hospice care | hospice care (hospice encounter, claim 2024-09-01)
      bea       | 2024-01-01   | true        | true                  | false     | excluded | hospice care | hospice care (discharge status 50, claim 2024-05-06)`,
  },
  'two reasons at once: both are listed by their day, and the first is kept': {
    given: {
      'input.eligibility': women(`
        person_id | birth_date
        ann       | 1960-05-05
        bea       | 1960-05-05`),
      'input.medical_claim': everyRow(
        { claim_line_number: '1' },
        `
        claim_id | person_id | claim_type    | bill_type_code | place_of_service_code | hcpcs_code | hcpcs_modifier_1 | claim_start_date | claim_end_date
        1        | ann       | professional  |                | 11                    | 99213      |            | 2024-03-01       | 2024-03-01
        2        | ann       | institutional | 811            |                       |            |            | 2024-09-01       | 2024-09-30
        3        | ann       | professional  |                | 22                    | 19303      | 50         | 2024-02-01       | 2024-02-01
        4        | ann       | professional  |                | 22                    | 19303      | 50         | 2024-02-03       | 2024-02-03
        5        | bea       | professional  |                | 11                    | 99213      |            | 2024-03-01       | 2024-03-01`,
      ),
    },
    expect: `
      person_id | period_start | status       | reason                         | exclusions
      ann       | 2024-01-01   | excluded     | both breasts removed           | [both breasts removed, hospice care]
      ann       | 2023-01-01   | not eligible | no outpatient visit in the year |
      bea       | 2024-01-01   | overdue      | no mammogram within 27 months  |
      bea       | 2023-01-01   | not eligible | no outpatient visit in the year |`,
  },
  'excluded: both breasts removed at any time before, together or one after the other': {
    given: {
      'input.eligibility': everyRow(
        { gender: 'female', payer: 'medicare', enrollment_start_date: '2024-01-01', enrollment_end_date: '2024-12-31' },
        `
        person_id | birth_date
        ann       | 1960-05-05
        bea       | 1960-05-05
        cyn       | 1960-05-05
        dot       | 1960-05-05
        eve       | 1960-05-05
        fay       | 1960-05-05
        gil       | 1960-05-05`,
      ),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | hcpcs_modifier_1 | diagnosis_code_1 | diagnosis_code_2 | claim_start_date | claim_end_date
        1        | ann       | 99213      |                  | Z9013            |                  | 2024-03-01       | 2024-03-01
        2        | bea       | 99213      |                  | Z9011            | Z9012            | 2024-03-01       | 2024-03-01
        3        | cyn       | 99213      |                  | Z9011            |                  | 2024-03-01       | 2024-03-01
        4        | dot       | 99213      |                  |                  |                  | 2024-03-01       | 2024-03-01
        5        | dot       | 19303      | 50               |                  |                  | 2024-02-01       | 2024-02-01
        6        | eve       | 99213      |                  | Z9011            |                  | 2024-03-01       | 2024-03-01
        7        | eve       | 19303      | LT               |                  |                  | 2024-02-01       | 2024-02-01
        8        | fay       | 99213      |                  |                  |                  | 2024-03-01       | 2024-03-01
        9        | gil       | 99213      |                  |                  |                  | 2024-03-01       | 2024-03-01`),
      'input.condition': `
        condition_id | person_id | onset_date | status | source_code_type | source_code | body_site_code
        1            | fay       | 2019-05-02 | active | icd-10-cm        | Z9010       | 7771000
        2            | fay       | 2021-05-02 | active | icd-10-cm        | Z9010       | 24028007
        3            | gil       | 2019-05-02 | active | icd-10-cm        | Z9010       |
        4            | gil       | 2021-05-02 | active | icd-10-cm        | Z9010       | 24028007`,
    },
    expect: `
      person_id | period_start | denominator_exclusion | numerator | status             | reason
      ann       | 2024-01-01   | true                  | false     | excluded           | both breasts removed
      bea       | 2024-01-01   | true                  | false     | excluded           | both breasts removed
      cyn       | 2024-01-01   | false                 | false     | history incomplete | no mammogram since her data begin in 2024-01
      dot       | 2024-01-01   | true                  | false     | excluded           | both breasts removed
      eve       | 2024-01-01   | true                  | false     | excluded           | both breasts removed
      fay       | 2024-01-01   | true                  | false     | excluded           | both breasts removed
      gil       | 2024-01-01   | false                 | false     | history incomplete | no mammogram since her data begin in 2024-01`,
  },
  'excluded: frailty and advanced illness from 66 years on, not at 65, not one of them alone': {
    given: {
      'input.eligibility': everyRow(
        { gender: 'female', payer: 'medicare', enrollment_start_date: '2024-01-01', enrollment_end_date: '2024-12-31' },
        `
        person_id | birth_date
        ann       | 1958-12-31
        bea       | 1959-01-01
        cyn       | 1955-05-05`,
      ),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | diagnosis_code_1 | diagnosis_code_2 | claim_start_date | claim_end_date
        1        | ann       | 99213      | R5381            | I5022            | 2024-03-01       | 2024-03-01
        2        | bea       | 99213      | R5381            | I5022            | 2024-03-01       | 2024-03-01
        3        | cyn       | 99213      | R5381            |                  | 2024-03-01       | 2024-03-01`),
    },
    expect: `
      person_id | period_start | denominator_exclusion | status             | reason                                       | evidence
      ann       | 2024-01-01   | true                  | excluded           | frailty and advanced illness                 | frailty and advanced illness (ICD-10-CM I5022, claim 2024-03-01)
      bea       | 2024-01-01   | false                 | history incomplete | no mammogram since her data begin in 2024-01 |
      cyn       | 2024-01-01   | false                 | history incomplete | no mammogram since her data begin in 2024-01 |`,
  },
  'advanced illness counts from the year before, frailty in the year only': {
    given: {
      'input.eligibility': women(`
        person_id | birth_date
        ann       | 1955-05-05
        bea       | 1955-05-05`),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | diagnosis_code_1 | claim_start_date | claim_end_date
        1        | ann       | 97110      | I5022            | 2023-01-01       | 2023-01-01
        2        | ann       | 99213      | R5381            | 2024-03-01       | 2024-03-01
        3        | bea       | 97110      | R5381            | 2023-12-31       | 2023-12-31
        4        | bea       | 99213      | I5022            | 2024-03-01       | 2024-03-01`),
    },
    expect: `
      person_id | period_start | denominator_exclusion | status
      ann       | 2024-01-01   | true                  | excluded
      ann       | 2023-01-01   | false                 | not eligible
      bea       | 2024-01-01   | false                 | overdue
      bea       | 2023-01-01   | false                 | not eligible`,
  },
  'excluded: palliative care, a nursing home': {
    given: {
      'input.eligibility': everyRow(
        { gender: 'female', payer: 'medicare', enrollment_start_date: '2024-01-01', enrollment_end_date: '2024-12-31' },
        `
        person_id | birth_date | long_term_institutional_flag
        ann       | 1960-05-05 |
        bea       | 1955-05-05 | true
        cyn       | 1960-05-05 | true
        dot       | 1955-05-05 |`,
      ),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | diagnosis_code_1 | claim_start_date | claim_end_date
        1        | ann       | 99213      | Z515             | 2024-03-01       | 2024-03-01
        2        | bea       | 99213      |                  | 2024-03-01       | 2024-03-01
        3        | cyn       | 99213      |                  | 2024-03-01       | 2024-03-01
        4        | dot       | 99213      |                  | 2024-03-01       | 2024-03-01`),
      'input.observation': `
        observation_id | person_id | observation_date | source_code_type | source_code | result
        1              | dot       | 2023-05-03       | loinc            | 71802-3     | 160734000`,
    },
    expect: `
      person_id | period_start | denominator_exclusion | status             | reason
      ann       | 2024-01-01   | true                  | excluded           | palliative care
      bea       | 2024-01-01   | true                  | excluded           | lives in a nursing home
      cyn       | 2024-01-01   | false                 | history incomplete | no mammogram since her data begin in 2024-01
      dot       | 2024-01-01   | true                  | excluded           | lives in a nursing home`,
  },
} satisfies Cases;
