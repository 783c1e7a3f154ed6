import {
  type DuckDBConnection,
  type DuckDBDataChunk,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBInstance,
  DuckDBListValue,
  DuckDBListVector,
  type DuckDBPreparedStatement,
  type DuckDBResult,
  DuckDBTimestampValue,
  type DuckDBValue,
  DuckDBVarCharVector,
  StatementType,
} from '@duckdb/node-api';
import { Refusal } from '../http/error.ts';
import type { Column } from './columns.ts';
import { type Asked, type Engine, type Found, type Statement, tooHard } from './engine.ts';
import type { Value } from './sql.ts';
import { readColumn } from './vectors.ts';

const MOST_BYTES = 64 * 2 ** 20;
/** Of up to 2,048 rows each. */
const CHUNKS_OF_A_BATCH = 4;

// In this order: nothing can be set after the lock, and no file can be reached after external access is off. A query
// that outgrows the memory fails rather than spills people's data to a disk nobody chose.
const LOCK_DOWN = [
  'set autoinstall_known_extensions = false',
  'set autoload_known_extensions = false',
  'set allow_community_extensions = false',
  'set allow_persistent_secrets = false',
  "set memory_limit = '2GB'",
  'set threads = 2',
  "set temp_directory = ''",
  'set enable_external_access = false',
  'set lock_configuration = true',
];

/** Opens a DuckDB file for reading with everything off that a dashboard does not need. */
export async function openLocked(file: string): Promise<DuckDBInstance> {
  const instance = await DuckDBInstance.create(file, { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  for (const setting of LOCK_DOWN) await connection.run(setting);
  connection.closeSync();
  return instance;
}

/** A DuckDB instance of this process. Each question has a connection of its own, so none leaves anything to the next. */
export class DuckDB implements Engine {
  readonly #instance: DuckDBInstance;

  constructor(instance: DuckDBInstance) {
    this.#instance = instance;
  }

  static async open(file: string): Promise<DuckDB> {
    return new DuckDB(await openLocked(file));
  }

  close(): void {
    this.#instance.closeSync();
  }

  async ask({ shape, most, ...asked }: Asked, stop: AbortSignal): Promise<Found> {
    const query = await this.#start(asked, stop);
    try {
      const chunks = await query.during((result) => readAll(result, most, stop));
      return shape === 'rows'
        ? { rows: rowsOf(query.result, chunks), columns: [] }
        : { rows: [], columns: columnsOf(query.result, chunks) };
    } finally {
      query.end();
    }
  }

  async *stream(asked: Statement, stop: AbortSignal): AsyncGenerator<Column[], void, undefined> {
    const query = await this.#start(asked, stop);
    try {
      let isFirst = true;
      for (;;) {
        const chunks = await query.during(readBatch);
        if (isFirst || chunks.length > 0) yield columnsOf(query.result, chunks);
        if (chunks.length < CHUNKS_OF_A_BATCH) return;
        isFirst = false;
      }
    } finally {
      query.end();
    }
  }

  async #start({ statement, values }: Statement, stop: AbortSignal) {
    const connection = await this.#instance.connect();
    const interrupt = () => connection.interrupt();
    stop.addEventListener('abort', interrupt);
    const end = () => {
      stop.removeEventListener('abort', interrupt);
      connection.closeSync();
    };
    try {
      const prepared = await prepareSelect(connection, statement);
      values.forEach((value, at) => {
        bind(prepared, at + 1, value);
      });
      stop.throwIfAborted();
      const result = await explained(prepared.stream());
      return { result, during: <T>(read: (result: DuckDBResult) => Promise<T>) => explained(read(result)), end };
    } catch (cause) {
      end();
      throw cause;
    }
  }
}

/** What DuckDB says about memory is about the question; everything else it says is a fault of ours. */
const explained = <T>(work: Promise<T>): Promise<T> =>
  work.catch((cause: unknown) => {
    throw cause instanceof Error && cause.message.startsWith('Out of Memory Error') ? tooHard(cause) : cause;
  });

/** Prepares one SELECT; TEMP objects, logging, settings and a second statement are refused before they run. */
export async function prepareSelect(connection: DuckDBConnection, text: string): Promise<DuckDBPreparedStatement> {
  const statements = await connection.extractStatements(text);
  if (statements.count !== 1) throw new Error(`a query is one statement, got ${statements.count}`);
  const statement = await statements.prepare(0);
  if (statement.statementType !== StatementType.SELECT) {
    throw new Error(`a query is a SELECT, got statement type ${statement.statementType}`);
  }
  return statement;
}

function bind(statement: DuckDBPreparedStatement, place: number, value: Value): void {
  if (value === null) statement.bindNull(place);
  else if (typeof value === 'string') statement.bindVarchar(place, value);
  else if (typeof value === 'boolean') statement.bindBoolean(place, value);
  else if (Number.isSafeInteger(value)) statement.bindBigInt(place, BigInt(value));
  else statement.bindDouble(place, value);
}

async function readAll(result: DuckDBResult, most: number, stop: AbortSignal): Promise<DuckDBDataChunk[]> {
  const chunks: DuckDBDataChunk[] = [];
  let rows = 0;
  let bytes = 0;
  for await (const chunk of result) {
    stop.throwIfAborted();
    rows += chunk.rowCount;
    bytes += sizeOfChunk(chunk);
    if (rows > most || bytes > MOST_BYTES) {
      const cap = rows > most ? `${most} rows` : `${MOST_BYTES / 2 ** 20} MB`;
      throw new Refusal('too_large', `the answer has more than ${cap}; narrow the question or ask for pages`);
    }
    chunks.push(chunk);
  }
  return chunks;
}

async function readBatch(result: DuckDBResult): Promise<DuckDBDataChunk[]> {
  const chunks: DuckDBDataChunk[] = [];
  while (chunks.length < CHUNKS_OF_A_BATCH) {
    const chunk = await result.fetchChunk();
    if (!chunk || chunk.rowCount === 0) break;
    chunks.push(chunk);
  }
  return chunks;
}

const columnsOf = (result: DuckDBResult, chunks: readonly DuckDBDataChunk[]): Column[] =>
  result.columnNames().map((name, at) => readColumn(name, result.columnType(at), chunks, at));

/** Dates as YYYY-MM-DD, DECIMAL and BIGINT as numbers. */
function rowsOf(result: DuckDBResult, chunks: readonly DuckDBDataChunk[]): object[] {
  const names = result.columnNames();
  return chunks.flatMap((chunk) =>
    chunk.getRows().map((row) => Object.fromEntries(names.map((name, at) => [name, plain(row[at] ?? null)]))),
  );
}

function plain(value: DuckDBValue): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof DuckDBDecimalValue) return value.toDouble();
  if (value instanceof DuckDBDateValue || value instanceof DuckDBTimestampValue) return value.toString();
  if (value instanceof DuckDBListValue) return value.items.map(plain);
  return value;
}

/** Roughly, in bytes: texts and lists can be of any size, the rest is small. */
function sizeOfChunk(chunk: DuckDBDataChunk): number {
  let size = 8 * chunk.rowCount * chunk.columnCount;
  for (let column = 0; column < chunk.columnCount; column++) {
    const vector = chunk.getColumnVector(column);
    if (!(vector instanceof DuckDBVarCharVector || vector instanceof DuckDBListVector)) continue;
    for (let row = 0; row < chunk.rowCount; row++) size += sizeOf(vector.getItem(row));
  }
  return size;
}

function sizeOf(value: DuckDBValue): number {
  if (typeof value === 'string') return value.length;
  return value instanceof DuckDBListValue ? value.items.reduce<number>((sum, item) => sum + 8 + sizeOf(item), 0) : 0;
}
