import { z } from 'zod';
import { Health } from '#contract/run';
import { NO_QUERY, type Route, route } from '../http/route.ts';
import type { Snapshots } from '../store/snapshot.ts';
import { sql } from '../store/sql.ts';

const Named = Health.pick({ snapshot: true });

export const healthRoutes = (snapshots: Snapshots): Route[] => [
  route({
    method: 'get',
    path: '/api/health',
    policy: 'open',
    summary: 'Whether the server and its database answer, and from which snapshot',
    query: NO_QUERY,
    body: z.unknown(),
    reply: Health,
    async handle(_, context): Promise<Health> {
      if (!snapshots.current) return { status: 'ok', snapshot: null };
      return {
        status: 'ok',
        ...(await context.snapshot.queries.row(sql`select snapshot from catalogue.snapshot`, Named)),
      };
    },
  }),
];
