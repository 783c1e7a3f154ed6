import { COHORT } from '#contract/cohort';
import type { Dimension } from '#contract/dimension';
import { type Filter, formatFilter, parseFilter } from '#contract/filter';
import type { Mode, Provenance } from '#contract/result';
import { ONE_AT_A_TIME, placeOf } from '../disclosure/lattice.ts';
import { Refusal } from '../http/error.ts';
import type { CatalogueMetric, SnapshotCatalogue } from './catalogue.ts';
import { knownText } from './cohort-names.ts';

const PERIODS = ['month', 'quarter', 'year'] as const;
export type Period = (typeof PERIODS)[number];

/** What a metric's rows can be grouped by. */
export type Key =
  | { readonly kind: 'period'; readonly id: Period; readonly rolling: number | null }
  | { readonly kind: 'component' | 'exclusion'; readonly id: string }
  | { readonly kind: 'dimension'; readonly id: string; readonly dimension: Dimension };

/** A metric asked in words that this snapshot knows. Months are YYYY-MM, both inclusive. */
export interface Question {
  readonly metric: CatalogueMetric;
  readonly by: readonly Key[];
  readonly from: string | null;
  readonly to: string | null;
  readonly filter: Filter;
}

interface Asked {
  readonly by: string;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly where: string;
  readonly rolling?: number | undefined;
}

const MOST_KEYS = 4;

/** Throws a refusal that names what the snapshot does not know. */
export function questionOf(catalogue: SnapshotCatalogue, id: string, asked: Asked): Question {
  const metric = catalogue.metrics.get(id);
  if (!metric) throw new Refusal('not_found', 'there is no such metric');
  const rolling = asked.rolling ?? null;
  const by = [...new Set(asked.by.split(',').filter(Boolean))].map((name) => keyOf(catalogue, metric, name, rolling));
  if (by.length > MOST_KEYS) throw new Refusal('bad_request', `a metric can be cut by ${MOST_KEYS} dimensions at most`);
  if (rolling !== null) refuseRolling(metric, by);
  const filter = filterOf(catalogue, asked.where);
  for (const name of Object.keys(filter)) {
    if (name !== COHORT && !metric.dimensions.includes(name))
      throw new Refusal('bad_request', `${metric.id} cannot be filtered by that`);
  }
  return { metric, by, from: asked.from ?? null, to: asked.to ?? null, filter };
}

function refuseRolling(metric: CatalogueMetric, by: readonly Key[]): void {
  if (metric.kind === 'measure') {
    throw new Refusal('bad_request', `${metric.id} is of its measurement period, so it has no rolling months`);
  }
  const periods = by.filter(({ kind }) => kind === 'period').map(({ id }) => id);
  if (periods.join() !== 'month') throw new Refusal('bad_request', 'rolling months need by=month and no other period');
}

function keyOf(catalogue: SnapshotCatalogue, metric: CatalogueMetric, name: string, rolling: number | null): Key {
  const period = PERIODS.find((id) => id === name);
  if (period) return { kind: 'period', id: period, rolling };
  if (name === 'exclusion') return { kind: 'exclusion', id: name };
  if (name === 'component' && metric.components.length > 0) return { kind: 'component', id: name };
  const dimension = metric.dimensions.includes(name) ? catalogue.dimensions.get(name) : undefined;
  if (!dimension) throw new Refusal('bad_request', `${metric.id} cannot be cut by that`);
  return { kind: 'dimension', id: name, dimension };
}

/** A filter whose dimensions exist, and whose cohorts are canonical texts of rules over what exists. */
export function filterOf(catalogue: SnapshotCatalogue, where: string): Filter {
  let filter: Filter;
  try {
    filter = parseFilter(where);
  } catch (cause) {
    throw new Refusal('bad_request', 'the filter is not dimension:value|value;dimension:value', { cause });
  }
  const { [COHORT]: texts, ...dimensions } = filter;
  for (const name of Object.keys(dimensions)) {
    if (!catalogue.dimensions.has(name)) throw new Refusal('bad_request', 'the filter names an unknown dimension');
  }
  return texts ? { ...dimensions, [COHORT]: texts.map((text) => knownText(catalogue, text)) } : dimensions;
}

/** A filter of persons: by what a person is, not by what a stay or visit is. */
export function memberFilterOf(catalogue: SnapshotCatalogue, where: string): Filter {
  const filter = filterOf(catalogue, where);
  for (const name of Object.keys(filter)) {
    if (catalogue.dimensions.get(name)?.scope === 'subject') {
      throw new Refusal('bad_request', 'the filter names a dimension of stays or visits, not of persons');
    }
  }
  return filter;
}

/** Equal questions have equal provenance, so it is also their cache key. */
export const provenanceOf = (catalogue: SnapshotCatalogue, question: Question, mode: Mode): Provenance => ({
  snapshot: catalogue.snapshot,
  runId: catalogue.runId,
  dataThrough: catalogue.dataThrough,
  synthetic: catalogue.synthetic,
  definitionVersion: question.metric.version,
  mode,
  from: question.from,
  to: question.to,
  where: formatFilter(question.filter),
  by: question.by.map(({ id }) => id),
  rolling: rollingOf(question),
  caveats: [
    ...question.metric.caveats.map(({ sentence }) => sentence),
    ...(COHORT in question.filter ? [asOf(catalogue)] : []),
    ...(mode === 'shareable' && !placeOf(catalogue, question) ? [ONE_AT_A_TIME] : []),
  ],
});

/** How many months each month of an answer stands for; null where it is itself alone. */
export const rollingOf = ({ by }: Pick<Question, 'by'>): number | null =>
  by.find((key) => key.kind === 'period')?.rolling ?? null;

const asOf = ({ dataThrough }: SnapshotCatalogue): string =>
  `The cohort is who its rules hold of on ${dataThrough}, whatever the months of the number.`;

/** The last day of the month, quarter or year that a key names (2024-03, 2024-Q1, 2024). */
export function lastDayOf(period: string): string {
  const year = Number(period.slice(0, 4));
  const part = period.slice(5);
  const month = part === '' ? 12 : part.startsWith('Q') ? Number(part.slice(1)) * 3 : Number(part);
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}
