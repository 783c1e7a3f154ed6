import { type Cases, everyRow } from '../../engine/cases.ts';

/** People in Medicare in one year, born in 1960 where nothing else is said. */
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
      ...people.map((person) => (person.includes('|') ? person : `${person} | 1960-05-05`)),
    ].join('\n'),
  );

/** Lines of professional claims. E119 is type 2 diabetes, 99213 an office visit, 80053 a panel with creatinine, 82043 urine albumin, 82570 urine creatinine. */
const services = (table: string) =>
  everyRow({ claim_line_number: '1', claim_type: 'professional', place_of_service_code: '11' }, table);

/** Office visits of people with diabetes. */
const visits = (date: string, ...people: readonly string[]) =>
  ['claim_id | person_id | hcpcs_code | diagnosis_code_1 | claim_start_date | claim_end_date']
    .concat(people.map((person, at) => `${at + 1} | ${person} | 99213 | E119 | ${date} | ${date}`))
    .join('\n');

/** Results: eGFR is LOINC 98979-8, uACR 9318-7, urine albumin 1754-1, urine creatinine 2161-8. */
const results = (table: string) => everyRow({ source_component_type: 'loinc' }, table);

export default {
  'in numerator: eGFR and uACR, resulted or billed; denominator only: one of them, or a result without a value': {
    given: {
      'input.eligibility': members('2024', 'ann', 'bea', 'cyn', 'dot', 'eve', 'fay'),
      'input.medical_claim': services(`${visits('2024-03-01', 'ann', 'bea', 'cyn', 'dot', 'eve', 'fay')}
        11       | bea       | 80053      |                  | 2024-04-01       | 2024-04-01
        12       | bea       | 82043      |                  | 2024-04-01       | 2024-04-01
        13       | bea       | 82570      |                  | 2024-04-05       | 2024-04-05
        14       | cyn       | 80053      |                  | 2024-04-01       | 2024-04-01
        15       | cyn       | 82043      |                  | 2024-04-01       | 2024-04-01`),
      'input.lab_result': results(`
        lab_result_id | person_id | source_component_code | collection_datetime | result | source_units
        1             | ann       | 98979-8               | 2024-02-01 08:00:00 | 71     | mL/min/1.73
        2             | ann       | 9318-7                | 2024-08-03 08:00:00 | <30    | mg/g
        3             | dot       | 9318-7                | 2024-08-03 08:00:00 | 12     | mg/g
        4             | eve       | 98979-8               | 2024-02-01 08:00:00 |        |
        5             | eve       | 9318-7                | 2024-08-03 08:00:00 | 12     | mg/g`),
    },
    expect: `
      subject_id | person_id | measure_id | rate_id | period_start | period_end | initial_population | denominator | denominator_exclusion | denominator_exception | numerator | status  | reason                             | evidence_date | evidence                                                                                                                                      | due_date
      ann        | ann       | CMS951     | 1       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | true      | closed  | eGFR and uACR in the year          | 2024-08-03    | eGFR (LOINC 98979-8, EHR 2024-02-01) and uACR (LOINC 9318-7, EHR 2024-08-03)                                                                  |
      bea        | bea       | CMS951     | 1       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | true      | closed  | eGFR and uACR in the year          | 2024-04-05    | eGFR (HCPCS 80053, claim 2024-04-01) and uACR (albumin HCPCS 82043, claim 2024-04-01; creatinine HCPCS 82570, claim 2024-04-05) |
      cyn        | cyn       | CMS951     | 1       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | false     | overdue | eGFR, but no uACR in the year      | 2024-04-01    | eGFR (HCPCS 80053, claim 2024-04-01)                                                                                                          | 2024-12-31
      dot        | dot       | CMS951     | 1       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | false     | overdue | uACR, but no eGFR in the year      | 2024-08-03    | uACR (LOINC 9318-7, EHR 2024-08-03)                                                                                                           | 2024-12-31
      eve        | eve       | CMS951     | 1       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | false     | overdue | uACR, but no eGFR in the year      | 2024-08-03    | uACR (LOINC 9318-7, EHR 2024-08-03)                                                                                                           | 2024-12-31
      fay        | fay       | CMS951     | 1       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | false     | overdue | neither eGFR nor uACR in the year  |               |                                                                                                                                               | 2024-12-31`,
  },
  'just inside: 18 and 85 years old on 1 January; tests on the first and the last day; urine tests four days apart': {
    given: {
      'input.eligibility': members('2024', 'ann | 2006-01-01', 'bea | 1938-01-02'),
      'input.medical_claim': services(`${visits('2024-12-31', 'ann', 'bea')}
        11       | ann       | 80053      |                  | 2024-01-01       | 2024-01-01
        12       | ann       | 82043      |                  | 2024-12-31       | 2024-12-31
        13       | ann       | 82570      |                  | 2024-12-27       | 2024-12-27`),
    },
    expect: `
      person_id | period_start | initial_population | numerator
      ann       | 2024-01-01   | true               | true
      bea       | 2024-01-01   | true               | false`,
  },
  'just outside: 17 and 86 years old; a test of the year before; urine tests five days apart; no visit': {
    given: {
      'input.eligibility': members('2024', 'ann | 2006-01-02', 'bea | 1938-01-01', 'cyn', 'dot', 'eve'),
      'input.medical_claim': services(`${visits('2024-03-01', 'ann', 'bea', 'cyn', 'dot')}
        10       | eve       | 97110      | E119             | 2024-03-01       | 2024-03-01
        11       | cyn       | 80053      |                  | 2023-12-31       | 2023-12-31
        12       | dot       | 82043      |                  | 2024-04-01       | 2024-04-01
        13       | dot       | 82570      |                  | 2024-04-06       | 2024-04-06`),
    },
    expect: `
      person_id | period_start | initial_population | status       | reason
      bea       | 2024-01-01   | false              | aged out     | older than 85 at the start of the year
      cyn       | 2024-01-01   | true               | overdue      | neither eGFR nor uACR in the year
      dot       | 2024-01-01   | true               | overdue      | neither eGFR nor uACR in the year
      eve       | 2024-01-01   | false              | not eligible | no outpatient visit in the year`,
  },
  'from 2026 diabetes began before the year, and the EHR may give the ratio in two parts': {
    given: {
      'input.eligibility': members('2026', 'ann', 'bea', 'cyn', 'dot'),
      'input.medical_claim': services(`
        claim_id | person_id | hcpcs_code | diagnosis_code_1 | claim_start_date | claim_end_date
        1        | ann       | 99213      |                  | 2026-03-01       | 2026-03-01
        2        | bea       | 99213      | E119             | 2026-03-01       | 2026-03-01
        3        | cyn       | 97110      | E119             | 2025-12-31       | 2025-12-31
        4        | cyn       | 99213      | E119             | 2026-03-01       | 2026-03-01
        5        | dot       | 97110      | E119             | 2025-12-31       | 2025-12-31
        6        | dot       | 99213      |                  | 2026-03-01       | 2026-03-01`),
      'input.condition': everyRow(
        { source_code_type: 'icd-10-cm', source_code: 'E119', status: 'active' },
        `
        condition_id | person_id | onset_date
        1            | ann       | 2025-12-31
        2            | bea       | 2026-01-01`,
      ),
      'input.lab_result': results(`
        lab_result_id | person_id | source_component_code | collection_datetime | result
        1             | ann       | 98979-8               | 2026-02-01 08:00:00 | 71
        2             | ann       | 1754-1                | 2026-08-03 08:00:00 | 30
        3             | ann       | 2161-8                | 2026-08-07 08:00:00 | 100
        4             | cyn       | 98979-8               | 2026-02-01 08:00:00 | 71
        5             | cyn       | 9318-7                | 2026-08-03 08:00:00 | see comment`),
    },
    variables: { data_through: '2026-12-31', period: '2026' },
    expect: `
      person_id | period_start | initial_population | numerator | reason
      ann       | 2026-01-01   | true               | true      | eGFR and uACR in the year
      bea       | 2026-01-01   | false              | false     | no diabetes diagnosis that began before the year and lasts into it
      cyn       | 2026-01-01   | true               | false     | eGFR, but no uACR in the year
      cyn       | 2025-01-01   | false              | false     | no outpatient visit in the year
      dot       | 2026-01-01   | false              | false     | no diabetes diagnosis that began before the year and lasts into it
      dot       | 2025-01-01   | false              | false     | no outpatient visit in the year`,
  },
  'excluded: kidney failure, hospice or palliative care in the year, not kidney failure of the year before': {
    given: {
      'input.eligibility': members('2024', 'ann', 'bea', 'cyn', 'dot', 'eve'),
      'input.medical_claim': services(`${visits('2024-03-01', 'ann', 'bea', 'cyn', 'dot', 'eve')}
        11       | ann       |            | N185             | 2024-12-31       | 2024-12-31
        12       | bea       |            | N186             | 2024-01-01       | 2024-01-01
        13       | cyn       | Q5003      |                  | 2024-09-01       | 2024-09-01
        14       | dot       |            | Z515             | 2024-09-01       | 2024-09-01
        15       | eve       |            | N186             | 2023-12-31       | 2023-12-31`),
    },
    expect: `
      person_id | period_start | denominator_exclusion | reason                            | evidence
      ann       | 2024-01-01   | true                  | kidney failure                    | kidney failure (ICD-10-CM N185, claim 2024-12-31)
      bea       | 2024-01-01   | true                  | kidney failure                    | kidney failure (ICD-10-CM N186, claim 2024-01-01)
      cyn       | 2024-01-01   | true                  | hospice care                      | hospice care (HCPCS Q5003, claim 2024-09-01)
      dot       | 2024-01-01   | true                  | palliative care                   | palliative care (ICD-10-CM Z515, claim 2024-09-01)
      eve       | 2024-01-01   | false                 | neither eGFR nor uACR in the year |`,
  },
} satisfies Cases;
