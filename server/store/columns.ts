import {
  DuckDBBooleanType,
  type DuckDBDataChunk,
  DuckDBDateType,
  DuckDBDoubleType,
  DuckDBEnumType,
  DuckDBIntegerType,
  type DuckDBType,
  DuckDBVarCharType,
  type DuckDBVector,
} from '@duckdb/node-api';

/**
 * One column of a result in Arrow's layout. `valid` holds one bit per row, least significant first; null when no row is
 * null. Values where a row is null mean nothing. Dates are days since 1970-01-01; booleans one byte each.
 */
export type Column = Readonly<{ name: string; length: number; valid: Uint8Array | null }> &
  (
    | Readonly<{ type: 'number'; values: Float64Array }>
    | Readonly<{ type: 'integer' | 'date'; values: Int32Array }>
    | Readonly<{ type: 'boolean'; values: Uint8Array }>
    | Readonly<{ type: 'text'; values: readonly string[] }>
    | Readonly<{ type: 'category'; values: Uint8Array | Uint16Array | Uint32Array; categories: readonly string[] }>
  );

export type Plain = string | number | boolean | null;

const isValid = (column: Column, row: number): boolean =>
  column.valid === null || ((column.valid[row >> 3] ?? 0) & (1 << (row & 7))) !== 0;

export const dayText = (days: number): string => new Date(days * 86_400_000).toISOString().slice(0, 10);

/** The value as JSON has it; dates as YYYY-MM-DD. */
export function valueAt(column: Column, row: number): Plain {
  if (!isValid(column, row)) return null;
  switch (column.type) {
    case 'category':
      return column.categories[column.values[row] ?? 0] ?? null;
    case 'date':
      return dayText(column.values[row] ?? 0);
    case 'boolean':
      return column.values[row] === 1;
    default:
      return column.values[row] ?? null;
  }
}

/** The value as text; null where it is null or there is no such column. */
export function textAt(column: Column | undefined, row: number): string | null {
  const value = column ? valueAt(column, row) : null;
  return value === null ? null : String(value);
}

/** Rows as objects by column name. */
export const objectsOf = (columns: readonly Column[]): Record<string, Plain>[] =>
  Array.from({ length: columns[0]?.length ?? 0 }, (_, row) =>
    Object.fromEntries(columns.map((column) => [column.name, valueAt(column, row)])),
  );

function validityOf<T>(values: readonly (T | null)[]): Uint8Array | null {
  if (!values.includes(null)) return null;
  const bits = new Uint8Array(Math.ceil(values.length / 8));
  values.forEach((value, row) => {
    if (value !== null) bits[row >> 3] = (bits[row >> 3] ?? 0) | (1 << (row & 7));
  });
  return bits;
}

export const numbers = (name: string, values: readonly (number | null)[]): Column => ({
  name,
  type: 'number',
  length: values.length,
  valid: validityOf(values),
  values: Float64Array.from(values, (value) => value ?? 0),
});

export const texts = (name: string, values: readonly (string | null)[]): Column => ({
  name,
  type: 'text',
  length: values.length,
  valid: validityOf(values),
  values: values.map((value) => value ?? ''),
});

export const booleans = (name: string, values: readonly boolean[]): Column => ({
  name,
  type: 'boolean',
  length: values.length,
  valid: null,
  values: Uint8Array.from(values, Number),
});

type Vectors = readonly { readonly rows: number; readonly vector: DuckDBVector }[];

/** Reads one column out of a result's chunks. Throws on a type that the server's SQL has no reason to yield. */
export function readColumn(name: string, type: DuckDBType, chunks: readonly DuckDBDataChunk[], at: number): Column {
  const vectors = chunks.map((chunk) => ({ rows: chunk.rowCount, vector: chunk.getColumnVector(at) }));
  const length = vectors.reduce((sum, { rows }) => sum + rows, 0);
  const about = { name, length, valid: validBits(vectors, length) };
  const items = () =>
    vectors.flatMap(({ rows, vector }) => Array.from({ length: rows }, (_, row) => vector.getItem(row)));
  if (type instanceof DuckDBEnumType) {
    const Codes = type.values.length <= 0xff ? Uint8Array : type.values.length <= 0xffff ? Uint16Array : Uint32Array;
    return { ...about, type: 'category', categories: type.values, values: gather(vectors, new Codes(length)) };
  }
  if (type instanceof DuckDBDoubleType) {
    return { ...about, type: 'number', values: gather(vectors, new Float64Array(length)) };
  }
  if (type instanceof DuckDBIntegerType) {
    return { ...about, type: 'integer', values: gather(vectors, new Int32Array(length)) };
  }
  if (type instanceof DuckDBDateType) {
    return { ...about, type: 'date', values: gather(vectors, new Int32Array(length)) };
  }
  if (type instanceof DuckDBBooleanType) {
    return { ...about, type: 'boolean', values: Uint8Array.from(items(), (item) => Number(item === true)) };
  }
  if (type instanceof DuckDBVarCharType) {
    return { ...about, type: 'text', values: items().map((item) => (typeof item === 'string' ? item : '')) };
  }
  throw new Error(`column ${name} has type ${type}, which no encoder takes`);
}

type Numbers = Float64Array | Int32Array | Uint8Array | Uint16Array | Uint32Array;

// `items` and `validity` are DuckDB's own buffers: not a public contract of the binding, but copying them is ten times
// faster than asking for each value. The round trip in test/api/encode.test.ts holds them to it.
function gather<T extends Numbers>(vectors: Vectors, target: T): T {
  let offset = 0;
  for (const { rows, vector } of vectors) {
    const items: unknown = 'items' in vector ? vector.items : undefined;
    if (!ArrayBuffer.isView(items) || items.constructor !== target.constructor) {
      throw new Error(`the database binding keeps its vectors in another form than ${target.constructor.name}`);
    }
    const bytes = new Uint8Array(items.buffer, items.byteOffset, rows * target.BYTES_PER_ELEMENT);
    new Uint8Array(target.buffer).set(bytes, offset * target.BYTES_PER_ELEMENT);
    offset += rows;
  }
  return target;
}

function validBits(vectors: Vectors, length: number): Uint8Array | null {
  const marks = vectors.map(({ rows, vector }) => ({ rows, words: validityWords(vector) }));
  if (marks.every(({ words }) => words === null)) return null;
  const bits = new Uint8Array(Math.ceil(length / 8)).fill(0xff);
  let offset = 0;
  for (const { rows, words } of marks) {
    const bytes = words && new Uint8Array(words.buffer, words.byteOffset, Math.ceil(rows / 8));
    if (bytes && offset % 8 === 0) bits.set(bytes, offset / 8);
    else if (bytes) {
      for (let row = 0; row < rows; row++) {
        const at = offset + row;
        const mark = 1 << (at & 7);
        const valid = ((bytes[row >> 3] ?? 0) & (1 << (row & 7))) !== 0;
        bits[at >> 3] = valid ? (bits[at >> 3] ?? 0) | mark : (bits[at >> 3] ?? 0) & ~mark;
      }
    }
    offset += rows;
  }
  return bits;
}

function validityWords(vector: DuckDBVector): BigUint64Array | null {
  const validity: unknown = 'validity' in vector ? vector.validity : undefined;
  const words: unknown = typeof validity === 'object' && validity && 'data' in validity ? validity.data : undefined;
  if (words === null || words instanceof BigUint64Array) return words;
  throw new Error('the database binding keeps its null marks in another form');
}
