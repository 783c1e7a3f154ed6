import { cpSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { rows } from '../../pipelines/engine/sql.ts';
import { throughline } from '../support/published.ts';
import { checksums, inSnapshot } from '../support/published-tables.ts';

const EXTRACT = join(import.meta.dirname, '../../sample-data/extract');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'throughline-same-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const ids = (connection: DuckDBConnection) =>
  rows(connection, 'select person_id, encounter_id from core.encounter order by all');

it('the same files, in another run and under other names, make the same numbers and the same ids', async () => {
  const home = join(folder, 'home');
  const source = join(folder, 'extract');
  cpSync(EXTRACT, source, { recursive: true });
  const run = () => throughline('run', '--source', source, '--home', home);
  run();
  const first = await inSnapshot(home, checksums);
  expect(Object.keys(first).length).toBeGreaterThan(40);
  run();
  expect(await inSnapshot(home, checksums)).toEqual(first);

  const before = await inSnapshot(home, ids);
  renameSync(join(source, 'medical_claim.csv'), join(source, 'zz_medical_claim.csv'));
  run();
  expect(await inSnapshot(home, ids)).toEqual(before);
});
