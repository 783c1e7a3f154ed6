import { lawOf } from '#contract/metric';
import type { Cell } from '#contract/result';
import type { MetricWords } from '../format/number.ts';
import { CASE_MINIMUM } from './compare.ts';

/** Customary least reliability at which single units may be told apart (Adams, RAND TR-653, 2009, chapter 2). */
export const ENOUGH = 0.7;

/** Of fewer units nobody can tell how far they differ. */
const FEWEST = 3;

export type Reliability = {
  /** Variance of the units' true values, in the value's unit squared; 0 where chance explains all. */
  between: number;
  /** Variance that chance gives the value of one unit of the denominator. */
  within: number;
  /** Of the differences between units of size `n`, the share that is signal and not noise: 0 to 1. */
  at(n: number): number;
  /** The size from which it is ENOUGH; null where no size will do. */
  enoughFrom: number | null;
};

/**
 * Signal / (signal + noise): between / (between + within / n). Both variances come of the analysis of variance with one
 * random factor, units of unequal size (Searle, Casella and McCulloch, Variance Components, 1992, section 3.6; for
 * percentages Ridout and others, Biometrics 1999;55:137): the spread between units, each weighing as its size, less what
 * chance alone would bring. Chance of a percentage is p (1 - p) within each unit; of events and amounts it is what the
 * intervals say, which count by person. Null where nobody can tell the two apart: of fewer than three units, and of
 * units so small that most of what they count is one by one.
 */
export function reliabilityOf(
  cells: readonly Cell[],
  metric: Pick<MetricWords, 'unit' | 'scale' | 'isPart'>,
): Reliability | null {
  const units = cells.flatMap(({ denominator: n, value, low, high }) =>
    !n || value === null || low === null || high === null ? [] : [{ n, value, error: (high - low) / (2 * 1.96) }],
  );
  const all = sum(units.map(({ n }) => n));
  if (units.length < FEWEST || all - units.length < Math.max(units.length, CASE_MINIMUM)) return null;
  const mean = sum(units.map(({ n, value }) => n * value)) / all;
  const within =
    lawOf(metric) === 'binomial'
      ? sum(units.map(({ n, value }) => n * value * (metric.scale - value))) / (all - units.length)
      : sum(units.map(({ n, error }) => n ** 2 * error ** 2)) / all;
  const spread = sum(units.map(({ n, value }) => n * (value - mean) ** 2));
  const weight = all - sum(units.map(({ n }) => n ** 2)) / all;
  const between = Math.max(0, (spread - (units.length - 1) * within) / weight);
  return {
    between,
    within,
    at: (n) => (between === 0 ? 0 : between / (between + within / n)),
    enoughFrom: between === 0 ? null : Math.ceil(((within / between) * ENOUGH) / (1 - ENOUGH)),
  };
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

export type Telling = 'enough to tell apart' | 'too few to say' | 'no difference beyond chance';

/** The badge's words for a unit of size `n`; one under the case minimum is never judged. */
export function tellingOf(reliability: Reliability | null, n: number | null): Telling {
  if (reliability === null || n === null || n < CASE_MINIMUM) return 'too few to say';
  if (reliability.between === 0) return 'no difference beyond chance';
  return reliability.at(n) >= ENOUGH ? 'enough to tell apart' : 'too few to say';
}
