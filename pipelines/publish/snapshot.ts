import { createHash } from 'node:crypto';
import {
  closeSync,
  createReadStream,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { Current } from '#contract/current';
import { EXIT, PeopleError } from '../engine/error.ts';
import { count } from '../engine/sql.ts';
import type { Home } from './home.ts';

const POINTER = 'current.json';

/** The published snapshot, or undefined before the first. Throws when the pointer is damaged. */
export function readPointer(home: Home): Current | undefined {
  const path = join(home.root, POINTER);
  return existsSync(path) ? Current.parse(JSON.parse(readFileSync(path, 'utf8'))) : undefined;
}

export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk);
  return hash.digest('hex');
}

function sync(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Writes beside the target, syncs, renames: a reader sees the old file or the new one, whole. */
export function writeAtomically(path: string, text: string): void {
  const draft = `${path}.tmp`;
  writeFileSync(draft, text, { mode: 0o600 });
  sync(draft);
  renameSync(draft, path);
  sync(join(path, '..'));
}

/** Opens the finished file as the server will, and reads from it: a snapshot that cannot be read is never published. */
async function verify(path: string): Promise<void> {
  if (existsSync(`${path}.wal`)) throw new Error(`${path} still has a write-ahead log`);
  const instance = await DuckDBInstance.create(path, { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  try {
    if ((await count(connection, 'select count(*) from catalogue.snapshot')) !== 1) {
      throw new Error(`${path} does not describe itself`);
    }
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

const snapshotFiles = (home: Home): string[] =>
  readdirSync(home.snapshots)
    .filter((name) => name.endsWith('.duckdb'))
    .sort();

/** Moves a built file to its name, points `current.json` at it and keeps the newest `keep` snapshots. */
export async function publish(
  home: Home,
  building: string,
  about: Omit<Current, 'file' | 'sha256'>,
  keep: number,
): Promise<Current> {
  await verify(building);
  sync(building);
  const path = join(home.snapshots, `${about.snapshot}.duckdb`);
  const sha256 = await sha256Of(building);
  renameSync(building, path);
  sync(home.snapshots);
  const current = Current.parse({ ...about, file: relative(home.root, path), sha256 });
  point(home, current);
  for (const name of snapshotFiles(home).slice(0, -keep)) {
    if (name !== `${about.snapshot}.duckdb`) rmSync(join(home.snapshots, name));
  }
  return current;
}

const point = (home: Home, current: Current): void => {
  writeAtomically(join(home.snapshots, `${current.snapshot}.json`), JSON.stringify(current, null, 2));
  writeAtomically(join(home.root, POINTER), JSON.stringify(current, null, 2));
};

/** Snapshots that can still be served, oldest first. */
export function listSnapshots(home: Home): Current[] {
  return snapshotFiles(home)
    .map((name) => join(home.snapshots, name.replace(/\.duckdb$/, '.json')))
    .filter(existsSync)
    .map((path) => Current.parse(JSON.parse(readFileSync(path, 'utf8'))));
}

/** Points `current.json` back at a kept snapshot, after checking that its bytes are the ones that were published. */
export async function rollback(home: Home, id: string): Promise<Current> {
  const wanted = listSnapshots(home).find(({ snapshot }) => snapshot === id);
  if (!wanted) throw new PeopleError(EXIT.usage, `no snapshot "${id}" is kept in ${home.snapshots}`);
  if ((await sha256Of(join(home.root, wanted.file))) !== wanted.sha256) {
    throw new PeopleError(EXIT.blocked, `${wanted.file} is not the file that was published: its sha256 differs`);
  }
  writeAtomically(join(home.root, POINTER), JSON.stringify(wanted, null, 2));
  return wanted;
}
