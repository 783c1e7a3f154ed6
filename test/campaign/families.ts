import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import type { SourceFile } from '#contract/run';
import { quoted } from '../../pipelines/engine/sql.ts';
import type { ColumnType, InputTable } from '../../pipelines/input/contract.ts';
import { FILE_TYPES, type FileType, LAYOUTS } from '../../pipelines/readers/cclf/layout.ts';
import { TABLES } from '../../pipelines/readers/cclf/tables.ts';
import { formats } from '../../pipelines/readers/load.ts';
import { identifier } from '../../pipelines/readers/quote.ts';
import type { FixedField } from '../../pipelines/readers/shape.ts';
import { generate } from '../../sample-data/generate.ts';
import { type Part, zipOf } from '../readers/archive.ts';
import { type Counted, countLines, countResources } from './count.ts';
import {
  EXPORT_MUTATIONS,
  type Export,
  exported,
  type Mutation,
  SHEET_MUTATIONS,
  type Sheet,
  written,
} from './mutations.ts';
import { Random } from './random.ts';

/** A file as it is delivered. */
export interface Delivered {
  readonly name: string;
  readonly bytes: Buffer;
}

interface Drafted {
  readonly text: Buffer;
  /** What was done to it. */
  readonly steps: readonly string[];
}

/** One kind of extract that the campaign damages. A reader family joins by an entry in `families`. */
export interface Family {
  readonly id: string;
  /** An extract, valid but for `changes` random ones; its keys hold `mark`, so that no two mutants share one. */
  readonly draft: (mark: string, random: Random, changes: number) => Drafted;
  /** Counts the text again, as a file that was read as this kind; absent where the bytes are no text. */
  readonly count?: (text: Buffer, kind: Pick<SourceFile, 'format' | 'kind'>) => Counted | undefined;
  /** The delivered file that holds this text; of a zip file, `random` decides what its headers say. */
  readonly pack: (text: Buffer, random: Random) => Delivered;
  /** The text that anyone can read from the damaged file, undefined where nobody can; absent where nobody can tell. */
  readonly unpack?: (bytes: Buffer, packed: Buffer) => Buffer | undefined;
}

const drafting =
  <Draft>(
    make: (mark: string, random: Random) => Draft,
    mutations: readonly Mutation<Draft>[],
    write: (draft: Draft) => Buffer,
  ): Family['draft'] =>
  (mark, random, changes) => {
    const draft = make(mark, random);
    const chosen = Array.from({ length: changes }, () => random.pick(mutations));
    for (const [, apply] of chosen) apply(draft, random);
    return { text: write(draft), steps: chosen.map(([name]) => name) };
  };

const VALUES: Readonly<Record<ColumnType, (mark: string, row: number) => string>> = {
  text: (mark, row) => `${mark}.${row}`,
  word: () => 'medical',
  system: () => 'icd-10-cm',
  code: (_, row) => `E11.${row % 10}`,
  date: (_, row) => `2024-01-1${row % 10}`,
  'compact date': (_, row) => `2024011${row % 10}`,
  'named date': (_, row) => `1${row % 10}-Jan-2024`,
  'slash date': (_, row) => `01/1${row % 10}/2024`,
  timestamp: (_, row) => `2024-01-1${row % 10} 10:00:00`,
  year: (_, row) => `201${row % 10}`,
  money: (_, row) => `${row}0.25`,
  quantity: (_, row) => `${row}.5`,
  'fine quantity': (_, row) => `${row}.1234`,
  number: (_, row) => `${row}.12345`,
  integer: (_, row) => `${row}`,
  'calendar year': (_, row) => `201${row % 10}`,
  flag: (_, row) => `${row % 2}`,
};

/** What must be delivered, the dollars, and some of the rest. */
function sheetOf(table: InputTable, mark: string, rows: number, random: Random): Sheet {
  const columns = table.columns.filter(
    ({ name, presence }) => presence !== 'optional' || name === table.amount || random.below(20) === 0,
  );
  const records = Array.from({ length: rows }, (_, row) => columns.map(({ type }) => VALUES[type](mark, row)));
  return {
    lines: [columns.map(({ name, deliveredAs }) => deliveredAs[0] ?? name), ...records],
    ...{ delimiter: ',', lineEnd: '\n', lastLineEnds: true, quoted: false, encoding: 'utf8', byteOrderMark: false },
  };
}

function gunzipped(bytes: Buffer): Buffer | undefined {
  try {
    return gunzipSync(bytes);
  } catch {
    return undefined;
  }
}

const NOTES: Part = { name: 'notes.txt', content: 'nothing of note' };
const LIES = ['flags', 'method', 'checksum', 'packed', 'size'] as const;

/** A zip file with the text and some notes in it; every fourth says something of the text that is not so. */
function zipped(name: string, text: Buffer, random: Random): Buffer {
  const honest: Part = { name, content: text, method: random.pick([0, 8]), streamed: random.below(3) === 0 };
  const lie = { [random.pick(LIES)]: random.pick([0, 1, 8, 9, 99, 0xffff]) };
  const liar = random.pick<Part>([
    { ...honest, header: lie },
    { ...honest, directory: lie },
    { ...honest, header: lie, directory: lie },
  ]);
  const part = random.below(4) === 0 ? liar : honest;
  return zipOf(random.pick<readonly Part[]>([[part], [part, NOTES], [NOTES, part]]));
}

async function parquetOf({ lines: [header = [], ...rows] }: Sheet): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-parquet-'));
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    const records = rows.map((cells) => `(${cells.map(quoted).join(', ')})`);
    const file = join(folder, 'file.parquet');
    await connection.run(
      `copy (select * from (values ${records.join(', ')}) as record(${header.map(identifier).join(', ')}))
       to ${quoted(file)} (format parquet)`,
    );
    return readFileSync(file);
  } finally {
    connection.closeSync();
    instance.closeSync();
    rmSync(folder, { recursive: true });
  }
}

async function parquet(table: InputTable): Promise<Family> {
  const text = await parquetOf(sheetOf(table, 'parquet', 6, new Random(1)));
  return {
    id: `${table.name} in Parquet`,
    draft: () => ({ text, steps: [] }),
    pack: (bytes) => ({ name: `${table.name}.parquet`, bytes }),
  };
}

/** What a field of the Claim and Claim Line Feed may hold, by what its name says. */
function fieldOf({ name, length }: FixedField, mark: string, row: number): string {
  const id = mark.replace(/\D/g, '') + String(row).padStart(2, '0');
  if (name === 'CUR_CLM_UNIQ_ID') return id.padStart(length, '0');
  if (/_DT$|_DOB$/.test(name)) return `2024-01-1${row % 10}`;
  if (/_AMT$/.test(name)) return `${row}0.25`.padStart(length);
  if (/_QTY$/.test(name)) return '1.0000'.padStart(length);
  if (/_MBI_ID$|^CRNT_NUM$|^PRVS_NUM$/.test(name)) return '1AA0AA0AA01'.padEnd(length);
  if (/_LINE_NUM$|_SQNC_NUM$/.test(name)) return String(row + 1).padStart(length, '0');
  return (name === 'HICN_MBI_XREF_IND' ? 'M' : '1').padEnd(length);
}

function fixedSheet(type: FileType, mark: string, random: Random): Sheet {
  const { fields, lengths } = LAYOUTS[type];
  const width = lengths[random.below(lengths.length)] ?? 0;
  const within = fields.filter(({ start }) => start <= width);
  const rows = 1 + random.below(24);
  return {
    lines: Array.from({ length: rows }, (_, row) => within.map((field) => fieldOf(field, mark, row))),
    ...{ delimiter: '', lineEnd: '\n', lastLineEnds: true, quoted: false, encoding: 'utf8', byteOrderMark: false },
  };
}

/** What is delivered as text, in gzip and in a zip file. */
function packed(
  what: string,
  family: Pick<Family, 'draft' | 'count'>,
  nameOf: (random: Random) => string,
): readonly [text: Family, gzip: Family, zip: Family] {
  return [
    {
      ...{ id: `${what} as text`, ...family },
      pack: (bytes, random) => ({ name: nameOf(random), bytes }),
      unpack: (bytes) => bytes,
    },
    {
      ...{ id: `${what} in gzip`, ...family },
      pack: (bytes, random) => ({ name: `${nameOf(random)}.gz`, bytes: gzipSync(bytes) }),
      unpack: gunzipped,
    },
    {
      ...{ id: `${what} in zip`, ...family },
      pack: (bytes, random) => ({ name: 'delivery.zip', bytes: zipped(nameOf(random), bytes, random) }),
      unpack: (_, text) => text,
    },
  ];
}

/** Its records are counted as lines, its cents where it was read as the table that it is. */
const counting =
  (table: InputTable): NonNullable<Family['count']> =>
  (text, { kind }) => {
    const counted = countLines(text, table);
    return counted && { ...counted, cents: kind === table.name ? counted.cents : undefined };
  };

/** One file of the Claim and Claim Line Feed, as text and in a zip file. Its ACO is its own, so is its delivery. */
function claimLineFeed(type: FileType): Family[] {
  const nameOf = (random: Random) =>
    `P.A${String(random.below(10_000)).padStart(4, '0')}.ACO.ZC${type}Y24.D24011${random.below(10)}.T1200000`;
  const make = (mark: string, random: Random) => fixedSheet(type, mark, random);
  const family = { draft: drafting(make, SHEET_MUTATIONS, written), count: counting(TABLES[type]) };
  const [text, , zip] = packed(`CCLF${type}`, family, nameOf);
  return [text, zip];
}

/** A table whose file names its columns. */
function headed(table: InputTable): readonly Family[] {
  const make = (mark: string, random: Random) => sheetOf(table, mark, random.below(25), random);
  const family = { draft: drafting(make, SHEET_MUTATIONS, written), count: counting(table) };
  return packed(table.name, family, (random) => `${random.below(4) === 0 ? 'extract' : table.name}.csv`);
}

/** The resources of a few made-up people, as JSON texts, by type. */
async function resources(): Promise<string[][]> {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-resources-'));
  try {
    await generate({ members: 2, years: 1, formats: ['fhir'], out: folder });
    const files = readdirSync(join(folder, 'fhir')).filter((name) => name.endsWith('.ndjson'));
    return files.map((name) =>
      readFileSync(join(folder, 'fhir', name), 'utf8')
        .trimEnd()
        .split('\n'),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Resources of all types, claims among them, each with an id of its own. */
function exportOf(byType: readonly string[][], layout: Export['layout'], mark: string, random: Random): Export {
  const claims = byType.filter(([first = '']) => first.includes('"ExplanationOfBenefit"'));
  const records = Array.from({ length: 1 + random.below(12) }, (_, at) =>
    random.pick(random.pick(random.below(3) === 0 ? claims : byType)).replace(/"id":"[^"]*"/, `"id":"${mark}.${at}"`),
  );
  return { records, layout, lineEnd: '\n', lastLineEnds: true, encoding: 'utf8', byteOrderMark: false };
}

async function exports(): Promise<Family[]> {
  const byType = await resources();
  const layouts = ['lines', 'lines', 'bundle', 'array', 'resource'] as const;
  return layouts.flatMap((layout) => {
    const make = (mark: string, random: Random) => exportOf(byType, layout, mark, random);
    const count: NonNullable<Family['count']> = (text, { format }) =>
      format === 'fhir' ? countResources(text) : undefined;
    const nameOf = () => (layout === 'lines' ? 'export.000.ndjson' : `${layout}.json`);
    return packed(`FHIR ${layout}`, { draft: drafting(make, EXPORT_MUTATIONS, exported), count }, nameOf);
  });
}

/** The families of each reader, those with money more often. */
export async function families(): Promise<readonly (readonly Family[])[]> {
  const readers = formats.filter(({ claim }) => !claim).map(({ tables }) => tables);
  const carryMoney = ({ amount }: InputTable) => amount !== undefined;
  const texts = readers.map((tables) => [...tables, ...tables.filter(carryMoney)].flatMap(headed));
  const columnar = await Promise.all(readers.flat().filter(carryMoney).map(parquet));
  return [...texts, columnar, FILE_TYPES.flatMap(claimLineFeed), await exports()];
}
