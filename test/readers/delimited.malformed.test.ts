import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { SourceFile } from '#contract/run';
import type { RuleId } from '../../pipelines/readers/rules.ts';
import { loadFrom, sourceFolder } from './harness.ts';

/** A small file of one kind: three records whose keys begin with `tag`. */
interface Family {
  readonly name: string;
  readonly delimiter: string;
  readonly header: readonly string[];
  readonly records: (tag: string) => readonly (readonly string[])[];
  /** Columns that hold a key, a date, and dollars. */
  readonly key: string;
  readonly date: string;
  readonly money?: string;
  /** The rule that a date of no calendar breaks, and how a day of 1799 is written. */
  readonly dateRule: RuleId;
  readonly year1799: string;
}

const twelve = (text: string) => Array.from({ length: 12 }, (_, at) => text.replace('#', String(at + 1)));
const three = (record: (at: number) => readonly string[]) => [1, 2, 3].map(record);

const FAMILIES: readonly Family[] = [
  {
    name: 'tuva claims',
    delimiter: ',',
    header:
      'data_source,claim_id,claim_line_number,claim_type,person_id,claim_start_date,claim_end_date,paid_amount,plan'.split(
        ',',
      ),
    records: (tag) =>
      three((at) => ['x', `${tag}-${at}`, '1', 'professional', 'p1', '2024-01-05', '2024-01-05', `${at}0.25`, 'A']),
    ...{ key: 'claim_id', date: 'claim_start_date', money: 'paid_amount', dateRule: 'T01', year1799: '1799-01-01' },
  },
  {
    name: 'synthea transactions',
    delimiter: ',',
    header:
      'ID,CLAIMID,CHARGEID,PATIENTID,TYPE,AMOUNT,METHOD,FROMDATE,TODATE,PLACEOFSERVICE,PROCEDURECODE,UNITS,PAYMENTS,APPOINTMENTID'.split(
        ',',
      ),
    records: (tag) =>
      three((at) => [
        ...[`${tag}-${at}`, `c${tag}`, `${at}`, 'p1', 'PAYMENT', '', 'ECHECK', '2024-01-05T10:00:00Z'],
        ...['2024-01-05T10:30:00Z', 'org', '185347001', '1', `${at}0.25`, 'e1'],
      ]),
    ...{ key: 'ID', date: 'FROMDATE', money: 'PAYMENTS', dateRule: 'T03', year1799: '1799-01-01T10:00:00Z' },
  },
  {
    name: 'synpuf fills',
    delimiter: ',',
    header: 'DESYNPUF_ID,PDE_ID,SRVC_DT,PROD_SRVC_ID,QTY_DSPNSD_NUM,DAYS_SUPLY_NUM,PTNT_PAY_AMT,TOT_RX_CST_AMT'.split(
      ',',
    ),
    records: (tag) => three((at) => ['p1', `${tag}-${at}`, '20100330', '61392018345', '30', '30', '10', `${at}0.25`]),
    ...{ key: 'PDE_ID', date: 'SRVC_DT', money: 'TOT_RX_CST_AMT', dateRule: 'T08', year1799: '17990101' },
  },
  {
    name: 'rif fills',
    delimiter: '|',
    header:
      'DML_IND|PDE_ID|BENE_ID|SRVC_DT|PROD_SRVC_ID|QTY_DSPNSD_NUM|DAYS_SUPLY_NUM|PTNT_PAY_AMT|TOT_RX_CST_AMT|CVRD_D_PLAN_PD_AMT'.split(
        '|',
      ),
    records: (tag) =>
      three((at) => ['INSERT', `${tag}-${at}`, 'p1', '06-Mar-2016', '43353005030', '30', '30', '1', '40', `${at}0.25`]),
    ...{ key: 'PDE_ID', date: 'SRVC_DT', money: 'CVRD_D_PLAN_PD_AMT', dateRule: 'T09', year1799: '01-Jan-1799' },
  },
  {
    name: 'assignment list',
    delimiter: ',',
    header: [
      ...[
        'performance_year',
        'report_period',
        'aco_id',
        'BENE_MBI_ID',
        'BENE_LAST_NAME',
        'BENE_SEX_CD',
        'BENE_BRTH_DT',
      ],
      ...twelve('EnrollFlag#'),
    ],
    records: (tag) => three((at) => ['2025', 'Q3', 'A1', `${tag}-${at}`, 'Ash', '2', '03/05/1945', ...twelve('4')]),
    ...{ key: 'BENE_MBI_ID', date: 'BENE_BRTH_DT', dateRule: 'T10', year1799: '01/01/1799' },
  },
  {
    name: 'program roster',
    delimiter: ',',
    header: ['person_id', 'program', 'start_date', 'end_date', 'reason'],
    records: (tag) => three((at) => ['p1', `${tag}-${at}`, '1/5/2024', '', 'none']),
    ...{ key: 'program', date: 'start_date', dateRule: 'T10', year1799: '1/1/1799' },
  },
];

interface Lines {
  readonly family: Family;
  readonly header: readonly string[];
  readonly records: readonly (readonly string[])[];
}
type Row = readonly string[];
type Malform = (lines: Lines) => Buffer | string;

const joined = ({ family }: Lines, all: readonly Row[], end = '\n'): string =>
  all.map((row) => row.join(family.delimiter) + end).join('');
const whole = (lines: Lines, end?: string): string => joined(lines, [lines.header, ...lines.records], end);
const text = (change: (whole: string) => string | Buffer): Malform => {
  return (lines) => change(whole(lines));
};
const rows = (change: (lines: Lines) => readonly Row[]): Malform => {
  return (lines) => joined(lines, change(lines));
};
const zipped = (change: (packed: Buffer) => Buffer): Malform => {
  return (lines) => change(gzipSync(whole(lines)));
};
/** The file with something else in its second record. */
const second = (change: (record: Row, lines: Lines) => Row): Malform =>
  rows((lines) => [lines.header, ...lines.records.map((record, at) => (at === 1 ? change(record, lines) : record))]);
const put = (column: 'key' | 'date' | 'money', value: (family: Family) => string): Malform =>
  second((record, { family, header }) => record.with(header.indexOf(family[column] ?? ''), value(family)));
const key = (value: string): Malform => put('key', () => value);
const dollars = (value: string): Malform => put('money', () => value);
const turned = (packed: Buffer, at: number, bit: number): Buffer =>
  Buffer.from(packed.map((byte, place) => (place === at ? byte ^ bit : byte)));

/** What becomes of a file of three good records -> how it is malformed. */
const CASES: Readonly<Record<string, Readonly<Record<string, Malform>>>> = {
  '3 loaded': {
    'nothing is wrong': whole,
    'lines end with CRLF': (lines) => whole(lines, '\r\n'),
    'lines end with CR': (lines) => whole(lines, '\r'),
    'lines end in three ways': text((all) => all.replace('\n', '\r\n').replace(/\n$/, '\r')),
    'the last line does not end': text((all) => all.trimEnd()),
    'a byte order mark stands first': text((all) => `\ufeff${all}`),
    'blank lines stand between': text((all) => all.replaceAll('\n', '\n\n')),
    'blank lines stand first': text((all) => `\n\n${all}`),
    'the header stands twice': rows(({ header, records }) => [
      header,
      ...records.slice(0, 2),
      header,
      ...records.slice(2),
    ]),
    'the header is in another case': rows(({ header, records }) => [
      header.map((name) => name.toUpperCase()),
      ...records,
    ]),
    'names are padded': rows(({ header, records }) => [header.map((name) => ` ${name} `), ...records]),
    'columns stand in reverse': rows(({ header, records }) => [header, ...records].map((row) => row.toReversed())),
    'a column is unknown': rows(({ header, records }) => [
      [...header, 'extra'],
      ...records.map((row) => [...row, 'x']),
    ]),
    'a column has no name': rows(({ header, records }) => [[...header, ''], ...records.map((row) => [...row, 'x'])]),
    'every field is quoted': rows(({ header, records }) =>
      [header, ...records].map((row) => row.map((cell) => `"${cell}"`)),
    ),
    'values are padded': rows(({ header, records }) => [
      header,
      ...records.map((row) => row.map((cell) => `  ${cell} `)),
    ]),
    'it is packed': zipped((packed) => packed),
    'it is packed in two members': (lines) =>
      Buffer.concat([gzipSync(joined(lines, [lines.header])), gzipSync(joined(lines, lines.records))]),
    'a field holds a delimiter in quotes': put('key', ({ delimiter }) => `"a${delimiter}b"`),
    'a field holds doubled quotes': key('"a""b"'),
    'a field holds a line end in quotes': key('"a\nb"'),
    'dollars are below nothing': dollars('-12.25'),
  },
  '2 loaded, 1 by R01': {
    'a record has a field too many': second((record) => [...record, 'x']),
    'a record has a field too few': second((record) => record.slice(1)),
    'the last record is cut': text((all) => all.slice(0, -12)),
  },
  '2 loaded, 1 by R02': {
    'a quote stands inside a field': key('a"b'),
    'text follows a quote': key('"a"b'),
    'a quote opens at the end': rows(({ header, records }) => [
      header,
      ...records.slice(0, 2),
      [...(records[2] ?? []).slice(0, -1), '4"'],
    ]),
  },
  '2 loaded, 1 by R03': {
    'a record is Latin-1': (lines) => Buffer.from(String(key('Jos\xe9')(lines)), 'latin1'),
    'a record ends within a character': (lines) =>
      Buffer.concat([Buffer.from(whole(lines).trimEnd()), Buffer.from([0xe2, 0x82, 10])]),
  },
  '2 loaded, 1 by R04': {
    'a record holds a NUL': key('a\0b'),
    'a record holds an escape character': key('a\x1bb'),
  },
  '2 loaded, 1 by R05': { 'a record is 2 MB long': key('x'.repeat(2 << 20)) },
  '2 loaded, 1 by K01': {
    'the key is blank': key(''),
    'the key is made of spaces': key('   '),
    'the key is a placeholder': key('~'),
  },
  '2 loaded, 1 by its date': {
    'the date is in no calendar': put('date', () => '2024-02-30'),
    'the date is a word': put('date', () => 'yesterday'),
  },
  '2 loaded, 1 by T02': { 'the date lies in 1799': put('date', ({ year1799 }) => year1799) },
  '2 loaded, 1 by T04': {
    'dollars hold a comma': put('money', () => '"1,000.00"'),
    'dollars hold a dollar sign': dollars('$12.00'),
    'dollars have three decimals': dollars('1.005'),
    'dollars have an exponent': dollars('1e3'),
    'dollars stand in brackets': dollars('(12.00)'),
    'dollars have thirty digits': dollars('9'.repeat(30)),
  },
  '0 loaded': { 'there is a header only': rows(({ header }) => [header]) },
  unrecognised: {
    'there is nothing': () => '',
    'there are blank lines only': () => '\n\n\n',
    'there is no header': rows(({ records }) => records),
  },
  'refused by F01': {
    'it is packed and cut': zipped((packed) => packed.subarray(0, -12)),
    'the packed checksum is wrong': zipped((packed) => turned(packed, packed.length - 6, 1)),
    'the packed size is wrong': zipped((packed) => turned(packed, packed.length - 1, 1)),
    'text follows the packed end': zipped((packed) => Buffer.concat([packed, Buffer.from('more')])),
  },
  'refused by F02': { 'the text is UTF-16': text((all) => Buffer.from(`\ufeff${all}`, 'utf16le')) },
  'refused by F04': {
    'the key column is missing': rows(({ header, records, family }) =>
      [header, ...records].map((row) => row.toSpliced(header.indexOf(family.key), 1)),
    ),
  },
  'refused by F05': {
    'a column is named twice': rows(({ header, records }) => [header, ...records].map((row) => [...row, row[0] ?? ''])),
  },
  'refused by F06': { 'a quote is not closed': key('"a') },
};

const suits = (name: string, { money }: Family): boolean => money !== undefined || !name.startsWith('dollars');

interface Outcome {
  /** In the words of CASES. */
  readonly became: string;
  readonly file: SourceFile;
}

/** One load of every file of a family, and one of those that are not refused: what they became, and stages left unexplained. */
async function outcomesOf(family: Family): Promise<{ outcomes: Map<string, Outcome>; unexplained: unknown[] }> {
  const content = Object.values(CASES)
    .flatMap((cases) => Object.entries(cases))
    .filter(([name]) => suits(name, family))
    .map(([name, malform], at) => {
      const lines = { family, header: family.header, records: family.records(`k${at}`) };
      return [`${name}.dat`, malform(lines)] as const;
    });
  const folder = sourceFolder(Object.fromEntries(content));
  const { refusals } = await loadFrom([folder]);
  const loaded = await loadFrom([folder], { skip: refusals.map(({ path }) => path) });
  const broken = await loaded.query(
    "select file_id, string_agg(distinct rule_id, ' ') as rules from run.quarantine group by file_id",
  );
  const rules = new Map(broken.map((row) => [Number(row.file_id), String(row.rules)]));
  const outcomes = loaded.files.map((file): [string, Outcome] => {
    const refusal = refusals.find(({ path }) => path === file.path);
    const by = rules.get(file.file_id);
    const counted = `${file.loaded} loaded${by === undefined ? '' : `, ${file.quarantined} by ${by}`}`;
    const became = refusal ? `refused by ${refusal.rule}` : file.kind === 'unrecognised' ? file.kind : counted;
    return [file.path.replace(/^source\/|\.dat$/g, ''), { became, file }];
  });
  const unexplained = await loaded.query(
    'select stage from run.reconciliation group by stage, rows_in, rows_out having rows_in <> rows_out + sum(rows)',
  );
  return { outcomes: new Map(outcomes), unexplained: [...loaded.refusals, ...unexplained] };
}

const cents = (amount: number | null): number => Math.round((amount ?? 0) * 100);

for (const family of FAMILIES) {
  describe(`${family.name}:`, () => {
    let load: ReturnType<typeof outcomesOf> | undefined;
    const found = () => {
      load ??= outcomesOf(family);
      return load;
    };

    for (const [expected, cases] of Object.entries(CASES)) {
      for (const name of Object.keys(cases).filter((words) => suits(words, family))) {
        it(`${name}: ${expected}`, async () => {
          const outcome = (await found()).outcomes.get(name);
          expect(outcome?.became).toBe(expected.replace('its date', family.dateRule));
          if (!outcome || outcome.file.kind === 'unrecognised') return;
          const { file } = outcome;
          const { header_records, blank_records, loaded, quarantined, duplicate, skipped } = file;
          expect(header_records + blank_records + loaded + quarantined + duplicate + skipped).toBe(
            file.physical_records,
          );
          const { amount_loaded, amount_quarantined, amount_duplicate, amount_skipped } = file;
          const parts = [amount_loaded, amount_quarantined, amount_duplicate, amount_skipped].map(cents);
          expect(parts.reduce((sum, part) => sum + part, 0)).toBe(cents(file.amount_raw));
        });
      }
    }

    it('what is not refused goes on, and every stage explains its rows', async () => {
      expect((await found()).unexplained).toEqual([]);
    });
  });
}
