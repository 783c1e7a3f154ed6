import { createReadStream, read } from 'node:fs';
import { mkdir, open, rm, stat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import {
  type Entry,
  fromRandomAccessReaderPromise,
  getFileNameLowLevel,
  RandomAccessReader,
  type ZipFile,
} from 'yauzl';
import { EXIT, PeopleError } from '../engine/error.ts';
import type { Progress } from '../engine/progress.ts';
import { isBomb } from './expansion.ts';
import { FileRefused, type RuleId } from './rules.ts';
import { byName, type Found, isNamed, isWithin } from './sources.ts';

/** CMS sends a dozen files in one; a practice might send one file a day for years. */
const MOST_MEMBERS = 10_000;
/** Three years of claim lines of 300,000 people in fixed width take about 30 GB. */
const MOST_BYTES = 100 * 2 ** 30;
/** What the directory says of one member: its name, extra fields and comment. Bounds the memory of a listing. */
const MOST_WORDS = 4096;
const CHUNK_BYTES = 1 << 16;

const STORED = 0;
const DEFLATED = 8;
/** General purpose bit 3: sizes and checksum follow the data, in a record of one of these lengths. */
const STREAMED = 1 << 3;
const TRAILERS = [12, 16, 20, 24];
/** Length of the records that end a zip file, without its comment: plain, or with those of Zip64. */
const ENDS = [22, 98];
/** In the sizes of a header: look in the Zip64 field. */
const ELSEWHERE = 0xffffffff;
/** The kinds of file in a Unix mode that a member may have; 0 stands for systems without modes. */
const FILE_OR_FOLDER = [0, 0o100000, 0o040000];

/** What Office and OpenDocument files hold: these are zip files only in how they are stored. */
const DOCUMENT_PARTS = ['[Content_Types].xml', 'mimetype'];

/** One entry of the directory of a zip file, checked against its own header. Positions and sizes are in bytes. */
interface Member {
  readonly name: string;
  /** Where its header begins. */
  readonly at: number;
  /** Where its data begin. */
  readonly data: number;
  readonly packed: number;
  readonly size: number;
  readonly checksum: number;
  readonly method: number;
  readonly isEncrypted: boolean;
  readonly isStreamed: boolean;
}

const refused = (rule: RuleId, message: string, cause?: unknown): FileRefused =>
  new FileRefused(rule, null, message, { cause });

/** A name as it may stand in a message, whatever it holds. */
const shown = (name: string): string => `"${name.slice(0, 200).replace(/[\p{Cc}\p{Bidi_Control}]/gu, '\ufffd')}"`;

/**
 * Replaces every zip file by its members, in the same fixed order by name. A member is written to `folder` under a number
 * of ours, so that its own name is never a path; size and checksum are verified, memory is bounded. A zip file that
 * breaks a rule (F12 to F17) stays as it is and carries the refusal; a member that --skip names may be encrypted,
 * damaged or an archive. Throws PeopleError (usage) when --skip names something that a file does not hold. One stage of
 * progress, where there is any zip file: unpack.
 */
export async function unpack(
  found: readonly Found[],
  skip: readonly string[],
  folder: string,
  progress: Progress,
): Promise<Found[]> {
  const archives = new Set<Found>();
  for (const file of found) if (!file.skipped && (await isArchive(file.path, file.name))) archives.add(file);
  if (archives.size > 0) progress.start('unpack', archives.size);
  const files: Found[] = [];
  for (const [number, file] of found.entries()) {
    const unpacked = archives.has(file) ? await membersOf(file, skip, join(folder, String(number))) : [file];
    refuseStray(skip, file, unpacked);
    files.push(...unpacked);
    if (archives.has(file)) progress.step(file.name);
  }
  if (archives.size > 0) progress.finish();
  return files.sort(byName);
}

function refuseStray(skip: readonly string[], file: Found, unpacked: readonly Found[]): void {
  if (file.skipped || unpacked.some(({ name, refusal }) => refusal && name === file.name)) return;
  for (const wanted of skip.filter((candidate) => isWithin(candidate, file))) {
    if (!unpacked.some((member) => isNamed(wanted, member))) {
      throw new PeopleError(EXIT.usage, `--skip ${wanted} names nothing in ${file.name}`);
    }
  }
}

async function firstBytes(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.toString('latin1', 0, bytesRead);
  } finally {
    await file.close();
  }
}

const ZIP = ['PK\x03\x04', 'PK\x05\x06'];
const isGzip = (first: string): boolean => first.startsWith('\x1f\x8b');

async function isArchive(path: string, name: string): Promise<boolean> {
  const claims = ZIP.includes(await firstBytes(path)) || /\.zip$/i.test(name);
  return claims && !(await isDocument(path));
}

async function isDocument(path: string): Promise<boolean> {
  try {
    return await withDirectory(path, async (zip) => {
      if (zip.entryCount > MOST_MEMBERS) return false;
      for await (const { fileNameRaw } of zip.eachEntry()) {
        if (DOCUMENT_PARTS.includes(fileNameRaw.toString('latin1'))) return true;
      }
      return false;
    });
  } catch (cause) {
    refusalOf(cause);
    return false;
  }
}

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

async function withDirectory<T>(path: string, work: (zip: ZipFile) => Promise<T>): Promise<T> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const options = { lazyEntries: true, decodeStrings: false };
    return await work(await fromRandomAccessReaderPromise(new BoundedReader(file.fd, size), size, options));
  } finally {
    await file.close();
  }
}

/** Whether the bytes are to blame, by zlib or by yauzl, and not the machine or we. */
const isDamage = (cause: unknown): cause is Error =>
  cause instanceof Error && cause.constructor === Error && (!('code' in cause) || String(cause.code).startsWith('Z_'));

function refusalOf(cause: unknown): FileRefused {
  if (cause instanceof FileRefused) return cause;
  if (!isDamage(cause)) throw cause;
  return refused('F12', `the zip file is damaged or cut short (${cause.message})`, cause);
}

/** The files in a zip file, extracted to `folder`; or the zip file itself with the reason why there are none. */
async function membersOf(zip: Found, skip: readonly string[], folder: string): Promise<Found[]> {
  try {
    const members = await withDirectory(zip.path, list);
    const files = members.filter(({ name }) => !name.endsWith('/') && !isLitter(name));
    await refuseTooMuch(zip.path, files);
    refuseTwins(files);
    const isSkipped = (member: Member) => skip.some((wanted) => isNamed(wanted, within(zip, member)));
    for (const member of files) if (!isSkipped(member)) assertReadable(member);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const found: Found[] = [];
    for (const [number, member] of files.entries()) {
      const path = join(folder, String(number));
      const file = { ...within(zip, member), path, skipped: isSkipped(member) };
      try {
        await extract(zip.path, member, path);
        found.push(file);
      } catch (cause) {
        const refusal = refusalOf(cause);
        if (!file.skipped) throw refusal;
        found.push({ ...file, refusal });
      }
    }
    return found;
  } catch (cause) {
    await rm(folder, { recursive: true, force: true });
    return [{ ...zip, refusal: refusalOf(cause) }];
  }
}

const within = (zip: Found, { name }: Member): Pick<Found, 'delivered' | 'name'> => ({
  delivered: join(zip.delivered, name),
  name: `${zip.name}/${name}`,
});

/** What macOS adds of its own to a zip file. */
const isLitter = (name: string): boolean =>
  /^__MACOSX\/(.*\/)?\._[^/]*$/.test(name) || posix.basename(name) === '.DS_Store';

/** Every entry of the directory. Each agrees with its own header, and together they fill the zip file without a gap. */
async function list(zip: ZipFile): Promise<Member[]> {
  if (zip.entryCount > MOST_MEMBERS) {
    throw refused('F17', `the zip file holds ${zip.entryCount} files; at most ${MOST_MEMBERS} are read`);
  }
  // A number, whatever its types say: where the directory begins, and after the last entry where it ends.
  const directory = Number(zip.readEntryCursor);
  const members: Member[] = [];
  for await (const entry of zip.eachEntry()) members.push(await memberOf(zip, entry));
  refuseGaps(members, directory);
  const rest = zip.fileSize - Number(zip.readEntryCursor) - zip.comment.length;
  if (!ENDS.includes(rest)) throw refused('F12', `${rest} bytes behind the directory are more than its end`);
  return members;
}

async function memberOf(zip: ZipFile, entry: Entry): Promise<Member> {
  const { generalPurposeBitFlag: flags, fileNameRaw, extraFields, externalFileAttributes } = entry;
  const { uncompressedSize: size, compressedSize: packed, crc32: checksum, compressionMethod: method } = entry;
  const name = getFileNameLowLevel(flags, fileNameRaw, extraFields, true);
  const member = shown(name);
  if (entry.fileNameLength + entry.extraFieldLength + entry.fileCommentLength > MOST_WORDS) {
    throw refused('F14', `the name of member ${member} and what goes with it are longer than ${MOST_WORDS} bytes`);
  }
  const fault = faultOf(name);
  if (fault) throw refused('F14', `the name of member ${member} ${fault}`);
  if (!FILE_OR_FOLDER.includes((externalFileAttributes >>> 16) & 0o170000)) {
    throw refused('F14', `member ${member} is a link or a device, not a file`);
  }
  if (name.endsWith('/') && size > 0) throw refused('F14', `member ${member} is called a folder and holds data`);

  const header = await zip.readLocalFileHeaderPromise(entry);
  const isStreamed = (header.generalPurposeBitFlag & STREAMED) !== 0;
  const agrees = (own: number, stated: number) => own === stated || own === ELSEWHERE || (isStreamed && own === 0);
  if (
    !header.fileName.equals(fileNameRaw) ||
    header.compressionMethod !== method ||
    (header.generalPurposeBitFlag & 1) !== (flags & 1) ||
    !agrees(header.uncompressedSize, size) ||
    !agrees(header.compressedSize, packed) ||
    !agrees(header.crc32, checksum)
  ) {
    throw refused('F12', `the directory and the header of member ${member} disagree`);
  }
  return {
    ...{ name, size, packed, checksum, method, isStreamed, isEncrypted: entry.isEncrypted() },
    at: entry.relativeOffsetOfLocalHeader,
    data: header.fileDataStart,
  };
}

/** What keeps a name from being one plain way into the zip file. */
function faultOf(name: string): string | undefined {
  if (['', '/', '.'].includes(name)) return 'is empty';
  if (/[\p{Cc}\p{Bidi_Control}]/u.test(name)) return 'holds control characters';
  if (name.includes('\\')) return 'holds a backslash';
  if (name.startsWith('/') || /^[a-z]:/i.test(name)) return 'is an absolute path';
  if (name.split('/').includes('..')) return 'leads out of the zip file';
  return undefined;
}

/** Members may share no byte, which is how small bombs grow large, and no byte may belong to none: it might be a file. */
function refuseGaps(members: readonly Member[], directory: number): void {
  let end = 0;
  let before: Member | undefined;
  const refuse = (at: number, next: string) => {
    const gap = at - end;
    if (gap < 0) throw refused('F12', `member ${shown(before?.name ?? '')} overlaps with ${next}`);
    if (gap === 0 || (before?.isStreamed && TRAILERS.includes(gap))) return;
    throw refused('F12', `${gap} bytes before ${next} belong to no member`);
  };
  for (const member of [...members].sort((a, b) => a.at - b.at)) {
    refuse(member.at, `member ${shown(member.name)}`);
    end = member.data + member.packed;
    before = member;
  }
  refuse(directory, 'the directory');
}

async function refuseTooMuch(path: string, files: readonly Member[]): Promise<void> {
  if (files.length === 0) throw refused('F17', 'the zip file holds no file');
  const { size: packed } = await stat(path);
  const expanded = files.reduce((sum, { size }) => sum + size, 0);
  if (expanded > MOST_BYTES || isBomb(packed, expanded)) {
    throw refused('F16', `the zip file is ${packed} bytes long and would expand to ${expanded}`);
  }
}

/** Names that a file system could take for one another. */
function refuseTwins(files: readonly Member[]): void {
  const seen = new Map<string, string>();
  for (const { name } of files) {
    const key = posix.normalize(name).normalize('NFC').toLowerCase();
    const twin = seen.get(key);
    if (twin !== undefined) throw refused('F14', `members ${shown(twin)} and ${shown(name)} have the same name`);
    seen.set(key, name);
  }
}

function assertReadable({ name, isEncrypted, method }: Member): void {
  if (isEncrypted) throw refused('F13', `member ${shown(name)} is encrypted`);
  if (method !== STORED && method !== DEFLATED) {
    throw refused('F13', `member ${shown(name)} is compressed by method ${method}, which is not read`);
  }
}

/** Writes one member to `path`. Throws FileRefused (F12, F13, F15); what it has written by then stays. */
async function extract(zip: string, member: Member, path: string): Promise<void> {
  const { name, data, packed, size, checksum } = member;
  const damaged = (what: string, cause?: Error) => refused('F12', `member ${shown(name)} ${what}`, cause);
  const file = await open(path, 'wx', 0o600);
  try {
    assertReadable(member);
    const source = packed === 0 ? Readable.from([]) : createReadStream(zip, { start: data, end: data + packed - 1 });
    const inflate = member.method === DEFLATED ? createInflateRaw({ chunkSize: CHUNK_BYTES }) : undefined;
    const content: AsyncIterable<Buffer> = inflate ? source.pipe(inflate) : source;
    source.on('error', (error: Error) => inflate?.destroy(error));
    let length = 0;
    let sum = 0;
    try {
      for await (const chunk of content) {
        length += chunk.length;
        if (length > size) throw damaged(`holds more than the ${size} bytes that the directory states`);
        sum = crc32(chunk, sum);
        await file.writeFile(chunk);
      }
    } finally {
      source.destroy();
    }
    if (length < size) throw damaged(`holds ${length} bytes, the directory states ${size}`);
    if (sum !== checksum) throw damaged('has another checksum than the directory states');
    const over = inflate ? packed - inflate.bytesWritten : 0;
    if (over > 0) throw damaged(`ends ${over} bytes before the directory states`);
  } catch (cause) {
    throw isDamage(cause) ? damaged(`is damaged or cut short (${cause.message})`, cause) : cause;
  } finally {
    await file.close();
  }
  if (isGzip(await firstBytes(path)) || (await isArchive(path, name))) {
    throw refused('F15', `member ${shown(name)} is an archive itself: unpack it and deliver what it holds`);
  }
}
