import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { findingsOf } from '../engine/check.ts';
import type { Progress } from '../engine/progress.ts';
import { quoted, rows } from '../engine/sql.ts';
import { inputTables } from '../input/tables.ts';
import type { MappedFormat } from './format.ts';
import { all, type Lanes } from './lanes.ts';
import { addChecks, type Flow, reconcileAll, type Stage } from './ledger.ts';
import { identifier, pathText } from './quote.ts';

/** Columns of a mapping beside those of its input table. */
const LEDGER_COLUMNS = ['left_out', 'amount'];

/** What makes one table, or adds to one, of others. */
interface Task<T> {
  readonly makes: string;
  readonly sql: string;
  readonly work: (connection: DuckDBConnection) => Promise<T>;
}

/**
 * Turns the typed tables of a format into input tables, and explains in run.reconciliation every record that does not
 * become input. Throws when a mapping or an unfolding loses or invents a record or a cent, or when a mapping names a column
 * that its input table lacks.
 */
export async function mapToInput(
  lanes: Lanes,
  format: MappedFormat,
  landed: ReadonlyMap<number, string>,
  progress: Progress,
): Promise<void> {
  const { id, mappings } = format;
  const read = (name: string) => readFile(join(mappings.folder, `${name}.sql`), 'utf8');
  await lanes.run(async (connection) => {
    if (format.tables.some(({ isPlaced }) => isPlaced)) await showLanded(connection, format, landed);
    if (mappings.setup) await connection.run(await read(mappings.setup));
  });
  const prepared = await Promise.all(
    mappings.prepared.map(async (name): Promise<Task<Stage | undefined>> => {
      const [makes, sql] = [`${id}.${basename(name)}`, await read(name)];
      const sources = mappings.unfolded?.[basename(name)];
      const work = async (connection: DuckDBConnection) => {
        await connection.run(`create table ${makes} as ${sql}`);
        return sources && explainUnfolding(connection, format, makes, sources);
      };
      return { makes, sql, work };
    }),
  );
  const mapped = await Promise.all(
    Object.entries(mappings.sources).map(async ([name, source]): Promise<Task<Stage | undefined>> => {
      const [table = name] = name.split('.');
      const sql = await read(name);
      const work = async (connection: DuckDBConnection) => {
        const stage = await mapOne(connection, format, { name, table, source, sql });
        progress.step(`input.${table}`);
        return stage;
      };
      return { makes: `input.${table}`, sql: `${sql} from ${id}.${source}`, work };
    }),
  );
  const stages = await sideBySide(lanes, [...prepared, ...mapped]);
  await lanes.run(async (connection) => {
    await addChecks(connection, await findingsOf(connection, mappings.checks ?? []));
    await reconcileAll(
      connection,
      stages.filter((stage) => stage !== undefined),
    );
  });
}

/** Each task once those before it are done that make what it reads. */
function sideBySide<T>(lanes: Lanes, tasks: readonly Task<T>[]): Promise<T[]> {
  const started: Promise<T>[] = [];
  for (const [at, { sql, work }] of tasks.entries()) {
    const needed = tasks
      .slice(0, at)
      .flatMap((other, place) => (new RegExp(`\\b${other.makes}\\b`).test(sql) ? [started[place]] : []));
    started.push(Promise.all(needed).then(() => lanes.run(work)));
  }
  return all(started);
}

interface Mapping {
  readonly name: string;
  /** Of the input. */
  readonly table: string;
  /** Table whose records it accounts for. */
  readonly source: string;
  readonly sql: string;
}

/** Adds what a mapping yields to its input table. Undefined where there is nothing to map. */
async function mapOne(
  connection: DuckDBConnection,
  format: MappedFormat,
  { name, table, source, sql }: Mapping,
): Promise<Stage | undefined> {
  const { id } = format;
  const into = await sumOf(connection, format, source, true);
  if (into.rows === 0) return undefined;
  // What parses text is kept and not asked twice: once for its rows, once for the reasons why others are left out.
  const kind = format.tables.find((candidate) => candidate.name === source)?.view === undefined ? 'view' : 'table';
  await connection.run(`create temp ${kind} mapped as ${sql}`);
  const names = (await rows(connection, `describe mapped`)).map(({ column_name }) => String(column_name));
  const contract =
    inputTables.find((candidate) => candidate.name === table)?.columns.map((column) => column.name) ?? [];
  const allowed = new Set([...contract, 'file_id', 'line_number', ...LEDGER_COLUMNS]);
  const stranger = names.find((column) => !allowed.has(column));
  if (stranger) throw new Error(`${id}/${name}.sql yields "${stranger}", which input.${table} does not have`);

  const columns = names.filter((column) => !LEDGER_COLUMNS.includes(column)).map(identifier);
  const { rowsChanged: inserted } = await connection.run(
    `insert into input.${table} by name select ${columns.join(', ')} from mapped where left_out is null`,
  );
  const follows = names.includes('amount');
  const flows = await flowsOf(connection, follows);
  await connection.run(`drop ${kind} mapped`);
  const kept = flows.find(({ reason }) => reason === null);
  if ((kept?.rows ?? 0) !== inserted) throw new Error(`${id}/${name}.sql yields other rows when it is read again`);
  return {
    stage: `${id}.${source} -> input.${table}`,
    into: follows ? into : { ...into, amount: null },
    out: kept ?? { rows: 0, amount: follows ? 0 : null },
    leftOut: flows.flatMap(({ reason, ...flow }) => (reason === null ? [] : [{ reason, ...flow }])),
  };
}

/** What becomes of the records of `mapped`, by the reason why they are left out; null for those that are input. */
async function flowsOf(connection: DuckDBConnection, follows: boolean) {
  const explained = await rows(
    connection,
    `select left_out, count(*) as rows, ${follows ? 'coalesce(sum(amount), 0)' : 'null'} as amount
     from mapped group by left_out order by left_out`,
  );
  return explained.map(({ left_out, rows: records, amount }) => ({
    reason: left_out === null ? null : String(left_out),
    rows: Number(records),
    amount: amount === null ? null : Number(amount),
  }));
}

/** Makes `<id>.landed`, the records of every file as they landed, and the views of the format. */
async function showLanded(
  connection: DuckDBConnection,
  { id, tables }: MappedFormat,
  landed: ReadonlyMap<number, string>,
): Promise<void> {
  const files = [...landed].map(([file, path]) => `(${file}, ${quoted(path)})`);
  const paths = [...new Set(landed.values())].map(pathText);
  await connection.run(
    `create view ${id}.landed as
     select file.file_id, text.file_row_number as ordinal, text.* exclude (file_row_number, filename)
     from read_parquet([${paths.join(', ')}], file_row_number = true, filename = true) as text
     join (values ${files.join(', ')}) as file (file_id, filename) using (filename)`,
  );
  for (const { name, view } of tables) {
    if (view !== undefined) await connection.run(`create view ${id}.${name} as ${view}`);
  }
}

/** One record may say several things: all of them come, and with them all of its dollars. */
async function explainUnfolding(
  connection: DuckDBConnection,
  format: MappedFormat,
  unfolded: string,
  sources: readonly string[],
): Promise<Stage> {
  const parts: Flow[] = [];
  for (const source of sources) parts.push(await sumOf(connection, format, source, true));
  const follows = parts.every(({ amount }) => amount !== null);
  const into = {
    rows: parts.reduce((sum, part) => sum + part.rows, 0),
    amount: follows ? parts.reduce((sum, { amount }) => sum + (amount ?? 0), 0) : null,
  };
  const [found] = await rows(
    connection,
    `select count(distinct (file_id, line_number)) as records, count(*) as rows,
       ${follows ? 'coalesce(sum(amount), 0)' : 'null'} as amount
     from ${unfolded}`,
  );
  const leftOut = `nothing left out; ${found?.rows} rows come of these records`;
  return {
    stage: `${sources.map((source) => `${format.id}.${source}`).join(' + ')} -> ${unfolded}`,
    into,
    out: { rows: Number(found?.records), amount: follows ? Number(found?.amount) : null },
    leftOut: [{ reason: leftOut, rows: 0, amount: null }],
  };
}

/** Records of a source table, and its dollars where it declares them and its mapping follows them. */
async function sumOf(
  connection: DuckDBConnection,
  { id, tables }: MappedFormat,
  source: string,
  follows: boolean,
): Promise<Flow> {
  const amount = follows ? tables.find(({ name }) => name === source)?.amount : undefined;
  const dollars = amount === undefined ? 'null' : `coalesce(sum(${identifier(amount)}), 0)`;
  const [found] = await rows(connection, `select count(*) as rows, ${dollars} as amount from ${id}.${source}`);
  return { rows: Number(found?.rows), amount: found?.amount == null ? null : Number(found.amount) };
}
