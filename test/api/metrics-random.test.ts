import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Catalogue } from '#contract/catalogue';
import { MetricResult } from '#contract/result';
import { estimate } from '../../server/statistics/estimate.ts';
import { textAt } from '../../server/store/columns.ts';
import { readGroups } from '../../server/store/metric.ts';
import { questionOf } from '../../server/store/question.ts';
import { Random } from '../campaign/random.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { METRICS } from '../support/snapshot.ts';
import { type Asked, answerTo, differenceOf, pathOf, questionTo, readRows, saidBy } from './metric-oracle.ts';

const QUESTIONS = 200;

let server: TestServer;
let cookie: string;
let plain: DuckDBConnection;
let catalogue: Catalogue;
beforeAll(async () => {
  server = await startServer();
  cookie = server.cookieOf('aco_admin');
  copyFileSync(join(server.home, 'snapshots/a.duckdb'), join(server.home, 'plain.duckdb'));
  plain = await (
    await DuckDBInstance.create(join(server.home, 'plain.duckdb'), { access_mode: 'READ_ONLY' })
  ).connect();
  catalogue = Catalogue.parse(await (await server.ask('/api/catalogue', { cookie })).json());
});
afterAll(async () => {
  plain.closeSync();
  await server.close();
});

const get = (path: string) => server.ask(path, { cookie });

test(`${QUESTIONS} random questions are answered as a naive reading of the rows answers them`, async () => {
  const random = new Random(5);
  let groups = 0;
  for (const metric of METRICS) {
    const rows = await readRows(plain, metric, catalogue.dimensions);
    for (let at = 0; at < QUESTIONS / METRICS.length; at++) {
      const asked = questionTo(metric, catalogue, random);
      const said = saidBy(MetricResult.parse(await (await get(pathOf(asked))).json()), asked);
      expect(differenceOf(said, answerTo(asked, rows, catalogue)), pathOf(asked)).toBeNull();
      groups += said.size;
    }
  }
  expect(groups).toBeGreaterThan(5 * QUESTIONS);
});

test('a person with two rows in a rolling window counts once where the metric counts persons', async () => {
  const [stays] = METRICS;
  if (!stays) throw new Error('there is no metric');
  const metric = { ...stays, grain: 'person' as const };
  const asked: Asked = { metric, by: ['month', 'sex'], from: undefined, to: undefined, where: {}, rolling: 12 };
  const { snapshot, release } = server.dependencies.snapshots.hold();
  const question = questionOf(snapshot.catalogue, metric.id, { by: 'month,sex', where: '', rolling: 12 });
  const once = { ...question, metric: { ...question.metric, grain: metric.grain } };
  const { keys, sums } = await readGroups(snapshot.queries, snapshot.catalogue, once, false);
  release();
  const said = new Map(
    sums.map((sum, row) => [JSON.stringify(keys.map((key) => textAt(key, row))), estimate(metric, sum)]),
  );
  const naive = answerTo(asked, await readRows(plain, metric, catalogue.dimensions), catalogue);
  expect(differenceOf(said, naive)).toBeNull();
  const twice = answerTo({ ...asked, metric: stays }, await readRows(plain, stays, catalogue.dimensions), catalogue);
  const last = JSON.stringify(['2024-12', 'female']);
  expect(said.get(last)?.denominator).toBeLessThan(twice.get(last)?.denominator ?? 0);
});

test('a rolling window is wholly within the data, and ends in the months asked for', async () => {
  const months = async (query: string) => {
    const path = `/api/metrics/emergency-visits-per-1000?by=month&${query}`;
    const { cells, provenance } = MetricResult.parse(await (await get(path)).json());
    expect(provenance.rolling).toBe(12);
    return cells.map(({ key }) => key.month);
  };
  const all = await months('rolling=12');
  expect([all[0], all.at(-1), all.length]).toEqual(['2023-12', '2024-12', 13]);
  expect(await months('rolling=12&from=2024-03&to=2024-04')).toEqual(['2024-03', '2024-04']);
  expect(await months('rolling=12&from=2023-02&to=2023-11')).toEqual([]);
});

test.each([
  'emergency-visits-per-1000?rolling=12',
  'emergency-visits-per-1000?by=quarter&rolling=12',
  'emergency-visits-per-1000?by=month,year&rolling=12',
  'emergency-visits-per-1000?by=month&rolling=1',
  'emergency-visits-per-1000?by=month&rolling=13',
  'cms125-1?by=month&rolling=12',
  'emergency-visits-per-1000/rows?rolling=12',
])('%s is refused', async (path) => {
  expect((await get(`/api/metrics/${path}`)).status).toBe(400);
});
