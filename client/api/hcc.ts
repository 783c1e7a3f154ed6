import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { HccGapCounts, type HccGapCountsQuery, HccGapPersons, type HccGapPersonsQuery, PersonHcc } from '#contract/hcc';
import { call } from './call.ts';

export const personHccQuery = (personId: string) =>
  queryOptions({
    queryKey: ['risk adjustment', personId],
    queryFn: ({ signal }) =>
      call('GET /api/patients/:key/risk-adjustment', PersonHcc, { params: { key: personId }, signal }),
  });

export const hccGapCountsQuery = (asked: HccGapCountsQuery) =>
  queryOptions({
    queryKey: ['hcc gaps', asked],
    queryFn: ({ signal }) => call('GET /api/hcc-gaps', HccGapCounts, { query: asked, signal }),
    placeholderData: keepPreviousData,
  });

export const hccGapPersonsQuery = (asked: HccGapPersonsQuery) =>
  queryOptions({
    queryKey: ['hcc gaps', 'persons', asked],
    queryFn: ({ signal }) => call('GET /api/hcc-gaps/persons', HccGapPersons, { query: asked, signal }),
    placeholderData: keepPreviousData,
  });
