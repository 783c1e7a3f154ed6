import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Progress } from '../engine/progress.ts';
import { rows } from '../engine/sql.ts';
import { inputTables } from '../input/tables.ts';
import type { MappedFormat } from './format.ts';
import { type Flow, reconcile } from './ledger.ts';
import { identifier } from './quote.ts';

/** Columns of a mapping beside those of its input table. */
const LEDGER_COLUMNS = ['left_out', 'amount'];

/**
 * Turns the typed tables of a format into input tables, and explains in run.reconciliation every record that does not
 * become input. Throws when a mapping loses or invents a record, or names a column that its input table lacks.
 */
export async function mapToInput(
  connection: DuckDBConnection,
  format: MappedFormat,
  progress: Progress,
): Promise<void> {
  const { id, mappings } = format;
  const read = (name: string) => readFile(join(mappings.folder, `${name}.sql`), 'utf8');
  for (const name of mappings.prepared) {
    await connection.run(`create table ${id}.${name} as ${await read(name)}`);
  }
  for (const [table, source] of Object.entries(mappings.sources)) {
    await connection.run(`create or replace temp table mapped as ${await read(table)}`);
    const names = (await rows(connection, `describe mapped`)).map(({ column_name }) => String(column_name));
    const contract = inputTables.find(({ name }) => name === table)?.columns.map(({ name }) => name) ?? [];
    const allowed = new Set([...contract, 'file_id', 'line_number', ...LEDGER_COLUMNS]);
    const stranger = names.find((name) => !allowed.has(name));
    if (stranger) throw new Error(`${id}/${table}.sql yields "${stranger}", which input.${table} does not have`);

    const columns = names.filter((name) => !LEDGER_COLUMNS.includes(name)).map(identifier);
    await connection.run(
      `insert into input.${table} by name select ${columns.join(', ')} from mapped where left_out is null`,
    );
    const follows = names.includes('amount');
    const dollars = follows ? 'coalesce(sum(amount), 0)' : 'null';
    const explained = await rows(
      connection,
      `select left_out, count(*) as rows, ${dollars} as amount from mapped group by left_out order by left_out`,
    );
    const flows = explained.map(({ left_out, rows: records, amount }) => ({
      reason: left_out === null ? null : String(left_out),
      rows: Number(records),
      amount: amount === null ? null : Number(amount),
    }));
    const kept = flows.find(({ reason }) => reason === null);
    await reconcile(
      connection,
      `${id}.${source} -> input.${table}`,
      await sumOf(connection, format, source, follows),
      kept ?? { rows: 0, amount: follows ? 0 : null },
      flows.flatMap(({ reason, ...flow }) => (reason === null ? [] : [{ reason, ...flow }])),
    );
    progress.step(`input.${table}`);
  }
  await connection.run('drop table if exists mapped');
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
