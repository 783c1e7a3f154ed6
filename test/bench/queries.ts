import { Catalogue } from '../../server/contract/catalogue.ts';
import { Queries } from '../../server/store/query.ts';
import { openLocked } from '../../server/store/snapshot.ts';
import { serve } from '../support/serve.ts';
import { benchCohorts } from './cohorts.ts';

/** What the pages ask first. */
const DEFAULT_CUTS = ['month', 'practice', 'risk_tier', 'age_band', 'condition', 'month,risk_tier'];
const MONTHS_BACK = 4;

const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

const words = (times: number[]): string => {
  const sorted = times.sort((a, b) => a - b);
  return `p50 ${percentile(sorted, 0.5).toFixed(1)} ms, p99 ${percentile(sorted, 0.99).toFixed(1)} ms`;
};

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** Asks the API every default question once, uncached, then again, cached; and bare DuckDB the same SQL, side by side. */
export async function benchQueries(home: string, file: string): Promise<void> {
  const { ask: get, close } = await serve(home);
  const ask = async (path: string): Promise<unknown> => (await get(path)).json();

  const { metrics, lastMonth } = Catalogue.parse(await ask('/api/catalogue'));
  const year = Number((lastMonth ?? '2024-12').slice(0, 4));
  const questions = metrics.flatMap(({ id }) =>
    DEFAULT_CUTS.flatMap((by) =>
      Array.from(
        { length: MONTHS_BACK },
        (_, back) => `/api/metrics/${id}?by=${by}&from=${year - 2}-01&to=${year}-0${back + 1}`,
      ),
    ),
  );
  const statements: Parameters<Queries['columns']>[0][] = [];
  const columns = Queries.prototype.columns;
  Queries.prototype.columns = function (query, most) {
    statements.push(query);
    return columns.call(this, query, most);
  };
  const uncached: number[] = [];
  for (const question of questions) uncached.push(await timed(() => ask(question)));
  Queries.prototype.columns = columns;
  const cached: number[] = [];
  for (const question of questions) cached.push(await timed(() => ask(question)));

  const instance = await openLocked(file);
  const queries = await Queries.open(instance, 1);
  const bare: number[] = [];
  for (const statement of statements) bare.push(await timed(() => queries.columns(statement)));
  const total = (times: number[]): number => times.reduce((sum, time) => sum + time, 0);
  console.log(`${questions.length} default questions over HTTP, one client`);
  console.log(
    `  uncached ${words(uncached)} = ${(total(uncached) / total(bare)).toFixed(2)}x the same SQL on bare DuckDB (${words(bare)})`,
  );
  console.log(`  cached   ${words(cached)}`);
  await benchCohorts(queries);

  queries.close();
  instance.closeSync();
  await close();
}
