import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { DuckDB, openLocked, prepareSelect } from '../../server/store/duckdb.ts';
import type { Engine } from '../../server/store/engine.ts';
import { Gone } from '../../server/store/line.ts';
import { Queries } from '../../server/store/query.ts';
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
  queries = new Queries(new DuckDB(instance));
});
afterAll(() => {
  connection.closeSync();
  queries.close();
  rmSync(folder, { recursive: true });
});

const lines = (text: string) => text.trim().split(/\n\s*/);
const run = (text: string) => connection.run(text.replaceAll('FOLDER', folder));

// What the lock allows differs between versions of DuckDB: each statement stands where the installed one puts it.
describe('the locked instance refuses, whatever the SQL', () => {
  test.each(
    lines(`
      select * from read_text('FOLDER/canary.txt')
      select * from read_text('file://FOLDER/canary.txt')
      select * from read_text('/proc/self/environ')
      select * from read_blob('/etc/passwd')
      select * from read_csv('FOLDER/canary.txt')
      select * from sniff_csv('FOLDER/canary.txt')
      select * from read_json('FOLDER/canary.txt')
      select * from read_parquet('FOLDER/canary.txt')
      select * from parquet_metadata('FOLDER/canary.txt')
      select * from read_duckdb('FOLDER/snapshots/a.duckdb')
      select * from glob('FOLDER/*')
      select * from 'FOLDER/canary.txt'
      select * from read_csv('https://example.org/x.csv')
      select * from read_csv('s3://bucket/x.csv')
      select getenv('HOME')
      copy core.person to 'FOLDER/out.csv'
      copy (select 1) to 'FOLDER/out.parquet' (format parquet)
      copy core.person from 'FOLDER/canary.txt'
      export database 'FOLDER/out'
      import database 'FOLDER/out'
      attach 'FOLDER/other.duckdb' as other
      attach 'https://example.org/x.duckdb' as other
      attach ':memory:' as other
      detach a
      create secret (type s3, key_id 'x', secret 'y')
      create persistent secret p (type s3, key_id 'x', secret 'y')
      install httpfs
      force install httpfs
      install h3 from community
      update extensions
      load httpfs
      load 'FOLDER/x.duckdb_extension'
      set threads = 8
      set memory_limit = '100GB'
      set temp_directory = 'FOLDER'
      set enable_external_access = true
      set allowed_directories = ['/']
      set autoload_known_extensions = true
      set lock_configuration = false
      set profiling_output = 'FOLDER/profile.json'
      set log_query_path = 'FOLDER/log.txt'
      reset threads
      reset lock_configuration
      pragma threads = 8
      pragma memory_limit = '100GB'
      pragma profile_output = 'FOLDER/profile.json'
      delete from core.person
      update core.person set sex = null
      insert into mart.practice_label values ('x', 'y')
      merge into core.person using core.person as p on false when not matched then insert values (1)
      truncate core.person
      drop table core.person
      alter table core.person add column x integer
      comment on table core.person is 'x'
      create table core.mine as select 1
      create or replace view core.person as select 1
      create schema mine
      create index i on core.person (person_id)
      create macro core.mine() as 1
      create sequence core.mine
      create type core.mine as enum ('a')
      call force_checkpoint()
    `),
  )('%s', async (text) => {
    await expect(run(text)).rejects.toThrow();
  });
});

describe('what the lock leaves possible and is no SELECT, the choke point refuses before it runs', () => {
  test.each(
    lines(`
      create temp table person as select 1
      create temp view person as select 1
      create temp macro upper(x) as 'poisoned'
      create temp sequence s
      create temp type t as enum ('a')
      call enable_logging()
      call enable_logging(storage = 'file', storage_config = {'path': 'FOLDER/logs'})
      call disable_logging()
      call truncate_duckdb_logs()
      call checkpoint()
      checkpoint
      vacuum
      analyze
      attach 'FOLDER/snapshots/a.duckdb' as again (read_only)
      load parquet
      set search_path = 'temp'
      set schema = 'mart'
      set variable x = 1
      pragma enable_profiling
      pragma enable_object_cache
      prepare p as select 1
      deallocate p
      begin
      explain select 1
      explain analyze select 1
      select 1; select 2
      pivot core.person on sex using count(*)
    `),
  )('%s', async (text) => {
    await expect(prepareSelect(connection, text.replaceAll('FOLDER', folder))).rejects.toThrow(/^a query is /);
    expect(await queries.row(sql`select upper('a') as a`, z.object({ a: z.string() }))).toEqual({ a: 'A' });
  });
});

// Static text alone stands before these: no word of a statement comes from a request.
describe('what DuckDB takes for a SELECT is possible under lock, and reaches the snapshot and its engine only', () => {
  test.each(
    lines(`
      select * from read_blob('FOLDER/snapshots/a.duckdb')
      select * from duckdb_settings()
      select * from duckdb_databases()
      select * from duckdb_secrets()
      select * from duckdb_logs
      select current_setting('temp_directory')
      select * from query('select 1')
      select * from json_execute_serialized_sql(json_serialize_sql('select 1'))
      pragma version
      pragma database_list
      describe core.person
      summarize core.person
      from checkpoint()
    `),
  )('%s', async (text) => {
    await prepareSelect(connection, text.replaceAll('FOLDER', folder));
    expect((await run(text)).columnCount).toBeGreaterThan(0);
  });

  test('and what it runs of a text that it is given is under the same lock', async () => {
    await expect(run(`select * from query('select * from read_text(''FOLDER/canary.txt'')')`)).rejects.toThrow();
    const serialized = `json_serialize_sql('select * from read_text(''FOLDER/canary.txt'')')`;
    await expect(run(`select * from json_execute_serialized_sql(${serialized})`)).rejects.toThrow();
  });
});

describe('the choke point', () => {
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

  test('a result that fills the memory is refused, however few its rows', async () => {
    const long = sql`select repeat('x', 100000) as long, ['a', repeat('x', 100000)] as list from range(1000) as r(n)`;
    await expect(queries.rows(long, z.unknown())).rejects.toMatchObject({ code: 'too_large' });
    await expect(queries.columns(sql`select long from (${long})`)).rejects.toMatchObject({ code: 'too_large' });
  });

  test('a question that needs more memory than there is, is refused', async () => {
    const small = await DuckDBInstance.create(':memory:', { memory_limit: '20MB', threads: '1', temp_directory: '' });
    const groups = sql`select count(distinct hash(n))::integer as n from range(10000000) as r(n)`;
    const asked = new Queries(new DuckDB(small)).rows(groups, z.unknown());
    await expect(asked).rejects.toMatchObject({ code: 'unavailable' });
    small.closeSync();
  });

  test('a question that was stopped has no answer, though its engine gives one without rows', async () => {
    const endsAsIfWhole: Engine = {
      ask: (_, stop) =>
        new Promise((resolve) => stop.addEventListener('abort', () => resolve({ rows: [], columns: [] }))),
      stream: () => new DuckDB(instance).stream({ statement: 'select 1', values: [] }, new AbortController().signal),
      close() {},
    };
    const late = new Queries(endsAsIfWhole, 1);
    await expect(late.rows(sql`select 1 as n`, z.unknown())).rejects.toMatchObject({ code: 'unavailable' });
    const gone = new AbortController();
    const left = new Queries(endsAsIfWhole).for({ name: 'ann', gone: gone.signal });
    setTimeout(() => gone.abort());
    await expect(left.rows(sql`select 1 as n`, z.unknown())).rejects.toThrow(Gone);
  });
  test('a stream has every row once, a batch without rows where there is none, and ends when it is left', async () => {
    const read = async (most: number) => {
      let [rows, sum, batches] = [0, 0, 0];
      for await (const [n] of queries.stream(sql`select n::integer as n from range(${most}::bigint) as r(n)`)) {
        batches += 1;
        rows += n!.length;
        for (let row = 0; row < n!.length; row++) sum += Number(n!.values[row]);
        if (batches === 5) break;
      }
      return { rows, sum, batches };
    };
    expect(await read(20_000)).toEqual({ rows: 20_000, sum: 199_990_000, batches: 3 });
    expect(await read(0)).toEqual({ rows: 0, sum: 0, batches: 1 });
    expect(await read(10_000_000_000)).toMatchObject({ batches: 5 });
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
    expect(users).toEqual(['export/parquet-child.ts', 'store/duckdb.ts', 'store/vectors.ts']);
  });
});
