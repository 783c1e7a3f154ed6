import { type Cases, everyRow } from '../../engine/cases.ts';

/** People in Medicare with drug coverage in 2024, born in 1950 where nothing else is said. */
const members = (...people: readonly string[]) =>
  everyRow(
    { gender: 'female', payer: 'medicare', enrollment_start_date: '2024-01-01', enrollment_end_date: '2024-12-31' },
    [
      'person_id | birth_date',
      ...people.map((person) => (person.includes('|') ? person : `${person} | 1950-05-05`)),
    ].join('\n'),
  );

/** Fills: person, NDC, day, days of supply. 00000000001 is metformin, 00000000002 Jardiance, 00000000003 insulin, 00000000004 Wegovy, 00000000005 metformin with sitagliptin, 00000000006 a syringe for insulin. */
const fills = (...lines: readonly string[]) =>
  everyRow(
    { claim_line_number: '1' },
    ['claim_id | person_id | ndc_code | dispensing_date | days_supply']
      .concat(lines.map((line, at) => `${at + 1} | ${line}`))
      .join('\n'),
  );

/** What a clinical source calls those drugs. */
const names = `
  medication_id | person_id | dispensing_date | ndc_code    | rxnorm_code | ndc_description | rxnorm_description
  1             | zoe       | 2023-06-01      | 00000000001 |             | Metformin HCl 500 MG tablet |
  2             | zoe       | 2023-06-01      | 00000000002 |             | JARDIANCE 10 MG |
  3             | zoe       | 2023-06-01      | 00000000003 | 311041      | LANTUS SOLOSTAR | insulin glargine 100 UNT/ML
  4             | zoe       | 2023-06-01      | 00000000004 |             | semaglutide (Wegovy) |
  5             | zoe       | 2023-06-01      | 00000000005 |             | JANUMET |
  6             | zoe       | 2023-06-01      | 00000000006 |             | BD Insulin Syringe 1 ML |`;

export default {
  'in numerator: supply for 80% of the days since the first fill; denominator only: less; medicines for weight do not count':
    {
      given: {
        'input.eligibility': members('ann', 'bea', 'cyn', 'zoe'),
        'input.medication': names,
        'input.pharmacy_claim': fills(
          'ann | 00000000001 | 2024-01-01 | 180',
          'ann | 00000000002 | 2024-06-29 | 180',
          'bea | 00000000001 | 2024-01-01 | 90',
          'bea | 00000000002 | 2024-02-01 | 90',
          'cyn | 00000000004 | 2024-01-01 | 28',
          'cyn | 00000000004 | 2024-02-01 | 28',
        ),
      },
      expect: `
      subject_id | person_id | measure_id | rate_id | period_start | denominator | numerator | status  | reason                      | evidence_date | evidence                                                                                        | due_date
      ann        | ann       | PDC-DR     | 1       | 2024-01-01   | true        | true      | closed  | supply for 98% of the days | 2024-06-29    | supply for 360 of 366 days since 2024-01-01 (last fill empagliflozin, claim 2024-06-29) |
      bea        | bea       | PDC-DR     | 1       | 2024-01-01   | true        | false     | overdue | supply for 33% of the days | 2024-02-01    | supply for 121 of 366 days since 2024-01-01 (last fill empagliflozin, claim 2024-02-01) | 2024-12-31`,
    },
  'just inside: 18 years old on 1 January; just outside: 17': {
    given: {
      'input.eligibility': members('ann | 2006-01-01', 'bea | 2006-01-02', 'zoe'),
      'input.medication': names,
      'input.pharmacy_claim': fills(
        'ann | 00000000001 | 2024-10-02 | 30',
        'ann | 00000000001 | 2024-11-01 | 61',
        'bea | 00000000001 | 2024-10-02 | 30',
        'bea | 00000000001 | 2024-11-01 | 61',
      ),
    },
    expect: `
      person_id | period_start | initial_population | numerator
      ann       | 2024-01-01   | true               | true`,
  },
  'just outside: a first fill 90 days before the end, or one fill': {
    given: {
      'input.eligibility': members('bea', 'cyn', 'zoe'),
      'input.medication': names,
      'input.pharmacy_claim': fills(
        'bea | 00000000001 | 2024-10-03 | 30',
        'bea | 00000000001 | 2024-11-02 | 60',
        'cyn | 00000000001 | 2024-01-01 | 360',
      ),
    },
    expect: `
      person_id | period_start | initial_population | status       | reason
      bea       | 2024-01-01   | false              | not eligible | first fill less than 91 days before the end
      cyn       | 2024-01-01   | false              | not eligible | only one fill`,
  },
  'excluded: hospice, end-stage kidney disease or dialysis, insulin in the year': {
    given: {
      'input.eligibility': members('ann', 'bea', 'cyn', 'dot', 'zoe'),
      'input.medication': names,
      'input.medical_claim': everyRow(
        { claim_line_number: '1', claim_type: 'professional', place_of_service_code: '11' },
        `
        claim_id | person_id | hcpcs_code | diagnosis_code_1 | claim_start_date | claim_end_date
        1        | ann       | Q5003      |                  | 2024-09-01       | 2024-09-01
        2        | bea       | 99213      | N186             | 2024-09-01       | 2024-09-01
        3        | cyn       | 90935      |                  | 2024-09-01       | 2024-09-01`,
      ),
      'input.pharmacy_claim': fills(
        'ann | 00000000001 | 2024-01-01 | 90',
        'ann | 00000000001 | 2024-03-31 | 90',
        'bea | 00000000001 | 2024-01-01 | 90',
        'bea | 00000000001 | 2024-03-31 | 90',
        'cyn | 00000000001 | 2024-01-01 | 90',
        'cyn | 00000000001 | 2024-03-31 | 90',
        'dot | 00000000001 | 2024-01-01 | 90',
        'dot | 00000000001 | 2024-03-31 | 90',
        'dot | 00000000003 | 2024-12-31 | 30',
      ),
    },
    expect: `
      person_id | period_start | denominator_exclusion | reason
      ann       | 2024-01-01   | true                  | hospice care
      bea       | 2024-01-01   | true                  | end-stage kidney disease
      cyn       | 2024-01-01   | true                  | end-stage kidney disease
      dot       | 2024-01-01   | true                  | insulin filled`,
  },
  'supply that overlaps a fill with an ingredient in common is used after it; of another drug it is not': {
    given: {
      'input.eligibility': members('ann', 'bea', 'zoe'),
      'input.medication': names,
      'input.pharmacy_claim': fills(
        'ann | 00000000001 | 2024-01-01 | 200',
        'ann | 00000000005 | 2024-06-01 | 166',
        'bea | 00000000002 | 2024-01-01 | 200',
        'bea | 00000000005 | 2024-06-01 | 166',
      ),
    },
    expect: `
      person_id | numerator | evidence
      ann       | true      | supply for 366 of 366 days since 2024-01-01 (last fill metformin and sitagliptin, claim 2024-06-01)
      bea       | true      | supply for 318 of 366 days since 2024-01-01 (last fill metformin and sitagliptin, claim 2024-06-01)`,
  },
  'just inside: one day without drug coverage; just outside: two; coverage that ends for good ends the treatment': {
    given: {
      'input.eligibility': everyRow(
        { gender: 'female', birth_date: '1950-05-05', payer: 'medicare' },
        `
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-05-31
        ann       | 2024-06-02            | 2024-12-31
        bea       | 2024-01-01            | 2024-05-31
        bea       | 2024-06-03            | 2024-12-31
        cyn       | 2024-01-01            | 2024-05-31
        zoe       | 2024-01-01            | 2024-12-31`,
      ),
      'input.medication': names,
      'input.pharmacy_claim': fills(
        'ann | 00000000001 | 2024-01-01 | 180',
        'ann | 00000000001 | 2024-06-29 | 180',
        'bea | 00000000001 | 2024-01-01 | 180',
        'bea | 00000000001 | 2024-06-29 | 180',
        'cyn | 00000000001 | 2024-01-01 | 90',
        'cyn | 00000000001 | 2024-03-31 | 60',
      ),
    },
    expect: `
      person_id | initial_population | numerator | reason
      ann       | true               | true      | supply for 98% of the days
      bea       | false              | false     | without drug coverage for 2 days after the first fill
      cyn       | true               | true      | supply for 98% of the days`,
  },
  'excluded: insulin whose supply nobody states; a syringe for insulin leaves nobody out': {
    given: {
      'input.eligibility': members('ann', 'bea', 'zoe'),
      'input.medication': names,
      'input.pharmacy_claim': fills(
        'ann | 00000000001 | 2024-01-01 | 180',
        'ann | 00000000001 | 2024-06-29 | 180',
        'ann | 00000000003 | 2024-12-31 |',
        'bea | 00000000001 | 2024-01-01 | 180',
        'bea | 00000000001 | 2024-06-29 | 180',
        'bea | 00000000006 | 2024-12-31 | 30',
      ),
    },
    expect: `
      person_id | denominator_exclusion | reason
      ann       | true                  | insulin filled
      bea       | false                 | supply for 98% of the days`,
  },
} satisfies Cases;
