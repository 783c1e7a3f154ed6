import { queryOptions } from '@tanstack/react-query';
import { Catalogue } from '#contract/catalogue';
import { ask } from './request.ts';

/** Asked again now and then, so that an open page notices a newer snapshot. */
export const catalogueQuery = () =>
  queryOptions({
    queryKey: ['catalogue'],
    queryFn: ({ signal }) => ask(Catalogue, '/api/catalogue', { signal }),
    staleTime: 60_000,
    refetchInterval: 300_000,
  });
