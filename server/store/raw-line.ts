import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';
import type { RawLine } from '#contract/patient';
import { Refusal } from '../http/error.ts';
import { type Delivered, filesDelivered } from './delivery.ts';
import { type Asker, Gone, Line } from './line.ts';
import type { Queries } from './query.ts';
import { sql } from './sql.ts';

const DEADLINE_MS = 60_000;
/** No record is longer; see the readers. */
const MOST_RECORD_BYTES = 1 << 20;
const MOST_DOCUMENT_BYTES = 8 << 20;
/** Characters of a record that are shown. */
const SHOWN = 64 << 10;

const LOOKS = { places: 2, running: 1, waiting: 20, waitingEach: 3 };

const Origin = z.object({
  file: z.string(),
  format: z.string().nullable(),
  sha256: z.string(),
  bytes: z.number(),
});
export type Origin = z.infer<typeof Origin>;

/** The file that a line of this claim was read from; undefined where no line of it stands there. */
export async function findOrigin(
  queries: Queries,
  claim: { readonly claim_id: string; readonly source_name: string },
  { file, line }: { readonly file: number; readonly line: number },
): Promise<Origin | undefined> {
  const { claim_id, source_name } = claim;
  const [origin] = await queries.rows(
    sql`select path as file, format, sha256, bytes from run.source_file where file_id = ${file} and exists (
        select 1 from core.medical_claim
        where claim_id = ${claim_id} and source_name = ${source_name} and file_id = ${file} and line_number = ${line}
        union all
        select 1 from core.pharmacy_claim
        where claim_id = ${claim_id} and source_name = ${source_name} and file_id = ${file} and line_number = ${line}
      )`,
    Origin,
  );
  return origin;
}

/** How the records of a format's text part; of all others, delimited text whose first record names the columns. */
const LAYOUTS: Readonly<Record<string, 'lines' | 'json'>> = { cclf: 'lines', fhir: 'json' };

type Told = Pick<RawLine, 'state' | 'text' | 'cut' | 'fields'>;

const untold = (state: Exclude<RawLine['state'], 'shown'>): Told => ({ state, text: null, cut: false, fields: null });

/** Looks up physical records in the files of a delivery, one at a time for each who asks. */
export class RawLines {
  readonly #home: string;
  readonly #line = new Line(LOOKS);

  constructor(home: string) {
    this.#home = home;
  }

  /**
   * The record that begins on a line of a file that the run of this id read, or the record of that number where the file
   * is one JSON document. Told only of a file whose bytes are those that the run read. Refuses after a minute.
   */
  async read(runId: string, origin: Origin, line: number, asker: Asker): Promise<Told> {
    const place = await this.#line.enter(asker);
    const late = AbortSignal.timeout(DEADLINE_MS);
    const stop = AbortSignal.any([asker.gone, late]);
    let found = untold('gone');
    try {
      for await (const file of filesDelivered(this.#home, runId, origin.file)) {
        try {
          found = file.bytes === origin.bytes ? await readFrom(file, origin, line, stop) : untold('changed');
        } finally {
          await file.close();
        }
        if (found.state !== 'changed') break;
      }
      return found;
    } catch (cause) {
      if (asker.gone.aborted) throw new Gone();
      if (!late.aborted) throw cause;
      throw new Refusal('unavailable', 'the delivery is too large to look one line up', { cause });
    } finally {
      place.leave();
    }
  }
}

async function readFrom(file: Delivered, { format, sha256 }: Origin, line: number, stop: AbortSignal): Promise<Told> {
  const layout = LAYOUTS[format ?? ''] ?? 'delimited';
  const isQuoted = layout === 'delimited';
  const [header, record] = [new Taker(1, isQuoted), new Taker(line, isQuoted)];
  const takers = isQuoted ? [header, record] : [record];
  const document = layout === 'json' ? new Beginning(MOST_DOCUMENT_BYTES) : undefined;
  const hash = createHash('sha256');
  let columnar = false;
  async function* hashed(chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      hash.update(chunk);
      yield chunk;
    }
  }
  async function look(chunks: AsyncIterable<Buffer>) {
    let first = true;
    for await (const chunk of chunks) {
      if (first) columnar = chunk.subarray(0, 4).toString('latin1') === 'PAR1';
      const text = first && hasByteOrderMark(chunk) ? chunk.subarray(3) : chunk;
      first = false;
      for (const taker of takers) taker.write(text);
      document?.write(text);
    }
  }
  try {
    if (file.isGzip) await pipeline(file.content(), hashed, createGunzip(), look, { signal: stop });
    else await pipeline(file.content(), hashed, look, { signal: stop });
  } catch (cause) {
    // Bytes that no longer unpack are not those that were read.
    if (!(cause instanceof Error && 'code' in cause && String(cause.code).startsWith('Z_'))) throw cause;
    return untold('changed');
  }
  if (hash.digest('hex') !== sha256) return untold('changed');
  if (columnar) return untold('no lines');
  const text = document ? resourceIn(document, record.text, line) : record.text;
  if (text === undefined) return untold('too large');
  const fields = layout === 'delimited' ? fieldsOf(header.text, text) : null;
  return { state: 'shown', text: text.slice(0, SHOWN), cut: text.length > SHOWN, fields };
}

const hasByteOrderMark = (chunk: Buffer): boolean => chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf;

const [LF, CR, QUOTE] = [10, 13, 34];

/**
 * Takes the first record that is not blank and begins on a line, counted from 1, or later. Lines end with LF, CRLF or CR;
 * where quotes count, those between them belong to the record. So the readers count (a test holds the two together).
 */
export class Taker {
  readonly #from: number;
  readonly #isQuoted: boolean;
  readonly #taken = new Beginning(MOST_RECORD_BYTES);
  #line = 1;
  #quotes = false;
  #afterCarriageReturn = false;
  #isDone = false;

  constructor(from: number, isQuoted: boolean) {
    this.#from = from;
    this.#isQuoted = isQuoted;
  }

  write(chunk: Buffer): void {
    if (this.#isDone) return;
    let start = 0;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at];
      const isReached = this.#line >= this.#from;
      if (byte !== LF && byte !== CR) {
        this.#afterCarriageReturn = false;
        if (byte === QUOTE && this.#isQuoted && isReached) this.#quotes = !this.#quotes;
        continue;
      }
      if (isReached && !this.#quotes) {
        this.#taken.write(chunk.subarray(start, at));
        this.#isDone = this.#taken.bytes > 0;
        if (this.#isDone) return;
      }
      if (byte === CR || !this.#afterCarriageReturn) this.#line += 1;
      this.#afterCarriageReturn = byte === CR;
      if (!this.#quotes) start = at + 1;
    }
    if (this.#line >= this.#from) this.#taken.write(chunk.subarray(start));
  }

  get text(): string {
    return this.#taken.text;
  }
}

/** The first bytes of what is written to it. */
class Beginning {
  readonly #most: number;
  readonly #chunks: Buffer[] = [];
  /** Of all that was written. */
  bytes = 0;

  constructor(most: number) {
    this.#most = most;
  }

  write(chunk: Buffer): void {
    const kept = chunk.subarray(0, Math.max(0, this.#most - this.bytes));
    if (kept.length > 0) this.#chunks.push(kept);
    this.bytes += chunk.length;
  }

  get isWhole(): boolean {
    return this.bytes <= this.#most;
  }

  get text(): string {
    return Buffer.concat(this.#chunks).toString('utf8');
  }
}

const DELIMITERS = [',', '|', '\t', ';'];

/** The cells of a record beside the names of the header; a name may be empty. The delimiter is the header's most frequent. */
function fieldsOf(header: string, record: string): { name: string; value: string }[] {
  const delimiter = DELIMITERS.reduce((best, next) =>
    header.split(next).length > header.split(best).length ? next : best,
  );
  const cells = cellsOf(record.slice(0, SHOWN), delimiter);
  return cellsOf(header, delimiter).map((name, at) => ({ name, value: cells[at] ?? '' }));
}

function cellsOf(record: string, delimiter: string): string[] {
  const cells = [''];
  let isQuoted = false;
  for (const part of record.split(/(")/)) {
    if (part === '"') isQuoted = !isQuoted;
    const [rest = '', ...more] = isQuoted ? [part] : part.split(delimiter);
    cells.push(`${cells.pop()}${rest}`, ...more);
  }
  return cells.map((cell) =>
    cell
      .trim()
      .replace(/^"(.*)"$/s, '$1')
      .replaceAll('""', '"'),
  );
}

const Resource = z.looseObject({ resourceType: z.string() });
const Bundle = Resource.extend({ resourceType: z.literal('Bundle') });

/** The value of JSON text; undefined of what is none. */
function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The resource on a line, or of that number in a document; undefined where a document is too large to be walked. */
function resourceIn(document: Beginning, line: string, number: number): string | undefined {
  const begin = document.text.trimStart();
  const first = parsedJson(/^.*/.exec(begin)?.[0] ?? '');
  if (Resource.safeParse(first).success && !Bundle.safeParse(first).success) return line;
  if (!document.isWhole) return undefined;
  const whole = parsedJson(begin);
  if (whole === undefined) return line;
  if (!Array.isArray(whole) && !Bundle.safeParse(whole).success) return begin;
  return elementsOf(begin)[number - 1]?.trim();
}

/** The elements of an array, or of the member `entry` of an object, as they are written. */
function elementsOf(json: string): string[] {
  const elements: string[] = [];
  const base = json.startsWith('[') ? 1 : 2;
  let [depth, name, from] = [0, '', -1];
  // strings whole, else one mark at a time
  for (const { 0: token, index } of json.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{},]/g)) {
    if (token.startsWith('"')) {
      if (depth === 1) name = token;
    } else if (token === '[' || token === '{') {
      depth += 1;
      if (token === '[' && depth === base && (base === 1 || name === '"entry"')) from = index + 1;
    } else {
      if (from >= 0 && depth === base && token !== '}') {
        elements.push(json.slice(from, index));
        from = token === ',' ? index + 1 : -1;
      }
      if (token !== ',') depth -= 1;
    }
  }
  return elements;
}
