import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import type { Annotation, Annotations } from '#contract/annotation';
import { parseFilter } from '#contract/filter';
import type { ServedMetric } from '#contract/metric';
import { annotationsQuery } from '../api/annotations.ts';
import type { Limits, RuleSet } from '../statistics/spc.ts';
import { useScope } from './use-scope.ts';

type About = Pick<Annotation, 'metric' | 'practice'>;

/** Whether an annotation speaks of a metric's chart: one of a practice does where the page shows that practice alone. */
export function touches({ metric, practice }: About, { id }: Pick<ServedMetric, 'id'>, where: string): boolean {
  if (metric !== null && metric !== id) return false;
  const { practice: shown = [] } = parseFilter(where);
  return practice === null || (shown.length === 1 && shown[0] === practice);
}

/** Those that stand and those of the log that touch a metric's charts on this page. */
export function useEvents(metric: Pick<ServedMetric, 'id'>) {
  const { where } = useScope();
  const select = useCallback(
    ({ annotations, log }: Annotations): Annotations => ({
      annotations: annotations.filter((one) => touches(one, metric, where)),
      log: log.filter((one) => touches(one, metric, where)),
    }),
    [metric, where],
  );
  return useQuery({ ...annotationsQuery(), select });
}

/** How control charts judge on this page: its rules, its limits, and the phases of a metric; stable. */
export function useJudging(events: readonly Annotation[] | undefined) {
  const search: { rules?: RuleSet | undefined; limits?: Limits | undefined } = useSearch({ from: '/app' });
  const { rules = 'nhs', limits = 'auto' } = search;
  return useMemo(
    () => ({
      rules,
      limits,
      phases: (events ?? []).filter(({ startsPhase }) => startsPhase).map(({ date }) => date.slice(0, 7)),
    }),
    [events, rules, limits],
  );
}

/** As charts draw them. */
export const marksOf = (events: readonly Annotation[]) =>
  events.map(({ date, title, startsPhase }) => ({ date, label: title, startsPhase }));
