import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Role } from '#contract/session';
import { Access } from '../../server/access/sign-in.ts';
import { createApp } from '../../server/app.ts';
import { addSession, addUser } from '../../server/store/accounts.ts';
import { AppDatabase } from '../../server/store/app-database.ts';
import { DuckDB } from '../../server/store/duckdb.ts';
import { type OpenEngine, Snapshots } from '../../server/store/snapshot.ts';

export interface Served {
  readonly origin: string;
  readonly snapshots: Snapshots;
  /** A one-time sign-in link. */
  readonly link: () => string;
  /** Of a session of that role. */
  readonly cookieOf: (role: Role) => string;
  /** GET as that role; throws on anything but success. */
  readonly ask: (path: string, role?: Role, accept?: string) => Promise<Response>;
  /** POST as an administrator; throws on anything but success. */
  readonly post: (path: string, body: object) => Promise<Response>;
  readonly close: () => Promise<void>;
}

/**
 * The real application over a published home, on a free port of this machine; its own app database. Its queries run in
 * this process unless another engine is given.
 */
export async function serve(home: string, clientDir?: string, open: OpenEngine = DuckDB.open): Promise<Served> {
  const scratch = mkdtempSync(join(tmpdir(), 'throughline-serve-'));
  const database = new AppDatabase(join(scratch, 'app.db'));
  const access = new Access(database, Date.now);
  const report = (...what: unknown[]) => console.error(...what);
  const snapshots = await Snapshots.open(home, report, open);
  const app = createApp({
    ...{ home, snapshots, database, access, clock: Date.now, secure: false, report },
    ...(clientDir !== undefined && { clientDir }),
  });
  const server = createServer(app);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;

  const cookies = new Map<Role, string>();
  const cookieOf = (role: Role): string => {
    const value = cookies.get(role) ?? randomBytes(32).toString('hex');
    if (!cookies.has(role)) {
      const user = addUser(database, { name: role, role, password: null, isLocal: false }, Date.now());
      addSession(database, createHash('sha256').update(value).digest('hex'), user, Date.now());
      cookies.set(role, value);
    }
    return `throughline=${value}`;
  };
  return {
    origin,
    snapshots,
    cookieOf,
    link: () => `${origin}/sign-in#${access.issueLink()}`,
    async ask(path, role = 'aco_admin', accept = 'application/json') {
      const reply = await fetch(`${origin}${path}`, { headers: { origin, accept, cookie: cookieOf(role) } });
      if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`);
      return reply;
    },
    async post(path, body) {
      const headers = { origin, cookie: cookieOf('aco_admin'), 'content-type': 'application/json' };
      const reply = await fetch(`${origin}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
      if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`);
      return reply;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
      await snapshots.close();
      database.close();
      rmSync(scratch, { recursive: true });
    },
  };
}
