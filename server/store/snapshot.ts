import { createHash } from 'node:crypto';
import { createReadStream, type FSWatcher, watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Current } from '#contract/current';
import { Refusal } from '../http/error.ts';
import { Cache } from './cache.ts';
import { readCatalogue, type SnapshotCatalogue } from './catalogue.ts';
import type { Engine } from './engine.ts';
import type { Asker } from './line.ts';
import { Queries } from './query.ts';
import { QueryProcesses } from './query-process.ts';
import type { Groups } from './sums.ts';

const POLL_MS = 2_000;
/** The first questions wait for the database to be opened, however busy the machine. */
const OPENING_MS = 60_000;
const MOST_BYTES = 32 * 2 ** 20;
const MOST_GROUP_BYTES = 16 * 2 ** 20;
/** Of one group with its keys, about. */
const GROUP_BYTES = 300;

/** What opens the database in a file. */
export type OpenEngine = (file: string) => Engine | Promise<Engine>;

/** What a request sees of the snapshot that it reads. */
export interface Snapshot {
  readonly current: Current;
  readonly catalogue: SnapshotCatalogue;
  readonly queries: Queries;
  /** Encoded aggregates of this snapshot. */
  readonly cache: Cache<Buffer>;
  /** Groups of metrics before anything is suppressed, which questions have in common: of all above all. */
  readonly groups: Cache<Groups>;
}

/** The caches of a snapshot that nobody has asked yet. */
export const emptyCaches = (): Pick<Snapshot, 'cache' | 'groups'> => ({
  cache: new Cache(MOST_BYTES, ({ length }) => length),
  groups: new Cache(MOST_GROUP_BYTES, ({ sums }) => GROUP_BYTES * sums.length),
});

/** One immutable file, open for reading on locked instances. */
class OpenSnapshot {
  readonly snapshot: Snapshot;
  #readers = 0;
  #retired = false;

  private constructor(snapshot: Snapshot) {
    this.snapshot = snapshot;
  }

  /** Throws when the file is not the one that the pointer names, byte for byte. */
  static async open(home: string, current: Current, open: OpenEngine): Promise<OpenSnapshot> {
    const file = join(home, current.file);
    const sha256 = createHash('sha256');
    await pipeline(createReadStream(file), sha256);
    if (sha256.digest('hex') !== current.sha256) throw new Error(`snapshot ${current.snapshot} is damaged`);
    const engine = await open(file);
    try {
      const catalogue = await readCatalogue(new Queries(engine, OPENING_MS));
      if (catalogue.snapshot !== current.snapshot) {
        throw new Error(`the file of snapshot ${current.snapshot} says it is ${catalogue.snapshot}`);
      }
      return new OpenSnapshot({ current, catalogue, queries: new Queries(engine), ...emptyCaches() });
    } catch (cause) {
      engine.close();
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
    this.snapshot.queries.close();
  }
}

/**
 * The snapshot that `current.json` of a home points to, now. A newer pointer is opened and checked beside the old one;
 * then new requests go to it, and the old one closes behind its last reader. A pointer that cannot be served is
 * reported once, and the old snapshot stays.
 */
export class Snapshots {
  readonly #home: string;
  readonly #report: (message: string, error: unknown) => void;
  readonly #openEngine: OpenEngine;
  #current: OpenSnapshot | null = null;
  #pointer = '';
  #opening: Promise<void> | null = null;
  #watcher: FSWatcher | null = null;
  #timer: NodeJS.Timeout | null = null;

  private constructor(home: string, report: (message: string, error: unknown) => void, openEngine: OpenEngine) {
    this.#home = home;
    this.#report = report;
    this.#openEngine = openEngine;
  }

  /** Queries run in processes of their own unless another engine is given. */
  static async open(
    home: string,
    report: (message: string, error: unknown) => void,
    openEngine: OpenEngine = (file) => new QueryProcesses(file),
  ): Promise<Snapshots> {
    const snapshots = new Snapshots(home, report, openEngine);
    await snapshots.refresh();
    const look = () => void snapshots.refresh();
    // The watcher is quick but may miss a rename on some file systems; the poll is slow and misses nothing.
    snapshots.#watcher = watch(home, look).on('error', (error) => report('cannot watch the home folder', error));
    snapshots.#timer = setInterval(look, POLL_MS).unref();
    return snapshots;
  }

  /** Null until something is published. */
  get current(): Snapshot | null {
    return this.#current?.snapshot ?? null;
  }

  /** The current snapshot for one asker and the function that lets go of it. Refuses when nothing is published yet. */
  hold(asker?: Asker): { readonly snapshot: Snapshot; readonly release: () => void } {
    const held = this.#current;
    if (!held) throw new Refusal('unavailable', 'nothing is published yet; run the pipeline first');
    const { snapshot } = held;
    return {
      snapshot: asker ? { ...snapshot, queries: snapshot.queries.for(asker) } : snapshot,
      release: held.hold(),
    };
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
      const next = await OpenSnapshot.open(this.#home, Current.parse(JSON.parse(pointer)), this.#openEngine);
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
