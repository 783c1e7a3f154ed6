import {
  type DuckDBConnection,
  type DuckDBDataChunk,
  DuckDBDateValue,
  DuckDBDecimalValue,
  type DuckDBInstance,
  DuckDBListValue,
  type DuckDBPreparedStatement,
  DuckDBTimestampValue,
  type DuckDBValue,
  StatementType,
} from '@duckdb/node-api';
import { z } from 'zod';
import { Refusal } from '../http/error.ts';
import { type Column, readColumn } from './columns.ts';
import type { Sql, Value } from './sql.ts';

const DEADLINE_MS = 10_000;
const LONGEST_QUEUE = 256;
/** What a reader may hold in memory unless it says otherwise. */
const MOST_ROWS = 100_000;

/**
 * The one way to the snapshot: every statement the server runs passes here. One SELECT, static text, bound values, a
 * cap on rows and a deadline. A few connections take turns; who waits in a long queue is refused with 503.
 */
export class Queries {
  readonly #connections: readonly DuckDBConnection[];
  readonly #idle: DuckDBConnection[];
  readonly #waiting: ((connection: DuckDBConnection) => void)[] = [];

  private constructor(connections: readonly DuckDBConnection[]) {
    this.#connections = connections;
    this.#idle = [...connections];
  }

  static async open(instance: DuckDBInstance, connections: number): Promise<Queries> {
    return new Queries(await Promise.all(Array.from({ length: connections }, () => instance.connect())));
  }

  close(): void {
    for (const connection of this.#connections) connection.closeSync();
  }

  /** Rows as plain objects, parsed: dates as YYYY-MM-DD, DECIMAL and BIGINT as numbers. */
  async rows<S extends z.ZodType>(query: Sql, row: S, most = MOST_ROWS): Promise<z.output<S>[]> {
    const found = await this.#select(query, async (statement) => {
      const reader = await statement.streamAndReadUntil(most + 1);
      if (reader.currentRowCount > most) throw tooManyRows(most);
      return reader.getRowObjects();
    });
    return z.array(row).parse(found.map(plainRow));
  }

  /** The single row of a query that always has one. */
  async row<S extends z.ZodType>(query: Sql, row: S): Promise<z.output<S>> {
    const [first] = await this.rows(query, row, 1);
    if (first === undefined) throw new Error('a query that always has a row had none');
    return first;
  }

  /** The result by columns, for the encoders. */
  async columns(query: Sql, most = MOST_ROWS): Promise<Column[]> {
    return this.#select(query, async (statement) => {
      const result = await statement.stream();
      const chunks: DuckDBDataChunk[] = [];
      let rows = 0;
      for await (const chunk of result) {
        chunks.push(chunk);
        rows += chunk.rowCount;
        if (rows > most) throw tooManyRows(most);
      }
      return result.columnNames().map((name, at) => readColumn(name, result.columnType(at), chunks, at));
    });
  }

  async #select<T>(query: Sql, read: (statement: DuckDBPreparedStatement) => Promise<T>): Promise<T> {
    const connection = await this.#take();
    const deadline = AbortSignal.timeout(DEADLINE_MS);
    const interrupt = () => connection.interrupt();
    deadline.addEventListener('abort', interrupt);
    try {
      const statement = await prepareSelect(connection, query.statement);
      query.values.forEach((value, at) => {
        bind(statement, at + 1, value);
      });
      return await read(statement);
    } catch (cause) {
      if (deadline.aborted)
        throw new Refusal('unavailable', 'this question takes too long; ask a narrower one', { cause });
      if (cause instanceof Error && cause.message.startsWith('Out of Memory Error'))
        throw new Refusal('unavailable', 'this question needs too much memory; ask a narrower one', { cause });
      throw cause;
    } finally {
      deadline.removeEventListener('abort', interrupt);
      this.#give(connection);
    }
  }

  #take(): Promise<DuckDBConnection> {
    const connection = this.#idle.pop();
    if (connection) return Promise.resolve(connection);
    if (this.#waiting.length >= LONGEST_QUEUE) {
      throw new Refusal('unavailable', 'too many questions at once; try again in a moment');
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #give(connection: DuckDBConnection): void {
    const next = this.#waiting.shift();
    if (next) next(connection);
    else this.#idle.push(connection);
  }
}

const tooManyRows = (most: number) =>
  new Refusal('too_large', `the answer has more than ${most} rows; narrow the question or ask for pages`);

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

function plain(value: DuckDBValue): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof DuckDBDecimalValue) return value.toDouble();
  if (value instanceof DuckDBDateValue || value instanceof DuckDBTimestampValue) return value.toString();
  if (value instanceof DuckDBListValue) return value.items.map(plain);
  return value;
}

const plainRow = (row: Record<string, DuckDBValue>) =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)]));
