import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { routesOf } from '../../server/app.ts';
import type { Route } from '../../server/http/route.ts';
import { listViews } from '../../server/store/audit.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { CANARY } from '../support/snapshot.ts';

let server: TestServer;
let admin: string;
let routes: readonly Route[];
beforeAll(async () => {
  server = await startServer();
  admin = server.cookieOf('aco_admin');
  routes = routesOf(server.dependencies);
});
afterAll(() => server.close());

describe('a change is taken from this server’s own pages only', () => {
  // fetch sets Origin and Sec-Fetch-Site as told here, or not at all; the test server's `ask` would add the Origin.
  const send = ({ method, path }: Route, headers: Record<string, string>) =>
    fetch(`${server.origin}${path.replace(':id', 'none')}`, {
      method: method.toUpperCase(),
      headers: { cookie: admin, 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ title: 'x', where: '' }),
    });

  test.each([
    ['nothing said', {}],
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['a neighbour', { 'sec-fetch-site': 'same-site' }],
    ['typed in', { 'sec-fetch-site': 'none' }],
    ['a null origin', { origin: 'null' }],
    ['another origin', { origin: 'https://example.org' }],
    ['another port', { origin: 'http://127.0.0.1:1' }],
  ])('%s is refused', async (_, headers) => {
    for (const route of routes.filter(({ method }) => method !== 'get')) {
      expect((await send(route, headers)).status, `${route.method} ${route.path}`).toBe(403);
    }
  });

  test('its own is not, and another site’s claim beats a right origin', async () => {
    const route = routes.find(({ method, path }) => method === 'post' && path === '/api/cohorts');
    expect((await send(route!, { 'sec-fetch-site': 'same-origin' })).status).toBe(200);
    expect((await send(route!, { origin: server.origin })).status).toBe(200);
    expect((await send(route!, { origin: server.origin, 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  });

  test('a form cannot be one', async () => {
    const reply = await server.ask('/api/cohorts', {
      method: 'POST',
      cookie: admin,
      body: 'title=x&where=',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(reply.status).toBe(400);
  });
});

describe('the audit log', () => {
  const last = () => listViews(server.dependencies.database).at(-1)!;

  test('tells who looked at whom, when, by which request', async () => {
    const reply = await server.ask(`/api/patients/${CANARY.id}/timeline`, { cookie: admin });
    expect(last()).toMatchObject({
      at: server.clock.now,
      request_id: reply.headers.get('x-request-id'),
      route: '/api/patients/:key/timeline',
      subject: CANARY.id,
      shown: 1,
      status: 200,
    });
  });

  test('tells how many rows of a list were shown, and keeps the question as a hash', async () => {
    await server.ask('/api/patients?q=alert&limit=5', { cookie: admin });
    expect(last()).toMatchObject({ route: '/api/patients', subject: null, shown: 1, status: 200 });
    expect(last().query_hash).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify(last())).not.toContain('alert');
  });

  test('keeps refusals and looks at who is not there', async () => {
    await server.ask('/api/patients', { cookie: server.cookieOf('analyst_aggregate') });
    expect(last()).toMatchObject({ route: '/api/patients', shown: null, status: 403 });
    await server.ask('/api/patients/nobody', { cookie: admin });
    expect(last()).toMatchObject({ subject: 'nobody', shown: null, status: 404 });
  });

  test('has an entry for every route that shows persons, and none for the others', async () => {
    for (const { path, method, policy, isAudited } of routes.filter(({ method }) => method === 'get')) {
      const before = listViews(server.dependencies.database).length;
      await server.ask(path.replace(/:\w+/, 'x'), { method, cookie: admin });
      const looks = policy === 'identified' || isAudited === true ? 1 : 0;
      // A file's entry is written when the last of it is sent.
      await expect.poll(() => listViews(server.dependencies.database).length - before, { message: path }).toBe(looks);
    }
  });

  test('cannot be changed or deleted through the database', () => {
    const { database } = server.dependencies;
    expect(() => database.run("update audit set subject = 'x'")).toThrow('audit is kept');
    expect(() => database.run('delete from audit')).toThrow('audit is kept');
  });
});

test('nothing that the server writes down names the canary', async () => {
  const written: string[] = [];
  const keep = (chunk: string | Uint8Array) => written.push(String(chunk)) > 0;
  const [out, err] = [process.stdout.write, process.stderr.write];
  Object.assign(process.stdout, { write: keep });
  Object.assign(process.stderr, { write: keep });
  try {
    for (const path of [
      `/api/patients/${CANARY.id}`,
      '/api/patients?q=alert',
      '/api/claims/claim-1',
      '/api/patients?q=%E0%A4%A',
      '/api/metrics/readmission-30-day/rows?limit=x',
    ]) {
      for (const cookie of [admin, 'throughline=x']) await server.ask(path, { cookie });
    }
  } finally {
    Object.assign(process.stdout, { write: out });
    Object.assign(process.stderr, { write: err });
  }
  expect(written.join('') + JSON.stringify(server.faults)).not.toMatch(/canary|person-0001|claim-1|alert|1931/i);
});
