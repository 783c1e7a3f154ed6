import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { rows, value } from '../../pipelines/engine/sql.ts';
import { openHome } from '../../pipelines/publish/home.ts';
import { readPointer } from '../../pipelines/publish/snapshot.ts';

/** What `read` finds in the published snapshot of a home. */
export async function inSnapshot<T>(home: string, read: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
  const { file = '' } = readPointer(openHome(home)) ?? {};
  const instance = await DuckDBInstance.create(join(home, file), { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  try {
    return await read(connection);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

const WHERE_IT_WAS_READ = ['file_id', 'line_number'];

/**
 * Rows and an order-free checksum of every table that holds numbers. `without` leaves out columns, such as those that
 * say where a row was read.
 */
export async function checksums(
  connection: DuckDBConnection,
  without: 'nothing' | 'where it was read' = 'nothing',
): Promise<Record<string, string>> {
  const tables = await rows(
    connection,
    `select table_schema || '.' || table_name as name, list(column_name) as columns
     from information_schema.columns
     where table_schema in ('core', 'mart', 'metric', 'measure', 'rate') group by name order by name`,
  );
  const sums: Record<string, string> = {};
  for (const { name, columns } of tables) {
    const left =
      without === 'nothing' ? [] : WHERE_IT_WAS_READ.filter((column) => `${columns}`.split(',').includes(column));
    const columnsRead = left.length > 0 ? `* exclude (${left.join(', ')})` : '*';
    const sum = `select count(*) || ' ' || coalesce(bit_xor(hash(t)), 0) from (select ${columnsRead} from ${name}) as t`;
    sums[String(name)] = String(await value(connection, sum));
  }
  return sums;
}
