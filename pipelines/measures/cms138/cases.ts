import { type Cases, everyRow } from '../../engine/cases.ts';

/** People insured in 2024, 64 years old. */
const members = (...people: readonly string[]) =>
  everyRow(
    {
      gender: 'male',
      birth_date: '1960-05-05',
      payer: 'medicare',
      enrollment_start_date: '2024-01-01',
      enrollment_end_date: '2024-12-31',
    },
    ['person_id', ...people].join('\n'),
  );

/** Lines of professional claims in an office: 99213 an office visit, G0438 a wellness visit, 99406 counseling. */
const services = (table: string) =>
  everyRow({ claim_line_number: '1', claim_type: 'professional', place_of_service_code: '11' }, table);

/** A wellness visit in March 2024. */
const visit = (...people: readonly string[]) =>
  services(
    everyRow(
      { hcpcs_code: 'G0438', claim_start_date: '2024-03-15', claim_end_date: '2024-03-15' },
      ['claim_id | person_id', ...people.map((person, at) => `${at + 1} | ${person}`)].join('\n'),
    ),
  );

/** Answers to the smoking status in SNOMED: 449868002 smokes every day, 266919005 has never smoked. */
const answers = (table: string) =>
  everyRow({ source_code_type: 'loinc', source_code: '72166-2', result_code_type: 'snomed' }, table);

export default {
  'in numerator: asked, and helped if a user; denominator only: not helped, or not asked; rate 2 asks users only': {
    given: {
      'input.eligibility': members('ann', 'bea', 'cyn', 'dot'),
      'input.medical_claim': visit('ann', 'bea', 'cyn', 'dot'),
      'input.observation': answers(`
        observation_id | person_id | observation_date | result_code
        1              | ann       | 2024-03-15       | 266919005
        2              | bea       | 2024-03-15       | 449868002
        3              | cyn       | 2024-03-15       | 449868002`),
      'input.medication': `
        medication_id | person_id | prescribing_date | rxnorm_code
        1             | bea       | 2024-04-01       | 151226`,
    },
    expect: `
      subject_id | person_id | measure_id | rate_id | period_start | period_end | initial_population | denominator | denominator_exclusion | denominator_exception | numerator | status       | reason                                                    | evidence_date | evidence                                                                                    | due_date
      ann        | ann       | CMS138     | 1       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | true      | closed       | uses no tobacco                                           | 2024-03-15    | no tobacco user (LOINC 72166-2, EHR 2024-03-15)                                             |
      ann        | ann       | CMS138     | 2       | 2024-01-01   | 2024-12-31 | true               | false       | false                 | false                 | false     | not eligible | not known to use tobacco                                  |               |                                                                                             |
      ann        | ann       | CMS138     | 3       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | true      | closed       | uses no tobacco                                           | 2024-03-15    | no tobacco user (LOINC 72166-2, EHR 2024-03-15)                                             |
      bea        | bea       | CMS138     | 1       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | true      | closed       | uses tobacco, helped to quit                              | 2024-03-15    | tobacco user (LOINC 72166-2, EHR 2024-03-15)                                                |
      bea        | bea       | CMS138     | 2       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | true      | closed       | uses tobacco, helped to quit                              | 2024-04-01    | tobacco user (LOINC 72166-2, EHR 2024-03-15), help to quit (RXNORM 151226, EHR 2024-04-01)   |
      bea        | bea       | CMS138     | 3       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | true      | closed       | uses tobacco, helped to quit                              | 2024-04-01    | tobacco user (LOINC 72166-2, EHR 2024-03-15), help to quit (RXNORM 151226, EHR 2024-04-01)   |
      cyn        | cyn       | CMS138     | 1       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | true      | closed       | uses tobacco, no help to quit since 1 July of the year before | 2024-03-15 | tobacco user (LOINC 72166-2, EHR 2024-03-15)                                               |
      cyn        | cyn       | CMS138     | 2       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | false     | overdue      | uses tobacco, no help to quit since 1 July of the year before | 2024-03-15 | tobacco user (LOINC 72166-2, EHR 2024-03-15)                                               | 2024-12-31
      cyn        | cyn       | CMS138     | 3       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | false     | overdue      | uses tobacco, no help to quit since 1 July of the year before | 2024-03-15 | tobacco user (LOINC 72166-2, EHR 2024-03-15)                                               | 2024-12-31
      dot        | dot       | CMS138     | 1       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | false     | overdue      | not asked about tobacco in the year                       |               |                                                                                             | 2024-12-31
      dot        | dot       | CMS138     | 2       | 2024-01-01   | 2024-12-31 | true               | false       | false                 | false                 | false     | not eligible | not known to use tobacco                                  |               |                                                                                             |
      dot        | dot       | CMS138     | 3       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | false     | overdue      | not asked about tobacco in the year                       |               |                                                                                             | 2024-12-31`,
  },
  'just inside: 12 years old on 1 January, two visits or a preventive one; just outside: 11, or a single visit': {
    given: {
      'input.eligibility': everyRow(
        { gender: 'male', payer: 'medicaid', enrollment_start_date: '2024-01-01', enrollment_end_date: '2024-12-31' },
        `
        person_id | birth_date
        ann       | 2012-01-01
        bea       | 2012-01-02
        cyn       | 1960-05-05
        dot       | 1960-05-05
        eve       | 1960-05-05`,
      ),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date
        1        | ann       | 99394      | 2024-01-01       | 2024-01-01
        2        | bea       | 99394      | 2024-01-01       | 2024-01-01
        3        | cyn       | 99213      | 2024-01-01       | 2024-01-01
        4        | cyn       | 97161      | 2024-12-31       | 2024-12-31
        5        | dot       | 99213      | 2024-01-01       | 2024-01-01
        6        | dot       | 99213      | 2025-01-01       | 2025-01-01
        7        | eve       | 99024      | 2024-05-01       | 2024-05-01`),
      'input.encounter': `
        encounter_id | person_id | encounter_type | encounter_start_date | encounter_end_date
        1            | dot       | office visit   | 2024-01-01           | 2024-01-01`,
    },
    variables: { data_through: '2025-01-31', period: '2024' },
    expect: `
      person_id | rate_id | period_start | initial_population | reason
      ann       | 1       | 2024-01-01   | true               | not asked about tobacco in the year
      ann       | 2       | 2024-01-01   | true               | not known to use tobacco
      ann       | 3       | 2024-01-01   | true               | not asked about tobacco in the year
      cyn       | 1       | 2024-01-01   | true               | not asked about tobacco in the year
      cyn       | 2       | 2024-01-01   | true               | not known to use tobacco
      cyn       | 3       | 2024-01-01   | true               | not asked about tobacco in the year
      dot       | 1       | 2024-01-01   | false              | neither two visits nor a preventive visit in the year
      dot       | 2       | 2024-01-01   | false              | neither two visits nor a preventive visit in the year
      dot       | 3       | 2024-01-01   | false              | neither two visits nor a preventive visit in the year
      eve       | 1       | 2024-01-01   | true               | not asked about tobacco in the year
      eve       | 2       | 2024-01-01   | true               | not known to use tobacco
      eve       | 3       | 2024-01-01   | true               | not asked about tobacco in the year`,
  },
  'just inside: help on 1 July of the year before or 31 December, an answer on 1 January': {
    given: {
      'input.eligibility': members('ann', 'bea'),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | diagnosis_code_1 | claim_start_date | claim_end_date
        1        | ann       | G0438      |                  | 2024-03-15       | 2024-03-15
        2        | bea       | G0438      |                  | 2024-03-15       | 2024-03-15
        3        | ann       | 99406      |                  | 2023-07-01       | 2023-07-01
        4        | bea       | 99499      | Z716             | 2024-12-31       | 2024-12-31`),
      'input.observation': answers(`
        observation_id | person_id | observation_date | result_code
        1              | ann       | 2024-01-01       | 449868002
        2              | bea       | 2024-12-31       | 449868002`),
    },
    expect: `
      person_id | rate_id | period_start | numerator | evidence
      ann       | 1       | 2024-01-01   | true      | tobacco user (LOINC 72166-2, EHR 2024-01-01)
      ann       | 2       | 2024-01-01   | true      | tobacco user (LOINC 72166-2, EHR 2024-01-01), help to quit (HCPCS 99406, claim 2023-07-01)
      ann       | 3       | 2024-01-01   | true      | tobacco user (LOINC 72166-2, EHR 2024-01-01), help to quit (HCPCS 99406, claim 2023-07-01)
      bea       | 1       | 2024-01-01   | true      | tobacco user (LOINC 72166-2, EHR 2024-12-31)
      bea       | 2       | 2024-01-01   | true      | tobacco user (LOINC 72166-2, EHR 2024-12-31), help to quit (ICD-10-CM Z716, claim 2024-12-31)
      bea       | 3       | 2024-01-01   | true      | tobacco user (LOINC 72166-2, EHR 2024-12-31), help to quit (ICD-10-CM Z716, claim 2024-12-31)
      ann       | 1       | 2023-01-01   | false     |
      ann       | 2       | 2023-01-01   | false     |
      ann       | 3       | 2023-01-01   | false     |`,
  },
  'just outside: help on 30 June of the year before, an order decided against, an answer of the year before': {
    given: {
      'input.eligibility': members('ann', 'bea', 'cyn'),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | hcpcs_modifier_1 | claim_start_date | claim_end_date
        1        | ann       | G0438      |                  | 2024-03-15       | 2024-03-15
        2        | bea       | G0438      |                  | 2024-03-15       | 2024-03-15
        3        | cyn       | G0438      |                  | 2024-03-15       | 2024-03-15
        4        | ann       | 99406      |                  | 2023-06-30       | 2023-06-30
        5        | bea       | 4004F      | 8P               | 2024-03-15       | 2024-03-15`),
      'input.observation': answers(`
        observation_id | person_id | observation_date | result_code
        1              | ann       | 2024-01-01       | 449868002
        2              | bea       | 2024-03-15       | 449868002
        3              | cyn       | 2023-12-31       | 266919005`),
      'input.medication': `
        medication_id | person_id | prescribing_date | rxnorm_code | status
        1             | bea       | 2024-04-01       | 151226      | not done`,
    },
    expect: `
      person_id | rate_id | period_start | denominator | numerator
      ann       | 1       | 2024-01-01   | true        | true
      ann       | 2       | 2024-01-01   | true        | false
      ann       | 3       | 2024-01-01   | true        | false
      bea       | 1       | 2024-01-01   | true        | true
      bea       | 2       | 2024-01-01   | true        | false
      bea       | 3       | 2024-01-01   | true        | false
      cyn       | 1       | 2024-01-01   | true        | false
      cyn       | 2       | 2024-01-01   | false       | false
      cyn       | 3       | 2024-01-01   | true        | false
      ann       | 1       | 2023-01-01   | false       | false
      ann       | 2       | 2023-01-01   | false       | false
      ann       | 3       | 2023-01-01   | false       | false`,
  },
  'quality codes of claims tell answer and help; the last answer decides; one that is not understood stays unknown': {
    given: {
      'input.eligibility': members('ann', 'bea', 'cyn', 'dot', 'eve'),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | diagnosis_code_1 | claim_start_date | claim_end_date
        1        | ann       | G0438      |                  | 2024-03-15       | 2024-03-15
        2        | ann       | 1036F      |                  | 2024-03-15       | 2024-03-15
        3        | bea       | G0438      |                  | 2024-03-15       | 2024-03-15
        4        | bea       | 4004F      |                  | 2024-03-15       | 2024-03-15
        5        | cyn       | G0438      |                  | 2024-03-15       | 2024-03-15
        6        | cyn       | 1034F      |                  | 2024-03-15       | 2024-03-15
        7        | dot       | G0438      |                  | 2024-03-15       | 2024-03-15
        8        | eve       | G0438      | F17210           | 2024-03-15       | 2024-03-15`),
      'input.observation': answers(`
        observation_id | person_id | observation_date | observation_type | result_code
        1              | cyn       | 2024-06-15       | survey           | 266919005
        2              | dot       | 2024-03-15       | survey           | 266927001
        3              | eve       | 2024-03-15       | laboratory       | 449868002`),
    },
    expect: `
      person_id | rate_id | period_start | denominator | numerator | status                | reason                              | evidence
      ann       | 1       | 2024-01-01   | true        | true      | closed                | uses no tobacco                     | no tobacco user (HCPCS 1036F, claim 2024-03-15)
      ann       | 2       | 2024-01-01   | false       | false     | not eligible          | not known to use tobacco            |
      ann       | 3       | 2024-01-01   | true        | true      | closed                | uses no tobacco                     | no tobacco user (HCPCS 1036F, claim 2024-03-15)
      bea       | 1       | 2024-01-01   | true        | true      | closed                | uses tobacco, helped to quit        | tobacco user (HCPCS 4004F, claim 2024-03-15)
      bea       | 2       | 2024-01-01   | true        | true      | closed                | uses tobacco, helped to quit        | tobacco user (HCPCS 4004F, claim 2024-03-15), help to quit (HCPCS 4004F, claim 2024-03-15)
      bea       | 3       | 2024-01-01   | true        | true      | closed                | uses tobacco, helped to quit        | tobacco user (HCPCS 4004F, claim 2024-03-15), help to quit (HCPCS 4004F, claim 2024-03-15)
      cyn       | 1       | 2024-01-01   | true        | true      | closed                | uses no tobacco                     | no tobacco user (LOINC 72166-2, EHR 2024-06-15)
      cyn       | 2       | 2024-01-01   | false       | false     | not eligible          | not known to use tobacco            |
      cyn       | 3       | 2024-01-01   | true        | true      | closed                | uses no tobacco                     | no tobacco user (LOINC 72166-2, EHR 2024-06-15)
      dot       | 1       | 2024-01-01   | true        | false     | tested, value unknown | asked about tobacco, answer unknown | tobacco use asked, answer unknown (LOINC 72166-2, EHR 2024-03-15)
      dot       | 2       | 2024-01-01   | false       | false     | not eligible          | not known to use tobacco            |
      dot       | 3       | 2024-01-01   | true        | false     | tested, value unknown | asked about tobacco, answer unknown | tobacco use asked, answer unknown (LOINC 72166-2, EHR 2024-03-15)
      eve       | 1       | 2024-01-01   | true        | false     | overdue               | not asked about tobacco in the year |
      eve       | 2       | 2024-01-01   | false       | false     | not eligible          | not known to use tobacco            |
      eve       | 3       | 2024-01-01   | true        | false     | overdue               | not asked about tobacco in the year |`,
  },
  'excluded: hospice in the year': {
    given: {
      'input.eligibility': members('ann'),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date
        1        | ann       | G0438      | 2024-03-15       | 2024-03-15
        2        | ann       | 4004F      | 2024-03-15       | 2024-03-15
        3        | ann       | G0182      | 2024-06-01       | 2024-06-01`),
    },
    expect: `
      person_id | rate_id | period_start | denominator | denominator_exclusion | numerator | status   | evidence
      ann       | 1       | 2024-01-01   | true        | true                  | false     | excluded | hospice care (HCPCS G0182, claim 2024-06-01)
      ann       | 2       | 2024-01-01   | true        | true                  | false     | excluded | hospice care (HCPCS G0182, claim 2024-06-01)
      ann       | 3       | 2024-01-01   | true        | true                  | false     | excluded | hospice care (HCPCS G0182, claim 2024-06-01)`,
  },
} satisfies Cases;
