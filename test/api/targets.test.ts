import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Target, Targets } from '#contract/target';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let admin: string;
let analyst: string;
beforeAll(async () => {
  server = await startServer();
  admin = server.cookieOf('aco_admin');
  analyst = server.cookieOf('analyst_aggregate');
});
afterAll(() => server.close());

const send = (method: string, path: string, cookie: string, body?: object) =>
  server.ask(path, { method, cookie, ...(body && { body: JSON.stringify(body) }) });
const READMISSION = '/api/targets/readmission-30-day/2024';
const listed = async () =>
  Targets.parse(await (await send('GET', '/api/targets', analyst)).json()).targets.map(({ metricId, year, value }) => [
    ...[metricId, year, value],
  ]);

describe('a target', () => {
  test('is set for a metric and a year, set again, read by everybody, and deleted', async () => {
    expect(await listed()).toEqual([]);
    const first = Target.parse(await (await send('PUT', READMISSION, admin, { value: 14 })).json());
    expect(first).toMatchObject({ metricId: 'readmission-30-day', year: '2024', value: 14 });
    expect(first.setAt).toBe(new Date(server.clock.now).toISOString());
    await send('PUT', READMISSION.replace('2024', '2025'), admin, { value: 12 });
    expect((await send('PUT', READMISSION, admin, { value: 13.5 })).status).toBe(200);
    expect(await listed()).toEqual([
      ['readmission-30-day', '2024', 13.5],
      ['readmission-30-day', '2025', 12],
    ]);
    expect((await send('DELETE', READMISSION, admin)).status).toBe(204);
    expect((await send('DELETE', READMISSION, admin)).status).toBe(404);
    expect(await listed()).toEqual([['readmission-30-day', '2025', 12]]);
  });

  test('is set by an ACO administrator only', async () => {
    expect((await send('PUT', READMISSION, analyst, { value: 14 })).status).toBe(403);
    expect((await send('DELETE', READMISSION, analyst)).status).toBe(403);
  });

  test.each([
    ['/api/targets/no-such-metric/2024', { value: 1 }, 404],
    ['/api/targets/readmission-30-day/24', { value: 1 }, 400],
    [READMISSION, { value: 100.1 }, 400],
    [READMISSION, { value: -1 }, 400],
    [READMISSION, { value: '14' }, 400],
    [READMISSION, {}, 400],
    [READMISSION, { value: 0 }, 200],
    [READMISSION, { value: 100 }, 200],
  ])('%s %j answers %i', async (path, body, status) => {
    expect((await send('PUT', path, admin, body)).status).toBe(status);
  });

  test('changes no number of the snapshot', async () => {
    const rate = async () => (await send('GET', '/api/metrics/readmission-30-day', admin)).text();
    const before = await rate();
    await send('PUT', READMISSION, admin, { value: 1 });
    expect(await rate()).toBe(before);
  });
});
