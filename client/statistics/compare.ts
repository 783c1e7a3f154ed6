import { isRecorded, type ServedMetric } from '#contract/metric';
import type { Cell } from '#contract/result';
import { amount, type MetricWords } from '../format/number.ts';

/** The answers, in the words that every page, chart and screen reader uses; higher and lower where neither is better. */
export type Verdict =
  | 'better'
  | 'no different'
  | 'worse'
  | 'too few to say'
  | 'too early to say'
  | 'not recorded'
  | 'higher'
  | 'lower';

/** What a value is held against. A fixed target has no interval; a prior period or another cohort brings its own. */
export type Comparator = {
  /** As it stands after "than" or "from": "the year before", "the target". */
  label: string;
  value: number | null;
  low?: number | null;
  high?: number | null;
  /** Its own claims or period are not all in; only then can it be held against something as young. */
  immature?: boolean;
};

/** Rates over fewer are not judged (CMS case minimum for quality measures). */
export const CASE_MINIMUM = 20;

export type Comparison = {
  verdict: Verdict;
  /** Beyond the 99.8 % interval too, taken as the 95 % interval stretched by 3.09 / 1.96. */
  strong: boolean;
  /** "no different from the year before, 14.9%", "too few to say" */
  words: string;
};

/**
 * Judges a value by the interval of its difference from the comparator (95 %). With a fixed comparator that is whether
 * the value's own interval clears it; with two intervals it is Zou and Donner's square-and-add (Stat Med 2008;27:1693),
 * which for Wilson intervals is Newcombe's. A period that is not over is not judged by one that is.
 */
export function compare(
  cell: Pick<Cell, 'value' | 'low' | 'high' | 'rows'> & Partial<Pick<Cell, 'immature'>>,
  comparator: Comparator,
  { unit, betterIs, caveats = [] }: Pick<MetricWords, 'unit' | 'betterIs'> & Partial<Pick<ServedMetric, 'caveats'>>,
): Comparison {
  const { value, low, high, rows } = cell;
  const { label, value: other } = comparator;
  if (!isRecorded({ caveats })) return { verdict: 'not recorded', strong: false, words: 'not recorded' };
  if (value === null || low === null || high === null || other === null || (rows ?? 0) < CASE_MINIMUM) {
    return { verdict: 'too few to say', strong: false, words: 'too few to say' };
  }
  if (cell.immature && !comparator.immature) {
    return { verdict: 'too early to say', strong: false, words: 'too early to say' };
  }
  const below = Math.hypot(value - low, (comparator.high ?? other) - other);
  const above = Math.hypot(high - value, other - (comparator.low ?? other));
  const difference = value - other;
  const clears = (stretch: number) =>
    difference > stretch * below ? 'higher' : -difference > stretch * above ? 'lower' : 'no different';
  const direction = clears(1);
  const against = `${label}, ${amount(other, unit)}`;
  if (direction === 'no different') return { verdict: direction, strong: false, words: `${direction} from ${against}` };
  const verdict = betterIs === 'neither' ? direction : direction === betterIs ? 'better' : 'worse';
  return { verdict, strong: clears(3.09 / 1.96) !== 'no different', words: `${verdict} than ${against}` };
}

/** Chance alone would seldom bring such a difference; whether it is good is another question. */
export const isBeyondChance = ({ verdict }: Comparison): boolean => /^(better|worse|higher|lower)$/.test(verdict);
