import * as Plot from '@observablehq/plot';
import { day } from '../format/date.ts';
import { type Noun, sentence, spelled } from '../format/noun.ts';
import { amount, figure, type MetricWords, unitLabel, unitWords } from '../format/number.ts';
import type { Deciles } from '../statistics/deciles.ts';
import { type Annotation, annotationRule } from './annotations.ts';
import { roundScale, tickLabels } from './axis.ts';
import { type Chart, COMPACT, numbers, type Size, type Table, words } from './chart.ts';
import { blank, colour, frame, halo, TEXT, walkable, write } from './frame.ts';
import { place, spread, textWidth } from './labels.ts';

type Options = {
  metric: MetricWords;
  /** What the tenths are of: practices. */
  units: Noun;
  annotations?: readonly Annotation[];
};

/** How far units lie apart, quarter by quarter: tenths as bands, their middle, and everybody as one line. */
export const decileBands: Chart<Deciles[], Options> = { finding, subtitle, draw, note, tableOf };

type Banded = Deciles & { deciles: readonly number[] };
const isBanded = (row: Deciles): row is Banded => row.deciles !== null;

const tenth = ({ deciles }: Deciles, which: number): number | null => deciles?.[which - 1] ?? null;

/** "2024-Q3" -> "Q3 2024" */
const quarterName = (quarter: string): string => `${quarter.slice(5)} ${quarter.slice(0, 4)}`;

/** Quarters whose claims are in; a young one would read as a fall. */
const matureOf = (rows: Deciles[]) => rows.filter(({ immature }) => !immature);

function finding(rows: Deciles[], { metric, units }: Options): string {
  const last = matureOf(rows).findLast(isBanded);
  if (!last) return `Fewer than ten ${units.many} are large enough to show how far they lie apart`;
  const [low, high] = [tenth(last, 1) ?? 0, tenth(last, 9) ?? 0];
  const range = `${amount(low, metric.unit)} and ${amount(high, metric.unit)}`;
  const all = last.all === null ? '' : `; everybody together ${amount(last.all, metric.unit)}`;
  return `Eight in ten ${units.many} lay between ${range} in ${quarterName(last.quarter)}${all}`;
}

function subtitle(_: Deciles[], { metric, units }: Options): string {
  return `${metric.title}, ${unitLabel(metric.unit)}, by quarter. Bands: tenths of the ${units.many}; bold: the middle one.`;
}

/** The quarter of a day (YYYY-MM-DD). */
const quarterOf = (day: string): string => `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;

/** Annotations by the quarter that they stand in, of the quarters drawn. */
const datedIn = (rows: readonly Deciles[], annotations: readonly Annotation[] = []) =>
  annotations.filter(({ date }) => rows.some(({ quarter }) => quarter === quarterOf(date)));

function note(rows: Deciles[], { units, annotations }: Options): string | null {
  const mature = matureOf(rows);
  const banded = mature.filter(isBanded);
  if (banded.length === 0) return null;
  const few = mature.length - banded.length;
  return [
    `${sentence(units.many)} with under 11 to count in are left out; each of the others weighs the same, and none is named.`,
    few > 0 &&
      `${sentence(spelled(few, { one: 'quarter', many: 'quarters' }))} with under ten ${units.many} not drawn.`,
    mature.length < rows.length && 'Quarters whose claims still arrive are not drawn.',
    ...datedIn(mature, annotations).map(({ date, label }) => `${day(date)}: ${label}.`),
  ]
    .filter(Boolean)
    .join(' ');
}

/** The outer and inner tenths of each band; they lie over each other, so the middle is the darkest. */
const BANDS = [
  [1, 9],
  [2, 8],
  [3, 7],
  [4, 6],
] as const;

function draw(every: Deciles[], { width, document, ...options }: Options & Size): Element {
  const { metric, units } = options;
  const size = { width, ...(document && { document }) };
  const label = `${metric.title}: tenths of ${units.many} by quarter`;
  const description = finding(every, options);
  const rows = matureOf(every);
  const banded = rows.filter(isBanded);
  const ends = banded.at(-1);
  if (!ends) return blank(size, label, description);

  const compact = width < COMPACT;
  const height = compact ? 280 : 320;
  const known = rows.filter(({ all }) => all !== null);
  const scale = roundScale([...banded.flatMap(({ deciles }) => deciles), ...known.flatMap(({ all }) => all ?? [])]);
  const tick = tickLabels(scale, metric.unit);
  const names = [
    { text: '90%', value: tenth(ends, 9) },
    { text: 'middle', value: tenth(ends, 5) },
    { text: '10%', value: tenth(ends, 1) },
    { text: 'everybody', value: known.at(-1)?.all ?? null },
  ].flatMap(({ text, value }) => (value === null ? [] : [{ text, value }]));
  const dated = datedIn(rows, options.annotations);
  const margin = {
    marginTop: dated.length > 0 ? 24 : 12,
    marginRight: 12 + 1.06 * Math.max(...names.map(({ text }) => textWidth(text))),
    marginBottom: 34,
    marginLeft: 12 + Math.max(...scale.ticks.map((value) => textWidth(tick(value)))),
  };
  const [bottom, top] = scale.domain;
  const py = (value: number) =>
    margin.marginTop + ((top - value) / (top - bottom)) * (height - margin.marginTop - margin.marginBottom);
  const heights = spread(names.map(({ value }) => py(value)));
  const room = (width - margin.marginLeft - margin.marginRight) / rows.length;
  const named = Math.max(1, Math.ceil(58 / room));
  const last = rows.at(-1)?.quarter;
  const places = place(
    dated.map(({ date, label }) => ({
      x: margin.marginLeft + (rows.findIndex(({ quarter }) => quarter === quarterOf(date)) + 0.5) * room,
      ...{ y: margin.marginTop - 8, r: 0, texts: [[label]], side: 'beside' },
    })),
    [],
    { left: 0, right: width, top: 0, bottom: height },
  );

  return frame(
    { ...size, height, label, description },
    {
      ...margin,
      x: { type: 'point', domain: rows.map(({ quarter }) => quarter), padding: 0.25, axis: null },
      y: { domain: scale.domain, axis: null },
      marks: [
        Plot.ruleY(scale.ticks, { stroke: colour('grid') }),
        BANDS.map(([from, to]) =>
          Plot.areaY(rows, {
            x: 'quarter',
            y1: (row: Deciles) => tenth(row, from) ?? Number.NaN,
            y2: (row: Deciles) => tenth(row, to) ?? Number.NaN,
            fill: colour('mark'),
            fillOpacity: 0.14,
          }),
        ),
        dated.map((event, at) => annotationRule(event, places[at], { x: quarterOf(event.date), top })),
        Plot.lineY(rows, { x: 'quarter', y: (row: Deciles) => tenth(row, 5), stroke: colour('ink'), strokeWidth: 2 }),
        Plot.lineY(rows, { x: 'quarter', y: 'all', stroke: colour('accent'), strokeWidth: 2 }),
        Plot.dot(known, {
          x: 'quarter',
          y: 'all',
          r: 3.5,
          fill: colour('accent'),
        }),
        Plot.ruleY([bottom], { stroke: colour(bottom === 0 ? 'ink' : 'rule') }),
        write(scale.ticks, {
          y: Number,
          text: tick,
          frameAnchor: 'left',
          textAnchor: 'end',
          dx: -8,
          fill: colour('ink-2'),
        }),
        Plot.axisX(
          rows.filter((_, at) => (rows.length - 1 - at) % named === 0).map(({ quarter }) => quarter),
          { tickSize: 4, tickFormat: quarterName, label: null, color: colour('ink-2'), fontSize: TEXT },
        ),
        names.map(({ text, value }, at) =>
          write([text], {
            x: () => last,
            y: value,
            dx: 10,
            dy: (heights[at] ?? 0) - py(value),
            textAnchor: 'start',
            fill: colour(text === 'everybody' ? 'accent' : 'ink-2'),
            ...halo,
          }),
        ),
        Plot.dot(rows, {
          x: 'quarter',
          y: ({ all, deciles }: Deciles) => all ?? deciles?.[4] ?? bottom,
          r: 12,
          ...walkable(rows, {
            id: ({ quarter }) => quarter,
            label: (row) => [spoken(row, options), ...changed(row, dated)].join('; '),
          }),
        }),
      ],
    },
  );
}

const changed = ({ quarter }: Deciles, dated: readonly Annotation[]) =>
  dated.filter(({ date }) => quarterOf(date) === quarter).map(({ date, label }) => `${label}, ${day(date)}`);

function spoken(row: Deciles, { metric: { unit }, units }: Options): string {
  const [low, high] = [tenth(row, 1), tenth(row, 9)];
  const apart =
    low === null || high === null
      ? `under ten ${units.many}`
      : `eight in ten ${units.many} between ${amount(low, unit)} and ${amount(high, unit)}`;
  const all = row.all === null ? 'not shown' : `${amount(row.all, unit)} ${unitWords(unit)}`.trim();
  return `${quarterName(row.quarter)}: everybody ${all}, ${apart}${row.immature ? ', claims still arriving' : ''}`;
}

function tableOf(rows: Deciles[], { metric, units, annotations }: Options): Table {
  const dated = datedIn(rows, annotations);
  const how = { unit: unitLabel(metric.unit), format: (value: number) => figure(value, metric.unit) };
  return {
    columns: [
      words('quarter', 'Quarter'),
      numbers('units', sentence(units.many)),
      numbers('all', 'Everybody', how),
      numbers('low', '10th percentile', how),
      numbers('middle', 'Middle', how),
      numbers('high', '90th percentile', how),
      words('reads', 'Reads'),
      ...(dated.length > 0 ? [words('event', 'What changed')] : []),
    ],
    rows: rows.map((row) => ({
      quarter: quarterName(row.quarter),
      units: row.units,
      all: row.all,
      low: tenth(row, 1),
      middle: tenth(row, 5),
      high: tenth(row, 9),
      reads: row.deciles === null ? `Under ten ${units.many}` : row.immature ? 'Claims still arriving' : 'Complete',
      event: changed(row, dated).join('; '),
    })),
  };
}
