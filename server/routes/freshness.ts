import { z } from 'zod';
import { Completion, Freshness } from '#contract/run';
import { feedsToShare } from '../disclosure/records.ts';
import { NO_QUERY, type Route, route } from '../http/route.ts';
import { readCompletion, readFeeds } from '../store/run.ts';

export const freshnessRoutes = (): Route[] => [
  route({
    method: 'get',
    path: '/api/freshness',
    policy: 'signed in',
    summary: 'How far the dates of each source reach',
    query: NO_QUERY,
    body: z.unknown(),
    reply: Freshness,
    async handle(_, { snapshot: { catalogue, queries }, mode }) {
      const feeds = await readFeeds(queries);
      return { dataThrough: catalogue.dataThrough, feeds: mode === 'shareable' ? feedsToShare(feeds) : feeds };
    },
  }),
  route({
    method: 'get',
    path: '/api/completion',
    policy: 'signed in',
    summary: 'How much of the care of each month has been paid, as earlier months tell',
    query: NO_QUERY,
    body: z.unknown(),
    reply: Completion,
    handle: async (_, { snapshot: { queries } }) => ({ months: await readCompletion(queries) }),
  }),
];
