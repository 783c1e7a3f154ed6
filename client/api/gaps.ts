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
import { ask, download } from './request.ts';

export const gapsQuery = (asked: GapsQuery) =>
  queryOptions({
    queryKey: ['gaps', asked],
    queryFn: ({ signal }) => ask(Gaps, '/api/gaps', { query: asked, signal }),
    placeholderData: keepPreviousData,
  });

export const gapGroupsQuery = (asked: GapGroupsQuery) =>
  queryOptions({
    queryKey: ['gaps', 'groups', asked],
    queryFn: async ({ signal }) => (await ask(GapGroups, '/api/gaps/groups', { query: asked, signal })).groups,
    placeholderData: keepPreviousData,
  });

/** Every gap of the list, whatever page is shown. */
export const downloadGaps = ({ limit: _, offset: __, ...query }: GapsQuery) =>
  download('/api/gaps', 'open-gaps.csv', { query });

const closuresPath = (personId: string) => `/api/patients/${encodeURIComponent(personId)}/gap-closures`;

export const closuresQuery = (personId: string) =>
  queryOptions({
    queryKey: ['gaps', 'closures', personId],
    queryFn: async ({ signal }) => (await ask(GapClosures, closuresPath(personId), { signal })).closures,
  });

export const enterClosure = (personId: string, body: GapClosureDraft) =>
  ask(GapClosures, closuresPath(personId), { method: 'POST', body });

export const withdrawClosure = (personId: string, id: string, body: GapWithdrawal) =>
  ask(GapClosures, `${closuresPath(personId)}/${encodeURIComponent(id)}/withdrawal`, { method: 'POST', body });
