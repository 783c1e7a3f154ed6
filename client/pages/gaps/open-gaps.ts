import type { ServedMetric } from '#contract/metric';
import type { Cell } from '#contract/result';

/** People whose gap is open: those who miss the numerator, or who are in it where being in it is bad. Null: suppressed. */
export function openGaps(
  { betterIs }: Pick<ServedMetric, 'betterIs'>,
  { numerator, denominator }: Cell,
): number | null {
  if (numerator === null || denominator === null) return null;
  return betterIs === 'lower' ? numerator : denominator - numerator;
}
