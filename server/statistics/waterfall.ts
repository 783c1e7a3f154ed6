import { isInDollars, type Metric } from '#contract/metric';
import type { Explain } from '#contract/result';
import type { HiddenReasons } from '../disclosure/shareable.ts';
import type { Exclusion } from '../store/metric.ts';

/** What of a question's rows may not be told: of those that count, and of those that are left out. */
export interface HiddenRows {
  readonly counted: boolean;
  readonly reasons: HiddenReasons;
}

/**
 * Every row, then what each exclusion removes and how many remain; the last to remain are the rows that count. Hidden are
 * the exclusions that may not be told, and what remains where it would tell some of them. To be shared no dollars are
 * told: how many people have them is not known to be enough.
 */
export function waterfallOf(
  metric: Pick<Metric, 'grain' | 'unit'>,
  exclusions: readonly Exclusion[],
  shareable: boolean,
  hidden: HiddenRows,
): Explain['waterfall'] {
  const counted = exclusions.find(({ reason }) => reason === null)?.rows ?? 0;
  const isHidden = ({ reason }: Exclusion) => hidden.reasons.of(reason ?? '');
  const left = exclusions.filter(({ reason }) => reason !== null);
  // Their order tells how many they are, so hidden ones come last in the order of their words.
  const removed = [
    ...left.filter((one) => !isHidden(one)),
    ...left.filter(isHidden).sort((a, b) => ((a.reason ?? '') < (b.reason ?? '') ? -1 : 1)),
  ];
  const remains = (from: number): number | null => {
    const coming = removed.slice(from);
    const told = !coming.some(isHidden) || (!hidden.reasons.sum && !removed.slice(0, from).some(isHidden));
    return hidden.counted || !told ? null : counted + coming.reduce((sum, { rows }) => sum + rows, 0);
  };
  return [
    { reason: `every ${metric.grain}`, rows: remains(0), remains: remains(0), dollars: null },
    ...removed.map((exclusion, at) => ({
      reason: exclusion.reason ?? '',
      rows: isHidden(exclusion) ? null : exclusion.rows,
      remains: remains(at + 1),
      dollars: shareable || !isInDollars(metric) ? null : exclusion.numerator,
    })),
  ];
}
