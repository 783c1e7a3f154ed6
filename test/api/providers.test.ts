import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AttributedPersons, Attribution } from '#contract/attribution';
import { Providers } from '#contract/providers';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let small: TestServer;
beforeAll(async () => {
  [server, small] = await Promise.all([startServer(), startServer({ snapshot: 'small', persons: 30 })]);
});
afterAll(() => Promise.all([server.close(), small.close()]));

const ask = (query: string, of = server, role: 'aco_admin' | 'analyst_aggregate' = 'aco_admin') =>
  of.ask(`/api/providers${query}`, { cookie: of.cookieOf(role) });
const told = async (...asked: Parameters<typeof ask>) => Providers.parse(await (await ask(...asked)).json());

/** How many persons the list behind a count holds. */
async function behind(selection: Readonly<Record<string, string>>): Promise<number> {
  const query = new URLSearchParams({ ...selection, limit: '1' });
  const reply = await server.ask(`/api/attribution/persons?${query}`, { cookie: server.cookieOf('aco_admin') });
  return AttributedPersons.parse(await reply.json()).total;
}

/** The largest first, what is hidden last. */
const byNumber = (a: number | null, b: number | null) => (b ?? -1) - (a ?? -1);

describe('practices and practitioners', () => {
  test('each panel is of the living, by risk tier, and opens as many people', async () => {
    const { assessment, practices, panels } = await told('');
    expect([assessment, practices.map(({ practice_id, persons }) => [practice_id, persons])]).toEqual([
      '2024-12-31',
      [
        ['p1', 174],
        ['p2', 90],
      ],
    ]);
    for (const { practice_id, npi, persons, tiers } of panels) {
      const panel = { practice: practice_id ?? 'none', npi: npi ?? 'none' };
      expect(await behind(panel)).toBe(persons);
      expect(tiers?.reduce((sum, tier) => sum + tier.persons, 0)).toBe(persons);
      for (const { tier, persons } of tiers ?? []) expect(await behind({ ...panel, tier })).toBe(persons);
    }
    for (const { practice_id, persons } of practices)
      expect(await behind({ practice: practice_id ?? '' })).toBe(persons);
    expect((await told('?assessment=2023-12-31')).practices.map(({ persons }) => persons)).toEqual([165, 105, 15]);
    expect((await ask('?assessment=2020-01-01')).status).toBe(404);
  });

  test('who came, went, moved and died opens as many people, of the ACO and of one practice', async () => {
    const flows = async (query: string) =>
      (await told(query)).churn.flatMap(({ changes }) => changes.map((one) => [one.flow, one.reason, one.persons]));
    expect(await flows('')).toEqual([
      ['in', 'coverage began', 75],
      ['moved', 'more charges there', 15],
      ['out', 'coverage ended', 15],
      ['out', 'died', 1],
    ]);
    expect(await behind({ change: 'out', but: 'died' })).toBe(15);
    expect(await flows('?practice=p2')).toEqual([
      ['in', 'coverage began', 30],
      ['moved out', 'more charges there', 15],
    ]);
    expect(await behind({ change: 'in', joined: 'p2' })).toBe(30);
    expect(await behind({ change: 'moved', left: 'p2' })).toBe(15);
    expect((await flows('?practice=p1')).map(([flow, , persons]) => [flow, persons])).toContainEqual(['moved in', 15]);
    expect(await behind({ change: 'moved', joined: 'p1' })).toBe(15);
    expect(await behind({ change: 'out', cause: 'died', left: 'p1' })).toBe(1);
  });

  test('who had a practice a year before is with it still, or with another, or with none, or has died', async () => {
    const { stability } = await told('');
    expect(stability).toEqual({
      before: '2023-12-31',
      rows: [
        { stayed: 'same practice', persons: 249 },
        { stayed: 'another practice', persons: 15 },
        { stayed: 'no practice', persons: 15 },
        { stayed: 'died', persons: 6 },
      ],
    });
    for (const { stayed, persons } of stability?.rows ?? []) expect(await behind({ stayed })).toBe(persons);
    for (const { stayed, persons } of (await told('?practice=p2')).stability?.rows ?? [])
      expect(await behind({ stayed, left: 'p2' })).toBe(persons);
    expect((await told('?assessment=2024-09-30')).stability).toBeNull();
  });

  test('shared, nothing of few people is told, the same as elsewhere, no risk, and nothing of one practice’s comers', async () => {
    const { panels, churn, stability } = await told('', server, 'analyst_aggregate');
    expect(panels.map(({ tiers, seen, expected }) => [tiers, seen, expected])).toEqual(
      panels.map(() => [null, null, null]),
    );
    expect(churn.flatMap(({ changes }) => changes.map(({ persons }) => persons)).sort(byNumber)).toEqual([
      80,
      20,
      null,
      null,
    ]);
    expect(stability?.rows.map(({ persons }) => persons).sort(byNumber)).toEqual([240, 20, null, null]);
    const same = await server.ask('/api/attribution', { cookie: server.cookieOf('analyst_aggregate') });
    expect(Attribution.parse(await same.json()).changes).toEqual(
      churn.flatMap(({ changes }) => changes.map(({ flow, ...change }) => ({ change: flow, ...change }))),
    );
    expect((await ask('?practice=p1', server, 'analyst_aggregate')).status).toBe(403);
  });

  test('shared, a practice that is hidden hides its practitioners, who would add up to it', async () => {
    expect((await told('', small)).practices.map(({ persons }) => persons)).toEqual([18, 9]);
    const { practices, panels } = await told('', small, 'analyst_aggregate');
    expect([...practices, ...panels].filter(({ persons }) => persons !== null)).toEqual([]);
  });
});
