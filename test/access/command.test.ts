import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publishSnapshot } from '../support/snapshot.ts';

const MAIN = resolve(import.meta.dirname, '../../server/main.ts');
let home: string;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'throughline-command-'));
  await publishSnapshot(home, { snapshot: 'a', persons: 30 });
});
afterAll(() => rmSync(home, { recursive: true }));

const start = (...args: string[]): ChildProcess =>
  spawn(process.execPath, ['--import', 'tsx', MAIN, ...args, '--home', home], { stdio: 'pipe' });

async function run(args: string[], input = '') {
  const child = start(...args);
  child.stdin!.end(input);
  const [out, err, code] = await Promise.all([
    text(child.stdout!),
    text(child.stderr!),
    new Promise<number | null>((ended) => child.on('exit', ended)),
  ]);
  return { out, err, code };
}

describe('user', () => {
  test('adds an account with the password from standard input, lists it and disables it', async () => {
    const added = await run(['user', 'add', 'Ada', '--role', 'analyst_aggregate'], 'correct horse battery\n');
    expect(added).toEqual({ out: '', err: '', code: 0 });
    expect((await run(['user', 'add', 'ada', '--role', 'aco_admin'], 'correct horse battery')).code).toBe(2);
    expect((await run(['user', 'list'])).out).toBe('Ada  analyst_aggregate\n');
    expect((await run(['user', 'disable', 'Ada'])).code).toBe(0);
    expect((await run(['user', 'list'])).out).toBe('Ada  analyst_aggregate  disabled\n');
    expect(statSync(join(home, 'app.db')).mode & 0o777).toBe(0o600);
  });

  test.concurrent.each([
    [['user', 'add', 'Eve', '--role', 'root'], 'correct horse battery', 'aco_admin, analyst_aggregate'],
    [['user', 'add', 'Eve', '--role', 'aco_admin'], 'short', '12 to 200 characters'],
    [['user', 'disable', 'Nobody'], '', 'no account is named Nobody'],
    [['user'], '', 'throughline user add'],
    [['serve', '--speed', '9'], '', 'speed'],
    [['serve', '--host', '0.0.0.0'], '', 'needs --tls-cert'],
    [['serve', '--port', 'x'], '', '--port cannot be "x"'],
  ])('%j is a mistake of the user: exit 2, in words, without a stack', async (args, input, words) => {
    const { code, err } = await run(args, input);
    expect(code).toBe(2);
    expect(err).toContain(words);
    expect(err).not.toMatch(/\n\s+at /);
  });
});

describe('serve', () => {
  test('tells its address, answers, and ends in order', async () => {
    const child = start('serve', '--port', '0');
    const address = await new Promise<string>((said) => {
      child.stdout!.on('data', (data) => {
        const [, address] = /Throughline is at (http:\/\/127\.0\.0\.1:\d+)/.exec(String(data)) ?? [];
        if (address) said(address);
      });
    });
    expect(await (await fetch(`${address}/api/health`)).json()).toEqual({ status: 'ok', snapshot: 'a' });
    expect((await fetch(`${address}/api/catalogue`)).status).toBe(401);
    child.kill('SIGTERM');
    expect(await new Promise((ended) => child.on('exit', ended))).toBe(0);
  });
});
