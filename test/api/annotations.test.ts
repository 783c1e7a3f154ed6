import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Annotation, Annotations } from '#contract/annotation';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let admin: string;
let analyst: string;
let other: string;
beforeAll(async () => {
  server = await startServer();
  admin = server.cookieOf('aco_admin');
  analyst = server.cookieOf('analyst_aggregate');
  other = server.cookieOf('analyst_aggregate');
});
afterAll(() => server.close());

const PATH = '/api/annotations';
const event = {
  ...{ title: 'Transitions nurse started', date: '2024-06-01', metric: 'readmission-30-day', practice: null },
  ...{ startsPhase: true, reason: 'board decision of May 2024' },
};
const send = (method: string, path: string, cookie: string, body?: object) =>
  server.ask(path, { method, cookie, ...(body && { body: JSON.stringify(body) }) });
const enter = async (cookie: string, change: object = {}) =>
  Annotation.parse(await (await send('POST', PATH, cookie, { ...event, ...change })).json());
const read = async (cookie = admin) => Annotations.parse(await (await send('GET', PATH, cookie)).json());

describe('an annotation', () => {
  test('is entered, read by everybody, changed and withdrawn; the log keeps every author and reason', async () => {
    const { id, author } = await enter(analyst);
    expect((await read(other)).annotations).toEqual([expect.objectContaining({ ...event, id, author })]);
    await send('PUT', `${PATH}/${id}`, admin, { ...event, date: '2024-07-01', reason: 'she came in July' });
    expect((await read()).annotations).toEqual([expect.objectContaining({ id, date: '2024-07-01' })]);
    const withdrawn = await send('POST', `${PATH}/${id}/withdrawal`, analyst, { reason: 'the post was cut' });
    expect(Annotation.parse(await withdrawn.json())).toMatchObject({ id, author, withdrawn: true });
    const { annotations, log } = await read(other);
    expect(annotations).toEqual([]);
    expect(log.map(({ date, reason, withdrawn }) => [date, reason, withdrawn])).toEqual([
      ['2024-07-01', 'the post was cut', true],
      ['2024-07-01', 'she came in July', false],
      ['2024-06-01', 'board decision of May 2024', false],
    ]);
    expect(new Set(log.map(({ author }) => author)).size).toBe(2);
    expect((await send('PUT', `${PATH}/${id}`, admin, event)).status).toBe(404);
  });

  test('is changed and withdrawn by who entered it or by an administrator, nobody else', async () => {
    const { id } = await enter(analyst);
    expect((await send('PUT', `${PATH}/${id}`, other, event)).status).toBe(403);
    expect((await send('POST', `${PATH}/${id}/withdrawal`, other, { reason: 'not mine' })).status).toBe(403);
    expect((await send('PUT', `${PATH}/${id}`, analyst, event)).status).toBe(200);
  });

  test('leaves its log as it is, whoever asks the database', async () => {
    await enter(admin);
    for (const change of ['delete from annotation_entry', 'update annotation_entry set reason = ?'])
      expect(() => server.dependencies.database.run(change, ...(change.includes('?') ? ['x'] : []))).toThrow(/kept/);
  });

  test.each([
    [{ metric: 'no-such-metric' }, 400],
    [{ practice: 'nowhere' }, 400],
    [{ practice: 'p1' }, 200],
    [{ metric: null }, 400],
    [{ metric: null, startsPhase: false }, 200],
    [{ date: '2024-02-30' }, 400],
    [{ title: 'x'.repeat(61) }, 400],
    [{ title: '  a ' }, 400],
    [{ reason: '' }, 400],
  ])('with %j answers %i', async (change, status) => {
    expect((await send('POST', PATH, admin, { ...event, ...change })).status).toBe(status);
  });

  test('changes no number of the snapshot', async () => {
    const rate = async () => (await send('GET', '/api/metrics/readmission-30-day?by=month', admin)).text();
    const before = await rate();
    await enter(admin, { date: '2024-01-01' });
    expect(await rate()).toBe(before);
  });
});
