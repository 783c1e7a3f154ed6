import type { ServedMetric } from '#contract/metric';
import type { MetricResult } from '#contract/result';
import { metricQuery } from '../api/metrics.ts';
import { useAnswers } from '../api/use-answers.ts';
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
  const { answers, failed } = useAnswers(
    metrics.flatMap((metric) => {
      const period = monthsOf(metric, scope, catalogue);
      return [
        metricQuery({ id: metric.id, ...period, where, mode }),
        metricQuery({ id: metric.id, ...comparatorOf(period, scope), mode }),
      ];
    }),
  );
  const standings = answers?.flatMap((now, at): Standing[] => {
    const before = at % 2 === 0 ? answers[at + 1] : undefined;
    if (!before) return [];
    return [{ now, before, comparison: compare(now.total, comparatorFrom(before.total, scope), now.metric) }];
  });
  return { standings: standings ?? null, queries: failed };
}

/** The scope leaves none of the metrics a single row. */
export const useNobody = (metrics: readonly ServedMetric[]): boolean =>
  useStandings(metrics).standings?.every(({ now }) => now.total.rows === 0) ?? false;

/** Somebody is there, and every total is too small to be shared. */
export const useHidden = (metrics: readonly ServedMetric[]): boolean =>
  useStandings(metrics).standings?.every(({ now }) => now.total.suppressed) ?? false;

/** The metric of all spending, of which the others in dollars are parts or other readings. */
export const isCost = ({ id }: ServedMetric): boolean => id === 'total-cost-per-member-per-month';
