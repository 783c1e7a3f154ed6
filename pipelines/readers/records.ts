import { isUtf8 } from 'node:buffer';
import { FileRefused, type RuleId } from './rules.ts';

export const MAX_RECORD_BYTES = 1 << 20;

/** One physical record: the bytes `start` to `end` of `buffer`, without its line end. Valid only during the call. */
export interface PhysicalRecord {
  readonly buffer: Buffer;
  readonly start: number;
  readonly end: number;
  /** Physical line on which it starts, from 1. */
  readonly line: number;
  readonly fields: number;
  /** Bytes of the watched field, from the start of the record; meaningless where no field is watched. */
  readonly watchedFrom: number;
  readonly watchedTo: number;
  readonly isAscii: boolean;
  /** What is wrong with its bytes, if anything. */
  readonly defect: RuleId | undefined;
}

/** How often each kind of line end closed a record. */
export interface LineEnds {
  lf: number;
  crlf: number;
  cr: number;
}

const DELIMITER = 1;
const LF = 2;
const CR = 3;
const QUOTE = 4;
const CONTROL = 5;
const HIGH = 6;

const CARRIAGE_RETURN = 13;

function byteClasses(delimiter: string | undefined): Uint8Array {
  const classes = new Uint8Array(256);
  classes.fill(CONTROL, 0, 32);
  classes.fill(HIGH, 128);
  classes[9] = 0;
  classes[10] = LF;
  classes[CARRIAGE_RETURN] = CR;
  if (delimiter !== undefined) {
    classes[34] = QUOTE;
    classes[delimiter.charCodeAt(0)] = DELIMITER;
  }
  return classes;
}

const BLANKS = 0x20202020;
const HIGHEST_BITS = 0x80808080;

/** From `at` on, a place up to which every byte is printable ASCII or DEL: four are looked at in one word. */
function plainUntil(bytes: DataView, at: number): number {
  const last = bytes.byteLength - 4;
  let next = at;
  for (; next <= last; next += 4) {
    const word = bytes.getInt32(next);
    if (((word | (word - BLANKS)) & HIGHEST_BITS) !== 0) break;
  }
  return Math.max(at, next - 1);
}

/** Where the splitter stands within a field. CLOSED: the quote just seen ends the field, or is half of a doubled one. */
const START = 0;
const PLAIN = 1;
const QUOTED = 2;
const CLOSED = 3;

/**
 * Splits the bytes of delimited text into physical records (RFC 4180: quoted fields may hold delimiters, doubled quotes
 * and line ends; a line ends with LF, CRLF or CR), looking at every byte once. It counts and does not parse: DuckDB
 * parses, and the two must agree. Without a delimiter every line is a record of one field, quotes and all. A record that is malformed and covers several lines has swallowed its neighbours:
 * that throws F06 with the line on which it starts.
 */
export class RecordSplitter {
  readonly lineEnds: LineEnds = { lf: 0, crlf: 0, cr: 0 };
  readonly #classes: Uint8Array;
  readonly #isUndivided: boolean;
  readonly #fieldsExpected: number;
  readonly #sink: (record: PhysicalRecord) => void;
  #state = START;
  #fields = 1;
  #line = 1;
  #linesInside = 0;
  #high = false;
  #watchedFrom = 0;
  #watchedTo = -1;
  readonly #watched: number;
  #defect: RuleId | undefined;
  #lastByte = 0;
  /** Beginning of a record that the next chunk continues; beyond the size limit only its length is kept. */
  #carry: Buffer[] = [];
  #carried = 0;

  /** `watched`: number of the field, from 1, whose place in each record is told; 0 for none. */
  constructor(
    delimiter: string | undefined,
    fieldsExpected: number,
    sink: (record: PhysicalRecord) => void,
    watched = 0,
  ) {
    this.#watched = watched;
    this.#classes = byteClasses(delimiter);
    this.#isUndivided = delimiter === undefined;
    this.#fieldsExpected = fieldsExpected;
    this.#sink = sink;
  }

  write(chunk: Buffer): void {
    const classes = this.#classes;
    const watched = this.#watched;
    const length = chunk.length;
    const undivided = this.#isUndivided ? new DataView(chunk.buffer, chunk.byteOffset, length) : undefined;
    let start = 0;
    let state = this.#state;
    let fields = this.#fields;
    for (let at = 0; at < length; at++) {
      let kind = classes[chunk[at] ?? 0];
      if (kind === 0) {
        if (state === START) state = PLAIN;
        else if (state === CLOSED) state = this.#malformed();
        if (undivided) at = plainUntil(undivided, at);
        while (kind === 0 && ++at < length) kind = classes[chunk[at] ?? 0];
        if (at === length) break;
      }
      if (kind === DELIMITER) {
        if (state !== QUOTED) {
          fields += 1;
          state = START;
          if (fields === watched) this.#watchedFrom = this.#carried + at + 1 - start;
          else if (fields === watched + 1) this.#watchedTo = this.#carried + at - start;
        }
      } else if (kind === LF || kind === CR) {
        const second = kind === LF && (at > 0 ? chunk[at - 1] : this.#lastByte) === CARRIAGE_RETURN;
        if (state === QUOTED) {
          if (!second) this.#linesInside += 1;
        } else if (second && at === start && this.#carried === 0) {
          this.lineEnds.cr -= 1;
          this.lineEnds.crlf += 1;
          start = at + 1;
        } else {
          this.#fields = fields;
          this.#emit(chunk, start, at);
          fields = 1;
          this.lineEnds[kind === LF ? 'lf' : 'cr'] += 1;
          start = at + 1;
          state = START;
        }
      } else if (kind === QUOTE) {
        if (state === START || state === CLOSED) state = QUOTED;
        else if (state === QUOTED) state = CLOSED;
        else state = this.#malformed();
      } else {
        if (kind === HIGH) this.#high = true;
        else this.#defect ??= 'R04';
        if (state === START) state = PLAIN;
        else if (state === CLOSED) state = this.#malformed();
      }
    }
    this.#state = state;
    this.#fields = fields;
    if (length > 0) this.#lastByte = chunk[length - 1] ?? 0;
    if (start < length) this.#keep(chunk.subarray(start));
  }

  /** Ends the last record, whether or not a line end closed it. */
  end(): void {
    if (this.#state === QUOTED) this.#malformed();
    if (this.#carried > 0) this.#emit(Buffer.alloc(0), 0, 0);
  }

  #malformed(): typeof PLAIN {
    this.#defect ??= 'R02';
    return PLAIN;
  }

  #keep(bytes: Buffer): void {
    if (this.#carried <= MAX_RECORD_BYTES) this.#carry.push(bytes);
    else if (this.#linesInside > 0) this.#swallowed();
    this.#carried += bytes.length;
  }

  #swallowed(): never {
    const lines = this.#linesInside + 1;
    throw new FileRefused('F06', this.#line, `a quote opened on line ${this.#line} swallows ${lines} lines`);
  }

  #emit(chunk: Buffer, from: number, to: number): void {
    let [buffer, start, end] = [chunk, from, to];
    if (this.#carried > 0) {
      buffer = Buffer.concat([...this.#carry, chunk.subarray(from, to)]);
      [start, end] = [0, buffer.length];
    }
    let defect = this.#defect;
    if (this.#carried + to - from > MAX_RECORD_BYTES) defect = 'R05';
    else if (start < end && this.#fields !== this.#fieldsExpected) defect ??= 'R01';
    if ((defect === 'R01' || defect === 'R02') && this.#linesInside > 0) this.#swallowed();
    if (this.#high && !isUtf8(buffer.subarray(start, end))) defect ??= 'R03';
    this.#sink({
      buffer,
      start,
      end,
      line: this.#line,
      fields: this.#fields,
      watchedFrom: this.#watchedFrom,
      watchedTo: this.#watchedTo < 0 ? end - start : this.#watchedTo,
      isAscii: !this.#high,
      defect,
    });
    this.#line += this.#linesInside + 1;
    this.#linesInside = 0;
    this.#high = false;
    this.#watchedFrom = 0;
    this.#watchedTo = -1;
    this.#defect = undefined;
    if (this.#carried > 0) {
      this.#carry = [];
      this.#carried = 0;
    }
  }
}
