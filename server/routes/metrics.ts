import { z } from 'zod';
import { Concentration, ConcentrationQuery } from '#contract/concentration';
import { isInDollars, type ServedMetric } from '#contract/metric';
import { Choices, Met, MetricQuery, MetricResult, RowsQuery, RowsResult } from '#contract/result';
import { type RiskModel, RiskModels } from '#contract/risk-model';
import { isEverybody } from '../disclosure/lattice.ts';
import { apart } from '../disclosure/ranked.ts';
import { encodeJson, encodeTable, MEDIA_TYPES } from '../http/encode.ts';
import { Refusal } from '../http/error.ts';
import { type Context, type Encoded, NO_QUERY, type Route, route } from '../http/route.ts';
import { type Answer, answer } from '../statistics/answer.ts';
import { estimate } from '../statistics/estimate.ts';
import type { CatalogueMetric, SnapshotCatalogue } from '../store/catalogue.ts';
import { booleans, type Column, numbers, objectsOf } from '../store/columns.ts';
import { readRanked } from '../store/concentration.ts';
import { readBehind, readBehindTotal, readChoices, readMet, rowDimensions } from '../store/metric.ts';
import { provenanceOf, type Question, questionOf } from '../store/question.ts';
import { readRiskModels } from '../store/risk-model.ts';

const TABLES = ['arrow', 'csv'] as const;

export const metricRoutes = (): Route[] => [
  route({
    method: 'get',
    path: '/api/metrics/:id',
    policy: 'signed in',
    summary: 'A metric or one rate of a measure, in groups and in all',
    formats: TABLES,
    query: MetricQuery,
    body: z.unknown(),
    reply: MetricResult,
    handle: ({ params, query }, context) => metric(context, params.id ?? '', query, context.format),
  }),
  route({
    method: 'get',
    path: '/api/metrics/:id/rows',
    policy: 'identified',
    summary: 'The rows behind one number, with their sum',
    formats: TABLES,
    query: RowsQuery,
    body: z.unknown(),
    reply: RowsResult,
    handle: ({ params, query }, context) => rows(context, params.id ?? '', query),
  }),
  route({
    method: 'get',
    path: '/api/metrics/:id/met',
    policy: 'identified',
    summary: 'How many had met one rate of a measure by the end of each month of its years',
    query: MetricQuery.omit({ by: true, rolling: true }),
    body: z.unknown(),
    reply: Met,
    handle: ({ params, query }, context) => met(context, params.id ?? '', query),
  }),
  route({
    method: 'get',
    path: '/api/metrics/:id/choices',
    policy: 'identified',
    summary: 'What a metric would be with one of its rules chosen otherwise',
    query: MetricQuery.omit({ by: true, rolling: true }),
    body: z.unknown(),
    reply: Choices,
    handle: ({ params, query }, context) => choices(context, params.id ?? '', query),
  }),
  route({
    method: 'get',
    path: '/api/metrics/:id/concentration',
    policy: 'signed in',
    summary: 'How much of a sum of dollars the costliest people have',
    query: ConcentrationQuery,
    body: z.unknown(),
    reply: Concentration,
    handle: ({ params, query }, context) => concentration(context, params.id ?? '', query),
  }),
  route({
    method: 'get',
    path: '/api/metrics/:id/model',
    policy: 'signed in',
    summary: 'The internal model behind what is expected: its factors, and what it expected against what came',
    query: NO_QUERY,
    body: z.unknown(),
    reply: RiskModels,
    handle: ({ params }, context) => models(context, params.id ?? ''),
  }),
];

/** The same bytes for the same question, as long as the snapshot is served. */
export async function metric(
  context: Context,
  id: string,
  query: MetricQuery,
  format: Context['format'],
): Promise<Encoded> {
  const { snapshot, mode } = context;
  const question = questionOf(snapshot.catalogue, id, query);
  const provenance = provenanceOf(snapshot.catalogue, question, mode);
  if (format === 'csv') nameFile(context, id);
  return context.kept([id, provenance, format], MEDIA_TYPES[format], async () => {
    const answered = await answer(snapshot, question, mode);
    return format === 'json'
      ? encodeJson(MetricResult, { metric: served(question.metric), provenance, ...inJson(answered) })
      : encodeTable(format, tableOf(answered), provenance);
  });
}

const inJson = ({ total, cells }: Answer) => ({ total, cells: [...cells] });

/** One row per cell: its keys, then its numbers. */
export const tableOf = ({ keys, cells }: Answer): Column[] => [
  ...keys,
  ...(['numerator', 'denominator', 'rows', 'value', 'low', 'high', 'expected', 'ratioLow', 'ratioHigh'] as const).map(
    (name) =>
      numbers(
        name,
        cells.map((cell) => cell[name]),
      ),
  ),
  ...(['suppressed', 'immature'] as const).map((name) =>
    booleans(
      name,
      cells.map((cell) => cell[name]),
    ),
  ),
];

export const served = ({ sql: _, ...metric }: CatalogueMetric): ServedMetric => metric;

const nameFile = ({ say }: Context, name: string) => say('content-disposition', `attachment; filename="${name}.csv"`);

async function rows({ snapshot, mode, shows }: Context, id: string, query: RowsQuery): Promise<RowsResult> {
  const { catalogue, queries } = snapshot;
  const question = behindAsked(catalogue, id, query);
  const provenance = provenanceOf(catalogue, question, mode);
  const total = await readBehindTotal(queries, catalogue, question, query);
  const columns = await readBehind(queries, catalogue, question, query, query);
  shows(columns[0]?.length ?? 0);
  return { provenance, part: query.part, total, rows: subjectRows(columns, rowDimensions(catalogue, question)) };
}

/** Of whose rows a list is asked; throws a refusal for parts that the metric does not have. */
export function behindAsked(
  catalogue: SnapshotCatalogue,
  id: string,
  query: Omit<RowsQuery, 'limit' | 'offset'>,
): Question {
  const question = questionOf(catalogue, id, { ...query, by: '' });
  if (query.component && !question.metric.components.some((component) => component.id === query.component)) {
    throw new Refusal('bad_request', `${id} has no such component`);
  }
  if (question.metric.kind !== 'measure' && (query.part === 'gap' || query.met !== undefined)) {
    throw new Refusal('bad_request', `${id} is no quality measure, so nobody meets or misses it`);
  }
  return question;
}

const Subject = RowsResult.shape.rows.element.omit({ dimensions: true, gap: true });
const Gap = RowsResult.shape.rows.element.shape.gap.unwrap();

function subjectRows(columns: readonly Column[], dimensions: readonly string[]): RowsResult['rows'] {
  const part = (names: readonly string[]) => objectsOf(columns.filter(({ name }) => names.includes(name)));
  const subjects = part(Object.keys(Subject.shape));
  const places = part(dimensions);
  const gaps = part(Object.keys(Gap.shape));
  return subjects.map((subject, row) => ({
    ...Subject.parse(subject),
    dimensions: z.record(z.string(), z.string().nullable()).parse(places[row] ?? {}),
    gap: Gap.nullable().parse(gaps[row] ?? null),
  }));
}

/** Months differ by few people, so they are told only to those who may see people. */
async function met(
  { snapshot: { catalogue, queries } }: Context,
  id: string,
  query: Omit<MetricQuery, 'by' | 'rolling'>,
): Promise<Met> {
  const question = questionOf(catalogue, id, { ...query, by: '' });
  if (question.metric.kind !== 'measure') throw new Refusal('not_found', `${id} is no quality measure`);
  return { months: await readMet(queries, catalogue, question) };
}

/** Choices differ by few people, so they are told only to those who may see people. */
async function choices(
  { snapshot, mode }: Context,
  id: string,
  query: Omit<MetricQuery, 'by' | 'rolling'>,
): Promise<Choices> {
  const { catalogue, queries } = snapshot;
  const question = questionOf(catalogue, id, { ...query, by: '' });
  const { metric } = question;
  if (metric.choices === null) throw new Refusal('not_found', `${id} has no rules to choose otherwise`);
  const sums = await readChoices(queries, catalogue, question, metric.choices.table);
  return {
    provenance: provenanceOf(catalogue, question, mode),
    choices: metric.choices.options.map((option) => {
      const found = sums.find(({ choice }) => choice === option.id);
      if (!found) return { ...option, numerator: 0, denominator: 0, value: null, low: null, high: null };
      const { numerator, denominator, value, low, high } = estimate(metric, found);
      return { ...option, numerator, denominator, value, low, high };
    }),
  };
}

async function concentration(
  { snapshot, mode }: Context,
  id: string,
  query: z.output<typeof ConcentrationQuery>,
): Promise<Concentration> {
  const { catalogue, queries } = snapshot;
  const question = questionOf(catalogue, id, { ...query, by: '' });
  if (!isInDollars(question.metric)) throw new Refusal('bad_request', `${id} does not count dollars`);
  const [{ total }, ranked] = await Promise.all([
    answer(snapshot, question, mode),
    readRanked(queries, catalogue, question),
  ]);
  const provenance = provenanceOf(catalogue, question, mode);
  const all = ranked.at(-1);
  if (!all || total.suppressed || (mode === 'shareable' && !isEverybody(question.filter)))
    return { provenance, persons: null, dollars: null, costliest: [], gini: null };
  const shareable = mode === 'shareable';
  const shown = shareable ? apart(ranked) : ranked;
  return {
    provenance,
    persons: shareable ? null : all.persons,
    dollars: all.dollars,
    costliest: (all.dollars > 0 ? shown : []).map(({ percent, persons, dollars }) => ({
      percent,
      persons: shareable ? null : persons,
      dollars,
      share: (100 * dollars) / all.dollars,
    })),
    gini: all.gini,
  };
}

async function models({ snapshot, mode }: Context, id: string): Promise<RiskModel[]> {
  const { catalogue, queries } = snapshot;
  const { metric } = questionOf(catalogue, id, MetricQuery.parse({}));
  if (metric.expectedBy === null) throw new Refusal('not_found', `nothing is expected of ${id}`);
  const found = await readRiskModels(queries, catalogue, metric.expectedBy);
  return mode === 'shareable' ? found.map(withoutCounts) : found;
}

/** To be shared, of a model only how well it tells and its weights: its groups are those of metrics, in other months. */
export const withoutCounts = (model: RiskModel): RiskModel => ({ ...model, subjects: null, events: null, groups: [] });
