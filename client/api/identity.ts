import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { Conflicts, type ConflictsQuery, Identity, Reviews } from '#contract/identity';
import type { Mode } from '#contract/result';
import { call } from './call.ts';
import { download } from './request.ts';

export const identityQuery = (mode: Mode) =>
  queryOptions({
    queryKey: ['identity', mode],
    queryFn: ({ signal }) => call('GET /api/identity', Identity, { query: { mode }, signal }),
  });

export const reviewsQuery = () =>
  queryOptions({
    queryKey: ['reviews'],
    queryFn: ({ signal }) => call('GET /api/identity/reviews', Reviews, { signal }),
  });

export const conflictsQuery = (asked: ConflictsQuery) =>
  queryOptions({
    queryKey: ['conflicts', asked],
    queryFn: ({ signal }) => call('GET /api/identity/conflicts', Conflicts, { query: asked, signal }),
    placeholderData: keepPreviousData,
  });

export const downloadDecision = (review: string) =>
  download(`/api/export/reviews/${encodeURIComponent(review)}`, `same-person-${review}.csv`);
