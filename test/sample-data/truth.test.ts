import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Current } from '#contract/current';
import { generate } from '../../sample-data/generate.ts';
import { throughline } from '../support/published.ts';
import { type Comparison, compareTruth } from '../support/truth.ts';

const folder = mkdtempSync(join(tmpdir(), 'truth-'));
let comparisons: readonly Comparison[];

beforeAll(async () => {
  const [source, home] = [join(folder, 'source'), join(folder, 'home')];
  await generate({ members: 1_500, out: source });
  throughline('run', '--source', source, '--home', home);
  const { file } = Current.parse(JSON.parse(readFileSync(join(home, 'current.json'), 'utf8')));
  const instance = await DuckDBInstance.create(join(home, file), { access_mode: 'READ_ONLY', threads: '2' });
  const connection = await instance.connect();
  comparisons = await compareTruth(connection, join(source, 'truth'));
  connection.closeSync();
  instance.closeSync();
}, 300_000);

afterAll(() => rmSync(folder, { recursive: true }));

test('every planted event is found', () => {
  expect(comparisons.filter(({ missing }) => missing > 0)).toEqual([]);
});

test('nothing is found that was not planted', () => {
  expect(comparisons.filter(({ invented }) => invented > 0)).toEqual([]);
});

test('something of every sort was planted', () => {
  expect(comparisons.filter(({ planted }) => planted === 0)).toEqual([]);
});
