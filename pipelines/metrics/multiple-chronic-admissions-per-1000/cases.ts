import { type Cases, everyRow } from '../../engine/cases.ts';

const members = (table: string) => everyRow({ gender: 'female', payer: 'medicare' }, table);

/** Claims of hospital stays, one line each: I5021 heart failure. */
const stays = (table: string) =>
  everyRow({ claim_line_number: '1', claim_type: 'institutional', facility_npi: 'north' }, table);

/** Diabetes and heart failure of the EHR, two groups. */
const chronic = (...people: readonly string[]) =>
  [
    'condition_id | person_id | onset_date | status | source_code_type | source_code',
    ...people.flatMap((person, at) => [
      `${at}a | ${person} | 2020-05-05 | active | icd-10-cm | E119`,
      `${at}b | ${person} | 2020-05-05 | active | icd-10-cm | I509`,
    ]),
  ].join('\n');

export default {
  'in numerator: an unplanned admission; the days in hospital and the 10 after are not at risk; denominator only: a month without one':
    {
      given: {
        'input.eligibility': members(`
        person_id | birth_date | enrollment_start_date | enrollment_end_date
        ann       | 1950-05-05 | 2024-01-01            | 2024-02-29`),
        'input.condition': chronic('ann'),
        'input.medical_claim': stays(`
        claim_id | person_id | bill_type_code | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | 111            | 2024-02-01       | 2024-02-05     | 01                         | I5021`),
      },
      expect: `
      person_id | anchor_date | numerator | denominator        | exclusion
      ann       | 2024-01-01  | 0         | 1                  |
      ann       | 2024-02-01  | 1         | 0.5172413793103449 |`,
    },
  'just inside: 65 on 1 January, the second condition established on 31 December, admitted on day 11 after a discharge':
    {
      given: {
        'input.eligibility': members(`
        person_id | birth_date | enrollment_start_date | enrollment_end_date
        ann       | 1959-01-01 | 2024-01-01            | 2024-01-31`),
        'input.condition': `
        condition_id | person_id | onset_date | status | source_code_type | source_code
        1            | ann       | 2020-05-05 | active | icd-10-cm        | E119
        2            | ann       | 2023-12-31 | active | icd-10-cm        | I509`,
        'input.medical_claim': stays(`
        claim_id | person_id | bill_type_code | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | 111            | 2024-01-02       | 2024-01-05     | 01                         | I5021
        2        | ann       | 111            | 2024-01-16       | 2024-01-21     | 01                         | I5021`),
      },
      expect: `
      person_id | anchor_date | numerator
      ann       | 2024-01-01  | 2`,
    },
  'just outside: 65 on 2 January, the second condition established on 1 January, COPD and asthma alone; admitted on day 10 after a discharge':
    {
      given: {
        'input.eligibility': members(`
        person_id | birth_date | enrollment_start_date | enrollment_end_date
        ann       | 1959-01-02 | 2024-01-01            | 2024-01-31
        bea       | 1950-05-05 | 2024-01-01            | 2024-01-31
        cyn       | 1950-05-05 | 2024-01-01            | 2024-01-31
        dot       | 1950-05-05 | 2024-01-01            | 2024-01-31`),
        'input.condition': `
        condition_id | person_id | onset_date | status | source_code_type | source_code
        1            | ann       | 2020-05-05 | active | icd-10-cm        | E119
        2            | ann       | 2020-05-05 | active | icd-10-cm        | I509
        3            | bea       | 2020-05-05 | active | icd-10-cm        | E119
        4            | bea       | 2024-01-01 | active | icd-10-cm        | I509
        5            | cyn       | 2020-05-05 | active | icd-10-cm        | J449
        6            | cyn       | 2020-05-05 | active | icd-10-cm        | J45909
        7            | dot       | 2020-05-05 | active | icd-10-cm        | E119
        8            | dot       | 2020-05-05 | active | icd-10-cm        | I509`,
        'input.medical_claim': stays(`
        claim_id | person_id | bill_type_code | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | dot       | 111            | 2024-01-02       | 2024-01-05     | 01                         | I5021
        2        | dot       | 111            | 2024-01-15       | 2024-01-21     | 01                         | J189`),
      },
      expect: `
      person_id | anchor_date | numerator
      dot       | 2024-01-01  | 1`,
    },
  'not counted: planned, for a complication or an injury, from a nursing facility': {
    given: {
      'input.eligibility': members(`
        person_id | birth_date | enrollment_start_date | enrollment_end_date
        ann       | 1950-05-05 | 2024-01-01            | 2024-01-31
        bea       | 1950-05-05 | 2024-01-01            | 2024-01-31
        cyn       | 1950-05-05 | 2024-01-01            | 2024-01-31`),
      'input.condition': chronic('ann', 'bea', 'cyn'),
      'input.medical_claim': stays(`
        claim_id | person_id | bill_type_code | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | 111            | 2024-01-20       | 2024-01-25     | 01                         | Z5111
        2        | bea       | 111            | 2024-01-20       | 2024-01-25     | 01                         | T814XXA
        3        | cyn       | 211            | 2024-01-02       | 2024-01-20     | 02                         | I5021
        4        | cyn       | 111            | 2024-01-20       | 2024-01-25     | 01                         | I5021`),
    },
    expect: `
      person_id | anchor_date | numerator
      ann       | 2024-01-01  | 0
      bea       | 2024-01-01  | 0
      cyn       | 2024-01-01  | 0`,
  },
  'a myocardial infarction makes a group for 12 months; two claims of different days make one of another condition, one claim none; both dementias are one group':
    {
      given: {
        'input.eligibility': members(`
        person_id | birth_date | enrollment_start_date | enrollment_end_date
        ann       | 1950-05-05 | 2024-01-01            | 2024-01-31
        bea       | 1950-05-05 | 2024-01-01            | 2024-01-31
        cyn       | 1950-05-05 | 2024-01-01            | 2024-01-31
        dot       | 1950-05-05 | 2024-01-01            | 2024-01-31
        eve       | 1950-05-05 | 2024-01-01            | 2024-01-31`),
        'input.condition': `
        condition_id | person_id | onset_date | status | source_code_type | source_code
        1            | ann       | 2020-05-05 | active | icd-10-cm        | E119
        2            | bea       | 2020-05-05 | active | icd-10-cm        | E119
        3            | cyn       | 2020-05-05 | active | icd-10-cm        | E119
        4            | dot       | 2020-05-05 | active | icd-10-cm        | E119
        5            | eve       | 2020-05-05 | active | icd-10-cm        | G309
        6            | eve       | 2020-05-05 | active | icd-10-cm        | F0150`,
        'input.medical_claim': everyRow(
          { claim_line_number: '1', facility_npi: 'north' },
          `
        claim_id | person_id | claim_type    | bill_type_code | claim_start_date | claim_end_date | discharge_disposition_code | hcpcs_code | diagnosis_code_1
        1        | ann       | institutional | 111            | 2023-01-01       | 2023-01-05     | 01                         |            | I214
        2        | bea       | institutional | 111            | 2022-12-31       | 2023-01-05     | 01                         |            | I214
        3        | cyn       | professional  |                | 2022-06-06       | 2022-06-06     |                            | 99213      | I509
        4        | cyn       | professional  |                | 2023-06-05       | 2023-06-05     |                            | 99213      | I509
        5        | dot       | professional  |                | 2023-06-05       | 2023-06-05     |                            | 99213      | I509`,
        ),
      },
      expect: `
      person_id | anchor_date | numerator | denominator
      ann       | 2024-01-01  | 0         | 1
      cyn       | 2024-01-01  | 0         | 1`,
    },
  'excluded: an admission in a month without coverage; a month wholly in hospice': {
    given: {
      'input.eligibility': everyRow(
        {
          gender: 'female',
          birth_date: '1950-05-05',
          payer: 'medicare',
          enrollment_start_date: '2024-01-01',
          enrollment_end_date: '2024-01-31',
        },
        `
        person_id | hospice_flag
        ann       |
        bea       | true`,
      ),
      'input.condition': chronic('ann', 'bea'),
      'input.medical_claim': stays(`
        claim_id | person_id | bill_type_code | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        1        | ann       | 111            | 2024-03-02       | 2024-03-05     | 01                         | I5021
        2        | bea       | 111            | 2024-01-20       | 2024-01-25     | 01                         | I5021`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 0         | 1           |
      ann       | 2024-03-01  | 1         | 0           | not enrolled that month
      bea       | 2024-01-01  | 0         | 0           | not at risk that month`,
  },
} satisfies Cases;
