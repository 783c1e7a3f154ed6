/** A field of a fixed-width record; `start` counts from 1, in characters. */
export interface FixedField {
  readonly name: string;
  readonly start: number;
  readonly length: number;
}

/**
 * How the bytes of a file become records with named fields: `delimited` text whose first record names the columns;
 * `fixed` lines of one length, or shorter by trailing blanks but no shorter than `shortest`; `lines` of one field,
 * `record`; a JSON `document` of several records, each landed as JSON text in the field `record`; `columns` of Parquet.
 */
export type Shape =
  | { readonly kind: 'delimited'; readonly delimiter: string }
  | { readonly kind: 'fixed'; readonly fields: readonly FixedField[]; readonly shortest: number }
  | { readonly kind: 'lines' }
  | {
      readonly kind: 'document';
      /** The records of the parsed document, in order. Throws FileRefused when it is none of the format's. */
      readonly recordsOf: (document: unknown) => readonly unknown[];
    }
  | { readonly kind: 'columns' };

export type Fixed = Extract<Shape, { kind: 'fixed' }>;

/** Characters of a whole fixed-width record. */
export const widthOf = ({ fields }: Fixed): number =>
  fields.reduce((end, { start, length }) => Math.max(end, start + length - 1), 0);

/** The one field of a record that is not divided when it lands. */
export const RECORD = 'record';
