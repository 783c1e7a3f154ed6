import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Access } from '../../server/access/sign-in.ts';
import { createApp } from '../../server/app.ts';
import { Catalogue } from '../../server/contract/catalogue.ts';
import { AppDatabase } from '../../server/store/app-database.ts';
import { Queries } from '../../server/store/query.ts';
import { openLocked, Snapshots } from '../../server/store/snapshot.ts';

/** What the pages ask first. */
const DEFAULT_CUTS = ['month', 'practice', 'risk_tier', 'age_band', 'condition', 'month,risk_tier'];
const MONTHS_BACK = 4;

const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

const words = (times: number[]): string => {
  const sorted = times.sort((a, b) => a - b);
  return `p50 ${percentile(sorted, 0.5).toFixed(1)} ms, p99 ${percentile(sorted, 0.99).toFixed(1)} ms`;
};

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** Asks the API every default question once, uncached, then again, cached; and bare DuckDB the same SQL, side by side. */
export async function benchQueries(home: string, file: string): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'throughline-bench-'));
  const database = new AppDatabase(join(scratch, 'app.db'));
  const snapshots = await Snapshots.open(home, (message, error) => console.error(message, error));
  const access = new Access(database, Date.now);
  const app = createApp({ home, snapshots, database, access, clock: Date.now, secure: false, report: console.error });
  const server = createServer(app);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  const signedIn = await fetch(`${origin}/api/session`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: JSON.stringify({ token: access.issueLink() }),
  });
  const headers = {
    cookie: signedIn.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; '),
  };
  const ask = async (path: string): Promise<unknown> => {
    const reply = await fetch(`${origin}${path}`, { headers });
    if (!reply.ok) throw new Error(`${path}: ${await reply.text()}`);
    return reply.json();
  };

  const { metrics, lastMonth } = Catalogue.parse(await ask('/api/catalogue'));
  const year = Number((lastMonth ?? '2024-12').slice(0, 4));
  const questions = metrics.flatMap(({ id }) =>
    DEFAULT_CUTS.flatMap((by) =>
      Array.from(
        { length: MONTHS_BACK },
        (_, back) => `/api/metrics/${id}?by=${by}&from=${year - 2}-01&to=${year}-0${back + 1}`,
      ),
    ),
  );
  const statements: Parameters<Queries['columns']>[0][] = [];
  const columns = Queries.prototype.columns;
  Queries.prototype.columns = function (query, most) {
    statements.push(query);
    return columns.call(this, query, most);
  };
  const uncached: number[] = [];
  for (const question of questions) uncached.push(await timed(() => ask(question)));
  Queries.prototype.columns = columns;
  const cached: number[] = [];
  for (const question of questions) cached.push(await timed(() => ask(question)));

  const instance = await openLocked(file);
  const queries = await Queries.open(instance, 1);
  const bare: number[] = [];
  for (const statement of statements) bare.push(await timed(() => queries.columns(statement)));
  const total = (times: number[]): number => times.reduce((sum, time) => sum + time, 0);
  console.log(`${questions.length} default questions over HTTP, one client`);
  console.log(
    `  uncached ${words(uncached)} = ${(total(uncached) / total(bare)).toFixed(2)}x the same SQL on bare DuckDB (${words(bare)})`,
  );
  console.log(`  cached   ${words(cached)}`);

  queries.close();
  instance.closeSync();
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
  await snapshots.close();
  database.close();
  rmSync(scratch, { recursive: true });
}
