import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { Role } from '#contract/session';
import { Access } from '../../server/access/sign-in.ts';
import { createApp, type Dependencies } from '../../server/app.ts';
import type { Fault } from '../../server/http/mount.ts';
import { addSession, addUser } from '../../server/store/accounts.ts';
import { AppDatabase } from '../../server/store/app-database.ts';
import { DuckDB } from '../../server/store/duckdb.ts';
import { type OpenEngine, Snapshots } from '../../server/store/snapshot.ts';
import { publishSnapshot, type SnapshotAsked } from './snapshot.ts';

export interface TestServer {
  readonly home: string;
  readonly origin: string;
  readonly dependencies: Dependencies;
  /** Milliseconds since 1970; moved by the test. */
  readonly clock: { now: number };
  readonly faults: Fault[];
  /** Asks with a cookie, from the same origin unless the headers say otherwise. */
  readonly ask: (path: string, init?: RequestInit & { cookie?: string }) => Promise<Response>;
  /** A cookie of a new session of a new account. */
  readonly cookieOf: (role: Role) => string;
  readonly close: () => Promise<void>;
}

const templates = new Map<string, Promise<string>>();
afterAll(async () => {
  for (const home of await Promise.all(templates.values())) rmSync(home, { recursive: true });
});

/** A home with this snapshot, built once per test file. */
function template(asked: SnapshotAsked): Promise<string> {
  const build = async () => {
    const home = mkdtempSync(join(tmpdir(), 'throughline-template-'));
    await publishSnapshot(home, asked);
    return home;
  };
  const key = JSON.stringify(asked);
  const known = templates.get(key) ?? build();
  templates.set(key, known);
  return known;
}

/** The application over a small snapshot, listening on a free port of this machine; queries run in this process unless another engine is given. */
export async function startServer(
  asked: Partial<SnapshotAsked> & {
    readonly published?: boolean;
    readonly secure?: boolean;
    readonly clientDir?: string;
    readonly open?: OpenEngine;
  } = {},
): Promise<TestServer> {
  const { published = true, secure = false, clientDir, open = DuckDB.open, ...snapshot } = asked;
  const home = mkdtempSync(join(tmpdir(), 'throughline-api-'));
  if (published) cpSync(await template({ snapshot: 'a', ...snapshot }), home, { recursive: true });
  const clock = { now: Date.parse('2026-01-05T08:00:00Z') };
  const faults: Fault[] = [];
  const database = new AppDatabase(join(home, 'app.db'));
  const dependencies: Dependencies = {
    home,
    snapshots: await Snapshots.open(home, () => {}, open),
    database,
    access: new Access(database, () => clock.now),
    clock: () => clock.now,
    secure,
    report: (fault) => faults.push(fault),
    ...(clientDir && { clientDir }),
  };
  const server = createServer(createApp(dependencies));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  return {
    home,
    origin,
    dependencies,
    clock,
    faults,
    ask: (path, { cookie, headers, ...init } = {}) =>
      fetch(`${origin}${path}`, {
        redirect: 'manual',
        ...init,
        headers: {
          origin,
          ...(cookie && { cookie }),
          ...(init.body && { 'content-type': 'application/json' }),
          ...headers,
        },
      }),
    cookieOf(role) {
      const value = `${role}-${Math.random()}`;
      const user = addUser(database, { name: value, role, password: null, isLocal: false }, clock.now);
      addSession(database, createHash('sha256').update(value).digest('hex'), user, clock.now);
      return `${secure ? '__Host-throughline' : 'throughline'}=${value}`;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
      await dependencies.snapshots.close();
      database.close();
      rmSync(home, { recursive: true });
    },
  };
}
