import { everyRow } from '../../pipelines/engine/cases.ts';
import { casesOf } from './cases-of.ts';

/** Stays of people of 50 years in a short-term hospital; a name that begins with "y" is 39 at admission. */
const given = (table: string, people: readonly string[]) => ({
  'input.eligibility': everyRow(
    { gender: 'female', enrollment_start_date: '2024-01-01', enrollment_end_date: '2024-12-31' },
    [
      'person_id | birth_date',
      ...people.map((id) => `${id} | ${id.startsWith('y') ? '1984-06-02' : '1973-01-01'}`),
    ].join('\n'),
  ),
  'input.medical_claim': everyRow(
    {
      ...{ claim_line_number: '1', claim_type: 'institutional', bill_type_code: '111', revenue_center_code: '0120' },
      ...{ claim_start_date: '2024-06-01', claim_end_date: '2024-06-04', discharge_disposition_code: '01' },
    },
    table,
  ),
});

const INDICATORS = ['01', '03', '05', '07', '08', '11', '12', '14', '15', '16'];
const header = `person_id | ${INDICATORS.map((id) => `pqi_${id}`).join(' | ')}`;
const row = (person: string, ...counted: readonly string[]) =>
  [person, ...INDICATORS.map((id) => String(counted.includes(id)))].join(' | ');
const expecting = (...rows: readonly string[]) => [header, ...rows].join('\n');

casesOf('mart.pqi', {
  'PQI 01, 03 and 14: diabetes by its principal diagnosis, with short-term, long-term or no stated complication': {
    given: given(
      `claim_id | person_id | diagnosis_code_1 | diagnosis_code_2
       a1 | short | E1010 |
       a2 | long  | E1122 |
       a3 | loose | E1165 |
       a4 | other | I2510 | E1010`,
      ['short', 'long', 'loose', 'other'],
    ),
    expect: expecting(row('short', '01'), row('long', '03'), row('loose', '14')),
  },
  'PQI 05: chronic obstructive disease or asthma from 40 years; PQI 15: asthma up to 39; neither with cystic fibrosis':
    {
      given: given(
        `claim_id | person_id | diagnosis_code_1 | diagnosis_code_2
       b1 | copd    | J441   |
       b2 | asthma  | J45901 |
       b3 | yasthma | J45901 |
       b4 | ycopd   | J441   |
       b5 | fibro   | J441   | E840
       b6 | yfibro  | J45901 | E840`,
        ['copd', 'asthma', 'yasthma', 'ycopd', 'fibro', 'yfibro'],
      ),
      expect: expecting(row('copd', '05'), row('asthma', '05'), row('yasthma', '15')),
    },
  'PQI 07: hypertension without a cardiac procedure, nor kidney disease with dialysis access; either alone of the last two counts':
    {
      given: given(
        `claim_id | person_id | diagnosis_code_1 | diagnosis_code_2 | procedure_code_1
       c1 | plain  | I10  |      |
       c2 | heart  | I10  |      | 02100Z8
       c3 | kidney | I129 |      |
       c4 | access | I10  |      | 03150JD
       c5 | renal  | I129 |      | 03150JD`,
        ['plain', 'heart', 'kidney', 'access', 'renal'],
      ),
      expect: expecting(row('plain', '07'), row('kidney', '07'), row('access', '07')),
    },
  'PQI 08: heart failure without a cardiac procedure': {
    given: given(
      `claim_id | person_id | diagnosis_code_1 | procedure_code_1
       d1 | failing | I5023 |
       d2 | mended  | I5023 | 02100Z8
       d3 | rheuma  | I0981 |`,
      ['failing', 'mended', 'rheuma'],
    ),
    expect: expecting(row('failing', '08'), row('rheuma', '08')),
  },
  'PQI 11: bacterial pneumonia without sickle cell disease or a weakened immune system': {
    given: given(
      `claim_id | person_id | diagnosis_code_1 | diagnosis_code_2 | procedure_code_1
       e1 | lung   | J189 |       |
       e2 | sickle | J189 | D5700 |
       e3 | immune | J189 | D700  |
       e4 | graft  | J189 |       | 0FY00Z0`,
      ['lung', 'sickle', 'immune', 'graft'],
    ),
    expect: expecting(row('lung', '11')),
  },
  'PQI 12: urinary infection without a kidney or urinary tract disorder or a weakened immune system': {
    given: given(
      `claim_id | person_id | diagnosis_code_1 | diagnosis_code_2
       f1 | urine  | N390 |
       f2 | reflux | N390 | N1370
       f3 | hiv    | N390 | B20`,
      ['urine', 'reflux', 'hiv'],
    ),
    expect: expecting(row('urine', '12')),
  },
  'PQI 12: a transplant rules a urinary infection out too': {
    given: given(
      `claim_id | person_id | diagnosis_code_1 | procedure_code_1
       k1 | unmoved | N390 |
       k2 | grafted | N390 | 0FY00Z0`,
      ['unmoved', 'grafted'],
    ),
    expect: expecting(row('unmoved', '12')),
  },
  'PQI 16: leg amputation with diabetes in any position; not a traumatic one, not without diabetes, not in pregnancy': {
    given: given(
      `claim_id | person_id | diagnosis_code_1 | diagnosis_code_2 | diagnosis_code_3 | procedure_code_1
       g1 | leg    | I96    | E1152 |         | 0Y6H0Z1
       g2 | duple  | E1152  |       |         | 0Y6H0Z1
       g3 | toe    | E1152  |       |         | 0Y6P0Z0
       g4 | trauma | I96    | E119  | S88111A | 0Y6H0Z1
       g5 | bare   | I96    |       |         | 0Y6H0Z1
       g6 | born   | O24112 | E1152 |         | 0Y6H0Z1`,
      ['leg', 'duple', 'toe', 'trauma', 'bare', 'born'],
    ),
    expect: expecting(row('leg', '16'), row('duple', '03', '16'), row('toe', '03')),
  },
  'an admission from another hospital, nursing or health facility counts in none, one from home or a clinic does': {
    given: given(
      `claim_id | person_id | admit_source_code | diagnosis_code_1
       h1 | home     | 1 | N390
       h2 | clinic   | 2 | N390
       h3 | hospital | 4 | N390
       h4 | nursing  | 5 | N390
       h5 | facility | 6 | N390`,
      ['home', 'clinic', 'hospital', 'nursing', 'facility'],
    ),
    expect: expecting(row('home', '12'), row('clinic', '12')),
  },
  'adults only; an admission that no DRG groups, or of a person of unknown sex, counts in none': {
    given: {
      ...given(
        `claim_id | person_id | drg_code | diagnosis_code_1
         i1 | adult  | 690 | N390
         i2 | child  | 690 | N390
         i3 | nodrg  | 999 | N390
         i4 | nosex  | 690 | N390`,
        ['adult', 'nodrg'],
      ),
      'input.patient': `person_id | birth_date | sex
        child | 2006-06-02 | female
        nosex | 1973-01-01 |`,
    },
    expect: expecting(row('adult', '12')),
  },
  'just inside: 18 years old, and for PQI 05 40, on the day of admission; just outside: the day before the birthday': {
    given: {
      ...given(
        `claim_id | person_id | diagnosis_code_1
         l1 | of18 | N390
         l2 | of17 | N390
         l3 | of40 | J441
         l4 | of39 | J441`,
        [],
      ),
      'input.eligibility': everyRow(
        { gender: 'female', enrollment_start_date: '2024-01-01', enrollment_end_date: '2024-12-31' },
        `person_id | birth_date
         of18 | 2006-06-01
         of17 | 2006-06-02
         of40 | 1984-06-01
         of39 | 1984-06-02`,
      ),
    },
    expect: expecting(row('of18', '12'), row('of40', '05')),
  },
  'an admission without a principal diagnosis, or of a person of unknown age, counts in none': {
    given: {
      ...given(
        `claim_id | person_id | diagnosis_code_1 | diagnosis_code_2
         m1 | blank | | N390
         m2 | ageless | N390 |`,
        ['blank'],
      ),
      'input.patient': `person_id | birth_date | sex
        ageless | | female`,
    },
    expect: header,
  },
  'a chain of transfers is judged once, as the first hospital recorded it; a physician’s diagnosis rules nothing out': {
    given: {
      'input.eligibility': `person_id | gender | birth_date | enrollment_start_date | enrollment_end_date
        chain | male | 1950-01-01 | 2024-01-01 | 2024-12-31`,
      'input.medical_claim': `claim_id | person_id | claim_line_number | claim_type | bill_type_code | place_of_service_code | revenue_center_code | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1 | diagnosis_code_2
        j1 | chain | 1 | institutional | 111 |    | 0120 | north | 2024-06-01 | 2024-06-04 | 02 | J189 |
        j2 | chain | 1 | institutional | 111 |    | 0120 | south | 2024-06-04 | 2024-06-09 | 01 | I5023 | B20
        j3 | chain | 1 | professional  |     | 21 |      |       | 2024-06-02 | 2024-06-02 |    | J189 | B20`,
    },
    expect: expecting(row('chain', '11')),
  },
});
