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

/** Fills: person, NDC, day, days of supply. 00000000001 is atorvastatin, 00000000002 simvastatin, 00000000003 lisinopril. */
const fills = (...lines: readonly string[]) =>
  everyRow(
    { claim_line_number: '1' },
    ['claim_id | person_id | ndc_code | dispensing_date | days_supply']
      .concat(lines.map((line, at) => `${at + 1} | ${line}`))
      .join('\n'),
  );

/** What a clinical source calls those drugs. */
const names = `
  medication_id | person_id | dispensing_date | ndc_code    | ndc_description
  1             | zoe       | 2023-06-01      | 00000000001 | Atorvastatin 20 MG tablet
  2             | zoe       | 2023-06-01      | 00000000002 | SIMVASTATIN 40 MG
  3             | zoe       | 2023-06-01      | 00000000003 | Lisinopril 10 MG`;

export default {
  'in numerator: supply for 80% of the days since the first fill; denominator only: less; no row without a fill': {
    given: {
      'input.eligibility': members('ann', 'bea', 'cyn', 'zoe'),
      'input.medication': names,
      'input.pharmacy_claim': fills(
        'ann | 00000000001 | 2024-01-01 | 90',
        'ann | 00000000001 | 2024-03-31 | 90',
        'ann | 00000000002 | 2024-06-29 | 113',
        'bea | 00000000001 | 2024-01-01 | 90',
        'bea | 00000000001 | 2024-03-31 | 90',
        'bea | 00000000001 | 2024-06-29 | 112',
        'cyn | 00000000003 | 2024-01-01 | 90',
        'cyn | 00000000003 | 2024-03-31 | 90',
      ),
    },
    expect: `
      subject_id | person_id | measure_id | rate_id | period_start | period_end | initial_population | denominator | denominator_exclusion | denominator_exception | numerator | status  | reason                      | evidence_date | evidence                                                                                       | due_date
      ann        | ann       | PDC-STA    | 1       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | true      | closed  | supply for 80% of the days | 2024-06-29    | supply for 293 of 366 days since 2024-01-01 (last fill simvastatin, claim 2024-06-29)  |
      bea        | bea       | PDC-STA    | 1       | 2024-01-01   | 2024-12-31 | true               | true        | false                 | false                 | false     | overdue | supply for 79% of the days | 2024-06-29    | supply for 292 of 366 days since 2024-01-01 (last fill atorvastatin, claim 2024-06-29) | 2024-12-31`,
  },
  'just inside: 18 years old on 1 January; a first fill 91 days before the end; two fills': {
    given: {
      'input.eligibility': members('ann | 2006-01-01', 'zoe'),
      'input.medication': names,
      'input.pharmacy_claim': fills('ann | 00000000001 | 2024-10-02 | 30', 'ann | 00000000001 | 2024-11-01 | 61'),
    },
    expect: `
      person_id | period_start | initial_population | numerator | evidence
      ann       | 2024-01-01   | true               | true      | supply for 91 of 91 days since 2024-10-02 (last fill atorvastatin, claim 2024-11-01)`,
  },
  'just outside: 17 years old; a first fill 90 days before the end; one fill, or two on one day': {
    given: {
      'input.eligibility': members('ann | 2006-01-02', 'bea', 'cyn', 'dot', 'zoe'),
      'input.medication': names,
      'input.pharmacy_claim': fills(
        'ann | 00000000001 | 2024-01-01 | 90',
        'ann | 00000000001 | 2024-03-31 | 90',
        'bea | 00000000001 | 2024-10-03 | 30',
        'bea | 00000000001 | 2024-11-02 | 60',
        'cyn | 00000000001 | 2024-01-01 | 360',
        'dot | 00000000001 | 2024-01-01 | 90',
        'dot | 00000000002 | 2024-01-01 | 90',
      ),
    },
    expect: `
      person_id | period_start | initial_population | status       | reason
      bea       | 2024-01-01   | false              | not eligible | first fill less than 91 days before the end
      cyn       | 2024-01-01   | false              | not eligible | only one fill
      dot       | 2024-01-01   | false              | not eligible | only one fill`,
  },
  'early refills of one drug are used afterwards, those of another drug cover the same days; the longest fill of a day counts':
    {
      given: {
        'input.eligibility': members('ann', 'bea', 'cyn', 'dot', 'zoe'),
        'input.medication': names,
        'input.pharmacy_claim': fills(
          'ann | 00000000001 | 2024-09-23 | 50',
          'ann | 00000000001 | 2024-10-03 | 50',
          'bea | 00000000001 | 2024-09-23 | 50',
          'bea | 00000000002 | 2024-10-03 | 50',
          'cyn | 00000000001 | 2024-09-23 | 10',
          'cyn | 00000000001 | 2024-09-23 | 30',
          'cyn | 00000000001 | 2024-10-23 | 10',
          'dot | 00000000001 | 2024-09-23 | 10',
          'dot | 00000000001 | 2024-12-27 | 30',
          'dot | 00000000001 | 2024-12-30 | 30',
        ),
      },
      expect: `
      person_id | period_start | numerator | evidence
      ann       | 2024-01-01   | true      | supply for 100 of 100 days since 2024-09-23 (last fill atorvastatin, claim 2024-10-03)
      bea       | 2024-01-01   | false     | supply for 60 of 100 days since 2024-09-23 (last fill simvastatin, claim 2024-10-03)
      cyn       | 2024-01-01   | false     | supply for 40 of 100 days since 2024-09-23 (last fill atorvastatin, claim 2024-10-23)
      dot       | 2024-01-01   | false     | supply for 15 of 100 days since 2024-09-23 (last fill atorvastatin, claim 2024-12-30)`,
    },
  'nights in hospital are no days to cover and use up no supply; the end of coverage, or death, ends the days': {
    given: {
      'input.eligibility': `
        person_id | birth_date | death_date | gender | payer    | enrollment_start_date | enrollment_end_date
        ann       | 1950-05-05 |            | female | medicare | 2024-01-01            | 2024-12-31
        bea       | 1950-05-05 |            | female | medicare | 2024-01-01            | 2024-06-30
        cyn       | 1950-05-05 | 2024-06-29 | female | medicare | 2024-01-01            | 2024-12-31
        zoe       | 1950-05-05 |            | female | medicare | 2024-01-01            | 2024-12-31`,
      'input.medication': names,
      'input.medical_claim': `
        claim_id | claim_line_number | person_id | claim_type    | bill_type_code | revenue_center_code | claim_start_date | claim_end_date | admission_date | discharge_date
        1        | 1                 | ann       | institutional | 111            | 0120                | 2024-10-03       | 2024-10-13     | 2024-10-03     | 2024-10-13`,
      'input.pharmacy_claim': fills(
        'ann | 00000000001 | 2024-09-23 | 30',
        'ann | 00000000001 | 2024-12-01 | 10',
        'bea | 00000000001 | 2024-01-01 | 150',
        'bea | 00000000001 | 2024-06-01 | 90',
        'cyn | 00000000001 | 2024-01-01 | 150',
        'cyn | 00000000001 | 2024-06-01 | 90',
      ),
    },
    expect: `
      person_id | period_start | numerator | evidence
      ann       | 2024-01-01   | false     | supply for 40 of 90 days since 2024-09-23 (last fill atorvastatin, claim 2024-12-01)
      bea       | 2024-01-01   | true      | supply for 180 of 182 days since 2024-01-01 (last fill atorvastatin, claim 2024-06-01)
      cyn       | 2024-01-01   | true      | supply for 179 of 181 days since 2024-01-01 (last fill atorvastatin, claim 2024-06-01)`,
  },
  'excluded: hospice, end-stage kidney disease': {
    given: {
      'input.eligibility': members('ann', 'bea', 'zoe'),
      'input.medication': names,
      'input.medical_claim': everyRow(
        { claim_line_number: '1', claim_type: 'professional', place_of_service_code: '11' },
        `
        claim_id | person_id | hcpcs_code | diagnosis_code_1 | claim_start_date | claim_end_date
        1        | ann       | Q5003      |                  | 2024-09-01       | 2024-09-01
        2        | bea       | 99213      | N186             | 2024-09-01       | 2024-09-01`,
      ),
      'input.pharmacy_claim': fills(
        'ann | 00000000001 | 2024-01-01 | 90',
        'ann | 00000000001 | 2024-03-31 | 90',
        'bea | 00000000001 | 2024-01-01 | 90',
        'bea | 00000000001 | 2024-03-31 | 90',
      ),
    },
    expect: `
      person_id | period_start | denominator_exclusion | reason
      ann       | 2024-01-01   | true                  | hospice care
      bea       | 2024-01-01   | true                  | end-stage kidney disease`,
  },
} satisfies Cases;
