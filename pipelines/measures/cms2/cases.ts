import { type Cases, everyRow } from '../../engine/cases.ts';

/** People insured in 2024, 64 years old. */
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

/** Lines of professional claims in an office: 99213 an office visit, the others quality codes. */
const services = (table: string) =>
  everyRow({ claim_line_number: '1', claim_type: 'professional', place_of_service_code: '11' }, table);

const visit = (...people: readonly string[]) =>
  services(
    everyRow(
      { hcpcs_code: '99213', claim_start_date: '2024-03-15', claim_end_date: '2024-03-15' },
      ['claim_id | person_id', ...people.map((person, at) => `${at + 1} | ${person}`)].join('\n'),
    ),
  );

/** Depression screens with an answer in SNOMED: 428171000124102 is negative, 428181000124104 positive. */
const screens = (table: string) => everyRow({ source_code_type: 'loinc', result_code_type: 'snomed' }, table);

export default {
  'in numerator: negative, or positive and followed up; denominator only: positive without follow-up, or no screen': {
    given: {
      'input.eligibility': members('ann', 'bea', 'cyn', 'dot'),
      'input.medical_claim': visit('ann', 'bea', 'cyn', 'dot'),
      'input.observation': screens(`
        observation_id | person_id | observation_date | source_code | result_code
        1              | ann       | 2024-03-15       | 73832-8     | 428171000124102
        2              | bea       | 2024-03-10       | 73832-8     | 428181000124104
        3              | cyn       | 2024-03-15       | 73832-8     | 428181000124104`),
      'input.medication': `
        medication_id | person_id | prescribing_date | days_supply | rxnorm_code
        1             | bea       | 2024-03-15       | 30          | 310384`,
    },
    expect: `
      subject_id | person_id | measure_id | rate_id | period_start | period_end | initial_population | denominator | denominator_exclusion | denominator_exception | numerator | status  | reason                                                                    | evidence_date | evidence                                                                                                  | due_date
      ann        | ann       | CMS2       | 1       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | true      | closed  | last depression screen negative                                           | 2024-03-15    | depression screen negative (LOINC 73832-8, EHR 2024-03-15)                                                |
      bea        | bea       | CMS2       | 1       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | true      | closed  | last depression screen positive, followed up                              | 2024-03-15    | depression screen positive (LOINC 73832-8, EHR 2024-03-10), follow-up (RXNORM 310384, EHR 2024-03-15)      |
      cyn        | cyn       | CMS2       | 1       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | false     | overdue | last depression screen positive, no follow-up within two days of the visit | 2024-03-15    | depression screen positive (LOINC 73832-8, EHR 2024-03-15)                                                | 2024-12-31
      dot        | dot       | CMS2       | 1       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | false     | overdue | no depression screen within 14 days before a visit                        |               |                                                                                                           | 2024-12-31`,
  },
  'just inside: a screen 14 days before the visit, an order two days after it': {
    given: {
      'input.eligibility': members('ann', 'bea'),
      'input.medical_claim': visit('ann', 'bea'),
      'input.observation': screens(`
        observation_id | person_id | observation_date | source_code | result_code
        1              | ann       | 2024-03-01       | 73832-8     | 428171000124102
        2              | bea       | 2024-03-01       | 73832-8     | 428181000124104`),
      'input.medication': `
        medication_id | person_id | prescribing_date | rxnorm_code
        1             | bea       | 2024-03-17       | 310384`,
    },
    expect: `
      person_id | period_start | numerator | status | evidence_date
      ann       | 2024-01-01   | true      | closed | 2024-03-01
      bea       | 2024-01-01   | true      | closed | 2024-03-17`,
  },
  'just outside: a screen 15 days before the visit or the day after it; an order three days after it or the day before':
    {
      given: {
        'input.eligibility': members('ann', 'bea', 'cyn', 'dot'),
        'input.medical_claim': visit('ann', 'bea', 'cyn', 'dot'),
        'input.observation': screens(`
        observation_id | person_id | observation_date | source_code | result_code
        1              | ann       | 2024-02-29       | 73832-8     | 428171000124102
        2              | bea       | 2024-03-16       | 73832-8     | 428171000124102
        3              | cyn       | 2024-03-15       | 73832-8     | 428181000124104
        4              | dot       | 2024-03-10       | 73832-8     | 428181000124104`),
        'input.medication': `
        medication_id | person_id | prescribing_date | rxnorm_code
        1             | cyn       | 2024-03-18       | 310384
        2             | dot       | 2024-03-14       | 310384`,
      },
      expect: `
      person_id | period_start | numerator | status  | reason
      ann       | 2024-01-01   | false     | overdue | no depression screen within 14 days before a visit
      bea       | 2024-01-01   | false     | overdue | no depression screen within 14 days before a visit
      cyn       | 2024-01-01   | false     | overdue | last depression screen positive, no follow-up within two days of the visit
      dot       | 2024-01-01   | false     | overdue | last depression screen positive, no follow-up within two days of the visit`,
    },
  'just inside: 12 years old on 1 January; just outside: 11; the tool must fit the age, at 17 either does': {
    given: {
      'input.eligibility': everyRow(
        { gender: 'male', payer: 'medicaid', enrollment_start_date: '2024-01-01', enrollment_end_date: '2024-12-31' },
        `
        person_id | birth_date
        ann       | 2012-01-01
        bea       | 2012-01-02
        cyn       | 2007-01-02
        dot       | 2006-01-02
        eve       | 2006-01-02
        fay       | 2006-01-01
        gus       | 2006-01-01`,
      ),
      'input.medical_claim': visit('ann', 'bea', 'cyn', 'dot', 'eve', 'fay', 'gus'),
      'input.observation': screens(`
        observation_id | person_id | observation_date | source_code | result_code
        1              | ann       | 2024-03-15       | 73831-0     | 428171000124102
        2              | bea       | 2024-03-15       | 73831-0     | 428171000124102
        3              | cyn       | 2024-03-15       | 73832-8     | 428171000124102
        4              | dot       | 2024-03-15       | 73831-0     | 428171000124102
        5              | eve       | 2024-03-15       | 73832-8     | 428171000124102
        6              | fay       | 2024-03-15       | 73831-0     | 428171000124102
        7              | gus       | 2024-03-15       | 73832-8     | 428171000124102`),
    },
    expect: `
      person_id | period_start | initial_population | numerator | status
      ann       | 2024-01-01   | true               | true      | closed
      cyn       | 2024-01-01   | true               | false     | overdue
      dot       | 2024-01-01   | true               | true      | closed
      eve       | 2024-01-01   | true               | true      | closed
      fay       | 2024-01-01   | true               | false     | overdue
      gus       | 2024-01-01   | true               | true      | closed`,
  },
  'the last screen decides; of one day the EHR result counts before a quality code, and a positive before a negative one':
    {
      given: {
        'input.eligibility': members('ann', 'bea', 'cyn', 'dot', 'eve'),
        'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date
        1        | ann       | 99213      | 2024-03-15       | 2024-03-15
        2        | ann       | 99213      | 2024-06-15       | 2024-06-15
        3        | bea       | 99213      | 2024-03-15       | 2024-03-15
        4        | bea       | 99213      | 2024-06-15       | 2024-06-15
        5        | cyn       | 99213      | 2024-03-15       | 2024-03-15
        6        | cyn       | G8510      | 2024-03-15       | 2024-03-15
        7        | dot       | 99213      | 2024-03-15       | 2024-03-15
        8        | eve       | 99213      | 2024-03-15       | 2024-03-15
        9        | eve       | G8431      | 2024-03-15       | 2024-03-15`),
        'input.observation': screens(`
        observation_id | person_id | observation_date | source_code | result_code     | result
        1              | ann       | 2024-03-15       | 73832-8     | 428171000124102 |
        2              | ann       | 2024-06-15       | 73832-8     | 428181000124104 |
        3              | bea       | 2024-03-15       | 73832-8     | 428181000124104 |
        4              | bea       | 2024-06-15       | 73832-8     |                 | Negative
        5              | cyn       | 2024-03-15       | 73832-8     | 428181000124104 |
        6              | dot       | 2024-03-15       | 73832-8     | 428181000124104 |
        7              | dot       | 2024-03-15       | 73832-8     | 428171000124102 |
        8              | eve       | 2024-03-15       | 73832-8     | 428181000124104 |`),
      },
      expect: `
      person_id | period_start | numerator | status  | evidence
      ann       | 2024-01-01   | false     | overdue | depression screen positive (LOINC 73832-8, EHR 2024-06-15)
      bea       | 2024-01-01   | true      | closed  | depression screen negative (LOINC 73832-8, EHR 2024-06-15)
      cyn       | 2024-01-01   | false     | overdue | depression screen positive (LOINC 73832-8, EHR 2024-03-15)
      dot       | 2024-01-01   | false     | overdue | depression screen positive (LOINC 73832-8, EHR 2024-03-15)
      eve       | 2024-01-01   | true      | closed  | depression screen positive (LOINC 73832-8, EHR 2024-03-15), follow-up (HCPCS G8431, claim 2024-03-15)`,
    },
  'quality codes of claims tell the result; a billed screen tells none': {
    given: {
      'input.eligibility': members('ann', 'bea', 'cyn', 'dot', 'eve', 'fay'),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date
        1        | ann       | 99213      | 2024-03-15       | 2024-03-15
        2        | ann       | G8510      | 2024-03-15       | 2024-03-15
        3        | bea       | 99213      | 2024-03-15       | 2024-03-15
        4        | bea       | G8431      | 2024-03-15       | 2024-03-15
        5        | cyn       | 99213      | 2024-03-15       | 2024-03-15
        6        | cyn       | G8511      | 2024-03-15       | 2024-03-15
        7        | dot       | 99213      | 2024-03-15       | 2024-03-15
        8        | dot       | G8432      | 2024-03-15       | 2024-03-15
        9        | eve       | 99213      | 2024-03-15       | 2024-03-15
        10       | eve       | 96127      | 2024-03-15       | 2024-03-15
        11       | fay       | G0444      | 2024-03-15       | 2024-03-15`),
      'input.observation': screens(`
        observation_id | person_id | observation_date | source_code | result_code | result
        1              | fay       | 2024-03-15       | 73832-8     |             | see notes`),
    },
    expect: `
      person_id | period_start | numerator | status                | evidence
      ann       | 2024-01-01   | true      | closed                | depression screen negative (HCPCS G8510, claim 2024-03-15)
      bea       | 2024-01-01   | true      | closed                | depression screen positive (HCPCS G8431, claim 2024-03-15), follow-up (HCPCS G8431, claim 2024-03-15)
      cyn       | 2024-01-01   | false     | overdue               | depression screen positive (HCPCS G8511, claim 2024-03-15)
      dot       | 2024-01-01   | false     | overdue               |
      eve       | 2024-01-01   | false     | tested, value unknown | depression screen of unknown result (HCPCS 96127, claim 2024-03-15)
      fay       | 2024-01-01   | false     | tested, value unknown | depression screen of unknown result (LOINC 73832-8, EHR 2024-03-15)`,
  },
  'excluded: bipolar disorder known before the visit, by the problem list, a claim or a quality code': {
    given: {
      'input.eligibility': members('ann', 'bea', 'cyn', 'dot', 'eve'),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | diagnosis_code_1 | claim_start_date | claim_end_date
        1        | ann       | 99213      |                  | 2024-03-15       | 2024-03-15
        2        | bea       | 99213      |                  | 2024-03-15       | 2024-03-15
        3        | cyn       | 99213      |                  | 2024-03-15       | 2024-03-15
        4        | dot       | 99499      | F3130            | 2024-02-15       | 2024-02-15
        5        | dot       | 99213      |                  | 2024-03-15       | 2024-03-15
        6        | eve       | 99213      |                  | 2024-03-15       | 2024-03-15
        7        | eve       | G9717      |                  | 2024-03-15       | 2024-03-15
        8        | eve       | G8510      |                  | 2024-03-15       | 2024-03-15`),
      'input.condition': everyRow(
        { source_code_type: 'icd-10-cm', source_code: 'F3130', status: 'active' },
        `
        condition_id | person_id | condition_type      | onset_date
        1            | ann       | problem-list-item   | 2024-03-14
        2            | bea       | problem-list-item   | 2024-03-15
        3            | cyn       | encounter-diagnosis | 2024-03-14`,
      ),
    },
    expect: `
      person_id | period_start | denominator | denominator_exclusion | numerator | status   | evidence
      ann       | 2024-01-01   | true        | true                  | false     | excluded | bipolar disorder (ICD-10-CM F3130, EHR 2024-03-14)
      bea       | 2024-01-01   | true        | false                 | false     | overdue  |
      cyn       | 2024-01-01   | true        | false                 | false     | overdue  |
      dot       | 2024-01-01   | true        | true                  | false     | excluded | bipolar disorder (ICD-10-CM F3130, claim 2024-02-15)
      eve       | 2024-01-01   | true        | true                  | false     | excluded | bipolar disorder (HCPCS G9717, claim 2024-03-15)`,
  },
  'excepted: declined at the visit, or not done for a stated reason; never where a screen was done': {
    given: {
      'input.eligibility': members('ann', 'bea', 'cyn', 'dot', 'eve'),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date
        1        | ann       | 99213      | 2024-03-15       | 2024-03-15
        2        | bea       | 99213      | 2024-03-15       | 2024-03-15
        3        | cyn       | 99213      | 2024-03-15       | 2024-03-15
        4        | dot       | 99213      | 2024-03-15       | 2024-03-15
        5        | dot       | G8433      | 2024-03-15       | 2024-03-15
        6        | eve       | 99213      | 2024-03-15       | 2024-03-15`),
      'input.observation': screens(`
        observation_id | person_id | observation_date | source_code | result_code     | status   | not_done_reason_code
        1              | ann       | 2024-03-15       | 73832-8     |                 | not done | 720834000
        2              | bea       | 2024-03-14       | 73832-8     |                 | not done | 720834000
        3              | cyn       | 2024-03-15       | 73832-8     |                 | not done | 720834000
        4              | cyn       | 2024-03-08       | 73832-8     | 428181000124104 | final    |
        5              | eve       | 2024-03-15       | 73832-8     |                 | not done | 1`),
    },
    expect: `
      person_id | period_start | denominator_exception | numerator | status   | reason                                                                     | evidence
      ann       | 2024-01-01   | true                  | false     | refused  | screening declined                                                         | screening declined (LOINC 73832-8, EHR 2024-03-15)
      bea       | 2024-01-01   | false                 | false     | overdue  | no depression screen within 14 days before a visit                         |
      cyn       | 2024-01-01   | false                 | false     | overdue  | last depression screen positive, no follow-up within two days of the visit | depression screen positive (LOINC 73832-8, EHR 2024-03-08)
      dot       | 2024-01-01   | true                  | false     | excepted | screening not done for a patient or medical reason                         | screening not done for a patient or medical reason (HCPCS G8433, claim 2024-03-15)
      eve       | 2024-01-01   | false                 | false     | overdue  | no depression screen within 14 days before a visit                         |`,
  },
  'visits: a physical therapy evaluation, a telephone visit, an uncoded office visit of the EHR; not an emergency visit':
    {
      given: {
        'input.eligibility': members('ann', 'bea', 'cyn', 'dot', 'eve'),
        'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date
        1        | ann       | 97161      | 2024-01-01       | 2024-01-01
        2        | bea       | 98966      | 2024-12-31       | 2024-12-31
        3        | dot       | 99284      | 2024-03-15       | 2024-03-15
        4        | eve       | 96127      | 2024-03-15       | 2024-03-15`),
        'input.encounter': `
        encounter_id | person_id | encounter_type | encounter_start_date | encounter_end_date
        1            | cyn       | office visit   | 2024-03-01           | 2024-03-01`,
      },
      expect: `
      person_id | period_start | initial_population | status       | reason
      ann       | 2024-01-01   | true               | overdue      | no depression screen within 14 days before a visit
      bea       | 2024-01-01   | true               | overdue      | no depression screen within 14 days before a visit
      cyn       | 2024-01-01   | true               | overdue      | no depression screen within 14 days before a visit
      dot       | 2024-01-01   | false              | not eligible | no visit in the year at which screening is asked for
      eve       | 2024-01-01   | false              | not eligible | no visit in the year at which screening is asked for`,
    },
  'from 2026 an ordered medicine must last beyond the visit; an order that was not given is none': {
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
        bea
        cyn
        dot`,
      ),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | claim_start_date | claim_end_date
        1        | ann       | 99213      | 2025-03-15       | 2025-03-15
        2        | ann       | 99213      | 2026-03-15       | 2026-03-15
        3        | bea       | 99213      | 2025-03-15       | 2025-03-15
        4        | bea       | 99213      | 2026-03-15       | 2026-03-15
        5        | cyn       | 99213      | 2025-03-15       | 2025-03-15
        6        | cyn       | 99213      | 2026-03-15       | 2026-03-15
        7        | dot       | 99213      | 2025-03-15       | 2025-03-15`),
      'input.observation': screens(
        everyRow(
          { source_code: '73832-8', result_code: '428181000124104' },
          `
        observation_id | person_id | observation_date
        1              | ann       | 2025-03-15
        2              | ann       | 2026-03-15
        3              | bea       | 2025-03-15
        4              | bea       | 2026-03-15
        5              | cyn       | 2025-03-15
        6              | cyn       | 2026-03-15
        7              | dot       | 2025-03-15`,
        ),
      ),
      'input.medication': everyRow(
        { rxnorm_code: '310384' },
        `
        medication_id | person_id | prescribing_date | days_supply | status
        1             | ann       | 2025-03-15       |             | active
        2             | ann       | 2026-03-15       |             | active
        3             | bea       | 2025-03-15       | 30          | active
        4             | bea       | 2026-03-15       | 30          | active
        5             | cyn       | 2025-03-16       | 30          | active
        6             | cyn       | 2026-03-16       | 30          | active
        7             | dot       | 2025-03-15       | 30          | not done`,
      ),
    },
    variables: { data_through: '2026-12-31', period: '2026' },
    expect: `
      person_id | period_start | denominator | numerator
      ann       | 2025-01-01   | true        | true
      ann       | 2026-01-01   | true        | false
      bea       | 2025-01-01   | true        | true
      bea       | 2026-01-01   | true        | true
      cyn       | 2025-01-01   | true        | true
      cyn       | 2026-01-01   | true        | false
      dot       | 2025-01-01   | true        | false
      dot       | 2026-01-01   | false       | false`,
  },
} satisfies Cases;
