import { z } from 'zod';
import { type PersonNumber, type Rule, ruleOfWhere, stepsOf, textOf } from './cohort.ts';
import { formatFilter, parseFilter } from './filter.ts';

/**
 * Charts over the people of a filter as of data-through, each in bins. What is chosen in one narrows all the others.
 * Every bin can be said as a rule of a cohort, so that the people chosen are exactly those of the cohort that is saved.
 */

/** A choice that stands for every value that is not listed. */
export const OTHER = '*';

const About = { id: z.string(), title: z.string() };

export const CrossfilterChart = z.discriminatedUnion('kind', [
  /** Bins lie between the edges: below the first, from each up to the next, from the last on; then "not known". */
  z.strictObject({
    ...About,
    kind: z.literal('number'),
    unit: z.enum(['years', 'percent', 'dollars', 'times', 'months']),
    edges: z.array(z.number()),
  }),
  /** One bin for each value; `*` is any other, '' "not known". */
  z.strictObject({
    ...About,
    kind: z.literal('choice'),
    values: z.array(z.strictObject({ value: z.string(), label: z.string() })),
  }),
  /** One bin for each value; a person may be in several bins, or in none. */
  z.strictObject({
    ...About,
    kind: z.literal('set'),
    values: z.array(z.strictObject({ value: z.string(), label: z.string() })),
  }),
]);
export type CrossfilterChart = z.infer<typeof CrossfilterChart>;

export type NumberChart = Extract<CrossfilterChart, { kind: 'number' }>;

const upTo = (last: number): number[] => Array.from({ length: last }, (_, at) => at + 1);
const steps = (step: number, below: number): number[] => upTo(below / step - 1).map((at) => at * step);

/**
 * Every number that has a chart: in fine bins where persons may be seen, in the `broad` ones where numbers are shared.
 * Those without are cut in other ways by other shared numbers, which together could tell of few people.
 */
export const NUMBER_CHARTS: readonly (NumberChart & {
  readonly id: 'age' | PersonNumber;
  readonly broad: number[] | null;
})[] = [
  {
    ...{ id: 'age', title: 'Age', kind: 'number', unit: 'years' },
    ...{ edges: upTo(100), broad: null },
  },
  {
    ...{ id: 'chance', title: 'Predicted chance of an unplanned admission', kind: 'number', unit: 'percent' },
    ...{ edges: steps(5, 100), broad: null },
  },
  {
    ...{ id: 'paid', title: 'Paid in 12 months', kind: 'number', unit: 'dollars' },
    edges: [0.01, ...[10, 100, 1000, 10_000, 100_000].flatMap((unit) => [unit, 2 * unit, 5 * unit]), 1_000_000],
    broad: [0.01, 1000, 10_000, 50_000],
  },
  {
    ...{ id: 'admissions', title: 'Admissions in 12 months', kind: 'number', unit: 'times' },
    ...{ edges: upTo(8), broad: [1, 2, 3] },
  },
  {
    ...{ id: 'emergency_visits', title: 'Emergency visits in 12 months', kind: 'number', unit: 'times' },
    ...{ edges: upTo(10), broad: [1, 2, 4] },
  },
  {
    ...{ id: 'condition_count', title: 'Number of chronic conditions', kind: 'number', unit: 'times' },
    ...{ edges: upTo(16), broad: [1, 3, 6] },
  },
  {
    ...{ id: 'open_gaps', title: 'Open care gaps', kind: 'number', unit: 'times' },
    ...{ edges: upTo(10), broad: [1, 2, 4] },
  },
  {
    ...{ id: 'months_since_visit', title: 'Months since the last visit', kind: 'number', unit: 'months' },
    ...{ edges: upTo(24), broad: [3, 6, 12] },
  },
];

/** Dimensions of persons that have a chart, in its place. */
export const CHOICE_CHARTS = ['sex', 'risk_tier', 'coverage', 'dual_status', 'practice', 'condition'] as const;

export interface Bin {
  /** Of numbers `from..below`, either end may be missing; '' is "not known". */
  readonly value: string;
  /** A choice in words; of numbers ''. */
  readonly label: string;
}

const boundsOf = ({ edges }: NumberChart, at: number): { from: number | undefined; below: number | undefined } => ({
  from: edges[at - 1],
  below: edges[at],
});

export function binsOf(chart: CrossfilterChart): readonly Bin[] {
  if (chart.kind !== 'number') return chart.values;
  const between = [...chart.edges, null].map((_, at): Bin => {
    const { from = '', below = '' } = boundsOf(chart, at);
    return { value: `${from}..${below}`, label: '' };
  });
  return [...between, { value: '', label: 'Not known' }];
}

/** What is chosen: by chart the places of bins, ascending, at least one. A chart where nothing is chosen is absent. */
export type Brushes = Readonly<Record<string, readonly number[]>>;

/** Bins of a number that follow each other, first and last place. */
export function runsOf({ edges }: NumberChart, chosen: readonly number[]): { first: number; last: number }[] {
  const runs: { first: number; last: number }[] = [];
  for (const at of chosen.filter((one) => one <= edges.length)) {
    const run = runs.at(-1);
    if (run?.last === at - 1) run.last = at;
    else runs.push({ first: at, last: at });
  }
  return runs;
}

const isUnknownChosen = ({ edges }: NumberChart, chosen: readonly number[]): boolean =>
  chosen.includes(edges.length + 1);

/** As a canonical filter, so equal choices are equal texts: `age:65..80;paid:..0.01|10000..;sex:female`. */
export const formatBrushes = (brushes: Brushes, charts: readonly CrossfilterChart[]): string =>
  formatFilter(
    Object.fromEntries(
      charts.flatMap((chart) => {
        const chosen = brushes[chart.id] ?? [];
        return chosen.length === 0 ? [] : [[chart.id, textsOf(chart, chosen)]];
      }),
    ),
  );

function textsOf(chart: CrossfilterChart, chosen: readonly number[]): string[] {
  if (chart.kind !== 'number') return chosen.map((at) => chart.values[at]?.value ?? '');
  const runs = runsOf(chart, chosen).map(
    ({ first, last }) => `${boundsOf(chart, first).from ?? ''}..${boundsOf(chart, last).below ?? ''}`,
  );
  return isUnknownChosen(chart, chosen) ? [...runs, ''] : runs;
}

/** What the charts do not have is left out; a number between two edges takes in its whole bin. */
export function parseBrushes(text: string, charts: readonly CrossfilterChart[]): Brushes {
  const filter = parseFilter(text);
  return Object.fromEntries(
    charts.flatMap((chart) => {
      const places = (filter[chart.id] ?? []).flatMap((value) => placesOf(chart, value));
      const chosen = [...new Set(places)].sort((a, b) => a - b);
      return chosen.length === 0 ? [] : [[chart.id, chosen]];
    }),
  );
}

function placesOf(chart: CrossfilterChart, value: string): number[] {
  if (chart.kind !== 'number') {
    const at = chart.values.findIndex((one) => one.value === value);
    return at < 0 ? [] : [at];
  }
  if (value === '') return [chart.edges.length + 1];
  const [, from = '', below = ''] = /^(-?[\d.]*)\.\.(-?[\d.]*)$/.exec(value) ?? ['', 'x', 'x'];
  return placesBetween(chart, from === '' ? undefined : Number(from), below === '' ? undefined : Number(below));
}

/** The bins that hold numbers from one on and below the other. */
export const placesBetween = (
  chart: NumberChart,
  from = Number.NEGATIVE_INFINITY,
  below = Number.POSITIVE_INFINITY,
): number[] =>
  [...chart.edges, null].flatMap((_, at) => {
    const bin = boundsOf(chart, at);
    const overlaps =
      (bin.below ?? Number.POSITIVE_INFINITY) > from && (bin.from ?? Number.NEGATIVE_INFINITY) < below && from < below;
    return overlaps ? [at] : [];
  });

/** The people of a filter whom the brushes leave, as a tree of rules: a step for each chart. */
export function ruleOfBrushes(where: string, brushes: Brushes, charts: readonly CrossfilterChart[]): Rule {
  const chosen = charts.flatMap((chart) => {
    const alternatives = alternativesOf(chart, brushes[chart.id] ?? []);
    const [only] = alternatives;
    if (!only) return [];
    return [alternatives.length === 1 ? only : ({ kind: 'any', rules: alternatives } satisfies Rule)];
  });
  return { kind: 'all', rules: [...(where === '' ? [] : stepsOf(ruleOfWhere(where))), ...chosen] };
}

export const cohortOf = (rule: Rule): string => formatFilter({ cohort: [textOf(rule)] });

function alternativesOf(chart: CrossfilterChart, chosen: readonly number[]): Rule[] {
  if (chart.kind === 'number') {
    const runs = runsOf(chart, chosen).map(({ first, last }) =>
      numberRule(chart, boundsOf(chart, first).from, boundsOf(chart, last).below),
    );
    return isUnknownChosen(chart, chosen) ? [...runs, { kind: 'not', rule: numberRule(chart) }] : runs;
  }
  const values = chosen.map((at) => chart.values[at]?.value ?? '');
  if (chart.kind === 'set') return values.length === 0 ? [] : [{ kind: 'condition', conditions: values, atLeast: 1 }];
  const is = (some: readonly string[]): Rule => ({ kind: 'dimension', dimension: chart.id, values: [...some] });
  const named = values.filter((value) => value !== OTHER);
  const listed = chart.values.map(({ value }) => value).filter((value) => value !== OTHER);
  return [
    ...(named.length > 0 ? [is(named)] : []),
    ...(values.includes(OTHER) ? [{ kind: 'not', rule: is([...listed, '']) } satisfies Rule] : []),
  ];
}

function numberRule({ id }: NumberChart, from?: number, below?: number): Rule {
  const known = NUMBER_CHARTS.find((one) => one.id === id);
  if (!known) throw new Error(`no number ${id}`);
  if (known.id === 'age') {
    return { kind: 'age', from: from ?? 0, ...(below !== undefined && { to: below - 1 }) };
  }
  return { kind: 'number', of: known.id, ...(from !== undefined && { from }), ...(below !== undefined && { below }) };
}

/** Query string of GET /api/crossfilter/people: a canonical filter. */
export const CrossfilterQuery = z.strictObject({ where: z.string().max(12_000).default('') });

/** What the columns of GET /api/crossfilter/people (Arrow) say of themselves: a chart's column has its id. */
export const CrossfilterAbout = z.object({
  snapshot: z.string(),
  dataThrough: z.iso.date(),
  charts: z.array(CrossfilterChart),
  caveats: z.array(z.string()),
});
export type CrossfilterAbout = z.infer<typeof CrossfilterAbout>;

/**
 * GET /api/crossfilter: everybody of the snapshot in broad bins, one chart at a time. A chart with a bin of 1 to 10 has
 * no bins.
 */
export const SharedCrossfilter = z.strictObject({
  dataThrough: z.iso.date(),
  persons: z.int().nullable(),
  charts: z.array(z.strictObject({ chart: CrossfilterChart, bins: z.array(z.int()).nullable() })),
});
export type SharedCrossfilter = z.infer<typeof SharedCrossfilter>;
