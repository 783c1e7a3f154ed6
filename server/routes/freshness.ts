import { z } from 'zod';
import { Completion, FeedFiles, FeedFilesQuery, FeedMonths, Freshness } from '#contract/run';
import { feedMonthsToShare, feedsToShare } from '../disclosure/records.ts';
import { NO_QUERY, type Route, route } from '../http/route.ts';
import { readCompletion, readFeedFiles, readFeedMonths, readFeeds } from '../store/run.ts';

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
    path: '/api/freshness/months',
    policy: 'signed in',
    summary: 'Records of each source and kind by month of service',
    query: NO_QUERY,
    body: z.unknown(),
    reply: FeedMonths,
    async handle(_, { snapshot: { queries }, mode }) {
      const [feeds, all] = await Promise.all([readFeedMonths(queries), readFeeds(queries)]);
      return mode === 'shareable' ? feedMonthsToShare(feeds, all) : { feeds, leftOut: 0 };
    },
  }),
  route({
    method: 'get',
    path: '/api/freshness/files',
    policy: 'identified',
    summary: 'The files of one source and kind, and how many records each brings of a month of service',
    query: FeedFilesQuery,
    body: z.unknown(),
    reply: FeedFiles,
    handle: async ({ query }, { snapshot: { queries } }) => ({ files: await readFeedFiles(queries, query) }),
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
