import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FeedFiles, FeedMonths } from '#contract/run';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

const get = async (path: string, role: Parameters<TestServer['cookieOf']>[0] = 'aco_admin') =>
  (await server.ask(path, { cookie: server.cookieOf(role) })).json();

describe('the months of feeds', () => {
  test('begin with the first that a feed has, two years at most, and those without records are there', async () => {
    const { feeds, leftOut } = FeedMonths.parse(await get('/api/freshness/months'));
    expect(leftOut).toBe(0);
    expect(feeds.map(({ source_name, kind }) => `${source_name} ${kind}`)).toEqual([
      'clinic lab_result',
      'payer medical_claim',
    ]);
    const [clinic, payer] = feeds;
    expect(clinic?.months.map(({ rows }) => rows)).toEqual([90, 0, 0, 0, 0, 0, 0, 3]);
    expect(clinic?.months[0]?.month).toBe('2024-05');
    expect(payer?.months).toHaveLength(24);
    expect(payer?.months.filter(({ rows }) => rows !== 25)).toEqual([{ month: '2024-07', rows: 0 }]);
  });

  test('are left out of what is shared where one has few records, and else told roughly', async () => {
    const { feeds, leftOut } = FeedMonths.parse(await get('/api/freshness/months', 'analyst_aggregate'));
    expect(leftOut).toBe(1);
    expect(feeds.map(({ source_name }) => source_name)).toEqual(['payer']);
    expect(new Set(feeds[0]?.months.map(({ rows }) => rows))).toEqual(new Set([20, 0]));
  });

  test('open their files, with the records of the month and of all', async () => {
    const files = (month: string) =>
      get(`/api/freshness/files?source=payer&kind=medical_claim&month=${month}`).then(
        (reply) => FeedFiles.parse(reply).files,
      );
    const whole = { rows_of_all: 575, first_month: '2023-01', last_month: '2024-12' };
    expect(await files('2024-06')).toMatchObject([{ ...whole, rows: 25 }]);
    expect(await files('2024-07')).toMatchObject([{ ...whole, rows: 0 }]);
  });
});
