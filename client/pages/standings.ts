import { useQueries } from '@tanstack/react-query';
import type { ServedMetric } from '#contract/metric';
import type { MetricResult } from '#contract/result';
import { metricQuery } from '../api/metrics.ts';
import { comparatorOf, monthsOf } from '../state/scope.ts';
import { useCatalogue, useScope } from '../state/use-scope.ts';
import { type Comparison, compare } from '../statistics/compare.ts';
import { comparatorFrom } from './use-metric.ts';

/** A metric in its period, what it is held against, and the verdict. */
export interface Standing {
  readonly now: MetricResult;
  readonly before: MetricResult;
  readonly comparison: Comparison;
}

/** Where each metric stands; null until all are in. */
export function useStandings(metrics: readonly ServedMetric[]) {
  const scope = useScope();
  const catalogue = useCatalogue();
  const { mode, where } = scope;
  const period = (metric: ServedMetric) => monthsOf(metric, scope, catalogue);
  const now = useQueries({
    queries: metrics.map((metric) => metricQuery({ id: metric.id, ...period(metric), where, mode })),
  });
  const before = useQueries({
    queries: metrics.map((metric) => metricQuery({ id: metric.id, ...comparatorOf(period(metric), scope), mode })),
  });
  const standings = now.flatMap(({ data }, at): Standing[] => {
    const other = before[at]?.data;
    if (!data || !other) return [];
    return [
      { now: data, before: other, comparison: compare(data.total, comparatorFrom(other.total, scope), data.metric) },
    ];
  });
  return { standings: standings.length === metrics.length ? standings : null, queries: [...now, ...before] };
}

/** The scope leaves none of the metrics a single row. */
export const useNobody = (metrics: readonly ServedMetric[]): boolean =>
  useStandings(metrics).standings?.every(({ now }) => now.total.rows === 0) ?? false;

/** The metric of all spending, which is the only one in dollars. */
export const isCost = ({ unit }: ServedMetric): boolean => unit === 'dollars per member per month';
