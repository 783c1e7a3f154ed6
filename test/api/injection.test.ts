import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ApiError } from '#contract/error';
import { routesOf } from '../../server/app.ts';
import type { Route } from '../../server/http/route.ts';
import { nameOf, type Request, requests } from '../support/examples.ts';
import { payloads } from '../support/payloads.ts';
import { placesOf } from '../support/places.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { CANARY_TABLE } from '../support/snapshot.ts';

/** Stands in a file that the server may read, and nowhere else. */
const FILE_WORD = 'canary-of-the-file-5d1f';
const AT_ONCE = 8;
/** Of the texts each place gets one in so many, dealt in turn; `THROUGHLINE_INJECTION=whole` gives every place every text. */
const DEAL = process.env.THROUGHLINE_INJECTION === 'whole' ? 1 : 48;

let server: TestServer;
let cookie: string;
let folder: string;
let texts: readonly string[];
let requestOf: (route: Route) => Promise<Request>;
const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
beforeAll(async () => {
  server = await startServer({ persons: 60 });
  cookie = server.cookieOf('aco_admin');
  folder = mkdtempSync(join(tmpdir(), 'throughline-canary-'));
  const file = join(folder, 'canary.txt');
  writeFileSync(file, FILE_WORD);
  texts = payloads({ file, table: CANARY_TABLE.name, out: join(folder, 'out') });
  requestOf = requests(server, cookie);
});
afterAll(async () => {
  agent.destroy();
  await server.close();
  rmSync(folder, { recursive: true });
});

interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Sends the address as it is: `fetch` would tidy `..` away. */
const send = (method: string, { path, body }: Request): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const { port } = new URL(server.origin);
    const headers = {
      cookie,
      origin: server.origin,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    };
    httpRequest({ port, path, method, headers, agent }, (reply) => {
      const chunks: Buffer[] = [];
      reply.on('data', (chunk: Buffer) => chunks.push(chunk));
      reply.on('end', () =>
        resolve({ status: reply.statusCode ?? 0, headers: reply.headers, body: Buffer.concat(chunks).toString() }),
      );
    })
      .on('error', reject)
      .end(body === undefined ? undefined : JSON.stringify(body));
  });

/** What shows that a text became more than text. */
const TOLD = new RegExp(
  `${FILE_WORD}|${CANARY_TABLE.word}|root:x:|(Parser|Binder|Catalog|Conversion|IO) Error|\\bat .+\\.ts:`,
);

function judge({ status, headers, body }: Reply, said: string): void {
  expect(status, said).toBeLessThan(500);
  expect(TOLD.exec(body)?.[0], said).toBeUndefined();
  expect(
    Object.keys(headers).filter((name) => /injected/.test(name)),
    said,
  ).toEqual([]);
  expect(headers['set-cookie']?.join().includes('injected') ?? false, said).toBe(false);
  if (status >= 400) {
    expect(headers['content-type'], said).toBe('application/json; charset=utf-8');
    expect(ApiError.parse(JSON.parse(body)).error.requestId, said).toBe(headers['x-request-id']);
  }
}

const snapshotFile = () => join(server.home, 'snapshots/a.duckdb');
const sha256 = () => createHash('sha256').update(readFileSync(snapshotFile())).digest('hex');

test('there are enough texts to mean something', () => {
  expect(new Set(texts).size).toBeGreaterThanOrEqual(100);
});

describe('a text in a request stays a text', () => {
  test('in every string parameter of every route', async () => {
    const before = { bytes: sha256(), patients: (await send('GET', { path: '/api/patients?limit=3' })).body };
    const homeBefore = readdirSync(server.home).sort();
    const asked: { route: Route; request: Request; said: string }[] = [];
    const places: string[] = [];
    for (const route of routesOf(server.dependencies)) {
      for (const place of placesOf(route, await requestOf(route))) {
        for (const text of texts.filter((_, at) => (at + places.length) % DEAL === 0)) {
          asked.push({ route, request: place.with(text), said: `${place.name} <- ${text.slice(0, 80)}` });
        }
        places.push(place.name);
      }
    }
    // A busy machine may refuse in a hurry; asked again by itself nothing may take that long.
    const busy: typeof asked = [];
    const next = asked.values();
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (const one of next) {
          const reply = await send(one.route.method.toUpperCase(), one.request);
          if (reply.status === 503) busy.push(one);
          else judge(reply, one.said);
        }
      }),
    );
    for (const { route, request, said } of busy) judge(await send(route.method.toUpperCase(), request), said);
    expect(server.faults).toEqual([]);
    expect(places.length).toBeGreaterThan(500);
    if (DEAL === 1) console.log(`${places.length} places, ${texts.length} texts, ${asked.length} requests`);
    expect(sha256()).toBe(before.bytes);
    expect((await send('GET', { path: '/api/patients?limit=3' })).body).toBe(before.patients);
    expect(readdirSync(server.home).filter((name) => !/supplemental|app\.db/.test(name))).toEqual(
      homeBefore.filter((name) => !/supplemental|app\.db/.test(name)),
    );
    expect(readdirSync(folder)).toEqual(['canary.txt']);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    expect(existsSync(`${snapshotFile()}.wal`)).toBe(false);
  }, 1_800_000);

  test('and every route still answers its good request', async () => {
    for (const route of routesOf(server.dependencies).filter(({ method }) => method === 'get')) {
      expect((await send('GET', await requestOf(route))).status, nameOf(route)).toBe(200);
    }
  });
});
