import { readFileSync } from 'node:fs';
import type { DuckDBConnection, Json } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rows } from '../../pipelines/engine/sql.ts';
import { make, setVariables, warehouse } from '../support/warehouse.ts';
import type { Claim, Person, Span } from './hcc-oracle.ts';
import { fill, modelled, randomPeople, read, THROUGH } from './hcc-people.ts';

const FULL: Span = {
  ...{ from: '2023-01-01', to: '2026-12-31', payerType: 'medicare', hasPartB: true, dual: '00', entitlement: '0' },
  ...{ medicareStatus: null, isInstitutional: false, snp: null, esrd: false, esrdStatus: null, transplantMonths: null },
};
const VISIT: Claim = {
  ...{ type: 'professional', bill: null, start: '2023-06-01', end: '2023-06-01', procedures: ['99213'] },
  ...{ diagnoses: [], isDenied: false },
};
/** 72 on 1 February 2024, a woman. */
const ELDER = { birth: '1951-06-15', death: null, sex: 'female' } as const;

interface Expected {
  readonly segment?: string;
  readonly hccs?: string;
  /** Variables, besides the categories, that add to the score, in the order of the alphabet. */
  readonly parts?: string;
  readonly raw?: number;
  readonly normalized?: number | null;
  readonly payment?: number | null;
  readonly blended?: number | null;
  /** By diagnosis code, why it does not count; null where it does. */
  readonly dropped?: Readonly<Record<string, string | null>>;
}

interface Case {
  readonly rule: string;
  readonly model: string;
  readonly year: number;
  readonly person?: Partial<Pick<Person, 'birth' | 'death' | 'sex'>>;
  readonly span?: Partial<Span>;
  /** Codes on one office visit of the data year, or claims. */
  readonly codes?: string;
  readonly claims?: readonly Partial<Claim>[];
  readonly expect: Expected | null;
}

const born = (birth: string) => ({ person: { birth } });
const inYear = (year: number, codes: string): Partial<Claim> => ({
  ...{ start: `${year - 1}-06-01`, end: `${year - 1}-06-01`, diagnoses: codes.split(' ') },
});
const renal = (more: Partial<Span>): Partial<Span> => ({ esrd: true, ...more });

const CASES: readonly Case[] = [
  // 1. age
  ...[
    ['V28', '1959-02-01', '0', 'CNA', 'F65_69'],
    ['V28', '1959-02-02', '0', 'CND', 'F60_64'],
    ['V24', '1959-02-02', '0', 'CNA', 'F65_69'],
    ['V24', '1959-02-02', '1', 'CND', 'F60_64'],
    ['V24', '1960-02-01', '0', 'CNA', 'F65_69'],
    ['V24', '1960-02-02', '0', 'CND', 'F60_64'],
  ].map(([model = '', birth = '', entitlement = '', segment = '', parts = '']) => ({
    ...{ rule: `age is in whole years on 1 February: born ${birth} with OREC ${entitlement}`, model, year: 2024 },
    ...{ ...born(birth), span: { entitlement }, expect: { segment, parts } },
  })),
  // 2. claims
  {
    ...{ rule: 'inpatient bills count without a procedure, outpatient and professional claims with an eligible one' },
    ...{ model: 'V28', year: 2024 },
    claims: [
      { type: 'institutional', bill: '111', procedures: [null], diagnoses: ['E1122'] },
      { type: 'institutional', bill: '411', procedures: ['36415'], diagnoses: ['I509'] },
      { type: 'institutional', bill: '131', procedures: ['36415', '99213'], diagnoses: ['N184'] },
      { type: 'institutional', bill: '851', procedures: ['36415'], diagnoses: ['F200'] },
      { type: 'institutional', bill: '211', diagnoses: ['G35'] },
      { procedures: ['80053'], diagnoses: ['B20'] },
      { diagnoses: ['J449'], isDenied: true },
    ],
    expect: {
      ...{ hccs: '37 226 327', parts: 'D3 DIABETES_HF_V28 F70_74 HF_KIDNEY_V28' },
      dropped: {
        ...{ E1122: null, I509: null, N184: null, F200: 'no eligible procedure on the claim' },
        ...{ G35: 'a bill of type 21x', B20: 'no eligible procedure on the claim' },
      },
    },
  },
  {
    ...{ rule: 'a claim is of the year in which it ends', model: 'V28', year: 2024 },
    claims: [
      { type: 'institutional', bill: '111', start: '2022-12-28', end: '2023-01-03', diagnoses: ['E1122'] },
      { type: 'institutional', bill: '111', start: '2023-12-28', end: '2024-01-03', diagnoses: ['I509'] },
    ],
    expect: { hccs: '37', raw: 0.561 },
  },
  // 3. edits
  ...[
    ['V28', 'D66 of a woman', '1951-06-15', 'female', 'D66', '112'],
    ['V28', 'D66 of a man', '1951-06-15', 'male', 'D66', '111'],
    ['V24', 'D67 of a woman', '1951-06-15', 'female', 'D67', '48'],
    ['V24', 'D67 of a man', '1951-06-15', 'male', 'D67', '46'],
    ['V28', 'a lung code at 17', '2006-02-02', 'female', 'J449', ''],
    ['V28', 'a lung code at 18', '2006-02-01', 'female', 'J449', '280'],
    ['V24', 'a lung code at 17', '2006-02-02', 'female', 'J449', '112'],
    ['V24', 'a lung code at 18', '2006-02-01', 'female', 'J449', '111'],
    ['V28', 'breast cancer at 49', '1974-02-02', 'female', 'C50911', '22'],
    ['V28', 'breast cancer at 50', '1974-02-01', 'female', 'C50911', '23'],
    ['V28', 'a newborn code at 2', '2022-02-01', 'female', 'P270', ''],
    ['V28', 'a newborn code at 1', '2022-02-02', 'female', 'P270', '213'],
    ['V24', 'F34.81 at 18', '2005-02-02', 'female', 'F3481', '59'],
    ['V24', 'F34.81 at 19', '2005-02-01', 'female', 'F3481', ''],
    ['V24', 'F34.81 at 5', '2018-02-02', 'female', 'F3481', ''],
    ['V24', 'F34.81 at 6', '2018-02-01', 'female', 'F3481', '59'],
  ].map(([model = '', rule = '', birth = '', sex, codes = '', hccs = '']) => ({
    ...{ rule: `edit: ${rule}`, model, year: 2024, codes },
    person: { birth, sex: sex === 'male' ? ('male' as const) : ('female' as const) },
    expect: { hccs, ...(hccs === '' && { dropped: { [codes]: 'not a diagnosis of this age or sex' } }) },
  })),
  // 4. map
  {
    rule: 'a code maps to several categories',
    model: 'V24',
    year: 2024,
    codes: 'E0952',
    expect: { hccs: '18 106', raw: 2.176 },
  },
  {
    ...{ rule: 'V28 of 2025 leaves out what 2024 and 2026 map differently', model: 'V28', year: 2025 },
    claims: [inYear(2025, 'D593 E1122')],
    expect: { hccs: '37', dropped: { D593: 'its category of this payment year is not known', E1122: null } },
  },
  // 5. heart patch
  {
    ...{
      rule: 'heart patch: an assist device without another heart failure category is none',
      model: 'V28',
      year: 2024,
    },
    ...{ codes: 'Z95811', expect: { hccs: '', parts: 'F70_74', dropped: { Z95811: 'taken back by the model' } } },
  },
  {
    ...{ rule: 'heart patch: beside heart failure the device stays, and drops it', model: 'V28', year: 2024 },
    ...{ codes: 'Z95811 I509', expect: { hccs: '223', dropped: { Z95811: null, I509: 'part of HCC 223' } } },
  },
  // 6. hierarchies in the order of the macro
  {
    rule: 'HCC 62 drops 63 first, so 202 survives',
    model: 'V28',
    year: 2024,
    codes: 'Z944 K7290 R4020',
    expect: { hccs: '62 202' },
  },
  { rule: 'HCC 63 alone drops 202', model: 'V28', year: 2024, codes: 'K7290 R4020', expect: { hccs: '63' } },
  {
    rule: 'HCC 62 without 63 leaves 202 as well',
    model: 'V28',
    year: 2024,
    codes: 'Z944 R4020',
    expect: { hccs: '62 202' },
  },
  {
    rule: 'a hierarchy of six steps keeps the gravest',
    model: 'V28',
    year: 2024,
    codes: 'C7800 C7951 C9000 C3490 C8190 C679 C61',
    expect: { hccs: '17' },
  },
  {
    rule: 'V24 pressure ulcers drop a chronic ulcer',
    model: 'V24',
    year: 2024,
    codes: 'L89154 L97909',
    expect: { hccs: '157' },
  },
  // 7. originally disabled
  ...[
    ['1', 'F70_74 OriginallyDisabled_Female'],
    ['3', 'F70_74'],
    ['0', 'F70_74'],
  ].map(([entitlement = '', parts = '']) => ({
    ...{
      rule: `OREC ${entitlement} at 72`,
      model: 'V28',
      year: 2024,
      span: { entitlement },
      expect: { segment: 'CNA', parts },
    },
  })),
  {
    ...{ rule: 'OREC 1 under 65 is disabled now, not originally', model: 'V28', year: 2024, ...born('1980-01-01') },
    ...{ span: { entitlement: '1' }, expect: { segment: 'CND', parts: 'F35_44' } },
  },
  // 8. segments
  ...['00 CN', '01 CP', '03 CP', '05 CP', '06 CP', '02 CF', '04 CF', '08 CF', '09 CN'].flatMap((text) => {
    const [dual = '', segment = ''] = text.split(' ');
    return ['1951-06-15 A', '1980-06-15 D'].map((text) => {
      const [birth = '', age = ''] = text.split(' ');
      return {
        ...{ rule: `dual status ${dual}, born ${birth}`, model: 'V28', year: 2024, ...born(birth) },
        ...{ span: { dual, entitlement: age === 'D' ? '1' : '0' }, expect: { segment: segment + age } },
      };
    });
  }),
  {
    ...{ rule: 'fewer months of Part B than the data year has: new', model: 'V28', year: 2024 },
    ...{ person: { birth: '1956-06-15', sex: 'male' as const } },
    ...{ span: { from: '2023-02-01', dual: '02', entitlement: '1' }, codes: 'E1122' },
    expect: { segment: 'NE', parts: 'MCAID_ORIGDIS_NEM67', raw: 1.959, hccs: '37' },
  },
  {
    ...{ rule: 'months without Part B do not make up the twelve', model: 'V28', year: 2024 },
    ...{ span: { hasPartB: false }, expect: { segment: 'NE', parts: 'NMCAID_NORIGDIS_NEF70_74' } },
  },
  {
    ...{ rule: 'new in a special needs plan for a chronic condition', model: 'V28', year: 2024 },
    ...{ person: { birth: '1956-06-15', sex: 'male' as const } },
    ...{ span: { from: '2023-02-01', dual: '02', entitlement: '1', snp: 'C-SNP' } },
    expect: { segment: 'SNPNE', raw: 2.195 },
  },
  {
    ...{ rule: 'new, 64 and with OREC 0 stands in the band of 65', model: 'V28', year: 2024, ...born('1959-06-15') },
    ...{ span: { from: '2023-02-01' }, expect: { segment: 'NE', parts: 'NMCAID_NORIGDIS_NEF65' } },
  },
  {
    ...{ rule: 'new, disabled under 65: not originally disabled', model: 'V28', year: 2024, ...born('1970-06-15') },
    ...{ span: { from: '2023-02-01', entitlement: '1' }, expect: { segment: 'NE', parts: 'NMCAID_NORIGDIS_NEF45_54' } },
  },
  {
    rule: 'who died before the payment year has no score',
    model: 'V28',
    year: 2024,
    person: { death: '2023-12-31' },
    expect: null,
  },
  {
    rule: 'who has no Medicare has no score',
    model: 'V28',
    year: 2024,
    span: { payerType: 'commercial' },
    expect: null,
  },
  // 9. raw scores
  {
    ...{ rule: 'community, aged: band, categories, interaction, count', model: 'V28', year: 2024, codes: 'E1122 I509' },
    expect: {
      segment: 'CNA',
      hccs: '37 226',
      parts: 'D2 DIABETES_HF_V28 F70_74',
      raw: 1.033,
      normalized: 1.018,
      payment: null,
    },
  },
  {
    ...{ rule: 'community, aged, V24', model: 'V24', year: 2024, codes: 'E1122 I509' },
    expect: { hccs: '18 85', parts: 'D2 DIABETES_CHF F70_74', raw: 1.14, normalized: 0.995, payment: null },
  },
  {
    ...{ rule: 'institutional, V28: counts, Medicaid', model: 'V28', year: 2024, codes: 'E1122 I509' },
    ...{ span: { isInstitutional: true, dual: '02' } },
    expect: { segment: 'INS', parts: 'D2 DIABETES_HF_V28 F70_74 LTIMCAID', raw: 1.955 },
  },
  {
    ...{ rule: 'institutional, V24: no counts', model: 'V24', year: 2024, codes: 'E1122 I509' },
    ...{ span: { snp: 'I-SNP', dual: '02', entitlement: '1' } },
    expect: { segment: 'INS', parts: 'DIABETES_CHF F70_74 LTIMCAID ORIGDS', raw: 2.023 },
  },
  {
    ...{
      rule: 'substance use with psychiatric disease adds for the disabled',
      model: 'V28',
      year: 2024,
      codes: 'F1020 F200',
    },
    ...{ ...born('1974-01-15'), span: { entitlement: '1' } },
    expect: { segment: 'CND', parts: 'D2 F45_54 gSubUseDisorder_gPsych_V28', raw: 1.014 },
  },
  {
    ...{
      rule: 'substance use with psychiatric disease does not add for the aged',
      model: 'V28',
      year: 2024,
      codes: 'F1020 F200',
    },
    ...{ span: { entitlement: '1' }, expect: { parts: 'D2 F70_74 OriginallyDisabled_Female', raw: 1.376 } },
  },
  ...[
    [3, 'E1122 F200 G35', 'D3'],
    [4, 'E1122 F200 G35 B20', 'D4'],
    [9, 'E1122 F200 G35 B20 C61 I480 J449 M0579 K5090', 'D9'],
    [10, 'E1122 F200 G35 B20 C61 I480 J449 M0579 K5090 G40909', 'D10P'],
    [11, 'E1122 F200 G35 B20 C61 I480 J449 M0579 K5090 G40909 N184', 'D10P'],
  ].map(([count, codes, part]) => ({
    ...{ rule: `the count of ${count} payment categories`, model: 'V28', year: 2024, codes: String(codes) },
    expect: { parts: `${part} F70_74` },
  })),
  // 10. payment
  {
    ...{
      rule: 'Medicare Advantage takes off the coding adjustment and blends',
      model: 'V28',
      year: 2024,
      codes: 'E1122 I509',
    },
    ...{ span: { payerType: 'medicare advantage' } },
    expect: { raw: 1.033, normalized: 1.018, payment: 0.958, blended: 0.943 },
  },
  {
    ...{ rule: 'the part of V24 in the blend', model: 'V24', year: 2024, codes: 'E1122 I509' },
    ...{ span: { payerType: 'medicare advantage' } },
    expect: { raw: 1.14, normalized: 0.995, payment: 0.936, blended: 0.943 },
  },
  {
    ...{ rule: 'from 2026 V28 pays alone', model: 'V28', year: 2026, claims: [inYear(2026, 'E1122 I509')] },
    ...{ person: { birth: '1953-06-15' }, span: { payerType: 'medicare advantage' } },
    expect: { raw: 1.033, normalized: 0.968, payment: 0.911, blended: 0.911 },
  },
  {
    ...{
      rule: 'a tie rounds up',
      model: 'ESRD V24',
      year: 2026,
      span: renal({ esrdStatus: 'graft', transplantMonths: 12, entitlement: '1', dual: '01' }),
    },
    ...{ person: { birth: '1959-01-15' }, expect: { segment: 'GNPA', raw: 1.587, normalized: 1.438 } },
  },
  {
    ...{ rule: 'a year without relative factors has categories and no score', model: 'V28', year: 2027 },
    ...{ claims: [inYear(2027, 'E1122')], expect: null },
  },
  // end-stage renal disease
  {
    ...{ rule: 'dialysis, V24: Medicaid, institution, kidney disease adds nothing', model: 'ESRD V24', year: 2026 },
    ...{
      span: renal({ dual: '02', isInstitutional: true, entitlement: '2' }),
      claims: [inYear(2026, 'N186 E1122 I509')],
    },
    expect: {
      segment: 'DI',
      hccs: '18 85',
      parts: 'DIABETES_CHF F70_74 FBDual_Female_Aged LTI_Aged Originally_ESRD_Female',
    },
  },
  {
    ...{ rule: 'dialysis, V21: Medicaid by sex and age, no dialysis status', model: 'ESRD V21', year: 2026 },
    ...{ span: renal({ dual: '01', entitlement: '1' }), claims: [inYear(2026, 'Z992 E1122 A419 J9600')] },
    expect: {
      segment: 'DI',
      hccs: '2 18 84 139',
      parts: 'F70_74 MCAID_Female_Aged OriginallyDisabled_Female SEPSIS_CARD_RESP_FAIL',
    },
  },
  ...['ESRD V21 NMCAID_ORIGDIS_NEF45_54', 'ESRD V24 ND_PBD_ORIGDIS_NEF45_54'].map((text) => ({
    ...{
      rule: 'new on dialysis, originally disabled at any age',
      model: text.slice(0, 8),
      year: 2026,
      ...born('1978-06-15'),
    },
    ...{ span: renal({ from: '2025-03-01', entitlement: '1' }), expect: { segment: 'DNE', parts: text.slice(9) } },
  })),
  {
    ...{ rule: 'new on dialysis at 85 and more', model: 'ESRD V24', year: 2026, ...born('1930-06-15') },
    ...{ span: renal({ from: '2025-03-01' }), expect: { segment: 'DNE', parts: 'ND_PBD_NORIGDIS_NEF85_GT' } },
  },
  ...[1, 2, 3].map((month) => ({
    ...{ rule: `month ${month} of a transplant`, model: 'ESRD V24', year: 2026 },
    ...{ span: renal({ esrdStatus: 'transplant', transplantMonths: month }) },
    expect: { segment: 'TRANSPLANT', raw: month === 1 ? 5.985 : 0.941, normalized: month === 1 ? 5.636 : 0.886 },
  })),
  ...[
    ['00', '1951-06-15', 4, 'GNPA', 'F70_74 FGC_GE65_DUR4_9_ND_PBD'],
    ['01', '1951-06-15', 9, 'GNPA', 'F70_74 FGC_GE65_DUR4_9_ND_PBD FGC_PBD_GE65_flag'],
    ['02', '1951-06-15', 10, 'GFA', 'F70_74 FGC_GE65_DUR10PL_FBD'],
    ['02', '1980-06-15', 5, 'GFN', 'F45_54 FGC_LT65_DUR4_9_FBD'],
    ['03', '1980-06-15', 30, 'GNPN', 'F45_54 FGC_LT65_DUR10PL_ND_PBD FGC_PBD_LT65_flag'],
  ].map(([dual, birth, month, segment, parts]) => ({
    ...{
      rule: `graft, V24: dual status ${dual}, month ${month}`,
      model: 'ESRD V24',
      year: 2026,
      ...born(String(birth)),
    },
    ...{ span: renal({ esrdStatus: 'graft', transplantMonths: Number(month), dual: String(dual) }) },
    expect: { segment: String(segment), parts: String(parts) },
  })),
  {
    ...{ rule: 'graft in an institution, V24', model: 'ESRD V24', year: 2026 },
    ...{ span: renal({ esrdStatus: 'graft', transplantMonths: 12, isInstitutional: true, dual: '05' }) },
    expect: { segment: 'GI', parts: 'F70_74 FGI_GE65_DUR10PL_ND_PBD FGI_PBD_GE65_flag LTI_GE65' },
  },
  ...['GC false F70_74 GE65_DUR10PL', 'GI true F70_74 GE65_DUR10PL MCAID'].map((text) => {
    const [segment = '', isInstitutional, ...parts] = text.split(' ');
    return {
      ...{ rule: `graft, V21, ${segment}`, model: 'ESRD V21', year: 2026 },
      span: renal({
        esrdStatus: 'graft',
        isInstitutional: isInstitutional === 'true',
        dual: segment === 'GI' ? '01' : '00',
      }),
      expect: { segment, parts: parts.join(' ') },
    };
  }),
  {
    ...{ rule: 'new with a graft, V24: the actuarial factor divides the sum', model: 'ESRD V24', year: 2026 },
    ...{ span: renal({ from: '2025-03-01', esrdStatus: 'graft', transplantMonths: 5 }), ...born('1959-06-15') },
    expect: { segment: 'GNE', parts: 'ActAdj_DUR4_9 FGC_GE65_DUR4_9_ND_PBD ND_PBD_NORIGDIS_G_NEF66' },
  },
  {
    ...{
      rule: 'claims tell a transplant where the payer tells no status',
      model: 'ESRD V24',
      year: 2026,
      span: renal({}),
    },
    claims: [{ procedures: ['50360'], start: '2025-06-10', end: '2025-06-10' }],
    expect: { segment: 'GNPA', parts: 'F70_74 FGC_GE65_DUR4_9_ND_PBD' },
  },
  {
    ...{ rule: 'dialysis long after a transplant is dialysis', model: 'ESRD V24', year: 2026, span: renal({}) },
    claims: [
      { procedures: ['50360'], start: '2025-02-10', end: '2025-02-10' },
      { procedures: ['90999'], start: '2025-11-10', end: '2025-11-10' },
    ],
    expect: { segment: 'DI' },
  },
  {
    rule: 'who has no end-stage renal disease has no score of its models',
    model: 'ESRD V24',
    year: 2026,
    expect: null,
  },
];

/** Variable, segment in which it has a factor, and an HCC of each of its factors; DISABL and NONAGED are under 65 and disabled. */
const INTERACTIONS: Readonly<Record<string, readonly string[]>> = {
  V28: [
    'DIABETES_HF_V28 CNA 38 224',
    'HF_CHR_LUNG_V28 CFD 226 280',
    'HF_KIDNEY_V28 CPA 222 329',
    'CHR_LUNG_CARD_RESP_FAIL_V28 CND 277 213',
    'HF_HCC238_V28 CFA 225 238',
    'gSubUseDisorder_gPsych_V28 CPD 139 155',
    'DIABETES_HF_V28 INS 36 226',
    'DISABLED_CANCER_V28 INS 23 DISABL',
    'DISABLED_NEURO_V28 INS 199 DISABL',
    'DISABLED_HF_V28 INS 226 DISABL',
    'DISABLED_CHR_LUNG_V28 INS 280 DISABL',
    'DISABLED_ULCER_V28 INS 382 DISABL',
  ],
  V24: [
    'HCC47_gCancer CNA 47 12',
    'DIABETES_CHF CND 19 85',
    'CHF_gCopdCF CFA 85 112',
    'HCC85_gRenal_V24 CPA 85 138',
    'gCopdCF_CARD_RESP_FAIL CFD 111 84',
    'HCC85_HCC96 CPD 85 96',
    'gSubstanceUseDisorder_gPsych CND 55 59',
    'SEPSIS_PRESSURE_ULCER INS 2 158',
    'SEPSIS_ARTIF_OPENINGS INS 2 188',
    'ART_OPENINGS_PRESS_ULCER INS 188 157',
    'gCopdCF_ASP_SPEC_B_PNEUM INS 111 114',
    'ASP_SPEC_B_PNEUM_PRES_ULC INS 114 158',
    'SEPSIS_ASP_SPEC_BACT_PNEUM INS 2 114',
    'SCHIZOPHRENIA_gCopdCF INS 57 111',
    'SCHIZOPHRENIA_CHF INS 57 85',
    'SCHIZOPHRENIA_SEIZURES INS 57 79',
    'DISABLED_HCC85 INS 85 DISABL',
    'DISABLED_PRESSURE_ULCER INS 158 DISABL',
    ...[161, 39, 77, 6].map((hcc) => `DISABLED_HCC${hcc} INS ${hcc} DISABL`),
  ],
  'ESRD V24': [
    'HCC47_gCancer GNPA 47 12',
    'HCC85_HCC96 GNPA 85 96',
    'DIABETES_CHF DI 18 85',
    'CHF_gCopdCF GNPA 85 111',
    'gCopdCF_CARD_RESP_FAIL GFA 111 84',
    'gSubUseDs_gPsych_V24 GNPN 55 59',
    'NONAGED_gSubUseDs_gPsych DI 55 59 DISABL',
    ...[6, 34, 46, 110, 176].map((hcc) => `NONAGED_HCC${hcc} DI ${hcc} DISABL`),
    ...[6, 39, 77, 85, 161].map((hcc) => `NONAGED_HCC${hcc} GI ${hcc} DISABL`),
    'NONAGED_PRESSURE_ULCER_V24 GI 158 DISABL',
    'SEPSIS_PRESSURE_ULCER_V24 GI 2 158',
    'SEPSIS_ARTIF_OPENINGS GI 2 188',
    'ART_OPENINGS_PRESS_ULCER_V24 GI 188 158',
    'gCopdCF_ASP_SPEC_B_PNEUM GI 111 114',
    'ASP_SPEC_B_PNEUM_PRES_ULC_V24 GI 114 158',
    'SEPSIS_ASP_SPEC_BACT_PNEUM GI 2 114',
    'SCHIZOPHRENIA_gCopdCF GI 57 111',
    'SCHIZOPHRENIA_CHF GI 57 85',
    'SCHIZOPHRENIA_SEIZURES GI 57 79',
  ],
  'ESRD V21': [
    'SEPSIS_CARD_RESP_FAIL DI 2 84',
    'CANCER_IMMUNE GC 12 47',
    'DIABETES_CHF GC 18 85',
    'CHF_COPD DI 85 111',
    'CHF_RENAL GC 85 137',
    'COPD_CARD_RESP_FAIL GC 111 84',
    ...[6, 34, 46, 54, 55, 110, 176].map((hcc) => `NONAGED_HCC${hcc} DI ${hcc} DISABL`),
    ...[6, 39, 77, 85, 161].map((hcc) => `NONAGED_HCC${hcc} GI ${hcc} DISABL`),
    'NONAGED_PRESSURE_ULCER GI 158 DISABL',
    'SEPSIS_PRESSURE_ULCER GI 2 158',
    'SEPSIS_ARTIF_OPENINGS GI 2 188',
    'ART_OPENINGS_PRESSURE_ULCER GI 188 158',
    'COPD_ASP_SPEC_BACT_PNEUM GI 111 114',
    'ASP_SPEC_BACT_PNEUM_PRES_ULC GI 114 158',
    'SEPSIS_ASP_SPEC_BACT_PNEUM GI 2 114',
    'SCHIZOPHRENIA_COPD GI 57 111',
    'SCHIZOPHRENIA_CHF GI 57 85',
    'SCHIZOPHRENIA_SEIZURES GI 57 79',
  ],
};
const YEAR_OF: Readonly<Record<string, number>> = { V24: 2025, V28: 2026, 'ESRD V24': 2026, 'ESRD V21': 2026 };

/** A code of the year that maps to one category only and that no edit touches. */
const codeOf = (() => {
  const lines = (name: string) =>
    readFileSync(new URL(`../../pipelines/reference-tables/${name}.csv`, import.meta.url), 'utf8')
      .trim()
      .split('\n')
      .slice(2);
  const untouchable = new Set(lines('hcc-edit').flatMap((line) => line.split(',').at(-1)?.split(' ') ?? []));
  const tables = lines('hcc-diagnosis').map((line) => line.split(','));
  return (model: string, hcc: string): string => {
    const version = model.replace('ESRD ', '');
    const valid = tables.filter(([ofVersion, years = '']) => {
      const [from = '', to = from] = years.split('-');
      return ofVersion === version && Number(from) <= (YEAR_OF[model] ?? 0) && (YEAR_OF[model] ?? 0) <= Number(to);
    });
    const codes = valid.filter(([, , category]) => category === hcc).flatMap(([, , , list = '']) => list.split(' '));
    const found = codes.find(
      (code) =>
        !untouchable.has(code) && valid.filter(([, , , list = '']) => list.split(' ').includes(code)).length === 1,
    );
    if (found === undefined) throw new Error(`no code of ${model} HCC ${hcc}`);
    return found;
  };
})();

/** Somebody of the segment: who has all factors of an interaction, and one who lacks each of them. */
function interactionPeople(): {
  readonly people: Person[];
  readonly wanted: Map<string, readonly [string, string, boolean]>;
} {
  const people: Person[] = [];
  const wanted = new Map<string, readonly [string, string, boolean]>();
  for (const [model, interactions] of Object.entries(INTERACTIONS)) {
    for (const text of interactions) {
      const [variable = '', segment = '', ...factors] = text.split(' ');
      for (const lacking of [undefined, ...factors]) {
        const year = YEAR_OF[model] ?? 0;
        const isYoung = factors.includes('DISABL') ? lacking !== 'DISABL' : /^C.D$|N$/.test(segment);
        if (lacking !== undefined && lacking === 'DISABL' && segment === 'DI') continue;
        const id = `I${people.length}`;
        const codes = factors
          .filter((factor) => factor !== lacking && factor !== 'DISABL')
          .map((hcc) => codeOf(model, hcc));
        people.push({
          ...{ id, ...ELDER, birth: isYoung ? '1980-06-15' : ELDER.birth },
          spans: [
            {
              ...FULL,
              entitlement: isYoung ? '1' : '0',
              dual:
                segment.startsWith('CF') || segment.startsWith('GF') ? '02' : segment.startsWith('CP') ? '01' : '00',
              isInstitutional: segment === 'INS' || segment === 'GI',
              ...(model.startsWith('ESRD') &&
                renal(segment === 'DI' ? {} : { esrdStatus: 'graft', transplantMonths: 12 })),
            },
          ],
          claims: codes.length === 0 ? [] : [{ ...VISIT, ...inYear(year, codes.join(' ')) }],
        });
        wanted.set(id, [`${model} ${variable} in ${segment}`, `${model}|${year}|${variable}`, lacking === undefined]);
      }
    }
  }
  return { people, wanted };
}

const personOf = ({ person, span, codes, claims, year }: Case, at: number): Person => ({
  ...{ id: `C${at}`, ...ELDER, ...person },
  spans: [{ ...FULL, ...span }],
  claims: (codes === undefined ? (claims ?? []) : [inYear(year, codes)]).map((claim) => ({ ...VISIT, ...claim })),
});

describe('CMS-HCC', () => {
  let connection: DuckDBConnection;
  const told = new Map<string, Record<string, Json>>();
  const dropped = new Map<string, Map<string, Json>>();
  const parts = new Set<string>();
  const interactions = interactionPeople();
  const people = [...CASES.map(personOf), ...interactions.people, ...randomPeople(1000, 1)];
  const key = (row: Record<string, Json>): string => `${row.person} ${row.model} ${row.year}`;
  beforeAll(async () => {
    connection = await warehouse();
    await setVariables(connection, { data_through: THROUGH, period: '2026' });
    await fill(connection, people);
    await make(connection, 'mart.risk_score', 'mart.hcc_diagnosis');
    const found = await rows(
      connection,
      `with category as (
         select person_id, model, payment_year, array_to_string(list(hcc order by hcc::integer), ' ') as hccs
         from mart.risk_hcc group by all
       ),
       part as (
         select person_id, model, payment_year, array_to_string(list(variable order by variable), ' ') as parts
         from mart.hcc_score_part where kind <> 'category' group by all
       )
       select source.source_person_id as person, score.model, score.payment_year as year, score.segment,
         coalesce(hccs, '') as hccs, parts, raw_score as raw, normalized_score as normalized, payment_score as payment,
         blended_payment_score as blended
       from mart.risk_score as score
       join core.person_source as source using (person_id)
       left join category using (person_id, model, payment_year)
       left join part using (person_id, model, payment_year)`,
    );
    for (const row of found) told.set(key(row), row);
    const codes = await rows(
      connection,
      `select source.source_person_id as person, model, payment_year as year, code, dropped
       from mart.hcc_diagnosis join core.person_source as source using (person_id)`,
    );
    for (const row of codes) {
      const ofPerson = dropped.get(key(row)) ?? new Map<string, Json>();
      dropped.set(key(row), ofPerson.set(String(row.code), row.dropped ?? null));
    }
    for (const row of await rows(
      connection,
      `select source.source_person_id as person, model, payment_year as year, variable
       from mart.hcc_score_part join core.person_source as source using (person_id) where kind = 'interaction'`,
    )) {
      parts.add(`${row.person}|${row.model}|${row.year}|${row.variable}`);
    }
  });
  afterAll(() => connection.closeSync());

  it.each(CASES.map((one, at) => [`${one.model} ${one.year}: ${one.rule}`, one, at] as const))('%s', (_, one, at) => {
    const place = `C${at} ${one.model} ${one.year}`;
    const row = told.get(place);
    if (one.expect === null) {
      expect(row).toBeUndefined();
      return;
    }
    const { dropped: reasons, ...expected } = one.expect;
    expect(row).toMatchObject(expected);
    for (const [code, reason] of Object.entries(reasons ?? {})) {
      expect([code, dropped.get(place)?.get(code)]).toEqual([code, reason]);
    }
  });

  it.each(Object.keys(INTERACTIONS))(
    'adds every interaction of %s when each of its factors holds, and only then',
    (model) => {
      const wrong = [...interactions.wanted].filter(
        ([id, [, variable, holds]]) => variable.startsWith(`${model}|`) && parts.has(`${id}|${variable}`) !== holds,
      );
      expect(wrong).toEqual([]);
    },
  );

  it('has a case for every interaction that has a factor', async () => {
    const found = await rows(
      connection,
      `select distinct interaction.model || ' ' || interaction.variable as name
       from reference.hcc_interaction as interaction
       join reference.hcc_coefficient as coefficient using (model, payment_year, variable)`,
    );
    const cases = Object.entries(INTERACTIONS).flatMap(([model, texts]) =>
      texts.map((text) => `${model} ${text.split(' ')[0]}`),
    );
    expect(found.map(({ name }) => String(name)).filter((name) => !cases.includes(name))).toEqual([]);
  });

  it('says of each model and year whether it is computed, and why not', async () => {
    const found = await rows(
      connection,
      'select model, payment_year, status, reason, caveat from mart.risk_model_year',
    );
    const of = (model: string, year: number) =>
      found.find((row) => row.model === model && Number(row.payment_year) === year);
    expect(of('V24', 2025)).toMatchObject({ status: 'scored', reason: null, caveat: null });
    expect(of('V28', 2025)).toMatchObject({
      status: 'scored',
      caveat: '315 diagnosis codes are left out: their category of 2025 is not known',
    });
    expect(of('V28', 2027)).toMatchObject({ status: 'categories only', reason: 'no relative factors of V28 for 2027' });
    expect(of('V24', 2026)).toMatchObject({ status: 'not computed', reason: 'V24 is not used in 2026' });
    expect(of('ESRD V24', 2025)).toMatchObject({ caveat: 'no normalization factor: raw scores only' });
  });

  it('scores everybody here, and random people, as a second, naive reading of the macros does', async () => {
    const lines = await modelled(connection);
    const [expected, found] = [new Set(read(people)), new Set(lines)];
    expect(lines).toHaveLength(expected.size);
    expect(expected.size).toBeGreaterThan(5000);
    expect([...expected].filter((line) => !found.has(line))).toEqual([]);
    expect([...found].filter((line) => !expected.has(line))).toEqual([]);
  });
});
