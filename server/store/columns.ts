/**
 * One column of a result in Arrow's layout. `valid` holds one bit per row, least significant first; null when no row is
 * null. Values where a row is null mean nothing. Dates are days since 1970-01-01; booleans one byte each; decimals whole
 * numbers of the last of their `scale` places.
 */
export type Column = Readonly<{ name: string; length: number; valid: Uint8Array | null }> &
  (
    | Readonly<{ type: 'number'; values: Float64Array }>
    | Readonly<{ type: 'integer' | 'date'; values: Int32Array }>
    | Readonly<{ type: 'decimal'; values: BigInt64Array; width: number; scale: number }>
    | Readonly<{ type: 'boolean'; values: Uint8Array }>
    | Readonly<{ type: 'text'; values: readonly string[] }>
    | Readonly<{ type: 'category'; values: Uint8Array | Uint16Array | Uint32Array; categories: readonly string[] }>
  );

export type Plain = string | number | boolean | null;

export const isValid = (column: Column, row: number): boolean =>
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
    case 'decimal':
      return Number(column.values[row] ?? 0n) / 10 ** column.scale;
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

/** Throws on what 32 bits do not hold. */
export function integers(name: string, values: readonly (number | null)[]): Column {
  const whole = Int32Array.from(values, (value) => value ?? 0);
  if (values.some((value, row) => value !== null && value !== whole[row])) throw new Error(`${name} is no integer`);
  return { name, type: 'integer', length: values.length, valid: validityOf(values), values: whole };
}

/** Of days as YYYY-MM-DD. */
export const dates = (name: string, values: readonly (string | null)[]): Column => ({
  name,
  type: 'date',
  length: values.length,
  valid: validityOf(values),
  values: Int32Array.from(values, (day) => (day === null ? 0 : Date.parse(day) / 86_400_000)),
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
