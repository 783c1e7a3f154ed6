import { isInDollars, type Metric } from '#contract/metric';
import type { Explain } from '#contract/result';
import { cellsToHide, isSmall } from '../disclosure/suppress.ts';
import type { Exclusion } from '../store/metric.ts';

/**
 * Every row, then what each exclusion removes and how many remain; the last to remain are the rows that count. To be
 * shared, small exclusions are hidden with as many others as it takes, and so is every count that would tell them apart.
 */
export function waterfallOf(
  metric: Pick<Metric, 'grain' | 'unit'>,
  exclusions: readonly Exclusion[],
  shareable: boolean,
  countedIsHidden: boolean,
): Explain['waterfall'] {
  const removed = exclusions.filter((exclusion) => exclusion.reason !== null);
  const counted = exclusions.find(({ reason }) => reason === null)?.rows ?? 0;
  const hidden = shareable
    ? cellsToHide(
        removed.map(({ reason, rows, persons, contributors }) => ({
          group: '',
          place: [reason ?? ''],
          counts: [rows],
          behind: isInDollars(metric) ? [persons, contributors] : [persons],
        })),
      )
    : removed.map(() => false);
  const sumOf = (steps: readonly Exclusion[]) => steps.reduce((sum, { rows }) => sum + rows, 0);
  const unknown = removed.filter((_, at) => hidden[at]);
  const unknownIsSafe = unknown.length > 1 && !isSmall(sumOf(unknown));
  // The counted rows are known elsewhere, so what remains tells the sum of the hidden exclusions still to come.
  const remains = (from: number): number | null => {
    const coming = removed.slice(from).filter((_, at) => hidden[from + at]).length;
    const tells = coming > 0 && !(coming === unknown.length && unknownIsSafe);
    return countedIsHidden || tells ? null : counted + sumOf(removed.slice(from));
  };
  return [
    { reason: `every ${metric.grain}`, rows: remains(0), remains: remains(0), dollars: null },
    ...removed.map(({ reason, rows, numerator }, at) => ({
      reason: reason ?? '',
      rows: hidden[at] ? null : rows,
      remains: remains(at + 1),
      dollars: hidden[at] || !isInDollars(metric) ? null : numerator,
    })),
  ];
}
