import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { EXIT, PeopleError } from '../engine/error.ts';

/** The folders of one home; see the README's layout. */
export interface Home {
  readonly root: string;
  readonly snapshots: string;
  readonly runs: string;
  readonly quarantine: string;
  readonly landing: string;
  readonly supplemental: string;
  /** Scratch of the run that holds the lock. */
  readonly scratch: string;
}

/** Creates what is missing. */
export function openHome(root: string): Home {
  const home: Home = {
    root,
    snapshots: join(root, 'snapshots'),
    runs: join(root, 'runs'),
    quarantine: join(root, 'quarantine'),
    landing: join(root, 'landing'),
    supplemental: join(root, 'supplemental'),
    scratch: join(root, 'scratch'),
  };
  for (const folder of Object.values(home)) mkdirSync(folder, { recursive: true, mode: 0o700 });
  return home;
}

/**
 * Holds the home for one run. DuckDB's own file lock is the lock: the system lets go of it when the process dies,
 * however it dies. Scratch and half-built snapshots of a run that died are cleared. Exit 75 when another run holds it.
 */
export async function lockHome(home: Home): Promise<{ release(): void }> {
  let instance: DuckDBInstance;
  let connection: DuckDBConnection;
  try {
    instance = await DuckDBInstance.create(join(home.root, 'lock.duckdb'));
    connection = await instance.connect();
  } catch (cause) {
    if (!/lock/i.test(String(cause))) throw cause;
    throw new PeopleError(EXIT.held, `another run holds ${home.root}; wait for it to end`, { cause });
  }
  for (const name of readdirSync(home.scratch)) rmSync(join(home.scratch, name), { recursive: true });
  for (const name of readdirSync(home.snapshots)) {
    if (name.includes('.building')) rmSync(join(home.snapshots, name));
  }
  return {
    release() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/** The secret that makes surrogate ids opaque and stable; made once per home. */
export function surrogateKey(home: Home): string {
  const path = join(home.root, 'key');
  if (!existsSync(path)) writeFileSync(path, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' });
  return readFileSync(path, 'utf8').trim();
}
