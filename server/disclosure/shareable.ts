import { COHORT } from '#contract/cohort';
import { isInDollars, lawOf } from '#contract/metric';
import { Refusal } from '../http/error.ts';
import type { SnapshotCatalogue } from '../store/catalogue.ts';
import { looser } from '../store/cohort.ts';
import { type Column, textAt } from '../store/columns.ts';
import type { Groups, Sums } from '../store/metric.ts';
import type { Key, Question } from '../store/question.ts';
import { cellsToHide, isSmall, type TableCell } from './suppress.ts';

const MOST_CELLS = 2_000;

/** Reads the groups of a question with the persons behind them. */
type Read = (question: Question) => Promise<Groups>;

/** What of an answer must not be shown. */
export interface Hidden {
  readonly total: boolean;
  /** In the order of the groups. */
  readonly cells: readonly boolean[];
}

/**
 * What to hide of an answer that may be shared: small cells, and what would tell them from the totals, from the tables
 * of the margins, and from the same table without its filter.
 */
export async function hiddenOf(
  catalogue: SnapshotCatalogue,
  question: Question,
  groups: Groups,
  whole: Groups,
  read: Read,
): Promise<Hidden> {
  refuseUnsafe(question, groups);
  const everything = { total: true, cells: groups.sums.map(() => true) };
  const outside: LeftOut[] = [];
  for (const filter of looser(question.filter)) {
    if (leavesFew(question, whole, await read({ ...question, by: [], filter }))) return everything;
    outside.push(leftOutOf(question, groups, await read({ ...question, filter })));
  }
  const cells = await pattern(question, groups, read, (row) => outside.flatMap((one) => one(row)));
  for (const [id, values] of Object.entries(question.filter)) {
    if (id === COHORT) continue;
    const { [id]: _, ...filter } = question.filter;
    const dimension = catalogue.dimensions.get(id);
    if (!dimension) throw new Error(`no dimension ${id}`);
    const key: Key = { kind: 'dimension', id, dimension };
    if (isSet(key)) {
      if (leavesFew(question, whole, await read({ ...question, by: [], filter }))) return everything;
      continue;
    }
    const takes = (keys: readonly Column[], row: number) => values.includes(textAt(keys[0], row) ?? '');
    const siblings = { ...question, by: [key], filter };
    const beside = await read(siblings);
    const besideHidden = await pattern(siblings, beside, read);
    const takesHidden = new Set(besideHidden.flatMap((hidden, row) => (hidden ? [takes(beside.keys, row)] : [])));
    if (takesHidden.size === 2) return everything;
    const [by, second] = question.by;
    if (!by || second || isSet(by) || by.kind === 'exclusion') continue;
    const across = { ...question, by: [key, by], filter };
    const table = await read(across);
    const tableHidden = await pattern(across, table, read);
    const told = new Set(
      tableHidden.flatMap((hidden, row) => (hidden && takes(table.keys, row) ? [textAt(table.keys[1], row)] : [])),
    );
    groups.sums.forEach((_, row) => {
      cells[row] ||= told.has(textAt(groups.keys[0], row));
    });
  }
  const [total = false] = await pattern({ ...question, by: [] }, whole, read);
  return { total, cells };
}

function refuseUnsafe({ by }: Question, { sums }: Groups): void {
  if (by.length > 2) throw new Refusal('bad_request', 'a table to be shared has two dimensions at most');
  if (by.length > 1 && by.some(({ kind }) => kind === 'exclusion')) {
    throw new Refusal('bad_request', 'a table of exclusions to be shared has no second dimension');
  }
  if (sums.length > MOST_CELLS) throw new Refusal('too_large', `a table to be shared has ${MOST_CELLS} cells at most`);
}

/** By row of a table: counts of those whom a filter leaves out of the row. */
type LeftOut = (row: number) => readonly number[];

/** Which cells of a table to hide, by the table itself, its margins and those left out of it. */
async function pattern(
  question: Question,
  groups: Groups,
  read: Read,
  leftOut: LeftOut = () => [],
): Promise<boolean[]> {
  const [first, second] = question.by;
  const own = tableCells(question, groups).map((cell, row) => ({ ...cell, behind: [...cell.behind, ...leftOut(row)] }));
  if (!first || !second || isSet(first) || isSet(second)) return cellsToHide(own);
  const margin = async (by: readonly Key[], place: (own: TableCell['place']) => TableCell['place']) =>
    tableCells({ ...question, by }, await read({ ...question, by })).map((cell) => ({
      ...cell,
      place: place(cell.place),
    }));
  const margins = await Promise.all([
    margin([first], ([own = null]) => [own, null]),
    margin([second], ([own = null]) => [null, own]),
    margin([], () => [null, null]),
  ]);
  return cellsToHide(own, margins.flat());
}

function tableCells({ metric, by }: Question, { keys, sums }: Groups): TableCell[] {
  return sums.map((sum, row) => {
    const texts = by.map((key, at) => ({ key, text: JSON.stringify(textAt(keys[at], row)) }));
    // People of a set's groups overlap; and what counts does not add up with what is excluded.
    const addsUp = ({ key, text }: { key: Key; text: string }) =>
      !isSet(key) && !(key.kind === 'exclusion' && text === 'null');
    const apart = texts.filter((place) => !addsUp(place));
    return {
      group: apart.map(({ text }) => text).join(),
      place: texts.filter(addsUp).map(({ text }) => text),
      counts: countsOf(metric, sum),
      // An interval by person tells of those who have some of the numerator.
      behind: [sum.persons ?? 0, ...(lawOf(metric) === 'binomial' ? [] : [sum.contributors ?? 0])],
    };
  });
}

/** The counts that a cell shows, and the one that a part leaves over. Dollars are not a count. */
function countsOf(metric: Question['metric'], { numerator, denominator, rows }: Sums): number[] {
  if (isInDollars(metric)) return [denominator, rows];
  return metric.unit === 'percent' || metric.isPart
    ? [numerator, denominator - numerator, denominator, rows]
    : [numerator, denominator, rows];
}

const isSet = (key: Key): boolean => key.kind === 'dimension' && key.dimension.scope === 'set';

/** Of every row what the same row of a table of more people has beside. */
function leftOutOf({ metric }: Question, { keys, sums }: Groups, more: Groups): LeftOut {
  const keyOf = (columns: readonly Column[], row: number) => JSON.stringify(columns.map((key) => textAt(key, row)));
  const found = new Map(more.sums.map((sum, row) => [keyOf(more.keys, row), sum]));
  return (row) => {
    const [own, all] = [sums[row], found.get(keyOf(keys, row))];
    return own && all ? differencesOf(metric, own, all) : [];
  };
}

/** Whether those whom a filter leaves out are few. */
function leavesFew({ metric }: Question, { sums: [own] }: Groups, { sums: [parent] }: Groups): boolean {
  if (!own || !parent) throw new Error('a total has one group');
  return differencesOf(metric, own, parent).some(isSmall);
}

/** By how much the counts of more people exceed those of some of them. */
function differencesOf(metric: Question['metric'], some: Sums, all: Sums): number[] {
  const counts = [some.persons ?? 0, ...countsOf(metric, some)];
  return [all.persons ?? 0, ...countsOf(metric, all)].map((count, at) => count - (counts[at] ?? 0));
}
