/**
 * How a delivered text is read: `text` trimmed; `word` also lower-cased (a small vocabulary); `system` a word that
 * names a code system; `code` upper-cased without dots; `date` a day, YYYY-MM-DD; `compact date` one written YYYYMMDD,
 * `named date` DD-Mon-YYYY, `slash date` MM/DD/YYYY, MM-DD-YYYY or YYYY-MM-DD; `timestamp` a moment without zone; `money`
 * dollars with at most two decimals; `quantity` at most three, `fine quantity` four; `number` with any; `integer` without fraction;
 * `calendar year` an integer from 1880 to 2100; `flag` yes or no; `year` a moment, or a calendar year that stands for its first day.
 */
export type ColumnType =
  | 'text'
  | 'word'
  | 'system'
  | 'code'
  | 'date'
  | 'compact date'
  | 'named date'
  | 'slash date'
  | 'timestamp'
  | 'money'
  | 'quantity'
  | 'fine quantity'
  | 'number'
  | 'integer'
  | 'calendar year'
  | 'flag'
  | 'year';

/** `filled`: a blank value refuses the record. `required`: the column must be delivered. `optional`: absent reads as null. */
export type Presence = 'filled' | 'required' | 'optional';

export interface InputColumn {
  readonly name: string;
  readonly type: ColumnType;
  readonly meaning: string;
  readonly presence: Presence;
  /** Names under which extracts deliver it; the first that holds a value wins. */
  readonly deliveredAs: readonly string[];
  /** A far date such as 9999-12-31 means that the span is open; otherwise it means unknown. Null either way. */
  readonly openEnded: boolean;
}

export interface InputTable {
  readonly name: string;
  /** Completes 'One row per ...'. */
  readonly grain: string;
  /** Columns of the primary key; without any, the whole record is its key. */
  readonly key: readonly string[];
  /** The dollars by which the account of a file is kept, where its records carry money. */
  readonly amount: string | undefined;
  /** Columns that say when the service was given; the first that holds a value counts. */
  readonly serviceDates: readonly string[];
  readonly columns: readonly InputColumn[];
  /** Columns of the Tuva layer that nothing here reads: known, so not worth a warning. */
  readonly unread: readonly string[];
}

interface ColumnWords {
  readonly meaning: string;
  readonly type?: ColumnType;
  readonly presence?: Presence;
  readonly deliveredAs?: readonly string[];
  readonly openEnded?: boolean;
}

type Declared = Readonly<Record<string, string | ColumnWords>>;

export const SQL_TYPE: Readonly<Record<ColumnType, string>> = {
  text: 'varchar',
  word: 'varchar',
  system: 'varchar',
  code: 'varchar',
  date: 'date',
  'compact date': 'date',
  'named date': 'date',
  'slash date': 'date',
  timestamp: 'timestamp',
  money: 'decimal(18,2)',
  quantity: 'decimal(18,3)',
  'fine quantity': 'decimal(18,4)',
  number: 'double',
  integer: 'integer',
  'calendar year': 'integer',
  flag: 'boolean',
  year: 'timestamp',
};

const TYPE_BY_NAME: readonly (readonly [RegExp, ColumnType])[] = [
  [/_date(_\d+)?$/, 'date'],
  [/_datetime$/, 'timestamp'],
  [/_amount$/, 'money'],
  [/_flag$|^is_/, 'flag'],
  [/quantity$/, 'quantity'],
  [/^days_supply$|^refills$|^duration$|_rank$|^length_of_stay$/, 'integer'],
  [/_code_type$/, 'system'],
  [/_code(_\d+)?$|_modifier_\d$|^modifier_\d$|^diagnosis_poa_\d+$|_ccn$|^ccn$/, 'code'],
  [/_type$|^sex$|^gender$|^race$|^ethnicity$|^status$/, 'word'],
];

const typeByName = (name: string): ColumnType => TYPE_BY_NAME.find(([pattern]) => pattern.test(name))?.[1] ?? 'text';

/** A column that must be delivered; blanks are allowed. */
export const required = (meaning: string, more: Partial<ColumnWords> = {}): ColumnWords => ({
  presence: 'required',
  meaning,
  ...more,
});

/** A column that must be delivered and hold a value in every record. */
export const filled = (meaning: string, more: Partial<ColumnWords> = {}): ColumnWords => ({
  presence: 'filled',
  meaning,
  ...more,
});

/** `name_1` to `name_<count>`, with one meaning. */
export const numbered = (name: string, count: number, meaning: string): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`${name}_${at + 1}`, meaning]));

/** `name_1` to `name_<count>`, each delivered under a name of its own that holds its number in the place of `#`. */
export const numberedAs = (
  delivered: string,
  name: string,
  count: number,
  words: ColumnWords,
): Record<string, ColumnWords> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, at) => [
      `${name}_${at + 1}`,
      { ...words, deliveredAs: [delivered.replace('#', String(at + 1))] },
    ]),
  );

/** Declares one table of the input contract. Types follow from names unless they are given. */
export function inputTable<const C extends Declared>(declared: {
  name: string;
  grain: string;
  key: readonly (keyof C & string)[];
  amount?: keyof C & string;
  serviceDates?: readonly (keyof C & string)[];
  columns: C;
  unread?: string;
}): InputTable {
  return {
    name: declared.name,
    grain: declared.grain,
    key: declared.key,
    amount: declared.amount,
    serviceDates: declared.serviceDates ?? [],
    unread: declared.unread?.split(/\s+/).filter(Boolean) ?? [],
    columns: Object.entries<string | ColumnWords>(declared.columns).map(([name, words]) => {
      const { meaning, type, presence, deliveredAs, openEnded } =
        typeof words === 'string' ? { meaning: words } : { ...words };
      return {
        name,
        meaning,
        type: type ?? typeByName(name),
        presence: presence ?? 'optional',
        deliveredAs: deliveredAs ?? [name],
        openEnded: openEnded ?? false,
      };
    }),
  };
}

/** The column that says who sent the record; every table has it. */
export const source = filled('system that sent the record', { deliveredAs: ['data_source'] });
