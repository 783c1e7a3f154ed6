import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Concentration } from '#contract/concentration';
import { apart } from '../../server/disclosure/ranked.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let oracle: DuckDBConnection;
beforeAll(async () => {
  server = await startServer();
  copyFileSync(join(server.home, 'snapshots/a.duckdb'), join(server.home, 'oracle.duckdb'));
  oracle = await (
    await DuckDBInstance.create(join(server.home, 'oracle.duckdb'), { access_mode: 'READ_ONLY' })
  ).connect();
});
afterAll(async () => {
  oracle.closeSync();
  await server.close();
});

const COST = '/api/metrics/total-cost-per-member-per-month/concentration';
const get = (query = '', role: 'aco_admin' | 'analyst_aggregate' = 'aco_admin') =>
  server.ask(`${COST}${query}`, { cookie: server.cookieOf(role) });
const concentration = async (...asked: Parameters<typeof get>) =>
  Concentration.parse(await (await get(...asked)).json());

/** What each person cost, the costliest first. */
async function spending(where = 'true'): Promise<number[]> {
  const found = await oracle.runAndReadAll(
    `select sum(numerator) from metric.total_cost_per_member_per_month where exclusion is null and ${where} group by person_id`,
  );
  return found
    .getRows()
    .map(([dollars]) => Number(dollars))
    .sort((a, b) => b - a);
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

describe('concentration', () => {
  test.each([
    ['', 'true'],
    ['?where=sex:female&from=2023-03&to=2024-01', "sex = 'female' and month between '2023-03-01' and '2024-01-01'"],
  ])('%s is what the costliest people have of all the dollars, their number rounded up', async (query, where) => {
    const people = await spending(where);
    const { persons, dollars, costliest } = await concentration(query);
    expect(persons).toBe(people.length);
    expect(dollars).toBeCloseTo(sum(people), 4);
    expect(costliest.map(({ percent }) => percent)).toEqual(Array.from({ length: 100 }, (_, at) => at + 1));
    for (const { percent, persons, dollars, share } of costliest) {
      const some = people.slice(0, Math.ceil((percent * people.length) / 100));
      expect(persons).toBe(some.length);
      expect(dollars).toBeCloseTo(sum(some), 4);
      expect(share).toBeCloseTo((100 * sum(some)) / sum(people), 6);
    }
    expect(costliest.at(-1)?.share).toBe(100);
  });

  test('has the Gini coefficient of the mean difference between any two people', async () => {
    const people = await spending();
    const differences = sum(people.map((one) => sum(people.map((other) => Math.abs(one - other)))));
    const { gini } = await concentration();
    expect(gini).toBeCloseTo(differences / (2 * people.length * sum(people)), 5);
  });

  test('of nobody is nothing, and of a rate is refused', async () => {
    expect(await concentration('?from=2030-01')).toMatchObject({
      persons: null,
      dollars: null,
      costliest: [],
      gini: null,
    });
    const reply = await server.ask('/api/metrics/readmission-30-day/concentration', {
      cookie: server.cookieOf('aco_admin'),
    });
    expect(reply.status).toBe(400);
  });
});

describe('concentration to be shared', () => {
  test('shows sums of dollars with 11 people or more between them, and counts nobody', async () => {
    const people = await spending();
    const { persons, costliest } = await concentration('', 'analyst_aggregate');
    const places = costliest.map(({ percent }) => Math.ceil((percent * people.length) / 100));
    expect(places.length).toBeGreaterThan(5);
    places.forEach((place, at) => {
      expect(place - (places[at - 1] ?? 0)).toBeGreaterThanOrEqual(11);
    });
    expect(places.at(-1)).toBe(people.length);
    expect([persons, ...costliest.map((point) => point.persons)].every((count) => count === null)).toBe(true);
  });

  test('says nothing where the total is hidden', async () => {
    expect(await concentration('?where=condition:gout', 'analyst_aggregate')).toMatchObject({
      persons: null,
      dollars: null,
      costliest: [],
      gini: null,
    });
    expect((await concentration('?where=condition:gout')).costliest).not.toEqual([]);
  });

  test('hides a place that only a few who have anything tell apart from the next', () => {
    const place = (persons: number, contributors: number) => ({ persons, contributors });
    const shown = (...places: ReturnType<typeof place>[]) => apart(places).map(({ persons }) => persons);
    expect(shown(place(10, 10), place(20, 20), place(40, 40))).toEqual([20, 40]);
    expect(shown(place(20, 20), place(30, 30), place(40, 40))).toEqual([20, 40]);
    expect(shown(place(20, 20), place(40, 25), place(80, 36))).toEqual([20, 80]);
    expect(shown(place(20, 20), place(40, 20), place(80, 20))).toEqual([20, 40, 80]);
    expect(shown()).toEqual([]);
  });
});
