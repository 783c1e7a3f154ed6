import { noun, plural } from '../../format/noun.ts';
import type { QualityScore } from '../../statistics/quality-score.ts';

const one = (value: number): string => value.toFixed(1);

/** "33.4 of 50 points" */
export function points({ contributions }: Pick<QualityScore, 'contributions'>): string {
  const scored = contributions.flatMap(({ scored, measure }) =>
    scored ? [{ ...scored, weight: measure.weight }] : [],
  );
  const sum = scored.reduce((sum, { points, weight }) => sum + points * weight, 0);
  const most = scored.reduce((sum, { weight }) => sum + 10 * weight, 0);
  return `${one(sum)} of ${plural(most, noun('point'))}`;
}

/** Whether the score reaches the standard, whatever brings what is not known here. While the year runs, so far. */
export function standardWords(
  { low, high, value }: Pick<QualityScore, 'low' | 'high' | 'value'>,
  standard: number | null,
  isRunning: boolean,
): string {
  if (standard === null) return 'CMS has not published the standard of this year';
  if (value === null) return `Nothing is scored here to hold against the standard of ${standard}`;
  const soFar = isRunning ? 'So far the' : 'The';
  if (low >= standard) return `${soFar} score reaches the standard of ${standard} even at worst`;
  if (high < standard) return `${soFar} score misses the standard of ${standard} even at best`;
  return `${soFar} standard of ${standard} lies within what the score could be`;
}
