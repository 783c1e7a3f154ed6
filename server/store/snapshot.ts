import { createHash } from 'node:crypto';
import { createReadStream, type FSWatcher, watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import { Current } from '#contract/current';
import { Refusal } from '../http/error.ts';
import { ByteCache } from './byte-cache.ts';
import { readCatalogue, type SnapshotCatalogue } from './catalogue.ts';
import { Queries } from './query.ts';

const POLL_MS = 2_000;
const CONNECTIONS = 4;

// In this order: nothing can be set after the lock, and no file can be reached after external access is off. A query
// that outgrows the memory fails rather than spills people's data to a disk nobody chose.
const LOCK_DOWN = [
  'set autoinstall_known_extensions = false',
  'set autoload_known_extensions = false',
  'set allow_community_extensions = false',
  'set allow_persistent_secrets = false',
  "set memory_limit = '2GB'",
  'set threads = 2',
  "set temp_directory = ''",
  'set enable_external_access = false',
  'set lock_configuration = true',
];

/** One immutable file, open for reading on one locked instance. */
export class Snapshot {
  readonly current: Current;
  readonly catalogue: SnapshotCatalogue;
  readonly queries: Queries;
  /** Encoded aggregates of this snapshot. */
  readonly cache = new ByteCache();
  readonly #instance: DuckDBInstance;
  #readers = 0;
  #retired = false;

  private constructor(current: Current, instance: DuckDBInstance, queries: Queries, catalogue: SnapshotCatalogue) {
    this.current = current;
    this.#instance = instance;
    this.queries = queries;
    this.catalogue = catalogue;
  }

  /** Throws when the file is not the one that the pointer names, byte for byte. */
  static async open(home: string, current: Current): Promise<Snapshot> {
    const file = join(home, current.file);
    const sha256 = createHash('sha256');
    await pipeline(createReadStream(file), sha256);
    if (sha256.digest('hex') !== current.sha256) throw new Error(`snapshot ${current.snapshot} is damaged`);
    const instance = await openLocked(file);
    try {
      const queries = await Queries.open(instance, CONNECTIONS);
      const catalogue = await readCatalogue(queries);
      if (catalogue.snapshot !== current.snapshot) {
        throw new Error(`the file of snapshot ${current.snapshot} says it is ${catalogue.snapshot}`);
      }
      return new Snapshot(current, instance, queries, catalogue);
    } catch (cause) {
      instance.closeSync();
      throw cause;
    }
  }

  /** Keeps the file open until the returned function is called. */
  hold(): () => void {
    this.#readers += 1;
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#readers -= 1;
      this.#closeWhenIdle();
    };
  }

  /** Closes the file when its last reader leaves. */
  retire(): void {
    this.#retired = true;
    this.#closeWhenIdle();
  }

  #closeWhenIdle(): void {
    if (!this.#retired || this.#readers > 0) return;
    this.queries.close();
    this.#instance.closeSync();
  }
}

/** Opens a DuckDB file for reading with everything off that a dashboard does not need. */
export async function openLocked(file: string): Promise<DuckDBInstance> {
  const instance = await DuckDBInstance.create(file, { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  for (const setting of LOCK_DOWN) await connection.run(setting);
  connection.closeSync();
  return instance;
}

/**
 * The snapshot that `current.json` of a home points to, now. A newer pointer is opened and checked beside the old one;
 * then new requests go to it, and the old one closes behind its last reader. A pointer that cannot be served is
 * reported once, and the old snapshot stays.
 */
export class Snapshots {
  readonly #home: string;
  readonly #report: (message: string, error: unknown) => void;
  #current: Snapshot | null = null;
  #pointer = '';
  #opening: Promise<void> | null = null;
  #watcher: FSWatcher | null = null;
  #timer: NodeJS.Timeout | null = null;

  private constructor(home: string, report: (message: string, error: unknown) => void) {
    this.#home = home;
    this.#report = report;
  }

  static async open(home: string, report: (message: string, error: unknown) => void): Promise<Snapshots> {
    const snapshots = new Snapshots(home, report);
    await snapshots.refresh();
    const look = () => void snapshots.refresh();
    // The watcher is quick but may miss a rename on some file systems; the poll is slow and misses nothing.
    snapshots.#watcher = watch(home, look).on('error', (error) => report('cannot watch the home folder', error));
    snapshots.#timer = setInterval(look, POLL_MS).unref();
    return snapshots;
  }

  /** Null until something is published. */
  get current(): Snapshot | null {
    return this.#current;
  }

  /** The current snapshot and the function that lets go of it. Throws a refusal when nothing is published yet. */
  hold(): { readonly snapshot: Snapshot; readonly release: () => void } {
    if (!this.#current) throw new Refusal('unavailable', 'nothing is published yet; run the pipeline first');
    return { snapshot: this.#current, release: this.#current.hold() };
  }

  /** Looks at the pointer and moves to the snapshot it names. One look at a time. */
  async refresh(): Promise<void> {
    this.#opening ??= this.#look().finally(() => {
      this.#opening = null;
    });
    await this.#opening;
  }

  async #look(): Promise<void> {
    const pointer = await readFile(join(this.#home, 'current.json'), 'utf8').catch(() => '');
    if (pointer === '' || pointer === this.#pointer) return;
    this.#pointer = pointer;
    try {
      const next = await Snapshot.open(this.#home, Current.parse(JSON.parse(pointer)));
      const previous = this.#current;
      this.#current = next;
      previous?.retire();
    } catch (error) {
      this.#report('the snapshot that current.json names cannot be served', error);
    }
  }

  async close(): Promise<void> {
    this.#watcher?.close();
    if (this.#timer) clearInterval(this.#timer);
    await this.#opening;
    this.#current?.retire();
    this.#current = null;
  }
}
