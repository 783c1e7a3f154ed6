import * as Plot from '@observablehq/plot';
import { month, monthNumber } from '../format/date.ts';
import { type Noun, sentence } from '../format/noun.ts';
import { amount, count, type MetricWords } from '../format/number.ts';
import type { ControlPoint, ControlSeries, Phase, Signal } from '../statistics/spc.ts';
import { type Annotation, annotationRule, annotationsIn } from './annotations.ts';
import { roundScale, tickLabels } from './axis.ts';
import { type Chart, COMPACT, type Size } from './chart.ts';
import {
  type ControlOptions,
  centreName,
  eventWords,
  finding,
  isKnown,
  type KnownPoint,
  mainSignal,
  note,
  reading,
  signalWords,
  spoken,
  subtitle,
  tableOf,
} from './control-words.ts';
import { blank, colour, frame, inkOf, judged, LINE, type Token, type Tone, walkable, write } from './frame.ts';
import { type Anchor, around, type Placement, place, placed, spread, textWidth } from './labels.ts';

/** A monthly rate against its own limits. */
export const controlChart: Chart<ControlSeries, ControlOptions> = { finding, subtitle, draw, note, tableOf };

const toneOf = (signal: Signal): Tone => (signal.means === 'neither' ? 'plain' : signal.means);

function draw(series: ControlSeries, { metric, noun, annotations = [], ...size }: ControlOptions & Size): Element {
  const { points, now, before } = series;
  const label = `${sentence(now.kind)} of ${metric.title.toLowerCase()} by month`;
  const description = finding(series, { metric, noun });
  const known = points.filter(isKnown);
  const phases = [...before, now].filter(hasCentre);
  if (phases.length === 0) return blank(size, label, description);

  const compact = size.width < COMPACT;
  const scale = roundScale([
    ...phases.map(({ centre }) => centre),
    ...known.flatMap(({ value, low, high }) => [value, low ?? value, high ?? value]),
  ]);
  const tick = tickLabels(scale, metric.unit);
  const [bottom, top] = scale.domain;
  const height = compact ? 260 : 340;
  const margin = {
    marginTop: 24,
    marginRight: compact ? 44 : 118,
    marginBottom: compact ? 28 : 56,
    marginLeft: 12 + Math.max(...scale.ticks.map((value) => textWidth(tick(value)))),
  };
  const pitch = (size.width - margin.marginLeft - margin.marginRight) / points.length;
  const first = monthNumber(points[0]?.month ?? '');
  const x = ({ month }: Pick<ControlPoint, 'month'>) => monthNumber(month) - first;
  const layout: Layout = {
    compact,
    pitch,
    x,
    px: (point) => margin.marginLeft + (x(point) + 0.5) * pitch,
    py: (value) =>
      margin.marginTop + ((top - value) / (top - bottom)) * (height - margin.marginTop - margin.marginBottom),
  };

  // the latest is named first: it has the right side free, and leaves the left to the one before
  const events = annotationsIn(points, annotations);
  const dated = events.toReversed();
  const earlier = phases.filter((phase) => phase !== now);
  const groups = signalGroups(known, metric);
  const places = place(
    [
      ...dated.map(
        (annotation): Anchor => ({
          x: margin.marginLeft + (dayX(annotation, first) + 0.5) * pitch,
          y: margin.marginTop - 8,
          r: 0,
          texts: [[annotation.label]],
          side: 'beside',
        }),
      ),
      ...earlier.map(
        (phase): Anchor => ({
          x: (layout.px(startOf(phase)) + layout.px(endOf(phase))) / 2,
          y: layout.py(phase.centre),
          r: 0,
          texts: [[phaseLabel(phase, metric, compact)]],
          side: 'above',
        }),
      ),
      ...groups.map(
        ({ signal: { side }, lines, last, furthest }): Anchor => ({
          x: layout.px(last),
          y: layout.py(furthest.value),
          r: 7,
          texts: [lines],
          side,
        }),
      ),
    ],
    known.map((point) => around(layout.px(point), layout.py(point.value), 4)),
    { left: margin.marginLeft, right: size.width, top: 0, bottom: height - margin.marginBottom },
  );

  return frame(
    { ...size, height, label, description },
    {
      ...margin,
      x: { domain: [-0.5, points.length - 0.5], axis: null },
      y: { domain: scale.domain, axis: null },
      marks: [
        Plot.ruleY(scale.ticks, { stroke: colour('grid') }),
        [...before, now].map(limitBand(x)),
        Plot.ruleY([bottom], { stroke: colour(bottom === 0 ? 'ink' : 'rule') }),
        write(scale.ticks, {
          y: Number,
          text: tick,
          frameAnchor: 'left',
          textAnchor: 'end',
          dx: -8,
          fill: colour('ink-2'),
        }),
        phases.map(centreLine(x)),
        dated.map((annotation, at) => annotationRule(annotation, places[at], { x: dayX(annotation, first), top })),
        observedLine(points, layout),
        earlier.map((phase, at) =>
          placed(places[dated.length + at] ?? { text: phaseLabel(phase, metric, compact), ...ABOVE }, {
            x: (x(startOf(phase)) + x(endOf(phase))) / 2,
            y: phase.centre,
            fill: colour('ink-2'),
          }),
        ),
        signalMarks(groups, places.slice(dated.length + earlier.length), layout),
        marginLabels(series, metric, layout),
        monthLabels(points, noun, layout),
        Plot.dot(known, {
          x,
          y: 'value',
          r: 12,
          ...walkable(known, {
            id: (point) => point.month,
            label: (point) =>
              [
                `${month(point.month)}: ${spoken(point, metric, noun)}`,
                sentence(reading(point)),
                eventWords(point, events),
              ]
                .filter(Boolean)
                .map((words) => `${words}.`)
                .join(' '),
          }),
        }),
      ],
    },
  );
}

type Layout = {
  compact: boolean;
  /** px from month to month. */
  pitch: number;
  x: (point: Pick<ControlPoint, 'month'>) => number;
  px: (point: Pick<ControlPoint, 'month'>) => number;
  py: (value: number) => number;
};

/** Where a centre is named when every place beside it is taken: over what is there. */
const ABOVE = { dx: 0, dy: -LINE / 2 - 2, textAnchor: 'middle' } as const;

type Centred = Phase & { centre: number };
const hasCentre = (phase: Phase): phase is Centred => phase.centre !== null;

const NO_MONTH = { month: '' };
const startOf = ({ points }: Phase): Pick<ControlPoint, 'month'> => points[0] ?? NO_MONTH;
const endOf = ({ points }: Phase): Pick<ControlPoint, 'month'> => points.at(-1) ?? NO_MONTH;

const phaseLabel = (phase: Centred, { unit }: MetricWords, compact: boolean): string =>
  `${compact ? '' : `${sentence(centreName(phase))} `}${amount(phase.centre, unit)}`;

/** Limits step from month to month because n does; a month without them leaves a gap. */
const limitBand =
  (x: Layout['x']) =>
  ({ points }: Phase): Plot.Markish => {
    const edges = points.flatMap((point) => [
      { x: x(point) - 0.5, low: point.low, high: point.high },
      { x: x(point) + 0.5, low: point.low, high: point.high },
    ]);
    const edge = (y: 'low' | 'high') => Plot.lineY(edges, { x: 'x', y, stroke: colour('band-edge'), strokeWidth: 1 });
    return [Plot.areaY(edges, { x: 'x', y1: 'low', y2: 'high', fill: colour('band') }), edge('low'), edge('high')];
  };

/** Solid over the months that set it, dashed where it is carried on. */
const centreLine =
  (x: Layout['x']) =>
  (phase: Centred): Plot.Markish => {
    const last = phase.points.findLast(({ baseline }) => baseline);
    const [from, to] = [x(startOf(phase)) - 0.5, x(endOf(phase)) + 0.5];
    const set = last ? x(last) + 0.5 : from;
    const line = { stroke: colour('ink-2'), strokeWidth: 1.25 };
    return [
      Plot.ruleY([phase.centre], { ...line, x1: from, x2: set }),
      Plot.ruleY([phase.centre], { ...line, x1: set, x2: to, strokeDasharray: '5 3' }),
    ];
  };

/** Where on the axis an annotation's day falls, in months from the first; a phase starts with its month. */
const dayX = ({ date, startsPhase }: Annotation, first: number): number =>
  monthNumber(date) - first - 0.5 + (startsPhase ? 0 : (Number(date.slice(8, 10)) - 1) / 31);

function observedLine(points: readonly ControlPoint[], { x, pitch }: Layout): Plot.Markish {
  const accent = { x, stroke: colour('accent') };
  const solid = (point: ControlPoint) => (point.immature ? null : point.value);
  const dashed = (point: ControlPoint, at: number) => (point.immature || points[at + 1]?.immature ? point.value : null);
  const plain = points.filter((point) => isKnown(point) && !mainSignal(point));
  return [
    Plot.lineY(points, { ...accent, y: solid, strokeWidth: 1.75 }),
    Plot.lineY(points, { ...accent, y: dashed, strokeWidth: 1.25, strokeDasharray: '2 3' }),
    Plot.dot(
      plain.filter(({ immature }) => !immature),
      { x, y: 'value', r: pitch < 8 ? 2 : 3, fill: colour('accent') },
    ),
    Plot.dot(
      plain.filter(({ immature }) => immature),
      { ...accent, y: 'value', r: 3.5, fill: colour('paper'), strokeWidth: 1.5 },
    ),
  ];
}

type SignalGroup = { signal: Signal; points: KnownPoint[]; lines: string[]; last: KnownPoint; furthest: KnownPoint };

/** Months by the signal that they are drawn by: those outside their limits first, then the newest. */
function signalGroups(known: readonly KnownPoint[], { unit }: MetricWords): SignalGroup[] {
  const bySignal = new Map<Signal, KnownPoint[]>();
  for (const point of known) {
    const signal = mainSignal(point);
    if (signal) bySignal.set(signal, [...(bySignal.get(signal) ?? []), point]);
  }
  const groups = [...bySignal].flatMap(([signal, points]) => {
    const last = points.at(-1);
    if (!last) return [];
    const furthest = points.reduce((a, b) => (a.value > b.value === (signal.side === 'above') ? a : b));
    const value = `${month(last.month)}: ${amount(last.value, unit)}`;
    const lines = [...(signal.rule === 'outside' ? [value] : []), sentence(signalWords(signal))];
    return [{ signal, points, lines, last, furthest }];
  });
  const isOutside = ({ signal }: SignalGroup) => Number(signal.rule === 'outside');
  return groups.toSorted((a, b) => isOutside(b) - isOutside(a) || (a.last.month < b.last.month ? 1 : -1));
}

/** A month outside its limits is large and named; a run's months are small, and the run is named once, beyond them all. */
function signalMarks(
  groups: readonly SignalGroup[],
  places: readonly (Placement | null)[],
  { x }: Layout,
): Plot.Markish {
  return groups.map(({ signal, points, last, furthest }, at) => {
    const tone = toneOf(signal);
    return [
      judged(points, { x, y: 'value', tone: () => tone, r: signal.rule === 'outside' ? 6 : 4 }),
      placed(places[at], { x: x(last), y: furthest.value, fontWeight: 600, fill: inkOf(tone) }),
    ];
  });
}

/** The lines' names at their right ends, each at its own height or as near as the others allow. */
function marginLabels(
  { points, now: { points: recent, kind, centre } }: ControlSeries,
  { unit }: MetricWords,
  { compact, py }: Layout,
): Plot.Markish {
  const limits = recent.findLast(({ low }) => low !== null);
  const last = points.findLast(isKnown);
  const name = (text: string, value: number) => (compact ? amount(value, unit) : `${text} ${amount(value, unit)}`);
  const labels: { value: number; text: string; tone: Token }[] = [];
  if (limits?.high != null) labels.push({ value: limits.high, text: name('Upper limit', limits.high), tone: 'ink-2' });
  if (centre !== null) {
    labels.push({ value: centre, text: name(kind === 'run chart' ? 'Median' : 'Centre', centre), tone: 'ink-2' });
  }
  if (limits?.low != null) labels.push({ value: limits.low, text: name('Lower limit', limits.low), tone: 'ink-2' });
  if (last?.immature && !compact) labels.push({ value: last.value, text: 'Claims still arriving', tone: 'accent' });
  const heights = spread(labels.map(({ value }) => py(value)));
  return labels.map(({ value, text, tone }, at) =>
    write([text], {
      x: points.length - 0.5,
      y: value,
      dx: compact ? 6 : 8,
      dy: (heights[at] ?? 0) - py(value),
      textAnchor: 'start',
      fill: colour(tone),
    }),
  );
}

/** Months as far apart as their names need, then the denominator under each point as far as there is room. */
function monthLabels(points: readonly ControlPoint[], noun: Noun, { compact, pitch, x }: Layout): Plot.Markish {
  const needed = compact ? 58 : 44;
  const every = [1, 3, 6, 12].find((step) => step * pitch >= needed) ?? 24;
  const inFull = (point: ControlPoint) => every > 3 || point.month.endsWith('-01') || compact;
  const named = points.filter((point) => monthNumber(point.month) % every === 0);
  const counted = points.filter(({ denominator }) => denominator !== null);
  const widest = Math.max(0, ...counted.map(({ denominator }) => textWidth(count(denominator ?? 0))));
  const apart = Math.ceil((widest + 5) / pitch);
  const row = { frameAnchor: 'bottom', dy: 40, fill: colour('ink-3') } as const;
  const clear = Math.max(8, (widest - pitch) / 2 + 6);
  return [
    write(named.length > 0 ? named : points.slice(0, 1), {
      x,
      frameAnchor: 'bottom',
      dy: 16,
      text: (point: ControlPoint) => (inFull(point) ? month(point.month) : month(point.month).slice(0, 3)),
      fill: colour('ink-2'),
      fontWeight: (point) => (point.month.endsWith('-01') ? 600 : 400),
    }),
    compact
      ? null
      : [
          write(
            counted.filter((point) => (points.length - 1 - x(point)) % apart === 0),
            { ...row, x, text: ({ denominator }: ControlPoint) => count(denominator ?? 0) },
          ),
          write([noun.many], { ...row, frameAnchor: 'bottom-right', textAnchor: 'start', dx: clear }),
        ],
  ];
}
