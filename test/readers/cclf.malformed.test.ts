import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { SourceFile } from '#contract/run';
import { FILE_TYPES, type FileType, LAYOUTS } from '../../pipelines/readers/cclf/layout.ts';
import { TABLES } from '../../pipelines/readers/cclf/tables.ts';
import * as cclf from './cclf-files.ts';
import { loadFiles } from './harness.ts';

interface Case {
  readonly words: string;
  readonly type: FileType;
  readonly content: string | Buffer;
  /** Records, bad ones and blank ones included. */
  readonly physical: number;
  /** Rules of the records that are quarantined, in order. */
  readonly quarantined: readonly string[];
  /** Rule that refuses the file. */
  readonly refused?: string;
  /** What the amounts of its good records add up to by another reading of the text, in cents. */
  readonly cents?: bigint;
}

const EXTRA = { BENE_MBI_ID: '1AA0AA0AA01', CLM_TYPE_CD: '60', CLM_ACTV_CARE_FROM_DT: '2023-05-01' };
const MAKE: Readonly<Record<FileType, (values: cclf.Values) => cclf.Values>> = {
  ...{ 1: cclf.header, 2: cclf.revenue, 3: cclf.procedure, 4: cclf.diagnosis, 5: cclf.physician },
  ...{ 6: cclf.equipment, 7: cclf.fill },
  8: (values) => cclf.beneficiary({ GEO_ZIP4_CD: '', ...values }),
  9: (values) => cclf.change('1AA0AA0AA01', '2BB0BB0BB02', values),
  A: (values) => ({ ...EXTRA, ...values }),
  B: (values) => ({ BENE_MBI_ID: '1AA0AA0AA01', CLM_LINE_NUM: '0000000001', CLM_TYPE_CD: '71', ...values }),
};
const USED = FILE_TYPES.filter((type) => type !== 'B');
const AMOUNT: Partial<Record<FileType, string>> = {
  ...{ 1: 'CLM_PMT_AMT', 2: 'CLM_LINE_CVRD_PD_AMT', 5: 'CLM_LINE_CVRD_PD_AMT', 6: 'CLM_LINE_CVRD_PD_AMT' },
  7: 'CLM_LINE_BENE_PMT_AMT',
};

/** What makes a record of this kind another record: no two cases share a key. */
function key(type: FileType, number: number): cclf.Values {
  if (type === '8') return { BENE_MBI_ID: `1AA0AA${String(number).padStart(5, '0')}` };
  if (type === '9') return { PRVS_NUM: `1AA0AA${String(number).padStart(5, '0')}` };
  return { CUR_CLM_UNIQ_ID: String(number).padStart(13, '0') };
}

let made = 0;
const lineOf = (type: FileType, values: cclf.Values = {}): string => {
  made += 1;
  return cclf.record(type, { ...MAKE[type](key(type, made)), ...values });
};

/** The text in the place of a field, which may be anything that fits. */
function put(type: FileType, record: string, field: string, text: string): string {
  const found = LAYOUTS[type].fields.find(({ name }) => name === field);
  if (!found) throw new Error(`CCLF${type} has no field ${field}`);
  return record.slice(0, found.start - 1) + text.padEnd(found.length) + record.slice(found.start - 1 + found.length);
}

/** Cents of plain amounts, by BigInt and by position alone. */
function centsIn(type: FileType, records: readonly string[]): bigint | undefined {
  const field = LAYOUTS[type].fields.find(({ name }) => name === AMOUNT[type]);
  if (!field) return undefined;
  return records.reduce((sum, record) => {
    const text = record.slice(field.start - 1, field.start - 1 + field.length).trim();
    const [, sign = '', whole = '', cents = ''] = /^([+-]?)(\d+)(?:\.(\d{0,2}))?0*$/.exec(text) ?? [];
    if (whole === '') return sum;
    const value = BigInt(whole) * 100n + BigInt(cents.padEnd(2, '0') || '0');
    return sign === '-' ? sum - value : sum + value;
  }, 0n);
}

/** One record spoilt between two good ones. */
function spoilt(type: FileType, words: string, rule: string | undefined, spoil: (record: string) => string): Case {
  const [before, after] = [lineOf(type), lineOf(type)];
  const bad = spoil(lineOf(type));
  const counted = rule?.startsWith('R') ? [before, after] : [before, bad, after];
  const cents = centsIn(type, counted);
  return {
    ...{ words: `CCLF${type}: ${words}`, type, content: `${before}\n${bad}\n${after}\n`, physical: 3 },
    ...{ quarantined: rule === undefined ? [] : [rule], ...(cents !== undefined && { cents }) },
  };
}

const SHAPES: readonly (readonly [string, string | undefined, (record: string) => string])[] = [
  ['a record that lacks its last character', 'R06', (record) => record.slice(0, -1)],
  ['a record that lacks its first character', 'R06', (record) => record.slice(1)],
  ['a record of one character too many', 'R06', (record) => `${record}X`],
  ['a record cut in the middle', 'R06', (record) => record.slice(0, record.length / 2)],
  ['a record of one character', 'R06', () => 'X'],
  ['two records on one line', 'R06', (record) => record + record],
  ['a control character', 'R04', (record) => `\x00${record.slice(1)}`],
  ['a letter that is not ASCII', 'R07', (record) => `${record.slice(0, -1)}é`.replace(/^./, '')],
  ['nothing but blanks', 'K01', (record) => ' '.repeat(record.length)],
];

const BAD_DAYS: readonly (readonly [string, string])[] = [
  ['2023-02-30', 'T01'],
  ['2023-13-01', 'T01'],
  ['05/01/2023', 'T01'],
  ['20230501', 'T01'],
  ['0023-05-01', 'T02'],
];
const A_DAY: Partial<Record<FileType, string>> = {
  ...{ 1: 'CLM_FROM_DT', 2: 'CLM_LINE_FROM_DT', 3: 'CLM_PRCDR_PRFRM_DT', 5: 'CLM_FROM_DT', 6: 'CLM_THRU_DT' },
  ...{ 7: 'CLM_LINE_FROM_DT', 8: 'BENE_DOB', 9: 'PRVS_ID_EFCTV_DT', A: 'CLM_ACTV_CARE_FROM_DT' },
};

const BAD_AMOUNTS: readonly (readonly [string, string])[] = [
  ['12.345', 'T04'],
  ['1e3', 'T04'],
  ['$5.00', 'T04'],
  ['(5.00)', 'T04'],
  ['1,000.00', 'T04'],
  ['NaN', 'T04'],
  ['12.34-', 'T04'],
  ['- 12.34', 'T04'],
  ['', 'K01'],
  ['~', 'K01'],
];

const OTHER_FIELDS: readonly (readonly [FileType, string, string, string])[] = [
  ...(['1', '5', '6', '7'] as const).map((type) => [type, 'CLM_ADJSMT_TYPE_CD', 'X', 'T06'] as const),
  ...(['1', '5', '6', '7'] as const).map((type) => [type, 'CLM_ADJSMT_TYPE_CD', '', 'K01'] as const),
  ...(['1', '5', '6', '7', '8'] as const).map((type) => [type, 'BENE_MBI_ID', '', 'K01'] as const),
  ...(['1', '2', '3', '4', '5', '6', '7', 'A'] as const).map((type) => [type, 'CUR_CLM_UNIQ_ID', '', 'K01'] as const),
  ...(['2', '5', '6'] as const).map((type) => [type, 'CLM_LINE_NUM', 'ONE', 'T06'] as const),
  ...(['2', '5', '6'] as const).map((type) => [type, 'CLM_LINE_NUM', '1.5', 'T06'] as const),
  ...(['3', '4'] as const).map((type) => [type, 'CLM_VAL_SQNC_NUM', 'X1', 'T06'] as const),
  ...(['2', '5', '7'] as const).map((type) => [type, 'CLM_LINE_SRVC_UNIT_QTY', '1.23456', 'T12'] as const),
  ...(['2', '5', '7'] as const).map((type) => [type, 'CLM_LINE_SRVC_UNIT_QTY', 'many', 'T12'] as const),
  ['7', 'CLM_LINE_DAYS_SUPLY_QTY', '3O', 'T06'],
  ['9', 'CRNT_NUM', '', 'K01'],
  ['9', 'PRVS_NUM', '', 'K01'],
];

/** Texts that are well, however they look. */
function harmless(type: FileType): Case[] {
  const two = () => [lineOf(type), lineOf(type)] as const;
  const of = (words: string, join: (a: string, b: string) => string | Buffer, physical = 2): Case => {
    const [a, b] = two();
    const cents = centsIn(type, [a, b]);
    const content = join(a, b);
    return {
      words: `CCLF${type}: ${words}`,
      type,
      content,
      physical,
      quarantined: [],
      ...(cents !== undefined && { cents }),
    };
  };
  return [
    of('no line end after the last record', (a, b) => `${a}\n${b}`),
    of('line ends of Windows', (a, b) => `${a}\r\n${b}\r\n`),
    of('line ends of two kinds', (a, b) => `${a}\r\n${b}\n`),
    of('empty lines before, between and after', (a, b) => `\n${a}\n\n${b}\n\n`, 5),
    of('a byte order mark', (a, b) => `\ufeff${a}\n${b}\n`),
    of('gzip', (a, b) => gzipSync(`${a}\n${b}\n`)),
  ];
}

const refusals = (): Case[] => [
  ...USED.flatMap((type): Case[] => {
    const whole = Array.from({ length: 20 }, () => `${lineOf(type)}\n`).join('');
    const none = { type, physical: 0, quarantined: [] };
    return [
      {
        ...{ words: `CCLF${type}: records of a length that was never published`, ...none, refused: 'C02' },
        content: whole.replaceAll('\n', `${' '.repeat(3)}\n`),
      },
      { words: `CCLF${type}: gzip cut short`, ...none, content: gzipSync(whole).subarray(0, -9), refused: 'F01' },
      { words: `CCLF${type}: UTF-16`, ...none, content: Buffer.from(`\ufeff${whole}`, 'utf16le'), refused: 'F02' },
    ];
  }),
];

const cases: readonly Case[] = [
  ...USED.flatMap((type) => SHAPES.map(([words, rule, spoil]) => spoilt(type, words, rule, spoil))),
  ...USED.flatMap((type) => {
    const day = A_DAY[type];
    const bad = (text: string, rule: string) =>
      spoilt(type, `${day} "${text}"`, rule, (record) => put(type, record, day ?? '', text));
    return day === undefined ? [] : BAD_DAYS.map(([text, rule]) => bad(text, rule));
  }),
  ...USED.flatMap((type) => {
    const amount = AMOUNT[type];
    const bad = (text: string, rule: string) =>
      spoilt(type, `${amount} "${text}"`, rule, (record) => put(type, record, amount ?? '', text));
    return amount === undefined ? [] : BAD_AMOUNTS.map(([text, rule]) => bad(text, rule));
  }),
  ...OTHER_FIELDS.map(([type, field, text, rule]) =>
    spoilt(type, `${field} "${text}"`, rule, (record) => put(type, record, field, text)),
  ),
  ...USED.flatMap(harmless),
  ...refusals(),
];

const folderOf = (at: number): string => `case-${String(at).padStart(3, '0')}`;

interface Found {
  readonly file: SourceFile | undefined;
  readonly rules: readonly string[];
  readonly refusal: string | undefined;
}

/** All cases that are to load in one load, all others in another, each in a folder and a delivery of its own. */
async function outcomes(refused: boolean): Promise<Map<string, Found>> {
  const files: Record<string, string | Buffer> = {};
  for (const [at, { type, content, refused: rule }] of cases.entries()) {
    if ((rule !== undefined) === refused) files[`${folderOf(at)}/${cclf.named(type)}`] = content;
  }
  const loaded = await loadFiles(files);
  const broken = await loaded.query('select file_id, rule_id from run.quarantine order by file_id, line_number');
  return new Map(
    loaded.files.map((file) => [
      file.path.split('/')[1] ?? '',
      {
        file,
        rules: broken.flatMap(({ file_id, rule_id }) => (Number(file_id) === file.file_id ? [String(rule_id)] : [])),
        refusal: loaded.refusals.find(({ path }) => path === file.path)?.rule,
      },
    ]),
  );
}

const cents = (dollars: number | null | undefined): bigint => BigInt(Math.round((dollars ?? 0) * 100));

describe('malformed CCLF', () => {
  const loads = new Map<boolean, Promise<Map<string, Found>>>();
  const load = (refused: boolean) => {
    const loading = loads.get(refused) ?? outcomes(refused);
    loads.set(refused, loading);
    return loading;
  };

  it('comes in at least 150 ways', () => {
    expect(cases.length).toBeGreaterThanOrEqual(150);
    expect(new Set(cases.map(({ words }) => words)).size).toBe(cases.length);
  });

  it.each(cases.map((one, at) => ({ ...one, at })))(
    '$words',
    async ({ at, type, physical, quarantined, refused, cents: known }) => {
      const found = (await load(refused !== undefined)).get(folderOf(at));
      expect(found?.refusal).toBe(refused);
      expect(found?.file?.kind).toBe(TABLES[type].name);
      if (refused !== undefined) return;
      const { file } = found ?? {};
      expect(file?.physical_records).toBe(physical);
      expect(found?.rules).toEqual(quarantined);
      const { header_records = 0, blank_records = 0, loaded = 0, duplicate = 0, skipped = 0 } = file ?? {};
      expect(header_records + blank_records + loaded + quarantined.length + duplicate + skipped).toBe(physical);
      if (known === undefined) return;
      expect(cents(file?.amount_raw)).toBe(known);
      expect(cents(file?.amount_loaded) + cents(file?.amount_quarantined) + cents(file?.amount_duplicate)).toBe(known);
    },
    300_000,
  );
});
