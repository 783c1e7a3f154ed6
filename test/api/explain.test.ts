import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest';
import { Catalogue } from '#contract/catalogue';
import { textOf } from '#contract/cohort';
import { Current } from '#contract/current';
import { formatFilter } from '#contract/filter';
import { History } from '#contract/history';
import { Explain, MetricResult } from '#contract/result';
import { QualityHistory } from '#contract/run';
import { readable } from '../../server/store/readable.ts';
import { sql } from '../../server/store/sql.ts';
import { type Served, serve } from '../support/serve.ts';
import { startServer } from '../support/server.ts';
import { publishSnapshot } from '../support/snapshot.ts';

/** Runs statements in a DuckDB of its own, as a reader would; without a file, in an empty one. */
async function run(file: string | null, texts: readonly string[]): Promise<Record<string, unknown>[]> {
  const instance = await DuckDBInstance.create(file ?? ':memory:', file ? { access_mode: 'READ_ONLY' } : {});
  const connection = await instance.connect();
  const found: Record<string, unknown>[] = [];
  for (const text of texts) found.push(...(await connection.runAndReadAll(text)).getRowObjectsJS());
  connection.closeSync();
  instance.closeSync();
  return found;
}

describe('the SQL that is shown', () => {
  let served: Served;
  let file: string;
  let catalogue: Catalogue;
  beforeAll(async () => {
    served = await serve(inject('publishedHome'));
    catalogue = Catalogue.parse(await (await served.ask('/api/catalogue')).json());
    file = join(inject('publishedHome'), 'snapshots', `${catalogue.snapshot}.duckdb`);
  });
  afterAll(() => served.close());

  test('gives the number that is shown, for every metric, whole and filtered', async () => {
    const questions = [
      '',
      'condition:diabetes|;risk_tier:high|low|',
      formatFilter({ cohort: [textOf({ kind: 'living' })], sex: ['female'] }),
    ];
    const texts: string[] = [];
    const shown: (number | null)[][] = [];
    for (const [at, { id }] of catalogue.metrics.entries()) {
      for (const where of at % 8 === 0 ? questions : ['']) {
        const query = `?where=${encodeURIComponent(where)}&from=${catalogue.period}-01&to=${catalogue.period}-12`;
        const explain = Explain.parse(await (await served.ask(`/api/metrics/${id}/explain${query}`)).json());
        const { total } = MetricResult.parse(await (await served.ask(`/api/metrics/${id}${query}`)).json());
        texts.push(`select value, numerator, denominator, rows from (${explain.answeredBy})`);
        shown.push([total.value, total.numerator, total.denominator, total.rows]);
      }
    }
    expect(await run(file, texts)).toEqual(
      shown.map(([value, numerator, denominator, rows]) => ({ value, numerator, denominator, rows })),
    );
    expect(shown.filter(([value]) => value !== null && value !== 0).length).toBeGreaterThan(50);
  });

  test('groups as the question does', async () => {
    const query = '?by=sex,quarter&where=risk_tier:high';
    const { answeredBy } = Explain.parse(
      await (await served.ask(`/api/metrics/emergency-visits-per-1000/explain${query}`)).json(),
    );
    const { cells } = MetricResult.parse(
      await (await served.ask(`/api/metrics/emergency-visits-per-1000${query}`)).json(),
    );
    expect((await run(file, [answeredBy])).map(({ sex, quarter, value }) => ({ sex, quarter, value }))).toEqual(
      cells.map(({ key: { sex, quarter }, value }) => ({ sex, quarter, value })),
    );
  });

  test('holds every value as it was bound, whatever stands in it', async () => {
    const strange = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom("'", "''", '\u0000', '$1', '--', '"', '\\'),
    );
    const values = fc.sample(strange, { numRuns: 300, seed: 6 });
    const columns = values.map((value) => sql`select ${value} as text, ${values.length} as many`);
    const found = await run(null, columns.map(readable));
    expect(found.map(({ text }) => text)).toEqual(values);
    expect(found.every(({ many }) => many === 300)).toBe(true);
  });

  test('says how many rows every file and table upstream has, down to the files', async () => {
    for (const id of ['readmission-30-day', 'cms122-1', 'total-cost-per-member-per-month']) {
      const { lineage } = Explain.parse(await (await served.ask(`/api/metrics/${id}/explain`)).json());
      expect(lineage.filter(({ rows }) => rows === null).map(({ name }) => name)).toEqual([]);
      expect(lineage.filter(({ kind }) => kind === 'file').length).toBeGreaterThan(0);
    }
  });
});

describe('history', () => {
  /** A home whose older snapshot `a` was changed as another run would have, and whose `b` is served. */
  async function twoSnapshots(changes: readonly string[], persons = 300) {
    const server = await startServer({ snapshot: 'b' });
    onTestFinished(server.close);
    const pointer = Current.parse(server.dependencies.snapshots.current?.current);
    const older = await publishSnapshot(server.home, { snapshot: 'a', persons });
    renameSync(join(server.home, 'current.json'), join(server.home, 'snapshots/a.json'));
    writeFileSync(join(server.home, 'current.json'), JSON.stringify(pointer));
    const instance = await DuckDBInstance.create(join(server.home, older.file));
    const connection = await instance.connect();
    for (const change of changes) await connection.run(change);
    connection.closeSync();
    instance.closeSync();
    return { server, cookie: server.cookieOf('aco_admin') };
  }

  const PATH = '/api/metrics/readmission-30-day/history?from=2024-01&to=2024-12';

  test('tells what each kept snapshot published, oldest first, and what differs', async () => {
    const { server, cookie } = await twoSnapshots(
      [
        "update catalogue.metric set definition = replace(definition, '1.0.0', '0.9.0') where id = 'readmission-30-day'",
        "update run.model set sql = 'select 2' where name in ('mart.small', 'core.unrelated')",
        "update run.source_file set sha256 = repeat('b', 64)",
        "update catalogue.snapshot set data_through = date '2024-11-30'",
      ],
      600,
    );
    const { snapshots } = History.parse(await (await server.ask(PATH, { cookie })).json());
    expect(snapshots.map(({ snapshot, isServed, unanswered }) => [snapshot, isServed, unanswered])).toEqual([
      ['a', false, null],
      ['b', true, null],
    ]);
    const [older, newer] = snapshots;
    const { total } = MetricResult.parse(
      await (await server.ask('/api/metrics/readmission-30-day?from=2024-01&to=2024-12', { cookie })).json(),
    );
    expect(newer).toMatchObject({ value: total.value, numerator: total.numerator, definitionVersion: '1.0.0' });
    expect(older).toMatchObject({ definitionVersion: '0.9.0', differs: null });
    expect(older?.denominator).toBeGreaterThan(newer?.denominator ?? 0);
    expect(newer?.differs).toEqual({
      ...{ dataThrough: true, definition: true, rules: ['mart.small'], codeLists: [], filesAdded: 1, filesGone: 1 },
    });
  });

  test('of checks has those that failed in a kept snapshot, in each of them; shared, without violations', async () => {
    const { server, cookie } = await twoSnapshots([
      `update run."check" set status = 'failed', violations = 4 where check_id = 'unique-person'`,
      `update run."check" set violations = 9 where check_id = 'few'`,
      `insert into run."check" by name select * replace ('fine' as check_id) from run."check" where status = 'passed'`,
    ]);
    const ask = async (cookie: string) =>
      QualityHistory.parse(await (await server.ask('/api/quality/history', { cookie })).json()).snapshots.map(
        ({ snapshot, checks }) => [
          snapshot,
          ...checks.map(({ check_id, status, violations }) => `${check_id} ${status} ${violations}`),
        ],
      );
    const told = [
      ['a', 'few failed 9', 'unique-person failed 4'],
      ['b', 'few failed 3', 'unique-person passed 0'],
    ];
    expect(await ask(cookie)).toEqual(told);
    expect(await ask(cookie)).toEqual(told);
    expect(await ask(server.cookieOf('analyst_aggregate'))).toEqual([
      ['a', 'few failed null', 'unique-person failed null'],
      ['b', 'few failed null', 'unique-person passed 0'],
    ]);
  });

  test('has no answer where the older snapshot does not know the question, and says so', async () => {
    const { server, cookie } = await twoSnapshots(["delete from catalogue.metric where id = 'readmission-30-day'"]);
    const { snapshots } = History.parse(await (await server.ask(PATH, { cookie })).json());
    expect(snapshots.map(({ value, unanswered }) => [value === null, unanswered])).toEqual([
      [true, 'there is no such metric'],
      [false, null],
    ]);
    expect(snapshots[1]?.differs).toBeNull();
  });

  test('names a snapshot that cannot be read, and answers all the same', async () => {
    const { server, cookie } = await twoSnapshots([]);
    writeFileSync(join(server.home, 'snapshots/a.duckdb'), 'no database');
    const { snapshots } = History.parse(await (await server.ask(PATH, { cookie })).json());
    expect(snapshots.map(({ unanswered }) => unanswered)).toEqual(['it cannot be read by this version', null]);
  });
});
