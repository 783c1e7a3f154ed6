import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { ApiError } from '#contract/error';
import { createApp, routesOf } from '../../server/app.ts';
import { METHODS, type Route } from '../../server/http/route.ts';
import { Queries } from '../../server/store/query.ts';
import { DRAFT, EXAMPLES, nameOf, requests } from '../support/examples.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let admin: string;
let routes: readonly Route[];
let clientDir: string;
let requestOf: ReturnType<typeof requests>;
beforeAll(async () => {
  clientDir = mkdtempSync(join(tmpdir(), 'throughline-client-'));
  mkdirSync(join(clientDir, 'assets'));
  writeFileSync(join(clientDir, 'index.html'), '<!doctype html><title>Throughline</title>');
  writeFileSync(join(clientDir, 'assets/app-abc123.js'), 'export {};');
  server = await startServer({ clientDir });
  await server.dependencies.access.signIn({ token: server.dependencies.access.issueLink()! }, true);
  admin = server.cookieOf('aco_admin');
  routes = routesOf(server.dependencies);
  requestOf = requests(server, admin);
});
afterAll(async () => {
  await server.close();
  rmSync(clientDir, { recursive: true });
});

async function send(route: Route, cookie: string | undefined, headers: Record<string, string> = {}): Promise<Response> {
  const { path, body } = await requestOf(route);
  return server.ask(path, {
    method: route.method.toUpperCase(),
    headers,
    ...(cookie && nameOf(route) !== 'post /api/session' && { cookie }),
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

const errorOf = async (reply: Response) => ApiError.parse(await reply.json()).error;

describe('every address', () => {
  test('that Express answers is a route with a policy, and every route is answered', () => {
    interface Layer {
      route?: { path: string; methods: Record<string, boolean> };
      handle?: { stack?: Layer[] };
    }
    const found = (layers: readonly Layer[]): string[] =>
      layers.flatMap(({ route, handle }) => [
        ...(route ? Object.keys(route.methods).map((method) => `${method} ${route.path}`) : []),
        ...found(handle?.stack ?? []),
      ]);
    const app = createApp({ ...server.dependencies, clientDir: '/nowhere' });
    expect(found(app.router.stack as unknown as Layer[]).sort()).toEqual(routes.map(nameOf).sort());
  });

  test('has an example here', () => {
    expect(Object.keys(EXAMPLES).sort()).toEqual(routes.map(nameOf).sort());
  });

  test('is described by the OpenAPI document with its policy', async () => {
    const { paths } = z
      .object({ paths: z.record(z.string(), z.record(z.string(), z.object({ security: z.array(z.unknown()) }))) })
      .parse(await (await server.ask('/api/openapi.json', { cookie: admin })).json());
    for (const route of routes) {
      const described = paths[route.path.replace(/:(\w+)/g, '{$1}')]?.[route.method];
      expect(described?.security.length, nameOf(route)).toBe(route.policy === 'open' ? 0 : 1);
    }
  });

  test('answers by its contract', async () => {
    for (const route of routes.filter(({ method }) => method !== 'delete')) {
      const reply = await send(route, admin);
      expect(reply.status, nameOf(route)).toBe(200);
      if (reply.headers.get('content-type')?.startsWith('application/json')) route.reply.parse(await reply.json());
    }
    for (const route of routes.filter(({ method }) => method === 'delete')) {
      expect((await send(route, server.cookieOf('aco_admin'))).status, nameOf(route)).toBe(204);
    }
    expect(server.faults).toEqual([]);
  });

  test('but health and signing in refuses without a session', async () => {
    const open = routes.filter(({ policy }) => policy === 'open').map(nameOf);
    expect(open).toEqual(['get /api/health', 'post /api/session']);
    for (const route of routes.filter(({ policy }) => policy !== 'open')) {
      for (const cookie of [undefined, 'throughline=', 'throughline=made-up', '__Host-throughline=made-up']) {
        const reply = await send(route, cookie);
        expect(reply.status, nameOf(route)).toBe(401);
        expect((await errorOf(reply)).code).toBe('unauthenticated');
      }
    }
  });

  test('that lists persons refuses shareable mode and aggregate roles', async () => {
    const analyst = server.cookieOf('analyst_aggregate');
    const identified = routes.filter(({ policy }) => policy === 'identified');
    expect(identified.map(nameOf)).toEqual(
      expect.arrayContaining([
        'get /api/metrics/:id/rows',
        'get /api/patients',
        'get /api/patients/:key',
        'get /api/patients/:key/timeline',
        'get /api/claims/:id',
        'get /api/export/metrics/:id/rows',
      ]),
    );
    for (const route of identified) {
      expect((await send(route, analyst)).status, nameOf(route)).toBe(403);
      for (const mode of route.method === 'get' ? ['shareable', 'identified'] : []) {
        const asked = (cookie: string) =>
          server.ask(`${EXAMPLES[nameOf(route)]!.path.split('?')[0]}?mode=${mode}`, { cookie });
        expect((await asked(analyst)).status, nameOf(route)).toBe(403);
        expect((await asked(admin)).status, nameOf(route)).toBe(mode === 'shareable' ? 403 : 200);
      }
    }
  });

  test('lets an aggregate role ask for nothing but shareable mode', async () => {
    const analyst = server.cookieOf('analyst_aggregate');
    for (const route of routes.filter(({ policy, method }) => policy === 'signed in' && method === 'get')) {
      const { path } = EXAMPLES[nameOf(route)]!;
      expect((await server.ask(path, { cookie: analyst })).status, nameOf(route)).toBe(200);
      const identified = await server.ask(`${path}${path.includes('?') ? '&' : '?'}mode=identified`, {
        cookie: analyst,
      });
      expect(identified.status, nameOf(route)).toBe(403);
    }
  });

  test('refuses extra fields in a query and in a body', async () => {
    for (const route of routes) {
      const { path, body } = EXAMPLES[nameOf(route)]!;
      const reply = await server.ask(
        `${path.replace(/:(saved|annotation|view|entered)/, 'diabetes')}${path.includes('?') ? '&' : '?'}role=aco_admin`,
        {
          method: route.method.toUpperCase(),
          cookie: admin,
          ...(body && { body: JSON.stringify(body) }),
        },
      );
      expect(reply.status, nameOf(route)).toBe(400);
    }
    const body = JSON.stringify({ ...DRAFT, owner_id: 'somebody' });
    expect((await server.ask('/api/cohorts', { method: 'POST', cookie: admin, body })).status).toBe(400);
  });
});

describe('an error', () => {
  test('has one shape, a request id that the headers repeat, and the status of its code', async () => {
    const asked: [string, RequestInit & { cookie?: string }, number, string][] = [
      ['/api/nothing', { cookie: admin }, 404, 'not_found'],
      ['/api/nothing', {}, 401, 'unauthenticated'],
      ['/api/patients/nobody', { cookie: admin }, 404, 'not_found'],
      ['/api/patients/%E0%A4%A', { cookie: admin }, 400, 'bad_request'],
      ['/api/claims/none', { cookie: admin }, 404, 'not_found'],
      ['/api/runs/none/events', { cookie: admin }, 404, 'not_found'],
      ['/api/cohorts/none/attrition', { cookie: admin }, 404, 'not_found'],
      ['/api/cohorts', { cookie: admin, method: 'POST', body: '{' }, 400, 'bad_request'],
      [
        '/api/cohorts',
        { cookie: admin, method: 'POST', body: JSON.stringify({ title: 'x'.repeat(100_000) }) },
        413,
        'too_large',
      ],
      ['/api/cohorts', { cookie: admin, method: 'PATCH', body: '{}' }, 404, 'not_found'],
      ['/api/session', { method: 'POST', body: '{}' }, 400, 'bad_request'],
      [
        '/api/session',
        { method: 'POST', body: JSON.stringify(DRAFT), headers: { 'content-type': 'text/plain' } },
        400,
        'bad_request',
      ],
    ];
    for (const [path, init, status, code] of asked) {
      const reply = await server.ask(path, init);
      expect(reply.status, path).toBe(status);
      expect(reply.headers.get('content-type')).toBe('application/json; charset=utf-8');
      const error = await errorOf(reply);
      expect(error.code).toBe(code);
      expect(error.requestId).toBe(reply.headers.get('x-request-id'));
      expect(error.requestId).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  test('on our side never carries the exception’s text, to the caller or to the log', async () => {
    const broken = await startServer();
    const fault = new Error('Conversion Error: "Jane Canary 1931-02-02"');
    const rows = vi.spyOn(Queries.prototype, 'rows').mockRejectedValue(fault);
    const reply = await broken.ask('/api/patients/person-0001', { cookie: broken.cookieOf('aco_admin') });
    expect(reply.status).toBe(500);
    const { code, message, requestId } = await errorOf(reply);
    expect(code).toBe('internal');
    expect(message).not.toContain('Canary');
    expect(broken.faults).toEqual([{ requestId, method: 'GET', place: expect.stringContaining('routes.test.ts') }]);
    expect(JSON.stringify(broken.faults)).not.toMatch(/Canary|1931|person-0001/);
    rows.mockRestore();
    await broken.close();
  });

  test('before anything is published says so with 503; health still answers', async () => {
    const empty = await startServer({ published: false });
    expect(await (await empty.ask('/api/health')).json()).toEqual({ status: 'ok', snapshot: null });
    const reply = await empty.ask('/api/catalogue', { cookie: empty.cookieOf('aco_admin') });
    expect(reply.status).toBe(503);
    expect(reply.headers.get('retry-after')).toBe('5');
    expect((await errorOf(reply)).code).toBe('unavailable');
    await empty.close();
  });
});

describe('the headers', () => {
  const CSP =
    "default-src 'self';script-src 'self';style-src 'self' 'unsafe-inline';img-src 'self' data:;object-src 'none';base-uri 'none';form-action 'self';frame-ancestors 'none'";

  test('of every reply forbid framing, sniffing, referrers and foreign scripts', async () => {
    const paths = [
      '/',
      '/patients/person-0001',
      '/assets/app-abc123.js',
      '/assets/none.js',
      '/api/health',
      '/api/none',
    ];
    const replies = [
      ...(await Promise.all(paths.map((path) => server.ask(path)))),
      ...(await Promise.all(routes.filter(({ method }) => method === 'get').map((route) => send(route, admin)))),
    ];
    for (const { headers, url } of replies) {
      expect(headers.get('content-security-policy'), url).toBe(CSP);
      expect(headers.get('x-content-type-options'), url).toBe('nosniff');
      expect(headers.get('x-frame-options'), url).toBe('DENY');
      expect(headers.get('referrer-policy'), url).toBe('no-referrer');
      expect(headers.get('cross-origin-opener-policy'), url).toBe('same-origin');
      expect(headers.get('cross-origin-resource-policy'), url).toBe('same-origin');
      expect(headers.get('x-powered-by'), url).toBeNull();
      expect(headers.get('strict-transport-security'), url).toBeNull();
      expect(headers.get('access-control-allow-origin'), url).toBeNull();
    }
  });

  test('let no page and no reply of the API be stored, but aggregates that are asked for again each time', async () => {
    for (const route of routes.filter(({ method }) => method === 'get')) {
      const { headers } = await send(route, admin);
      const isKept = route.policy === 'signed in' && headers.has('etag');
      expect(headers.get('cache-control'), nameOf(route)).toBe(isKept ? 'private, no-cache' : 'no-store');
    }
    expect((await server.ask('/')).headers.get('cache-control')).toBe('no-store');
    expect((await server.ask('/api/none')).headers.get('cache-control')).toBe('no-store');
  });

  test('let files with a hash in their name be kept for ever', async () => {
    const reply = await server.ask('/assets/app-abc123.js');
    expect(reply.status).toBe(200);
    expect(reply.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  });
});

describe('the client', () => {
  test('is the one page at every address that is not a file and not the API', async () => {
    for (const path of ['/', '/sign-in', '/patients/person-0001']) {
      const reply = await server.ask(path, { headers: { accept: 'text/html' } });
      expect(reply.status).toBe(200);
      expect(await reply.text()).toContain('<title>Throughline</title>');
    }
  });

  test('is not what a missing file or a wrong address of the API gets', async () => {
    expect((await server.ask('/assets/none.js')).status).toBe(404);
    expect((await server.ask('/assets/..%2f..%2fapp.db')).status).toBe(400);
    expect((await errorOf(await server.ask('/api/none', { cookie: admin }))).code).toBe('not_found');
  });
});

test('the methods of a route are those that the router knows', () => {
  expect(new Set(routes.map(({ method }) => method))).toEqual(new Set(METHODS));
});
