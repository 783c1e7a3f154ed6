import { z } from 'zod';
import { Target, TargetDraft, Targets } from '#contract/target';
import { Refusal } from '../http/error.ts';
import { type Context, NO_QUERY, NOTHING, type Route, route } from '../http/route.ts';
import type { AppDatabase } from '../store/app-database.ts';
import { deleteTarget, listTargets, setTarget } from '../store/targets.ts';

/** The ACO's own targets by metric and calendar year. Everybody signed in reads them; an ACO administrator sets them. */
export function targetRoutes(database: AppDatabase, clock: () => number): Route[] {
  const path = '/api/targets/:id/:year';
  const find = (metricId: string, year: string): Target => {
    const target = listTargets(database).find((one) => one.metricId === metricId && one.year === year);
    if (!target) throw new Refusal('not_found', 'there is no target for that metric and year');
    return target;
  };
  const asAdmin = ({ id = '', year = '' }: Readonly<Record<string, string>>, { signedIn, snapshot }: Context) => {
    if (signedIn.role !== 'aco_admin') throw new Refusal('forbidden', 'only an ACO administrator sets targets');
    const metric = snapshot.catalogue.metrics.get(id);
    if (!metric) throw new Refusal('not_found', 'there is no such metric');
    if (!Target.shape.year.safeParse(year).success) throw new Refusal('bad_request', 'year: four digits');
    return { metric, year };
  };
  return [
    route({
      method: 'get',
      path: '/api/targets',
      policy: 'signed in',
      summary: 'What the ACO aims at, by metric and year',
      query: NO_QUERY,
      body: z.unknown(),
      reply: Targets,
      handle: () => ({ targets: listTargets(database) }),
    }),
    route({
      method: 'put',
      path,
      policy: 'signed in',
      summary: 'Set the target of a metric for a year',
      query: NO_QUERY,
      body: TargetDraft,
      reply: Target,
      handle({ params, body: { value } }, context) {
        const { metric, year } = asAdmin(params, context);
        if (metric.unit === 'percent' && value > 100)
          throw new Refusal('bad_request', 'body.value: at most 100 percent');
        setTarget(database, { metricId: metric.id, year, value }, context.signedIn.userId, clock());
        return find(metric.id, year);
      },
    }),
    route({
      method: 'delete',
      path,
      policy: 'signed in',
      summary: 'Delete the target of a metric for a year',
      query: NO_QUERY,
      body: z.unknown(),
      reply: NOTHING,
      handle({ params }, context) {
        const { metric, year } = asAdmin(params, context);
        deleteTarget(database, find(metric.id, year).metricId, year);
        return undefined;
      },
    }),
  ];
}
