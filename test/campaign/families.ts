import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { quoted } from '../../pipelines/engine/sql.ts';
import type { ColumnType, InputTable } from '../../pipelines/input/contract.ts';
import { FILE_TYPES, type FileType, LAYOUTS } from '../../pipelines/readers/cclf/layout.ts';
import { TABLES } from '../../pipelines/readers/cclf/tables.ts';
import { formats } from '../../pipelines/readers/load.ts';
import { identifier } from '../../pipelines/readers/quote.ts';
import type { FixedField } from '../../pipelines/readers/shape.ts';
import { type Part, zipOf } from '../readers/archive.ts';
import type { Sheet } from './mutations.ts';
import { Random } from './random.ts';

/** A file as it is delivered. */
export interface Delivered {
  readonly name: string;
  readonly bytes: Buffer;
}

/** One kind of extract that the campaign damages. A reader family joins by an entry in `families`. */
export interface Family {
  readonly id: string;
  /** What its records are, for the sums that are made again; undefined where the bytes are no text. */
  readonly table: InputTable | undefined;
  /** A valid extract before it is written; its keys hold `mark`, so that no two mutants share one. */
  readonly sheet: (mark: string, random: Random) => Sheet;
  /** The delivered file that holds this text; of a zip file, `random` decides what its headers say. */
  readonly pack: (text: Buffer, random: Random) => Delivered;
  /** The text that anyone can read from the damaged file, undefined where nobody can; absent where nobody can tell. */
  readonly unpack?: (bytes: Buffer, packed: Buffer) => Buffer | undefined;
}

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
  const sheet = sheetOf(table, 'parquet', 6, new Random(1));
  const bytes = await parquetOf(sheet);
  const pack = () => ({ name: `${table.name}.parquet`, bytes });
  return { id: `${table.name} in Parquet`, table: undefined, sheet: () => sheet, pack };
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

/** One file of the Claim and Claim Line Feed, as text and in a zip file. Its ACO is its own, so is its delivery. */
function claimLineFeed(type: FileType): Family[] {
  const table = TABLES[type];
  const sheet = (mark: string, random: Random) => fixedSheet(type, mark, random);
  const nameOf = (random: Random) =>
    `P.A${String(random.below(10_000)).padStart(4, '0')}.ACO.ZC${type}Y24.D24011${random.below(10)}.T1200000`;
  return [
    {
      ...{ id: `CCLF${type} as text`, table, sheet },
      pack: (bytes, random) => ({ name: nameOf(random), bytes }),
      unpack: (bytes) => bytes,
    },
    {
      ...{ id: `CCLF${type} in zip`, table, sheet },
      pack: (bytes, random) => ({ name: 'delivery.zip', bytes: zipped(nameOf(random), bytes, random) }),
      unpack: (_, packed) => packed,
    },
  ];
}

/** A table whose file names its columns: as text, in gzip and in a zip file. */
function headed(table: InputTable): Family[] {
  const sheet = (mark: string, random: Random) => sheetOf(table, mark, random.below(25), random);
  const nameOf = (random: Random) => `${random.below(4) === 0 ? 'extract' : table.name}.csv`;
  return [
    {
      ...{ id: `${table.name} as text`, table, sheet },
      pack: (bytes, random) => ({ name: nameOf(random), bytes }),
      unpack: (bytes) => bytes,
    },
    {
      ...{ id: `${table.name} in gzip`, table, sheet },
      pack: (bytes, random) => ({ name: `${nameOf(random)}.gz`, bytes: gzipSync(bytes) }),
      unpack: gunzipped,
    },
    {
      ...{ id: `${table.name} in zip`, table, sheet },
      pack: (bytes, random) => ({ name: 'delivery.zip', bytes: zipped(nameOf(random), bytes, random) }),
      unpack: (_, packed) => packed,
    },
  ];
}

/** The families of each reader, those with money more often. */
export async function families(): Promise<readonly (readonly Family[])[]> {
  const readers = formats.filter(({ claim }) => !claim).map(({ tables }) => tables);
  const carryMoney = ({ amount }: InputTable) => amount !== undefined;
  const texts = readers.map((tables) => [...tables, ...tables.filter(carryMoney)].flatMap(headed));
  const columnar = await Promise.all(readers.flat().filter(carryMoney).map(parquet));
  return [...texts, columnar, FILE_TYPES.flatMap(claimLineFeed)];
}
