import { type Cases, everyRow } from '../../engine/cases.ts';

/** People insured in 2023 and 2024, 64 years old. */
const members = (...people: readonly string[]) =>
  everyRow(
    {
      gender: 'female',
      birth_date: '1960-05-05',
      payer: 'medicare',
      enrollment_start_date: '2023-01-01',
      enrollment_end_date: '2024-12-31',
    },
    ['person_id', ...people].join('\n'),
  );

/** Lines of professional claims in an office: 99213 is an office visit, F321 moderate depression. */
const services = (table: string) =>
  everyRow({ claim_line_number: '1', claim_type: 'professional', place_of_service_code: '11' }, table);

/** A depression visit on 1 March 2024. */
const visit = (...people: readonly string[]) =>
  services(
    everyRow(
      { hcpcs_code: '99213', diagnosis_code_1: 'F321', claim_start_date: '2024-03-01', claim_end_date: '2024-03-01' },
      ['claim_id | person_id', ...people.map((person, at) => `${at + 1} | ${person}`)].join('\n'),
    ),
  );

/** Fluoxetine 20 mg, dispensed. */
const dispenses = (table: string) => everyRow({ rxnorm_code: '310385', statement_type: 'dispense' }, table);

export default {
  'in numerator: days enough; denominator only: a day too few; just inside: 84 of 115 days, 180 of 232 days': {
    given: {
      'input.eligibility': members('ann', 'bea', 'cyn', 'dot'),
      'input.medical_claim': visit('ann', 'bea', 'cyn', 'dot'),
      'input.medication': dispenses(`
        medication_id | person_id | dispensing_date | days_supply
        1             | ann       | 2024-03-01      | 84
        2             | bea       | 2024-03-01      | 83
        3             | cyn       | 2024-03-01      | 180
        4             | dot       | 2024-03-01      | 179`),
    },
    expect: `
      subject_id | person_id | measure_id | rate_id | period_start | period_end | initial_population | denominator | denominator_exclusion | denominator_exception | numerator | status  | reason                                 | evidence_date | evidence                                                 | due_date
      ann        | ann       | CMS128     | 1       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | true      | closed  | 84 of 115 days with an antidepressant  | 2024-03-01    | first antidepressant (RXNORM 310385, EHR 2024-03-01)     |
      ann        | ann       | CMS128     | 2       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | false     | overdue | 84 of 232 days with an antidepressant  | 2024-03-01    | first antidepressant (RXNORM 310385, EHR 2024-03-01)     | 2024-12-31
      bea        | bea       | CMS128     | 1       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | false     | overdue | 83 of 115 days with an antidepressant  | 2024-03-01    | first antidepressant (RXNORM 310385, EHR 2024-03-01)     | 2024-12-31
      bea        | bea       | CMS128     | 2       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | false     | overdue | 83 of 232 days with an antidepressant  | 2024-03-01    | first antidepressant (RXNORM 310385, EHR 2024-03-01)     | 2024-12-31
      cyn        | cyn       | CMS128     | 1       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | true      | closed  | 115 of 115 days with an antidepressant | 2024-03-01    | first antidepressant (RXNORM 310385, EHR 2024-03-01)     |
      cyn        | cyn       | CMS128     | 2       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | true      | closed  | 180 of 232 days with an antidepressant | 2024-03-01    | first antidepressant (RXNORM 310385, EHR 2024-03-01)     |
      dot        | dot       | CMS128     | 1       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | true      | closed  | 115 of 115 days with an antidepressant | 2024-03-01    | first antidepressant (RXNORM 310385, EHR 2024-03-01)     |
      dot        | dot       | CMS128     | 2       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | false     | overdue | 179 of 232 days with an antidepressant | 2024-03-01    | first antidepressant (RXNORM 310385, EHR 2024-03-01)     | 2024-12-31`,
  },
  'just outside: days after the 115th and the 232nd; a day that two supplies cover counts once': {
    given: {
      'input.eligibility': members('ann', 'bea'),
      'input.medical_claim': visit('ann', 'bea'),
      'input.medication': dispenses(`
        medication_id | person_id | dispensing_date | days_supply
        1             | ann       | 2024-03-01      | 60
        2             | ann       | 2024-04-20      | 60
        3             | bea       | 2024-03-01      | 83
        4             | bea       | 2024-06-24      | 90
        5             | bea       | 2024-10-18      | 30`),
    },
    expect: `
      person_id | rate_id | period_start | numerator | reason
      ann       | 1       | 2024-01-01   | true      | 110 of 115 days with an antidepressant
      ann       | 2       | 2024-01-01   | false     | 110 of 232 days with an antidepressant
      bea       | 1       | 2024-01-01   | false     | 83 of 115 days with an antidepressant
      bea       | 2       | 2024-01-01   | false     | 174 of 232 days with an antidepressant`,
  },
  'just inside: dispensed on 1 May of the year before or 30 April; just outside: the days beside them, an order, no days of supply':
    {
      given: {
        'input.eligibility': members('ann', 'bea', 'cyn', 'dot', 'eve', 'fay'),
        'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | diagnosis_code_1 | claim_start_date | claim_end_date
        1        | ann       | 99213      | F321             | 2023-05-01       | 2023-05-01
        2        | bea       | 99213      | F321             | 2024-04-30       | 2024-04-30
        3        | cyn       | 99213      | F321             | 2023-04-30       | 2023-04-30
        4        | dot       | 99213      | F321             | 2024-05-01       | 2024-05-01
        5        | eve       | 99213      | F321             | 2024-03-01       | 2024-03-01
        6        | fay       | 99213      | F321             | 2024-03-01       | 2024-03-01`),
        'input.medication': everyRow(
          { rxnorm_code: '310385' },
          `
        medication_id | person_id | statement_type | prescribing_date | dispensing_date | days_supply
        1             | ann       | dispense       |                  | 2023-05-01      | 90
        2             | bea       | dispense       |                  | 2024-04-30      | 90
        3             | cyn       | dispense       |                  | 2023-04-30      | 90
        4             | dot       | dispense       |                  | 2024-05-01      | 90
        5             | eve       | order          | 2024-03-01       |                 | 90
        6             | fay       | dispense       |                  | 2024-03-01      |`,
        ),
      },
      expect: `
      person_id | rate_id | period_start | initial_population | numerator
      ann       | 1       | 2024-01-01   | true               | true
      ann       | 2       | 2024-01-01   | true               | false
      bea       | 1       | 2024-01-01   | true               | true
      bea       | 2       | 2024-01-01   | true               | false
      cyn       | 1       | 2023-01-01   | true               | true
      cyn       | 2       | 2023-01-01   | true               | false`,
    },
  'just inside: diagnosis and visit 60 days from the first dispense, aged 18 at it; just outside: 61 days, aged 17': {
    given: {
      'input.eligibility': everyRow(
        { gender: 'male', payer: 'medicaid', enrollment_start_date: '2023-01-01', enrollment_end_date: '2024-12-31' },
        `
        person_id | birth_date
        ann       | 2006-03-01
        bea       | 2006-03-02
        cyn       | 1960-05-05
        dot       | 1960-05-05
        eve       | 1960-05-05`,
      ),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | diagnosis_code_1 | claim_start_date | claim_end_date
        1        | ann       | 99213      | F321             | 2024-01-01       | 2024-01-01
        2        | bea       | 99213      | F321             | 2024-03-01       | 2024-03-01
        3        | cyn       | 99213      | F321             | 2024-04-30       | 2024-04-30
        4        | dot       | 99213      | F321             | 2024-05-01       | 2024-05-01
        5        | eve       | 99499      | F321             | 2024-03-01       | 2024-03-01
        6        | eve       | 99213      |                  | 2023-12-31       | 2023-12-31`),
      'input.medication': dispenses(
        everyRow(
          { dispensing_date: '2024-03-01', days_supply: '90' },
          `
        medication_id | person_id
        1             | ann
        2             | bea
        3             | cyn
        4             | dot
        5             | eve`,
        ),
      ),
    },
    expect: `
      person_id | rate_id | period_start | initial_population | reason
      ann       | 1       | 2024-01-01   | true               | 90 of 115 days with an antidepressant
      ann       | 2       | 2024-01-01   | true               | 90 of 232 days with an antidepressant
      bea       | 1       | 2024-01-01   | false              | younger than 18 at the first dispense
      bea       | 2       | 2024-01-01   | false              | younger than 18 at the first dispense
      cyn       | 1       | 2024-01-01   | true               | 90 of 115 days with an antidepressant
      cyn       | 2       | 2024-01-01   | true               | 90 of 232 days with an antidepressant
      dot       | 1       | 2024-01-01   | false              | no major depression found within 60 days of the first dispense
      dot       | 2       | 2024-01-01   | false              | no major depression found within 60 days of the first dispense
      eve       | 1       | 2024-01-01   | false              | no visit within 60 days of the first dispense
      eve       | 2       | 2024-01-01   | false              | no visit within 60 days of the first dispense`,
  },
  'excluded: hospice in the year, or an order that ran in the 105 days before; not one that ended 106 days before, nor one that was stopped':
    {
      given: {
        'input.eligibility': members('ann', 'bea', 'cyn', 'dot'),
        'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | diagnosis_code_1 | claim_start_date | claim_end_date
        1        | ann       | 99213      | F321             | 2024-03-01       | 2024-03-01
        2        | ann       | G0182      |                  | 2024-12-01       | 2024-12-01
        3        | bea       | 99213      | F321             | 2024-03-01       | 2024-03-01
        4        | cyn       | 99213      | F321             | 2024-03-01       | 2024-03-01
        5        | dot       | 99213      | F321             | 2024-03-01       | 2024-03-01`),
        'input.medication': everyRow(
          { rxnorm_code: '310385' },
          `
        medication_id | person_id | statement_type | status    | prescribing_date | dispensing_date | days_supply
        1             | ann       | dispense       | completed |                  | 2024-03-01      | 200
        2             | bea       | dispense       | completed |                  | 2024-03-01      | 200
        3             | cyn       | dispense       | completed |                  | 2024-03-01      | 200
        4             | dot       | dispense       | completed |                  | 2024-03-01      | 200
        5             | bea       | order          | active    | 2023-10-19       |                 | 30
        6             | cyn       | order          | active    | 2023-10-18       |                 | 30
        7             | dot       | order          | completed | 2024-02-01       |                 | 30`,
        ),
      },
      expect: `
      person_id | rate_id | period_start | denominator_exclusion | numerator | status   | evidence
      ann       | 1       | 2024-01-01   | true                  | false     | excluded | hospice care (HCPCS G0182, claim 2024-12-01)
      ann       | 2       | 2024-01-01   | true                  | false     | excluded | hospice care (HCPCS G0182, claim 2024-12-01)
      bea       | 1       | 2024-01-01   | true                  | false     | excluded | antidepressant in the 105 days before (RXNORM 310385, EHR 2023-10-19)
      bea       | 2       | 2024-01-01   | true                  | false     | excluded | antidepressant in the 105 days before (RXNORM 310385, EHR 2023-10-19)
      cyn       | 1       | 2024-01-01   | false                 | true      | closed   | first antidepressant (RXNORM 310385, EHR 2024-03-01)
      cyn       | 2       | 2024-01-01   | false                 | true      | closed   | first antidepressant (RXNORM 310385, EHR 2024-03-01)
      dot       | 1       | 2024-01-01   | false                 | true      | closed   | first antidepressant (RXNORM 310385, EHR 2024-03-01)
      dot       | 2       | 2024-01-01   | false                 | true      | closed   | first antidepressant (RXNORM 310385, EHR 2024-03-01)`,
    },
  'while the year runs: open until the days have passed, then overdue; just inside: the last day': {
    given: {
      'input.eligibility': members('ann', 'bea'),
      'input.medical_claim': visit('ann', 'bea'),
      'input.medication': dispenses(`
        medication_id | person_id | dispensing_date | days_supply
        1             | ann       | 2024-03-01      | 30
        2             | bea       | 2024-03-02      | 30`),
    },
    variables: { data_through: '2024-06-23' },
    expect: `
      person_id | rate_id | period_start | numerator | status
      ann       | 1       | 2024-01-01   | false     | overdue
      ann       | 2       | 2024-01-01   | false     | open
      bea       | 1       | 2024-01-01   | false     | open
      bea       | 2       | 2024-01-01   | false     | open`,
  },
} satisfies Cases;
