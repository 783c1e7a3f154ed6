import { type Cases, everyRow } from '../../engine/cases.ts';

/** People in Medicare in 2024, born in 1960 where nothing else is said. */
const members = (...people: readonly string[]) =>
  everyRow(
    { gender: 'female', payer: 'medicare', enrollment_start_date: '2024-01-01', enrollment_end_date: '2024-12-31' },
    [
      'person_id | birth_date',
      ...people.map((person) => (person.includes('|') ? person : `${person} | 1960-05-05`)),
    ].join('\n'),
  );

/** Lines of professional claims in an office. I249 is ischemic heart disease, E119 diabetes, 99213 an office visit. */
const services = (table: string) =>
  everyRow({ claim_line_number: '1', claim_type: 'professional', place_of_service_code: '11' }, table);

/** An office visit of each person on 1 March 2024, with a diagnosis. */
const visits = (diagnosis: string, ...people: readonly string[]) =>
  services(
    everyRow(
      {
        hcpcs_code: '99213',
        diagnosis_code_1: diagnosis,
        claim_start_date: '2024-03-01',
        claim_end_date: '2024-03-01',
      },
      ['claim_id | person_id', ...people.map((person, at) => `${at + 1} | ${person}`)].join('\n'),
    ),
  );

/** Orders of simvastatin (RxNorm 312962). */
const orders = (table: string) => everyRow({ statement_type: 'order', rxnorm_code: '312962' }, table);

/** LDL results (LOINC 2089-1) and ten-year risks (LOINC 99055-6). */
const results = (table: string) => everyRow({ source_code_type: 'loinc' }, table);

export default {
  'in numerator: a statin ordered, or said by a quality code; denominator only: none; one rate a person': {
    given: {
      'input.eligibility': members('ann', 'bea', 'cyn', 'dot', 'eve', 'fay', 'gil', 'hal', 'ida | 2010-01-01'),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | diagnosis_code_1 | diagnosis_code_2 | claim_start_date | claim_end_date
        1        | ann       | 99213      | I249             | E119             | 2024-03-01       | 2024-03-01
        2        | bea       | 99213      | I249             |                  | 2024-03-01       | 2024-03-01
        3        | cyn       | 99213      | E119             |                  | 2024-03-01       | 2024-03-01
        4        | cyn       | G9664      |                  |                  | 2024-04-01       | 2024-04-01
        5        | dot       | 99213      | E7801            | E119             | 2024-03-01       | 2024-03-01
        6        | eve       | 99213      | E119             |                  | 2024-03-01       | 2024-03-01
        7        | fay       | 99213      | E119             |                  | 2024-03-01       | 2024-03-01
        8        | gil       | 99213      |                  |                  | 2024-03-01       | 2024-03-01
        9        | hal       | 99213      |                  |                  | 2024-03-01       | 2024-03-01
        10       | ida       | 99213      |                  |                  | 2024-03-01       | 2024-03-01
        11       | ida       | 33510      |                  |                  | 2019-03-01       | 2019-03-01`),
      'input.observation': results(`
        observation_id | person_id | observation_date | source_code | result | source_units
        1              | eve       | 2020-05-03       | 2089-1      | 190    | mg/dL
        2              | fay       | 2020-05-03       | 2089-1      | 189    | mg/dL
        3              | gil       | 2024-05-03       | 99055-6     | 20     | %
        4              | hal       | 2024-05-03       | 99055-6     | 19.9   | %`),
      'input.medication': orders(`
        medication_id | person_id | prescribing_date
        1             | ann       | 2024-06-01`),
    },
    expect: `
      subject_id | person_id | measure_id | rate_id | period_start | period_end | initial_population | denominator | denominator_exclusion | denominator_exception | numerator | status  | reason               | evidence_date | evidence                                | due_date
      ann        | ann       | CMS347     | 1       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | true      | closed  | statin in the year   | 2024-06-01    | statin (RXNORM 312962, EHR 2024-06-01) |
      bea        | bea       | CMS347     | 1       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | false     | overdue | no statin in the year |               |                                        | 2024-12-31
      cyn        | cyn       | CMS347     | 3       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | true      | closed  | statin in the year   | 2024-04-01    | statin (HCPCS G9664, claim 2024-04-01) |
      dot        | dot       | CMS347     | 2       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | false     | overdue | no statin in the year |               |                                        | 2024-12-31
      eve        | eve       | CMS347     | 2       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | false     | overdue | no statin in the year |               |                                        | 2024-12-31
      fay        | fay       | CMS347     | 3       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | false     | overdue | no statin in the year |               |                                        | 2024-12-31
      gil        | gil       | CMS347     | 4       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | false     | overdue | no statin in the year |               |                                        | 2024-12-31
      ida        | ida       | CMS347     | 1       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | false     | overdue | no statin in the year |               |                                        | 2024-12-31
      ida        | ida       | CMS347     | 1       | 2023-01-01   | 2023-12-31 | false              | false       | false                 | false                 | false     | not eligible | no outpatient visit in the year |     |                                        |`,
  },
  'just inside: 40 and 75 years old on 1 January for diabetes, 20 for an LDL of 190; the last day of the year': {
    given: {
      'input.eligibility': members('ann | 1984-01-01', 'bea | 1948-01-02', 'cyn | 2004-01-01'),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | diagnosis_code_1 | claim_start_date | claim_end_date
        1        | ann       | 99213      | E119             | 2024-12-31       | 2024-12-31
        2        | bea       | 99213      | E119             | 2024-01-01       | 2024-01-01
        3        | cyn       | 99213      | E7801            | 2024-03-01       | 2024-03-01`),
      'input.medication': orders(`
        medication_id | person_id | prescribing_date
        1             | ann       | 2024-01-01
        2             | bea       | 2024-12-31`),
    },
    expect: `
      person_id | rate_id | period_start | initial_population | numerator
      ann       | 3       | 2024-01-01   | true               | true
      bea       | 3       | 2024-01-01   | true               | true
      cyn       | 2       | 2024-01-01   | true               | false`,
  },
  'just outside: 39 and 76 years old, 19 for an LDL of 190; a visit or an order the day before the year; a risk the year before':
    {
      given: {
        'input.eligibility': members(
          'ann | 1984-01-02',
          'bea | 1948-01-01',
          'cyn | 2004-01-02',
          'dot',
          'eve',
          'fay',
          'gil',
        ),
        'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | diagnosis_code_1 | claim_start_date | claim_end_date
        1        | ann       | 99213      | E119             | 2024-03-01       | 2024-03-01
        2        | bea       | 99213      | E119             | 2024-03-01       | 2024-03-01
        3        | cyn       | 99213      | E7801            | 2024-03-01       | 2024-03-01
        4        | dot       | 97110      | E119             | 2024-03-01       | 2024-03-01
        5        | eve       | 99213      | I249             | 2024-03-01       | 2024-03-01
        6        | fay       | 99213      | I249             | 2024-03-01       | 2024-03-01
        7        | gil       | 99213      |                  | 2024-03-01       | 2024-03-01`),
        'input.observation': results(`
        observation_id | person_id | observation_date | source_code | result | source_units
        1              | gil       | 2023-12-31       | 99055-6     | 20     | %`),
        'input.medication': orders(`
        medication_id | person_id | prescribing_date | course_start_date | end_date   | days_supply
        1             | eve       | 2023-12-31       |                   |            | 90
        2             | fay       | 2023-12-01       | 2023-12-01        | 2024-01-01 |`),
      },
      expect: `
      person_id | rate_id | period_start | initial_population | numerator | status       | reason
      bea       | 3       | 2024-01-01   | false              | false     | aged out     | older than 75 at the start of the year
      dot       | 3       | 2024-01-01   | false              | false     | not eligible | no outpatient visit in the year
      eve       | 1       | 2024-01-01   | true               | false     | overdue      | no statin in the year
      fay       | 1       | 2024-01-01   | true               | true      | closed       | statin in the year`,
    },
  'from 2026 an order counts while its supply and refills last, and a telehealth visit counts': {
    given: {
      'input.eligibility': everyRow(
        {
          gender: 'male',
          birth_date: '1960-05-05',
          payer: 'medicare',
          enrollment_start_date: '2026-01-01',
          enrollment_end_date: '2026-12-31',
        },
        ['person_id', 'ann', 'bea', 'cyn', 'dot'].join('\n'),
      ),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | diagnosis_code_1 | claim_start_date | claim_end_date
        1        | ann       | 99213      | I220             | 2026-03-01       | 2026-03-01
        2        | bea       | 99213      | I249             | 2026-03-01       | 2026-03-01
        3        | cyn       | 99213      | I249             | 2026-03-01       | 2026-03-01
        4        | dot       | 98000      | I249             | 2026-03-01       | 2026-03-01`),
      'input.medication': orders(`
        medication_id | person_id | prescribing_date | course_start_date | days_supply | refills
        1             | ann       | 2025-12-01       |                   | 32          |
        2             | bea       | 2025-12-01       |                   | 31          |
        3             | cyn       | 2025-11-01       | 2025-12-01        | 16          | 1
        4             | dot       | 2027-01-01       |                   | 90          |`),
    },
    variables: { data_through: '2027-01-31', period: '2026' },
    expect: `
      person_id | rate_id | period_start | initial_population | numerator
      ann       | 1       | 2026-01-01   | true               | true
      bea       | 1       | 2026-01-01   | true               | false
      cyn       | 1       | 2026-01-01   | true               | true
      dot       | 1       | 2026-01-01   | true               | false`,
  },
  'of the EHR the problem list counts and, up to 2025, no diagnosis of a visit': {
    given: {
      'input.eligibility': members('ann', 'bea', 'cyn'),
      'input.medical_claim': visits('Z0000', 'ann', 'bea', 'cyn'),
      'input.condition': everyRow(
        { source_code_type: 'icd-10-cm', onset_date: '2023-06-01', status: 'active' },
        `
        condition_id | person_id | source_code | condition_type
        1            | ann       | I249        | problem-list-item
        2            | bea       | I249        | encounter-diagnosis
        3            | cyn       | I249        | problem-list-item
        4            | cyn       | M6282       | encounter-diagnosis`,
      ),
    },
    expect: `
      person_id | rate_id | period_start | denominator | denominator_exclusion
      ann       | 1       | 2024-01-01   | true        | false
      cyn       | 1       | 2024-01-01   | true        | false`,
  },
  'a fill of a claim counts where a clinical source tells the RxNorm code of its NDC': {
    given: {
      'input.eligibility': members('ann', 'bea', 'cyn'),
      'input.medical_claim': visits('I249', 'ann', 'bea'),
      'input.pharmacy_claim': everyRow(
        { claim_line_number: '1', dispensing_date: '2024-06-01', days_supply: '30' },
        `
        claim_id | person_id | ndc_code
        1        | ann       | 16729000415
        2        | bea       | 99999999999`,
      ),
      'input.medication': `
        medication_id | person_id | dispensing_date | ndc_code    | rxnorm_code | ndc_description
        1             | cyn       | 2023-06-01      | 16729000415 | 312962      | simvastatin`,
    },
    expect: `
      person_id | rate_id | period_start | numerator | evidence
      ann       | 1       | 2024-01-01   | true      | statin (RXNORM 312962, claim 2024-06-01)
      bea       | 1       | 2024-01-01   | false     |`,
  },
  'excluded: breastfeeding or rhabdomyolysis in the year, though a statin was ordered; not the year before': {
    given: {
      'input.eligibility': members('ann', 'bea', 'cyn', 'dot'),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | diagnosis_code_1 | diagnosis_code_2 | claim_start_date | claim_end_date
        1        | ann       | 99213      | I249             | Z391             | 2024-03-01       | 2024-03-01
        2        | bea       | 99213      | I249             | M6282            | 2024-03-01       | 2024-03-01
        3        | cyn       | 99213      | I249             |                  | 2024-03-01       | 2024-03-01
        4        | cyn       | G9780      |                  |                  | 2024-03-01       | 2024-03-01
        5        | dot       | 97110      | I249             | M6282            | 2023-12-31       | 2023-12-31
        6        | dot       | 99213      | I249             |                  | 2024-03-01       | 2024-03-01`),
      'input.medication': orders(`
        medication_id | person_id | prescribing_date
        1             | ann       | 2024-06-01`),
    },
    expect: `
      person_id | rate_id | period_start | denominator_exclusion | numerator | status       | reason                          | evidence
      ann       | 1       | 2024-01-01   | true                  | false     | excluded     | breastfeeding                   | breastfeeding (ICD-10-CM Z391, claim 2024-03-01)
      bea       | 1       | 2024-01-01   | true                  | false     | excluded     | rhabdomyolysis                  | rhabdomyolysis (ICD-10-CM M6282, claim 2024-03-01)
      cyn       | 1       | 2024-01-01   | true                  | false     | excluded     | breastfeeding or rhabdomyolysis | breastfeeding or rhabdomyolysis (HCPCS G9780, claim 2024-03-01)
      dot       | 1       | 2024-01-01   | false                 | false     | overdue      | no statin in the year           |
      dot       | 1       | 2023-01-01   | false                 | false     | not eligible | no outpatient visit in the year |`,
  },
  'excepted: allergy or adverse reaction, hospice, palliative care, liver disease, muscle symptoms, end-stage kidney disease':
    {
      given: {
        'input.eligibility': members('ann', 'bea', 'cyn', 'dot', 'eve', 'fay', 'gil', 'hal', 'ida'),
        'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | diagnosis_code_1 | diagnosis_code_2 | claim_start_date | claim_end_date
        1        | ann       | 99213      | I249             |                  | 2024-03-01       | 2024-03-01
        2        | bea       | 99213      | I249             |                  | 2024-03-01       | 2024-03-01
        3        | cyn       | 99213      | I249             |                  | 2024-03-01       | 2024-03-01
        4        | cyn       | Q5003      |                  |                  | 2024-09-01       | 2024-09-01
        5        | dot       | 99213      | I249             | Z515             | 2024-03-01       | 2024-03-01
        6        | eve       | 99213      | I249             | K701             | 2024-03-01       | 2024-03-01
        7        | fay       | 99213      | I249             | G720             | 2024-03-01       | 2024-03-01
        8        | gil       | 99213      | I249             | N186             | 2024-03-01       | 2024-03-01
        9        | hal       | 99213      | I249             | B160             | 2024-03-01       | 2024-03-01
        10       | ida       | 99213      | I249             | N186             | 2024-03-01       | 2024-03-01`),
        'input.allergy': everyRow(
          { source_code_type: 'rxnorm', source_code: '301542', status: 'active' },
          `
        allergy_id | person_id | recorded_date | resolved_date | allergy_type
        1          | ann       | 2020-01-01    |               | allergy
        2          | bea       | 2024-12-31    | 2024-12-31    | adverse event`,
        ),
        'input.medication': orders(`
        medication_id | person_id | prescribing_date
        1             | ida       | 2024-06-01`),
      },
      expect: `
      person_id | rate_id | period_start | denominator_exception | numerator | status   | reason
      ann       | 1       | 2024-01-01   | true                  | false     | excepted | statin allergy or adverse reaction
      bea       | 1       | 2024-01-01   | true                  | false     | excepted | statin allergy or adverse reaction
      cyn       | 1       | 2024-01-01   | true                  | false     | excepted | hospice care
      dot       | 1       | 2024-01-01   | true                  | false     | excepted | palliative care
      eve       | 1       | 2024-01-01   | true                  | false     | excepted | hepatitis or liver disease
      fay       | 1       | 2024-01-01   | true                  | false     | excepted | muscle symptoms from a statin
      gil       | 1       | 2024-01-01   | true                  | false     | excepted | end-stage kidney disease
      hal       | 1       | 2024-01-01   | true                  | false     | excepted | hepatitis or liver disease
      ida       | 1       | 2024-01-01   | false                 | true      | closed   | statin in the year`,
    },
  'excepted: a medical reason at a visit or on the claim; not one between visits, nor one of another year; a refusal stays open':
    {
      given: {
        'input.eligibility': members('ann', 'bea', 'cyn', 'dot', 'eve', 'fay'),
        'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | hcpcs_modifier_1 | diagnosis_code_1 | claim_start_date | claim_end_date
        1        | ann       | 99213      |                  | I249             | 2024-03-01       | 2024-03-01
        2        | bea       | 99213      |                  | I249             | 2024-03-01       | 2024-03-01
        3        | cyn       | 99213      |                  | I249             | 2024-03-01       | 2024-03-01
        4        | dot       | 99213      |                  | I249             | 2024-03-01       | 2024-03-01
        5        | dot       | 4013F      | 1P               |                  | 2024-03-01       | 2024-03-01
        6        | eve       | 99213      |                  | I249             | 2024-03-01       | 2024-03-01
        7        | eve       | G9781      |                  |                  | 2024-03-01       | 2024-03-01
        8        | fay       | 99213      |                  | I249             | 2024-03-01       | 2024-03-01
        9        | fay       | G9781      |                  |                  | 2023-12-31       | 2023-12-31`),
        'input.medication': everyRow(
          { statement_type: 'order', rxnorm_code: '312962', status: 'not done' },
          `
        medication_id | person_id | prescribing_date | not_done_reason_code
        1             | ann       | 2024-03-01       | 183932001
        2             | bea       | 2024-03-02       | 183932001
        3             | cyn       | 2024-03-01       | 105480006`,
        ),
      },
      expect: `
      person_id | rate_id | period_start | denominator_exception | status       | reason                           | evidence
      ann       | 1       | 2024-01-01   | true                  | excepted     | medical reason against a statin  | medical reason against a statin (RXNORM 312962, EHR 2024-03-01)
      bea       | 1       | 2024-01-01   | false                 | overdue      | no statin in the year            |
      cyn       | 1       | 2024-01-01   | false                 | refused      | no statin in the year: declined  |
      dot       | 1       | 2024-01-01   | true                  | excepted     | medical reason against a statin  | medical reason against a statin (HCPCS 4013F, claim 2024-03-01)
      eve       | 1       | 2024-01-01   | true                  | excepted     | medical reason against a statin  | medical reason against a statin (HCPCS G9781, claim 2024-03-01)
      fay       | 1       | 2024-01-01   | false                 | overdue      | no statin in the year            |`,
    },
} satisfies Cases;
