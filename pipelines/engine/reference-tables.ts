import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';

type Type = 'text' | 'integer' | 'number' | '9 or 11 digits';

interface Column {
  /** Heading of the column in the file where it is not the column's name: a plural where a cell lists several. */
  readonly heading: string;
  readonly type: Type;
  readonly meaning: string;
  /** A cell holds any number of these, separated by blanks, and makes a row of each; lists of one line go in step. */
  readonly isList: boolean;
  /** A cell holds `2024`, `2020-2025`, or `2024-` for that year and all that come, and makes a row of each year. */
  readonly isYears: boolean;
}

/** A table of public reference data that is no value set, as `reference.<name>`. */
export interface ReferenceTable {
  readonly name: string;
  readonly grain: string;
  /** Columns that say of what and of which year a list is: a list that is supplied replaces ours of the same. */
  readonly key: readonly string[];
  readonly columns: Readonly<Record<string, Column>>;
}

const one = (meaning: string, type: Type = 'text'): Column => ({
  ...{ heading: '', type, meaning, isList: false, isYears: false },
});
const list = (heading: string, meaning: string, type: Type = 'text'): Column => ({
  ...{ heading, type, meaning, isList: true, isYears: false },
});
const years = (heading: string, meaning: string): Column => ({
  ...{ heading, type: 'integer', meaning, isList: false, isYears: true },
});

const version = one('version of the condition categories: V21, V24 or V28');
const model = one('CMS-HCC model: V24, V28, ESRD V21 or ESRD V24');
const payment_year = years('payment_years', 'payment year');
const hcc = one('condition category', 'integer');

const table = (
  name: string,
  grain: string,
  key: readonly string[],
  columns: Readonly<Record<string, Column>>,
): ReferenceTable => ({ name, grain, key, columns });

/** What the CMS-HCC models read; the order of work is in the models mart.risk_hcc and mart.risk_score. And the names of drugs, for core.drug_name. */
export const referenceTables: readonly ReferenceTable[] = [
  table('hcc_model', 'model and payment year in which it is used', ['model', 'payment_year'], {
    ...{ model, payment_year, version },
  }),
  table('hcc_diagnosis', 'diagnosis code of a category, or without one: it is not known', ['version', 'payment_year'], {
    ...{ version, payment_year, hcc },
    code: list('codes', 'ICD-10-CM code without dot'),
  }),
  table('hcc_edit', 'diagnosis code that counts otherwise for an age or a sex', ['version', 'payment_year'], {
    ...{ version, payment_year },
    sex: one('sex that the edit is for; null for any'),
    age_from: one('least age on 1 February of the payment year', 'integer'),
    age_to: one('greatest age on 1 February of the payment year', 'integer'),
    hcc: one('category instead; null for none', 'integer'),
    code: list('codes', 'ICD-10-CM code without dot'),
  }),
  table('hcc_removal', 'category taken back before the hierarchies', ['model', 'payment_year'], {
    ...{ model, payment_year, hcc },
    unless: list('unless', 'category beside which it stays', 'integer'),
  }),
  table('hcc_hierarchy', 'category that a graver one drops', ['version', 'payment_year'], {
    ...{ version, payment_year },
    step: one('place in the macro', 'integer'),
    hcc,
    drops: list('drops', 'category dropped', 'integer'),
  }),
  table('hcc_interaction', 'category of a factor of an interaction', ['model', 'payment_year'], {
    ...{ model, payment_year },
    variable: one('variable that holds when each of its factors does'),
    factor: one('factor, which any of its categories makes hold'),
    hcc: list('hccs', 'category, or a flag of the person such as DISABL'),
  }),
  table('hcc_coefficient', 'relative factor', ['model', 'payment_year'], {
    ...{ model, payment_year },
    variable: one('variable of the macro'),
    segment: list('segments', "segment, such as CNA; 'any' where the variable has none"),
    coefficient: list('coefficients', 'relative factor', 'number'),
  }),
  table('hcc_payment', 'model, payment year and status', ['model', 'payment_year'], {
    model,
    payment_year,
    status: one('all, or of people with end-stage renal disease: dialysis, graft'),
    normalization: one('divisor of the raw score', 'number'),
    coding_intensity: one('share taken off in Medicare Advantage', 'number'),
    blend: one('part of the model in the blended score of Medicare Advantage', 'number'),
  }),
  table('hcc_label', 'category', ['version', 'payment_year'], {
    ...{ version, payment_year, hcc },
    course: one("'lasting', or 'episode' where next year need not bring it again"),
    label: one('name of the category'),
  }),
  table('hcc_procedure', 'procedure that makes a claim eligible', ['service_year'], {
    service_year: years('service_years', 'calendar year of service'),
    code: list('codes', 'CPT or HCPCS code'),
  }),
  table('drug_name', 'drug that a list names', ['ndc'], {
    ndc: one(
      'National Drug Code without dashes; its first 9 digits stand for every package of a product',
      '9 or 11 digits',
    ),
    name: one('brand or ingredients, of which words are enough'),
  }),
];

export const referenceTableNames = [
  ...referenceTables.map(({ name }) => `reference.${name}`),
  'reference.table_source',
];

/** The years of a cell such as 2024, 2020-2025 or 2024-. */
export function yearsIn(cell: string): number[] {
  const [first, last = first] = cell.split('-');
  const end = last === '' ? LAST_YEAR : Number(last);
  return Array.from({ length: Math.max(0, end - Number(first) + 1) }, (_, at) => Number(first) + at);
}

/** Cells of one line of a list, by heading. */
export type ReferenceLine = Readonly<Record<string, string>>;

/** A list of one table: built in, or supplied under `--reference`. */
export interface ReferenceList {
  readonly table: ReferenceTable;
  /** Publisher, version and licence. */
  readonly source: string;
  readonly isSupplied: boolean;
  readonly lines: readonly ReferenceLine[];
}

/** A line of a file breaks a rule. */
export class BadLine extends Error {
  constructor(path: string, line: number, rule: string) {
    super(`${path}:${line} ${rule}`);
    this.name = 'BadLine';
  }
}

const PATTERN: Readonly<Record<Type, RegExp>> = {
  text: /^\S.*$/,
  integer: /^\d+$/,
  number: /^-?\d*\.?\d+$/,
  '9 or 11 digits': /^(\d{9}|\d{11})$/,
};
const YEARS = /^20\d\d(-(20\d\d)?)?$/;
/** As far as a list without an end reaches. */
const LAST_YEAR = 2040;

/** Records of comma-separated text (RFC 4180), each with the line on which it begins. */
export function* recordsOf(text: string): Generator<{ readonly line: number; readonly cells: readonly string[] }> {
  let line = 1;
  let cells: string[] = [];
  let began = line;
  for (const [item, quoted, plain = '', end = ''] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n|$)/g)) {
    if (item === '' && cells.length === 0) return;
    cells.push(quoted?.replaceAll('""', '"') ?? plain);
    line += item.split('\n').length - 1;
    if (end === ',') continue;
    yield { line: began, cells };
    if (end === '') return;
    cells = [];
    began = line;
  }
}

/** The table whose headings a file has, if any. */
export const tableOf = (header: string): ReferenceTable | undefined =>
  referenceTables.find((each) => headingsOf(each).join() === header.trim());

const headingsOf = ({ columns }: ReferenceTable): string[] =>
  Object.entries(columns).map(([name, { heading }]) => heading || name);

/**
 * Reads our own layout: `# publisher, version, licence`, the headings of a table, then its lines. Throws BadLine with
 * file, line and rule.
 */
export function parseReferenceList(text: string, path: string): Omit<ReferenceList, 'isSupplied'> {
  const [source = '', header = ''] = text.split('\n', 2);
  if (!source.startsWith('# ')) throw new BadLine(path, 1, 'needs "# publisher, version, licence"');
  const table = tableOf(header);
  if (!table) throw new BadLine(path, 2, `has the headings of no reference table: "${header}"`);
  const headings = headingsOf(table);
  const columns = Object.values(table.columns);
  const lines: ReferenceLine[] = [];
  for (const { line, cells } of recordsOf(text.slice(source.length + header.length + 2))) {
    if (cells.length !== headings.length) {
      throw new BadLine(path, line + 2, `needs ${headings.length} cells, has ${cells.length}`);
    }
    const named = headings.map((heading, at) => {
      const cell = cells[at] ?? '';
      return [heading, columns[at]?.isList ? expanded(cell) : cell] as const;
    });
    for (const [at, [heading, cell]] of named.entries()) {
      const wrong = columns[at] && problem(columns[at], cell);
      if (wrong) throw new BadLine(path, line + 2, `${heading} ${wrong}, got "${cell.slice(0, 60)}"`);
    }
    const lengths = new Set(columns.flatMap(({ isList }, at) => (isList ? [named[at]?.[1].split(' ').length] : [])));
    if (lengths.size > 1) throw new BadLine(path, line + 2, 'lists that go in step have different lengths');
    lines.push(Object.fromEntries(named));
  }
  return { table, source: source.slice(2).trim(), lines };
}

function problem({ type, isList, isYears }: Column, cell: string): string | undefined {
  if (isYears) return YEARS.test(cell) ? undefined : 'needs a year, 2020-2025 or 2024-';
  if (cell === '') return undefined;
  const items = isList ? cell.split(' ') : [cell];
  return items.every((item) => PATTERN[type].test(item)) ? undefined : `needs ${isList ? `${type}s` : type}`;
}

/** `99202-99205` for each code within, where both ends have the same length and letters. */
const expanded = (cell: string): string =>
  cell.replace(/\b([A-Z]?)(\d{4,5})-\1(\d{4,5})\b/g, (range, letter: string, first: string, last: string) => {
    if (first.length !== last.length) return range;
    return Array.from(
      { length: Number(last) - Number(first) + 1 },
      (_, step) => letter + String(Number(first) + step).padStart(first.length, '0'),
    ).join(' ');
  });

const FOLDER = join(import.meta.dirname, '..', 'reference-tables');

/** One file per table, of its name. */
const builtIn = (): ReferenceList[] =>
  readdirSync(FOLDER).map((file) => {
    const path = join(FOLDER, file);
    const list = parseReferenceList(readFileSync(path, 'utf8'), path);
    if (file !== `${list.table.name.replaceAll('_', '-')}.csv`) throw new Error(`stray file ${path}`);
    return { ...list, isSupplied: false };
  });

const SQL_TYPE: Readonly<Record<Type, string>> = {
  text: 'varchar',
  integer: 'integer',
  number: 'decimal(9, 4)',
  '9 or 11 digits': 'varchar',
};

/**
 * Creates and fills every `reference.<table>`, and `reference.table_source`: a row per list with its source. A supplied list
 * replaces ours of the same model or version and year.
 */
export async function loadReferenceTables(
  connection: DuckDBConnection,
  supplied: readonly ReferenceList[] = [],
): Promise<void> {
  const lists = [...builtIn(), ...supplied];
  for (const table of referenceTables) {
    await fill(
      connection,
      table,
      lists.filter((list) => list.table === table),
    );
  }
  await connection.run(
    `create table reference.table_source as
     select unnest($1::json::struct(table_name varchar, grain varchar, source varchar, is_supplied boolean)[], recursive := true)`,
    [
      JSON.stringify(
        lists.map(({ table: { name, grain }, source, isSupplied }) => ({
          ...{ table_name: `reference.${name}`, grain, source, is_supplied: isSupplied },
        })),
      ),
    ],
  );
}

async function fill(
  connection: DuckDBConnection,
  { name, columns, key }: ReferenceTable,
  lists: readonly ReferenceList[],
): Promise<void> {
  const named = Object.entries(columns).map(([name, column]) => ({ name, ...column, heading: column.heading || name }));
  const cell = ({ heading, isList, isYears, type }: (typeof named)[number]): string =>
    isYears ? heading : isList ? `unnest(string_split(${heading}, ' '))` : `nullif(${heading}, '')::${SQL_TYPE[type]}`;
  const value = ({ name, isList, isYears, type }: (typeof named)[number]): string =>
    isYears
      ? `unnest(string_split(${name}, ' '))::integer as ${name}`
      : isList
        ? `nullif(${name}, '')::${SQL_TYPE[type]} as ${name}`
        : name;
  const yearly = named.filter(({ isYears }) => isYears).map(({ heading }) => heading);
  const yearsOf = (line: ReferenceLine) =>
    Object.fromEntries(yearly.map((heading) => [heading, yearsIn(line[heading] ?? '').join(' ')]));
  const lines = lists.flatMap(({ isSupplied, lines }) =>
    lines.map((line) => ({ ...line, ...yearsOf(line), is_supplied: isSupplied })),
  );
  const shape = [...named.map(({ heading }) => `${heading} varchar`), 'is_supplied boolean'].join(', ');
  await connection.run(
    `create table reference.${name} as
     with line as (select unnest($1::json::struct(${shape})[], recursive := true)),
     item as (select is_supplied, ${named.map((column) => `${cell(column)} as ${column.name}`).join(', ')} from line),
     whole as (select is_supplied, ${named.map(value).join(', ')} from item)
     select distinct * exclude (is_supplied)
     from whole
     where is_supplied or (${key.join(', ')}) not in (select (${key.join(', ')}) from whole where is_supplied)`,
    [JSON.stringify(lines)],
  );
}
