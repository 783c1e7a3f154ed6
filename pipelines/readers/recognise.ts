import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { constants, gunzipSync } from 'node:zlib';
import type { DuckDBConnection } from '@duckdb/node-api';
import { rows } from '../engine/sql.ts';
import type { Format, Head, SourceTable } from './format.ts';
import { pathText } from './quote.ts';
import { FileRefused } from './rules.ts';
import type { Shape } from './shape.ts';
import type { Found } from './sources.ts';

export type Container = 'text' | 'gzip' | 'parquet';

/** What a file is. Without a table it is none of ours; with a refusal it is ours and cannot be read as it stands. */
export interface Identity {
  readonly container: Container;
  readonly format: Format | undefined;
  readonly table: SourceTable | undefined;
  /** Column names as delivered, trimmed and in lower case, in the order of the file. */
  readonly columns: readonly string[];
  readonly shape: Shape;
  /** Values of columns that the file states by its name. */
  readonly stated: Readonly<Record<string, string>>;
  readonly refusal: FileRefused | undefined;
}

/** What a file is that one of our tables claims. */
export interface Known extends Identity {
  readonly format: Format;
  readonly table: SourceTable;
}

const HEAD_BYTES = 1 << 18;
const GZIP_TRAILER = 8;
const INFLATE_WHAT_IS_THERE = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 1 << 26 };
const DELIMITERS = [',', '|', '\t', ';'];
/** Share of a header's names, and of a table's required columns, that must fit before a file counts as that kind. */
const LIKENESS = 0.6;
const NOTHING_STATED = {};

interface Beginning {
  readonly container: Container;
  readonly bytes: Buffer;
  readonly isWhole: boolean;
}

/** The first bytes of a file's text. Of a broken gzip file, what can be had: the scan will refuse it. */
async function readHead(path: string): Promise<Beginning> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    const bytes = buffer.subarray(0, bytesRead);
    const isWhole = bytesRead < HEAD_BYTES;
    if (bytes.subarray(0, 4).toString('latin1') === 'PAR1') return { container: 'parquet', bytes, isWhole };
    if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
      const text = inflated(bytes);
      return { container: 'gzip', bytes: text.subarray(0, HEAD_BYTES), isWhole: isWhole && text.length < HEAD_BYTES };
    }
    return { container: 'text', bytes, isWhole };
  } finally {
    await file.close();
  }
}

/** What the first bytes of a gzip file hold, without its checksum: the scan judges that. Of damage, what lies before it. */
function inflated(bytes: Buffer): Buffer {
  for (let length = bytes.length - GZIP_TRAILER; length > 0; length >>= 1) {
    try {
      return gunzipSync(bytes.subarray(0, length), INFLATE_WHAT_IS_THERE);
    } catch {}
  }
  return Buffer.alloc(0);
}

const cellsOf = (line: string, delimiter: string): string[] =>
  line.split(delimiter).map((cell) =>
    cell
      .trim()
      .replace(/^"(.*)"$/, '$1')
      .trim()
      .toLowerCase(),
  );

/** The cells of the first line that is not blank, split by the delimiter that occurs most in it. */
function firstRecord(text: string): { cells: string[]; delimiter: string } {
  const line = text.split(/\r\n|\n|\r/).find((candidate) => candidate !== '') ?? '';
  const delimiter = DELIMITERS.reduce((best, next) =>
    line.split(next).length > line.split(best).length ? next : best,
  );
  return { cells: cellsOf(line, delimiter), delimiter };
}

interface Fit {
  readonly format: Format;
  readonly table: SourceTable;
  readonly missing: readonly string[];
  readonly known: number;
  readonly unknown: number;
  /** Declared columns that the header lacks. */
  readonly absent: number;
}

function fitOf(
  format: Format,
  table: SourceTable,
  header: ReadonlySet<string>,
  stated: Readonly<Record<string, string>>,
): Fit {
  const delivered = (column: SourceTable['columns'][number]) =>
    column.deliveredAs.some((name) => header.has(name.toLowerCase()) || name.toLowerCase() in stated);
  const names = new Set([
    ...table.columns.flatMap(({ deliveredAs }) => deliveredAs.map((name) => name.toLowerCase())),
    ...table.unread.map((name) => name.toLowerCase()),
  ]);
  const known = [...header].filter((name) => names.has(name)).length;
  return {
    format,
    table,
    known,
    unknown: header.size - known,
    absent: table.columns.filter((column) => !delivered(column)).length,
    missing: table.columns
      .filter((column) => column.presence !== 'optional' && !delivered(column))
      .map(({ deliveredAs }) => deliveredAs[0] ?? ''),
  };
}

const required = ({ columns }: SourceTable): number => columns.filter(({ presence }) => presence !== 'optional').length;

/** What a file's name says, for two uses only: to break a tie between equal headers, and to miss a missing header. */
function namedFor(name: string, table: SourceTable): boolean {
  const stem = basename(name)
    .toLowerCase()
    .replace(/\.(csv|tsv|txt|psv|gz|parquet)\b/g, '')
    .replace(/[^a-z]+/g, '_')
    .replace(/^_|_?(seed)?_?$/g, '');
  const singular = table.name.replace(/s$/, '');
  if (singular.includes('_')) return new RegExp(`(^|_)${singular}s?($|_)`).test(stem);
  return stem === singular || stem === `${singular}s`;
}

export const looksLikeData = (name: string): boolean => /\.(csv|tsv|psv|txt)(\.gz)?$|\.parquet$/i.test(name);

/**
 * Which table of which format a header belongs to: names decide, in any order and case. A refusal comes with the table
 * that it is closest to.
 */
function claim(
  name: string,
  cells: readonly string[],
  formats: readonly Format[],
): Pick<Identity, 'format' | 'table' | 'refusal'> {
  const header = new Set(cells.filter((name) => name !== ''));
  const fits = formats
    .filter(({ claim }) => !claim)
    .flatMap((format) => {
      const stated = format.stated?.(name) ?? NOTHING_STATED;
      return format.tables.map((table) => fitOf(format, table, header, stated));
    });
  const refused = ({ format, table }: Pick<Fit, 'format' | 'table'>, refusal: FileRefused) => ({
    format,
    table,
    refusal,
  });

  const whole = fits.filter(({ missing, known }) => missing.length === 0 && known >= header.size / 2);
  const [some] = whole;
  if (some) {
    const fewest = Math.min(...whole.map(({ unknown }) => unknown));
    const best = whole.filter(({ unknown }) => unknown === fewest);
    const only = (found: Fit[]) => (found.length === 1 ? found[0] : undefined);
    const chosen =
      only(best) ??
      only(best.filter(({ table }) => namedFor(name, table))) ??
      only(best.filter(({ absent }) => absent === 0));
    if (!chosen) {
      const kinds = best.map(({ table }) => table.name).join(' or ');
      return refused(some, new FileRefused('F11', 1, `the header fits ${kinds}: name the file after its kind`));
    }
    const twice = cells.find((name, at) => name !== '' && cells.indexOf(name) !== at);
    if (twice) return refused(chosen, new FileRefused('F05', 1, `column "${twice}" is named twice`));
    return { format: chosen.format, table: chosen.table, refusal: undefined };
  }

  const [near] = fits
    .filter(({ known, missing, table }) => {
      const share = 1 - missing.length / required(table);
      return known >= Math.min(3, required(table) - 1) && known >= LIKENESS * header.size && share >= LIKENESS;
    })
    .sort((a, b) => b.known - a.known || a.missing.length - b.missing.length || a.absent - b.absent);
  if (near) {
    const columns = near.missing.map((name) => `"${name}"`).join(', ');
    const { naming } = near.table;
    const isNamed = Object.keys(near.format.stated?.(name) ?? NOTHING_STATED).length > 0;
    const hint = naming && !isNamed ? `, and its name is not like ${naming}` : '';
    return refused(near, new FileRefused('F04', 1, `no column ${columns} in a file of kind ${near.table.name}${hint}`));
  }

  const [named] = looksLikeData(name) ? fits.filter(({ table }) => namedFor(name, table)) : [];
  if (named) {
    const wanted = named.table.columns[1]?.deliveredAs[0];
    const message = `the first record names no columns of ${named.table.name} (such as "${wanted}"): the header is missing`;
    return refused(named, new FileRefused('F03', 1, message));
  }
  return { format: undefined, table: undefined, refusal: undefined };
}

/**
 * Recognises a file: a format claims it by its shape, or the names of its columns decide. Its own name only breaks ties
 * and betrays a missing header.
 */
export async function identify(
  connection: DuckDBConnection,
  { path, name }: Pick<Found, 'path' | 'name'>,
  formats: readonly Format[],
): Promise<Identity> {
  const { container, bytes, isWhole } = await readHead(path);
  if (container === 'parquet') return identifyParquet(connection, path, name, formats);
  const wide =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : undefined;
  const text = new TextDecoder(wide).decode(bytes);
  const claimed = byShape({ name, text, isWhole }, formats) ?? byHeader(name, text, formats);
  const stated = claimed.format?.stated?.(name) ?? NOTHING_STATED;
  const identity = { container, stated, ...claimed };
  if (!claimed.table || !wide) return identity;
  return { ...identity, refusal: new FileRefused('F02', 1, `the text is ${wide.toUpperCase()}: deliver it as UTF-8`) };
}

type Claimed = Pick<Identity, 'format' | 'table' | 'columns' | 'shape' | 'refusal'>;

function byShape(head: Head, formats: readonly Format[]): Claimed | undefined {
  for (const format of formats) {
    const claimed = format.claim?.(head);
    if (claimed) return { format, refusal: undefined, ...claimed };
  }
  return undefined;
}

function byHeader(name: string, text: string, formats: readonly Format[]): Claimed {
  const { cells, delimiter } = firstRecord(text);
  return { columns: cells, shape: { kind: 'delimited', delimiter }, ...claim(name, cells, formats) };
}

async function identifyParquet(
  connection: DuckDBConnection,
  path: string,
  name: string,
  formats: readonly Format[],
): Promise<Identity> {
  let columns: string[] = [];
  let broken: unknown;
  try {
    const found = await rows(connection, `describe select * from read_parquet(${pathText(path)})`);
    columns = found.map(({ column_name }) => String(column_name).trim().toLowerCase());
  } catch (cause) {
    broken = cause;
  }
  const claimed = claim(name, columns, formats);
  const stated = claimed.format?.stated?.(name) ?? NOTHING_STATED;
  const identity = { container: 'parquet', columns, shape: { kind: 'columns' }, stated, ...claimed } as const;
  if (!broken || !claimed.table) return identity;
  return { ...identity, refusal: new FileRefused('F08', null, 'the Parquet file cannot be opened', { cause: broken }) };
}
