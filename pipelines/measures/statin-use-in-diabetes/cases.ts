import { type Cases, everyRow } from '../../engine/cases.ts';

/** People in Medicare with drug coverage in 2024, born in 1960 where nothing else is said. */
const members = (...people: readonly string[]) =>
  everyRow(
    { gender: 'female', payer: 'medicare', enrollment_start_date: '2024-01-01', enrollment_end_date: '2024-12-31' },
    [
      'person_id | birth_date',
      ...people.map((person) => (person.includes('|') ? person : `${person} | 1960-05-05`)),
    ].join('\n'),
  );

/** Fills: person, NDC, day. 00000000001 is metformin, 00000000002 insulin, 00000000003 atorvastatin, 00000000004 clomiphene, 00000000005 acarbose. */
const fills = (...lines: readonly string[]) =>
  everyRow(
    { claim_line_number: '1', days_supply: '90' },
    ['claim_id | person_id | ndc_code | dispensing_date']
      .concat(lines.map((line, at) => `${at + 1} | ${line}`))
      .join('\n'),
  );

/** Two fills of metformin of each person. */
const metformin = (...people: readonly string[]): string[] =>
  people.flatMap((person) => [`${person} | 00000000001 | 2024-01-01`, `${person} | 00000000001 | 2024-03-31`]);

/** What a clinical source calls those drugs. */
const names = `
  medication_id | person_id | statement_type | prescribing_date | dispensing_date | ndc_code    | rxnorm_code | ndc_description
  1             | zoe       | dispense       |                  | 2023-06-01      | 00000000001 |             | Metformin HCl 500 MG tablet
  2             | zoe       | dispense       |                  | 2023-06-01      | 00000000002 |             | insulin glargine
  5             | zoe       | dispense       |                  | 2023-06-01      | 00000000004 |             | Clomiphene 50 MG
  6             | zoe       | dispense       |                  | 2023-06-01      | 00000000005 |             | Acarbose 25 MG
  3             | zoe       | dispense       |                  | 2023-06-01      | 00000000003 |             | Atorvastatin 20 MG
  4             | dot       | order          | 2024-05-01       |                 |             | 312962      |`;

export default {
  'in numerator: a statin filled; denominator only: none, or one that only the EHR tells of': {
    given: {
      'input.eligibility': members('ann', 'bea', 'dot', 'zoe'),
      'input.medication': names,
      'input.pharmacy_claim': fills(
        ...metformin('ann', 'dot'),
        'ann | 00000000003 | 2024-12-31',
        'bea | 00000000001 | 2024-01-01',
        'bea | 00000000002 | 2024-02-01',
      ),
    },
    expect: `
      subject_id | person_id | measure_id | rate_id | period_start | denominator | numerator | status                  | reason                                  | evidence_date | evidence                                | due_date
      ann        | ann       | SUPD       | 1       | 2024-01-01   | true        | true      | closed                  | statin filled in the year               | 2024-12-31    | atorvastatin filled (claim 2024-12-31)  |
      bea        | bea       | SUPD       | 1       | 2024-01-01   | true        | false     | overdue                 | no statin filled in the year            |               |                                         | 2024-12-31
      dot        | dot       | SUPD       | 1       | 2024-01-01   | true        | false     | closed, awaiting claim  | statin known to the EHR, no fill billed | 2024-05-01    | statin (RXNORM 312962, EHR 2024-05-01)  | 2024-12-31`,
  },
  'just inside: 40 and 75 years old on 1 January; a first fill 90 days before the end of the year': {
    given: {
      'input.eligibility': members('ann | 1984-01-01', 'bea | 1948-01-02', 'zoe'),
      'input.medication': names,
      'input.pharmacy_claim': fills(
        'ann | 00000000001 | 2024-10-02',
        'ann | 00000000001 | 2024-12-31',
        ...metformin('bea'),
      ),
    },
    expect: `
      person_id | period_start | initial_population
      ann       | 2024-01-01   | true
      bea       | 2024-01-01   | true`,
  },
  'just outside: 39 and 76 years old; a first fill 89 days before the end of the year; one fill; a statin of the year before':
    {
      given: {
        'input.eligibility': members('ann | 1984-01-02', 'bea | 1948-01-01', 'cyn', 'eve', 'fay', 'zoe'),
        'input.medication': names,
        'input.pharmacy_claim': fills(
          ...metformin('ann', 'bea', 'fay'),
          'cyn | 00000000001 | 2024-10-03',
          'cyn | 00000000001 | 2024-12-31',
          'eve | 00000000001 | 2024-01-01',
          'fay | 00000000003 | 2023-12-31',
        ),
      },
      expect: `
      person_id | period_start | initial_population | numerator | status       | reason
      bea       | 2024-01-01   | false              | false     | aged out     | older than 75 at the start of the year
      cyn       | 2024-01-01   | false              | false     | not eligible | first fill less than 90 days before the end of the year
      eve       | 2024-01-01   | false              | false     | not eligible | only one fill of a diabetes medicine
      fay       | 2024-01-01   | true               | false     | overdue      | no statin filled in the year`,
    },
  'excluded: hospice, kidney failure or dialysis, muscle disease, pregnancy, breastfeeding, cirrhosis, prediabetes, polycystic ovaries in the year':
    {
      given: {
        'input.eligibility': members('ann', 'bea', 'cyn', 'eve', 'fay', 'gil', 'hal', 'ida', 'joe', 'zoe'),
        'input.medication': names,
        'input.medical_claim': everyRow(
          { claim_line_number: '1', claim_type: 'professional', place_of_service_code: '11' },
          `
        claim_id | person_id | hcpcs_code | diagnosis_code_1 | claim_start_date | claim_end_date
        1        | ann       | Q5003      |                  | 2024-09-01       | 2024-09-01
        2        | bea       | 99213      | N186             | 2024-09-01       | 2024-09-01
        3        | cyn       | 90935      |                  | 2024-09-01       | 2024-09-01
        4        | eve       | 99213      | M6282            | 2024-09-01       | 2024-09-01
        5        | fay       | 99213      | O0900            | 2024-09-01       | 2024-09-01
        6        | gil       | 99213      | Z391             | 2024-09-01       | 2024-09-01
        7        | hal       | 99213      | K7460            | 2024-09-01       | 2024-09-01
        8        | ida       | 99213      | R7303            | 2024-09-01       | 2024-09-01
        9        | joe       | 99213      | E282             | 2024-09-01       | 2024-09-01
        10       | zoe       | 99213      | E282             | 2023-12-31       | 2023-12-31`,
        ),
        'input.pharmacy_claim': fills(
          ...metformin('ann', 'bea', 'cyn', 'eve', 'fay', 'gil', 'hal', 'ida', 'joe', 'zoe'),
        ),
      },
      expect: `
      person_id | period_start | denominator_exclusion | reason
      ann       | 2024-01-01   | true                  | hospice care
      bea       | 2024-01-01   | true                  | end-stage kidney disease
      cyn       | 2024-01-01   | true                  | end-stage kidney disease
      eve       | 2024-01-01   | true                  | muscle disease
      fay       | 2024-01-01   | true                  | pregnancy
      gil       | 2024-01-01   | true                  | breastfeeding
      hal       | 2024-01-01   | true                  | cirrhosis
      ida       | 2024-01-01   | true                  | prediabetes
      joe       | 2024-01-01   | true                  | polycystic ovary syndrome
      zoe       | 2024-01-01   | false                 | no statin filled in the year`,
    },
  'excluded: a medicine against infertility; acarbose counts as a diabetes medicine; muscle pain leaves nobody out': {
    given: {
      'input.eligibility': members('ann', 'bea', 'cyn', 'zoe'),
      'input.medication': names,
      'input.medical_claim': everyRow(
        { claim_line_number: '1', claim_type: 'professional', place_of_service_code: '11' },
        `
        claim_id | person_id | hcpcs_code | diagnosis_code_1 | claim_start_date | claim_end_date
        1        | cyn       | 99213      | M7910            | 2024-09-01       | 2024-09-01`,
      ),
      'input.pharmacy_claim': fills(
        ...metformin('ann', 'cyn'),
        'ann | 00000000004 | 2024-05-01',
        'bea | 00000000005 | 2024-01-01',
        'bea | 00000000005 | 2024-04-01',
      ),
    },
    expect: `
      person_id | initial_population | denominator_exclusion | reason
      ann       | true               | true                  | treatment of infertility
      bea       | true               | false                 | no statin filled in the year
      cyn       | true               | false                 | no statin filled in the year`,
  },
  'just inside: one lapse of drug coverage of 31 days; just outside: one of 32 days, or two lapses': {
    given: {
      'input.eligibility': everyRow(
        { gender: 'female', birth_date: '1960-05-05', payer: 'medicare' },
        `
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-02-01            | 2024-12-31
        bea       | 2024-02-02            | 2024-12-31
        cyn       | 2024-01-02            | 2024-12-30
        eve       | 2024-01-01            | 2024-06-30
        eve       | 2024-08-01            | 2024-12-31
        fay       | 2020-01-01            | 2024-06-30
        fay       | 2024-08-02            | 2024-12-31
        zoe       | 2024-01-01            | 2024-12-31`,
      ),
      'input.medication': names,
      'input.pharmacy_claim': fills(...metformin('ann', 'bea', 'cyn', 'eve', 'fay')),
    },
    expect: `
      person_id | initial_population | reason
      ann       | true               | no statin filled in the year
      bea       | false              | without drug coverage for part of the year
      cyn       | false              | without drug coverage for part of the year
      eve       | true               | no statin filled in the year
      fay       | false              | without drug coverage for part of the year`,
  },
} satisfies Cases;
