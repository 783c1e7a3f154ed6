import { noun, plural } from '../../format/noun.ts';
import type { QualityScore } from '../../statistics/quality-score.ts';

const one = (value: number): string => value.toFixed(1);

/** "33.4 of 50 points" */
export function points({ contributions }: Pick<QualityScore, 'contributions'>): string {
  const scored = contributions.flatMap(({ scored, measure }) =>
    scored ? [{ ...scored, weight: measure.weight }] : [],
  );
  if (scored.length === 0) return 'No measure';
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

/** How the bar of a score is read. */
export const barWords = ({ value }: QualityScore, before: QualityScore | null): string =>
  [
    'Thick: every rate at one end of its interval, and the fewest or the most points for what is not known here.',
    value !== null && `Dot, ${Math.round(value)}: the measures that are scored here, alone.`,
    before?.value != null &&
      `Ring, ${Math.round(before.value)}: the same measures with the rates of the year before, by the rules of this year.`,
  ]
    .filter(Boolean)
    .join(' ');
