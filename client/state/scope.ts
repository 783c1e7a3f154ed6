import { z } from 'zod';
import type { Catalogue } from '#contract/catalogue';
import type { Cohort } from '#contract/dimension';
import { type Filter, formatFilter, parseFilter } from '#contract/filter';
import type { ServedMetric } from '#contract/metric';
import { addMonths, latestMatureMonth } from '#contract/months';
import type { Mode } from '#contract/result';

export { addMonths, latestMatureMonth };

export const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);

/** A filter in its one canonical spelling. */
export const CanonicalFilter = z.string().transform((text, context) => {
  try {
    return formatFilter(parseFilter(text));
  } catch {
    context.addIssue({ code: 'custom', message: 'not a filter' });
    return z.NEVER;
  }
});

/** The part of the address that every page shares, and that follows from page to page. */
export const ScopeSearch = z.object({
  cohort: z.string().min(1).optional(),
  /** Absent: the same months a year before. */
  compare: z.literal('aco').optional(),
  /** The last month of the twelve; absent: the latest whose claims are in. */
  to: Month.optional(),
  where: CanonicalFilter.optional(),
  /** Absent: the first mode of the role. */
  mode: z.enum(['identified', 'shareable']).optional(),
  /** The metric whose "How is this computed?" is open. */
  explain: z.string().optional(),
  /** Months that a point of a chart by month stands for; absent: one. */
  rolling: z.coerce
    .number()
    .pipe(z.literal([3, 12]))
    .optional(),
  /** What tells a signal from chance in a chart by month; absent: the rules of the NHS. */
  rules: z.enum(['ihi', 'anhoej']).optional(),
  /** Limits of such a chart; absent: Laney's where months vary more than chance allows. */
  limits: z.enum(['plain', 'laney']).optional(),
  /** Letters of the figures that show their table, such as `AC`. */
  tables: z
    .string()
    .regex(/^[A-Z]+$/)
    .optional(),
});
export type ScopeSearch = z.infer<typeof ScopeSearch>;

/** What stays when the page changes. */
export const SCOPE_THAT_FOLLOWS = ['cohort', 'compare', 'to', 'where', 'mode', 'rolling', 'rules', 'limits'] as const;

/** Months YYYY-MM, both inclusive. */
export interface Months {
  readonly from: string;
  readonly to: string;
}

export const monthsEnding = (to: string, count: number): Months => ({ from: addMonths(to, 1 - count), to });
export const yearBefore = ({ from, to }: Months): Months => ({ from: addMonths(from, -12), to: addMonths(to, -12) });
export const calendarYear = (year: string): Months => ({ from: `${year}-01`, to: `${year}-12` });

/**
 * Both filters at once. Null when one canonical filter cannot say it: two sets of values of a dimension that a person
 * may hold several of, or two sets with nothing in common.
 */
export function narrow(filter: Filter, by: Filter): Filter | null {
  const both: Record<string, readonly string[]> = { ...filter };
  for (const [dimension, values] of Object.entries(by)) {
    const held = filter[dimension];
    const shared = held ? values.filter((value) => held.includes(value)) : values;
    if (shared.length === 0) return null;
    both[dimension] = shared;
  }
  return both;
}

/** Whom and which months the page speaks of, and what it is held against. */
export interface Scope {
  readonly cohort: Cohort | null;
  /** What the filter bar holds: dimensions of people, which every metric carries, and rules, less what the cohort sets. */
  readonly chosen: Filter;
  /** What the address also asks for and this snapshot, or a page without it, cannot give; in words. */
  readonly unused: readonly string[];
  /** Cohort and chosen together, canonical. */
  readonly where: string;
  readonly months: Months;
  readonly compare: 'the year before' | 'the whole ACO';
  readonly mode: Mode;
}

export function resolveScope(search: ScopeSearch, catalogue: Catalogue, modes: readonly Mode[]): Scope {
  const cohort = catalogue.cohorts.find(({ id, where }) => id === search.cohort && where !== '') ?? null;
  const fixed = parseFilter(cohort?.where ?? '');
  const shared = [...catalogue.dimensions.filter(({ scope }) => scope !== 'subject').map(({ id }) => id), RULES];
  const asked = Object.entries(parseFilter(search.where ?? ''));
  const chosen = Object.fromEntries(asked.filter(([id]) => shared.includes(id) && !(id in fixed)));
  return {
    cohort,
    chosen,
    unused: [
      ...(search.cohort && !cohort ? [`the cohort ${search.cohort}`] : []),
      ...asked.filter(([id]) => !shared.includes(id)).map(([id]) => `a filter on ${id}`),
      ...(RULES in fixed && asked.some(([id]) => id === RULES) ? ['rules beside those of the cohort'] : []),
    ],
    where: formatFilter({ ...fixed, ...chosen }),
    months: monthsEnding(search.to ?? latestMatureMonth(catalogue), 12),
    compare: search.compare === 'aco' ? 'the whole ACO' : 'the year before',
    mode: search.mode && modes.includes(search.mode) ? search.mode : (modes[0] ?? 'shareable'),
  };
}

/** The clause of the filter that holds rules which nobody saved (COHORT of cohort.ts, too much for the first load). */
export const RULES = 'cohort';

/** The months that a metric is asked for: its own year for a measure, the scope's twelve otherwise. */
export function monthsOf(metric: Pick<ServedMetric, 'kind'>, scope: Scope, catalogue: Catalogue): Months {
  if (metric.kind === 'metric') return scope.months;
  return calendarYear(String(Math.min(Number(scope.months.to.slice(0, 4)), Number(catalogue.period))));
}

/** What the number is held against: the same people a year before, or everybody in the same months. */
export const comparatorOf = (months: Months, scope: Scope): Months & { readonly where: string } =>
  scope.compare === 'the whole ACO' ? { ...months, where: '' } : { ...yearBefore(months), where: scope.where };
