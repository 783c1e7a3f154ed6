import type { InputTable } from '../input/contract.ts';
import type { FileRefused } from './rules.ts';
import type { Shape } from './shape.ts';

/** One kind of file of a format. */
export interface SourceTable extends InputTable {
  /** Why its records are recognised but not used; undefined where they are. */
  readonly unused?: string;
}

/** The beginning of a file. */
export interface Head {
  /** What the file is called in every account. */
  readonly name: string;
  readonly text: string;
  /** The text is all there is. */
  readonly isWhole: boolean;
}

/** What a format says of a file that it knows by its shape. */
export interface Claim {
  readonly table: SourceTable;
  readonly shape: Shape;
  /** Names of the fields in the order in which they land. */
  readonly columns: readonly string[];
  readonly refusal?: FileRefused;
}

/**
 * A family of files that are delivered together. Its records are typed into `<id>.<table>`; where `mappings` is absent
 * the tables are the input tables themselves.
 */
export interface Format {
  readonly id: string;
  readonly title: string;
  readonly tables: readonly SourceTable[];
  readonly mappings?: Mappings;
  /** Knows a file that names no columns by the shape of its first records; absent where every file has a header. */
  readonly claim?: (head: Head) => Claim | undefined;
  /** Values of columns that a file states by its name, such as the day of delivery. */
  readonly stated?: (name: string) => Readonly<Record<string, string>>;
}

/**
 * How typed records become input. Each `<input table>.sql` is one SELECT with a row per record of its source table: the
 * columns of the input table by name (absent ones are null), and `left_out`, the reason in words why the record does
 * not become input. An optional `amount` holds the dollars that the ledger follows.
 */
export interface Mappings {
  /** Folder of the `.sql` files. */
  readonly folder: string;
  /** Input table -> table whose records it accounts for. */
  readonly sources: Readonly<Record<string, string>>;
  /** Tables made once, in order, before the mappings read them: `<name>.sql` beside the others. */
  readonly prepared: readonly string[];
}

/** A format whose tables are not the input tables. */
export type MappedFormat = Format & { readonly mappings: Mappings };

export const isMapped = (format: Format): format is MappedFormat => format.mappings !== undefined;

/** The table that the records of a file are typed into. */
export const targetOf = (format: Format, table: SourceTable): string =>
  `${format.mappings ? format.id : 'input'}.${table.name}`;
