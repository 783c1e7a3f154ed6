import { queryOptions } from '@tanstack/react-query';
import { Catalogue } from '#contract/catalogue';
import { call } from './call.ts';

/** Asked again now and then, so that an open page notices a newer snapshot. */
export const catalogueQuery = () =>
  queryOptions({
    queryKey: ['catalogue'],
    queryFn: ({ signal }) => call('GET /api/catalogue', Catalogue, { signal }),
    staleTime: 60_000,
    refetchInterval: 300_000,
  });
