import { useQuery } from '@tanstack/react-query';
import type { ServedMetric } from '#contract/metric';
import { trendMonths } from '#contract/months';
import type { Cell } from '#contract/result';
import { type MetricAsked, metricQuery } from '../api/metrics.ts';
import { comparatorOf, type Months, monthsOf, type Scope } from '../state/scope.ts';
import { useCatalogue, useScope } from '../state/use-scope.ts';
import type { Comparator } from '../statistics/compare.ts';

/** The question that the page's scope puts to a metric. */
export function useAsked(metric: ServedMetric, by: readonly string[] = [], months?: Months): MetricAsked {
  const scope = useScope();
  const { from, to } = monthsOf(metric, scope, useCatalogue());
  return { id: metric.id, by, from, to, ...months, where: scope.where, mode: scope.mode };
}

export const useMetric = (metric: ServedMetric, by?: readonly string[], months?: Months) =>
  useQuery(metricQuery(useAsked(metric, by, months)));

/** What the scope holds a metric against: the same cut of the year before, or of the whole ACO. */
export function useCompared(metric: ServedMetric, by: readonly string[] = []) {
  const scope = useScope();
  const against = comparatorOf(monthsOf(metric, scope, useCatalogue()), scope);
  return useQuery(metricQuery({ id: metric.id, by, ...against, mode: scope.mode }));
}

export const comparatorFrom = ({ value, low, high, immature }: Cell, { compare }: Scope): Comparator => ({
  label: compare,
  value,
  low,
  high,
  immature,
});

/** The months of a chart by month. */
export const useTrendMonths = (): Months => trendMonths(useScope().months.to, useCatalogue());
