import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it, onTestFinished } from 'vitest';
import { compareWithSnapshotBefore } from '../../pipelines/publish/history.ts';
import { type Home, openHome } from '../../pipelines/publish/home.ts';

/** What a snapshot accepted; the rest is as in `steady`. */
interface Accepted {
  readonly fills: number;
  readonly persons: number;
  readonly months: number;
  readonly lines: number;
  readonly oldLines: number;
  readonly coreFills: number;
  readonly format: number;
}

const steady: Accepted = { fills: 10, persons: 10, months: 10, lines: 10, oldLines: 100, coreFills: 10, format: 10 };

async function fill(connection: DuckDBConnection, accepted: Accepted): Promise<void> {
  const { fills, persons, months, lines, oldLines, coreFills, format } = accepted;
  for (const sql of [
    'create schema run; create schema core',
    `create table run.feed as select 'Medicare Part D' as source_name, 'pharmacy_claim' as kind, ${fills} as rows`,
    `create table run.source_file as select 'tuva' as format, ${format}::bigint as loaded
     union all select null, 99`,
    `create table core.person as select i as person_id from range(${persons}) as t(i)`,
    `create table core.member_month as select i as person_id, date '2024-01-01' as month, 'm' as payer from range(${months}) as t(i)`,
    `create table core.medical_claim as select date '2024-12-01' as start_date from range(${lines})
     union all select date '2024-01-01' from range(${oldLines})`,
    `create table core.pharmacy_claim as select i from range(${coreFills}) as t(i)`,
  ]) {
    await connection.run(sql);
  }
}

/** A home that publishes a snapshot with the given counts. */
async function homeWith(before: Accepted, synthetic = false): Promise<Home> {
  const root = mkdtempSync(join(tmpdir(), 'throughline-history-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const home = openHome(root);
  mkdirSync(home.snapshots, { recursive: true });
  const instance = await DuckDBInstance.create(join(home.snapshots, 'before.duckdb'));
  const connection = await instance.connect();
  await fill(connection, before);
  connection.closeSync();
  instance.closeSync();
  const pointer = {
    ...{ snapshot: 'before', file: 'snapshots/before.duckdb', sha256: 'a'.repeat(64) },
    ...{ publishedAt: '2025-01-31T00:00:00.000Z', dataThrough: '2024-12-31', period: '2024', runId: 'r', synthetic },
  };
  writeFileSync(join(root, 'current.json'), JSON.stringify(pointer));
  return home;
}

async function statuses(home: Home, now: Accepted, dataThrough = '2024-12-31'): Promise<Record<string, string>> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run('set variable data_through = $1::date', [dataThrough]);
  await fill(connection, now);
  const compared = await compareWithSnapshotBefore(connection, home, false);
  return Object.fromEntries(compared.map(({ id, status }) => [id, status]));
}

/** For every rule: the count that it is about. */
const RULES = {
  'volume-drop-pharmacy-claim-medicare-part-d': 'fills',
  'volume-drop-format-tuva': 'format',
  'volume-drop-persons': 'persons',
  'volume-drop-member-months': 'months',
  'volume-drop-pharmacy-claims': 'coreFills',
} as const;

describe('against the snapshot before', () => {
  for (const [id, count] of Object.entries(RULES)) {
    it(`${id} fails with a drop of 30 % and passes with one of 20 %`, async () => {
      const home = await homeWith(steady);
      expect((await statuses(home, { ...steady, [count]: 7 }))[id]).toBe('failed');
      expect((await statuses(home, { ...steady, [count]: 8 }))[id]).toBe('passed');
    });
  }

  it('volume-drop-medical-claims fails with a drop of 30 % and passes with a smaller one', async () => {
    const home = await homeWith(steady);
    expect((await statuses(home, { ...steady, oldLines: 67 }))['volume-drop-medical-claims']).toBe('failed');
    expect((await statuses(home, { ...steady, oldLines: 68 }))['volume-drop-medical-claims']).toBe('passed');
  });

  it('late-months-medical-claim fails when months half a year old have grown by more than 5 %', async () => {
    const home = await homeWith(steady);
    expect((await statuses(home, { ...steady, oldLines: 106 }))['late-months-medical-claim']).toBe('failed');
    expect((await statuses(home, { ...steady, oldLines: 105, lines: 50 }))['late-months-medical-claim']).toBe('passed');
  });

  it('a source that is gone has dropped', async () => {
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run("set variable data_through = date '2024-12-31'");
    await fill(connection, steady);
    await connection.run('delete from run.feed');
    const compared = await compareWithSnapshotBefore(connection, await homeWith(steady), false);
    expect(compared.find(({ number }) => number === 4001)).toMatchObject({ status: 'failed', violations: 10 });
  });

  it('a snapshot as of an earlier day is no loss of member-months', async () => {
    const home = await homeWith(steady);
    expect((await statuses(home, { ...steady, months: 0 }, '2023-12-31'))['volume-drop-member-months']).toBe(
      'not applicable',
    );
  });

  it('no rule applies to the first run, nor between made-up and real data', async () => {
    const root = mkdtempSync(join(tmpdir(), 'throughline-history-'));
    onTestFinished(() => rmSync(root, { recursive: true }));
    for (const home of [openHome(root), await homeWith(steady, true)]) {
      const found = await statuses(home, { ...steady, persons: 1 });
      expect(Object.keys(found).length).toBeGreaterThanOrEqual(7);
      expect(new Set(Object.values(found))).toEqual(new Set(['not applicable']));
    }
  });
});
