import { type CrossfilterChart, type NumberChart, runsOf } from '#contract/crossfilter';
import { count } from '../../format/number.ts';

/** One chart as it is drawn: its bins among everybody, and among those whom the other charts leave. */
export interface Shown {
  readonly chart: CrossfilterChart;
  readonly everybody: Group;
  readonly left: Group;
}

export interface Group {
  readonly persons: number | null;
  readonly bins: readonly number[];
}

const UNKNOWN: Readonly<Record<string, string>> = {
  chance: 'No predicted chance',
  months_since_visit: 'No visit on record',
};

const amountOf = ({ unit }: NumberChart, value: number): string => {
  if (unit === 'dollars') return `$${count(value)}`;
  return unit === 'percent' ? `${value}%` : count(value);
};

const isWhole = ({ unit }: NumberChart): boolean => unit !== 'dollars' && unit !== 'percent';

/** What a bar stands for: "75", "$1,000 to under $2,000", "Female". */
export function labelOf(chart: CrossfilterChart, place: number): string {
  if (chart.kind !== 'number') return chart.values[place]?.label ?? '';
  if (place > chart.edges.length) return UNKNOWN[chart.id] ?? 'Not known';
  const [from, below] = [chart.edges[place - 1], chart.edges[place]];
  if (below === undefined) return `${amountOf(chart, from ?? 0)} or more`;
  if (chart.unit === 'dollars' && from === undefined) return '$0 or less';
  if (isWhole(chart)) {
    const [first, last] = [from ?? 0, below - 1];
    return first === last ? count(first) : `${count(first)} to ${count(last)}`;
  }
  const under = `under ${amountOf(chart, below)}`;
  return from === undefined || from === 0.01 ? under : `${amountOf(chart, from)} to ${under}`;
}

/** A short mark under the first of its bars: "$10k". */
export function tickOf(chart: NumberChart, place: number): string {
  if (place > chart.edges.length) return 'none';
  const from = place === 0 ? 0 : (chart.edges[place - 1] ?? 0);
  if (chart.unit !== 'dollars') return amountOf(chart, from);
  if (from >= 1_000_000) return `$${from / 1_000_000}M`;
  if (from === 0.01) return '>$0';
  return from >= 1000 ? `$${from / 1000}k` : `$${from}`;
}

/** What the two fields of a number hold: the one run that is chosen. `to` is within where numbers are whole, else below. */
export function fieldsOf(chart: NumberChart, chosen: readonly number[]): { from: number | null; to: number | null } {
  const [run, more] = runsOf(chart, chosen);
  if (!run || more) return { from: null, to: null };
  const below = chart.edges[run.last];
  return {
    from: chart.edges[run.first - 1] ?? null,
    to: below === undefined ? null : isWhole(chart) ? below - 1 : below,
  };
}

/** The upper end that a field says, as the number that all are below. */
export const belowOf = (chart: NumberChart, to: number | null): number | undefined =>
  to === null ? undefined : isWhole(chart) ? to + 1 : to;

export const toWords = (chart: NumberChart): string => (isWhole(chart) ? 'to' : 'to under');

const UNITS: Readonly<Record<NumberChart['unit'], string>> = {
  years: 'years',
  percent: '%',
  dollars: '$',
  times: '',
  months: 'months',
};
export const unitOf = ({ unit }: NumberChart): string => UNITS[unit];

/** What the bars of those left say, against everybody: their middle, or the largest group. */
export function findingOf({ chart, everybody, left }: Shown): string | null {
  if (left.persons === 0) return 'Nobody is left.';
  if (chart.kind === 'number') {
    const [own, all] = [middleOf(chart, left), middleOf(chart, everybody)];
    if (own === null || all === null) return null;
    return own === all ? `Median ${own}.` : `Median ${own}; of everybody ${all}.`;
  }
  const largest = left.bins.indexOf(Math.max(...left.bins));
  const [own, all] = [shareOf(left, largest), shareOf(everybody, largest)].map(percent);
  const label = labelOf(chart, largest);
  return own === all ? `${label} ${own}.` : `${label} ${own}; of everybody ${all}.`;
}

function middleOf(chart: NumberChart, { bins }: Group): string | null {
  const known = bins.slice(0, chart.edges.length + 1);
  const half = known.reduce((sum, bin) => sum + bin, 0) / 2;
  if (half === 0) return null;
  let before = 0;
  const at = known.findIndex((bin) => {
    before += bin;
    return before >= half;
  });
  const label = labelOf(chart, at);
  return label.charAt(0).toLowerCase() + label.slice(1);
}

export const shareOf = ({ persons, bins }: Group, place: number): number =>
  persons ? (bins[place] ?? 0) / persons : 0;

export const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;
