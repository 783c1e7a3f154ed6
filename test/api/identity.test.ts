import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Conflicts, Identity, Reviews } from '#contract/identity';
import { Patient, Patients } from '#contract/patient';
import { listViews } from '../../server/store/audit.ts';
import { loadFiles } from '../readers/harness.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let cookie: string;
beforeAll(async () => {
  server = await startServer();
  cookie = server.cookieOf('aco_admin');
});
afterAll(() => server.close());

const get = async (path: string) => (await server.ask(path, { cookie })).json();
const NOT_COVERED = 'reason=on%20the%20list,%20not%20covered';

describe('what sources dispute of people', () => {
  test('is counted: shared identifiers with their records, and months with their persons by reason', async () => {
    expect(Identity.parse(await get('/api/identity'))).toEqual({
      matched: [
        { sources: ['payer'], persons: 273 },
        { sources: ['ehr', 'payer'], persons: 27 },
      ],
      reviews: 12,
      records: 25,
      not_shared: 0,
      conflicts: [
        { reason: 'on the list, not covered', months: 60, persons: 20 },
        { reason: 'covered, not on the list', months: 20, persons: 20 },
        { reason: 'covered, not eligible by the list', months: 14, persons: 14 },
        { reason: 'on the list, in Medicare Advantage', months: 12, persons: 1 },
        { reason: 'covered, taken off the list', months: 4, persons: 4 },
      ],
    });
  });

  test('hides in shareable mode what is few, and what would tell it', async () => {
    const analyst = server.cookieOf('analyst_aggregate');
    const { reviews, records, conflicts, matched } = Identity.parse(
      await (await server.ask('/api/identity', { cookie: analyst })).json(),
    );
    expect([reviews, records, matched]).toEqual([20, 20, null]);
    expect(conflicts.map(({ months, persons }) => [months, persons])).toEqual([
      [60, 20],
      [20, 20],
      [null, null],
      [null, null],
      [null, null],
    ]);
  });
});

describe('records that may be one person', () => {
  test('are shown side by side, with what they differ in', async () => {
    const { total, reviews } = Reviews.parse(await get('/api/identity/reviews'));
    expect(total).toBe(12);
    expect(reviews).toHaveLength(12);
    const [first] = reviews;
    expect(first).toMatchObject({
      review_id: 'review-01',
      differs: ['sex', 'birth date'],
      system: 'urn:mrn',
      value: 'M1',
    });
    expect(
      first?.records.map(({ source_name, source_person_id, name, sex }) => [source_name, source_person_id, name, sex]),
    ).toEqual([
      ['ehr', '-2', 'First2 Last2', 'female'],
      ['ehr', '-3', 'First3 Last3', 'male'],
      ['payer', 'member-26', 'First26 Last26', 'female'],
    ]);
  });

  test('become one by a file in the layout of person_identifier, which says their ids to the letter', async () => {
    const reply = await server.ask('/api/export/reviews/review-01', { cookie, headers: { accept: 'text/csv' } });
    expect(reply.headers.get('content-disposition')).toBe('attachment; filename="same-person-review-01.csv"');
    expect(parse(await reply.text(), { columns: true })).toEqual(
      [
        ['-2', 'ehr'],
        ['-3', 'ehr'],
        ['member-26', 'payer'],
      ].map(([person_id, data_source]) => ({
        person_id,
        system: 'urn:throughline:same-person',
        value: 'review-01',
        data_source,
      })),
    );
  });

  test('are read from that file, whatever it is called', async () => {
    const reply = await server.ask('/api/export/reviews/review-01', { cookie });
    const { refusals, query } = await loadFiles({ 'decided/by-ann.csv': await reply.text() });
    expect(refusals).toEqual([]);
    expect(
      await query('select source_name, person_id, system, value from input.person_identifier order by person_id'),
    ).toEqual(
      [
        ['ehr', '-2'],
        ['ehr', '-3'],
        ['payer', 'member-26'],
      ].map(([source_name, person_id]) => ({
        source_name,
        person_id,
        system: 'urn:throughline:same-person',
        value: 'REVIEW-01',
      })),
    );
  });

  test('of no review have no file, and each look is written down', async () => {
    expect((await server.ask('/api/export/reviews/none', { cookie })).status).toBe(404);
    await server.ask('/api/export/reviews/review-02', { cookie });
    expect(listViews(server.dependencies.database).at(-1)).toMatchObject({
      route: '/api/export/reviews/:id',
      subject: 'review-02',
      shown: 2,
    });
  });
});

describe('months on which list and spans disagree', () => {
  test('are listed by person, and add up to the months that are counted', async () => {
    const { total, months, conflicts } = Conflicts.parse(await get(`/api/identity/conflicts?${NOT_COVERED}&limit=500`));
    expect([total, months]).toEqual([20, 60]);
    expect(conflicts.reduce((sum, conflict) => sum + conflict.months, 0)).toBe(months);
    expect(conflicts.find(({ person_id }) => person_id === 'person-0002')).toEqual({
      reason: 'on the list, not covered',
      person_id: 'person-0002',
      name: 'First2 Last2',
      source_person_ids: ['-2', 'member-2'],
      months: 3,
      first_month: '2024-01-01',
      last_month: '2024-03-01',
    });
  });

  test('come in pages and as one file', async () => {
    const page = Conflicts.parse(await get(`/api/identity/conflicts?${NOT_COVERED}&limit=8&offset=16`));
    expect([page.total, page.conflicts.length]).toEqual([20, 4]);
    const file = await server.ask(`/api/identity/conflicts?${NOT_COVERED}`, {
      cookie,
      headers: { accept: 'text/csv' },
    });
    expect(parse(await file.text(), { columns: true })).toHaveLength(20);
  });

  test('are of a known reason, or of all', async () => {
    const all = Conflicts.parse(await get('/api/identity/conflicts?limit=500'));
    expect([all.total, all.months, all.conflicts.length]).toEqual([59, 110, 59]);
    expect((await server.ask('/api/identity/conflicts?reason=1%20or%201', { cookie })).status).toBe(400);
  });
});

describe('people whose claims CMS does not share', () => {
  let own: TestServer;
  let admin: string;
  beforeAll(async () => {
    own = await startServer({ snapshot: 'b', excluded: { 4: '2024-11-01', 6: '', 8: '2025-01-01' } });
    admin = own.cookieOf('aco_admin');
  });
  afterAll(() => own.close());
  const list = async (query: string) =>
    Patients.parse(await (await own.ask(`/api/patients?${query}`, { cookie: admin })).json());

  test('are left out of the list from that day on, and counted', async () => {
    const { total, left_out, patients } = await list('limit=500');
    expect([total, left_out, patients.length]).toEqual([298, 2, 298]);
    const listed = patients.map(({ person_id }) => person_id);
    expect(['person-0004', 'person-0006', 'person-0008'].map((id) => listed.includes(id))).toEqual([
      false,
      false,
      true,
    ]);
  });

  test('are found by a search, with the reason', async () => {
    const { total, left_out, patients } = await list('q=person-0004');
    expect([total, left_out]).toEqual([1, 0]);
    expect(patients[0]).toMatchObject({ not_shared: 'declined', not_shared_from: '2024-11-01' });
    expect(Patient.parse(await (await own.ask('/api/patients/person-0006', { cookie: admin })).json())).toMatchObject({
      not_shared: 'declined',
      not_shared_from: null,
    });
    expect(Identity.parse(await (await own.ask('/api/identity', { cookie: admin })).json()).not_shared).toBe(2);
  });
});
