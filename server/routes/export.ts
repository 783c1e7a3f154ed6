import { z } from 'zod';
import { MetricQuery } from '#contract/result';
import { type Route, route } from '../http/route.ts';
import { metric, RowsAsked, rows } from './metrics.ts';

/** The same questions as /api/metrics, answered as files. */
export const exportRoutes = (): Route[] => [
  route({
    method: 'get',
    path: '/api/export/metrics/:id',
    policy: 'signed in',
    summary: 'A metric in groups, as CSV or Arrow',
    formats: ['csv', 'arrow'],
    query: MetricQuery,
    body: z.unknown(),
    reply: z.unknown(),
    handle: ({ params, query }, context) => metric(context, params.id ?? '', query, asFile(context.format)),
  }),
  route({
    method: 'get',
    path: '/api/export/metrics/:id/rows',
    policy: 'identified',
    summary: 'All rows behind one number, as CSV or Arrow',
    formats: ['csv', 'arrow'],
    query: RowsAsked,
    body: z.unknown(),
    reply: z.unknown(),
    handle: ({ params, query }, context) => rows(context, params.id ?? '', query, asFile(context.format)),
  }),
];

const asFile = (format: string) => (format === 'arrow' ? 'arrow' : 'csv');
