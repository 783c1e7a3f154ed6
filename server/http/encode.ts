import {
  Bool,
  type Data,
  DateDay,
  Decimal,
  Dictionary,
  Field,
  Float64,
  Int32,
  makeData,
  RecordBatch,
  RecordBatchStreamWriter,
  Schema,
  Struct,
  Uint8,
  Uint16,
  Uint32,
  Utf8,
  type Vector,
  vectorFromArray,
} from 'apache-arrow';
import type { z } from 'zod';
import { type Column, isValid, texts, valueAt } from '../store/columns.ts';

export const MEDIA_TYPES = {
  json: 'application/json',
  arrow: 'application/vnd.apache.arrow.stream',
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  parquet: 'application/vnd.apache.parquet',
} as const;
export type Format = keyof typeof MEDIA_TYPES;

export type TableFormat = Exclude<Format, 'json'>;

/** What a table says of itself. */
export interface About {
  /** What its sources do not tell, a sentence each. */
  readonly caveats?: readonly string[];
  readonly [fact: string]: unknown;
}

export const encodeJson = <S extends z.ZodType>(schema: S, value: z.input<S>): Buffer =>
  Buffer.from(JSON.stringify(schema.parse(value)));

/** `about` travels in Arrow's schema metadata; CSV has a place for its caveats only, in a last column where there are any. */
export const encodeTable = (format: TableFormat, columns: readonly Column[], about: About): Buffer =>
  format === 'arrow' ? encodeArrow(columns, about) : encodeCsv(withCaveats(columns, about.caveats));

/** With a last column that repeats the caveats, where there are any. */
export function withCaveats(columns: readonly Column[], caveats: readonly string[] = []): readonly Column[] {
  if (caveats.length === 0) return columns;
  const words = caveats.join(' ');
  return [
    ...columns,
    texts(
      'caveats',
      Array.from({ length: columns[0]?.length ?? 0 }, () => words),
    ),
  ];
}

export function encodeArrow(columns: readonly Column[], about: object): Buffer {
  const arrow = new ArrowStream(columns, about);
  return Buffer.concat([arrow.batch(columns), arrow.end()]);
}

/**
 * An Arrow IPC stream that is written batch by batch: the schema with `about` in its metadata before the first one, each
 * dictionary once. Every batch has the columns that the first one had, in name, type and order.
 */
export class ArrowStream {
  readonly #writer = new Writer();
  readonly #schema: Schema;
  readonly #dictionaries: readonly (Coded | null)[];

  constructor(columns: readonly Column[], about: object) {
    this.#dictionaries = columns.map((column) => (column.type === 'category' ? codedOf(column) : null));
    const fields = this.#dataOf(columns).map(({ type }, at) => new Field(columns[at]!.name, type, true));
    this.#schema = new Schema(fields, new Map([['throughline', JSON.stringify(about)]]));
  }

  batch(columns: readonly Column[]): Uint8Array {
    const type = new Struct(this.#schema.fields);
    const length = columns[0]?.length ?? 0;
    this.#writer.write(new RecordBatch(this.#schema, makeData({ type, length, children: this.#dataOf(columns) })));
    return this.#writer.written();
  }

  end(): Uint8Array {
    this.#writer.finish();
    return this.#writer.written();
  }

  #dataOf = (columns: readonly Column[]): Data[] =>
    columns.map((column, at) => dataOf(column, this.#dictionaries[at] ?? null));
}

/** Hands out what it has written since it was last asked. */
class Writer extends RecordBatchStreamWriter {
  #bytes: Uint8Array[] = [];

  written(): Uint8Array {
    const bytes = Buffer.concat(this.#bytes);
    this.#bytes = [];
    return bytes;
  }

  protected override _write(chunk: ArrayBufferView): this {
    if (chunk.byteLength > 0) {
      // A copy: what is written are views of columns that others may still change.
      this.#bytes.push(Uint8Array.from(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength)));
      this._position += chunk.byteLength;
    }
    return this;
  }
}

/** The words of a category, and the type that codes for them. */
interface Coded {
  readonly type: Dictionary<Utf8, Uint8 | Uint16 | Uint32>;
  readonly dictionary: Vector<Utf8>;
}

function codedOf({ values, categories }: Column & { type: 'category' }): Coded {
  const codes =
    values instanceof Uint8Array ? new Uint8() : values instanceof Uint16Array ? new Uint16() : new Uint32();
  const dictionary = vectorFromArray([...categories], new Utf8());
  return { type: new Dictionary(new Utf8(), codes), dictionary };
}

function dataOf(column: Column, coded: Coded | null): Data {
  const { length } = column;
  const nulls = column.valid ? { nullBitmap: column.valid, nullCount: countNulls(column.valid, length) } : {};
  switch (column.type) {
    case 'number':
      return makeData({ type: new Float64(), length, data: column.values, ...nulls });
    case 'integer':
      return makeData({ type: new Int32(), length, data: column.values, ...nulls });
    case 'date':
      return makeData({ type: new DateDay(), length, data: column.values, ...nulls });
    case 'decimal': {
      const type = new Decimal(column.scale, column.width, 128);
      return makeData({ type, length, data: wide(column.values), ...nulls });
    }
    case 'boolean':
      return makeData({ type: new Bool(), length, data: packed(column.values), ...nulls });
    case 'category':
      return makeData({ ...(coded ?? codedOf(column)), length, data: column.values, ...nulls });
    case 'text':
      return makeData({ type: new Utf8(), length, ...utf8(column.values), ...nulls });
  }
}

/** UTF-8 bytes of texts one after the other, and where each begins. */
function utf8(values: readonly string[]) {
  const bytes = values.map((text) => Buffer.from(text));
  const valueOffsets = new Int32Array(values.length + 1);
  bytes.forEach(({ length }, row) => {
    valueOffsets[row + 1] = valueOffsets[row]! + length;
  });
  return { valueOffsets, data: Buffer.concat(bytes) };
}

/** Numbers of 64 bits as the four words each that Arrow keeps a decimal in. */
function wide(values: BigInt64Array): Uint32Array {
  const words = new BigInt64Array(values.length * 2);
  values.forEach((value, row) => {
    words[2 * row] = value;
    words[2 * row + 1] = value < 0n ? -1n : 0n;
  });
  return new Uint32Array(words.buffer);
}

function packed(bytes: Uint8Array): Uint8Array {
  const bits = new Uint8Array(Math.ceil(bytes.length / 8));
  bytes.forEach((byte, row) => {
    bits[row >> 3] = bits[row >> 3]! | (byte << (row & 7));
  });
  return bits;
}

function countNulls(valid: Uint8Array, length: number): number {
  let nulls = 0;
  for (let row = 0; row < length; row++) if ((valid[row >> 3]! & (1 << (row & 7))) === 0) nulls += 1;
  return nulls;
}

/**
 * RFC 4180 with CRLF and a header. Text is always quoted, numbers never. Text that a spreadsheet would take for a
 * formula gets an apostrophe in front. https://owasp.org/www-community/attacks/CSV_Injection
 */
export const encodeCsv = (columns: readonly Column[]): Buffer =>
  Buffer.from(`${csvHeader(columns)}${csvRows(columns)}`);

export const csvHeader = (columns: readonly Column[]): string =>
  `${columns.map(({ name }) => quoted(name)).join(',')}\r\n`;

export function csvRows(columns: readonly Column[]): string {
  const fields = columns.map(fieldsOf);
  let rows = '';
  for (let row = 0; row < (columns[0]?.length ?? 0); row++) {
    rows += `${fields.map((field) => field(row)).join(',')}\r\n`;
  }
  return rows;
}

/** Decimals to all their places; categories are quoted once. */
function fieldsOf(column: Column): (row: number) => string {
  const filled = (field: (row: number) => string) => (row: number) => (isValid(column, row) ? field(row) : '');
  switch (column.type) {
    case 'decimal':
      return filled((row) => decimalText(column.values[row]!, column.scale));
    case 'category': {
      const words = column.categories.map(quoted);
      return filled((row) => words[column.values[row]!]!);
    }
    default:
      return filled((row) => {
        const value = valueAt(column, row);
        return typeof value === 'string' ? quoted(value) : String(value);
      });
  }
}

/** A whole number of the last of so many places, in digits. */
export function decimalText(value: bigint, scale: number): string {
  const digits = String(value < 0n ? -value : value).padStart(scale + 1, '0');
  const point = digits.length - scale;
  return `${value < 0n ? '-' : ''}${digits.slice(0, point)}${scale > 0 ? `.${digits.slice(point)}` : ''}`;
}

/** A whole negative number, such as the id of a beneficiary in AB2D, is none. */
const FORMULA = /^(?!-\d+$)[=+\-@\t\r\n\0＝＋－＠]/;

const quoted = (text: string): string => `"${FORMULA.test(text) ? "'" : ''}${text.replaceAll('"', '""')}"`;
