import { z } from 'zod';
import { Accounting } from '#contract/run';
import { accountToShare } from '../disclosure/records.ts';
import { NO_QUERY, type Route, route } from '../http/route.ts';
import { readReconciliation, readSourceFiles } from '../store/run.ts';

export const reconciliationRoutes = (): Route[] => [
  route({
    method: 'get',
    path: '/api/reconciliation',
    policy: 'signed in',
    summary: 'The account of every record: by input file, then by stage',
    query: NO_QUERY,
    body: z.unknown(),
    reply: Accounting,
    async handle(_, { snapshot: { queries }, mode }) {
      const [files, stages] = await Promise.all([readSourceFiles(queries), readReconciliation(queries)]);
      return mode === 'shareable' ? accountToShare({ files, stages }) : { files, stages, leftOut: 0 };
    },
  }),
];
