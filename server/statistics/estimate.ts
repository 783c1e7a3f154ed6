import type { ServedMetric } from '#contract/metric';
import type { Sums } from '../store/metric.ts';
import { byar, clusteredRatio, type Interval, wilson } from './interval.ts';

/** Whether the metric's interval is drawn from sums over persons. */
export const isClustered = ({ unit }: Pick<ServedMetric, 'unit'>): boolean => unit === 'dollars per member per month';

/** A group's numbers with its value in the metric's unit and its 95 % interval, and the limits of observed to
 * expected where something was expected; no value where the denominator is 0. */
export function estimate(metric: Pick<ServedMetric, 'unit' | 'scale'>, sums: Sums) {
  const { numerator, denominator, expected, rows } = sums;
  const interval = denominator > 0 ? intervalOf(metric, sums) : null;
  const ratio = expected !== null && expected > 0 ? byar(numerator) : null;
  return {
    numerator,
    denominator,
    rows,
    value: denominator > 0 ? (metric.scale * numerator) / denominator : null,
    low: interval && steady(metric.scale * interval.low),
    high: interval && steady(metric.scale * interval.high),
    expected,
    ratioLow: ratio && steady(ratio.low / Number(expected)),
    ratioHigh: ratio && steady(ratio.high / Number(expected)),
  };
}

/** Without the last digits, which depend on the order in which squares were added. */
const steady = (value: number): number => Number(value.toPrecision(12));

function intervalOf({ unit }: Pick<ServedMetric, 'unit'>, sums: Sums): Interval | null {
  const { numerator, denominator, persons, numerator_squares, cross, denominator_squares } = sums;
  switch (unit) {
    case 'percent':
      return wilson(numerator, denominator);
    case 'per 1,000 members per year': {
      const { low, high } = byar(numerator);
      return { low: low / denominator, high: high / denominator };
    }
    case 'dollars per member per month':
      return clusteredRatio({
        clusters: persons ?? 0,
        numerator,
        denominator,
        squares: { numerator: numerator_squares ?? 0, cross: cross ?? 0, denominator: denominator_squares ?? 0 },
      });
  }
}
