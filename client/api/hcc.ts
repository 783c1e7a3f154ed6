import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { HccGapCounts, type HccGapCountsQuery, HccGapPersons, type HccGapPersonsQuery, PersonHcc } from '#contract/hcc';
import { ask, download } from './request.ts';

export const personHccQuery = (personId: string) =>
  queryOptions({
    queryKey: ['risk adjustment', personId],
    queryFn: ({ signal }) =>
      ask(PersonHcc, `/api/patients/${encodeURIComponent(personId)}/risk-adjustment`, { signal }),
  });

export const hccGapCountsQuery = (asked: HccGapCountsQuery) =>
  queryOptions({
    queryKey: ['hcc gaps', asked],
    queryFn: ({ signal }) => ask(HccGapCounts, '/api/hcc-gaps', { query: asked, signal }),
    placeholderData: keepPreviousData,
  });

export const hccGapPersonsQuery = (asked: HccGapPersonsQuery) =>
  queryOptions({
    queryKey: ['hcc gaps', 'persons', asked],
    queryFn: ({ signal }) => ask(HccGapPersons, '/api/hcc-gaps/persons', { query: asked, signal }),
    placeholderData: keepPreviousData,
  });

/** Every gap of the list, whatever page is shown. */
export const downloadHccGaps = ({ limit: _, offset: __, ...query }: HccGapPersonsQuery) =>
  download('/api/hcc-gaps/persons', 'risk-adjustment-gaps.csv', { query });
