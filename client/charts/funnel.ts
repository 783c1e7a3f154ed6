import * as Plot from '@observablehq/plot';
import { listed, type Noun, plural, sentence, spelled } from '../format/noun.ts';
import { amount, count, figure, type MetricWords, unitLabel, unitWords } from '../format/number.ts';
import type { Funnel, FunnelUnit } from '../statistics/funnel.ts';
import { roundScale, tickLabels } from './axis.ts';
import { type Chart, COMPACT, numbers, type Size, type Table, words } from './chart.ts';
import { blank, colour, frame, inkOf, judged, TEXT, type Tone, walkable, write } from './frame.ts';
import { around, clipped, place, placed, spread, textWidth } from './labels.ts';

type Options = {
  metric: MetricWords;
  /** What the points are: hospitals. */
  units: Noun;
  /** What the denominator counts: index stays. */
  noun: Noun;
};

/** Units against the limits of chance, by their size. Only those outside are named, and nobody is ranked. */
export const funnel: Chart<Funnel, Options> = { finding, subtitle, draw, note, tableOf };

const isOutsider = ({ beyond }: FunnelUnit) => beyond === 99.8;

function toneOf({ side }: FunnelUnit, { betterIs }: MetricWords): Tone {
  if (betterIs === 'neither' || side === null) return 'plain';
  return (side === 'above') === (betterIs === 'higher') ? 'better' : 'worse';
}

function finding({ units, hidden, tau }: Funnel, { units: noun }: Options): string {
  if (units.length === 0) return `No ${noun.many} to compare`;
  const clauses = (['above', 'below'] as const).flatMap((side) => {
    const found = units.filter((unit) => isOutsider(unit) && unit.side === side);
    if (found.length === 0) return [];
    const who = found.length > 2 ? spelled(found.length, noun) : listed(found.map(({ label }) => label));
    return [`${who} ${found.length === 1 ? 'stands' : 'stand'} ${side} the limits`];
  });
  const rest = units.filter((unit) => !isOutsider(unit)).length;
  if (clauses.length === 0) {
    const all = units.length === 1 ? `the one ${noun.one}` : `the ${spelled(units.length, noun)}`;
    const shown = hidden > 0 ? ', as far as they are shown' : '';
    if (tau > 0) return sentence(`${all} differ more than chance allows, and none stands out among them${shown}`);
    return sentence(`${all} cannot be told ${units.length === 1 ? 'from chance' : 'apart'}${shown}`);
  }
  if (rest > 0)
    clauses.push(
      `the other ${rest === 1 ? noun.one : spelled(rest, noun)} ${tau > 0 ? 'stand out less' : 'cannot be told apart'}`,
    );
  return sentence(clauses.join('; '));
}

function subtitle(_: Funnel, { metric, units, noun }: Options): string {
  const unit = metric.unit === 'percent' ? `% of ${noun.many}` : unitLabel(metric.unit);
  return `${metric.title} by ${units.one}, ${unit}. Curves: 95% dashed, 99.8% solid.`;
}

const printed = (value: number, { metric }: Options): string => amount(value, metric.unit);

function note({ units, hidden, phi, tau }: Funnel, { metric, units: noun }: Options): string | null {
  const watched = units.filter(({ beyond }) => beyond === 95).length;
  const spare = metric.unit === 'percent' ? `${tau.toFixed(1)} pp` : figure(tau, metric.unit);
  return (
    [
      watched > 0 &&
        `Filled grey: ${spelled(watched, noun)} between the two limits, which chance alone brings to one in twenty.`,
      phi !== null &&
        tau > 0 &&
        `${sentence(noun.many)} differ more than chance alone allows (φ ${phi.toFixed(1)}), so limits are widened by τ = ${spare}.`,
      hidden > 0 && `${plural(hidden, noun)} with too few ${hidden === 1 ? 'is' : 'are'} not drawn.`,
    ]
      .filter(Boolean)
      .join(' ') || null
  );
}

function spoken(unit: FunnelUnit, { metric: { unit: of }, noun }: Options): string {
  const { numerator } = unit.cell;
  return of === 'percent' && numerator !== null
    ? `${count(numerator)} of ${count(unit.n)}, ${amount(unit.value, of)}`
    : `${amount(unit.value, of)} ${unitWords(of)}, ${plural(unit.n, noun)}`;
}

function reading({ side, beyond }: FunnelUnit): string {
  return side === null ? 'within the limits' : `${side} the ${beyond}% limit`;
}

function draw(rows: Funnel, { width, document, ...options }: Options & Size): Element {
  const { units, centre, limits } = rows;
  const { metric, units: noun, noun: counted } = options;
  const size = { width, ...(document && { document }) };
  const label = `Funnel of ${metric.title.toLowerCase()} by ${noun.one}`;
  const description = finding(rows, options);
  if (centre === null) return blank(size, label, description);

  const compact = size.width < COMPACT;
  const sizes = units.map(({ n }) => n);
  const xScale = roundScale([...sizes, 1.04 * Math.max(...sizes)], { zero: true, about: compact ? 4 : 7 });
  const widest = Math.max(...sizes) * 1.04;
  const grid = gridOf(widest);
  const curves = curvesOf(rows, grid);
  // the limits of the smallest units run off the scale, which the units and the limits of the others set
  const reach = units.filter(({ n }) => n >= widest / 20).map(({ n }) => limits(n, 99.8));
  const yScale = roundScale([...units.map(({ value }) => value), ...reach.flatMap(({ low, high }) => [low, high])]);
  const [bottom, top] = yScale.domain;
  const within = (value: number) => Math.min(top, Math.max(bottom, value));
  const tick = tickLabels(yScale, metric.unit);

  const height = compact ? 320 : 390;
  const margin = {
    marginTop: 12,
    marginRight: 44,
    marginBottom: 40,
    marginLeft: 12 + Math.max(...yScale.ticks.map((value) => textWidth(tick(value)))),
  };
  const px = (n: number) => margin.marginLeft + (n / widest) * (size.width - margin.marginLeft - margin.marginRight);
  const py = (value: number) =>
    margin.marginTop + ((top - value) / (top - bottom)) * (height - margin.marginTop - margin.marginBottom);

  const outsiders = units.filter(isOutsider).toSorted((a, b) => b.n - a.n);
  const tone = (unit: FunnelUnit) => toneOf(unit, metric);
  const nameLines = (unit: FunnelUnit) => {
    const name = clipped(unit.label, compact ? 150 : 220);
    return [[name, spoken(unit, options)], [name]];
  };
  const places = place(
    outsiders.map((unit) => ({
      x: px(unit.n),
      y: py(unit.value),
      r: 7,
      texts: nameLines(unit),
      side: unit.side ?? 'above',
    })),
    units.map((unit) => around(px(unit.n), py(unit.value), 5)),
    { left: margin.marginLeft, right: size.width - margin.marginRight, top: 0, bottom: height - margin.marginBottom },
  );
  const ends = [
    ...curves.map(({ level, points }) => ({ end: points.at(-1)?.value ?? centre, text: `${level}%` })),
    { end: centre, text: printed(centre, options) },
  ];
  const heights = spread(ends.map(({ end }) => py(within(end))));

  return frame(
    { ...size, height, label, description },
    {
      ...margin,
      x: { domain: [0, widest], axis: null },
      y: { domain: yScale.domain, axis: null },
      marks: [
        Plot.ruleY(yScale.ticks, { stroke: colour('grid') }),
        Plot.areaY(grid, {
          x: Number,
          y1: (n: number) => within(limits(n, 99.8).low),
          y2: (n: number) => within(limits(n, 99.8).high),
          fill: colour('band'),
        }),
        curves.map(({ level, points }) =>
          Plot.lineY(points, {
            x: 'n',
            y: ({ value }) => (value > bottom && value <= top ? value : null),
            stroke: colour('band-edge'),
            ...(level === 95 && { strokeDasharray: '4 3' }),
          }),
        ),
        Plot.ruleY([centre], { stroke: colour('ink-2'), strokeWidth: 1.25 }),
        Plot.ruleY([bottom], { stroke: colour(bottom === 0 ? 'ink' : 'rule') }),
        write(yScale.ticks, {
          y: Number,
          text: tick,
          frameAnchor: 'left',
          textAnchor: 'end',
          dx: -8,
          fill: colour('ink-2'),
        }),
        Plot.axisX(
          xScale.ticks.filter((n) => n <= widest),
          {
            tickSize: 4,
            tickFormat: count,
            label: null,
            color: colour('ink-2'),
            fontSize: TEXT,
          },
        ),
        write([`${sentence(counted.many)} of the ${noun.one}`], {
          frameAnchor: 'bottom-right',
          textAnchor: 'end',
          dy: 36,
          fill: colour('ink-3'),
        }),
        Plot.dot(
          units.filter(({ side }) => side === null),
          {
            x: 'n',
            y: 'value',
            r: 4,
            fill: colour('paper'),
            fillOpacity: 0.7,
            stroke: colour('ink-2'),
            strokeWidth: 1.25,
          },
        ),
        Plot.dot(
          units.filter(({ beyond }) => beyond === 95),
          { x: 'n', y: 'value', r: 4.5, fill: colour('ink-2'), stroke: colour('paper') },
        ),
        judged(outsiders, { x: 'n', y: 'value', r: 6.5, tone }),
        outsiders.map((unit, at) =>
          placed(places[at], { x: unit.n, y: unit.value, fontWeight: 600, fill: inkOf(tone(unit)) }),
        ),
        ends.map(({ end, text }, at) =>
          write([text], {
            x: widest,
            y: within(end),
            dx: 6,
            dy: (heights[at] ?? 0) - py(within(end)),
            textAnchor: 'start',
            fill: colour('ink-2'),
          }),
        ),
        Plot.dot(units, {
          x: 'n',
          y: 'value',
          r: 12,
          ...walkable(units, {
            id: ({ id }) => id,
            label: (unit) => `${unit.label}: ${spoken(unit, options)}, ${reading(unit)}`,
          }),
        }),
      ],
    },
  );
}

/** Sizes at even ratios, so that the curves bend smoothly where units are small. */
function gridOf(widest: number): number[] {
  const least = Math.max(1, widest / 150);
  const sizes = Array.from({ length: 120 }, (_, at) => least * (widest / least) ** (at / 119));
  return [...new Set(sizes.map(Math.round))];
}

const curvesOf = ({ limits }: Funnel, grid: readonly number[]) =>
  ([99.8, 95] as const).flatMap((level) =>
    (['low', 'high'] as const).map((side) => ({
      level,
      points: grid.map((n) => ({ n, value: limits(n, level)[side] })),
    })),
  );

function tableOf({ units, limits }: Funnel, { metric, units: noun, noun: counted }: Options): Table {
  const how = { unit: unitLabel(metric.unit), format: (value: number) => figure(value, metric.unit) };
  return {
    columns: [
      words('label', sentence(noun.one)),
      numbers('n', sentence(counted.many)),
      numbers('value', 'Value', how),
      numbers('low', 'Lower 95%', how),
      numbers('high', 'Upper 95%', how),
      words('reads', 'Reads'),
    ],
    rows: units.map((unit) => ({
      label: unit.label,
      n: unit.n,
      value: unit.value,
      ...limits(unit.n, 95),
      reads: sentence(reading(unit)),
    })),
  };
}
