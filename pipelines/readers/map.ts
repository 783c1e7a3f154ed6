import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Progress } from '../engine/progress.ts';
import { count, rows } from '../engine/sql.ts';
import { inputTables } from '../input/tables.ts';
import type { MappedFormat } from './format.ts';
import { reconcile } from './ledger.ts';
import { identifier } from './quote.ts';

/** Columns of a mapping beside those of its input table. */
const LEDGER_COLUMNS = ['left_out', 'amount'];

/**
 * Turns the typed tables of a format into input tables, and explains in run.reconciliation every record that does not
 * become input. Throws when a mapping loses or invents a record, or names a column that its input table lacks.
 */
export async function mapToInput(
  connection: DuckDBConnection,
  { id, mappings }: MappedFormat,
  progress: Progress,
): Promise<void> {
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

    const kept = names.filter((name) => !LEDGER_COLUMNS.includes(name)).map(identifier);
    await connection.run(
      `insert into input.${table} by name select ${kept.join(', ')} from mapped where left_out is null`,
    );
    const leftOut = await rows(
      connection,
      `select left_out, count(*) as rows, ${names.includes('amount') ? 'sum(amount)' : 'null'} as amount
       from mapped where left_out is not null group by left_out order by left_out`,
    );
    await reconcile(
      connection,
      `${id}.${source} -> input.${table}`,
      await count(connection, `select count(*) from ${id}.${source}`),
      await count(connection, `select count(*) from mapped where left_out is null`),
      leftOut.map(({ left_out, rows: left, amount }) => ({
        reason: String(left_out),
        rows: Number(left),
        amount: amount === null ? null : Number(amount),
      })),
    );
    progress.step(`input.${table}`);
  }
  await connection.run('drop table if exists mapped');
}
