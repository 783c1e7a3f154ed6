import { Refusal } from '../http/error.ts';
import type { Column } from './columns.ts';
import type { Value } from './sql.ts';

/** One SELECT with its bound values. */
export interface Statement {
  readonly statement: string;
  readonly values: readonly Value[];
}

/** A SELECT, and what the asker can hold of its result. */
export interface Asked extends Statement {
  /** Rows as plain objects, or columns for the encoders. */
  readonly shape: 'rows' | 'columns';
  readonly most: number;
}

/** In the shape that was asked for; the other one is empty. */
export interface Found {
  readonly rows: readonly object[];
  readonly columns: Column[];
}

/** Runs SELECTs on one locked snapshot file: in this process (`DuckDB`), or in children that can be killed. */
export interface Engine {
  /** Rejects soon after `stop`. `aside` is called when the question is slow and no longer in the way of others. */
  ask(asked: Asked, stop: AbortSignal, aside: () => void): Promise<Found>;
  /**
   * The result in batches of a few thousand rows, each with every column in the same order and of the same type; an
   * empty result is one batch without rows. The next batch is read only when it is asked for. Rejects soon after
   * `stop`; returning early ends the query.
   */
  stream(asked: Statement, stop: AbortSignal): AsyncGenerator<Column[], void, undefined>;
  close(): void;
}

export const tooHard = (cause: unknown): Refusal =>
  new Refusal('unavailable', 'this question needs too much time or memory; ask a narrower one', { cause });
