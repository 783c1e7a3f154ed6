import type { RuleId } from './rules.ts';

/** Text that is not JSON, from the byte `at` on. */
export class BrokenJson extends Error {
  readonly at: number;

  constructor(at: number) {
    super('not valid JSON');
    this.name = 'BrokenJson';
    this.at = at;
  }
}

const MOST_LEVELS = 100;
/** Up to so many members an object is searched for a name that stands twice; beyond it a set is made. */
const FEW_MEMBERS = 16;
/** So many texts are known by sight: the names of all types of resources are fewer. */
const MOST_KNOWN = 4096;

const [TAB, LF, CR, SPACE, QUOTE, COMMA, MINUS, POINT, ZERO, ONE, NINE, COLON] = [
  9, 10, 13, 32, 34, 44, 45, 46, 48, 49, 57, 58,
] as const;
const [OPEN_ARRAY, BACKSLASH, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT, PLUS] = [91, 92, 93, 123, 125, 43] as const;
const [UPPER_E, LOWER_E, LOWER_U] = [69, 101, 117] as const;
const ESCAPES = new Set([...'"\\/bfnrt'].map((character) => character.charCodeAt(0)));
/** Bytes of a string that stand for themselves. */
const PLAIN = new Uint8Array(256).fill(1, SPACE);
PLAIN[QUOTE] = 0;
PLAIN[BACKSLASH] = 0;
const LITERALS = ['true', 'false', 'null'].map((word) => Buffer.from(word));

const [ONES, HIGHEST_BITS, BLANKS, QUOTES, BACKSLASHES] = [
  0x01010101, 0x80808080, 0x20202020, 0x22222222, 0x5c5c5c5c,
] as const;

/** From `at` on, a place up to which every byte stands for itself in a string: four are looked at in one word. */
function plainUntil(words: DataView, at: number): number {
  const last = words.byteLength - 4;
  let next = at;
  for (; next <= last; next += 4) {
    const word = words.getInt32(next);
    const [quotes, backslashes] = [word ^ QUOTES, word ^ BACKSLASHES];
    const found = (quotes - ONES) & ~quotes;
    const escapes = (backslashes - ONES) & ~backslashes;
    if (((found | escapes | ((word - BLANKS) & ~word)) & HIGHEST_BITS) !== 0) break;
  }
  return next;
}

function grown(full: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * full.length);
  larger.set(full);
  return larger;
}

function hasAlike(values: Int32Array, from: number, to: number): boolean {
  for (let one = from; one < to; one++) {
    for (let other = one + 1; other < to; other++) if (values[one] === values[other]) return true;
  }
  return false;
}

const isWritten = (text: string, bytes: Buffer, from: number): boolean => {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) !== bytes[from + at]) return false;
  return true;
};

function hashOf(bytes: Buffer, from = 0, to = bytes.length): number {
  let hash = 0;
  for (let at = from; at < to; at++) hash = (hash * 31 + (bytes[at] ?? 0)) | 0;
  return hash;
}

/**
 * Walks JSON text (RFC 8259) byte by byte and passes only what is valid, so that every parser reads it alike. It holds
 * no values: whoever walks takes the bytes that matter. Nothing of it recurses, however deep the text nests.
 */
export class JsonCursor {
  at = 0;
  /** What a value that can be parsed breaks all the same: J05, J06 or R04; the first that was met. */
  defect: RuleId | undefined;
  bytes: Buffer = Buffer.alloc(0);
  end = 0;
  /** The same bytes, to be read four at a time. */
  #words: DataView = new DataView(new ArrayBuffer(0));
  /** Of each open container, the place of its first name; -1 of an array. */
  #firsts = new Int32Array(32);
  #hashes = new Int32Array(64);
  #starts = new Int32Array(64);
  #ends = new Int32Array(64);
  /** Texts that were met, by their hash. */
  readonly #known = new Map<number, string>();

  /** Stands in front of other text. */
  moveTo(bytes: Buffer, at = 0, end = bytes.length): this {
    if (bytes !== this.bytes) this.#words = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.bytes = bytes;
    this.at = at;
    this.end = end;
    this.defect = undefined;
    return this;
  }

  /** The next byte that is not blank; 0 at the end. */
  peek(): number {
    const { bytes, end } = this;
    let at = this.at;
    while (at < end) {
      const byte = bytes[at] ?? 0;
      if (byte !== SPACE && byte !== LF && byte !== CR && byte !== TAB) {
        this.at = at;
        return byte;
      }
      at += 1;
    }
    this.at = end;
    return 0;
  }

  get isObject(): boolean {
    return this.peek() === OPEN_OBJECT;
  }

  get isArray(): boolean {
    return this.peek() === OPEN_ARRAY;
  }

  get isString(): boolean {
    return this.peek() === QUOTE;
  }

  get isDone(): boolean {
    this.peek();
    return this.at === this.end;
  }

  /** Passes a string and returns its text; names and types that were met before are not decoded again. */
  text(): string {
    if (!this.isString) throw new BrokenJson(this.at);
    const from = this.at;
    if (this.#string()) return this.#textAt(from, this.at);
    const hash = hashOf(this.bytes, from + 1, this.at - 1);
    const known = this.#known.get(hash);
    if (known?.length === this.at - from - 2 && isWritten(known, this.bytes, from + 1)) return known;
    const text = this.#textAt(from, this.at);
    if (this.#known.size < MOST_KNOWN) this.#known.set(hash, text);
    return text;
  }

  /** Passes a value and returns its bytes. */
  value(): Buffer {
    this.peek();
    const from = this.at;
    this.skip();
    return this.bytes.subarray(from, this.at);
  }

  /** Passes an object; `visit` is called in front of every value and must pass it. */
  members(visit: (name: string) => void): void {
    this.#expect(OPEN_OBJECT);
    if (this.peek() === CLOSE_OBJECT) {
      this.at += 1;
      return;
    }
    const seen = new Set<string>();
    let names = 0;
    do {
      const name = this.text();
      this.#expect(COLON);
      seen.add(name);
      names += 1;
      visit(name);
    } while (this.#goesOn(CLOSE_OBJECT));
    if (seen.size < names) this.defect ??= 'J05';
  }

  /** Passes an array; `visit` is called in front of every value and must pass it. */
  elements(visit: () => void): void {
    this.#expect(OPEN_ARRAY);
    if (this.peek() === CLOSE_ARRAY) {
      this.at += 1;
      return;
    }
    do visit();
    while (this.#goesOn(CLOSE_ARRAY));
  }

  /** Passes one value. */
  skip(): void {
    let depth = 0;
    /** Names of the open objects. */
    let names = 0;
    for (;;) {
      const byte = this.peek();
      if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
        const isObject = byte === OPEN_OBJECT;
        this.at += 1;
        if (this.peek() === (isObject ? CLOSE_OBJECT : CLOSE_ARRAY)) {
          this.at += 1;
        } else {
          this.#open(depth, isObject ? names : -1);
          depth += 1;
          if (isObject) names = this.#name(names);
          continue;
        }
      } else if (byte === QUOTE) {
        this.#string();
      } else if (byte === MINUS || (byte >= ZERO && byte <= NINE)) {
        this.#number(byte);
      } else {
        this.#literal();
      }
      for (;;) {
        if (depth === 0) return;
        const first = this.#firsts[depth - 1] ?? 0;
        if (first < 0) {
          if (this.#goesOn(CLOSE_ARRAY)) break;
        } else {
          if (this.#goesOn(CLOSE_OBJECT)) {
            names = this.#name(names);
            break;
          }
          if (names - first > 1 && this.#repeats(first, names)) this.defect ??= 'J05';
          names = first;
        }
        depth -= 1;
      }
    }
  }

  #open(depth: number, first: number): void {
    if (depth === MOST_LEVELS) this.defect ??= 'J06';
    if (depth === this.#firsts.length) this.#firsts = grown(this.#firsts);
    this.#firsts[depth] = first;
  }

  /** Passes a comma, which means more, or the closing byte. */
  #goesOn(closing: number): boolean {
    const byte = this.peek();
    if (byte !== COMMA && byte !== closing) throw new BrokenJson(this.at);
    this.at += 1;
    return byte === COMMA;
  }

  #expect(byte: number): void {
    if (this.peek() !== byte) throw new BrokenJson(this.at);
    this.at += 1;
  }

  /** Passes a name and its colon and writes it down as the one at `place`; returns the next place. */
  #name(place: number): number {
    if (this.peek() !== QUOTE) throw new BrokenJson(this.at);
    const from = this.at;
    const escaped = this.#string();
    const to = this.at;
    if (place === this.#hashes.length) {
      this.#hashes = grown(this.#hashes);
      this.#starts = grown(this.#starts);
      this.#ends = grown(this.#ends);
    }
    this.#hashes[place] = escaped ? hashOf(Buffer.from(this.#textAt(from, to))) : hashOf(this.bytes, from + 1, to - 1);
    this.#starts[place] = from;
    this.#ends[place] = to;
    this.#expect(COLON);
    return place + 1;
  }

  /** Whether one name stands twice among those written down at the places `from` to `to`. */
  #repeats(from: number, to: number): boolean {
    if (to - from <= FEW_MEMBERS && !hasAlike(this.#hashes, from, to)) return false;
    const texts = new Set<string>();
    for (let at = from; at < to; at++) texts.add(this.#textAt(this.#starts[at] ?? 0, this.#ends[at] ?? 0));
    return texts.size < to - from;
  }

  #textAt(from: number, to: number): string {
    const quoted = this.bytes.toString('utf8', from, to);
    return quoted.includes('\\') ? String(JSON.parse(quoted)) : quoted.slice(1, -1);
  }

  /** Passes a string; whether it holds an escape. */
  #string(): boolean {
    const { bytes } = this;
    let at = this.at + 1;
    let escaped = false;
    for (;;) {
      at = plainUntil(this.#words, at);
      while (PLAIN[bytes[at] ?? 0] === 1) at += 1;
      const byte = bytes[at];
      if (byte === QUOTE) break;
      if (byte !== BACKSLASH) throw new BrokenJson(at);
      at = this.#escape(at);
      escaped = true;
    }
    this.at = at + 1;
    return escaped;
  }

  /** Passes the escape that begins at `at`, a pair of surrogates as one. */
  #escape(at: number): number {
    const byte = this.bytes[at + 1] ?? 0;
    if (ESCAPES.has(byte)) return at + 2;
    if (byte !== LOWER_U) throw new BrokenJson(at);
    const unit = this.#hexadecimal(at + 2);
    if (unit === 0) this.defect ??= 'R04';
    if (unit < 0xd800 || unit > 0xdfff) return at + 6;
    const low = this.bytes[at + 6] === BACKSLASH && this.bytes[at + 7] === LOWER_U ? this.#hexadecimal(at + 8) : 0;
    if (unit > 0xdbff || low < 0xdc00 || low > 0xdfff) throw new BrokenJson(at);
    return at + 12;
  }

  #hexadecimal(at: number): number {
    const digits = this.bytes.toString('latin1', at, at + 4);
    if (!/^[0-9a-f]{4}$/i.test(digits)) throw new BrokenJson(at);
    return Number.parseInt(digits, 16);
  }

  #number(first: number): void {
    const { bytes, at: from } = this;
    let at = first === MINUS ? from + 1 : from;
    at = bytes[at] === ZERO ? at + 1 : this.#digits(at, ONE);
    if (bytes[at] === POINT) at = this.#digits(at + 1, ZERO);
    const exponent = bytes[at];
    if (exponent === LOWER_E || exponent === UPPER_E) {
      const sign = bytes[at + 1];
      at = this.#digits(sign === PLUS || sign === MINUS ? at + 2 : at + 1, ZERO);
      if (!Number.isFinite(Number(bytes.toString('latin1', from, at)))) throw new BrokenJson(from);
    } else if (at - from > 300) {
      throw new BrokenJson(from);
    }
    this.at = at;
  }

  /** Passes one digit that is at least `lowest`, and all that follow. */
  #digits(at: number, lowest: number): number {
    const first = this.bytes[at] ?? 0;
    if (first < lowest || first > NINE) throw new BrokenJson(at);
    let next = at + 1;
    for (let byte = this.bytes[next] ?? 0; byte >= ZERO && byte <= NINE; byte = this.bytes[next] ?? 0) next += 1;
    return next;
  }

  #literal(): void {
    const { bytes, at } = this;
    const word = LITERALS.find((literal) =>
      bytes.subarray(at, Math.min(at + literal.length, this.end)).equals(literal),
    );
    if (!word) throw new BrokenJson(at);
    this.at = at + word.length;
  }
}
