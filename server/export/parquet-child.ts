import { createReadStream, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import {
  BOOLEAN,
  DATE,
  DECIMAL,
  DOUBLE,
  DuckDBDataChunk,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBInstance,
  type DuckDBType,
  type DuckDBValue,
  INTEGER,
  VARCHAR,
} from '@duckdb/node-api';
import { type Column, isValid } from '../store/columns.ts';

/** What the server sends: batches of equal columns one by one, then what the file is to say of itself. */
export type ToParquet = { readonly columns: readonly Column[] } | { readonly metadata: string };

/** Rows that one chunk of the database holds. */
const CHUNK = 2_048;

const [directory = ''] = process.argv.slice(2);
const file = join(directory, 'data.parquet');

// The one folder that the database may touch; it has no snapshot open, so there is nothing else to read either.
const instance = await DuckDBInstance.create(join(directory, 'data.duckdb'));
const connection = await instance.connect();
for (const setting of [
  'set autoinstall_known_extensions = false',
  'set autoload_known_extensions = false',
  'set allow_community_extensions = false',
  "set memory_limit = '512MB'",
  'set threads = 1',
  `set temp_directory = ${quoted(directory)}`,
  `set allowed_directories = [${quoted(directory)}]`,
  'set enable_external_access = false',
  'set lock_configuration = true',
]) {
  await connection.run(setting);
}

/** Whoever asked has gone, or the server has. */
function end(): never {
  rmSync(directory, { recursive: true, force: true });
  process.exit(1);
}
process.on('disconnect', end).on('error', end);

let rows: Promise<(columns: readonly Column[]) => Promise<void>> | null = null;
process.on('message', async (message: ToParquet) => {
  if ('columns' in message) {
    rows ??= intoTable(message.columns);
    await (await rows)(message.columns);
    process.send?.('taken');
    return;
  }
  await connection.run(
    `copy rows to ${quoted(file)} (format parquet, compression zstd, kv_metadata {throughline: ${quoted(message.metadata)}})`,
  );
  await pipeline(createReadStream(file), process.stdout);
  process.exit(0);
});
process.send?.('ready');

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Makes the table of these columns; the function that adds a batch to it. */
async function intoTable(columns: readonly Column[]): Promise<(batch: readonly Column[]) => Promise<void>> {
  const types = columns.map(typeOf);
  const names = columns.map(({ name }) => `"${name.replaceAll('"', '""')}"`);
  await connection.run(`create table rows (${names.map((name, at) => `${name} ${types[at]}`).join(', ')})`);
  return async (batch) => {
    const appender = await connection.createAppender('rows');
    for (let from = 0; from < (batch[0]?.length ?? 0); from += CHUNK) {
      const length = Math.min(CHUNK, (batch[0]?.length ?? 0) - from);
      const chunk = DuckDBDataChunk.create(types, length);
      chunk.setColumns(batch.map((column) => Array.from({ length }, (_, row) => itemOf(column, from + row))));
      appender.appendDataChunk(chunk);
    }
    appender.closeSync();
  };
}

function typeOf(column: Column): DuckDBType {
  switch (column.type) {
    case 'number':
      return DOUBLE;
    case 'integer':
      return INTEGER;
    case 'date':
      return DATE;
    case 'decimal':
      return DECIMAL(column.width, column.scale);
    case 'boolean':
      return BOOLEAN;
    case 'text':
    case 'category':
      return VARCHAR;
  }
}

function itemOf(column: Column, row: number): DuckDBValue {
  if (!isValid(column, row)) return null;
  switch (column.type) {
    case 'category':
      return column.categories[column.values[row]!]!;
    case 'date':
      return new DuckDBDateValue(column.values[row]!);
    case 'decimal':
      return new DuckDBDecimalValue(column.values[row]!, column.width, column.scale);
    case 'boolean':
      return column.values[row] === 1;
    default:
      return column.values[row]!;
  }
}
