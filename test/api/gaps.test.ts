import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ApiError } from '#contract/error';
import { GapClosures, GapGroups, Gaps } from '#contract/gap';
import { Met, RowsResult } from '#contract/result';
import { addUser } from '../../server/store/accounts.ts';
import { AppDatabase } from '../../server/store/app-database.ts';
import { listViews } from '../../server/store/audit.ts';
import { startServer, type TestServer } from '../support/server.ts';

// Of the even persons that 9 does not divide, those who leave a remainder of 2 by 4 have an open gap; 50, 100 ... died.
let server: TestServer;
let cookie: string;
beforeAll(async () => {
  server = await startServer({ excluded: { 6: '2024-06-01' } });
  cookie = server.cookieOf('aco_admin');
});
afterAll(() => server.close());

const get = async (path: string) => (await server.ask(path, { cookie })).json();
const list = async (query = '') => Gaps.parse(await get(`/api/gaps?limit=500${query}`));

describe('the worklist', () => {
  test('holds every open gap of the period, all of one person together, but of the dead and of those not shared', async () => {
    const { total, left_out, people } = await list();
    const behind = RowsResult.parse(await get('/api/metrics/cms125-1/rows?part=gap&from=2024-01&to=2024-12'));
    expect(total.gaps + left_out.gaps).toBe(behind.total.rows);
    expect(people.flatMap(({ gaps }) => gaps)).toHaveLength(total.gaps);
    expect(new Set(people.map(({ person_id }) => person_id)).size).toBe(total.people);
    const listed = people.map(({ person_id }) => person_id);
    for (const left of ['person-0006', 'person-0050']) expect(listed).not.toContain(left);
    expect(left_out.people).toBe(1 + [50, 150, 250].filter((n) => n % 9 !== 0 && n % 4 === 2).length);
  });

  test('has those at highest risk first where all else is equal, page by page, by name where asked', async () => {
    const { people } = await list();
    const scores = people.map(({ risk_score }) => risk_score ?? 0);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    const page = Gaps.parse(await get('/api/gaps?limit=3&offset=3'));
    expect(page.people).toEqual(people.slice(3, 6));
    const names = (await list('&sort=name')).people.map(({ name }) => name?.split(' ').at(-1)?.toLowerCase());
    expect(names).toEqual(names.toSorted());
  });

  test('is cut by measure, status, practitioner and the filter of the page', async () => {
    const { people, total } = await list();
    const provider = await list('&provider=1000000001');
    expect(provider.people.map(({ person_id }) => person_id).sort()).toEqual(
      people
        .filter(({ provider }) => provider === '1000000001')
        .map(({ person_id }) => person_id)
        .sort(),
    );
    expect(provider.people.every(({ provider_name }) => provider_name === 'Bo Brown')).toBe(true);
    const nobody = await list('&provider=');
    expect(nobody.people.every(({ provider }) => provider === null)).toBe(true);
    expect((await list('&where=practice:p1')).people.every(({ practice }) => practice === 'p1')).toBe(true);
    expect((await list('&status=overdue')).total.gaps).toBe(0);
    expect((await list('&measure=cms125-1')).total).toEqual(total);
    const reply = await server.ask('/api/gaps?measure=cms999-1', { cookie });
    expect([reply.status, ApiError.parse(await reply.json()).error.message]).toEqual([
      400,
      'the snapshot has no such quality measure',
    ]);
  });

  test('is counted by practitioner, practice, measure and the year before, and each adds up to it', async () => {
    const { total } = await list();
    for (const by of ['provider', 'practice', 'measure', 'before']) {
      const { groups } = GapGroups.parse(await get(`/api/gaps/groups?by=${by}`));
      expect(groups.reduce((sum, { gaps }) => sum + gaps, 0)).toBe(total.gaps);
      expect(new Set(groups.map(({ value }) => value)).size).toBe(groups.length);
      if (by !== 'before') continue;
      for (const { value, people, gaps } of groups)
        expect((await list(`&before=${encodeURIComponent(value ?? '')}`)).total).toMatchObject({ people, gaps });
    }
  });

  test('has beside it how many had met the measure by the end of each month, as the list of each month says', async () => {
    const { months } = Met.parse(await get('/api/metrics/cms125-1/met?where=practice:p1'));
    expect(months.map(({ month }) => month)).toEqual(
      [2023, 2024].flatMap((year) =>
        Array.from({ length: 12 }, (_, at) => `${year}-${String(at + 1).padStart(2, '0')}`),
      ),
    );
    for (const { month, met } of months.filter(({ month }) => /-0[45]|-12/.test(month))) {
      const { total } = RowsResult.parse(
        await get(
          `/api/metrics/cms125-1/rows?where=practice:p1&from=${month.slice(0, 4)}-01&to=${month.slice(0, 4)}-12&met=${month}`,
        ),
      );
      expect([month, total.sum]).toEqual([month, met]);
    }
    // The only evidence is of May.
    expect(months.filter(({ met }) => met === 0).map(({ month }) => month.slice(5))).toEqual([
      '01',
      '02',
      '03',
      '04',
      '01',
      '02',
      '03',
      '04',
    ]);
    const reply = await server.ask('/api/metrics/readmission-30-day/rows?met=2024-05', { cookie });
    expect(reply.status).toBe(400);
  });

  test('is a file of one row per gap', async () => {
    const reply = await server.ask('/api/gaps?where=practice:p2', { cookie, headers: { accept: 'text/csv' } });
    const rows = z.array(z.record(z.string(), z.string())).parse(parse(await reply.text(), { columns: true }));
    expect(rows).toHaveLength((await list('&where=practice:p2')).total.gaps);
    expect(rows[0]).toMatchObject({ practice: 'p2', measure: 'Breast cancer screening', due_date: '2024-12-31' });
  });
});

const MAMMOGRAM = {
  metric: 'cms125-1',
  closure: 'mammogram',
  service_date: '2024-05-02',
  results: [''],
  note: 'letter of the imaging centre',
};

const post = (person: string, body: object, as = cookie) =>
  server.ask(`/api/patients/${person}/gap-closures`, { method: 'POST', cookie: as, body: JSON.stringify(body) });
const refused = async (person: string, change: object): Promise<[number, string]> => {
  const reply = await post(person, { ...MAMMOGRAM, ...change });
  return [reply.status, ApiError.parse(await reply.json()).error.message];
};
const closuresOf = async (person: string) =>
  GapClosures.parse(await get(`/api/patients/${person}/gap-closures`)).closures;
const lines = (home = server.home) =>
  z
    .array(z.record(z.string(), z.string()))
    .parse(parse(readFileSync(join(home, 'supplemental/entered-in-app.csv'), 'utf8'), { columns: true }));

describe('closing a gap by hand', () => {
  test('writes a line under the number that the sources know the person by, and counts from the next run only', async () => {
    expect((await post('person-0002', MAMMOGRAM)).status).toBe(200);
    const [closure] = await closuresOf('person-0002');
    expect(closure).toMatchObject({
      ...{ metric: 'cms125-1', done: 'Mammogram', service_date: '2024-05-02', results: '' },
      ...{ note: 'letter of the imaging centre', entered_at: '2026-01-05T08:00:00.000Z' },
      ...{ is_counted: false, withdrawn: null },
    });
    expect(lines()).toContainEqual({
      ...{ person_id: '-2', service_date: '2024-05-02', code_type: 'hcpcs', code: '77067', value: '', unit: '' },
      ...{ entered_by: closure?.entered_by, entered_on: '2026-01-05', note: 'letter of the imaging centre' },
      ...{ entry_id: closure?.id, withdraws: '' },
    });
    const listed = (await list()).people.find(({ person_id }) => person_id === 'person-0002');
    expect(listed?.closures).toEqual([closure]);
    const gaps = (await list()).total.gaps;
    expect((await list()).total.gaps).toBe(gaps);
    expect(readdirSync(server.home).filter((name) => name.includes('moving'))).toEqual([]);
  });

  test('of two values writes two lines of one entry', async () => {
    const body = { ...MAMMOGRAM, closure: 'pressure', results: ['132', '78.5'] };
    expect((await post('person-0010', body)).status).toBe(200);
    expect((await closuresOf('person-0010'))[0]?.results).toBe('Systolic 132 mm[Hg], Diastolic 78.5 mm[Hg]');
    const written = lines().filter(({ person_id }) => person_id === '-10');
    expect(written.map(({ code, value, unit }) => [code, value, unit])).toEqual([
      ['8480-6', '132', 'mm[Hg]'],
      ['8462-4', '78.5', 'mm[Hg]'],
    ]);
    expect(new Set(written.map(({ entry_id }) => entry_id)).size).toBe(1);
  });

  test('is refused in words where person, measure, result or day cannot be', async () => {
    expect(await refused('nobody', {})).toEqual([404, 'there is no such person']);
    expect(await refused('person-0014', { metric: 'cms999-1' })).toEqual([
      400,
      'this snapshot has no quality measure cms999-1',
    ]);
    expect(await refused('person-0014', { metric: 'readmission-30-day' })).toEqual([
      400,
      'this snapshot has no quality measure readmission-30-day',
    ]);
    expect(await refused('person-0014', { closure: 'colonoscopy' })).toEqual([
      400,
      'Breast cancer screening is closed by mammogram, pressure, not by colonoscopy',
    ]);
    expect(await refused('person-0004', {})).toEqual([
      400,
      'Breast cancer screening has no open gap for this person in 2024: closed',
    ]);
    expect(await refused('person-0003', {})).toEqual([
      400,
      'Breast cancer screening does not apply to this person in 2024',
    ]);
    expect(await refused('person-0014', { service_date: '2026-01-06' })).toEqual([
      400,
      'the day it was done lies in the future',
    ]);
    expect(await refused('person-0014', { service_date: '1901-01-01' })).toEqual([
      400,
      'the day it was done lies before the birth of the person',
    ]);
    for (const results of [['132'], ['132', '999'], ['132', '-1'], ['132', '7e1'], ['132', '=1+1']]) {
      const [status, words] = await refused('person-0014', { closure: 'pressure', results });
      expect([status, words]).toEqual([
        400,
        results.length === 1
          ? "Blood pressure needs 2 results, '' where it asks for none"
          : 'Diastolic is a number from 20 to 200 mm[Hg]',
      ]);
    }
    expect(await closuresOf('person-0014')).toEqual([]);
    expect(lines().filter(({ person_id }) => person_id?.endsWith('-14'))).toEqual([]);
  });

  test('takes text on one line only, and makes no formula of it', async () => {
    for (const note of ['two\nlines', 'tab\there', 'zero\u0000', 'line\u2028separator', '  ', 'x'.repeat(201)]) {
      expect((await refused('person-0014', { note }))[0]).toBe(400);
    }
    expect((await post('person-0014', { ...MAMMOGRAM, note: '=HYPERLINK("evil","x"), "quoted"' })).status).toBe(200);
    expect(lines().find(({ person_id }) => person_id?.endsWith('-14'))?.note).toBe(`'=HYPERLINK("evil","x"), "quoted"`);
    expect((await closuresOf('person-0014'))[0]?.note).toBe('=HYPERLINK("evil","x"), "quoted"');
  });

  test('is refused twice for the same thing on the same day, and to aggregate roles and other sites', async () => {
    const [status, words] = await refused('person-0002', {});
    expect([status, words]).toEqual([400, expect.stringMatching(/has entered this already: Mammogram, 2024-05-02/)]);
    const analyst = server.cookieOf('analyst_aggregate');
    expect((await post('person-0022', MAMMOGRAM, analyst)).status).toBe(403);
    for (const path of ['/api/gaps', '/api/gaps/groups', '/api/patients/person-0002/gap-closures']) {
      expect((await server.ask(path, { cookie: analyst })).status).toBe(403);
    }
    const foreign = await server.ask('/api/patients/person-0022/gap-closures', {
      ...{ method: 'POST', cookie, body: JSON.stringify(MAMMOGRAM), headers: { 'sec-fetch-site': 'cross-site' } },
    });
    expect(foreign.status).toBe(403);
    expect(await closuresOf('person-0022')).toEqual([]);
  });

  test('leaves a trail of who did what when, which nothing changes', async () => {
    const looks = listViews(server.dependencies.database).filter(
      ({ route, status }) => route === '/api/patients/:key/gap-closures' && status === 403,
    );
    expect(looks.map(({ subject }) => subject)).toContain('person-0022');
    const { database } = server.dependencies;
    for (const change of ["update gap_closure set note = ''", 'delete from gap_closure']) {
      expect(() => database.run(change)).toThrow('entries are kept');
    }
  });

  test('is taken back by a further line, once, by whoever says why', async () => {
    const [closure] = await closuresOf('person-0010');
    const withdraw = (id = '', person = 'person-0010') =>
      server.ask(`/api/patients/${person}/gap-closures/${id}/withdrawal`, {
        ...{ method: 'POST', cookie, body: JSON.stringify({ reason: 'wrong person' }) },
      });
    expect((await withdraw(closure?.id, 'person-0002')).status).toBe(404);
    const before = lines();
    expect((await withdraw(closure?.id)).status).toBe(200);
    expect((await closuresOf('person-0010'))[0]).toMatchObject({
      withdrawn: { reason: 'wrong person', at: '2026-01-05T08:00:00.000Z' },
      is_withdrawal_counted: false,
    });
    expect(lines().slice(0, before.length)).toEqual(before);
    expect(lines().slice(before.length)).toHaveLength(2);
    expect(
      lines()
        .slice(before.length)
        .every(({ withdraws, entry_id }) => withdraws === closure?.id && entry_id === ''),
    ).toBe(true);
    const again = await withdraw(closure?.id);
    expect([again.status, ApiError.parse(await again.json()).error.message]).toEqual([
      400,
      expect.stringMatching(/has taken this entry back already/),
    ]);
  });

  test('of two processes at once loses no entry', async () => {
    const home = mkdtempSync(join(tmpdir(), 'throughline-two-'));
    const database = new AppDatabase(join(home, 'app.db'));
    const user = addUser(database, { name: 'ada', role: 'aco_admin', password: null, isLocal: false }, 0);
    const script = `
      import { AppDatabase } from './server/store/app-database.ts';
      import { enterClosure } from './server/store/gap-closure.ts';
      const [home, user, source] = process.argv.slice(1);
      const database = new AppDatabase(home + '/app.db');
      for (let n = 0; n < 25; n++) enterClosure(database, home, { source_person_id: source + n, metric: 'cms125-1',
        done: 'Mammogram', service_date: '2024-05-02', results: '', note: 'letter',
        statements: [{ codeType: 'hcpcs', code: '77067', value: '', unit: '' }] }, { userId: user, name: 'ada', now: n });
      database.close();`;
    const children = ['a', 'b'].map((source) =>
      spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script, home, user, source], {
        cwd: join(import.meta.dirname, '../..'),
        stdio: 'inherit',
      }),
    );
    expect(await Promise.all(children.map(async (child) => (await once(child, 'exit'))[0]))).toEqual([0, 0]);
    expect(
      lines(home)
        .map(({ person_id }) => person_id)
        .sort(),
    ).toEqual(['a', 'b'].flatMap((source) => Array.from({ length: 25 }, (_, n) => `${source}${n}`)).sort());
    database.close();
    rmSync(home, { recursive: true });
  });

  test('never writes under columns that it does not know', async () => {
    const other = await startServer();
    mkdirSync(join(other.home, 'supplemental'), { recursive: true });
    const file = join(other.home, 'supplemental/entered-in-app.csv');
    writeFileSync(file, 'person_id,code\n1,2\n');
    const reply = await other.ask('/api/patients/person-0002/gap-closures', {
      ...{ method: 'POST', cookie: other.cookieOf('aco_admin'), body: JSON.stringify(MAMMOGRAM) },
    });
    expect(reply.status).toBe(503);
    expect(readFileSync(file, 'utf8')).toBe('person_id,code\n1,2\n');
    const listed = await other.ask('/api/patients/person-0002/gap-closures', { cookie: other.cookieOf('aco_admin') });
    expect(GapClosures.parse(await listed.json()).closures).toEqual([]);
    await other.close();
  });
});
