import { z } from 'zod';
import { Health } from '#contract/run';
import { NO_QUERY, type Route, route } from '../http/route.ts';
import type { Snapshots } from '../store/snapshot.ts';

export const healthRoutes = (snapshots: Snapshots): Route[] => [
  route({
    method: 'get',
    path: '/api/health',
    policy: 'open',
    summary: 'Whether the server answers, and from which snapshot',
    query: NO_QUERY,
    body: z.unknown(),
    reply: Health,
    handle: (): Health => ({ status: 'ok', snapshot: snapshots.current?.current.snapshot ?? null }),
  }),
];
