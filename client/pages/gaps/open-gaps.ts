import { isRecorded, type ServedMetric } from '#contract/metric';
import type { Cell } from '#contract/result';

/** People whose gap is open: those who miss the numerator, or who are in it where being in it is bad. Null: suppressed, or recorded by no source. */
export function openGaps(
  { betterIs, caveats }: Pick<ServedMetric, 'betterIs' | 'caveats'>,
  { numerator, denominator }: Cell,
): number | null {
  if (numerator === null || denominator === null || !isRecorded({ caveats })) return null;
  return betterIs === 'lower' ? numerator : denominator - numerator;
}
