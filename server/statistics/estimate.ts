import { lawOf, type ServedMetric } from '#contract/metric';
import type { Sums } from '../store/sums.ts';
import { byar, clusteredRate, clusteredRatio, type Interval, wilson } from './interval.ts';

type Measured = Pick<ServedMetric, 'unit' | 'scale' | 'isPart'>;

/** Whether the metric's interval is drawn from sums over persons: one person brings several events, days or dollars. */
export const isClustered = (metric: Measured): boolean => lawOf(metric) !== 'binomial';

/** A group's numbers with its value in the metric's unit and its 95 % interval, and the limits of observed to
 * expected where something was expected; no value where the denominator is 0. */
export function estimate(metric: Measured, sums: Sums) {
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

function intervalOf(metric: Measured, sums: Sums): Interval | null {
  const { numerator, denominator, persons, numerator_squares, cross, denominator_squares } = sums;
  if (lawOf(metric) === 'binomial') return wilson(numerator, denominator);
  if (persons === null || numerator_squares === null || cross === null || denominator_squares === null)
    throw new Error('an interval by person needs sums over persons');
  const clustered = {
    clusters: persons,
    numerator,
    denominator,
    squares: { numerator: numerator_squares, cross, denominator: denominator_squares },
  };
  return lawOf(metric) === 'poisson' ? clusteredRate(clustered) : clusteredRatio(clustered);
}
