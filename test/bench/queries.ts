import { fork } from 'node:child_process';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { Catalogue } from '../../server/contract/catalogue.ts';
import { addMonths, latestMatureMonth, trendMonths } from '../../server/contract/months.ts';
import { MetricQuery } from '../../server/contract/result.ts';
import { isClustered } from '../../server/statistics/estimate.ts';
import type { SnapshotCatalogue } from '../../server/store/catalogue.ts';
import { DuckDB } from '../../server/store/duckdb.ts';
import type { Engine, Statement } from '../../server/store/engine.ts';
import { groupsOf } from '../../server/store/metric.ts';
import { Queries } from '../../server/store/query.ts';
import { QueryProcesses } from '../../server/store/query-process.ts';
import { questionOf } from '../../server/store/question.ts';
import { serve } from '../support/serve.ts';
import { swapUnderLoad } from '../support/swap.ts';
import { type Round, type Timed, timed } from './clients.ts';
import { benchCohorts } from './cohorts.ts';

/** What the pages ask of a metric before anybody chooses: of everybody and by group for a year, and month by month for three. */
const YEAR_CUTS = ['', 'practice', 'risk_tier', 'age_band', 'condition'];
/** What somebody may choose next, which no snapshot has answered before it was asked. */
const CHOSEN_CUTS = ['sex', 'practice,risk_tier'];
/** Four filters, one of them on a set, and a cohort, in two dimensions. */
const WORST_CUTS = ['month,risk_tier', 'practice,age_band', 'condition,sex'];
const WORST_FILTER = 'age_band:65-74|75-84;condition:diabetes|heart-failure;risk_tier:high|low;sex:female|male';
const WORST_DIMENSIONS = ['age_band', 'condition', 'practice', 'risk_tier', 'sex'];
const WORST = 20;

const percentile = (times: readonly number[], share: number): number => {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
};
const words = (times: readonly number[]): string =>
  `p50 ${percentile(times, 0.5).toFixed(1)} ms, p99 ${percentile(times, 0.99).toFixed(1)} ms`;

/** Clients in a process of their own. */
function clientsOf(origin: string, cookie: string) {
  const child = fork(join(import.meta.dirname, 'clients.ts'), { execArgv: ['--import', 'tsx'] });
  return {
    ask: (paths: readonly string[], clients: number) =>
      new Promise<Timed>((resolve, reject) => {
        child.once('message', resolve).once('exit', () => reject(new Error('the clients ended')));
        child.send({ origin, cookie, paths, clients } satisfies Round);
      }),
    close: () => child.disconnect(),
  };
}

/** The product's own processes. `onAsk` hears of every SELECT that they are asked. */
function heard(file: string, onAsk: () => void): Engine {
  const engine = new QueryProcesses(file);
  return {
    ask(...question) {
      onAsk();
      return engine.ask(...question);
    },
    stream: (...rest) => engine.stream(...rest),
    close: () => engine.close(),
  };
}

async function askBare(connection: DuckDBConnection, { statement, values }: Statement): Promise<void> {
  const prepared = await connection.prepare(statement);
  prepared.bind([...values]);
  await prepared.runAndReadAll();
}

/** The one SELECT over a metric's rows that answers what a path asks. */
function askedOf(catalogue: SnapshotCatalogue, path: string): Statement {
  const { pathname, searchParams } = new URL(path, 'http://localhost');
  const query = MetricQuery.parse(Object.fromEntries(searchParams));
  const question = questionOf(catalogue, pathname.split('/').at(-1) ?? '', query);
  return groupsOf(catalogue, question, isClustered(question.metric));
}

/**
 * Asks the API every default question and as many of the kind that somebody chooses next, uncached, and bare DuckDB the
 * same SQL over the metrics' rows at the same concurrency, side by side; the default ones again, cached; then the questions
 * with the most filters, and swaps of snapshots under load.
 */
export async function benchQueries(home: string, file: string): Promise<void> {
  let asked = 0;
  const { origin, cookieOf, ask, close, snapshots } = await serve(home, undefined, (path) =>
    heard(path, () => {
      asked += 1;
    }),
  );
  const { metrics, cohorts, firstMonth, lastMonth, dataThrough } = Catalogue.parse(
    await (await ask('/api/catalogue')).json(),
  );
  const clients = clientsOf(origin, cookieOf('aco_admin'));
  const to = latestMatureMonth({ metrics, dataThrough, lastMonth: lastMonth ?? dataThrough.slice(0, 7) });
  const year = (end: string, cuts: readonly string[]) =>
    metrics.flatMap(({ id, kind }) => {
      const [from, last] =
        kind === 'measure' ? [`${end.slice(0, 4)}-01`, `${end.slice(0, 4)}-12`] : [addMonths(end, -11), end];
      return cuts.map((by) => `/api/metrics/${id}?by=${by}&from=${from}&to=${last}`);
    });
  const trend = trendMonths(to, { firstMonth, lastMonth });
  const byMonth = metrics.flatMap(({ id, kind }) =>
    kind === 'measure' ? [] : [`/api/metrics/${id}?by=month&from=${trend.from}&to=${trend.to}`],
  );

  const bare = await DuckDBInstance.create(file, { access_mode: 'READ_ONLY' });
  const connections = await Promise.all(Array.from({ length: 8 }, () => bare.connect()));
  const { catalogue } = snapshots.current!;
  const before = addMonths(to, -12);
  const [atFirst, beside] = [year(before, YEAR_CUTS), [...year(to, YEAR_CUTS), ...byMonth]];
  for (const [what, atOnce, list] of [
    ['default', 1, atFirst],
    ['default', 8, beside],
    ['chosen', 1, year(before, CHOSEN_CUTS)],
    ['chosen', 8, year(to, CHOSEN_CUTS)],
  ] as const) {
    asked = 0;
    const ours = await clients.ask(list, atOnce);
    const theirs = await timed(list, atOnce, (path, client) => askBare(connections[client]!, askedOf(catalogue, path)));
    console.log(
      `  ${list.length} ${what} questions over HTTP, uncached, ${atOnce} at once: ${words(ours.times)}, ${asked} of them asked the database; ${(ours.total / theirs.total).toFixed(2)}x the time of their SQL on bare DuckDB (${words(theirs.times)})`,
    );
  }
  const all = [...atFirst, ...beside];
  await clients.ask(all, 32);
  const often = Array.from({ length: 10 }, () => all).flat();
  const cached = await clients.ask(often, 32);
  console.log(
    `  cached, 32 at once: ${words(cached.times)}, ${((1000 * often.length) / cached.total).toFixed(0)} a second`,
  );

  const preset = cohorts.find(({ where }) => where.startsWith('cohort:'))?.where ?? '';
  const where = `&where=${encodeURIComponent([WORST_FILTER, preset].filter(Boolean).join(';'))}`;
  const rich = metrics.filter(({ dimensions }) => WORST_DIMENSIONS.every((id) => dimensions.includes(id)));
  const shapes = rich.flatMap(({ id }) =>
    WORST_CUTS.map((by) => `/api/metrics/${id}?by=${by}&from=${addMonths(to, -32)}&to=${to}${where}`),
  );
  const { times } = await clients.ask(shapes, 1);
  const worst = [...shapes.keys()].sort((a, b) => times[b]! - times[a]!).slice(0, WORST);
  const again = worst.flatMap((at) =>
    [1, 2, 3, 4].map((fewer) => shapes[at]!.replace(`to=${to}`, `to=${addMonths(to, -fewer)}`)),
  );
  console.log(`  worst ${WORST} of ${shapes.length} filter shapes: ${words((await clients.ask(again, 1)).times)}`);
  for (const connection of connections) connection.closeSync();
  bare.closeSync();
  clients.close();
  await close();

  const queries = new Queries(await DuckDB.open(file));
  await benchCohorts(queries);
  queries.close();

  const { swaps, answers, errors, mixed, longest } = await swapUnderLoad({ swaps: 20, clients: 8 });
  console.log(
    `  ${swaps} swaps of snapshots under load: ${answers} answers, ${errors} errors, ${mixed} mixed, slowest answer ${longest.toFixed(0)} ms`,
  );
}
