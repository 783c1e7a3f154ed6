import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { type ConflictReason, Conflicts, type ConflictsQuery, Identity, Reviews } from '#contract/identity';
import type { Mode } from '#contract/result';
import { ask, download } from './request.ts';

export const identityQuery = (mode: Mode) =>
  queryOptions({
    queryKey: ['identity', mode],
    queryFn: ({ signal }) => ask(Identity, '/api/identity', { query: { mode }, signal }),
  });

export const reviewsQuery = () =>
  queryOptions({
    queryKey: ['reviews'],
    queryFn: ({ signal }) => ask(Reviews, '/api/identity/reviews', { signal }),
  });

export const conflictsQuery = (asked: ConflictsQuery) =>
  queryOptions({
    queryKey: ['conflicts', asked],
    queryFn: ({ signal }) => ask(Conflicts, '/api/identity/conflicts', { query: asked, signal }),
    placeholderData: keepPreviousData,
  });

export const downloadDecision = (review: string) =>
  download(`/api/export/reviews/${encodeURIComponent(review)}`, `same-person-${review}.csv`);

export const downloadConflicts = (reason: ConflictReason) =>
  download('/api/identity/conflicts', 'coverage-conflicts.csv', { query: { reason } });
