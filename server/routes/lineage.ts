import { z } from 'zod';
import { Lineage } from '#contract/run';
import { withoutRows } from '../disclosure/records.ts';
import { NO_QUERY, type Route, route } from '../http/route.ts';
import { readLineage } from '../store/lineage.ts';

export const lineageRoutes = (): Route[] => [
  route({
    method: 'get',
    path: '/api/lineage',
    policy: 'signed in',
    summary: 'Every file, table and metric, with what it reads',
    query: NO_QUERY,
    body: z.unknown(),
    reply: Lineage,
    async handle(_, { snapshot: { queries }, mode }) {
      const nodes = (await readLineage(queries)).map(({ sql: _, ...node }) => node);
      return {
        nodes: mode === 'identified' ? nodes : nodes.map(withoutRows),
      };
    },
  }),
];
