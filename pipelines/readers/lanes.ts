import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';

/** So many pieces of work go on at once, where there are as many threads: one of Node's four stays free to read files. */
const MOST_LANES = 3;

/** The connections beside the first one: with it as many as there are threads, within bounds. */
export const openLanes = (instance: DuckDBInstance, threads: number): Promise<DuckDBConnection[]> =>
  Promise.all(Array.from({ length: Math.min(threads, MOST_LANES) - 1 }, () => instance.connect()));

/** Connections to one database: as many pieces of work go on side by side as there are connections. */
export class Lanes {
  readonly #free: DuckDBConnection[];
  readonly #waiting: ((connection: DuckDBConnection) => void)[] = [];

  constructor(connections: readonly DuckDBConnection[]) {
    this.#free = [...connections];
  }

  /** Does the work on the next connection that is free; who asks first is served first. */
  async run<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    const connection = this.#free.pop() ?? (await new Promise<DuckDBConnection>((take) => this.#waiting.push(take)));
    try {
      return await work(connection);
    } finally {
      const next = this.#waiting.shift();
      if (next) next(connection);
      else this.#free.push(connection);
    }
  }
}

/** The results of all pieces of work, once the last has ended: no connection is left busy when one of them throws. */
export async function all<T>(work: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(work);
  return Promise.all(work);
}
