import { type Cases, everyRow } from '../../engine/cases.ts';

/** People in Medicare in one year, born in 1950 where nothing else is said. */
const members = (year: string, ...people: readonly string[]) =>
  everyRow(
    {
      gender: 'female',
      payer: 'medicare',
      enrollment_start_date: `${year}-01-01`,
      enrollment_end_date: `${year}-12-31`,
    },
    [
      'person_id | birth_date',
      ...people.map((person) => (person.includes('|') ? person : `${person} | 1950-05-05`)),
    ].join('\n'),
  );

/** Lines of professional claims in an office. */
const services = (table: string) =>
  everyRow({ claim_line_number: '1', claim_type: 'professional', place_of_service_code: '11' }, table);

/** An office visit of each person on 1 March. */
const visits = (year: string, ...people: readonly string[]) =>
  ['claim_id | person_id | hcpcs_code | diagnosis_code_1 | claim_start_date | claim_end_date']
    .concat(people.map((person, at) => `${at + 1} | ${person} | 99213 | | ${year}-03-01 | ${year}-03-01`))
    .join('\n');

/**
 * Orders by RxNorm: 1049630 is an antihistamine, 318179 ergoloid, 311989 nitrofurantoin, 197606 digoxin 0.25 mg, 197604
 * digoxin 0.125 mg, 393245 digoxin 0.05 mg/mL, 1000048 doxepin 10 mg, 966793 doxepin 6 mg, 1235247 an antipsychotic,
 * 197321 alprazolam.
 */
const orders = (table: string) => everyRow({ statement_type: 'order', status: 'completed' }, table);

export default {
  'in numerator: the same class ordered on two days, or with a refill; denominator only: once, or two classes': {
    given: {
      'input.eligibility': members('2024', 'ann', 'bea', 'cyn', 'dot', 'eve'),
      'input.medical_claim': services(visits('2024', 'ann', 'bea', 'cyn', 'dot', 'eve')),
      'input.medication': orders(`
        medication_id | person_id | prescribing_date | rxnorm_code | refills
        1             | ann       | 2024-01-01       | 1049630     |
        2             | ann       | 2024-12-31       | 1049630     |
        3             | bea       | 2024-06-01       | 318179      | 1
        4             | cyn       | 2024-06-01       | 1049630     | 0
        5             | cyn       | 2024-07-01       | 318179      |
        6             | dot       | 2024-06-01       | 1049630     |
        7             | dot       | 2023-12-31       | 1049630     | 3`),
    },
    expect: `
      subject_id | person_id | measure_id | rate_id | period_start | period_end | initial_population | denominator | denominator_exclusion | denominator_exception | numerator | status  | reason                                 | evidence_date | evidence                                                                                               | due_date
      ann        | ann       | CMS156     | 1       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | true      | overdue | high-risk medicine: antihistamine      | 2024-12-31    | antihistamine more than once (RXNORM 1049630, EHR 2024-01-01; RXNORM 1049630, EHR 2024-12-31) | 2024-12-31
      ann        | ann       | CMS156     | 2       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | false     | closed  | no high-risk medicine twice in the year |               |                                                                                                        |
      ann        | ann       | CMS156     | 3       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | true      | overdue | high-risk medicine: antihistamine      | 2024-12-31    | antihistamine more than once (RXNORM 1049630, EHR 2024-01-01; RXNORM 1049630, EHR 2024-12-31) | 2024-12-31
      bea        | bea       | CMS156     | 1       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | true      | overdue | high-risk medicine: ergoloid           | 2024-06-01    | ergoloid with refills (RXNORM 318179, EHR 2024-06-01)                                                   | 2024-12-31
      bea        | bea       | CMS156     | 2       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | false     | closed  | no high-risk medicine twice in the year |               |                                                                                                        |
      bea        | bea       | CMS156     | 3       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | true      | overdue | high-risk medicine: ergoloid           | 2024-06-01    | ergoloid with refills (RXNORM 318179, EHR 2024-06-01)                                                   | 2024-12-31
      cyn        | cyn       | CMS156     | 1       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | false     | closed  | no high-risk medicine twice in the year |               |                                                                                                        |
      cyn        | cyn       | CMS156     | 2       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | false     | closed  | no high-risk medicine twice in the year |               |                                                                                                        |
      cyn        | cyn       | CMS156     | 3       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | false     | closed  | no high-risk medicine twice in the year |               |                                                                                                        |
      dot        | dot       | CMS156     | 1       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | false     | closed  | no high-risk medicine twice in the year |               |                                                                                                        |
      dot        | dot       | CMS156     | 2       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | false     | closed  | no high-risk medicine twice in the year |               |                                                                                                        |
      dot        | dot       | CMS156     | 3       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | false     | closed  | no high-risk medicine twice in the year |               |                                                                                                        |
      eve        | eve       | CMS156     | 1       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | false     | closed  | no high-risk medicine twice in the year |               |                                                                                                        |
      eve        | eve       | CMS156     | 2       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | false     | closed  | no high-risk medicine twice in the year |               |                                                                                                        |
      eve        | eve       | CMS156     | 3       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | false     | closed  | no high-risk medicine twice in the year |               |                                                                                                        |`,
  },
  'just inside: 65 years old on 31 December; nitrofurantoin for 91 days; a second course from another day on; dispensed twice':
    {
      given: {
        'input.eligibility': members('2024', 'ann | 1959-12-31', 'bea', 'cyn'),
        'input.medical_claim': services(visits('2024', 'ann', 'bea', 'cyn')),
        'input.medication': everyRow(
          { status: 'completed' },
          `
        medication_id | person_id | statement_type | prescribing_date | dispensing_date | course_start_date | rxnorm_code | days_supply | refills
        1             | ann       | order          | 2024-02-01       |                 |                   | 311989      | 13          | 6
        2             | bea       | order          | 2024-02-01       |                 | 2024-02-01        | 1049630     |             |
        3             | bea       | order          | 2024-02-01       |                 | 2024-03-01        | 1049630     |             |
        4             | cyn       | dispense       |                  | 2024-02-01      |                   | 1049630     | 30          |
        5             | cyn       | dispense       |                  | 2024-03-01      |                   | 1049630     | 30          |`,
        ),
      },
      expect: `
      person_id | rate_id | period_start | initial_population | numerator | reason
      ann       | 1       | 2024-01-01   | true               | true      | high-risk medicine: nitrofurantoin
      ann       | 2       | 2024-01-01   | true               | false     | no high-risk medicine twice in the year
      ann       | 3       | 2024-01-01   | true               | true      | high-risk medicine: nitrofurantoin
      bea       | 1       | 2024-01-01   | true               | true      | high-risk medicine: antihistamine
      bea       | 2       | 2024-01-01   | true               | false     | no high-risk medicine twice in the year
      bea       | 3       | 2024-01-01   | true               | true      | high-risk medicine: antihistamine
      cyn       | 1       | 2024-01-01   | true               | true      | high-risk medicine: antihistamine
      cyn       | 2       | 2024-01-01   | true               | false     | no high-risk medicine twice in the year
      cyn       | 3       | 2024-01-01   | true               | true      | high-risk medicine: antihistamine`,
    },
  'just outside: 64 years old; nitrofurantoin for 90 days; twice on one day; an order and its fill; an order that was stopped':
    {
      given: {
        'input.eligibility': members('2024', 'ann | 1960-01-01', 'bea', 'cyn', 'dot', 'eve'),
        'input.medical_claim': services(visits('2024', 'ann', 'bea', 'cyn', 'dot', 'eve')),
        'input.medication': `
        medication_id | person_id | statement_type | status    | prescribing_date | dispensing_date | rxnorm_code | days_supply | refills
        1             | ann       | order          | completed | 2024-02-01       |                 | 1049630     |             | 1
        2             | bea       | order          | completed | 2024-02-01       |                 | 311989      | 45          | 1
        3             | cyn       | order          | completed | 2024-02-01       |                 | 1049630     |             |
        4             | cyn       | order          | completed | 2024-02-01       |                 | 1049630     |             |
        5             | dot       | order          | completed | 2024-02-01       |                 | 1049630     |             |
        6             | dot       | dispense       | completed |                  | 2024-02-03      | 1049630     |             |
        7             | eve       | order          | stopped   | 2024-02-01       |                 | 1049630     |             | 1`,
      },
      expect: `
      person_id | rate_id | period_start | initial_population | numerator
      bea       | 1       | 2024-01-01   | true               | false
      bea       | 2       | 2024-01-01   | true               | false
      bea       | 3       | 2024-01-01   | true               | false
      cyn       | 1       | 2024-01-01   | true               | false
      cyn       | 2       | 2024-01-01   | true               | false
      cyn       | 3       | 2024-01-01   | true               | false
      dot       | 1       | 2024-01-01   | true               | false
      dot       | 2       | 2024-01-01   | true               | false
      dot       | 3       | 2024-01-01   | true               | false
      eve       | 1       | 2024-01-01   | true               | false
      eve       | 2       | 2024-01-01   | true               | false
      eve       | 3       | 2024-01-01   | true               | false`,
    },
  'just inside: digoxin above 0.125 mg and doxepin above 6 mg a day; just outside: exactly that, or an unknown dose; up to 2025 one order must exceed it':
    {
      given: {
        'input.eligibility': members('2024', 'ann', 'bea', 'cyn', 'dot', 'eve', 'fay', 'gil'),
        'input.medical_claim': services(visits('2024', 'ann', 'bea', 'cyn', 'dot', 'eve', 'fay', 'gil')),
        'input.medication': orders(`
        medication_id | person_id | prescribing_date | rxnorm_code | quantity | quantity_unit | days_supply | refills
        1             | ann       | 2024-02-01       | 197606      | 30       |               | 30          |
        2             | ann       | 2024-03-01       | 197604      | 30       |               | 30          |
        3             | bea       | 2024-02-01       | 197604      | 30       |               | 30          |
        4             | bea       | 2024-03-01       | 197604      | 30       |               | 30          |
        5             | cyn       | 2024-02-01       | 1000048     | 60       |               | 30          | 1
        6             | dot       | 2024-02-01       | 966793      | 30       |               | 30          |
        7             | dot       | 2024-03-01       | 966793      | 30       |               | 30          |
        8             | eve       | 2024-02-01       | 197606      |          |               |             | 1
        9             | fay       | 2024-02-01       | 393245      | 100      | mL            | 30          |
        10            | fay       | 2024-03-01       | 393245      | 100      | mL            | 30          |
        11            | gil       | 2024-02-01       | 393245      | 100      | bottle        | 30          |
        12            | gil       | 2024-03-01       | 393245      | 100      | bottle        | 30          |`),
      },
      expect: `
      person_id | rate_id | period_start | numerator | evidence
      ann       | 1       | 2024-01-01   | true      | digoxin more than once, 0.25 mg a day (RXNORM 197606, EHR 2024-02-01; RXNORM 197604, EHR 2024-03-01)
      ann       | 2       | 2024-01-01   | false     |
      ann       | 3       | 2024-01-01   | true      | digoxin more than once, 0.25 mg a day (RXNORM 197606, EHR 2024-02-01; RXNORM 197604, EHR 2024-03-01)
      bea       | 1       | 2024-01-01   | false     |
      bea       | 2       | 2024-01-01   | false     |
      bea       | 3       | 2024-01-01   | false     |
      cyn       | 1       | 2024-01-01   | true      | doxepin with refills, 10.0 mg a day (RXNORM 1000048, EHR 2024-02-01)
      cyn       | 2       | 2024-01-01   | false     |
      cyn       | 3       | 2024-01-01   | true      | doxepin with refills, 10.0 mg a day (RXNORM 1000048, EHR 2024-02-01)
      dot       | 1       | 2024-01-01   | false     |
      dot       | 2       | 2024-01-01   | false     |
      dot       | 3       | 2024-01-01   | false     |
      eve       | 1       | 2024-01-01   | false     |
      eve       | 2       | 2024-01-01   | false     |
      eve       | 3       | 2024-01-01   | false     |
      fay       | 1       | 2024-01-01   | true      | digoxin more than once, 0.167 mg a day (RXNORM 393245, EHR 2024-02-01; RXNORM 393245, EHR 2024-03-01)
      fay       | 2       | 2024-01-01   | false     |
      fay       | 3       | 2024-01-01   | true      | digoxin more than once, 0.167 mg a day (RXNORM 393245, EHR 2024-02-01; RXNORM 393245, EHR 2024-03-01)
      gil       | 1       | 2024-01-01   | false     |
      gil       | 2       | 2024-01-01   | false     |
      gil       | 3       | 2024-01-01   | false     |`,
    },
  'from 2026 two orders must exceed the dose': {
    given: {
      'input.eligibility': members('2026', 'ann', 'bea'),
      'input.medical_claim': services(visits('2026', 'ann', 'bea')),
      'input.medication': orders(`
        medication_id | person_id | prescribing_date | rxnorm_code | quantity | days_supply
        1             | ann       | 2026-02-01       | 197606      | 30       | 30
        2             | ann       | 2026-03-01       | 197604      | 30       | 30
        3             | bea       | 2026-02-01       | 197606      | 30       | 30
        4             | bea       | 2026-03-01       | 197606      | 30       | 30`),
    },
    variables: { data_through: '2026-12-31', period: '2026' },
    expect: `
      person_id | rate_id | period_start | numerator
      ann       | 1       | 2026-01-01   | false
      ann       | 2       | 2026-01-01   | false
      ann       | 3       | 2026-01-01   | false
      bea       | 1       | 2026-01-01   | true
      bea       | 2       | 2026-01-01   | false
      bea       | 3       | 2026-01-01   | true`,
  },
  'antipsychotics and benzodiazepines count without a disease that needs them from 1 January of the year before to the first order':
    {
      given: {
        'input.eligibility': members('2024', 'ann', 'bea', 'cyn', 'dot', 'eve'),
        'input.medical_claim': services(`${visits('2024', 'ann', 'bea', 'cyn', 'dot', 'eve')}
        11       | ann       |            | F200             | 2022-12-31       | 2022-12-31
        12       | bea       |            | F200             | 2023-01-01       | 2023-01-01
        13       | cyn       |            | F200             | 2024-02-02       | 2024-02-02
        14       | dot       |            | G40909           | 2024-02-01       | 2024-02-01
        15       | eve       |            | F200             | 2024-02-01       | 2024-02-01`),
        'input.medication': orders(`
        medication_id | person_id | prescribing_date | rxnorm_code
        1             | ann       | 2024-02-01       | 1235247
        2             | ann       | 2024-03-01       | 1235247
        3             | bea       | 2024-02-01       | 1235247
        4             | bea       | 2024-03-01       | 1235247
        5             | cyn       | 2024-02-01       | 1235247
        6             | cyn       | 2024-03-01       | 1235247
        7             | dot       | 2024-02-01       | 197321
        8             | dot       | 2024-03-01       | 197321
        9             | eve       | 2024-02-01       | 197321
        10            | eve       | 2024-03-01       | 197321
        11            | eve       | 2024-03-01       | 1049630
        12            | eve       | 2024-04-01       | 1049630`),
      },
      expect: `
      person_id | rate_id | period_start | numerator | reason
      ann       | 1       | 2023-01-01   | false     | no outpatient visit in the year
      ann       | 2       | 2023-01-01   | false     | no outpatient visit in the year
      ann       | 3       | 2023-01-01   | false     | no outpatient visit in the year
      bea       | 1       | 2023-01-01   | false     | no outpatient visit in the year
      bea       | 2       | 2023-01-01   | false     | no outpatient visit in the year
      bea       | 3       | 2023-01-01   | false     | no outpatient visit in the year
      ann       | 1       | 2024-01-01   | false     | no high-risk medicine twice in the year
      ann       | 2       | 2024-01-01   | true      | high-risk medicine: antipsychotic
      ann       | 3       | 2024-01-01   | true      | high-risk medicine: antipsychotic
      bea       | 1       | 2024-01-01   | false     | no high-risk medicine twice in the year
      bea       | 2       | 2024-01-01   | false     | no high-risk medicine twice in the year
      bea       | 3       | 2024-01-01   | false     | no high-risk medicine twice in the year
      cyn       | 1       | 2024-01-01   | false     | no high-risk medicine twice in the year
      cyn       | 2       | 2024-01-01   | true      | high-risk medicine: antipsychotic
      cyn       | 3       | 2024-01-01   | true      | high-risk medicine: antipsychotic
      dot       | 1       | 2024-01-01   | false     | no high-risk medicine twice in the year
      dot       | 2       | 2024-01-01   | false     | no high-risk medicine twice in the year
      dot       | 3       | 2024-01-01   | false     | no high-risk medicine twice in the year
      eve       | 1       | 2024-01-01   | true      | high-risk medicine: antihistamine
      eve       | 2       | 2024-01-01   | true      | high-risk medicine: benzodiazepine
      eve       | 3       | 2024-01-01   | true      | high-risk medicine: antihistamine, benzodiazepine`,
    },
  'excluded: hospice or palliative care in the year; nobody counts without a visit': {
    given: {
      'input.eligibility': members('2024', 'ann', 'bea', 'cyn'),
      'input.medical_claim': services(`${visits('2024', 'ann', 'bea')}
        11       | ann       | Q5003      |                  | 2024-09-01       | 2024-09-01
        12       | bea       |            | Z515             | 2024-09-01       | 2024-09-01`),
      'input.medication': orders(`
        medication_id | person_id | prescribing_date | rxnorm_code | refills
        1             | ann       | 2024-02-01       | 1049630     | 1
        2             | cyn       | 2024-02-01       | 1049630     | 1`),
    },
    expect: `
      person_id | rate_id | period_start | initial_population | denominator_exclusion | numerator | reason
      ann       | 1       | 2024-01-01   | true               | true                  | false     | hospice care
      ann       | 2       | 2024-01-01   | true               | true                  | false     | hospice care
      ann       | 3       | 2024-01-01   | true               | true                  | false     | hospice care
      bea       | 1       | 2024-01-01   | true               | true                  | false     | palliative care
      bea       | 2       | 2024-01-01   | true               | true                  | false     | palliative care
      bea       | 3       | 2024-01-01   | true               | true                  | false     | palliative care
      cyn       | 1       | 2024-01-01   | false              | false                 | false     | no outpatient visit in the year
      cyn       | 2       | 2024-01-01   | false              | false                 | false     | no outpatient visit in the year
      cyn       | 3       | 2024-01-01   | false              | false                 | false     | no outpatient visit in the year`,
  },
} satisfies Cases;
