import { createHash, type Hash } from 'node:crypto';
import { createReadStream, type ReadStream } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { type RecordsOf, recordsIn } from './document.ts';
import { type DollarsAt, RawDollars } from './dollars.ts';
import { isBomb } from './expansion.ts';
import { type PhysicalRecord, RecordSplitter } from './records.ts';
import { FileRefused, RULES, type RuleId } from './rules.ts';
import { type Fixed, type JsonText, type Shape, widthOf } from './shape.ts';

const CHUNK_BYTES = 1 << 20;
const RAW_BYTES = 4000;
const MAX_DOCUMENT_BYTES = 256 << 20;
/** So many bad records, and more of them than good ones: the file is of another kind. */
const HOPELESS = 100_000;

export interface BadRecord {
  readonly line: number;
  readonly rule: RuleId;
  readonly reason: string;
  readonly raw: string;
}

/** What one pass over the bytes of a delimited text found. */
export interface Scan {
  /** Of the file as it was delivered. */
  readonly sha256: string;
  /** Of the file as it was delivered. */
  readonly bytes: number;
  /** Physical records = header + blank + bad + records. */
  readonly physical: number;
  /** 1, or more where the header is repeated further down. */
  readonly header: number;
  readonly blank: number;
  readonly bad: readonly BadRecord[];
  /** Good records: what the parser must find. */
  readonly records: number;
  /** What the amounts of the good records add up to, as their bytes stand; null where no amount is followed. */
  readonly dollars: { readonly cents: bigint; readonly unreadable: number } | null;
  /** Pairs (ordinal from 0, physical line): from that good record on, lines follow one another. */
  readonly lines: readonly number[];
  /** Whether lines end with CRLF rather than LF. */
  readonly crlf: boolean;
  /** The bytes are more than one header and good records that end alike: the parser needs a clean copy. */
  readonly untidy: boolean;
}

export interface ScanRequest {
  readonly path: string;
  readonly gzip: boolean;
  readonly shape: Exclude<Shape, { kind: 'columns' }>;
  /** Fields of a record. */
  readonly fields: number;
  readonly dollarsAt?: DollarsAt | undefined;
  /** Where to write the good records, one per line and without a header; omitted: nowhere. */
  readonly copyTo?: string;
}

/** Sha256 and size of a file as it lies there. */
export async function fingerprint(path: string): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES })) hash.update(chunk);
  return { sha256: hash.digest('hex'), bytes: (await stat(path)).size };
}

/**
 * Reads a text file, plain or gzip, once and in constant memory: fingerprint, physical records, bad records with file
 * line and rule. zlib checks CRC and size of every gzip member. Throws FileRefused (F01, F06, F09, F16).
 */
export async function scan(request: ScanRequest): Promise<Scan> {
  const { path, gzip, shape, fields, dollarsAt, copyTo } = request;
  if (shape.kind === 'document') return scanDocument(request, shape.recordsOf, shape.json);
  const hash = createHash('sha256');
  const source = createReadStream(path, { highWaterMark: CHUNK_BYTES });
  const copy = copyTo === undefined ? undefined : new CleanCopy(await open(copyTo, 'w', 0o600));
  const isDelimited = shape.kind === 'delimited';
  const [fixed, json] = [shape.kind === 'fixed' ? shape : undefined, shape.kind === 'lines' ? shape.json : undefined];
  const ledger = new Ledger(fields, isDelimited, fixed, json, dollarsAt, copy);
  const splitter = new RecordSplitter(
    isDelimited ? shape.delimiter : undefined,
    isDelimited ? fields : 1,
    (record) => ledger.add(record),
    dollarsAt && 'field' in dollarsAt ? dollarsAt.field : 0,
  );
  try {
    let first = true;
    for await (const chunk of gzip ? inflated(source, hash) : hashed(source, hash)) {
      const marked = first && hasByteOrderMark(chunk);
      first = false;
      if (marked) ledger.untidy = true;
      splitter.write(marked ? chunk.subarray(3) : chunk);
      await copy?.flush(CHUNK_BYTES);
    }
    splitter.end();
    await copy?.flush(1);
  } catch (cause) {
    if (!isDamage(cause)) throw cause;
    const line = ledger.physical + 1;
    const message = `the gzip data are damaged or cut short (${cause.message}) near line ${line}`;
    throw new FileRefused('F01', line, message, { cause });
  } finally {
    source.destroy();
    await copy?.close();
  }
  const { lf, crlf, cr } = splitter.lineEnds;
  return {
    ...ledger.found,
    sha256: hash.digest('hex'),
    bytes: source.bytesRead,
    crlf: crlf > 0,
    untidy: ledger.untidy || cr > 0 || (lf > 0 && crlf > 0) || ledger.header > 1 || ledger.bad.length > 0,
  };
}

/** A document is read whole, so it is small: its records are what its format finds in it. */
async function scanDocument(
  { path, gzip, copyTo }: ScanRequest,
  recordsOf: RecordsOf,
  json: JsonText | undefined,
): Promise<Scan> {
  const hash = createHash('sha256');
  const source = createReadStream(path, { highWaterMark: CHUNK_BYTES });
  const chunks: Buffer[] = [];
  try {
    let bytes = 0;
    for await (const chunk of gzip ? inflated(source, hash) : hashed(source, hash)) {
      bytes += chunk.length;
      if (bytes > MAX_DOCUMENT_BYTES) {
        throw new FileRefused(
          'J02',
          null,
          `more than ${MAX_DOCUMENT_BYTES >> 20} MB: deliver it as one record per line`,
        );
      }
      chunks.push(chunk);
    }
  } catch (cause) {
    if (!isDamage(cause)) throw cause;
    throw new FileRefused('F01', null, `the gzip data are damaged or cut short (${cause.message})`, { cause });
  } finally {
    source.destroy();
  }
  const whole = Buffer.concat(chunks);
  const found = recordsIn(hasByteOrderMark(whole) ? whole.subarray(3) : whole, recordsOf);
  const copy = copyTo === undefined ? undefined : new CleanCopy(await open(copyTo, 'w', 0o600));
  const ledger = new Ledger(1, false, undefined, json, undefined, copy);
  try {
    for (const [at, { bytes: buffer, defect }] of found.entries()) {
      const place = { start: 0, end: buffer.length, line: at + 1, fields: 1, watchedFrom: 0, watchedTo: 0 };
      ledger.add({ buffer, defect, isAscii: false, ...place });
      await copy?.flush(CHUNK_BYTES);
    }
    await copy?.flush(1);
  } finally {
    await copy?.close();
  }
  return { ...ledger.found, sha256: hash.digest('hex'), bytes: source.bytesRead, crlf: false, untidy: true };
}

async function* hashed(source: AsyncIterable<Buffer>, hash: Hash): AsyncIterable<Buffer> {
  for await (const chunk of source) {
    hash.update(chunk);
    yield chunk;
  }
}

/** The decompressed chunks; the compressed ones are hashed on their way. Throws FileRefused (F01, F16). */
async function* inflated(source: ReadStream, hash: Hash): AsyncIterable<Buffer> {
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES });
  source.on('data', (chunk) => hash.update(chunk));
  source.on('error', (error) => gunzip.destroy(error));
  let expanded = 0;
  for await (const chunk of source.pipe(gunzip)) {
    expanded += chunk.length;
    if (isBomb(source.bytesRead, expanded)) {
      const message = `the first ${source.bytesRead} bytes of the gzip data expand to more than ${expanded}`;
      throw new FileRefused('F16', null, message);
    }
    yield chunk;
  }
  // Behind a zero byte zlib looks for no further member, whatever lies there.
  const behind = source.bytesRead - gunzip.bytesWritten;
  if (behind > 0) throw new FileRefused('F01', null, `${behind} bytes or more lie behind the end of the gzip data`);
}

const hasByteOrderMark = (chunk: Buffer): boolean => chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf;

const isDamage = (cause: unknown): cause is Error =>
  cause instanceof Error && 'code' in cause && String(cause.code).startsWith('Z_');

/** Accounts for every physical record of one file. */
class Ledger {
  physical = 0;
  header = 0;
  blank = 0;
  records = 0;
  untidy = false;
  readonly bad: BadRecord[] = [];
  readonly lines: number[] = [];
  readonly dollars: RawDollars | undefined;
  readonly #dollarsAt: DollarsAt | undefined;
  readonly #fields: number;
  readonly #hasHeader: boolean;
  readonly #fixed: Fixed | undefined;
  readonly #json: JsonText | undefined;
  readonly #width: number;
  readonly #copy: CleanCopy | undefined;
  #headerBytes: Buffer | undefined;
  #shift = Number.NaN;

  constructor(
    fields: number,
    hasHeader: boolean,
    fixed: Fixed | undefined,
    json: JsonText | undefined,
    dollarsAt: DollarsAt | undefined,
    copy: CleanCopy | undefined,
  ) {
    this.dollars = dollarsAt || json ? new RawDollars() : undefined;
    this.#json = json;
    this.#dollarsAt = dollarsAt;
    this.#fields = fields;
    this.#hasHeader = hasHeader;
    this.#fixed = fixed;
    this.#width = fixed ? widthOf(fixed) : 0;
    this.#copy = copy;
  }

  get found(): Pick<Scan, 'physical' | 'header' | 'blank' | 'bad' | 'records' | 'dollars' | 'lines'> {
    const { physical, header, blank, bad, records, dollars, lines } = this;
    const sum = dollars ? { cents: dollars.cents, unreadable: dollars.unreadable } : null;
    return { physical, header, blank, bad, records, dollars: sum, lines };
  }

  add(record: PhysicalRecord): void {
    const { buffer, start, end, line } = record;
    const inspected = !record.defect && start < end ? this.#json?.inspect(buffer, start, end) : undefined;
    const defect = record.defect ?? inspected?.defect ?? this.#misfit(record);
    this.physical += 1;
    if (start === end) {
      this.blank += 1;
      if (!this.#headerBytes) this.untidy = true;
    } else if (this.#hasHeader && !this.#headerBytes) {
      this.header = 1;
      this.#headerBytes = Buffer.from(buffer.subarray(start, end));
    } else if (defect) {
      this.#addBad(record, defect);
    } else if (this.#headerBytes && this.#repeatsHeader(record, this.#headerBytes)) {
      this.header += 1;
    } else {
      if (line - this.records !== this.#shift) {
        this.#shift = line - this.records;
        this.lines.push(this.records, line);
      }
      this.records += 1;
      if (inspected) this.dollars?.add(buffer, inspected.from, inspected.to);
      else this.#addDollars(record);
      this.#copy?.add(record);
    }
  }

  #addDollars({ buffer, start, end, watchedFrom, watchedTo }: PhysicalRecord): void {
    const at = this.#dollarsAt;
    if (!at) return;
    const [from, to] = 'field' in at ? [watchedFrom, watchedTo] : [at.from, at.to];
    this.dollars?.add(buffer, start + from, Math.min(start + to, end));
  }

  /** What keeps a record from being cut into its fixed fields. */
  #misfit({ start, end, isAscii }: PhysicalRecord): RuleId | undefined {
    if (!this.#fixed) return undefined;
    const length = end - start;
    if (length > this.#width || length < this.#fixed.shortest) return 'R06';
    return isAscii ? undefined : 'R07';
  }

  #addBad({ buffer, start, end, line, fields }: PhysicalRecord, rule: RuleId): void {
    const measured: Partial<Record<RuleId, string>> = {
      R01: `: ${fields} instead of ${this.#fields}`,
      R06: `: ${end - start} instead of ${this.#width} characters`,
    };
    const reason = `${RULES[rule]}${measured[rule] ?? ''}`;
    const raw = buffer.toString(rule === 'R03' ? 'latin1' : 'utf8', start, Math.min(end, start + RAW_BYTES));
    this.bad.push({ line, rule, reason, raw });
    if (this.bad.length >= HOPELESS && this.bad.length > this.records) {
      throw new FileRefused(
        'F09',
        line,
        `${this.bad.length} of the first ${this.physical} records break ${rule}: ${reason}`,
      );
    }
  }

  #repeatsHeader({ buffer, start, end }: PhysicalRecord, header: Buffer): boolean {
    return end - start === header.length && buffer.compare(header, 0, header.length, start, end) === 0;
  }
}

/** Collects good records and writes them, one per line. */
class CleanCopy {
  readonly #file: FileHandle;
  #buffer = Buffer.allocUnsafe(2 * CHUNK_BYTES);
  #used = 0;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  add({ buffer, start, end }: PhysicalRecord): void {
    const used = this.#used + end - start + 1;
    if (used > this.#buffer.length) {
      const larger = Buffer.allocUnsafe(2 * used);
      this.#buffer.copy(larger, 0, 0, this.#used);
      this.#buffer = larger;
    }
    buffer.copy(this.#buffer, this.#used, start, end);
    this.#buffer[used - 1] = 10;
    this.#used = used;
  }

  async flush(atLeast: number): Promise<void> {
    if (this.#used < atLeast) return;
    await this.#file.write(this.#buffer, 0, this.#used);
    this.#used = 0;
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}
