import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { Providers, type ProvidersQuery } from '#contract/providers';
import { call } from './call.ts';

export const providersQuery = (asked: ProvidersQuery) =>
  queryOptions({
    queryKey: ['providers', asked],
    queryFn: ({ signal }) => call('GET /api/providers', Providers, { query: asked, signal }),
    placeholderData: keepPreviousData,
  });
