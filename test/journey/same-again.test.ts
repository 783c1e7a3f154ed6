import { cpSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { rows, value } from '../../pipelines/engine/sql.ts';
import { openHome } from '../../pipelines/publish/home.ts';
import { readPointer } from '../../pipelines/publish/snapshot.ts';
import { throughline } from '../support/published.ts';

const EXTRACT = join(import.meta.dirname, '../../sample-data/extract');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'throughline-same-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What `read` finds in the published snapshot. */
async function inSnapshot<T>(home: string, read: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
  const { file = '' } = readPointer(openHome(home)) ?? {};
  const instance = await DuckDBInstance.create(join(home, file), { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  try {
    return await read(connection);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Rows and an order-free checksum of every table that holds numbers. */
async function checksums(connection: DuckDBConnection): Promise<Record<string, string>> {
  const tables = await rows(
    connection,
    `select table_schema || '.' || table_name as name from information_schema.tables
     where table_schema in ('core', 'mart', 'metric', 'measure', 'rate') order by name`,
  );
  const sums: Record<string, string> = {};
  for (const { name } of tables) {
    const sum = `select count(*) || ' ' || coalesce(bit_xor(hash(t)), 0) from ${name} as t`;
    sums[String(name)] = String(await value(connection, sum));
  }
  return sums;
}

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
