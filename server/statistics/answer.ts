import type { Cell, Mode } from '#contract/result';
import { type Hidden, hiddenOf } from '../disclosure/shareable.ts';
import { type Column, textAt } from '../store/columns.ts';
import { type Groups, readGroups } from '../store/metric.ts';
import type { Question } from '../store/question.ts';
import type { Snapshot } from '../store/snapshot.ts';
import { estimate, isClustered } from './estimate.ts';
import { isImmature } from './maturity.ts';

/** The cells of a question in the order of their keys, as a mode may see them; without keys the only cell is the total. */
export interface Answer {
  readonly keys: readonly Column[];
  readonly cells: readonly Cell[];
  readonly total: Cell;
}

export async function answer({ queries, catalogue }: Snapshot, question: Question, mode: Mode): Promise<Answer> {
  const shareable = mode === 'shareable';
  const asked = new Map<string, Promise<Groups>>();
  const read = (one: Question): Promise<Groups> => {
    const key = JSON.stringify([one.by.map(({ id }) => id), one.filter]);
    const known = asked.get(key) ?? readGroups(queries, catalogue, one, shareable || isClustered(one.metric));
    asked.set(key, known);
    return known;
  };
  const wholeQuestion: Question = { ...question, by: [] };
  const [groups, whole] = await Promise.all([read(question), read(wholeQuestion)]);
  const hidden: Hidden = shareable
    ? await hiddenOf(catalogue, question, groups, whole, read)
    : { total: false, cells: [] };
  const [total] = cellsOf(wholeQuestion, whole, [hidden.total], catalogue.dataThrough);
  if (!total) throw new Error('a total has one group');
  return {
    keys: groups.keys,
    total,
    cells: question.by.length === 0 ? [total] : cellsOf(question, groups, hidden.cells, catalogue.dataThrough),
  };
}

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
