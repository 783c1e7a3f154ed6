import { type UseQueryResult, useQueries } from '@tanstack/react-query';
import type { MetricResult } from '#contract/result';
import type { metricQuery } from './metrics.ts';

/**
 * The answers to many questions, in their order: null until all are in. However many they are, a component renders
 * again only when all are in or one has failed.
 */
export const useAnswers = (queries: readonly ReturnType<typeof metricQuery>[]) => useQueries({ queries, combine });

const combine = (results: UseQueryResult<MetricResult>[]) => ({
  answers: results.every(({ data }) => data) ? results.flatMap(({ data }) => data ?? []) : null,
  failed: results.filter(({ error }) => error),
});
