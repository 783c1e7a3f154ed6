import { read } from 'node:fs';
import { type FileHandle, open, readFile, realpath } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';
import { Readable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import { type Entry, fromRandomAccessReaderPromise, RandomAccessReader } from 'yauzl';
import { z } from 'zod';

const CHUNK_BYTES = 1 << 20;
const DEFLATED = 8;

/** A file of a delivery as it lies there now: one in a folder, or a member of a zip file. */
export interface Delivered {
  readonly bytes: number;
  readonly isGzip: boolean;
  /** Its bytes, or what they hold where it is a member of a zip file. To be read once. */
  readonly content: () => Readable;
  readonly close: () => Promise<void>;
}

/** The folders and files that a run was given, as absolute paths, which never leave this folder; none where nobody wrote them down. */
async function foldersOf(home: string, runId: string): Promise<string[]> {
  const text = await readFile(join(home, 'runs', `${runId}.sources`), 'utf8').catch(() => '[]');
  return z.array(z.string()).parse(JSON.parse(text));
}

/** The file of a run that its account calls `name`, in each folder of that name that has it. Whoever takes one closes it. */
export async function* filesDelivered(home: string, runId: string, name: string): AsyncGenerator<Delivered> {
  const [top, ...way] = name.split('/');
  for (const folder of await foldersOf(home, runId)) {
    const file = basename(folder) === top ? await openWithin(folder, way).catch(absent) : undefined;
    if (file) yield file;
  }
}

/** Nothing there, or nothing that opens: the way on is the same. */
const absent = (cause: unknown): undefined => {
  if (!(cause instanceof Error)) throw cause;
};

/** Follows `way` from a folder, at its end into a zip file, and no link out of the folder. */
async function openWithin(folder: string, way: readonly string[]): Promise<Delivered | undefined> {
  const base = await realpath(folder);
  for (let at = way.length; at >= 0; at--) {
    const path = await realpath(join(base, ...way.slice(0, at))).catch(absent);
    if (path === undefined) continue;
    if (path !== base && !path.startsWith(base + sep)) return undefined;
    const file = await open(path);
    const delivered = await openFile(file, way.slice(at).join('/')).catch(absent);
    if (!delivered) await file.close();
    return delivered;
  }
  return undefined;
}

async function openFile(file: FileHandle, member: string): Promise<Delivered | undefined> {
  const found = await file.stat();
  if (!found.isFile()) return undefined;
  const close = () => file.close();
  if (member !== '') {
    const inside = await memberOf(file, found.size, member);
    return inside && { ...inside, isGzip: false, close };
  }
  const { buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
  return {
    bytes: found.size,
    isGzip: buffer[0] === 0x1f && buffer[1] === 0x8b,
    content: () => streamOf(file, 0, found.size),
    close,
  };
}

const streamOf = (file: FileHandle, start: number, length: number): Readable =>
  length === 0
    ? Readable.from([])
    : file.createReadStream({ start, end: start + length - 1, highWaterMark: CHUNK_BYTES });

/** yauzl's own reader brings the process down over a position that no file can have. */
class BoundedReader extends RandomAccessReader {
  readonly #file: number;
  readonly #size: number;

  constructor(file: number, size: number) {
    super();
    this.#file = file;
    this.#size = size;
  }

  override read(...[buffer, offset, length, position, done]: Parameters<RandomAccessReader['read']>): void {
    if (position + length > this.#size) done(new Error(`byte ${position} is beyond its end`));
    else read(this.#file, buffer, offset, length, position, done);
  }
}

async function memberOf(file: FileHandle, size: number, name: string) {
  const zip = await fromRandomAccessReaderPromise(new BoundedReader(file.fd, size), size, { lazyEntries: true });
  let entry: Entry | undefined;
  for await (const each of zip.eachEntry()) if (each.fileName === name) entry = each;
  if (!entry) return undefined;
  const { uncompressedSize: bytes, compressedSize, compressionMethod } = entry;
  const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry);
  const packed = () => streamOf(file, fileDataStart, compressedSize);
  return { bytes, content: () => (compressionMethod === DEFLATED ? inflated(packed()) : packed()) };
}

const inflated = (packed: Readable): Readable => {
  const inflate = createInflateRaw({ chunkSize: CHUNK_BYTES });
  packed.on('error', (error) => inflate.destroy(error));
  return packed.pipe(inflate);
};
