import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { findingsOf } from '../engine/check.ts';
import type { Progress } from '../engine/progress.ts';
import { quoted, rows } from '../engine/sql.ts';
import { inputTables } from '../input/tables.ts';
import type { MappedFormat } from './format.ts';
import { addChecks, type Flow, reconcile } from './ledger.ts';
import { identifier, pathText } from './quote.ts';

/** Columns of a mapping beside those of its input table. */
const LEDGER_COLUMNS = ['left_out', 'amount'];

/**
 * Turns the typed tables of a format into input tables, and explains in run.reconciliation every record that does not
 * become input. Throws when a mapping or an unfolding loses or invents a record or a cent, or when a mapping names a column
 * that its input table lacks.
 */
export async function mapToInput(
  connection: DuckDBConnection,
  format: MappedFormat,
  landed: ReadonlyMap<number, string>,
  progress: Progress,
): Promise<void> {
  const { id, mappings } = format;
  const read = (name: string) => readFile(join(mappings.folder, `${name}.sql`), 'utf8');
  if (format.tables.some(({ isPlaced }) => isPlaced)) await showLanded(connection, format, landed);
  if (mappings.setup) await connection.run(await read(mappings.setup));
  for (const name of mappings.prepared) {
    await connection.run(`create table ${id}.${basename(name)} as ${await read(name)}`);
  }
  for (const [name, sources] of Object.entries(mappings.unfolded ?? {})) {
    await explainUnfolding(connection, format, name, sources);
  }
  await addChecks(connection, await findingsOf(connection, mappings.checks ?? []));
  for (const [mapping, source] of Object.entries(mappings.sources)) {
    const [table = mapping] = mapping.split('.');
    const into = await sumOf(connection, format, source, true);
    if (into.rows === 0) {
      progress.step(`input.${table}`);
      continue;
    }
    // What parses text is kept and not asked twice: once for its rows, once for the reasons why others are left out.
    const kind = format.tables.find(({ name }) => name === source)?.view === undefined ? 'view' : 'table';
    await connection.run(`create temp ${kind} mapped as ${await read(mapping)}`);
    const names = (await rows(connection, `describe mapped`)).map(({ column_name }) => String(column_name));
    const contract = inputTables.find(({ name }) => name === table)?.columns.map(({ name }) => name) ?? [];
    const allowed = new Set([...contract, 'file_id', 'line_number', ...LEDGER_COLUMNS]);
    const stranger = names.find((name) => !allowed.has(name));
    if (stranger) throw new Error(`${id}/${mapping}.sql yields "${stranger}", which input.${table} does not have`);

    const columns = names.filter((name) => !LEDGER_COLUMNS.includes(name)).map(identifier);
    const { rowsChanged: inserted } = await connection.run(
      `insert into input.${table} by name select ${columns.join(', ')} from mapped where left_out is null`,
    );
    const follows = names.includes('amount');
    const flows = await flowsOf(connection, follows);
    await connection.run(`drop ${kind} mapped`);
    const kept = flows.find(({ reason }) => reason === null);
    if ((kept?.rows ?? 0) !== inserted) throw new Error(`${id}/${mapping}.sql yields other rows when it is read again`);
    await reconcile(
      connection,
      `${id}.${source} -> input.${table}`,
      follows ? into : { ...into, amount: null },
      kept ?? { rows: 0, amount: follows ? 0 : null },
      flows.flatMap(({ reason, ...flow }) => (reason === null ? [] : [{ reason, ...flow }])),
    );
    progress.step(`input.${table}`);
  }
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
  name: string,
  sources: readonly string[],
): Promise<void> {
  const parts = await Promise.all(sources.map((source) => sumOf(connection, format, source, true)));
  const follows = parts.every(({ amount }) => amount !== null);
  const into = {
    rows: parts.reduce((sum, part) => sum + part.rows, 0),
    amount: follows ? parts.reduce((sum, { amount }) => sum + (amount ?? 0), 0) : null,
  };
  const [found] = await rows(
    connection,
    `select count(distinct (file_id, line_number)) as records, count(*) as rows,
       ${follows ? 'coalesce(sum(amount), 0)' : 'null'} as amount
     from ${format.id}.${name}`,
  );
  const stage = `${sources.map((source) => `${format.id}.${source}`).join(' + ')} -> ${format.id}.${name}`;
  const out = { rows: Number(found?.records), amount: follows ? Number(found?.amount) : null };
  await reconcile(connection, stage, into, out, [
    { reason: `nothing left out; ${found?.rows} rows come of these records`, rows: 0, amount: null },
  ]);
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
