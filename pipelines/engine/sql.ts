import type { DuckDBConnection, DuckDBValue, Json } from '@duckdb/node-api';

/** All rows of a small result as plain objects (dates and decimals as text, big integers as text). */
export async function rows(
  connection: DuckDBConnection,
  sql: string,
  values?: Record<string, DuckDBValue>,
): Promise<Record<string, Json>[]> {
  return (await connection.runAndReadAll(sql, values)).getRowObjectsJson();
}

/** The one value of a one-row, one-column result. */
export async function value(
  connection: DuckDBConnection,
  sql: string,
  values?: Record<string, DuckDBValue>,
): Promise<Json> {
  const [row] = await rows(connection, sql, values);
  return row === undefined ? null : (Object.values(row)[0] ?? null);
}

/** A count, which DuckDB hands over as text because it may pass 2^53. */
export const count = async (connection: DuckDBConnection, sql: string): Promise<number> =>
  Number(await value(connection, sql));

/** Adds rows to a table in one statement. `columns` are those of the rows, as in CREATE TABLE. */
export async function insertRows(
  connection: DuckDBConnection,
  table: string,
  columns: string,
  values: readonly Readonly<Record<string, unknown>>[],
): Promise<void> {
  await connection.run(
    `insert into ${table} by name select unnest($1::json::struct(${columns})[], recursive := true)`,
    [JSON.stringify(values)],
  );
}

export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
