import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { prepareSelect, Queries } from '../../server/store/query.ts';
import { openLocked } from '../../server/store/snapshot.ts';
import { join as joined, Names, sql } from '../../server/store/sql.ts';
import { publishSnapshot } from '../support/snapshot.ts';

let folder: string;
let instance: DuckDBInstance;
let connection: DuckDBConnection;
let queries: Queries;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'throughline-lock-'));
  await publishSnapshot(folder, { snapshot: 'a', persons: 30 });
  writeFileSync(join(folder, 'canary.txt'), 'canary');
  instance = await openLocked(join(folder, 'snapshots/a.duckdb'));
  connection = await instance.connect();
  queries = await Queries.open(instance, 2);
});
afterAll(() => {
  queries.close();
  connection.closeSync();
  instance.closeSync();
  rmSync(folder, { recursive: true });
});

describe('the locked instance refuses, whatever the SQL', () => {
  test.each([
    "select * from read_text('FOLDER/canary.txt')",
    "select * from read_csv('FOLDER/canary.txt')",
    "select * from read_blob('/etc/passwd')",
    "select * from glob('FOLDER/*')",
    "select * from 'FOLDER/canary.txt'",
    "copy core.person to 'FOLDER/out.csv'",
    "export database 'FOLDER/out'",
    "attach 'FOLDER/other.duckdb' as other",
    "select * from read_csv('https://example.org/x.csv')",
    'install httpfs',
    'load httpfs',
    'set threads = 8',
    'set enable_external_access = true',
    'set lock_configuration = false',
    "set temp_directory = 'FOLDER'",
    'delete from core.person',
    'update core.person set sex = null',
    "insert into mart.practice_label values ('x', 'y')",
    'create table core.mine as select 1',
  ])('%s', async (text) => {
    await expect(connection.run(text.replaceAll('FOLDER', folder))).rejects.toThrow();
  });
});

describe('the choke point lets one SELECT through and nothing else', () => {
  test.each([
    'create temp table person as select 1',
    "create temp macro upper(x) as 'poisoned'",
    'call enable_logging()',
    "call enable_logging(storage = 'file')",
    'select 1; select 2',
    'explain select 1',
    'prepare p as select 1',
    'set threads = 1',
    'begin',
    'pragma enable_profiling',
  ])('%s is refused', async (text) => {
    await expect(prepareSelect(connection, text)).rejects.toThrow();
    expect(await queries.row(sql`select upper('a') as a`, z.object({ a: z.string() }))).toEqual({ a: 'A' });
  });

  test('a bound value is never SQL', async () => {
    const evil = "x' or 1=1; drop table core.person --";
    expect(await queries.rows(sql`select * from core.person where person_id = ${evil}`, z.object({}))).toEqual([]);
    expect(await queries.row(sql`select ${evil} as said`, z.object({ said: z.string() }))).toEqual({ said: evil });
  });

  test('values keep their type', async () => {
    const row = z.object({ a: z.string(), b: z.number(), c: z.number(), d: z.boolean(), e: z.null() });
    expect(await queries.row(sql`select ${'a'} as a, ${2} as b, ${2.5} as c, ${true} as d, ${null} as e`, row)).toEqual(
      {
        a: 'a',
        b: 2,
        c: 2.5,
        d: true,
        e: null,
      },
    );
  });

  test('more rows than a reader may hold are refused, not read', async () => {
    const many = sql`select n from range(1000000000) as r(n)`;
    await expect(queries.rows(many, z.object({}), 1000)).rejects.toMatchObject({ code: 'too_large' });
    await expect(queries.columns(sql`select n::integer as n from (${many})`, 1000)).rejects.toMatchObject({
      code: 'too_large',
    });
  });

  test('who waits in a long queue is refused', async () => {
    const asked = Array.from({ length: 300 }, () => queries.rows(sql`select 1 as one`, z.object({ one: z.number() })));
    const results = await Promise.allSettled(asked);
    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused.length).toBe(300 - 256 - 2);
    expect(refused[0]).toMatchObject({ reason: { code: 'unavailable' } });
  });
});

describe('SQL', () => {
  test('numbers its places through nested parts', () => {
    const nested = sql`a = ${1} and ${joined([sql`b = ${2}`, sql`c = ${3}`], ' and ')} and d = ${4}`;
    expect(nested.statement).toBe('a = $1 and b = $2 and c = $3 and d = $4');
    expect(nested.values).toEqual([1, 2, 3, 4]);
  });

  test('takes names from the snapshot’s own list only, quoted', () => {
    const names = new Names(new Map([['metric.readmission', new Set(['sex'])]]));
    expect(names.table('metric.readmission').statement).toBe('"metric"."readmission"');
    expect(names.column('metric.readmission', 'sex').statement).toBe('"sex"');
    expect(() => names.table('core.person')).toThrow('no table');
    expect(() => names.column('metric.readmission', 'sex" --')).toThrow('no column');
    expect(() => names.alias('a"b')).toThrow('not a column name');
  });

  test('reaches DuckDB through the choke point only', () => {
    const server = resolve(import.meta.dirname, '../../server');
    const users = readdirSync(server, { recursive: true, encoding: 'utf8' })
      .filter(
        (path) => path.endsWith('.ts') && /from '@duckdb\/node-api'/.test(readFileSync(join(server, path), 'utf8')),
      )
      .sort();
    expect(users).toEqual(['store/columns.ts', 'store/query.ts', 'store/snapshot.ts']);
  });
});
