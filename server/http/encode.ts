import {
  Bool,
  type Data,
  DateDay,
  Dictionary,
  Field,
  Float64,
  Int32,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Table,
  tableToIPC,
  Uint8,
  Uint16,
  Uint32,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import { type Column, texts, valueAt } from '../store/columns.ts';

export const MEDIA_TYPES = {
  json: 'application/json',
  arrow: 'application/vnd.apache.arrow.stream',
  csv: 'text/csv',
} as const;
export type Format = keyof typeof MEDIA_TYPES;

/** The most rows that one file may hold. */
export const MOST_EXPORTED = 200_000;

export type TableFormat = Exclude<Format, 'json'>;

/** What a table says of itself. */
export interface About {
  /** What its sources do not tell, a sentence each. */
  readonly caveats?: readonly string[];
  readonly [fact: string]: unknown;
}

/** `about` travels in Arrow's schema metadata; CSV has a place for its caveats only, in a last column where there are any. */
export const encodeTable = (format: TableFormat, columns: readonly Column[], about: About): Buffer =>
  format === 'arrow' ? encodeArrow(columns, about) : encodeCsv([...columns, ...caveatColumn(columns, about)]);

function caveatColumn([first]: readonly Column[], { caveats = [] }: About): Column[] {
  if (caveats.length === 0) return [];
  const words = caveats.join(' ');
  return [
    texts(
      'caveats',
      Array.from({ length: first?.length ?? 0 }, () => words),
    ),
  ];
}

export function encodeArrow(columns: readonly Column[], about: object): Buffer {
  const length = columns[0]?.length ?? 0;
  const children = columns.map(dataOf);
  const fields = columns.map(({ name, valid }, at) => new Field(name, children[at]!.type, valid !== null));
  const schema = new Schema(fields, new Map([['throughline', JSON.stringify(about)]]));
  const batch = new RecordBatch(schema, makeData({ type: new Struct(fields), length, children }));
  return Buffer.from(tableToIPC(new Table(schema, batch), 'stream'));
}

function dataOf(column: Column): Data {
  const { length } = column;
  const nulls = column.valid ? { nullBitmap: column.valid, nullCount: countNulls(column.valid, length) } : {};
  switch (column.type) {
    case 'number':
      return makeData({ type: new Float64(), length, data: column.values, ...nulls });
    case 'integer':
      return makeData({ type: new Int32(), length, data: column.values, ...nulls });
    case 'date':
      return makeData({ type: new DateDay(), length, data: column.values, ...nulls });
    case 'boolean':
      return makeData({ type: new Bool(), length, data: packed(column.values), ...nulls });
    case 'category': {
      const codes =
        column.values instanceof Uint8Array
          ? new Uint8()
          : column.values instanceof Uint16Array
            ? new Uint16()
            : new Uint32();
      const dictionary = vectorFromArray([...column.categories], new Utf8());
      return makeData({ type: new Dictionary(new Utf8(), codes), length, data: column.values, dictionary, ...nulls });
    }
    case 'text':
      return textData(column);
  }
}

function textData(column: Column & { type: 'text' }): Data {
  const bytes = column.values.map((text) => Buffer.from(text));
  const valueOffsets = new Int32Array(column.length + 1);
  bytes.forEach(({ length }, row) => {
    valueOffsets[row + 1] = valueOffsets[row]! + length;
  });
  const nulls = column.valid ? { nullBitmap: column.valid, nullCount: countNulls(column.valid, column.length) } : {};
  return makeData({ type: new Utf8(), length: column.length, valueOffsets, data: Buffer.concat(bytes), ...nulls });
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
export function encodeCsv(columns: readonly Column[]): Buffer {
  const lines = [columns.map(({ name }) => quoted(name)).join(',')];
  for (let row = 0; row < (columns[0]?.length ?? 0); row++) {
    lines.push(columns.map((column) => field(valueAt(column, row))).join(','));
  }
  return Buffer.from(`${lines.join('\r\n')}\r\n`);
}

const field = (value: ReturnType<typeof valueAt>): string =>
  value === null ? '' : typeof value === 'string' ? quoted(value) : String(value);

/** A whole negative number, such as the id of a beneficiary in AB2D, is none. */
const FORMULA = /^(?!-\d+$)[=+\-@\t\r\n\0＝＋－＠]/;

const quoted = (text: string): string => `"${FORMULA.test(text) ? "'" : ''}${text.replaceAll('"', '""')}"`;
