import type { Cell, Mode } from '#contract/result';
import { type HiddenReasons, hiddenReasons, type Shareable, shareableOf } from '../disclosure/shareable.ts';
import type { Read } from '../disclosure/tables.ts';
import { Refusal } from '../http/error.ts';
import { type Column, textAt } from '../store/columns.ts';
import { readGroups } from '../store/metric.ts';
import { type Question, rollingOf } from '../store/question.ts';
import type { Snapshot } from '../store/snapshot.ts';
import type { Groups } from '../store/sums.ts';
import { estimate, isClustered } from './estimate.ts';
import { isImmature } from './maturity.ts';

/** The cells of a question in the order of their keys, as a mode may see them; without keys the only cell is the total. */
export interface Answer {
  readonly keys: readonly Column[];
  readonly cells: readonly Cell[];
  readonly total: Cell;
}

export async function answer(snapshot: Snapshot, question: Question, mode: Mode): Promise<Answer> {
  const { catalogue } = snapshot;
  const shareable = mode === 'shareable';
  // Of distinct people the counts of overlapping months do not add up, so that their differences are released by nothing.
  if (shareable && rollingOf(question) !== null && question.metric.grain === 'person') {
    throw new Refusal(
      'bad_request',
      'rolling months count people anew in each, which cannot be shared; ask for months',
    );
  }
  const wholeQuestion: Question = { ...question, by: [] };
  const read = readerOf(snapshot, shareable || isClustered(question.metric));
  const [groups, whole] = await Promise.all([read(question), read(wholeQuestion)]);
  const told: Shareable = shareable
    ? await shareableOf(catalogue, question, groups, releaseReaderOf(snapshot))
    : { groups, hidden: [], totalIsHidden: false };
  const [total] = cellsOf(wholeQuestion, whole, [told.totalIsHidden], catalogue.dataThrough);
  if (!total) throw new Error('a total has one group');
  return {
    keys: told.groups.keys,
    total,
    cells: question.by.length === 0 ? [total] : cellsOf(question, told.groups, told.hidden, catalogue.dataThrough),
  };
}

/** Reads each question once for a snapshot. */
function readerOf({ queries, catalogue, groups }: Snapshot, perPerson: boolean): Read {
  return (one) => {
    const by = one.by.map(({ id }) => id);
    const key = JSON.stringify([one.metric.id, perPerson, by, rollingOf(one), one.from, one.to, one.filter]);
    return groups.get(key, () => readGroups(queries, catalogue, one, perPerson));
  };
}

/** What may be shared depends on every month of a metric, which is slow to read where there are many people. */
const releaseReaderOf = (snapshot: Snapshot): Read =>
  readerOf({ ...snapshot, queries: snapshot.queries.patient() }, true);

/** What of the rows that a question leaves out may be told in a mode. */
export const hiddenReasonsOf = async (snapshot: Snapshot, question: Question, mode: Mode): Promise<HiddenReasons> =>
  mode === 'shareable'
    ? hiddenReasons(snapshot.catalogue, question, releaseReaderOf(snapshot))
    : { sum: false, of: () => false };

const NOTHING_SHOWN = {
  numerator: null,
  denominator: null,
  rows: null,
  value: null,
  low: null,
  high: null,
  expected: null,
  ratioLow: null,
  ratioHigh: null,
} as const;

function cellsOf(question: Question, { keys, sums }: Groups, hidden: readonly boolean[], dataThrough: string): Cell[] {
  const { metric, by, to } = question;
  const period = by.find(({ kind }) => kind === 'period');
  return sums.map((sum, row) => {
    const key = Object.fromEntries(keys.map((column) => [column.name, textAt(column, row)]));
    const suppressed = hidden[row] === true;
    // by the period that names the cell, or else by the last month that the question is about
    const asked = (period && key[period.id]) ?? to;
    return {
      key,
      ...(suppressed ? NOTHING_SHOWN : estimate(metric, sum)),
      suppressed,
      immature: asked !== null && isImmature(asked, metric, dataThrough),
    };
  });
}
