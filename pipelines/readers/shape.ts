import type { RecordsOf } from './document.ts';
import type { RuleId } from './rules.ts';

/** A field of a fixed-width record; `start` counts from 1, in characters. */
export interface FixedField {
  readonly name: string;
  readonly start: number;
  readonly length: number;
}

/** What looking at the bytes of one JSON record tells. */
export interface Inspected {
  readonly defect: RuleId | undefined;
  /** Where its dollars stand; from = to where it has none. */
  readonly from: number;
  readonly to: number;
}

/** Records that are JSON text. */
export interface JsonText {
  readonly inspect: (bytes: Buffer, start: number, end: number) => Inspected;
  /** What is parsed of every record as it lands, as DuckDB's from_json takes it. */
  readonly structure: string;
  /** Fields that land beside the text: name -> SQL over `record`, the text, and `parsed`. */
  readonly fields: Readonly<Record<string, string>>;
}

/**
 * How the bytes of a file become records with named fields: `delimited` text whose first record names the columns;
 * `fixed` lines of one length, or shorter by trailing blanks but no shorter than `shortest`; `lines` of one field,
 * `record`; a JSON `document` of several records, each landed as JSON text in the field `record`; `columns` of Parquet.
 */
export type Shape =
  | { readonly kind: 'delimited'; readonly delimiter: string }
  | { readonly kind: 'fixed'; readonly fields: readonly FixedField[]; readonly shortest: number }
  | { readonly kind: 'lines'; readonly json?: JsonText }
  | { readonly kind: 'document'; readonly recordsOf: RecordsOf; readonly json?: JsonText }
  | { readonly kind: 'columns' };

export type Fixed = Extract<Shape, { kind: 'fixed' }>;

/** Characters of a whole fixed-width record. */
export const widthOf = ({ fields }: Fixed): number =>
  fields.reduce((end, { start, length }) => Math.max(end, start + length - 1), 0);

/** The one field of a record that is not divided when it lands. */
export const RECORD = 'record';
