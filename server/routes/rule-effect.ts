import { z } from 'zod';
import { RuleEffect } from '#contract/rule-effect';
import { isSmall } from '../disclosure/suppress.ts';
import { Refusal } from '../http/error.ts';
import { type Context, NO_QUERY, type Route, route } from '../http/route.ts';
import { sql } from '../store/sql.ts';

const Cell = RuleEffect.shape.cells.element.extend({ period: z.string() });

export const ruleEffectRoutes = (): Route[] => [
  route({
    method: 'get',
    path: '/api/metrics/:id/rule-effect',
    policy: 'signed in',
    summary: 'Where people stand in a rate by the rules of its two measurement years',
    query: NO_QUERY,
    body: z.unknown(),
    reply: RuleEffect,
    handle: ({ params }, context) => ruleEffect(context, params.id ?? ''),
  }),
];

async function ruleEffect({ snapshot: { catalogue, queries }, mode }: Context, id: string): Promise<RuleEffect> {
  if (!catalogue.metrics.has(id)) throw new Refusal('not_found', 'there is no such metric');
  if (!catalogue.names.has('catalogue.rule_effect', 'metric_id')) return { period: null, hidden: false, cells: [] };
  const rows = await queries.rows(
    sql`select period, earlier, later, subjects::integer as subjects from catalogue.rule_effect
        where metric_id = ${id} order by earlier, later`,
    Cell,
  );
  const period = rows[0]?.period ?? null;
  if (mode === 'shareable' && rows.some(({ subjects }) => isSmall(subjects)))
    return { period, hidden: true, cells: [] };
  return { period, hidden: false, cells: rows.map(({ period: _, ...cell }) => cell) };
}
