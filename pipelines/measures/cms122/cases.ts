import { type Cases, everyRow } from '../../engine/cases.ts';

/** People in Medicare in 2024, 64 years old at its end. */
const members = (...people: readonly string[]) =>
  everyRow(
    {
      gender: 'female',
      birth_date: '1960-05-05',
      payer: 'medicare',
      enrollment_start_date: '2024-01-01',
      enrollment_end_date: '2024-12-31',
    },
    ['person_id', ...people].join('\n'),
  );

/** Lines of professional claims in an office. E119 is type 2 diabetes, 99213 an office visit, 83036 an A1c. */
const services = (table: string) =>
  everyRow({ claim_line_number: '1', claim_type: 'professional', place_of_service_code: '11' }, table);

/** Results of A1c tests (LOINC 4548-4). */
const a1c = (table: string) => everyRow({ source_component_type: 'loinc', source_component_code: '4548-4' }, table);

const visit = (...people: readonly string[]) =>
  services(
    everyRow(
      { hcpcs_code: '99213', diagnosis_code_1: 'E119', claim_start_date: '2024-03-01', claim_end_date: '2024-03-01' },
      ['claim_id | person_id', ...people.map((person, at) => `${at + 1} | ${person}`)].join('\n'),
    ),
  );

export default {
  'in numerator, an open gap: the last A1c is above 9%; denominator only, closed: 9% or below': {
    given: {
      'input.eligibility': members('ann', 'bea'),
      'input.medical_claim': visit('ann', 'bea'),
      'input.lab_result': a1c(`
        lab_result_id | person_id | collection_datetime | result | source_units
        1             | ann       | 2024-02-01 08:00:00 | 7.1    | %
        2             | ann       | 2024-08-03 08:00:00 | 9.8    | %
        3             | bea       | 2024-02-01 08:00:00 | 9.8    | %
        4             | bea       | 2024-08-03 08:00:00 | 7.1    | %`),
    },
    expect: `
      subject_id | person_id | measure_id | rate_id | period_start | period_end | initial_population | denominator | denominator_exclusion | denominator_exception | numerator | status | reason                | evidence_date | evidence                                 | due_date
      ann        | ann       | CMS122     | 1       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | true      | overdue   | last A1c above 9%    | 2024-08-03    | A1c 9.8% (LOINC 4548-4, EHR 2024-08-03) | 2024-12-31
      bea        | bea       | CMS122     | 1       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | false     | closed | last A1c 9% or below | 2024-08-03    | A1c 7.1% (LOINC 4548-4, EHR 2024-08-03) |`,
  },
  'just inside: 9.1%': {
    given: {
      'input.eligibility': members('ann'),
      'input.medical_claim': visit('ann'),
      'input.lab_result': a1c(`
        lab_result_id | person_id | collection_datetime | result | source_units
        1             | ann       | 2024-08-03 08:00:00 | 9.1    | %`),
    },
    expect: `
      person_id | period_start | numerator | status
      ann       | 2024-01-01   | true      | overdue`,
  },
  'just outside: 9.0%': {
    given: {
      'input.eligibility': members('ann'),
      'input.medical_claim': visit('ann'),
      'input.lab_result': a1c(`
        lab_result_id | person_id | collection_datetime | result | source_units
        1             | ann       | 2024-08-03 08:00:00 | 9.0    | %`),
    },
    expect: `
      person_id | period_start | numerator | status
      ann       | 2024-01-01   | false     | closed`,
  },
  'in numerator: no test in the year': {
    given: {
      'input.eligibility': members('ann'),
      'input.medical_claim': visit('ann'),
      'input.lab_result': a1c(`
        lab_result_id | person_id | collection_datetime | result | source_units
        1             | ann       | 2023-12-31 08:00:00 | 7.1    | %`),
    },
    expect: `
      person_id | period_start | denominator | numerator | status | reason             | evidence | due_date
      ann       | 2024-01-01   | true        | true      | overdue   | no A1c in the year |          | 2024-12-31`,
  },
  'in numerator: a billed test proves no value': {
    given: {
      'input.eligibility': members('ann'),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | diagnosis_code_1 | claim_start_date | claim_end_date
        1        | ann       | 99213      | E119             | 2024-03-01       | 2024-03-01
        2        | ann       | 83036      | E119             | 2024-05-02       | 2024-05-02`),
    },
    expect: `
      person_id | period_start | numerator | status                | evidence                                          | due_date
      ann       | 2024-01-01   | true      | tested, value unknown | A1c, value unknown (HCPCS 83036, claim 2024-05-02) | 2024-12-31`,
  },
  'a billed test after the last result leaves the newer value unknown; on the same day the result decides': {
    given: {
      'input.eligibility': members('ann', 'bea'),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | diagnosis_code_1 | claim_start_date | claim_end_date
        1        | ann       | 99213      | E119             | 2024-03-01       | 2024-03-01
        2        | ann       | 83036      | E119             | 2024-05-02       | 2024-05-02
        3        | bea       | 99213      | E119             | 2024-03-01       | 2024-03-01
        4        | bea       | 83036      | E119             | 2024-05-02       | 2024-05-02`),
      'input.lab_result': a1c(`
        lab_result_id | person_id | collection_datetime | result | source_units
        1             | ann       | 2024-03-03 08:00:00 | 7.1    | %
        2             | bea       | 2024-05-02 08:00:00 | 7.1    | %`),
    },
    expect: `
      person_id | period_start | numerator | status                | evidence_date
      ann       | 2024-01-01   | true      | tested, value unknown | 2024-05-02
      bea       | 2024-01-01   | false     | closed                | 2024-05-02`,
  },
  'quality codes on claims tell the range; modifier 8P says that nothing was done': {
    given: {
      'input.eligibility': members('ann', 'bea', 'cyn', 'dot'),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | hcpcs_modifier_1 | diagnosis_code_1 | claim_start_date | claim_end_date
        1        | ann       | 99213      |                  | E119             | 2024-03-01       | 2024-03-01
        2        | ann       | 3052F      |                  | E119             | 2024-03-01       | 2024-03-01
        3        | bea       | 99213      |                  | E119             | 2024-03-01       | 2024-03-01
        4        | bea       | 3046F      |                  | E119             | 2024-03-01       | 2024-03-01
        5        | cyn       | 99213      |                  | E119             | 2024-03-01       | 2024-03-01
        6        | cyn       | 3046F      | 8P               | E119             | 2024-03-01       | 2024-03-01
        7        | dot       | 99213      |                  | E119             | 2024-03-01       | 2024-03-01
        8        | dot       | 3044F      |                  | E119             | 2024-03-01       | 2024-03-01`),
    },
    expect: `
      person_id | period_start | numerator | status | evidence
      ann       | 2024-01-01   | false     | closed | A1c 9% or below (HCPCS 3052F, claim 2024-03-01)
      bea       | 2024-01-01   | true      | overdue   | A1c above 9% (HCPCS 3046F, claim 2024-03-01)
      cyn       | 2024-01-01   | true      | overdue   |
      dot       | 2024-01-01   | false     | closed | A1c 9% or below (HCPCS 3044F, claim 2024-03-01)`,
  },
  'of two results on the last day the lower one counts': {
    given: {
      'input.eligibility': members('ann'),
      'input.medical_claim': visit('ann'),
      'input.lab_result': a1c(`
        lab_result_id | person_id | collection_datetime | result | source_units
        1             | ann       | 2024-08-03 08:00:00 | 8.9    | %
        2             | ann       | 2024-08-03 15:00:00 | 9.4    | %`),
    },
    expect: `
      person_id | period_start | numerator | status | evidence
      ann       | 2024-01-01   | false     | closed | A1c 8.9% (LOINC 4548-4, EHR 2024-08-03)`,
  },
  'only a percentage is a value: not mg/dL, not mmol/mol, not a fraction, not words': {
    given: {
      'input.eligibility': members('ann', 'bea', 'cyn', 'dot', 'eve'),
      'input.medical_claim': visit('ann', 'bea', 'cyn', 'dot', 'eve'),
      'input.lab_result': a1c(`
        lab_result_id | person_id | collection_datetime | result    | source_units
        1             | ann       | 2024-08-03 08:00:00 | 6.5       | mg/dL
        2             | bea       | 2024-08-03 08:00:00 | 53        | mmol/mol
        3             | cyn       | 2024-08-03 08:00:00 | 0.071     |
        4             | dot       | 2024-08-03 08:00:00 | see notes | %
        5             | eve       | 2024-08-03 08:00:00 | 7.1       |`),
    },
    expect: `
      person_id | period_start | numerator | status                | evidence
      ann       | 2024-01-01   | true      | tested, value unknown | A1c without a percentage: 6.5 mg/dL (LOINC 4548-4, EHR 2024-08-03)
      bea       | 2024-01-01   | true      | tested, value unknown | A1c without a percentage: 53.0 mmol/mol (LOINC 4548-4, EHR 2024-08-03)
      cyn       | 2024-01-01   | true      | tested, value unknown | A1c without a percentage: 0.071 (LOINC 4548-4, EHR 2024-08-03)
      dot       | 2024-01-01   | true      | tested, value unknown | A1c without a percentage: see notes (LOINC 4548-4, EHR 2024-08-03)
      eve       | 2024-01-01   | false     | closed                | A1c 7.1% (LOINC 4548-4, EHR 2024-08-03)`,
  },
  'the glucose management indicator of a sensor counts as a result': {
    given: {
      'input.eligibility': members('ann'),
      'input.medical_claim': visit('ann'),
      'input.observation': `
        observation_id | person_id | observation_date | source_code_type | source_code | result | source_units
        1              | ann       | 2024-08-03       | loinc            | 97506-0     | 7.4    | %`,
    },
    expect: `
      person_id | period_start | numerator | status | evidence
      ann       | 2024-01-01   | false     | closed | GMI 7.4% (LOINC 97506-0, EHR 2024-08-03)`,
  },
  'a cancelled test is no test': {
    given: {
      'input.eligibility': members('ann'),
      'input.medical_claim': visit('ann'),
      'input.lab_result': a1c(`
        lab_result_id | person_id | collection_datetime | result | source_units | status
        1             | ann       | 2024-08-03 08:00:00 | 7.1    | %            | cancelled`),
    },
    expect: `
      person_id | period_start | numerator | status | reason
      ann       | 2024-01-01   | true      | overdue   | no A1c in the year`,
  },
  'a result after the data end is not known yet': {
    given: {
      'input.eligibility': members('ann'),
      'input.medical_claim': visit('ann'),
      'input.lab_result': a1c(`
        lab_result_id | person_id | collection_datetime | result | source_units
        1             | ann       | 2024-08-03 08:00:00 | 7.1    | %`),
    },
    variables: { data_through: '2024-06-30' },
    expect: `
      person_id | period_start | numerator | status | due_date
      ann       | 2024-01-01   | true      | open   | 2024-12-31`,
  },
  'just inside: 18 and 75 years old on 31 December; just outside: 17 and 76': {
    given: {
      'input.eligibility': everyRow(
        { gender: 'female', payer: 'medicare', enrollment_start_date: '2024-01-01', enrollment_end_date: '2024-12-31' },
        `
        person_id | birth_date
        ann       | 2006-12-31
        bea       | 1949-01-01
        cyn       | 2007-01-01
        dot       | 1948-12-31`,
      ),
      'input.medical_claim': visit('ann', 'bea', 'cyn', 'dot'),
    },
    expect: `
      person_id | period_start | initial_population | numerator | status   | reason
      ann       | 2024-01-01   | true               | true      | overdue     | no A1c in the year
      bea       | 2024-01-01   | true               | true      | overdue     | no A1c in the year
      dot       | 2024-01-01   | false              | false     | aged out | older than 75 at the end of the year`,
  },
  'not eligible: no visit in the year, or diabetes billed the year before only': {
    given: {
      'input.eligibility': everyRow(
        {
          gender: 'female',
          birth_date: '1960-05-05',
          payer: 'medicare',
          enrollment_start_date: '2023-01-01',
          enrollment_end_date: '2024-12-31',
        },
        `
        person_id
        ann
        bea`,
      ),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | diagnosis_code_1 | claim_start_date | claim_end_date
        1        | ann       | 83036      | E119             | 2024-05-02       | 2024-05-02
        2        | bea       | 99213      | E119             | 2023-05-02       | 2023-05-02
        3        | bea       | 99213      | I10              | 2024-05-02       | 2024-05-02`),
    },
    expect: `
      person_id | period_start | initial_population | numerator | status       | reason
      ann       | 2024-01-01   | false              | false     | not eligible | no outpatient visit in the year
      bea       | 2024-01-01   | false              | false     | not eligible | no diabetes diagnosis in the year
      bea       | 2023-01-01   | true               | true      | overdue         | no A1c in the year`,
  },
  'prediabetes, gestational and drug-induced diabetes are not asked for': {
    given: {
      'input.eligibility': members('ann', 'bea', 'cyn'),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | diagnosis_code_1 | claim_start_date | claim_end_date
        1        | ann       | 99213      | R7303            | 2024-05-02       | 2024-05-02
        2        | bea       | 99213      | O24410           | 2024-05-02       | 2024-05-02
        3        | cyn       | 99213      | E0965            | 2024-05-02       | 2024-05-02`),
    },
    expect: `
      person_id | status`,
  },
  'a problem of the EHR counts while it is active': {
    given: {
      'input.eligibility': members('ann', 'bea'),
      'input.encounter': `
        encounter_id | person_id | encounter_type | encounter_start_date | encounter_end_date
        1            | ann       | office visit   | 2024-03-01           | 2024-03-01
        2            | bea       | office visit   | 2024-03-01           | 2024-03-01`,
      'input.condition': `
        condition_id | person_id | onset_date | resolved_date | status   | source_code_type | source_code
        1            | ann       | 2015-02-01 |               | active   | snomed           | 44054006
        2            | bea       | 2015-02-01 | 2020-02-01    | resolved | icd-10-cm        | E119`,
    },
    expect: `
      person_id | period_start | initial_population | numerator | status
      ann       | 2024-01-01   | true               | true      | overdue`,
  },
  'virtual visits count up to 2025, nutrition visits from 2026': {
    given: {
      'input.eligibility': everyRow(
        {
          gender: 'female',
          birth_date: '1960-05-05',
          payer: 'medicare',
          enrollment_start_date: '2025-01-01',
          enrollment_end_date: '2026-12-31',
        },
        `
        person_id
        ann
        bea`,
      ),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | diagnosis_code_1 | claim_start_date | claim_end_date
        1        | ann       | 99421      | E119             | 2025-05-02       | 2025-05-02
        2        | ann       | 99421      | E119             | 2026-05-02       | 2026-05-02
        3        | bea       | 97802      | E119             | 2025-05-02       | 2025-05-02
        4        | bea       | 97802      | E119             | 2026-05-02       | 2026-05-02`),
    },
    variables: { data_through: '2026-12-31', period: '2026' },
    expect: `
      person_id | period_start | initial_population
      ann       | 2025-01-01   | true
      ann       | 2026-01-01   | false
      bea       | 2025-01-01   | false
      bea       | 2026-01-01   | true`,
  },
  'excluded: hospice, and never in the numerator': {
    given: {
      'input.eligibility': members('ann'),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | diagnosis_code_1 | claim_start_date | claim_end_date
        1        | ann       | 99213      | E119             | 2024-03-01       | 2024-03-01
        2        | ann       | G0182      | E119             | 2024-06-01       | 2024-06-01`),
    },
    expect: `
      person_id | period_start | denominator | denominator_exclusion | numerator | status   | reason       | evidence                                     | due_date
      ann       | 2024-01-01   | true        | true                  | false     | excluded | hospice care | hospice care (HCPCS G0182, claim 2024-06-01) |`,
  },
  'hospice care that an assessment asks for excludes when the answer is yes': {
    given: {
      'input.eligibility': members('ann', 'bea'),
      'input.medical_claim': visit('ann', 'bea'),
      'input.observation': `
        observation_id | person_id | observation_date | source_code_type | source_code | result
        1              | ann       | 2024-08-03       | loinc            | 45755-6     | 373066001
        2              | bea       | 2024-08-03       | loinc            | 45755-6     | 373067005`,
    },
    expect: `
      person_id | period_start | denominator_exclusion | numerator | status   | evidence
      ann       | 2024-01-01   | true                  | false     | excluded | hospice care (LOINC 45755-6, EHR 2024-08-03)
      bea       | 2024-01-01   | false                 | true      | overdue     |`,
  },
  'excluded: dementia medicine and a frailty device, at 66 or older': {
    given: {
      'input.eligibility': everyRow(
        {
          gender: 'female',
          birth_date: '1952-05-05',
          payer: 'medicare',
          enrollment_start_date: '2024-01-01',
          enrollment_end_date: '2024-12-31',
        },
        `
        person_id
        ann`,
      ),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | diagnosis_code_1 | claim_start_date | claim_end_date
        1        | ann       | 99213      | E119             | 2024-03-01       | 2024-03-01
        2        | ann       | E0143      | E119             | 2024-06-01       | 2024-06-01`),
      'input.medication': `
        medication_id | person_id | prescribing_date | days_supply | rxnorm_code
        1             | ann       | 2023-11-01       | 90          | 997223`,
    },
    expect: `
      person_id | period_start | denominator_exclusion | numerator | status   | reason                       | evidence
      ann       | 2024-01-01   | true                  | false     | excluded | frailty and advanced illness | frailty and advanced illness (RXNORM 997223, EHR 2023-11-01)`,
  },
} satisfies Cases;
