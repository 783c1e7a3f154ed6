import { setMaxListeners } from 'node:events';
import { z } from 'zod';
import type { Column } from './columns.ts';
import { type Asked, type Engine, type Found, tooHard } from './engine.ts';
import { type Asker, Gone, Line } from './line.ts';
import type { Sql } from './sql.ts';

const DEADLINE_MS = 4_000;
const PATIENT_MS = 20_000;
/** What a reader may hold in memory unless it says otherwise. */
const MOST_ROWS = 100_000;

/** Slow questions keep their places until they are moved aside; ten of them leave some to quick ones. */
const QUESTIONS = { places: 14, running: 4, waiting: 1_000, waitingEach: 250 };
const STREAMS = { places: 2, running: 1, waiting: 50, waitingEach: 10 };

const OURSELVES: Asker = { name: '', gone: new AbortController().signal };
setMaxListeners(0, OURSELVES.gone);

/**
 * The one way to the snapshot: every statement the server runs passes here. One SELECT, static text, bound values, caps
 * on rows and bytes, a deadline. Askers take turns; who would wait in a long line is refused with 503.
 */
export class Queries {
  readonly #engine: Engine;
  readonly #deadline: number;
  readonly #lines: { readonly questions: Line; readonly streams: Line };
  readonly #asker: Asker;

  /** `deadline` of a question in milliseconds. */
  constructor(
    engine: Engine,
    deadline = DEADLINE_MS,
    lines = { questions: new Line(QUESTIONS), streams: new Line(STREAMS) },
    asker = OURSELVES,
  ) {
    this.#engine = engine;
    this.#deadline = deadline;
    this.#lines = lines;
    this.#asker = asker;
  }

  /** The same way in, in somebody's turn and for as long as somebody waits for the answers. */
  for(asker: Asker): Queries {
    setMaxListeners(0, asker.gone);
    return new Queries(this.#engine, this.#deadline, this.#lines, asker);
  }

  /** The same way in for what is asked once for a snapshot and kept, such as what of it may be shared. */
  patient(): Queries {
    return new Queries(this.#engine, Math.max(this.#deadline, PATIENT_MS), this.#lines, this.#asker);
  }

  close(): void {
    this.#engine.close();
  }

  /** Rows as plain objects, parsed: dates as YYYY-MM-DD, DECIMAL and BIGINT as numbers. */
  async rows<S extends z.ZodType>(query: Sql, row: S, most = MOST_ROWS): Promise<z.output<S>[]> {
    const { rows } = await this.#ask(query, 'rows', most);
    return z.array(row).parse(rows);
  }

  /** The single row of a query that always has one. */
  async row<S extends z.ZodType>(query: Sql, row: S): Promise<z.output<S>> {
    const [first] = await this.rows(query, row, 1);
    if (first === undefined) throw new Error('a query that always has a row had none');
    return first;
  }

  /** The result by columns, for the encoders. */
  async columns(query: Sql, most = MOST_ROWS): Promise<Column[]> {
    const { columns } = await this.#ask(query, 'columns', most);
    return columns;
  }

  /**
   * The result in batches, for exports, which write as they read: no cap on rows. Each batch has every column in the
   * same order and of the same type; an empty result is one batch without rows. The next one is read when it is asked
   * for, so that a slow download holds one batch and not the list; `return()` of the iterator ends the query.
   */
  async *stream({ statement, values }: Sql): AsyncGenerator<Column[], void, undefined> {
    const place = await this.#lines.streams.enter(this.#asker);
    try {
      yield* this.#engine.stream({ statement, values }, this.#asker.gone);
    } finally {
      place.leave();
    }
  }

  async #ask({ statement, values }: Sql, shape: Asked['shape'], most: number): Promise<Found> {
    const { gone } = this.#asker;
    const place = await this.#lines.questions.enter(this.#asker);
    const stop = new AbortController();
    const onGone = () => stop.abort(new Gone());
    gone.addEventListener('abort', onGone);
    const deadline = setTimeout(() => stop.abort(tooHard('the deadline has passed')), this.#deadline);
    try {
      const found = await this.#engine.ask({ statement, values, shape, most }, stop.signal, place.aside);
      // What DuckDB was told to stop may end without rows as if it were whole.
      stop.signal.throwIfAborted();
      return found;
    } catch (cause) {
      throw stop.signal.aborted ? stop.signal.reason : cause;
    } finally {
      clearTimeout(deadline);
      gone.removeEventListener('abort', onGone);
      place.leave();
    }
  }
}
