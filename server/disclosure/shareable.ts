import { addMonths } from '#contract/months';
import type { SnapshotCatalogue } from '../store/catalogue.ts';
import { textAt, texts } from '../store/columns.ts';
import { type Key, type Question, rollingOf } from '../store/question.ts';
import type { Groups, Sums } from '../store/sums.ts';
import { type Place, placeOf } from './lattice.ts';
import { around, type Months, monthsOf, periodsWithin, type Span, tilesOf, within } from './periods.ts';
import { MEMBER, type Read, tableOf } from './tables.ts';

/**
 * What shareable mode guards is one snapshot: of a metric no count of 1 to 10 is told, nor follows by adding and subtracting
 * from all its answers together (lattice, periods, tables, release); people as of a day are told in steps of 20 (suppress),
 * so that no two tables of them, nor one and a metric, tell exactly who stands in one only. Not guarded are: two snapshots
 * held side by side; metrics whose numerators or denominators lie in one another, as of readmission within 7 and 30 days, and
 * conditions or preset cohorts that do, whose difference can be 1 to 10; and what somebody knows of persons beforehand.
 */

/** An answer as it may be shared. */
export interface Shareable {
  /** Those of the answer, and those that are hidden though they count nothing, since their absence would tell it. */
  readonly groups: Groups;
  /** In the order of the groups. */
  readonly hidden: readonly boolean[];
  readonly totalIsHidden: boolean;
}

/**
 * What of an answer may be shared. Whatever is asked, only numbers are shown that the released tables of the metric hold
 * or that follow from them by adding and subtracting, so that no question tells more than all of them together.
 */
export async function shareableOf(
  catalogue: SnapshotCatalogue,
  question: Question,
  groups: Groups,
  read: Read,
): Promise<Shareable> {
  const place = placeOf(catalogue, question);
  const nothing = { keys: question.by.map(({ id }) => texts(id, [])), sums: [] };
  if (!place) return { groups: nothing, hidden: [], totalIsHidden: true };
  const { months, shows } = await releasedAt(catalogue, question.metric, place, read);
  const asked = within({ from: question.from ?? months.from, to: question.to ?? months.to }, months);
  const isHidden = (key: readonly (string | null)[]) => {
    let name: string | null = null;
    let cell = asked;
    for (const [at, by] of question.by.entries()) {
      const text = key[at] ?? '';
      if (by.kind !== 'period') name = text;
      else if (by.rolling === null) cell = within(cell, monthsOf(text));
      else cell = { from: addMonths(text, 1 - by.rolling), to: text };
    }
    return cell.from <= cell.to && !shows(name, cell);
  };
  const full = { from: addMonths(months.from, (rollingOf(question) ?? 1) - 1), to: months.to };
  const completed = complete(question, groups, within(asked, full), isHidden);
  return { ...completed, totalIsHidden: asked.from <= asked.to && !shows(null, asked) };
}

type CellKey = readonly (string | null)[];

/** The groups with those that are hidden and were not there, in the order of their keys. */
function complete(
  { by }: Question,
  groups: Groups,
  asked: Months,
  isHidden: (key: CellKey) => boolean,
): Pick<Shareable, 'groups' | 'hidden'> {
  const found = groups.sums.map((sums, row) => ({ sums, key: groups.keys.map((column) => textAt(column, row)) }));
  const hidden = found.map(({ key }) => isHidden(key));
  const known = new Set(found.map(({ key }) => JSON.stringify(key)));
  const values = by.map((key, at) => valuesOf(key, asked, [...new Set(found.map(({ key }) => key[at] ?? null))]));
  const missing = products(values).filter((key) => !known.has(JSON.stringify(key)) && isHidden(key));
  if (by.length === 0 || missing.length === 0) return { groups, hidden };
  const placeIn = (key: CellKey) => key.map((text, at) => values[at]?.indexOf(text) ?? 0);
  const all = [
    ...found.map((one, row) => ({ ...one, isHidden: hidden[row] === true, place: placeIn(one.key) })),
    ...missing.map((key) => ({ key, sums: NOTHING, isHidden: true, place: placeIn(key) })),
  ].sort((a, b) => a.place.map((place, at) => place - (b.place[at] ?? 0)).find((step) => step !== 0) ?? 0);
  return {
    groups: {
      keys: by.map(({ id }, at) =>
        texts(
          id,
          all.map(({ key }) => key[at] ?? null),
        ),
      ),
      sums: all.map(({ sums }) => sums),
    },
    hidden: all.map((one) => one.isHidden),
  };
}

const NOTHING: Sums = {
  ...{ numerator: 0, denominator: 0, expected: null, rows: 0, persons: 0, contributors: 0 },
  ...{ numerator_squares: 0, cross: 0, denominator_squares: 0 },
};

/** Everything that a key can be: the periods asked for, and every value of a dimension whether it was found or not. */
function valuesOf(key: Key, asked: Months, found: readonly (string | null)[]): (string | null)[] {
  if (key.kind === 'period') return asked.from <= asked.to ? periodsWithin(key.id, asked) : [];
  const declared = key.kind === 'dimension' ? key.dimension.values.map(({ value }) => value) : [];
  return [...found, ...declared.filter((value) => !found.includes(value))];
}

const products = (values: readonly (readonly (string | null)[])[]): (string | null)[][] =>
  values.reduce<(string | null)[][]>((keys, next) => keys.flatMap((key) => next.map((value) => [...key, value])), [[]]);

/** What of a metric may be shown at one place of the lattice, in any months of its own. */
interface Released {
  readonly months: Months;
  /** Of one group by its name, '' where it is not known, or of all that the question is about. */
  readonly shows: (name: string | null, months: Months) => boolean;
  /** Of all lines together. */
  readonly showsSum: (months: Months) => boolean;
}

async function releasedAt(
  catalogue: SnapshotCatalogue,
  metric: Question['metric'],
  place: Place,
  read: Read,
): Promise<Released> {
  const everybody = await tableOf(catalogue, metric, { kind: 'everybody' }, read);
  const table = await tableOf(catalogue, metric, place, read);
  const ofEverybody = (months: Months) => tilesOf(everybody.years, months).every(({ id }) => everybody.whole.has(id));
  /** No hidden one among the lines, or all of them where lines add up, so that they are what the others leave. */
  const ofLines = (names: ReadonlySet<string>, months: Months) =>
    tilesOf(table.years, months).every(({ id }) => {
      const gone = table.hidden.get(id);
      const among = [...(gone ?? [])].filter((name) => names.has(name)).length;
      return gone !== undefined && (among === 0 || (place.kind === 'parts' && among === gone.size));
    });
  const isCounted = (name: string) => place.kind === 'parts' && place.key.kind === 'exclusion' && name === '';
  return {
    months: around(monthsIn(everybody.years), monthsIn(table.years)),
    showsSum: (months) => tilesOf(table.years, months).every(({ id }) => table.whole.has(id)),
    shows(name, months) {
      const names = name === null ? namesAt(place) : isCounted(name) ? null : new Set([name]);
      return names === null ? ofEverybody(months) : ofLines(names, months);
    },
  };
}

/** The lines that a question is narrowed to; null: to none. */
function namesAt(place: Place): ReadonlySet<string> | null {
  switch (place.kind) {
    case 'everybody':
      return null;
    case 'parts':
      return place.names;
    case 'sets':
      return place.name === null ? null : new Set([place.name]);
    case 'member':
      return new Set([MEMBER]);
  }
}

const monthsIn = (years: readonly Span[]): Months => ({
  from: years[0]?.from ?? '9999-12',
  to: years.at(-1)?.to ?? '',
});

/** What of the rows that are left out may be told. */
export interface HiddenReasons {
  /** How many they are together. */
  readonly sum: boolean;
  readonly of: (reason: string) => boolean;
}

export async function hiddenReasons(
  catalogue: SnapshotCatalogue,
  question: Question,
  read: Read,
): Promise<HiddenReasons> {
  const by: Key[] = [{ kind: 'exclusion', id: 'exclusion' }];
  const place = placeOf(catalogue, { by, filter: question.filter });
  if (!place) return { sum: true, of: () => true };
  const { months, shows, showsSum } = await releasedAt(catalogue, question.metric, place, read);
  const asked = within({ from: question.from ?? months.from, to: question.to ?? months.to }, months);
  return { sum: !showsSum(asked), of: (reason) => !shows(reason, asked) };
}
