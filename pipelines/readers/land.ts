import { createHash, randomUUID } from 'node:crypto';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { count, quoted, rows } from '../engine/sql.ts';
import type { DollarsAt } from './dollars.ts';
import type { Lanes } from './lanes.ts';
import { identifier, pathText } from './quote.ts';
import type { Identity } from './recognise.ts';
import { FileRefused } from './rules.ts';
import { fingerprint, type Scan, type ScanRequest, scan } from './scan.ts';
import { type FixedField, RECORD } from './shape.ts';

/** Raised whenever the same bytes in the same shape would land differently. */
const LANDING_VERSION = 3;
const MAX_LINE_BYTES = 4 << 20;
/** Records of undivided text are long: a group of the usual size would not fit in memory. */
const SMALL_GROUPS = ', row_group_size 2048';
/** A control character: records that hold one are refused. */
const NEVER_IN_A_RECORD = '\x01';

/** A file whose every field lies in a Parquet file as text, in the order of its records. */
export interface Landed {
  readonly path: string;
  /** Columns, named as delivered in lower case, that hold more than blanks in any record. */
  readonly filled: ReadonlySet<string>;
}

/** Names for the landed columns: a column without a name is called by its place. */
export const landedNames = ({ columns }: Identity): string[] =>
  columns.map((name, at) => (name === '' ? `column_${at + 1}` : name));

/** What else than its bytes decides how a file lands: another layout of the same bytes is another landed file. */
const fingerprintOf = ({ shape, columns }: Identity): string =>
  createHash('sha256')
    .update(JSON.stringify([LANDING_VERSION, shape, columns]))
    .digest('hex')
    .slice(0, 8);

/** Where the records of a text carry the dollars of its table; undefined unless in one place. */
function dollarsAt({ shape, columns, table }: Identity): DollarsAt | undefined {
  const amount = table?.columns.find(({ name }) => name === table.amount);
  const names = new Set(amount?.deliveredAs.map((name) => name.toLowerCase()));
  const [place, another] = columns.flatMap((name, at) => (names.has(name) ? [at] : []));
  if (place === undefined || another !== undefined) return undefined;
  if (shape.kind === 'delimited') return { field: place + 1 };
  const field = shape.kind === 'fixed' ? shape.fields[place] : undefined;
  return field && { from: field.start - 1, to: field.start - 1 + field.length };
}

const recordsIn = (connection: DuckDBConnection, path: string): Promise<number> =>
  count(connection, `select num_rows from parquet_file_metadata(${pathText(path)})`);

/** Counts the records of a recognised file without the parser. Throws FileRefused. */
export async function survey(lanes: Lanes, path: string, identity: Identity): Promise<Scan> {
  const { container, shape, columns } = identity;
  if (shape.kind !== 'columns') {
    return scan({ path, shape, gzip: container === 'gzip', fields: columns.length, dollarsAt: dollarsAt(identity) });
  }
  try {
    const records = await lanes.run((connection) => recordsIn(connection, path));
    return {
      ...(await fingerprint(path)),
      ...{ physical: records, header: 0, blank: 0, bad: [], records, lines: records > 0 ? [0, 1] : [] },
      ...{ dollars: null, crlf: false, untidy: false },
    };
  } catch (cause) {
    throw unreadable(cause);
  }
}

/**
 * Lands a surveyed file as text in `<landing>/<sha256>-<shape>.parquet`. The landing folder is a cache by content: a
 * file that lies there whole is not parsed again. `scratch` is a path for a clean copy of the text, written and removed
 * when the parser cannot read the file as delivered. Throws FileRefused when the parser finds another number of records
 * than the survey.
 */
export async function land(
  connection: DuckDBConnection,
  path: string,
  identity: Identity,
  surveyed: Scan,
  landing: string,
  scratch: string,
): Promise<Landed> {
  const target = join(landing, `${surveyed.sha256}-${fingerprintOf(identity)}.parquet`);
  if (!existsSync(target) || (await recordsIn(connection, target)) !== surveyed.records) {
    const { shape } = identity;
    if (shape.kind === 'columns') await convert(connection, path, identity, target);
    else await parseText(connection, path, identity, shape, surveyed, target, scratch);
    const parsed = await recordsIn(connection, target);
    if (parsed !== surveyed.records) {
      rmSync(target);
      throw new FileRefused('F07', null, `the counter found ${surveyed.records} records, the parser ${parsed}`);
    }
  }
  return { path: target, filled: await filledColumns(connection, target) };
}

type TextShape = ScanRequest['shape'];

async function parseText(
  connection: DuckDBConnection,
  path: string,
  { container, columns, ...identity }: Identity,
  shape: TextShape,
  { untidy, crlf }: Scan,
  target: string,
  scratch: string,
): Promise<void> {
  const names = landedNames({ ...identity, container, columns });
  if (!untidy && container === 'text') {
    return parse(connection, path, names, shape, { header: shape.kind === 'delimited', crlf }, target);
  }
  try {
    await scan({ path, shape, gzip: container === 'gzip', fields: columns.length, copyTo: scratch });
    await parse(connection, scratch, names, shape, { header: false, crlf: false }, target);
  } finally {
    rmSync(scratch, { force: true });
  }
}

/** Every field as text, by an explicit dialect: nothing is guessed and no error is passed over. */
async function parse(
  connection: DuckDBConnection,
  path: string,
  names: readonly string[],
  shape: TextShape,
  { header, crlf }: { readonly header: boolean; readonly crlf: boolean },
  target: string,
): Promise<void> {
  const isDelimited = shape.kind === 'delimited';
  const columns = (isDelimited ? names : [RECORD]).map((name) => `${quoted(name)}: 'VARCHAR'`);
  const [delimiter, quote] = isDelimited ? [shape.delimiter, '"'] : [NEVER_IN_A_RECORD, ''];
  // With an explicit CRLF DuckDB 1.5 finds no record at all; without one it takes both kinds.
  const lineEnd = crlf ? '' : "new_line = '\\n',";
  const csv = `read_csv(${pathText(path)}, auto_detect = false, compression = 'none', header = ${header}, columns = {${columns.join(', ')}},
    delim = ${quoted(delimiter)}, quote = ${quoted(quote)}, escape = ${quoted(quote)}, ${lineEnd}
    strict_mode = true, max_line_size = ${MAX_LINE_BYTES})`;
  try {
    const source = shape.kind === 'fixed' ? await asLines(connection, csv) : csv;
    await write(connection, selected(shape, source), target, isDelimited || shape.kind === 'fixed' ? '' : SMALL_GROUPS);
    if (shape.kind === 'fixed') await connection.run(`drop table ${source}`);
  } catch (cause) {
    throw new FileRefused('F07', null, `the parser stopped: ${firstLine(cause)}`, { cause });
  }
}

/** DuckDB cuts text by bytes, twice as fast, only where it knows that all of it is ASCII: of a table it knows. */
async function asLines(connection: DuckDBConnection, csv: string): Promise<string> {
  await connection.run(`create or replace temp table fixed_line as select * from ${csv}`);
  return 'fixed_line';
}

function selected(shape: TextShape, csv: string): string {
  if (shape.kind === 'fixed') return `select ${shape.fields.map(cut).join(', ')} from ${csv}`;
  if (shape.kind === 'delimited' || !shape.json) return `select * from ${csv}`;
  const { structure, fields } = shape.json;
  const values = Object.entries(fields).map(([name, sql]) => `${sql} as ${identifier(name)}`);
  return `select ${[...values, RECORD].join(', ')}
    from (select ${RECORD}, from_json(${RECORD}, ${quoted(structure)}) as parsed from ${csv})`;
}

/** With the blanks that fill the field: to trim a value when it is cast, once for all that are alike, is cheaper. */
const cut = ({ name, start, length }: FixedField): string =>
  `substr(${RECORD}, ${start}, ${length}) as ${identifier(name)}`;

/** Every column of a delivered Parquet file as text, whatever its type. */
async function convert(connection: DuckDBConnection, path: string, identity: Identity, target: string): Promise<void> {
  try {
    const delivered = await rows(connection, `describe select * from read_parquet(${pathText(path)})`);
    const names = landedNames(identity);
    const texts = delivered.map(
      ({ column_name }, at) => `${identifier(String(column_name))}::varchar as ${identifier(names[at] ?? '')}`,
    );
    await write(connection, `select ${texts.join(', ')} from read_parquet(${pathText(path)})`, target);
  } catch (cause) {
    throw unreadable(cause);
  }
}

/** Written under another name first, so that a landed file is whole or not there. */
async function write(connection: DuckDBConnection, select: string, target: string, more = ''): Promise<void> {
  const draft = `${target}.${randomUUID()}.tmp`;
  try {
    await connection.run(`copy (${select}) to ${quoted(draft)} (format parquet, compression snappy${more})`);
    renameSync(draft, target);
  } finally {
    rmSync(draft, { force: true });
  }
}

async function filledColumns(connection: DuckDBConnection, path: string): Promise<Set<string>> {
  const found = await rows(
    connection,
    `select path_in_schema as name from parquet_metadata(${pathText(path)})
     where num_values > coalesce(stats_null_count, 0)
     group by name having not bool_and(coalesce(trim(stats_min_value || stats_max_value) = '', false))`,
  );
  return new Set(found.map(({ name }) => String(name)));
}

const unreadable = (cause: unknown): FileRefused =>
  new FileRefused('F08', null, `the Parquet file cannot be read: ${firstLine(cause)}`, { cause });

const firstLine = (cause: unknown): string =>
  String(cause instanceof Error ? cause.message : cause).split('\n')[0] ?? '';
