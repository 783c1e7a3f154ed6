import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance, type Json } from '@duckdb/node-api';
import { onTestFinished } from 'vitest';
import { silent } from '../../pipelines/engine/progress.ts';
import { rows } from '../../pipelines/engine/sql.ts';
import { createInput } from '../../pipelines/input/tables.ts';
import { checkInput, type LoadReport, load } from '../../pipelines/readers/load.ts';

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-readers-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Lays files out in a new folder, by relative path. */
export function sourceFolder(files: Readonly<Record<string, string | Buffer>>): string {
  const folder = join(temporaryFolder(), 'source');
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

export interface Loaded extends LoadReport {
  readonly home: { landing: string; quarantine: string; scratch: string };
  readonly connection: DuckDBConnection;
  /** The input is checked when something is first asked of its checks or feeds. */
  query(sql: string): Promise<Record<string, Json>[]>;
}

interface Options {
  readonly skip?: readonly string[];
  readonly format?: string;
  readonly home?: Loaded['home'];
}

export function emptyHome(): Loaded['home'] {
  const root = temporaryFolder();
  const home = { landing: join(root, 'landing'), quarantine: join(root, 'quarantine'), scratch: join(root, 'scratch') };
  for (const folder of Object.values(home)) mkdirSync(folder);
  return home;
}

/** Loads folders into an in-memory warehouse of empty input tables. */
export async function loadFrom(sources: readonly string[], options: Options = {}): Promise<Loaded> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const [connection, other] = [await instance.connect(), await instance.connect()];
  onTestFinished(() => {
    other.closeSync();
    connection.closeSync();
    instance.closeSync();
  });
  await connection.run('create schema run');
  await connection.run('create schema input');
  await createInput(connection, 'input');
  const { skip = [], format, home = emptyHome() } = options;
  const request = { connection, lanes: [other], home, runId: 'run-1', sources, skip, format };
  const report = await load({ ...request, progress: silent });
  let checked: Promise<void> | undefined;
  const query = async (sql: string) => {
    if (/run\.(check|feed)\b/.test(sql) && report.refusals.length === 0) {
      checked ??= checkInput(connection, silent);
      await checked;
    }
    return rows(connection, sql);
  };
  return { ...report, home, connection, query };
}

export const loadFiles = (files: Readonly<Record<string, string | Buffer>>, options: Options = {}): Promise<Loaded> =>
  loadFrom([sourceFolder(files)], options);
