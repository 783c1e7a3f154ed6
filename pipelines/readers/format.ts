import type { DuckDBConnection } from '@duckdb/node-api';
import type { Caveat as CaveatWords } from '#contract/metric';
import type { Check } from '../engine/check.ts';
import type { InputTable } from '../input/contract.ts';
import type { FileRefused } from './rules.ts';
import type { Shape } from './shape.ts';

/** One kind of file of a format. */
export interface SourceTable extends InputTable {
  /** Why its records are recognised but not used; undefined where they are. */
  readonly unused?: string;
  /** Present where one file may hold records of several kinds. */
  readonly kinds?: Kinds;
  /** Its records keep their place in the landed file, from 0, as `ordinal`: mappings read their text in `<id>.landed`. */
  readonly isPlaced?: boolean;
  /** Columns whose highest values tell the latest of several records with one key, ahead of the order of delivery. */
  readonly latestBy?: readonly string[];
  /** The SELECT that yields its records, where they are those of another table; made before anything is mapped. */
  readonly view?: string;
  /** A file's name as its publisher writes it, where the name says what the records do not. */
  readonly naming?: string;
}

export interface Kinds {
  /** Column of the landed text that names the kind of a record. */
  readonly column: string;
  /** Why records of a kind are recognised but not used; undefined where they are. */
  readonly unused: (kind: string) => string | undefined;
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

/** What the files of a format do not tell. */
export interface Caveat extends CaveatWords {
  /** Input tables that lack it where they were filled from such files. */
  readonly tables: readonly string[];
  /** Rows that lack it, as a condition in SQL; all where absent. */
  readonly where?: string;
  /** Only figures in dollars lack it. */
  readonly isOfDollars?: boolean;
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
  readonly caveats?: readonly Caveat[];
  /** Knows a file that names no columns by the shape of its first records; absent where every file has a header. */
  readonly claim?: (head: Head) => Claim | undefined;
  /** Values of columns that a file states by its name, such as the day of delivery; they count as delivered. */
  readonly stated?: (name: string) => Readonly<Record<string, string>>;
  /** Refuses files, by their id, for what only the files of a delivery together tell. Called when all are typed. */
  readonly refuse?: (
    connection: DuckDBConnection,
    files: readonly Delivered[],
  ) => Promise<ReadonlyMap<number, FileRefused>>;
}

/** One recognised file of a delivery, used or not. */
export interface Delivered {
  readonly id: number;
  readonly name: string;
  readonly table: SourceTable;
  readonly shape: Shape;
  /** Its records, good or bad; null where it was refused before they were counted. */
  readonly records: number | null;
  /** Records that break a rule; null where its records were not typed. */
  readonly quarantined: number | null;
}

/**
 * How typed records become input. Each mapping is one SELECT with a row per record of its source table: the columns of
 * the input table by name (absent ones are null), and `left_out`, the reason in words why the record does not become
 * input. An optional `amount` holds the dollars that the ledger follows.
 */
export interface Mappings {
  /** Folder of the `.sql` files. */
  readonly folder: string;
  /** Mapping -> table whose records it accounts for. A mapping is named for its input table, or `<input table>.<more>`. */
  readonly sources: Readonly<Record<string, string>>;
  /** A script that runs before anything else is made: its path from the folder, without `.sql`. */
  readonly setup?: string;
  /** Tables made once, in order, before the mappings read them: the path of each `.sql` file from the folder. */
  readonly prepared: readonly string[];
  /**
   * Prepared table -> tables of whose every record it holds at least one row, with its file and line. Where all of these
   * declare dollars, its column `amount` adds up to theirs.
   */
  readonly unfolded?: Readonly<Record<string, readonly string[]>>;
  /** What ought to hold of the typed and the prepared tables. */
  readonly checks?: readonly Check[];
}

/** A format whose tables are not the input tables. */
export type MappedFormat = Format & { readonly mappings: Mappings };

export const isMapped = (format: Format): format is MappedFormat => format.mappings !== undefined;

/** The table that the records of a file are typed into. */
export const targetOf = (format: Format, table: SourceTable): string =>
  `${format.mappings ? format.id : 'input'}.${table.name}`;
