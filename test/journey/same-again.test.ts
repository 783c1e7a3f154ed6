import { cpSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { rows } from '../../pipelines/engine/sql.ts';
import { openHome } from '../../pipelines/publish/home.ts';
import { readPointer } from '../../pipelines/publish/snapshot.ts';
import { throughline } from '../support/published.ts';

const EXTRACT = join(import.meta.dirname, '../../sample-data/extract');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'throughline-same-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Rows and an order-free checksum of every table that holds numbers. */
async function checksums(home: string): Promise<Record<string, string>> {
  const { file = '' } = readPointer(openHome(home)) ?? {};
  const instance = await DuckDBInstance.create(join(home, file), { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  const tables = await rows(
    connection,
    `select table_schema || '.' || table_name as name from information_schema.tables
     where table_schema in ('core', 'mart', 'metric', 'measure', 'rate') order by name`,
  );
  const sums: Record<string, string> = {};
  for (const { name } of tables) {
    const [sum] = await rows(
      connection,
      `select count(*) || ' ' || coalesce(bit_xor(hash(t)), 0) as sum from ${name} as t`,
    );
    sums[String(name)] = String(sum?.sum);
  }
  connection.closeSync();
  instance.closeSync();
  return sums;
}

it('the same files, in another run and under other names, make the same numbers and the same ids', async () => {
  const home = join(folder, 'home');
  const source = join(folder, 'extract');
  cpSync(EXTRACT, source, { recursive: true });
  throughline('run', '--source', source, '--home', home);
  const first = await checksums(home);
  expect(Object.keys(first).length).toBeGreaterThan(40);
  throughline('run', '--source', source, '--home', home);
  expect(await checksums(home)).toEqual(first);

  const ids = async () => {
    const { file = '' } = readPointer(openHome(home)) ?? {};
    const instance = await DuckDBInstance.create(join(home, file), { access_mode: 'READ_ONLY' });
    const connection = await instance.connect();
    const found = await rows(connection, 'select person_id, encounter_id from core.encounter order by all');
    connection.closeSync();
    instance.closeSync();
    return found;
  };
  const before = await ids();
  renameSync(join(source, 'medical_claim.csv'), join(source, 'zz_medical_claim.csv'));
  throughline('run', '--source', source, '--home', home);
  expect(await ids()).toEqual(before);
});
