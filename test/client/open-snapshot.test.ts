import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { Catalogue } from '#contract/catalogue';
import { MetricResult } from '#contract/result';
import { SnapshotFile } from '#contract/snapshot-file';
import { firstQuery, snippetsOf } from '../../client/pages/open-snapshot/snippets.ts';
import { type Served, serve } from '../support/serve.ts';

const METRIC = 'total-cost-per-member-per-month';

let served: Served;
let file: string;
let query: string;
let total: MetricResult['total'];
beforeAll(async () => {
  served = await serve(inject('publishedHome'));
  const { metrics, period } = Catalogue.parse(await (await served.ask('/api/catalogue')).json());
  const metric = metrics.find(({ id }) => id === METRIC)!;
  query = firstQuery(metric, period);
  const reply = await served.ask(`/api/metrics/${METRIC}?from=${period}-01&to=${period}-12`);
  ({ total } = MetricResult.parse(await reply.json()));
  const about = SnapshotFile.parse(await (await served.ask('/api/snapshot')).json());
  file = join(inject('publishedHome'), about.file);
});
afterAll(() => served.close());

const textOf = (tool: string) => snippetsOf(file, query).find((snippet) => snippet.tool === tool)?.text ?? '';

describe('the first query of the page that opens the snapshot gives the number of the pages', () => {
  test('in the command line of DuckDB', async () => {
    const [, , sql] = /^duckdb -readonly (\S+) "([^"]*)"$/.exec(textOf('DuckDB')) ?? [];
    const instance = await DuckDBInstance.create(file, { access_mode: 'READ_ONLY' });
    const connection = await instance.connect();
    const [row] = (await connection.runAndReadAll(sql ?? '')).getRowObjectsJS();
    connection.closeSync();
    instance.closeSync();
    expect(Number(row?.numerator)).toBeCloseTo(total.numerator ?? 0, 2);
    expect(Number(row?.value)).toBeCloseTo(total.value ?? 0, 6);
  });

  test('in JavaScript, run as it is shown', () => {
    const said = execFileSync(process.execPath, ['--input-type=module', '-e', textOf('JavaScript')], {
      encoding: 'utf8',
      cwd: join(import.meta.dirname, '../..'),
    });
    const [row] = JSON.parse(said);
    expect(row.value).toBeCloseTo(total.value ?? 0, 6);
    expect(row.denominator).toBe(total.denominator);
  });
});

test('tables are told with the words that they were declared with', async () => {
  const { tables } = SnapshotFile.parse(await (await served.ask('/api/snapshot')).json());
  const table = (name: string) => tables.find((one) => one.name === name);
  expect(table('core.practice')?.meaning).toMatch(/^One row per practice\./);
  expect(table('core.person')?.columns.find(({ name }) => name === 'birth_date')?.meaning).not.toBeNull();
  expect(table('metric.total_cost_per_member_per_month')?.meaning).toBeTruthy();
  const silent = tables.filter(
    ({ name, meaning }) => /^(core|mart|metric|measure|rate)\./.test(name) && meaning === null,
  );
  expect(silent.map(({ name }) => name)).toEqual(['mart.care_gap']);
  expect(JSON.stringify(tables)).not.toMatch(/ENUM\(/);
});
