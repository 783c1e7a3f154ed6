import * as Plot from '@observablehq/plot';
import { month, monthInFull, monthNumber, months } from '../format/date.ts';
import { plural, sentence, spelled } from '../format/noun.ts';
import { amount, figure, type MetricWords, SUPPRESSED, unitLabel } from '../format/number.ts';
import type { Comparator } from '../statistics/compare.ts';
import type { ControlPoint, ControlSeries } from '../statistics/spc.ts';
import { type Annotation, annotationsIn } from './annotations.ts';
import { type Chart, numbers, type Size, type Table, words } from './chart.ts';
import { TOO_FEW } from './control-words.ts';
import { blank, colour, frame, judged } from './frame.ts';

type Options = { metric: MetricWords; comparator?: Comparator; annotations?: readonly Annotation[] };

/** A number's months as one line without axes, 48 px high: shape only, so it is one picture and not walked. */
export const sparkline: Chart<ControlSeries, Options> = { finding, subtitle, draw, note, tableOf };

const MONTH = { one: 'month', many: 'months' };

const outsideOf = (point: ControlPoint) => point.signals.find(({ rule }) => rule === 'outside');

function finding({ points }: ControlSeries, { metric }: Options): string {
  const mature = points.filter(({ immature, value }) => !immature && value !== null);
  const last = mature.at(-1);
  if (last?.value == null)
    return points.some(({ suppressed }) => suppressed) ? TOO_FEW : 'No month has all its data yet';
  const outside = mature.filter(outsideOf).length;
  const said = outside === 0 ? 'no month' : spelled(outside, MONTH);
  return `${monthInFull(last.month)} is ${amount(last.value, metric.unit)}; ${said} of ${mature.length} outside the limits`;
}

function subtitle({ points }: ControlSeries): string {
  const [first, last] = [points[0], points.at(-1)];
  return first && last ? sentence(`by month, ${months(first.month, last.month)}`) : 'No months';
}

function note({ points }: ControlSeries, { comparator, annotations = [] }: Options): string | null {
  const arriving = points.filter(({ immature }) => immature).length;
  return (
    [
      arriving > 0 && `Hollow: ${plural(arriving, MONTH)} with claims still arriving.`,
      comparator && `Dashed: ${comparator.label}.`,
      annotationsIn(points, annotations).length > 0 && 'Dotted upright: something changed.',
      points.some(outsideOf) && 'Diamond or disc: outside the limits.',
    ]
      .filter(Boolean)
      .join(' ') || null
  );
}

function draw(
  { points, ...series }: ControlSeries,
  { metric, comparator, annotations = [], ...size }: Options & Size,
): Element {
  const events = annotationsIn(points, annotations);
  const named = events.map(({ date, label }) => `${label}, ${month(date)}`);
  const label = [`${metric.title} by month`, ...named].join('; ');
  const description = finding({ points, ...series }, { metric });
  const values = points.flatMap(({ value }) => value ?? []);
  if (values.length === 0) return blank(size, label, description);
  const seen = [...values, ...(comparator?.value == null ? [] : [comparator.value])];
  const [low, high] = [Math.min(...seen), Math.max(...seen)];
  const room = (high - low) * 0.12 || 1;
  const solid = (point: ControlPoint) => (point.immature ? null : point.value);
  const dashed = (point: ControlPoint, at: number) => (point.immature || points[at + 1]?.immature ? point.value : null);
  const x = (_: ControlPoint, at: number) => at;
  const end = points.findLastIndex((point) => solid(point) !== null);
  const outside = points.flatMap((point, at) => {
    const signal = outsideOf(point);
    return signal && !point.immature ? [{ at, value: point.value, signal }] : [];
  });
  return frame(
    { ...size, height: 48, label, description },
    {
      marginTop: 6,
      marginRight: 8,
      marginBottom: 6,
      marginLeft: 4,
      x: { domain: [0, Math.max(1, points.length - 1)], axis: null },
      y: { domain: [low - room, high + room], axis: null },
      marks: [
        comparator?.value == null
          ? null
          : Plot.ruleY([comparator.value], { stroke: colour('mark'), strokeDasharray: '4 3' }),
        Plot.ruleX(events, {
          x: ({ date }) => monthNumber(date) - monthNumber(points[0]?.month ?? ''),
          stroke: colour('ink-3'),
          strokeDasharray: '2 3',
        }),
        Plot.lineY(points, { x, y: solid, stroke: colour('accent'), strokeWidth: 1.5 }),
        Plot.lineY(points, { x, y: dashed, stroke: colour('accent'), strokeWidth: 1.25, strokeDasharray: '2 2' }),
        Plot.dot(points, { x, y: (point, at) => (at === end ? point.value : null), r: 3, fill: colour('accent') }),
        Plot.dot(points, {
          x,
          y: (point) => (point.immature ? point.value : null),
          r: 2.5,
          fill: colour('paper'),
          stroke: colour('accent'),
        }),
        judged(outside, {
          x: 'at',
          y: 'value',
          r: 4,
          tone: ({ signal: { means } }) => (means === 'neither' ? 'plain' : means),
        }),
      ],
    },
  );
}

function tableOf({ points }: ControlSeries, { metric }: Options): Table {
  return {
    columns: [
      words('month', 'Month'),
      numbers('value', 'Value', { unit: unitLabel(metric.unit), format: (value) => figure(value, metric.unit) }),
    ],
    rows: points.map((point) => ({
      month: month(point.month),
      value: point.suppressed ? SUPPRESSED : point.value,
    })),
  };
}
