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
import { ask } from './request.ts';

const at = (id: string, part: string) => `/api/cohorts/${encodeURIComponent(id)}/${part}`;

export const cohortsQuery = (mode: Mode) =>
  queryOptions({
    queryKey: ['cohorts', mode],
    queryFn: ({ signal }) => ask(Cohorts, '/api/cohorts', { query: { mode }, signal }),
  });

export const vocabularyQuery = (mode: Mode) =>
  queryOptions({
    queryKey: ['cohort vocabulary', mode],
    queryFn: ({ signal }) => ask(Vocabulary, '/api/cohorts/vocabulary', { query: { mode }, signal }),
    staleTime: 300_000,
  });

export const attritionQuery = (id: string, mode: Mode) =>
  queryOptions({
    queryKey: ['cohorts', 'attrition', id, mode],
    queryFn: ({ signal }) => ask(Attrition, at(id, 'attrition'), { query: { mode }, signal }),
  });

/** The rules of a text applied to everybody. A text that cannot be read fails without a request. */
export const previewQuery = (text: string, mode: Mode) =>
  queryOptions({
    queryKey: ['cohort preview', text, mode],
    queryFn: ({ signal }) =>
      ask(Evaluated, '/api/cohorts/preview', {
        method: 'POST',
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
    queryFn: ({ signal }) => ask(CohortVersions, at(id, 'versions'), { signal }),
  });

export const compareQuery = ({ a, b }: CompareQuery, mode: Mode) =>
  queryOptions({
    queryKey: ['cohorts', 'compare', a, b, mode],
    queryFn: ({ signal }) => ask(CohortComparison, '/api/cohorts/compare', { query: { a, b, mode }, signal }),
    placeholderData: keepPreviousData,
  });
