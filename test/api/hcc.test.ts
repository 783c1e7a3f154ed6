import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HccGapCounts, HccGapPersons, PersonHcc } from '#contract/hcc';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ excluded: { 10: '2024-06-01' } });
});
afterAll(() => server.close());

type Role = Parameters<TestServer['cookieOf']>[0];
const get = async (path: string, role: Role = 'aco_admin') =>
  (await server.ask(path, { cookie: server.cookieOf(role) })).json();
const counts = async (query = '', role?: Role) => HccGapCounts.parse(await get(`/api/hcc-gaps?${query}`, role));
const list = async (query = '') => HccGapPersons.parse(await get(`/api/hcc-gaps/persons?${query}`));
const person = async (n: number) =>
  PersonHcc.parse(await get(`/api/patients/person-${String(n).padStart(4, '0')}/risk-adjustment`));

/** The people of the fixture's gaps: not the dead, and not person 10, whose claims CMS does not share. */
const numbers = Array.from({ length: 300 }, (_, at) => at + 1).filter((n) => n % 50 !== 0 && n !== 10);
const DIABETES = numbers.filter((n) => n % 10 === 0).length;
const SUSPECTED = numbers.filter((n) => n % 25 === 0).length;
const FAILING = numbers.filter((n) => n % 30 === 1).length;

describe('the risk adjustment of a person', () => {
  test('is the newest year by the newest model that pays, and what it is the sum of', async () => {
    const { score } = await person(20);
    expect(score).toMatchObject({ model: 'V28', payment_year: 2025, data_year: 2024, segment: 'CNA' });
    expect([score?.raw_score, score?.normalized_score, score?.demographic_score]).toEqual([1.25, 1.196, 0.7]);
    expect(score?.parts.map(({ variable }) => variable)).toEqual(['F70_74', 'D1']);
  });

  test('names for each category its last code that counts, and what counts nowhere', async () => {
    const { score } = await person(20);
    expect(score?.categories).toEqual([
      {
        ...{ hcc: '38', label: 'Diabetes', coefficient: 0.166, code: 'E119', claims: 3 },
        ...{ claim_date: '2024-03-01', claim_id: 'claim-4', source_name: 'payer' },
      },
    ]);
    expect(score?.dropped.map(({ code, dropped }) => [code, dropped])).toEqual([
      ['I509', 'no eligible procedure on the claim'],
    ]);
  });

  test('has the open gaps of the newest year alone, none of the dead or of a model that does not pay', async () => {
    expect((await person(20)).gaps).toEqual([
      {
        ...{ model: 'V28', payment_year: 2025, data_year: 2024, kind: 'recapture', hcc: '38', label: 'Diabetes' },
        ...{ evidence: 'E119 on a claim of 2023-05-02', evidence_date: '2023-05-02' },
        ...{ coefficient: 0.166, coefficient_year: 2025 },
      },
    ]);
    expect([await person(50), await person(3)]).toEqual([
      { score: null, gaps: [] },
      { score: null, gaps: [] },
    ]);
  });

  test('is nobody’s where there is no such person', async () => {
    const reply = await server.ask('/api/patients/nobody/risk-adjustment', { cookie: server.cookieOf('aco_admin') });
    expect(reply.status).toBe(404);
  });
});

describe('categories that are open', () => {
  test('are counted by kind, of the people of a filter', async () => {
    expect(await counts()).toEqual({
      ...{ payment_year: 2025, data_year: 2024, recapture: DIABETES + FAILING, suspect: SUSPECTED },
      categories: [
        { model: 'V28', hcc: '38', label: 'Diabetes', recapture: DIABETES, suspect: 0 },
        { model: 'V28', hcc: '226', label: 'Heart failure', recapture: FAILING, suspect: SUSPECTED },
      ],
    });
    const { categories } = await counts('where=sex:male');
    expect(categories).toEqual([
      { model: 'V28', hcc: '226', label: 'Heart failure', recapture: FAILING, suspect: SUSPECTED },
    ]);
  });

  test('are listed one by one, as many as are counted, the latest evidence first', async () => {
    const all = await list('limit=500');
    expect(all.total).toBe(DIABETES + FAILING + SUSPECTED);
    expect(all.people).toBe(new Set(all.gaps.map(({ person_id }) => person_id)).size);
    const dates = all.gaps.map(({ evidence_date }) => evidence_date ?? '');
    expect(dates).toEqual(dates.toSorted().toReversed());
    expect(await list('kind=suspect&model=V28&hcc=226')).toMatchObject({ total: SUSPECTED, people: SUSPECTED });
    expect((await list('where=sex:female&hcc=38&limit=5&offset=20')).gaps).toHaveLength(DIABETES - 20);
    const file = await server.ask('/api/hcc-gaps/persons?kind=recapture', {
      ...{ cookie: server.cookieOf('aco_admin'), headers: { accept: 'text/csv' } },
    });
    expect(parse(await file.text(), { columns: true })).toHaveLength(DIABETES + FAILING);
  });

  test('are hidden in shareable mode where few have them, and told to the nearest 20', async () => {
    const told = await counts('', 'analyst_aggregate');
    expect(told.categories.map(({ recapture, suspect }) => [recapture, suspect])).toEqual([
      [20 * Math.round(DIABETES / 20), 0],
      [null, null],
    ]);
    expect([told.recapture, told.suspect]).toEqual([null, null]);
    const some = await counts('where=practice:p1;sex:female', 'analyst_aggregate');
    expect(some.categories.every(({ recapture }) => recapture === null || recapture === 0 || recapture > 10)).toBe(
      true,
    );
    const closed = await server.ask('/api/hcc-gaps/persons', { cookie: server.cookieOf('analyst_aggregate') });
    expect(closed.status).toBe(403);
  });
});
