import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { DuckDB } from '../../server/store/duckdb.ts';
import type { Engine } from '../../server/store/engine.ts';
import { Queries } from '../../server/store/query.ts';
import { QueryProcesses } from '../../server/store/query-process.ts';
import { type Sql, sql } from '../../server/store/sql.ts';
import { ABUSES } from '../support/abuse.ts';
import { startServer } from '../support/server.ts';
import { publishSnapshot } from '../support/snapshot.ts';

const DEADLINE_MS = 700;
const One = z.object({ one: z.number() });
/** Longer than a process is given to stop. */
const SLOW = sql`select levenshtein(repeat('ab', 12000), repeat('ba', 12000))::double / 2 as one`;
const one = (n: number): Sql => sql`select ${n}::integer as one`;

let folder: string;
let file: string;
let engine: QueryProcesses;
let queries: Queries;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'throughline-process-'));
  await publishSnapshot(folder, { snapshot: 'a', persons: 30 });
  file = join(folder, 'snapshots/a.duckdb');
  engine = new QueryProcesses(file);
  queries = new Queries(engine, DEADLINE_MS);
  await queries.row(one(1), One).catch(() => {});
  await until(async () => (await answers()) && engine.pids.length === 2);
});
afterAll(() => {
  engine.close();
  rmSync(folder, { recursive: true });
});

const answers = () =>
  queries.row(one(1), One).then(
    () => true,
    () => false,
  );
async function until(holds: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await holds())) await new Promise((resume) => setTimeout(resume, 20));
}
const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('queries in processes of their own', () => {
  // One that hears the interrupt, one that is deaf to it already while it is prepared, one that has too many rows.
  test.each([
    ['a recursion without end', 'unavailable'],
    ['an edit distance of long texts', 'unavailable'],
    ['a result of one long list', 'unavailable'],
    ['a result without end', 'too_large'],
  ])('%s is stopped, and everybody else is answered', async (name, code) => {
    await until(answers);
    let isOver = false;
    const abuse = queries
      .rows(ABUSES[name]!, z.unknown())
      .then(
        () => 'answered',
        (error) => error.code,
      )
      .finally(() => {
        isOver = true;
      });
    const others = new Queries(engine);
    for (let n = 0; n < 20 || !isOver; n++) expect(await others.row(one(n), One)).toEqual({ one: n });
    expect(await abuse).toBe(code);
  });

  test('a process that dies is replaced, and what it was asked is asked again', async () => {
    const before = engine.pids;
    const asked = Array.from({ length: 8 }, (_, n) => new Queries(engine).row(one(n), One));
    process.kill(before[0]!, 'SIGKILL');
    expect((await Promise.all(asked)).map(({ one }) => one)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    await until(() => engine.pids.length === 2 && !engine.pids.includes(before[0]!));
  });

  test('a slow question is asked again when its process is killed for another that does not stop', async () => {
    const own = new QueryProcesses(file);
    await new Queries(own, 60_000).row(one(1), One);
    const deaf = new Queries(own, 1).row(ABUSES['an edit distance of long texts']!, One);
    const slow = new Queries(own, 60_000).row(SLOW, One);
    await expect(deaf).rejects.toMatchObject({ code: 'unavailable' });
    expect(await slow).toEqual({ one: 1 });
    own.close();
  });

  test('a question that is given up while its process starts leaves the process to the others', async () => {
    const own = new QueryProcesses(file, { standBy: false });
    await expect(new Queries(own, 1).row(one(1), One)).rejects.toMatchObject({ code: 'unavailable' });
    const { pids } = own;
    expect(await new Queries(own, 60_000).row(one(2), One)).toEqual({ one: 2 });
    expect(own.pids).toEqual(pids);
    own.close();
  });

  test('a question that kills its process every time is refused', async () => {
    const endless = ABUSES['a recursion without end']!;
    const asked = expect(new Queries(engine).row(endless, One)).rejects.toMatchObject({ code: 'unavailable' });
    const killer = setInterval(() => {
      for (const pid of engine.pids.filter(isAlive)) process.kill(pid, 'SIGKILL');
    }, 1);
    await asked.finally(() => clearInterval(killer));
    await until(answers);
  });

  test('a stream has a process of its own, which ends with it', async () => {
    const numbers = sql`select n::integer as n from range(1000000000) as r(n)`;
    const own = new QueryProcesses(file);
    let rows = 0;
    for await (const [n] of new Queries(own).stream(numbers)) {
      rows += n!.length;
      expect(own.pids.length).toBe(1);
      if (rows > 10_000) break;
    }
    expect(own.pids).toEqual([]);
    const gone = new AbortController();
    const stream = new Queries(own).for({ name: 'x', gone: gone.signal }).stream(numbers);
    await stream.next();
    gone.abort();
    await expect(stream.next()).rejects.toThrow();
    expect(own.pids).toEqual([]);
  });

  test('no process outlives its engine, nor a server that was killed', async () => {
    const own = new QueryProcesses(file);
    const open = new Queries(own, 60_000);
    await open.row(one(1), One);
    await until(() => own.pids.length === 2);
    const { pids } = own;
    open.close();
    await until(() => !pids.some(isAlive));
    await expect(open.row(one(1), One)).rejects.toThrow();

    const module = resolve(import.meta.dirname, '../../server/store/query-process.ts');
    const code = `import { QueryProcesses } from '${module}';
      const engine = new QueryProcesses('${file}');
      const asked = { statement: 'select 1 as one', values: [], shape: 'rows', most: 1 };
      await engine.ask(asked, new AbortController().signal, () => {});
      console.log(JSON.stringify(engine.pids));`;
    const server = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code]);
    const said = await new Promise<string>((hear) => server.stdout.once('data', (data) => hear(String(data))));
    const children = z.array(z.number()).min(1).parse(JSON.parse(said));
    server.kill('SIGKILL');
    await until(() => !children.some(isAlive));
  });
});

describe('a server', () => {
  test('serves from processes, moves them with the snapshot, and leaves none behind', async () => {
    const engines: QueryProcesses[] = [];
    const open = (path: string) => {
      const opened = new QueryProcesses(path);
      engines.push(opened);
      return opened;
    };
    const server = await startServer({ persons: 60, open });
    const cookie = server.cookieOf('aco_admin');
    const ask = async () => (await server.ask('/api/metrics/readmission-30-day?by=month', { cookie })).status;
    expect(await ask()).toBe(200);
    await publishSnapshot(server.home, { snapshot: 'b', persons: 40 });
    await server.dependencies.snapshots.refresh();
    expect(await ask()).toBe(200);
    expect(await (await server.ask('/api/health')).json()).toEqual({ status: 'ok', snapshot: 'b' });
    expect(engines.map(({ pids }) => pids.length > 0)).toEqual([false, true]);
    await server.close();
    expect(engines.flatMap(({ pids }) => pids)).toEqual([]);
    expect(server.faults).toEqual([]);
  });

  test('stops what a client that went away had asked', async () => {
    let stopped = 0;
    const open = async (path: string): Promise<Engine> => {
      const duckdb = await DuckDB.open(path);
      return {
        ask: (asked, stop) =>
          asked.statement.includes('numerator')
            ? new Promise((_, reject) => {
                stop.addEventListener('abort', () => reject(new Error(`stopped ${++stopped}`)));
              })
            : duckdb.ask(asked, stop),
        stream: (asked, stop) => duckdb.stream(asked, stop),
        close: () => duckdb.close(),
      };
    };
    const server = await startServer({ open });
    const gone = new AbortController();
    const path = '/api/metrics/readmission-30-day?by=month';
    const asked = server.ask(path, { cookie: server.cookieOf('aco_admin'), signal: gone.signal });
    setTimeout(() => gone.abort(), 200);
    await expect(asked).rejects.toThrow();
    await until(() => stopped > 0);
    expect(server.faults).toEqual([]);
    await server.close();
  });

  test('sends an aggregate once for a question, a mode and a snapshot, and never keeps a list of persons', async () => {
    const server = await startServer({ persons: 60 });
    const admin = server.cookieOf('aco_admin');
    const ask = (path: string, tag: string | null = null, cookie = admin) =>
      server.ask(`/api/metrics/readmission-30-day${path}`, { cookie, headers: tag ? { 'if-none-match': tag } : {} });
    const first = await ask('?by=month');
    const tag = first.headers.get('etag');
    expect([first.status, first.headers.get('cache-control')]).toEqual([200, 'private, no-cache']);
    const again = await ask('?by=month', `"other", ${tag}`);
    expect([again.status, again.headers.get('etag'), await again.text()]).toEqual([304, tag, '']);
    for (const other of ['?by=sex', '?by=month&mode=shareable', '?by=month&where=sex:female']) {
      expect((await ask(other, tag)).status, other).toBe(200);
    }
    expect((await ask('?by=month', tag, server.cookieOf('analyst_aggregate'))).status).toBe(200);
    expect(
      (await server.ask('/api/metrics/readmission-30-day?by=month', { headers: { 'if-none-match': tag! } })).status,
    ).toBe(401);
    const rows = await ask('/rows', tag);
    expect([rows.status, rows.headers.get('etag'), rows.headers.get('cache-control')]).toEqual([200, null, 'no-store']);
    await publishSnapshot(server.home, { snapshot: 'b', persons: 60 });
    await server.dependencies.snapshots.refresh();
    expect((await ask('?by=month', tag)).status).toBe(200);
    await server.close();
  });
});
