import { casesOf } from './cases-of.ts';

const bill =
  'person_id | claim_id | claim_line_number | claim_type | bill_type_code | place_of_service_code | revenue_center_code | claim_start_date | claim_end_date | admit_type_code | discharge_disposition_code | diagnosis_code_1 | procedure_code_1';
const covered = 'person_id | birth_date | payer_type | enrollment_start_date | enrollment_end_date';
const stay = (
  person: string,
  number: number,
  from: string,
  to: string,
  type = '3',
  diagnosis = 'A419',
  procedure = '',
) =>
  `${person} | ${person}-${number} | 1 | institutional | 111 | | 0120 | ${from} | ${to} | ${type} | 01 | ${diagnosis} | ${procedure}`;
const emergency = (person: string, number: number, day: string) =>
  `${person} | ${person}-${number} | 1 | institutional | 131 | | 0450 | ${day} | ${day} | | | R079 |`;
const visit = (person: string, number: number, diagnosis: string) =>
  `${person} | ${person}-${number} | 1 | professional | | 11 | | 2024-01-10 | 2024-01-10 | | | ${diagnosis} |`;
const claims = (...lines: readonly string[]) => [bill, ...lines].join('\n');
const test = (person: string, id: string, at: string, code: string, result: string, unit: string) =>
  `${person} | ${id} | ${at} | loinc | ${code} | ${result} | ${unit}`;
const results = (...lines: readonly string[]) =>
  [
    'person_id | lab_result_id | collection_datetime | source_component_type | source_component_code | result | source_units',
    ...lines,
  ].join('\n');
const LENGTHS = { a: 0, b: 1, c: 3, d: 4, e: 6, f: 7, g: 13, h: 14 };
const lengths = Object.entries(LENGTHS).map(([letter, days]) => ({ person: `long${letter}`, days }));

casesOf('mart.discharge_risk', {
  'LACE gives days in hospital 0, 1, 2 and 3 their number, 4 to 6 four points, 7 to 13 five, more seven; HOSPITAL from 5 days two':
    {
      given: {
        'input.medical_claim': claims(
          ...lengths.map(({ person, days }) =>
            stay(person, 1, '2024-06-01', `2024-06-${String(1 + days).padStart(2, '0')}`),
          ),
        ),
      },
      expect: `person_id | lace_length | hospital_length
        longa | 0 | 0
        longb | 1 | 0
        longc | 3 | 0
        longd | 4 | 0
        longe | 4 | 2
        longf | 5 | 2
        longg | 5 | 2
        longh | 7 | 2`,
    },
  'an emergency, urgent or trauma admission is acute, an elective one is not, and what nobody says is not known': {
    given: {
      'input.medical_claim': claims(
        stay('urgent', 1, '2024-06-01', '2024-06-03', '2'),
        stay('elective', 1, '2024-06-01', '2024-06-03', '3'),
        stay('unsaid', 1, '2024-06-01', '2024-06-03', '9'),
        stay('door', 1, '2024-06-01', '2024-06-03', ''),
        'door | door-2 | 1 | institutional | 131 | | 0450 | 2024-06-01 | 2024-06-01 | | | R079 |',
      ),
    },
    expect: `person_id | lace_acute | lace_score | lace_score_most | lace_band | hospital_urgent | lace_missing
      urgent | 3 | 5 | 5 | moderate | 1 | [coverage of the 6 months before]
      elective | 0 | 2 | 2 | low | 0 | [coverage of the 6 months before]
      unsaid | | 2 | 5 | | | [kind of admission, coverage of the 6 months before]
      door | 3 | 5 | 5 | moderate | 1 | [coverage of the 6 months before]`,
  },
  'comorbidity counts as it is up to three points, and five from four on; kidney disease by its stage': {
    given: {
      'input.medical_claim': claims(
        ...[visit('mild', 1, 'N183'), stay('mild', 2, '2024-06-01', '2024-06-03')],
        ...[visit('severe', 1, 'N186'), stay('severe', 2, '2024-06-01', '2024-06-03')],
        ...[visit('three', 1, 'F0390'), stay('three', 2, '2024-06-01', '2024-06-03')],
        ...[visit('four', 1, 'F0390'), visit('four', 2, 'E119'), stay('four', 3, '2024-06-01', '2024-06-03')],
        ...[visit('ulcer', 1, 'K259'), stay('ulcer', 2, '2024-06-01', '2024-06-03')],
      ),
    },
    expect: `person_id | lace_comorbidity
      mild | 2
      severe | 5
      three | 3
      four | 5
      ulcer | 0`,
  },
  'emergency visits of the six months before count one each up to four, not the one that led to the stay; so does one that led to another stay':
    {
      given: {
        'input.medical_claim': claims(
          ...[emergency('door1', 1, '2024-06-01'), stay('door1', 2, '2024-06-01', '2024-06-03', '1')],
          ...[
            emergency('edge', 1, '2023-12-01'),
            emergency('edge', 2, '2023-11-30'),
            stay('edge', 3, '2024-06-01', '2024-06-03'),
          ],
          ...[1, 2, 3, 4, 5].map((day) => emergency('many', day, `2024-05-0${day}`)),
          stay('many', 6, '2024-06-01', '2024-06-03'),
          ...[emergency('other', 1, '2024-04-01'), stay('other', 2, '2024-04-01', '2024-04-02', '1')],
          stay('other', 3, '2024-06-01', '2024-06-03'),
        ),
      },
      expect: `person_id | admit_date | lace_emergency
        door1 | 2024-06-01 | 0
        edge | 2024-06-01 | 1
        many | 2024-06-01 | 4
        other | 2024-04-01 | 0
        other | 2024-06-01 | 1`,
    },
  'LACE is low to 4, moderate to 9 and high from 10': {
    given: {
      'input.eligibility': `${covered}
        nine | 1940-01-01 | medicare | 2022-01-01 | 2024-12-31
        ten | 1940-01-01 | medicare | 2023-12-01 | 2024-12-31`,
      'input.medical_claim': claims(
        stay('nine', 1, '2024-06-01', '2024-06-05', '1'),
        visit('nine', 2, 'I509'),
        stay('ten', 1, '2024-06-01', '2024-06-05', '1'),
        visit('ten', 2, 'F0390'),
      ),
    },
    expect: `person_id | lace_score | lace_band | lace_missing | reasons
      nine | 9 | moderate | [] | [4 days in hospital, unplanned admission, heart failure]
      ten | 10 | high | [] | [4 days in hospital, unplanned admission, dementia]`,
  },
  'the last hemoglobin and sodium of the stay decide, below 12 and below 135; without one the part is not known': {
    given: {
      'input.medical_claim': claims(
        ...['low', 'normal', 'grams', 'before', 'none'].map((person) => stay(person, 1, '2024-06-01', '2024-06-03')),
      ),
      'input.lab_result': results(
        test('low', 'r1', '2024-06-01 08:00:00', '718-7', '12.5', 'g/dL'),
        test('low', 'r2', '2024-06-03 08:00:00', '718-7', '11.9', 'g/dL'),
        test('low', 'r3', '2024-06-03 08:00:00', '2951-2', '134', 'mmol/L'),
        test('normal', 'r4', '2024-06-03 08:00:00', '718-7', '12', 'g/dL'),
        test('normal', 'r5', '2024-06-03 08:00:00', '2951-2', '135', 'mmol/L'),
        test('grams', 'r6', '2024-06-03 08:00:00', '718-7', '130', 'g/L'),
        test('before', 'r7', '2024-05-31 08:00:00', '718-7', '9', 'g/dL'),
        test('before', 'r8', '2024-06-04 08:00:00', '2951-2', '120', 'mmol/L'),
      ),
    },
    expect: `person_id | hospital_hemoglobin | hospital_sodium | hospital_score | hospital_score_most | hospital_missing
      low | 1 | 1 | 2 | 2 | [coverage of the 12 months before]
      normal | 0 | 0 | 0 | 0 | [coverage of the 12 months before]
      grams | 0 | | 0 | 1 | [sodium, coverage of the 12 months before]
      before | | | 0 | 2 | [hemoglobin, sodium, coverage of the 12 months before]
      none | | | 0 | 2 | [hemoglobin, sodium, coverage of the 12 months before]`,
  },
  'one admission of the year before counts in the 2013 score only, two to five in both, more five points': {
    given: {
      'input.medical_claim': claims(
        ...[
          stay('one', 1, '2023-06-01', '2023-06-02'),
          stay('one', 2, '2023-05-31', '2023-05-31'),
          stay('one', 3, '2024-06-01', '2024-06-03'),
        ],
        ...[1, 2, 3, 4, 5].map((month) => stay('five', month, `2024-0${month}-01`, `2024-0${month}-02`)),
        stay('five', 6, '2024-06-01', '2024-06-03'),
        ...[1, 2, 3, 4, 5].map((month) => stay('six', month, `2024-0${month}-01`, `2024-0${month}-02`)),
        ...[stay('six', 6, '2023-12-01', '2023-12-02'), stay('six', 7, '2024-06-01', '2024-06-03')],
      ),
    },
    expect: `person_id | admit_date | hospital_admissions | hospital_score | hospital_score_2013
      one | 2023-05-31 | 0 | 0 | 0
      one | 2023-06-01 | 0 | 0 | 2
      one | 2024-06-01 | 0 | 0 | 2
      five | 2024-01-01 | 0 | 0 | 0
      five | 2024-02-01 | 0 | 0 | 2
      five | 2024-03-01 | 2 | 2 | 2
      five | 2024-04-01 | 2 | 2 | 2
      five | 2024-05-01 | 2 | 2 | 2
      five | 2024-06-01 | 2 | 2 | 2
      six | 2023-12-01 | 0 | 0 | 0
      six | 2024-01-01 | 0 | 0 | 2
      six | 2024-02-01 | 2 | 2 | 2
      six | 2024-03-01 | 2 | 2 | 2
      six | 2024-04-01 | 2 | 2 | 2
      six | 2024-05-01 | 2 | 2 | 2
      six | 2024-06-01 | 5 | 5 | 5`,
  },
  'a band is told only where what is missing cannot change it; death in hospital has no discharge': {
    given: {
      'input.medical_claim': claims(
        stay('sick', 1, '2024-06-01', '2024-06-10', '1', 'C3490', '0W9930Z'),
        stay('died', 1, '2024-06-01', '2024-06-10', '1').replace('| 01 |', '| 20 |'),
      ),
    },
    expect: `person_id | hospital_oncology | hospital_procedure | hospital_score | hospital_score_most | hospital_band
      sick | 2 | 1 | 6 | 8 |`,
  },
});
