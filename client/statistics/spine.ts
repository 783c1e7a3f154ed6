import type { Cell } from '#contract/result';
import type { MetricWords } from '../format/number.ts';
import { type Comparison, compare, isBeyondChance } from './compare.ts';
import { type Reliability, type Telling, tellingOf } from './reliability.ts';

/** One metric: the unit's own cell, everybody's, and those of all units, among them its own. */
export type SpineRow = {
  id: string;
  metric: MetricWords;
  cell: Cell;
  total: Cell;
  units: readonly Cell[];
  reliability: Reliability | null;
  /** Of the national benchmark, ten the best; null where none is published. */
  decile: number | null;
};

export const ACO = 'the whole ACO';

export const comparisonOf = ({ cell, total, metric }: SpineRow): Comparison =>
  compare(cell, { label: ACO, value: total.value, immature: total.immature }, metric);

export const tellingIn = ({ reliability, cell }: SpineRow): Telling => tellingOf(reliability, cell.denominator);

/** Its interval clears everybody's value, and it is large enough for the number to be its own. */
export const standsApart = (row: SpineRow): boolean =>
  tellingIn(row) === 'enough to tell apart' && isBeyondChance(comparisonOf(row));
