import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AttributedPersons, Attribution } from '#contract/attribution';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let cookie: string;
beforeAll(async () => {
  server = await startServer();
  cookie = server.cookieOf('aco_admin');
});
afterAll(() => server.close());

const told = async (query = '', as = cookie): Promise<Attribution> =>
  Attribution.parse(await (await server.ask(`/api/attribution${query}`, { cookie: as })).json());
const listed = async (query: string): Promise<AttributedPersons> =>
  AttributedPersons.parse(await (await server.ask(`/api/attribution/persons?${query}`, { cookie })).json());

describe('how people came to their practice', () => {
  test('is counted at the latest assessment, or at the one asked for', async () => {
    const { assessment, assessments, outcomes, agreement, changes } = await told();
    expect([assessment, assessments]).toEqual(['2024-12-31', ['2024-12-31', '2024-09-30', '2023-12-31']]);
    expect(outcomes).toEqual([
      { outcome: 'step 1', persons: 150 },
      { outcome: 'no physician', persons: 120 },
      { outcome: 'no coverage', persons: 15 },
      { outcome: 'step 2', persons: 15 },
    ]);
    expect(agreement.map(({ persons }) => persons)).toEqual([150, 120, 1]);
    expect(changes).toEqual([
      { change: 'in', reason: 'coverage began', persons: 75 },
      { change: 'moved', reason: 'more charges there', persons: 15 },
      { change: 'out', reason: 'coverage ended', persons: 15 },
      { change: 'out', reason: 'died', persons: 1 },
    ]);
    expect((await told('?assessment=2024-09-30')).changes).toEqual([]);
    expect((await server.ask('/api/attribution?assessment=2024-01-01', { cookie })).status).toBe(404);
  });

  test('ends in lists of as many persons as were counted', async () => {
    const { outcomes, agreement, changes } = await told();
    for (const { outcome, persons } of outcomes) expect((await listed(`outcome=${outcome}`)).total).toBe(persons);
    for (const row of agreement) expect((await listed(`agreement=${row.agreement}`)).total).toBe(row.persons);
    for (const { change, reason, persons } of changes)
      expect((await listed(`change=${change}&cause=${reason}`)).total).toBe(persons);
  });

  test('names the person, who is responsible and why', async () => {
    const { persons } = await listed('outcome=step%201&practice=p1&limit=500');
    expect(persons.find(({ person_id }) => person_id === 'person-0002')).toEqual({
      ...{ person_id: 'person-0002', name: 'First2 Last2', practice: 'First Practice', practitioner: '1000000002' },
      ...{ basis: 'stated', outcome: 'step 1', rule_practice: 'First Practice', agreement: 'same practice' },
      reason: 'Because.',
    });
    const page = await listed('outcome=step%201&limit=20&offset=140');
    expect([page.total, page.persons.length]).toEqual([150, 10]);
    const file = await server.ask('/api/attribution/persons?outcome=step%201', {
      cookie,
      headers: { accept: 'text/csv' },
    });
    expect(parse(await file.text(), { columns: true })).toHaveLength(150);
  });

  test('hides what is few in shareable mode, and what would tell it', async () => {
    const { outcomes, agreement, changes } = await told('', server.cookieOf('analyst_aggregate'));
    expect(outcomes.map(({ persons }) => persons)).toEqual([160, 120, 20, 20]);
    expect(agreement.map(({ persons }) => persons)).toEqual([160, null, null]);
    expect(changes.filter(({ persons }) => persons === null)).toHaveLength(2);
    expect(changes.find(({ reason }) => reason === 'died')?.persons).toBeNull();
  });
});
