import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Candidates, Plan, Risk } from '#contract/risk';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

const get = async (path: string, role: Parameters<TestServer['cookieOf']>[0] = 'aco_admin') =>
  (await server.ask(path, { cookie: server.cookieOf(role) })).json();
const plan = async (query: string, role?: Parameters<TestServer['cookieOf']>[0]) =>
  Plan.parse(await get(`/api/risk/plan?${query}`, role));

/** The chance of the fixture's people who are on the list, the likeliest first; those without one as 0 at the end. */
const LIST = Array.from({ length: 300 }, (_, at) => at + 1)
  .filter((n) => n % 25 !== 0 && n % 50 !== 1)
  .map((n) => (n % 10 === 9 ? null : (n % 40) / 50))
  .sort((a, b) => (b ?? -1) - (a ?? -1));
const sum = (chances: readonly (number | null)[]) => chances.reduce<number>((all, one) => all + (one ?? 0), 0);

describe('the capacity planner', () => {
  test('reaches the likeliest of the list, as many as the hours allow, and expects the sum of their chances', async () => {
    const found = await plan('hours=101&hoursPerPerson=2');
    expect(found).toMatchObject({ capacity: 50, listed: LIST.length, people: 50, withoutChance: 0 });
    expect(found.cutoff).toBeCloseTo(LIST[49] ?? 0, 9);
    expect(found.expected).toBeCloseTo(sum(LIST.slice(0, 50)), 9);
    expect(found.expectedOfAll).toBeCloseTo(sum(LIST), 9);
    expect(found.curve).toHaveLength(101);
    expect(found.curve.at(-1)).toEqual({ percent: 100, share: 1 });
  });

  test('reaches nobody with no hours, and no more than everybody with many', async () => {
    expect(await plan('hours=0&hoursPerPerson=2')).toMatchObject({ people: 0, cutoff: null, expected: 0, found: null });
    expect(await plan('hours=9999&hoursPerPerson=2')).toMatchObject({
      capacity: 4999,
      people: LIST.length,
      withoutChance: LIST.filter((chance) => chance === null).length,
    });
  });

  test('tells how many of those who were admitted the same share would have found, by what was told beforehand', async () => {
    const judged = Array.from({ length: 200 }, (_, at) => ({ n: at + 1, risk: ((at + 1) * 7) % 100 })).sort(
      (a, b) => b.risk - a.risk || a.n - b.n,
    );
    const share = 50 / LIST.length;
    const reached = judged.slice(0, Math.round(share * judged.length));
    expect((await plan('hours=100&hoursPerPerson=2')).found).toEqual({
      people: reached.length,
      admitted: reached.filter(({ n }) => n % 4 === 0).length,
      all: judged.filter(({ n }) => n % 4 === 0).length,
    });
  });

  test('in shareable mode tells nothing of few people, nor what came of anybody', async () => {
    const few = await plan('hours=10&hoursPerPerson=2', 'analyst_aggregate');
    expect(few).toMatchObject({ people: null, cutoff: null, expected: null, found: null, curve: [] });
    const many = await plan('hours=101&hoursPerPerson=2', 'analyst_aggregate');
    expect(many).toMatchObject({
      capacity: 50,
      people: 60,
      found: null,
      cutoff: Math.round(100 * (LIST[59] ?? 0)) / 100,
    });
  });
});

describe('the picture of risk', () => {
  test('counts everybody once in each table', async () => {
    const { persons, bases, tiers, bins, migration, barriers, model } = Risk.parse(await get('/api/risk'));
    const total = (rows: readonly { persons: number | null }[]) =>
      rows.reduce((all, row) => all + (row.persons ?? 0), 0);
    expect(persons).toBe(300);
    expect(total(tiers)).toBe(300);
    expect(total(bases)).toBe(300);
    expect(total(bins)).toBe(bases.find(({ basis }) => basis === 'model')?.persons);
    expect(migration.from).toBe('2024-01-01');
    expect(total(barriers)).toBe(300 - LIST.length);
    expect(model?.slope?.value).toBe(1.05);
  });

  test('hides small counts in shareable mode, and those that would tell them', async () => {
    const { tiers, barriers } = Risk.parse(await get('/api/risk', 'analyst_aggregate'));
    for (const { persons, rising } of tiers) {
      if (persons === null) continue;
      for (const shown of [persons, rising ?? 0]) expect(shown % 20).toBe(0);
    }
    expect(barriers.find(({ barrier }) => barrier === 'died')?.persons).toBeNull();
    expect(Risk.parse(await get('/api/risk?where=practice:p3', 'analyst_aggregate')).persons).toBeNull();
  });
});

describe('the list of candidates', () => {
  const list = async (query: string) => Candidates.parse(await get(`/api/risk/candidates?${query}`));

  test('has the likeliest first, those without a chance last, and nobody with a barrier', async () => {
    const { total, people } = await list('limit=500');
    expect(total).toBe(LIST.length);
    expect(people.map(({ chance }) => chance)).toEqual(LIST);
    expect(people.every(({ barriers }) => barriers.length === 0)).toBe(true);
  });

  test('has the rising apart, and those whom nobody should call with the reason', async () => {
    const rising = await list('list=rising&limit=500');
    expect(rising.people.every(({ is_rising, barriers }) => is_rising && barriers.length === 0)).toBe(true);
    const off = await list('list=off&limit=500');
    expect(off.total).toBe(300 - LIST.length);
    expect(off.people.every(({ barriers }) => barriers.length > 0)).toBe(true);
  });

  test('has behind every count of the tiers as many as it says', async () => {
    const { tiers, migration } = Risk.parse(await get('/api/risk?where=practice:p1'));
    expect(migration.cells.length).toBeGreaterThan(4);
    for (const { before, now, persons } of migration.cells) {
      const { total, people } = await list(`where=practice:p1&list=moved&before=${before}&tier=${now}&limit=500`);
      expect([total, people.length]).toEqual([persons, persons]);
      expect(people.every(({ tier }) => tier === now)).toBe(true);
    }
    for (const { tier, rising } of tiers)
      expect((await list(`where=practice:p1&list=rising&tier=${tier}`)).total).toBe(rising);
    expect(tiers.some(({ rising }) => rising !== null && rising > 0)).toBe(true);
  });

  test('is closed in shareable mode', async () => {
    const reply = await server.ask('/api/risk/candidates', { cookie: server.cookieOf('analyst_aggregate') });
    expect(reply.status).toBe(403);
  });
});
