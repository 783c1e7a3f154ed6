import { copyFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { MetricResult } from '#contract/result';
import { readFeeds } from '../../server/store/run.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { point, publishSnapshot } from '../support/snapshot.ts';

const servers: TestServer[] = [];
const start = async (...asked: Parameters<typeof startServer>) => {
  const server = await startServer(...asked);
  servers.push(server);
  return server;
};
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

const QUESTIONS = ['', '?by=month', '?by=practice,sex', '?by=condition', '?by=quarter&where=sex:female'];

/** The snapshot that a reply says it is of, and the numbers that only that snapshot has. */
async function ask(server: TestServer, cookie: string, question: number) {
  const path = `/api/metrics/readmission-30-day${QUESTIONS[question % QUESTIONS.length]}`;
  const reply = await server.ask(path, { cookie });
  expect(reply.status).toBe(200);
  const { provenance, total, cells } = MetricResult.parse(await reply.json());
  return { snapshot: provenance.snapshot, numbers: JSON.stringify([question % QUESTIONS.length, total, cells]) };
}

describe('a server over a moving pointer', () => {
  test('answers 200 questions during swaps without an error and never mixes two snapshots', async () => {
    const server = await start({ persons: 300 });
    const cookie = server.cookieOf('aco_admin');
    const first = JSON.parse(readFileSync(join(server.home, 'current.json'), 'utf8'));
    const answers: Awaited<ReturnType<typeof ask>>[] = [];
    let next = 0;
    const asker = async () => {
      while (next < 200) answers.push(await ask(server, cookie, next++));
    };
    const askers = Array.from({ length: 8 }, asker);
    await publishSnapshot(server.home, { snapshot: 'b', persons: 240 });
    await server.dependencies.snapshots.refresh();
    point(server.home, first);
    await server.dependencies.snapshots.refresh();
    const { snapshot: last } = await publishSnapshot(server.home, { snapshot: 'c', persons: 270 });
    await server.dependencies.snapshots.refresh();
    next = Math.max(next, 160);
    await Promise.all(askers);
    for (let question = 0; question < QUESTIONS.length; question++) answers.push(await ask(server, cookie, question));

    const byQuestion = new Map<string, Set<string>>();
    for (const { snapshot, numbers } of answers) {
      const key = `${snapshot} ${numbers.slice(0, 2)}`;
      byQuestion.set(key, (byQuestion.get(key) ?? new Set()).add(numbers));
    }
    for (const [key, numbers] of byQuestion) expect(numbers.size, key).toBe(1);
    expect(new Set(answers.map(({ snapshot }) => snapshot)).size).toBeGreaterThan(1);
    expect(answers.at(-1)!.snapshot).toBe(last);
    expect(server.faults).toEqual([]);
  });

  test('notices a new pointer by itself', async () => {
    const server = await start();
    await publishSnapshot(server.home, { snapshot: 'b' });
    for (let waited = 0; server.dependencies.snapshots.current!.current.snapshot !== 'b'; waited += 50) {
      expect(waited).toBeLessThan(10_000);
      await new Promise((resume) => setTimeout(resume, 50));
    }
  });

  test('starts before anything is published and serves what is published first', async () => {
    const server = await start({ published: false });
    await publishSnapshot(server.home, { snapshot: 'a' });
    await server.dependencies.snapshots.refresh();
    expect(await (await server.ask('/api/health')).json()).toEqual({ status: 'ok', snapshot: 'a' });
  });

  test('keeps a snapshot open for who still reads it, and closes it after', async () => {
    const server = await start();
    const { snapshots } = server.dependencies;
    const { snapshot, release } = snapshots.hold();
    await publishSnapshot(server.home, { snapshot: 'b' });
    await snapshots.refresh();
    expect(snapshots.current!.current.snapshot).toBe('b');
    expect(await readFeeds(snapshot.queries)).not.toEqual([]);
    release();
    await expect(readFeeds(snapshot.queries)).rejects.toThrow();
  });
});

describe('a snapshot that cannot be trusted is not served; the one before stays', () => {
  const changed = (change: object) => (home: string) => {
    const pointer = join(home, 'current.json');
    writeFileSync(pointer, JSON.stringify({ ...JSON.parse(readFileSync(pointer, 'utf8')), ...change }));
  };
  test.each<[string, (home: string) => void]>([
    [
      'a byte of its file was changed',
      (home) => {
        const file = join(home, 'snapshots/b.duckdb');
        const bytes = readFileSync(file);
        bytes[bytes.length >> 1]! ^= 1;
        writeFileSync(file, bytes);
      },
    ],
    ['the pointer is not JSON', (home) => writeFileSync(join(home, 'current.json'), '{')],
    ['the pointer says too much', changed({ extra: 1 })],
    ['the file is another snapshot', changed({ snapshot: 'z' })],
    ['there is no such file', changed({ file: 'snapshots/none.duckdb' })],
  ])('%s', async (_, spoil) => {
    const server = await start();
    const staging = await start({ published: false });
    await publishSnapshot(staging.home, { snapshot: 'b' });
    spoil(staging.home);
    for (const file of ['snapshots/b.duckdb', 'current.json']) {
      copyFileSync(join(staging.home, file), join(server.home, `${file}.moving`));
      renameSync(join(server.home, `${file}.moving`), join(server.home, file));
    }
    await server.dependencies.snapshots.refresh();
    await server.dependencies.snapshots.refresh();
    expect(await (await server.ask('/api/health')).json()).toEqual({ status: 'ok', snapshot: 'a' });
  });
});
