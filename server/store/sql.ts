export type Value = string | number | boolean | null;

let make: (text: readonly string[], values: readonly Value[]) => Sql;
let textOf: (part: Sql) => readonly string[];

/**
 * Static text with places for bound values. Only this module makes one, so no text of a request is ever part of a
 * statement: what varies is bound, or is a name from an allow-list.
 */
export class Sql {
  readonly #text: readonly string[];
  readonly values: readonly Value[];

  private constructor(text: readonly string[], values: readonly Value[]) {
    this.#text = text;
    this.values = values;
  }

  static {
    make = (text, values) => new Sql(text, values);
    textOf = (part) => part.#text;
  }

  /** The statement with its places numbered: `$1`, `$2` ... */
  get statement(): string {
    return this.#text.reduce((before, after, at) => `${before}$${at}${after}`);
  }
}

/** Binds what is not itself SQL. */
export const sql = (strings: TemplateStringsArray, ...parts: readonly (Value | Sql)[]): Sql =>
  interleave(strings, parts);

export const join = (parts: readonly Sql[], separator: ' ' | ', ' | ' and ' | ' or ' | ' union all '): Sql =>
  interleave(['', ...parts.slice(1).map(() => separator), ''], parts);

function interleave(strings: readonly string[], parts: readonly (Value | Sql)[]): Sql {
  const text = [strings[0] ?? ''];
  const values: Value[] = [];
  const append = (more: string) => text.push(`${text.pop() ?? ''}${more}`);
  parts.forEach((part, at) => {
    if (part instanceof Sql) {
      const [first = '', ...rest] = textOf(part);
      append(first);
      text.push(...rest);
      values.push(...part.values);
    } else {
      text.push('');
      values.push(part);
    }
    append(strings[at + 1] ?? '');
  });
  return make(text, values);
}

const quoted = (path: readonly string[]): Sql =>
  make([path.map((name) => `"${name.replaceAll('"', '""')}"`).join('.')], []);

export interface Page {
  readonly limit: number;
  readonly offset: number;
}

/** What cuts a list to one page of it; null leaves it whole. */
export const cutTo = (page: Page | null): Sql => (page ? sql`limit ${page.limit} offset ${page.offset}` : sql``);

/** The tables and columns that a snapshot really has: the only names in SQL that the code does not write out itself. */
export class Names {
  readonly #columns: ReadonlyMap<string, ReadonlySet<string>>;

  /** `columns` by `schema.table`. */
  constructor(columns: ReadonlyMap<string, ReadonlySet<string>>) {
    this.#columns = columns;
  }

  has(table: string, column: string): boolean {
    return this.#columns.get(table)?.has(column) ?? false;
  }

  table(name: string): Sql {
    if (!this.#columns.has(name)) throw new Error(`no table ${name}`);
    return quoted(name.split('.'));
  }

  column(table: string, name: string): Sql {
    if (!this.has(table, name)) throw new Error(`no column ${table}.${name}`);
    return quoted([name]);
  }

  /** A name for a column of a result. */
  alias(name: string): Sql {
    if (!/^[a-z][a-z0-9_]*$/.test(name)) throw new Error(`not a column name: ${name}`);
    return quoted([name]);
  }
}
