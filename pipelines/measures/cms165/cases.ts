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

/** Lines of professional claims in an office. I10 is essential hypertension, 99213 an office visit. */
const services = (table: string) =>
  everyRow({ claim_line_number: '1', claim_type: 'professional', place_of_service_code: '11' }, table);

const visit = (...people: readonly string[]) =>
  services(
    everyRow(
      { hcpcs_code: '99213', diagnosis_code_1: 'I10', claim_start_date: '2024-03-01', claim_end_date: '2024-03-01' },
      ['claim_id | person_id', ...people.map((person, at) => `${at + 1} | ${person}`)].join('\n'),
    ),
  );

/** Pressures by LOINC: 8480-6 systolic, 8462-4 diastolic. */
const readings = (table: string) => everyRow({ source_code_type: 'loinc', normalized_units: 'mm[Hg]' }, table);

export default {
  'in numerator: below 140/90 on the last day; denominator only: 140 or 90 reached, or never measured': {
    given: {
      'input.eligibility': members('ann', 'bea', 'cyn', 'dot'),
      'input.medical_claim': visit('ann', 'bea', 'cyn', 'dot'),
      'input.observation': readings(`
        observation_id | person_id | observation_date | source_code | result
        1              | ann       | 2024-03-01       | 8480-6      | 160
        2              | ann       | 2024-03-01       | 8462-4      | 95
        3              | ann       | 2024-08-03       | 8480-6      | 139
        4              | ann       | 2024-08-03       | 8462-4      | 89
        5              | bea       | 2024-03-01       | 8480-6      | 120
        6              | bea       | 2024-03-01       | 8462-4      | 70
        7              | bea       | 2024-08-03       | 8480-6      | 139
        8              | bea       | 2024-08-03       | 8462-4      | 90
        9              | cyn       | 2024-08-03       | 8480-6      | 140
        10             | cyn       | 2024-08-03       | 8462-4      | 89`),
    },
    expect: `
      subject_id | person_id | measure_id | rate_id | period_start | period_end | initial_population | denominator | denominator_exclusion | denominator_exception | numerator | status  | reason                              | evidence_date | evidence                                           | due_date
      ann        | ann       | CMS165     | 1       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | true      | closed  | last blood pressure below 140/90    | 2024-08-03    | blood pressure 139/89 (LOINC 8462-4, EHR 2024-08-03) |
      bea        | bea       | CMS165     | 1       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | false     | overdue | last blood pressure 140/90 or above | 2024-08-03    | blood pressure 139/90 (LOINC 8462-4, EHR 2024-08-03) | 2024-12-31
      cyn        | cyn       | CMS165     | 1       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | false     | overdue | last blood pressure 140/90 or above | 2024-08-03    | blood pressure 140/89 (LOINC 8462-4, EHR 2024-08-03) | 2024-12-31
      dot        | dot       | CMS165     | 1       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | false     | overdue | no blood pressure in the year       |               |                                                    | 2024-12-31`,
  },
  'of the last day the lowest of each counts, though of two readings; one value alone, zero or another unit is unknown':
    {
      given: {
        'input.eligibility': members('ann', 'bea', 'cyn', 'dot'),
        'input.medical_claim': visit('ann', 'bea', 'cyn', 'dot'),
        'input.observation': everyRow(
          { source_code_type: 'loinc' },
          `
        observation_id | person_id | observation_date | source_code | result | normalized_units
        1              | ann       | 2024-08-03       | 8480-6      | 150    | mm[Hg]
        2              | ann       | 2024-08-03       | 8462-4      | 80     | mm[Hg]
        3              | ann       | 2024-08-03       | 8480-6      | 130    |
        4              | ann       | 2024-08-03       | 8462-4      | 95     | mmHg
        5              | bea       | 2024-03-01       | 8480-6      | 120    | mm[Hg]
        6              | bea       | 2024-03-01       | 8462-4      | 70     | mm[Hg]
        7              | bea       | 2024-08-03       | 8480-6      | 120    | mm[Hg]
        8              | cyn       | 2024-08-03       | 8480-6      | 0      | mm[Hg]
        9              | cyn       | 2024-08-03       | 8462-4      | 0      | mm[Hg]
        10             | dot       | 2024-08-03       | 8480-6      | 16     | kPa
        11             | dot       | 2024-08-03       | 8462-4      | 9      | kPa`,
        ),
      },
      expect: `
      person_id | period_start | numerator | status                | reason                                 | evidence
      ann       | 2024-01-01   | true      | closed                | last blood pressure below 140/90       | blood pressure 130/80 (LOINC 8462-4, EHR 2024-08-03)
      bea       | 2024-01-01   | false     | tested, value unknown | last blood pressure without both values | systolic 120, diastolic unknown (LOINC 8480-6, EHR 2024-08-03)
      cyn       | 2024-01-01   | false     | tested, value unknown | last blood pressure without both values | systolic unknown, diastolic unknown (LOINC 8462-4, EHR 2024-08-03)
      dot       | 2024-01-01   | false     | tested, value unknown | last blood pressure without both values | systolic unknown, diastolic unknown (LOINC 8462-4, EHR 2024-08-03)`,
    },
  'readings of hospital stays and emergency visits do not count, linked to one or on a day of one; those of an office visit on such a day do':
    {
      given: {
        'input.eligibility': members('ann', 'bea', 'cyn', 'dot'),
        'input.medical_claim': visit('ann', 'bea', 'cyn', 'dot'),
        'input.encounter': `
          encounter_id | person_id | encounter_type       | encounter_start_date | encounter_end_date
          1            | ann       | emergency department | 2024-08-03           | 2024-08-03
          2            | bea       | acute inpatient      | 2024-08-02           | 2024-08-05
          3            | cyn       | emergency department | 2024-08-03           | 2024-08-03
          4            | cyn       | office visit         | 2024-08-03           | 2024-08-03
          5            | dot       | acute inpatient      | 2024-08-02           | 2024-08-05`,
        'input.observation': readings(`
          observation_id | person_id | encounter_id | observation_date | source_code | result
          1              | ann       | 1            | 2024-08-03       | 8480-6      | 120
          2              | ann       | 1            | 2024-08-03       | 8462-4      | 70
          3              | bea       |              | 2024-08-05       | 8480-6      | 120
          4              | bea       |              | 2024-08-05       | 8462-4      | 70
          5              | cyn       | 4            | 2024-08-03       | 8480-6      | 120
          6              | cyn       | 4            | 2024-08-03       | 8462-4      | 70
          7              | dot       |              | 2024-08-06       | 8480-6      | 120
          8              | dot       |              | 2024-08-06       | 8462-4      | 70`),
      },
      expect: `
        person_id | period_start | numerator | status  | evidence_date
        ann       | 2024-01-01   | false     | overdue |
        bea       | 2024-01-01   | false     | overdue |
        cyn       | 2024-01-01   | true      | closed  | 2024-08-03
        dot       | 2024-01-01   | true      | closed  | 2024-08-06`,
    },
  'quality codes on claims tell each range; not with modifier 8P, not from the hospital; a number is shown first': {
    given: {
      'input.eligibility': members('ann', 'bea', 'cyn', 'dot', 'eve', 'fay'),
      'input.medical_claim': everyRow(
        {
          claim_line_number: '1',
          claim_type: 'professional',
          diagnosis_code_1: 'I10',
          claim_start_date: '2024-03-01',
          claim_end_date: '2024-03-01',
        },
        `
        claim_id | person_id | hcpcs_code | hcpcs_modifier_1 | place_of_service_code
        1        | ann       | 99213      |                  | 11
        2        | ann       | 3075F      |                  | 11
        3        | ann       | 3079F      |                  | 11
        4        | bea       | 99213      |                  | 11
        5        | bea       | G8752      |                  | 11
        6        | bea       | G8755      |                  | 11
        7        | cyn       | 99213      |                  | 11
        8        | cyn       | 3077F      | 8P               | 11
        9        | dot       | 99213      |                  | 11
        10       | dot       | 3074F      |                  | 23
        11       | dot       | 3078F      |                  | 21
        12       | eve       | 99213      |                  | 11
        13       | eve       | 3074F      |                  | 11
        14       | fay       | 99213      |                  | 11
        15       | fay       | 3077F      |                  | 11
        16       | fay       | 3078F      |                  | 11`,
      ),
      'input.observation': readings(`
        observation_id | person_id | observation_date | source_code | result
        1              | fay       | 2024-03-01       | 8480-6      | 138`),
    },
    expect: `
      person_id | period_start | numerator | status                | evidence
      ann       | 2024-01-01   | true      | closed                | systolic below 140, diastolic below 90 (HCPCS 3075F, claim 2024-03-01)
      bea       | 2024-01-01   | false     | overdue               | systolic below 140, diastolic 90 or above (HCPCS G8752, claim 2024-03-01)
      cyn       | 2024-01-01   | false     | overdue               |
      dot       | 2024-01-01   | false     | overdue               |
      eve       | 2024-01-01   | false     | tested, value unknown | systolic below 140, diastolic unknown (HCPCS 3074F, claim 2024-03-01)
      fay       | 2024-01-01   | true      | closed                | systolic 138, diastolic below 90 (HCPCS 3077F, claim 2024-03-01)`,
  },
  'just inside: 18 and 85 years old on 31 December, hypertension from 30 June, a reading on the first and the last day':
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
        ann       | 2006-12-31
        bea       | 1939-01-01`,
        ),
        'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | diagnosis_code_1 | claim_start_date | claim_end_date
        1        | ann       | 99213      | I10              | 2024-06-30       | 2024-06-30
        2        | bea       | 99350      | I10              | 2024-01-01       | 2024-01-01`),
        'input.observation': readings(`
        observation_id | person_id | observation_date | source_code | result
        1              | ann       | 2024-12-31       | 8480-6      | 120
        2              | ann       | 2024-12-31       | 8462-4      | 70
        3              | bea       | 2024-01-01       | 8480-6      | 120
        4              | bea       | 2024-01-01       | 8462-4      | 70`),
      },
      expect: `
      person_id | period_start | initial_population | numerator
      ann       | 2024-01-01   | true               | true
      bea       | 2024-01-01   | true               | true`,
    },
  'just outside: 17 and 86 years old, hypertension from 1 July or of the year before, a reading the day before the year':
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
        ann       | 2007-01-01
        bea       | 1938-12-31
        cyn       | 1960-05-05
        dot       | 1960-05-05
        eve       | 1960-05-05
        fay       | 1960-05-05`,
        ),
        'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | diagnosis_code_1 | claim_start_date | claim_end_date
        1        | ann       | 99213      | I10              | 2024-06-30       | 2024-06-30
        2        | bea       | 99213      | I10              | 2024-03-01       | 2024-03-01
        3        | cyn       | 99213      | I10              | 2024-07-01       | 2024-07-01
        4        | dot       | 99213      | I10              | 2024-03-01       | 2024-03-01
        5        | eve       | 99211      | I10              | 2024-03-01       | 2024-03-01
        6        | fay       | 99213      |                  | 2024-03-01       | 2024-03-01`),
        'input.condition': `
        condition_id | person_id | onset_date | resolved_date | status   | source_code_type | source_code
        1            | fay       | 2015-02-01 | 2023-12-31    | resolved | icd-10-cm        | I10`,
        'input.observation': readings(`
        observation_id | person_id | observation_date | source_code | result
        1              | dot       | 2023-12-31       | 8480-6      | 120
        2              | dot       | 2023-12-31       | 8462-4      | 70`),
      },
      expect: `
      person_id | period_start | initial_population | numerator | status       | reason
      bea       | 2024-01-01   | false              | false     | aged out     | older than 85 at the end of the year
      cyn       | 2024-01-01   | false              | false     | not eligible | no hypertension diagnosis before 1 July
      dot       | 2024-01-01   | true               | false     | overdue      | no blood pressure in the year
      eve       | 2024-01-01   | false              | false     | not eligible | no outpatient visit in the year
      fay       | 2024-01-01   | false              | false     | not eligible | no hypertension diagnosis before 1 July`,
    },
  'a problem of the EHR counts while it is active, in both years': {
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
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date
        1        | ann       | 99213      | 2025-03-01       | 2025-03-01
        2        | ann       | 99421      | 2026-03-01       | 2026-03-01
        3        | bea       | G0439      | 2026-03-01       | 2026-03-01`),
      'input.condition': `
        condition_id | person_id | onset_date | status | condition_type    | source_code_type | source_code
        1            | ann       | 2015-02-01 | active | problem-list-item | icd-10-cm        | I10
        2            | bea       | 2026-06-30 | active | problem-list-item | snomed           | 59621000`,
    },
    variables: { data_through: '2026-12-31', period: '2026' },
    expect: `
      person_id | period_start | initial_population
      ann       | 2025-01-01   | true
      ann       | 2026-01-01   | true
      bea       | 2026-01-01   | true`,
  },
  'excluded: kidney disease in the year, dialysis or transplant ever, pregnancy; not the year before': {
    given: {
      'input.eligibility': members('ann', 'bea', 'cyn', 'dot', 'eve', 'fay', 'gil', 'hal'),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | diagnosis_code_1 | diagnosis_code_2 | claim_start_date | claim_end_date
        1        | ann       | 99213      | I10              | N186             | 2024-03-01       | 2024-03-01
        2        | bea       | 99213      | I10              | N185             | 2024-03-01       | 2024-03-01
        3        | cyn       | 99213      | I10              | Z940             | 2024-03-01       | 2024-03-01
        4        | dot       | 99213      | I10              | O0991            | 2024-03-01       | 2024-03-01
        5        | eve       | 99213      | I10              |                  | 2024-03-01       | 2024-03-01
        6        | eve       | 90935      |                  |                  | 2020-03-01       | 2020-03-01
        7        | fay       | 99213      | I10              |                  | 2024-03-01       | 2024-03-01
        8        | fay       | 90960      |                  |                  | 2021-03-01       | 2021-03-01
        9        | gil       | 99213      | I10              |                  | 2024-03-01       | 2024-03-01
        10       | hal       | 99213      | I10              |                  | 2024-03-01       | 2024-03-01
        11       | hal       | 99213      | I10              | N186             | 2023-12-31       | 2023-12-31`),
      'input.procedure': `
        procedure_id | person_id | procedure_date | source_code_type | source_code
        1            | gil       | 2019-04-02     | icd-10-pcs       | 0TY00Z0`,
    },
    expect: `
      person_id | period_start | denominator_exclusion | numerator | status   | evidence
      ann       | 2024-01-01   | true                  | false     | excluded | kidney failure, dialysis or transplant (ICD-10-CM N186, claim 2024-03-01)
      bea       | 2024-01-01   | true                  | false     | excluded | kidney failure, dialysis or transplant (ICD-10-CM N185, claim 2024-03-01)
      cyn       | 2024-01-01   | true                  | false     | excluded | kidney failure, dialysis or transplant (ICD-10-CM Z940, claim 2024-03-01)
      dot       | 2024-01-01   | true                  | false     | excluded | pregnancy (ICD-10-CM O0991, claim 2024-03-01)
      eve       | 2024-01-01   | true                  | false     | excluded | kidney failure, dialysis or transplant (HCPCS 90935, claim 2020-03-01)
      fay       | 2024-01-01   | true                  | false     | excluded | kidney failure, dialysis or transplant (HCPCS 90960, claim 2021-03-01)
      gil       | 2024-01-01   | true                  | false     | excluded | kidney failure, dialysis or transplant (ICD-10-PCS 0TY00Z0, EHR 2019-04-02)
      hal       | 2024-01-01   | false                 | false     | overdue  |
      hal       | 2023-01-01   | false                 | false     | not eligible |`,
  },
  'excluded: frailty alone from 81 years on, with advanced illness from 66; hospice, palliative care, a nursing home': {
    given: {
      'input.eligibility': everyRow(
        { gender: 'female', payer: 'medicare', enrollment_start_date: '2024-01-01', enrollment_end_date: '2024-12-31' },
        `
        person_id | birth_date | long_term_institutional_flag
        ann       | 1943-12-31 |
        bea       | 1944-01-01 |
        cyn       | 1958-12-31 |
        dot       | 1959-01-01 |
        eve       | 1960-05-05 |
        fay       | 1960-05-05 |
        gil       | 1958-12-31 | true`,
      ),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | diagnosis_code_1 | diagnosis_code_2 | diagnosis_code_3 | claim_start_date | claim_end_date
        1        | ann       | 99213      | I10              | R5381            |                  | 2024-03-01       | 2024-03-01
        2        | bea       | 99213      | I10              | R5381            |                  | 2024-03-01       | 2024-03-01
        3        | cyn       | 99213      | I10              | R5381            | I5022            | 2024-03-01       | 2024-03-01
        4        | dot       | 99213      | I10              | R5381            | I5022            | 2024-03-01       | 2024-03-01
        5        | eve       | 99213      | I10              | Z515             |                  | 2024-03-01       | 2024-03-01
        6        | fay       | 99213      | I10              |                  |                  | 2024-03-01       | 2024-03-01
        7        | fay       | G0182      |                  |                  |                  | 2024-06-01       | 2024-06-01
        8        | gil       | 99213      | I10              |                  |                  | 2024-03-01       | 2024-03-01`),
    },
    expect: `
      person_id | period_start | denominator_exclusion | status   | reason
      ann       | 2024-01-01   | true                  | excluded | frailty at 81 or older
      bea       | 2024-01-01   | false                 | overdue  | no blood pressure in the year
      cyn       | 2024-01-01   | true                  | excluded | frailty and advanced illness
      dot       | 2024-01-01   | false                 | overdue  | no blood pressure in the year
      eve       | 2024-01-01   | true                  | excluded | palliative care
      fay       | 2024-01-01   | true                  | excluded | hospice care
      gil       | 2024-01-01   | true                  | excluded | lives in a nursing home`,
  },
} satisfies Cases;
