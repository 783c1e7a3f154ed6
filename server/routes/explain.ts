import { z } from 'zod';
import { type Difference, History, HistoryQuery, type Past } from '#contract/history';
import type { Metric } from '#contract/metric';
import { Explain, MetricQuery } from '#contract/result';
import { Why } from '#contract/why';
import { withoutRows, withoutViolations } from '../disclosure/records.ts';
import { Refusal } from '../http/error.ts';
import { type Context, NO_QUERY, type Route, route } from '../http/route.ts';
import { answer, hiddenReasonsOf } from '../statistics/answer.ts';
import { estimate, isClustered } from '../statistics/estimate.ts';
import { isImmature } from '../statistics/maturity.ts';
import { waterfallOf } from '../statistics/waterfall.ts';
import { cubedOf } from '../store/cube.ts';
import { type Asked, askKept, keptSnapshots, readFooting } from '../store/history.ts';
import { readUpstream } from '../store/lineage.ts';
import { groupsOf, readExclusions, readGroups } from '../store/metric.ts';
import { provenanceOf, questionOf } from '../store/question.ts';
import { readable } from '../store/readable.ts';
import { readChecksOf } from '../store/run.ts';
import { type Sql, sql } from '../store/sql.ts';
import { readValueSets } from '../store/value-set.ts';
import { readWhy } from '../store/why.ts';
import { served } from './metrics.ts';

const ExplainQuery = MetricQuery.omit({ rolling: true });

export const explainRoutes = (home: string): Route[] => [
  route({
    method: 'get',
    path: '/api/metrics/:id/explain',
    policy: 'signed in',
    summary: 'How a metric is computed: counts, exclusions, SQL, lineage, checks',
    query: ExplainQuery,
    body: z.unknown(),
    reply: Explain,
    handle: ({ params, query }, context) => explain(context, params.id ?? '', query),
  }),
  route({
    method: 'get',
    path: '/api/metrics/:id/why/:key/:subject/:date',
    policy: 'identified',
    summary: 'Why one row of a metric counts or is left out, rule by rule, with what shows it',
    query: NO_QUERY,
    body: z.unknown(),
    reply: Why,
    async handle({ params: { id = '', key: person = '', subject = '', date: day = '' } }, { snapshot, shows }) {
      const { catalogue, queries } = snapshot;
      const { metric } = questionOf(catalogue, id, MetricQuery.parse({}));
      const date = z.iso.date().safeParse(day);
      const why = date.success ? await readWhy(queries, catalogue, metric, { person, subject, date: date.data }) : null;
      if (!why) throw new Refusal('not_found', 'there is no such row');
      shows(1);
      return why;
    },
  }),
  // What two snapshots differ by can be few people, so it is told only to those who may see people.
  route({
    method: 'get',
    path: '/api/metrics/:id/history',
    policy: 'identified',
    summary: 'The same question asked of every snapshot that is kept, and what differs between them',
    query: HistoryQuery,
    body: z.unknown(),
    reply: History,
    handle: ({ params, query }, context) => history(home, context, params.id ?? '', query),
  }),
];

async function explain(
  { snapshot, mode }: Context,
  id: string,
  query: z.output<typeof ExplainQuery>,
): Promise<Explain> {
  const { catalogue, queries } = snapshot;
  const question = questionOf(catalogue, id, query);
  const { metric } = question;
  const [{ total }, exclusions, reasons, upstream, checks] = await Promise.all([
    answer(snapshot, { ...question, by: [] }, mode),
    readExclusions(queries, catalogue, question),
    hiddenReasonsOf(snapshot, question, mode),
    readUpstream(queries, catalogue, metric.relation),
    readChecksOf(queries, metric.id),
  ]);
  const shareable = mode === 'shareable';
  const cubed = cubedOf(catalogue, question);
  const groups = groupsOf(catalogue, question, isClustered(metric));
  return {
    metric: served(metric),
    provenance: provenanceOf(catalogue, question, mode),
    counts: { numerator: total.numerator, denominator: total.denominator, rows: total.rows },
    waterfall: waterfallOf(metric, exclusions, shareable, { counted: total.suppressed, reasons }),
    sql: metric.sql,
    answeredBy: withValue(metric, cubed ?? groups),
    fromRows: cubed && withValue(metric, groups),
    lineage: shareable ? upstream.map(withoutRows) : upstream,
    valueSets: await readValueSets(queries, metric.id),
    checks: shareable ? checks.map(withoutViolations) : checks,
  };
}

const withValue = ({ scale }: Pick<Metric, 'scale'>, groups: Sql): string =>
  readable(
    sql`select ${scale === 1 ? sql`` : sql`${scale} *`} numerator / nullif(denominator, 0) as value, *
      from (${groups}) as answered`,
  );

async function history(home: string, { snapshot, mode }: Context, id: string, query: HistoryQuery): Promise<History> {
  const asked = { ...query, by: '' };
  const question = questionOf(snapshot.catalogue, id, asked);
  const snapshots: Past[] = [];
  let before: Answered | null = null;
  for (const kept of await keptSnapshots(home, snapshot.current)) {
    const { publishedAt, dataThrough } = kept;
    const isServed = kept === snapshot.current;
    const ask = (one: Asked) => askOf(one, id, asked);
    const found = await (isServed ? ask(snapshot) : askKept(home, kept, ask).catch(orUnreadable)).catch(orRefusal);
    const about = { snapshot: kept.snapshot, publishedAt, dataThrough, isServed };
    if (found instanceof Refusal) {
      snapshots.push({ ...about, ...UNANSWERED, unanswered: found.message });
      before = null;
    } else {
      const differs = before && differenceOf(before, found);
      snapshots.push({ ...about, ...found.shown, unanswered: null, differs });
      before = found;
    }
  }
  return { provenance: provenanceOf(snapshot.catalogue, question, mode), snapshots };
}

const orUnreadable = (error: unknown) => {
  throw error instanceof Refusal ? error : new Refusal('not_found', 'it cannot be read by this version');
};

const orRefusal = (error: unknown): Refusal => {
  if (error instanceof Refusal) return error;
  throw error;
};

const UNANSWERED = {
  ...{ definitionVersion: null, numerator: null, denominator: null, value: null, low: null, high: null },
  ...{ immature: false, differs: null },
} as const;

type Answered = Awaited<ReturnType<typeof askOf>>;

/** The question asked in the words of a snapshot's own catalogue, of its own rows. */
async function askOf({ catalogue, queries }: Asked, id: string, query: HistoryQuery & { by: string }) {
  const question = questionOf(catalogue, id, query);
  const { metric, to } = question;
  const [{ sums }, footing] = await Promise.all([
    readGroups(queries, catalogue, question, isClustered(metric)),
    readFooting({ catalogue, queries }, metric),
  ]);
  const [sum] = sums;
  if (!sum) throw new Error('a total has one group');
  const { numerator, denominator, value, low, high } = estimate(metric, sum);
  return {
    shown: {
      ...{ definitionVersion: metric.version, numerator, denominator, value, low, high },
      immature: isImmature(to ?? catalogue.lastMonth ?? catalogue.period, metric, catalogue.dataThrough),
    },
    dataThrough: catalogue.dataThrough,
    footing,
  };
}

const differenceOf = (before: Answered, now: Answered): Difference => ({
  dataThrough: before.dataThrough !== now.dataThrough,
  definition: before.shown.definitionVersion !== now.shown.definitionVersion,
  rules: changed(before.footing.rules, now.footing.rules),
  codeLists: changed(before.footing.codeLists, now.footing.codeLists),
  filesAdded: missing(now.footing.files, before.footing.files),
  filesGone: missing(before.footing.files, now.footing.files),
});

/** Names whose texts are not the same in both, or that one lacks. */
const changed = (before: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): string[] =>
  [...new Set([...before.keys(), ...now.keys()])].filter((name) => before.get(name) !== now.get(name)).sort();

const missing = (all: ReadonlySet<string>, some: ReadonlySet<string>): number =>
  [...all].filter((one) => !some.has(one)).length;
