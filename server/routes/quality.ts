import { z } from 'zod';
import type { Check } from '#contract/result';
import { Quality, QualityHistory } from '#contract/run';
import { refusedToShare, withoutViolations } from '../disclosure/records.ts';
import { type Context, NO_QUERY, type Route, route } from '../http/route.ts';
import { askKept, keptSnapshots } from '../store/history.ts';
import { readChecks, readQuarantine } from '../store/run.ts';

/** Kept snapshots whose checks are told, the latest. */
const LATEST = 12;

export function qualityRoutes(home: string): Route[] {
  /** The checks of kept snapshots, which never change. */
  const kept = new Map<string, Promise<Check[]>>();

  async function history({ snapshot, mode }: Context): Promise<QualityHistory> {
    const found: { readonly snapshot: string; readonly publishedAt: string; readonly checks: readonly Check[] }[] = [];
    for (const one of (await keptSnapshots(home, snapshot.current)).slice(-LATEST)) {
      if (!kept.has(one.snapshot) && one !== snapshot.current)
        kept.set(
          one.snapshot,
          askKept(home, one, ({ queries }) => readChecks(queries)).catch(() => {
            kept.delete(one.snapshot);
            return [];
          }),
        );
      const checks = await (one === snapshot.current ? readChecks(snapshot.queries) : kept.get(one.snapshot));
      // None: another version wrote it.
      if (checks && checks.length > 0) found.push({ ...one, checks });
    }
    const failed = new Set(found.flatMap(({ checks }) => checks.filter(isBroken).map(({ check_id }) => check_id)));
    return {
      snapshots: found.map(({ snapshot, publishedAt, checks }) => ({
        snapshot,
        publishedAt,
        checks: checks
          .filter(({ check_id }) => failed.has(check_id))
          .map((check) => (mode === 'shareable' ? withoutViolations(check) : check))
          .map(({ check_id, status, violations, denominator }) => ({ check_id, status, violations, denominator })),
      })),
    };
  }

  return [
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
    route({
      method: 'get',
      path: '/api/quality/history',
      policy: 'signed in',
      summary: 'The checks that failed in a kept snapshot, in each of the kept snapshots',
      query: NO_QUERY,
      body: z.unknown(),
      reply: QualityHistory,
      handle: (_, context) => history(context),
    }),
  ];
}

const isBroken = ({ status }: Check): boolean => status === 'failed' || status === 'error';
