import type { DuckDBConnection } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quoted, rows } from '../../pipelines/engine/sql.ts';
import { Random } from '../campaign/random.ts';
import { make, warehouse } from '../support/warehouse.ts';
import { casesOf } from './cases-of.ts';

const bill =
  'person_id | claim_id | claim_line_number | claim_type | bill_type_code | place_of_service_code | claim_start_date | claim_end_date | diagnosis_code_1 | diagnosis_code_2 | diagnosis_poa_2 | diagnosis_code_3 | diagnosis_poa_3';
const stay = (person: string, ...diagnoses: readonly string[]) =>
  `${person} | ${person}-1 | 1 | institutional | 111 | | 2024-06-01 | 2024-06-05 | A419 | ${diagnoses.join(' | ')} ${'| '.repeat(4 - diagnoses.length)}`;
const stays = (...lines: readonly string[]) => ({ 'input.medical_claim': [bill, ...lines].join('\n') });

casesOf('mart.elixhauser', {
  'a chronic disease counts whenever it came, an acute form only when it was there on admission': {
    given: stays(
      stay('whenever', 'E119', 'N', 'I509', 'N'),
      stay('there', 'E119', 'Y', 'I509', 'Y'),
      stay('unsure', 'E119', 'U', 'I509', 'W'),
    ),
    expect: `person_id | comorbidities | readmission_index | mortality_index
      whenever | [diabetes] | 0 | 0
      there | [diabetes, heart failure] | 7 | 14
      unsure | [diabetes, heart failure] | 7 | 14`,
  },
  'the principal diagnosis is no comorbidity, nor what a clinician bills within the stay': {
    given: stays(
      stay('principal', 'E119', 'Y').replace('A419', 'I509'),
      stay('doctor', 'E119', 'Y'),
      'doctor | doctor-2 | 1 | professional | | 21 | 2024-06-02 | 2024-06-02 | A419 | J449 | | |',
    ),
    expect: `person_id | comorbidities
      principal | [diabetes]
      doctor | [diabetes]`,
  },
  'a stay whose claims never say what was there on admission has no index': {
    given: stays(stay('mute', 'E119', '', 'I509', ''), stay('plain', '', '')),
    expect: `person_id | comorbidities | readmission_index | mortality_index
      mute | [diabetes] | |
      plain | [] | 0 | 0`,
  },
  'a code of two comorbidities sets both, one of three all three, the acute ones only when there on admission': {
    given: stays(
      stay('pair', 'I110', 'Y'),
      stay('late', 'I110', 'N'),
      stay('triple', 'I132', 'Y'),
      stay('drink', 'K7010', 'Y'),
      stay('drug', 'F11150', 'N'),
      stay('lupus', 'M3211', 'Y'),
      stay('brain', 'K7682', 'Y'),
    ),
    expect: `person_id | comorbidities
      pair | [heart failure, hypertension with complications]
      late | [hypertension with complications]
      triple | [heart failure, hypertension with complications, severe kidney failure]
      drink | [alcohol abuse, mild liver disease]
      drug | [drug abuse]
      lupus | [autoimmune condition, heart valve disease]
      brain | [mild liver disease, other neurological disorder]`,
  },
  'the graver form takes the place of the lighter one': {
    given: stays(
      stay('sugar', 'E119', 'Y', 'E1122', 'Y'),
      stay('spread', 'C3490', 'Y', 'C787', 'Y'),
      stay('kidney', 'N1832', 'Y', 'N186', 'Y'),
      stay('liver', 'K740', 'Y', 'K7290', 'Y'),
    ),
    expect: `person_id | comorbidities
      sugar | [diabetes with complications]
      spread | [metastatic cancer]
      kidney | [severe kidney failure]
      liver | [severe liver disease]`,
  },
  'sequelae of a stroke are exempt from saying when they came, and make way for a stroke in hospital': {
    given: stays(
      stay('old', 'I69320', '', 'E119', 'Y'),
      stay('weak', 'I69351', '', 'E119', 'Y'),
      stay('new', 'I69351', '', 'I639', 'N'),
      stay('brought', 'I639', 'Y', 'E119', 'Y'),
    ),
    expect: `person_id | comorbidities
      old | [cerebrovascular disease, diabetes]
      weak | [cerebrovascular disease, diabetes, paralysis]
      new | [paralysis]
      brought | [cerebrovascular disease, diabetes]`,
  },
});

/** Some codes of AHRQ's table with its label, in the words of the mapping program. */
const LABELS: Readonly<Record<string, string>> = {
  ...{
    B20: 'AIDS',
    F1020: 'ALCOHOL',
    K7010: 'ALCOHOLLIVER_MLD',
    D509: 'ANEMDEF',
    M0500: 'AUTOIMMUNE',
    D500: 'BLDLOSS',
  },
  ...{
    C9100: 'CANCER_LEUK',
    C8190: 'CANCER_LYMPH',
    C787: 'CANCER_METS',

    D0512: 'CANCER_NSITU',
    C61: 'CANCER_SOLID',
  },
  ...{
    I639: 'CBVD_POA',
    I69320: 'CBVD_SQLA',
    I69351: 'CBVD_SQLAPARALYSIS',
    D696: 'COAG',
    F0390: 'DEMENTIA',
    F320: 'DEPRESS',
  },
  ...{
    F330: 'DEPRESS',
    E1122: 'DIAB_CX',
    E119: 'DIAB_UNCX',
    F1110: 'DRUG_ABUSE',
    F11150: 'DRUG_ABUSEPSYCHOSES',
    I509: 'HF',
  },
  ...{ I110: 'HFHTN_CX', I132: 'HFHTN_CXRENLFL_SEV', I119: 'HTN_CX', I120: 'HTN_CXRENLFL_SEV', I10: 'HTN_UNCX' },
  ...{ K740: 'LIVER_MLD', K7682: 'LIVER_MLD_NEURO', K7290: 'LIVER_SEV', J449: 'LUNG_CHRONIC', G20: 'NEURO_MOVT' },
  ...{
    G35: 'NEURO_OTH',
    G40909: 'NEURO_SEIZ',
    E6601: 'OBESE',
    G8220: 'PARALYSIS',
    I739: 'PERIVASC',
    F209: 'PSYCHOSES',
  },
  ...{ I2720: 'PULMCIRC', N1832: 'RENLFL_MOD', N186: 'RENLFL_SEV', Z992: 'RENLFL_SEV', E039: 'THYROID_HYPO' },
  ...{
    E0500: 'THYROID_OTH',
    K259: 'ULCER_PEPTIC',
    I340: 'VALVE',
    M3211: 'VALVE_AUTOIMMUNE',
    R634: 'WGHTLOSS',
    R05: '',
  },
};
const ANY =
  `AIDS ALCOHOL AUTOIMMUNE LUNG_CHRONIC DEMENTIA DEPRESS DIAB_UNCX DIAB_CX DRUG_ABUSE HTN_UNCX HTN_CX THYROID_HYPO
  THYROID_OTH CANCER_LYMPH CANCER_LEUK CANCER_METS OBESE PERIVASC CANCER_SOLID CANCER_NSITU`.split(/\s+/);
const PRESENT =
  `ANEMDEF BLDLOSS HF COAG LIVER_MLD LIVER_SEV NEURO_MOVT NEURO_SEIZ NEURO_OTH PARALYSIS PSYCHOSES PULMCIRC
  RENLFL_MOD RENLFL_SEV ULCER_PEPTIC WGHTLOSS CBVD_POA CBVD_SQLA VALVE`.split(/\s+/);
const WEIGHTS = `AIDS 5 -4 ALCOHOL 3 -1 ANEMDEF 5 -3 AUTOIMMUNE 2 0 BLDLOSS 2 -4 CANCER_LEUK 10 9 CANCER_LYMPH 7 5
  CANCER_METS 11 22 CANCER_NSITU 0 0 CANCER_SOLID 7 10 CBVD 0 5 HF 7 14 COAG 3 14 DEMENTIA 1 5 DEPRESS 2 -8 DIAB_CX 4 -2
  DIAB_UNCX 0 0 DRUG_ABUSE 6 -7 HTN_CX 0 1 HTN_UNCX 0 0 LIVER_MLD 3 2 LIVER_SEV 10 16 LUNG_CHRONIC 4 2 NEURO_MOVT 1 -1
  NEURO_OTH 2 22 NEURO_SEIZ 5 2 OBESE -2 -7 PARALYSIS 3 4 PERIVASC 1 3 PSYCHOSES 6 -9 PULMCIRC 3 4 RENLFL_MOD 4 3
  RENLFL_SEV 8 7 THYROID_HYPO 0 -3 THYROID_OTH 0 -8 ULCER_PEPTIC 2 0 VALVE 0 0 WGHTLOSS 6 13`
  .split(/\s+/)
  .reduce<[string, number, number][]>((all, word, at, words) => {
    if (at % 3 === 0) all.push([word, Number(words[at + 1]), Number(words[at + 2])]);
    return all;
  }, []);

interface Diagnosis {
  readonly code: string;
  readonly present: 'Y' | 'W' | 'N' | 'U' | '';
}

/** The mapping program line by line: labels, pairs, exclusions, weights. */
function indexes(secondary: readonly Diagnosis[]): {
  readonly flags: number;
  readonly both: [number | null, number | null];
} {
  const on = new Set<string>();
  const knows = secondary.length === 0 || secondary.some(({ present }) => present !== '');
  for (const { code, present } of secondary) {
    const label = LABELS[code] ?? '';
    if (ANY.includes(label)) on.add(label);
    if (label === 'DRUG_ABUSEPSYCHOSES') on.add('DRUG_ABUSE');
    if (['HFHTN_CX', 'HTN_CXRENLFL_SEV', 'HFHTN_CXRENLFL_SEV'].includes(label)) on.add('HTN_CX');
    if (label === 'ALCOHOLLIVER_MLD') on.add('ALCOHOL');
    if (label === 'VALVE_AUTOIMMUNE') on.add('AUTOIMMUNE');
    const exempt = /^(I69|Z)/.test(code);
    if (knows && (exempt || present === 'Y' || present === 'W')) {
      if (PRESENT.includes(label)) on.add(label);
      if (label === 'DRUG_ABUSEPSYCHOSES') on.add('PSYCHOSES');
      if (label === 'HFHTN_CX' || label === 'HFHTN_CXRENLFL_SEV') on.add('HF');
      if (label === 'HTN_CXRENLFL_SEV' || label === 'HFHTN_CXRENLFL_SEV') on.add('RENLFL_SEV');
      if (label === 'CBVD_SQLAPARALYSIS') on.add('PARALYSIS').add('CBVD_SQLA');
      if (label === 'ALCOHOLLIVER_MLD') on.add('LIVER_MLD');
      if (label === 'VALVE_AUTOIMMUNE') on.add('VALVE');
      if (label === 'LIVER_MLD_NEURO') on.add('LIVER_MLD').add('NEURO_OTH');
    }
    if (!exempt && (present === 'N' || present === 'U') && label === 'CBVD_POA') on.add('CBVD_NPOA');
  }
  if (on.has('DIAB_CX')) on.delete('DIAB_UNCX');
  if (on.has('HTN_CX')) on.delete('HTN_UNCX');
  if (on.has('CANCER_METS')) for (const lighter of ['CANCER_SOLID', 'CANCER_NSITU']) on.delete(lighter);
  if (on.has('CANCER_SOLID')) on.delete('CANCER_NSITU');
  if (on.has('LIVER_SEV')) on.delete('LIVER_MLD');
  if (on.has('RENLFL_SEV')) on.delete('RENLFL_MOD');
  if (on.has('CBVD_POA') || (!on.has('CBVD_NPOA') && on.has('CBVD_SQLA'))) on.add('CBVD');
  const set = WEIGHTS.filter(([flag]) => on.has(flag));
  const sum = (place: 1 | 2) => set.reduce((total, weights) => total + weights[place], 0);
  return { flags: set.length, both: knows ? [sum(1), sum(2)] : [null, null] };
}

describe('the indexes of 4,000 random stays', () => {
  const random = new Random(11);
  const codes = Object.keys(LABELS);
  const all = Array.from({ length: 4_000 }, () => {
    const mute = random.below(8) === 0;
    return Array.from({ length: random.below(9) }, (): Diagnosis => {
      const present = mute ? '' : random.pick(['Y', 'Y', 'Y', 'W', 'N', 'U', ''] as const);
      return { code: random.pick(codes), present };
    }).filter(({ code }, at, list) => list.findIndex((other) => other.code === code) === at);
  });
  let connection: DuckDBConnection;
  beforeAll(async () => {
    connection = await warehouse();
    const places = Array.from({ length: 8 }, (_, at) => at + 2);
    const lines = all.map((secondary, number) =>
      [
        ...[
          "'claims'",
          '1',
          String(number),
          quoted(`p${number}`),
          quoted(`c${number}`),
          "'1'",
          "'institutional'",
          "'111'",
        ],
        ...["date '2024-06-01'", "date '2024-06-05'", "'A419'"],
        ...places.flatMap((place) => {
          const { code, present } = secondary[place - 2] ?? { code: '', present: '' };
          return [code, present].map((text) => (text === '' ? 'null' : quoted(text)));
        }),
      ].join(', '),
    );
    await connection.run(`insert into input.medical_claim (source_name, file_id, line_number, person_id, claim_id,
      claim_line_number, claim_type, bill_type_code, claim_start_date, claim_end_date, diagnosis_code_1,
      ${places.map((place) => `diagnosis_code_${place}, diagnosis_poa_${place}`).join(', ')})
      values (${lines.join('), (')})`);
    await make(connection, 'mart.elixhauser');
  });
  afterAll(() => connection.closeSync());

  it('are what AHRQ’s program, read line by line, gives', async () => {
    const found = await rows(
      connection,
      `select substr(source.source_person_id, 2)::integer as number, len(comorbidities)::integer as flags,
         readmission_index, mortality_index
       from mart.elixhauser as stay join core.person_source as source on source.person_id = stay.person_id
       order by number`,
    );
    const expected = all.map((secondary, number) => {
      const { flags, both } = indexes(secondary);
      return { number, flags, readmission_index: both[0], mortality_index: both[1] };
    });
    expect(found).toEqual(expected);
  });
});
