import type { DuckDBConnection } from '@duckdb/node-api';
import { beforeAll, describe, expect, it } from 'vitest';
import { rows, value } from '../../pipelines/engine/sql.ts';
import { given, make, warehouse } from '../support/warehouse.ts';
import { casesOf } from './cases-of.ts';

const bill =
  'person_id | claim_id | claim_line_number | claim_type | bill_type_code | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1';
const covered = 'person_id | birth_date | payer_type | enrollment_start_date | enrollment_end_date';
const row =
  'person_id | admit_date | discharge_date | is_index | exclusion | days_to_readmission | is_readmission_30 | is_unplanned_readmission_30';

/** Born in 1940 and in fee-for-service Medicare throughout. */
const enrolled = (...people: readonly string[]): string =>
  [covered, ...people.map((person) => `${person} | 1940-06-01 | medicare | 2022-01-01 | 2024-12-31`)].join('\n');

/** One person's bills: `hospital from to status diagnosis`, one a line. */
const bills = (person: string, text: string): string =>
  text
    .trim()
    .split('\n')
    .map((line, at) => {
      const [hospital = '', from = '', to = '', status = '', diagnosis = ''] = line.trim().split(/\s+/);
      return `${person} | ${person}-${at} | 1 | institutional | 111 | ${hospital} | ${from} | ${to} | ${status} | ${diagnosis}`;
    })
    .join('\n');

const stays = (person: string, text: string) => ({
  'input.eligibility': enrolled(person),
  'input.medical_claim': `${bill}\n${bills(person, text)}`,
});

/** PPS-exempt cancer hospitals, by certification number (42 CFR 412.23(f)). */
const CANCER_HOSPITALS = [
  ...['050146', '050660', '100079', '100271', '220162', '330154', '330354', '360242', '390196', '450076', '500138'],
];

casesOf('mart.readmission', {
  'a return on day 30 counts': {
    given: stays('day30', 'H1 2024-03-01 2024-03-05 01 I509\n H2 2024-04-04 2024-04-06 01 A419'),
    expect: `${row}
      day30 | 2024-03-01 | 2024-03-05 | true | | 30 | true | true
      day30 | 2024-04-04 | 2024-04-06 | true | | | false | false`,
  },
  'a return on day 31 does not count': {
    given: stays('day31', 'H1 2024-03-01 2024-03-05 01 I509\n H2 2024-04-05 2024-04-06 01 A419'),
    expect: `${row}
      day31 | 2024-03-01 | 2024-03-05 | true | | | false | false
      day31 | 2024-04-05 | 2024-04-06 | true | | | false | false`,
  },
  'a transfer on the day of discharge is one stay': {
    given: stays('same', 'H1 2024-03-01 2024-03-05 02 I509\n H2 2024-03-05 2024-03-09 01 I214'),
    expect: `${row} | facility_id
      same | 2024-03-01 | 2024-03-09 | true | | | false | false | H2`,
  },
  'a transfer on the next day is one stay, even when the discharge is coded home': {
    given: stays('next', 'H1 2024-03-01 2024-03-05 01 I509\n H2 2024-03-06 2024-03-09 01 I214'),
    expect: `${row}
      next | 2024-03-01 | 2024-03-09 | true | | | false | false`,
  },
  'another hospital two days later is a readmission': {
    given: stays('later', 'H1 2024-03-01 2024-03-05 02 I509\n H2 2024-03-07 2024-03-09 01 I214'),
    expect: `${row}
      later | 2024-03-01 | 2024-03-05 | true | | 2 | true | true
      later | 2024-03-07 | 2024-03-09 | true | | | false | false`,
  },
  'days to a readmission count from the end of the whole chain of transfers': {
    given: stays(
      'chain',
      `H1 2024-03-01 2024-03-02 02 I509
       H2 2024-03-02 2024-03-05 02 I509
       H3 2024-03-06 2024-03-09 01 I509
       H1 2024-03-20 2024-03-22 01 A419`,
    ),
    expect: `${row}
      chain | 2024-03-01 | 2024-03-09 | true | | 11 | true | true
      chain | 2024-03-20 | 2024-03-22 | true | | | false | false`,
  },
  'back in the same hospital on the day of discharge for the same diagnosis is one stay': {
    given: stays('cont', 'H1 2024-03-01 2024-03-05 01 I509\n H1 2024-03-05 2024-03-09 03 I509'),
    expect: `${row} | discharge_setting
      cont | 2024-03-01 | 2024-03-09 | true | | | false | false | nursing facility`,
  },
  'back in the same hospital on the day of discharge for another diagnosis is a readmission on day 0': {
    given: stays('day0', 'H1 2024-03-01 2024-03-05 01 I509\n H1 2024-03-05 2024-03-09 01 K922'),
    expect: `${row}
      day0 | 2024-03-01 | 2024-03-05 | true | | 0 | true | true
      day0 | 2024-03-05 | 2024-03-09 | true | | | false | false`,
  },
  'back in the same hospital on the next day is a readmission on day 1': {
    given: stays('day1', 'H1 2024-03-01 2024-03-05 01 I509\n H1 2024-03-06 2024-03-09 01 I509'),
    expect: `${row}
      day1 | 2024-03-01 | 2024-03-05 | true | | 1 | true | true
      day1 | 2024-03-06 | 2024-03-09 | true | | | false | false`,
  },
  'stays in two hospitals that overlap are one stay': {
    given: stays('over', 'H1 2024-03-01 2024-03-10 01 I509\n H2 2024-03-04 2024-03-06 01 I214'),
    expect: `${row}
      over | 2024-03-01 | 2024-03-10 | true | | | false | false`,
  },
  'only the first return counts: when it is planned, a later unplanned one does not': {
    given: stays(
      'planned',
      'H1 2024-03-01 2024-03-05 01 I509\n H1 2024-03-14 2024-03-16 01 Z5111\n H1 2024-03-28 2024-04-01 01 A419',
    ),
    expect: `${row} | is_planned
      planned | 2024-03-01 | 2024-03-05 | true | | 9 | true | false | false
      planned | 2024-03-14 | 2024-03-16 | false | medical treatment of cancer | 12 | false | false | true
      planned | 2024-03-28 | 2024-04-01 | true | | | false | false | false`,
  },
  'a transplant is planned': {
    given: {
      'input.eligibility': enrolled('kidney'),
      'input.medical_claim': `${bill} | procedure_code_1
        ${bills('kidney', 'H1 2024-03-01 2024-03-05 01 N186\n H1 2024-03-20 2024-03-28 01 N186')
          .split('\n')
          .map((line, at) => `${line} | ${at === 1 ? '0TY10Z0' : ''}`)
          .join('\n')}`,
    },
    expect: `${row} | is_planned
      kidney | 2024-03-01 | 2024-03-05 | true | | 15 | true | false | false
      kidney | 2024-03-20 | 2024-03-28 | true | | | false | false | true`,
  },
  'who died, left against advice or is still in hospital is no index stay, but can be a return': {
    given: stays(
      'ends',
      `H1 2023-05-01 2023-05-05 01 I509
       H1 2023-05-20 2023-05-25 07 I509
       H1 2023-09-01 2023-09-05 30 I509
       H1 2023-12-01 2023-12-05 20 I509`,
    ),
    expect: `${row}
      ends | 2023-05-01 | 2023-05-05 | true | | 15 | true | true
      ends | 2023-05-20 | 2023-05-25 | false | left against medical advice | | false | false
      ends | 2023-09-01 | 2023-09-05 | false | still in hospital | | false | false
      ends | 2023-12-01 | 2023-12-05 | false | died in hospital | | false | false`,
  },
  'age counts on the day of admission': {
    given: {
      'input.eligibility': `${covered}
        turning | 1959-03-02 | medicare | 2022-01-01 | 2024-12-31
        turned  | 1959-03-01 | medicare | 2022-01-01 | 2024-12-31
        ageless |            | medicare | 2022-01-01 | 2024-12-31`,
      'input.medical_claim': [
        bill,
        bills('turning', 'H1 2024-03-01 2024-03-05 01 I509'),
        bills('turned', 'H1 2024-03-01 2024-03-05 01 I509'),
        bills('ageless', 'H1 2024-03-01 2024-03-05 01 I509'),
      ].join('\n'),
    },
    expect: `person_id | is_index | exclusion
      turning | false | under 65 at admission
      turned  | true |
      ageless | false | date of birth unknown`,
  },
  'an index stay needs fee-for-service Part A for 12 months before and 30 days after, or until death': {
    given: {
      'input.eligibility': `person_id | birth_date | death_date | payer_type | enrollment_start_date | enrollment_end_date | is_part_a
        whole   | 1940-01-01 |            | medicare           | 2023-03-10 | 2024-04-13 |
        before  | 1940-01-01 |            | medicare           | 2023-03-11 | 2024-12-31 |
        after   | 1940-01-01 |            | medicare           | 2022-01-01 | 2024-04-12 |
        dead    | 1940-01-01 | 2024-03-20 | medicare           | 2022-01-01 | 2024-12-31 |
        pieces  | 1940-01-01 |            | medicare           | 2022-01-01 | 2024-03-31 |
        pieces  | 1940-01-01 |            | medicare           | 2024-04-01 | 2024-12-31 |
        gap     | 1940-01-01 |            | medicare           | 2022-01-01 | 2023-10-31 |
        gap     | 1940-01-01 |            | medicare           | 2023-12-01 | 2024-12-31 |
        plan    | 1940-01-01 |            | medicare           | 2022-01-01 | 2024-12-31 |
        plan    | 1940-01-01 |            | medicare advantage | 2023-05-01 | 2023-06-30 |
        bonly   | 1940-01-01 |            | medicare           | 2022-01-01 | 2024-12-31 | false
        private | 1940-01-01 |            | commercial         | 2022-01-01 | 2024-12-31 |`,
      'input.medical_claim': [
        bill,
        ...['whole', 'before', 'after', 'dead', 'pieces', 'gap', 'plan', 'bonly', 'private'].map((person) =>
          bills(person, 'H1 2024-03-10 2024-03-14 01 I509'),
        ),
      ].join('\n'),
    },
    expect: `person_id | is_index | exclusion
      whole   | true  |
      before  | false | not in fee-for-service Part A for 12 months before admission
      after   | false | not in fee-for-service Part A for 30 days after discharge
      dead    | true  |
      pieces  | true  |
      gap     | false | not in fee-for-service Part A for 12 months before admission
      plan    | false | not in fee-for-service Part A for 12 months before admission
      bonly   | false | not in fee-for-service Part A for 12 months before admission
      private | false | not in fee-for-service Part A for 12 months before admission`,
  },
  'psychiatric, rehabilitation and cancer stays and unknown diagnoses are no index stays; surgery for cancer is': {
    given: {
      'input.eligibility': enrolled('psych', 'fitting', 'tumor', 'surgery', 'resection', 'unknown'),
      'input.medical_claim': [
        `${bill} | drg_code | procedure_code_1`,
        `${bills('psych', 'H1 2024-03-01 2024-03-05 01 F332')} | 885 |`,
        `${bills('fitting', 'H1 2024-03-01 2024-03-05 01 Z449')} | 949 |`,
        `${bills('tumor', 'H1 2024-03-01 2024-03-05 01 C3411')} | 181 |`,
        `${bills('surgery', 'H1 2024-03-01 2024-03-05 01 C187')} | 330 |`,
        `${bills('resection', 'H1 2024-03-01 2024-03-05 01 C187')} | | 0DTN0ZZ`,
        `${bills('unknown', 'H1 2024-03-01 2024-03-05 01')} | 291 |`,
      ].join('\n'),
    },
    expect: `person_id | is_index | exclusion | specialty_cohort
      psych | false | psychiatric principal diagnosis | medicine
      fitting | false | rehabilitation principal diagnosis | medicine
      tumor | false | medical treatment of cancer | medicine
      surgery | true | | surgery/gynecology
      resection | true | | surgery/gynecology
      unknown | false | principal diagnosis missing |`,
  },
  'the principal diagnosis tells the cohort': {
    given: {
      'input.eligibility': enrolled('heart', 'lung', 'brain', 'blood'),
      'input.medical_claim': [
        bill,
        bills('heart', 'H1 2024-03-01 2024-03-05 01 I214'),
        bills('lung', 'H1 2024-03-01 2024-03-05 01 J189'),
        bills('brain', 'H1 2024-03-01 2024-03-05 01 I639'),
        bills('blood', 'H1 2024-03-01 2024-03-05 01 A419'),
      ].join('\n'),
    },
    expect: `person_id | specialty_cohort
      heart | cardiovascular
      lung | cardiorespiratory
      brain | neurology
      blood | medicine`,
  },
  'a discharge less than 30 days before data-through cannot be followed': {
    given: {
      'input.eligibility': enrolled('just', 'late'),
      'input.medical_claim': [
        bill,
        bills('just', 'H1 2024-11-28 2024-12-01 01 I509'),
        bills('late', 'H1 2024-11-28 2024-12-02 01 I509'),
      ].join('\n'),
    },
    expect: `person_id | is_index | exclusion
      just | true |
      late | false | follow-up incomplete`,
  },
  'a stay after data-through is neither listed nor a return': {
    given: stays('ahead', 'H1 2024-12-20 2024-12-28 01 I509\n H1 2025-01-05 2025-01-08 01 A419'),
    expect: `${row}
      ahead | 2024-12-20 | 2024-12-28 | false | follow-up incomplete | | false | false`,
  },
  'units, rehabilitation and long-term hospitals, nursing and observation are no returns': {
    given: {
      'input.eligibility': enrolled('elsewhere'),
      'input.medical_claim': `person_id | claim_id | claim_line_number | claim_type | bill_type_code | facility_ccn | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1 | revenue_center_code
        elsewhere | el1 | 1 | institutional | 111 | 360085 | 2024-03-01 | 2024-03-05 | 62 | I639 | 0120
        elsewhere | el2 | 1 | institutional | 111 | 363025 | 2024-03-05 | 2024-03-12 | 01 | I639 | 0128
        elsewhere | el3 | 1 | institutional | 111 | 36S085 | 2024-03-13 | 2024-03-14 | 01 | F332 | 0124
        elsewhere | el4 | 1 | institutional | 111 | 362008 | 2024-03-15 | 2024-03-16 | 01 | I639 | 0120
        elsewhere | el5 | 1 | institutional | 211 | 365001 | 2024-03-17 | 2024-03-20 | 01 | I639 | 0120
        elsewhere | el6 | 1 | institutional | 131 | 360085 | 2024-03-21 | 2024-03-22 | 01 | R079 | 0762`,
    },
    expect: `${row}
      elsewhere | 2024-03-01 | 2024-03-05 | true | | | false | false`,
  },
  'the series of a certification number tells short-term acute and critical access hospitals, though its end is masked':
    {
      given: {
        'input.eligibility': enrolled('known', 'reserved', 'masked', 'critical', 'children'),
        'input.medical_claim': `person_id | claim_id | claim_line_number | claim_type | bill_type_code | facility_ccn | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        known    | se1 | 1 | institutional | 111 | 450879 | 2024-03-01 | 2024-03-05 | 01 | A419
        reserved | se2 | 1 | institutional | 111 | 450880 | 2024-03-01 | 2024-03-05 | 01 | A419
        masked   | se3 | 1 | institutional | 111 | 4508AQ | 2024-03-01 | 2024-03-05 | 01 | A419
        critical | se4 | 1 | institutional | 111 | 0113WN | 2024-03-01 | 2024-03-05 | 01 | A419
        children | se5 | 1 | institutional | 111 | 363300 | 2024-03-01 | 2024-03-05 | 01 | A419`,
      },
      expect: `person_id | is_index
      known    | true
      masked   | true
      critical | true`,
    },
  'cancer hospitals outside prospective payment have no index stays': {
    given: {
      'input.eligibility': enrolled('exempt'),
      'input.medical_claim': `person_id | claim_id | claim_line_number | claim_type | bill_type_code | facility_ccn | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        exempt | ex1 | 1 | institutional | 111 | 330154 | 2024-03-01 | 2024-03-05 | 01 | A419`,
    },
    expect: `person_id | is_index | exclusion
      exempt | false | cancer hospital outside prospective payment`,
  },
  'a psychiatric stay right after a discharge to a psychiatric hospital is no return': {
    given: stays('sent', 'H1 2024-03-01 2024-03-05 65 I509\n H1 2024-03-06 2024-03-12 01 F332'),
    expect: `${row}
      sent | 2024-03-01 | 2024-03-05 | true | | | false | false
      sent | 2024-03-06 | 2024-03-12 | false | psychiatric principal diagnosis | | false | false`,
  },
  'the longer of two stays that begin on one day follows the shorter, and what comes later follows the longer': {
    given: stays(
      'brief',
      'H1 2024-03-01 2024-03-01 01 K922\n H1 2024-03-01 2024-03-05 01 I509\n H1 2024-03-20 2024-03-22 01 A419',
    ),
    expect: `${row}
      brief | 2024-03-01 | 2024-03-01 | true | | 0 | true | true
      brief | 2024-03-01 | 2024-03-05 | true | | 15 | true | true
      brief | 2024-03-20 | 2024-03-22 | true | | | false | false`,
  },
  'a psychiatric stay right after a discharge to psychiatric care hides no later return': {
    given: stays(
      'onward',
      'H1 2024-03-01 2024-03-05 65 I509\n H1 2024-03-06 2024-03-12 01 F332\n H1 2024-03-20 2024-03-22 01 A419',
    ),
    expect: `${row}
      onward | 2024-03-01 | 2024-03-05 | true | | 15 | true | true
      onward | 2024-03-06 | 2024-03-12 | false | psychiatric principal diagnosis | 8 | false | false
      onward | 2024-03-20 | 2024-03-22 | true | | | false | false`,
  },
  'psychiatric care after status 65 is told by an F code, substance use included': {
    given: stays('detox', 'H1 2024-03-01 2024-03-05 65 I509\n H1 2024-03-06 2024-03-12 01 F1020'),
    expect: `${row}
      detox | 2024-03-01 | 2024-03-05 | true | | | false | false
      detox | 2024-03-06 | 2024-03-12 | true | | | false | false`,
  },
  'a return counts by how it began, though it was transferred on to rehabilitation': {
    given: stays(
      'fitted',
      'H1 2024-03-01 2024-03-05 01 I509\n H1 2024-03-20 2024-03-24 02 S72001A\n H2 2024-03-24 2024-03-30 01 Z448',
    ),
    expect: `${row}
      fitted | 2024-03-01 | 2024-03-05 | true | | 15 | true | true
      fitted | 2024-03-20 | 2024-03-30 | false | rehabilitation principal diagnosis | | false | false`,
  },
  'a return without a principal diagnosis is unplanned, though the hospital it was transferred to says chemotherapy': {
    given: stays(
      'blank',
      'H1 2024-03-01 2024-03-05 01 I509\n H1 2024-03-20 2024-03-24 02 \n H2 2024-03-24 2024-03-30 01 Z5111',
    ),
    expect: `${row}
      blank | 2024-03-01 | 2024-03-05 | true | | 15 | true | true
      blank | 2024-03-20 | 2024-03-30 | false | medical treatment of cancer | | false | false`,
  },
  'a principal diagnosis without a CCS category makes no index stay, and has no cohort': {
    given: stays('novel', 'H1 2024-03-01 2024-03-05 01 U071'),
    expect: `${row} | specialty_cohort
      novel | 2024-03-01 | 2024-03-05 | false | principal diagnosis without a CCS category | | false | false |`,
  },
  'a psychiatric or rehabilitation diagnosis wins over surgery': {
    given: {
      'input.eligibility': enrolled('cut', 'limb'),
      'input.medical_claim': [
        `${bill} | procedure_code_1`,
        `${bills('cut', 'H1 2024-03-01 2024-03-05 01 F332')} | 0SRC0J9`,
        `${bills('limb', 'H1 2024-03-01 2024-03-05 01 Z448')} | 0SRC0J9`,
      ].join('\n'),
    },
    expect: `person_id | exclusion | specialty_cohort | is_planned
      cut | psychiatric principal diagnosis | surgery/gynecology | true
      limb | rehabilitation principal diagnosis | surgery/gynecology | true`,
  },
  'bone marrow and other organ transplants are planned whatever the diagnosis': {
    given: {
      'input.eligibility': enrolled('marrow', 'liver'),
      'input.medical_claim': [
        `${bill} | procedure_code_1`,
        `${bills('marrow', 'H1 2024-03-01 2024-03-05 01 A419')} | 30243G1`,
        `${bills('liver', 'H1 2024-03-01 2024-03-05 01 A419')} | 0FY00Z0`,
      ].join('\n'),
    },
    expect: `person_id | is_planned
      marrow | true
      liver | true`,
  },
  'a stay that no record closes ends when the next hospital of its chain discharges': {
    given: {
      'input.eligibility': enrolled('unclosed', 'staying'),
      'input.encounter': `source_name | encounter_id | person_id | encounter_type | encounter_start_date | encounter_end_date | facility_npi | discharge_disposition_code | primary_diagnosis_code_type | primary_diagnosis_code
        ehr | e-un1 | unclosed | acute inpatient | 2024-03-01 |            | H1 |    | icd-10-cm | I509
        ehr | e-un2 | unclosed | acute inpatient | 2024-03-02 | 2024-03-06 | H2 | 01 | icd-10-cm | I509
        ehr | e-st1 | staying  | acute inpatient | 2024-03-01 | 2024-03-05 | H1 | 02 | icd-10-cm | I509
        ehr | e-st2 | staying  | acute inpatient | 2024-03-05 |            | H2 |    | icd-10-cm | I509`,
    },
    expect: `${row}
      unclosed | 2024-03-01 | 2024-03-06 | true | | | false | false
      staying | 2024-03-01 | | false | still in hospital | | false | false`,
  },
  'a cancer hospital that only its own records tell of is known by its certification number': {
    given: {
      'input.eligibility': enrolled('chart-exempt'),
      'input.location': `source_name | location_id | npi | ccn
        ehr | L1 | 1999999999 | 220162`,
      'input.encounter': `source_name | encounter_id | person_id | encounter_type | encounter_start_date | encounter_end_date | facility_npi | discharge_disposition_code | primary_diagnosis_code_type | primary_diagnosis_code
        ehr | e-ex | chart-exempt | acute inpatient | 2024-03-01 | 2024-03-05 | 1999999999 | 01 | icd-10-cm | A419`,
    },
    expect: `person_id | is_index | exclusion
      chart-exempt | false | cancer hospital outside prospective payment`,
  },
  'who is discharged after data-through has been in Part A before admission': {
    given: stays('passing', 'H1 2024-12-28 2025-01-02 01 I509'),
    expect: `${row}
      passing | 2024-12-28 | 2025-01-02 | false | follow-up incomplete | | false | false`,
  },
  'the reason, the day of discharge and the length of a stay group it': {
    given: {
      'input.eligibility': enrolled('reasons'),
      'input.medical_claim': [
        `${bill} | procedure_code_1`,
        `${bills('reasons', 'H1 2024-01-01 2024-01-02 01 I214')} |`,
        `${bills('reasons', 'H1 2024-02-01 2024-02-04 01 I5021').replace('reasons-0', 'reasons-1')} |`,
        `${bills('reasons', 'H1 2024-03-01 2024-03-08 01 J189').replace('reasons-0', 'reasons-2')} |`,
        `${bills('reasons', 'H1 2024-04-01 2024-04-15 01 J441').replace('reasons-0', 'reasons-3')} |`,
        `${bills('reasons', 'H1 2024-05-01 2024-05-05 01 I639').replace('reasons-0', 'reasons-4')} |`,
        `${bills('reasons', 'H1 2024-06-01 2024-06-05 01 I214').replace('reasons-0', 'reasons-5')} | 021009W`,
        `${bills('reasons', 'H1 2024-07-01 2024-07-05 01 M1711').replace('reasons-0', 'reasons-6')} | 0SRC0J9`,
        `${bills('reasons', 'H1 2024-08-01 2024-08-01 01 A419').replace('reasons-0', 'reasons-7')} |`,
      ].join('\n'),
    },
    expect: `person_id | discharge_date | index_condition | discharge_day | stay_length
      reasons | 2024-01-02 | acute-myocardial-infarction | tuesday | 0-1
      reasons | 2024-02-04 | heart-failure | sunday | 2-3
      reasons | 2024-03-08 | pneumonia | friday | 7-13
      reasons | 2024-04-15 | copd | monday | 14+
      reasons | 2024-05-05 | stroke | sunday | 4-6
      reasons | 2024-06-05 | coronary-artery-bypass | wednesday | 4-6
      reasons | 2024-07-05 | hip-or-knee-replacement | friday | 4-6
      reasons | 2024-08-01 | other | thursday | 0-1`,
  },
  'a psychiatric stay two days after a discharge to psychiatric care is a return': {
    given: stays('sent-later', 'H1 2024-03-01 2024-03-05 65 I509\n H1 2024-03-07 2024-03-12 01 F332'),
    expect: `${row}
      sent-later | 2024-03-01 | 2024-03-05 | true | | 2 | true | true
      sent-later | 2024-03-07 | 2024-03-12 | false | psychiatric principal diagnosis | | false | false`,
  },
  'a psychiatric stay the day after a discharge to anywhere else is a return': {
    given: stays('sent-home', 'H1 2024-03-01 2024-03-05 01 I509\n H1 2024-03-06 2024-03-12 01 F332'),
    expect: `${row}
      sent-home | 2024-03-01 | 2024-03-05 | true | | 1 | true | true
      sent-home | 2024-03-06 | 2024-03-12 | false | psychiatric principal diagnosis | | false | false`,
  },
  'a code newer than the CCS map follows the family that it begins like, as index stay and as procedure': {
    given: {
      'input.eligibility': enrolled('novel-lung', 'novel-hip'),
      'input.medical_claim': [
        `${bill} | procedure_code_1`,
        `${bills('novel-lung', 'H1 2024-03-01 2024-03-05 01 J1282')} |`,
        `${bills('novel-hip', 'H1 2024-03-01 2024-03-05 01 I350')} | 02RF38N`,
      ].join('\n'),
    },
    expect: `person_id | is_index | specialty_cohort | is_planned
      novel-lung | true | cardiorespiratory | false
      novel-hip | true | surgery/gynecology | true`,
  },
  'rehabilitation is planned and never an index stay': {
    given: stays('fitting-only', 'H1 2024-03-01 2024-03-05 01 Z448'),
    expect: `person_id | is_planned | exclusion
      fitting-only | true | rehabilitation principal diagnosis`,
  },
  'each of the eleven cancer hospitals outside prospective payment has no index stay, its neighbour by number has': {
    given: {
      'input.eligibility': enrolled(...CANCER_HOSPITALS.map((ccn) => `pps-${ccn}`), 'pps-330155'),
      'input.medical_claim': [
        'person_id | claim_id | claim_line_number | claim_type | bill_type_code | facility_ccn | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1',
        ...[...CANCER_HOSPITALS, '330155'].map(
          (ccn) => `pps-${ccn} | pps-${ccn} | 1 | institutional | 111 | ${ccn} | 2024-03-01 | 2024-03-05 | 01 | A419`,
        ),
      ].join('\n'),
    },
    expect: [
      'person_id | is_index | exclusion',
      ...CANCER_HOSPITALS.map((ccn) => `pps-${ccn} | false | cancer hospital outside prospective payment`),
      'pps-330155 | true |',
    ].join('\n'),
  },
  'a stay in ICD-9-CM has the cohort or the exclusion of its CCS category': {
    given: {
      'input.eligibility': enrolled(
        'nine-heart',
        'nine-infarct',
        'nine-brain',
        'nine-blood',
        'nine-mood',
        'nine-fit',
        'nine-lung',
      ),
      'input.medical_claim': [
        `${bill} | diagnosis_code_type`,
        ...[
          bills('nine-heart', 'H1 2024-03-01 2024-03-05 01 4280'),
          bills('nine-infarct', 'H1 2024-03-01 2024-03-05 01 41071'),
          bills('nine-brain', 'H1 2024-03-01 2024-03-05 01 43491'),
          bills('nine-blood', 'H1 2024-03-01 2024-03-05 01 0389'),
          bills('nine-mood', 'H1 2024-03-01 2024-03-05 01 29620'),
          bills('nine-fit', 'H1 2024-03-01 2024-03-05 01 V5789'),
          bills('nine-lung', 'H1 2024-03-01 2024-03-05 01 1629'),
        ].map((line) => `${line} | icd-9-cm`),
      ].join('\n'),
    },
    expect: `person_id | is_index | exclusion | specialty_cohort | index_condition
      nine-heart | true | | cardiorespiratory | heart-failure
      nine-infarct | true | | cardiovascular | acute-myocardial-infarction
      nine-brain | true | | neurology | stroke
      nine-blood | true | | medicine | other
      nine-mood | false | psychiatric principal diagnosis | medicine | other
      nine-fit | false | rehabilitation principal diagnosis | medicine | other
      nine-lung | false | medical treatment of cancer | medicine | other`,
  },
  'in ICD-9-CM a procedure plans a stay unless the diagnosis is acute, by category, by category of ICD-9 and by code': {
    given: {
      'input.eligibility': enrolled(
        'nine-knee',
        'nine-hip',
        'nine-stent',
        'nine-pump',
        'nine-fail',
        'nine-stone',
        'nine-organ',
        'nine-drip',
        'nine-tube',
      ),
      'input.medical_claim': [
        `${bill} | diagnosis_code_type | procedure_code_type | procedure_code_1`,
        ...[
          ['nine-knee', '71536', '8154'],
          ['nine-hip', '82020', '8154'],
          ['nine-stent', '41401', '0066'],
          ['nine-pump', '41401', '3761'],
          ['nine-fail', '4280', '3761'],
          ['nine-stone', '5920', '5503'],
          ['nine-organ', '4280', '5569'],
          ['nine-drip', 'V5811', ''],
          ['nine-tube', '41401', '9671'],
        ].map(
          ([person = '', diagnosis = '', procedure = '']) =>
            `${bills(person, `H1 2024-03-01 2024-03-05 01 ${diagnosis}`)} | icd-9-cm | icd-9-pcs | ${procedure}`,
        ),
      ].join('\n'),
    },
    expect: `person_id | is_planned | specialty_cohort
      nine-knee | true | surgery/gynecology
      nine-hip | false | surgery/gynecology
      nine-stent | true | cardiovascular
      nine-pump | true | surgery/gynecology
      nine-fail | false | surgery/gynecology
      nine-stone | true | surgery/gynecology
      nine-organ | true | surgery/gynecology
      nine-drip | true | medicine
      nine-tube | false | cardiovascular`,
  },
  'in ICD-9-CM codes 290 to 319 tell psychiatric care after status 65': {
    given: {
      'input.eligibility': enrolled('nine-sent'),
      'input.medical_claim': [
        `${bill} | diagnosis_code_type`,
        ...bills('nine-sent', 'H1 2024-03-01 2024-03-05 65 4280\n H1 2024-03-06 2024-03-12 01 29620')
          .split('\n')
          .map((line) => `${line} | icd-9-cm`),
      ].join('\n'),
    },
    expect: `${row}
      nine-sent | 2024-03-01 | 2024-03-05 | true | | | false | false
      nine-sent | 2024-03-06 | 2024-03-12 | false | psychiatric principal diagnosis | | false | false`,
  },
  'a stay that only the EHR shows counts': {
    given: {
      'input.eligibility': enrolled('chart'),
      'input.encounter': `source_name | encounter_id | person_id | encounter_type | encounter_start_date | encounter_end_date | facility_npi | discharge_disposition_code | primary_diagnosis_code_type | primary_diagnosis_code
        ehr | e-chart | chart | acute inpatient | 2024-03-01 | 2024-03-05 | H1 | 01 | icd-10-cm | I509`,
    },
    expect: `${row}
      chart | 2024-03-01 | 2024-03-05 | true | | | false | false`,
  },
});

describe('mart.readmission_choice', () => {
  it('counts stays for COVID-19 where that is chosen, and no other stay without a category', async () => {
    const connection = await warehouse();
    await given(connection, {
      'input.eligibility': enrolled('covid', 'unlisted'),
      'input.medical_claim': [
        bill,
        bills('covid', 'H1 2024-03-01 2024-03-05 01 U071\n H1 2024-03-20 2024-03-25 01 I509'),
        bills('unlisted', 'H1 2024-03-01 2024-03-05 01 U099'),
      ].join('\n'),
    });
    await make(connection, 'mart.readmission_choice');
    expect(
      await rows(
        connection,
        `select choice, count(*)::integer as stays, sum(numerator)::integer as returns from mart.readmission_choice
         where choice in ('as-defined', 'covid-19-counts') group by choice order by choice`,
      ),
    ).toEqual([
      { choice: 'as-defined', stays: 1, returns: 0 },
      { choice: 'covid-19-counts', stays: 2, returns: 1 },
    ]);
    connection.closeSync();
  });
});

describe('mart.ccs_code', () => {
  it('tells of every code of a stay how it came by its CCS category: by the published map, by its family, or not at all', async () => {
    const connection = await warehouse();
    await given(connection, {
      'input.medical_claim': [
        `${bill} | diagnosis_code_type | procedure_code_type | procedure_code_1`,
        `${bills('coded', 'H1 2024-03-01 2024-03-05 01 I509')} | icd-10-cm | icd-10-pcs | 0SRC0J9`,
        `${bills('again', 'H1 2024-03-01 2024-03-05 01 U071')} | icd-10-cm | icd-10-pcs | 0SRC0J9`,
        `${bills('newer', 'H1 2024-03-01 2024-03-05 01 J1282')} | icd-10-cm | icd-10-pcs | 02RF38N`,
        `${bills('short', 'H1 2024-03-01 2024-03-05 01 B20')} | icd-10-cm | icd-10-pcs |`,
        `${bills('older', 'H1 2010-03-01 2010-03-05 01 4280')} | icd-9-cm | icd-9-pcs | 8154`,
        `${bills('wrong', 'H1 2010-03-01 2010-03-05 01 4280')} | icd-9-cm | icd-9-pcs | 4280`,
      ].join('\n'),
    });
    await make(connection, 'mart.ccs_code');
    expect(
      await rows(
        connection,
        `select code_system, code, category, decided_by, starts_with(code, family) as is_of_family,
           characters_shared = length(family) as is_measured, stays::integer as stays
         from mart.ccs_code order by code_system, code`,
      ),
    ).toEqual(
      [
        ['icd-10-cm', 'B20', '5', 'published', 1],
        ['icd-10-cm', 'I509', '108', 'published', 1],
        ['icd-10-cm', 'J1282', '122', 'inherited', 1],
        ['icd-10-cm', 'U071', null, 'no category', 1],
        ['icd-10-pcs', '02RF38N', '43', 'inherited', 1],
        ['icd-10-pcs', '0SRC0J9', '152', 'published', 2],
        ['icd-9-cm', '4280', '108', 'published', 2],
        ['icd-9-pcs', '4280', null, 'no category', 1],
        ['icd-9-pcs', '8154', '152', 'published', 1],
      ].map(([code_system, code, category, decided_by, stays]) => ({
        ...{ code_system, code, category, decided_by, stays },
        is_of_family: category === null ? null : true,
        is_measured: category === null ? null : true,
      })),
    );
    connection.closeSync();
  });
});

/**
 * 4,000 bills of 400 people: stays in three hospitals, so close that they touch, overlap, repeat and follow one another.
 * `order` is an expression over n that puts the bills into another order.
 */
async function crowd(order: string): Promise<DuckDBConnection> {
  const connection = await warehouse();
  await connection.run(`
    insert into input.eligibility by name
    select 'claims' as source_name, 'p' || n as person_id, date '1940-01-01' as birth_date, 'medicare' as payer_type,
      date '2020-01-01' as enrollment_start_date, 1 as file_id, row_number() over (order by ${order}) as line_number
    from range(400) as people (n)`);
  await connection.run(`
    insert into input.medical_claim by name
    select 'claims' as source_name, 'c' || n as claim_id, '1' as claim_line_number, 'institutional' as claim_type,
      '111' as bill_type_code, 'p' || hash(n, 1) % 400 as person_id, 'H' || hash(n, 2) % 3 as facility_npi,
      date '2022-01-01' + (hash(n, 3) % 150)::integer as claim_start_date,
      date '2022-01-02' + (hash(n, 3) % 150 + hash(n, 4) % 5)::integer as claim_end_date,
      ['01', '01', '01', '02', '30', '07'][(hash(n, 5) % 6 + 1)::integer] as discharge_disposition_code,
      ['I509', 'A419', 'Z5111'][(hash(n, 6) % 3 + 1)::integer] as diagnosis_code_1,
      2 as file_id, row_number() over (order by ${order}) as line_number
    from range(4000) as claim (n)
    order by line_number`);
  await make(connection, 'mart.readmission');
  return connection;
}

describe('readmissions of a crowd', () => {
  let connection: DuckDBConnection;
  beforeAll(async () => {
    connection = await crowd('n');
  });

  it('has every kind of neighbour', async () => {
    const [seen] = await rows(
      connection,
      `select count(*) > 1000 as stays, max(parts) > 3 as chains, count(*) filter (where gap = 0) > 10 as same_day,
         count(*) filter (where gap = 1) > 10 as next_day
       from (select *, lead(admit_date) over (partition by person_id order by admit_date) - discharge_date as gap
         from mart.inpatient_stay)`,
    );
    expect(seen).toEqual({ stays: true, chains: true, same_day: true, next_day: true });
  });

  it('leaves no stay that overlaps, continues or was transferred', async () => {
    const left = await rows(
      connection,
      `with stay as (
         select stay.*, part.primary_diagnosis_code as first_diagnosis_code
         from mart.inpatient_stay as stay join mart.inpatient_stay_part as part on part.encounter_id = stay.stay_id
       )
       select a.stay_id, b.stay_id as other
       from stay as a join stay as b on b.person_id = a.person_id and b.admit_date > a.admit_date
       where b.admit_date < a.discharge_date
         or (b.admit_date <= a.discharge_date + 1 and b.admit_facility_id <> a.facility_id)
         or (b.admit_date = a.discharge_date and b.first_diagnosis_code = a.primary_diagnosis_code)`,
    );
    expect(left).toEqual([]);
  });

  it('counts the same returns by window, by self join and by ASOF join', async () => {
    const window = await value(
      connection,
      'select count(*) from mart.readmission where readmission_stay_id is not null',
    );
    const selfJoin = await value(
      connection,
      `select count(distinct a.stay_id) from mart.inpatient_stay as a
       join mart.inpatient_stay as b on b.person_id = a.person_id and b.admit_date - a.discharge_date between 0 and 30`,
    );
    const asof = await value(
      connection,
      `select count(*) from mart.inpatient_stay as a
       asof join mart.inpatient_stay as b on b.person_id = a.person_id and b.admit_date >= a.discharge_date
       where b.admit_date - a.discharge_date <= 30`,
    );
    expect(Number(window)).toBeGreaterThan(500);
    expect([selfJoin, asof]).toEqual([window, window]);
  });

  it('gives the same stays with the same ids, whatever the order of the claims', async () => {
    const facts = (each: DuckDBConnection) =>
      rows(
        each,
        `select stay_id, person_id, admit_date::varchar, discharge_date::varchar, exclusion, readmission_stay_id
         from mart.readmission order by all`,
      );
    expect(await facts(await crowd('hash(n)'))).toEqual(await facts(connection));
  });
});
