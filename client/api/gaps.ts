import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import {
  type GapClosureDraft,
  GapClosures,
  GapGroups,
  type GapGroupsQuery,
  Gaps,
  type GapsQuery,
  type GapWithdrawal,
} from '#contract/gap';
import { call } from './call.ts';

export const gapsQuery = (asked: GapsQuery) =>
  queryOptions({
    queryKey: ['gaps', asked],
    queryFn: ({ signal }) => call('GET /api/gaps', Gaps, { query: asked, signal }),
    placeholderData: keepPreviousData,
  });

export const gapGroupsQuery = (asked: GapGroupsQuery) =>
  queryOptions({
    queryKey: ['gaps', 'groups', asked],
    queryFn: async ({ signal }) => (await call('GET /api/gaps/groups', GapGroups, { query: asked, signal })).groups,
    placeholderData: keepPreviousData,
  });

export const closuresQuery = (personId: string) =>
  queryOptions({
    queryKey: ['gaps', 'closures', personId],
    queryFn: async ({ signal }) =>
      (await call('GET /api/patients/:key/gap-closures', GapClosures, { params: { key: personId }, signal })).closures,
  });

export const enterClosure = (personId: string, body: GapClosureDraft) =>
  call('POST /api/patients/:key/gap-closures', GapClosures, { params: { key: personId }, body });

export const withdrawClosure = (personId: string, id: string, body: GapWithdrawal) =>
  call('POST /api/patients/:key/gap-closures/:id/withdrawal', GapClosures, { params: { key: personId, id }, body });
