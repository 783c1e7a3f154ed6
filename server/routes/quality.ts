import { z } from 'zod';
import { Quality } from '#contract/run';
import { refusedToShare, withoutViolations } from '../disclosure/records.ts';
import { NO_QUERY, type Route, route } from '../http/route.ts';
import { readChecks, readQuarantine } from '../store/run.ts';

export const qualityRoutes = (): Route[] => [
  route({
    method: 'get',
    path: '/api/quality',
    policy: 'signed in',
    summary: 'Every check of the run, and what was refused by which rule',
    query: NO_QUERY,
    body: z.unknown(),
    reply: Quality,
    async handle(_, { snapshot: { queries }, mode }) {
      const [checks, quarantine] = await Promise.all([readChecks(queries), readQuarantine(queries)]);
      if (mode === 'identified') return { checks, quarantine };
      return { checks: checks.map(withoutViolations), quarantine: refusedToShare(quarantine) };
    },
  }),
];
