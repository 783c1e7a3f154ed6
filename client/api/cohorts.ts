import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import {
  Attrition,
  CohortComparison,
  CohortVersions,
  type CompareQuery,
  Evaluated,
  ruleOf,
  Vocabulary,
} from '#contract/cohort';
import { Cohorts } from '#contract/dimension';
import type { Mode } from '#contract/result';
import { call } from './call.ts';

export const cohortsQuery = (mode: Mode) =>
  queryOptions({
    queryKey: ['cohorts', mode],
    queryFn: ({ signal }) => call('GET /api/cohorts', Cohorts, { query: { mode }, signal }),
  });

export const vocabularyQuery = (mode: Mode) =>
  queryOptions({
    queryKey: ['cohort vocabulary', mode],
    queryFn: ({ signal }) => call('GET /api/cohorts/vocabulary', Vocabulary, { query: { mode }, signal }),
    staleTime: 300_000,
  });

export const attritionQuery = (id: string, mode: Mode) =>
  queryOptions({
    queryKey: ['cohorts', 'attrition', id, mode],
    queryFn: ({ signal }) =>
      call('GET /api/cohorts/:id/attrition', Attrition, { params: { id }, query: { mode }, signal }),
  });

/** The rules of a text applied to everybody. A text that cannot be read fails without a request. */
export const previewQuery = (text: string, mode: Mode) =>
  queryOptions({
    queryKey: ['cohort preview', text, mode],
    queryFn: ({ signal }) =>
      call('POST /api/cohorts/preview', Evaluated, {
        query: { mode },
        body: { rules: ruleOf(text) },
        signal,
      }),
    placeholderData: keepPreviousData,
    retry: false,
  });

export const versionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['cohorts', 'versions', id],
    queryFn: ({ signal }) => call('GET /api/cohorts/:id/versions', CohortVersions, { params: { id }, signal }),
  });

export const compareQuery = ({ a, b }: CompareQuery, mode: Mode) =>
  queryOptions({
    queryKey: ['cohorts', 'compare', a, b, mode],
    queryFn: ({ signal }) => call('GET /api/cohorts/compare', CohortComparison, { query: { a, b, mode }, signal }),
    placeholderData: keepPreviousData,
  });
