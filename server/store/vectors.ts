import {
  DuckDBBooleanType,
  type DuckDBDataChunk,
  DuckDBDateType,
  DuckDBDecimalType,
  DuckDBDecimalValue,
  DuckDBDoubleType,
  DuckDBEnumType,
  DuckDBIntegerType,
  type DuckDBType,
  DuckDBVarCharType,
  type DuckDBVector,
} from '@duckdb/node-api';
import type { Column } from './columns.ts';

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
  if (type instanceof DuckDBDecimalType && type.width <= 18) {
    const values = BigInt64Array.from(items(), (item) => (item instanceof DuckDBDecimalValue ? item.value : 0n));
    return { ...about, type: 'decimal', width: type.width, scale: type.scale, values };
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
