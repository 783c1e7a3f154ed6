import * as Plot from '@observablehq/plot';
import type { Cell } from '#contract/result';
import { day, month, monthInFull, monthNumber, monthOf, months } from '../format/date.ts';
import { type Noun, plural, sentence } from '../format/noun.ts';
import {
  amount,
  change,
  figure,
  interval,
  type MetricWords,
  SUPPRESSED,
  unitLabel,
  unitWords,
} from '../format/number.ts';
import { type Annotation, annotationRule, annotationsIn } from './annotations.ts';
import { roundScale, tickLabels } from './axis.ts';
import { type Chart, COMPACT, numbers, type Size, type Table, words } from './chart.ts';
import { blank, colour, frame, walkable, write } from './frame.ts';
import { place, textWidth } from './labels.ts';

/** Cells of `by=month` with `rolling`: each stands for so many months that end with its own. */
export type Rolled = { cells: readonly Cell[]; rolling: number };

type Options = { metric: MetricWords; noun: Noun; annotations?: readonly Annotation[] };

/** A metric over windows of months with its interval; overlapping, so without limits. */
export const rollingLine: Chart<Rolled, Options> = { finding, subtitle, draw, note, tableOf };

type Window = Cell & { readonly month: string; readonly value: number };

const known = ({ cells }: Rolled): Window[] =>
  cells.flatMap((cell) =>
    cell.value === null || !cell.key.month ? [] : [{ ...cell, month: cell.key.month, value: cell.value }],
  );

function finding(rolled: Rolled, { metric }: Options): string {
  const { rolling } = rolled;
  const windows = known(rolled);
  const last = windows.findLast(({ immature }) => !immature);
  if (!last) return `No ${rolling} months have all their data yet`;
  const before = windows.find((one) => monthNumber(one.month) === monthNumber(last.month) - rolling);
  const moved = change(last.value, before?.value ?? null, metric.unit);
  const told = [amount(last.value, metric.unit), unitWords(metric.unit)].filter(Boolean).join(' ');
  const against = moved ? `, ${moved} on the ${rolling} before` : '';
  return `${metric.title}: ${told} in the ${rolling} months to ${monthInFull(last.month)}${against}`;
}

function subtitle({ cells, rolling }: Rolled, { metric }: Options): string {
  const [first, last] = [cells[0]?.key.month, cells.at(-1)?.key.month];
  const span = first && last ? `, ending ${months(first, last)}` : '';
  return `${rolling} months together, ${unitLabel(metric.unit)}${span}. Band: 95% interval.`;
}

function note(rolled: Rolled, { annotations = [] }: Options): string | null {
  const arriving = rolled.cells.filter(({ immature }) => immature).length;
  const hollow = `Hollow: ${plural(arriving, { one: 'end', many: 'ends' })} in a month whose claims are still arriving.`;
  return [
    'Neighbours share most of their months, so no limits are drawn and a run tells nothing: single months do.',
    ...(arriving > 0 ? [hollow] : []),
    ...annotationsIn(known(rolled), annotations).map(({ date, label }) => `${day(date)}: ${label}.`),
  ].join(' ');
}

function draw(rolled: Rolled, { metric, noun, annotations = [], ...size }: Options & Size): Element {
  const label = `${metric.title}, ${rolled.rolling} months together`;
  const description = finding(rolled, { metric, noun });
  const windows = known(rolled);
  const [first] = windows;
  if (!first) return blank(size, label, description);
  const compact = size.width < COMPACT;
  const scale = roundScale(windows.flatMap(({ value, low, high }) => [value, low ?? value, high ?? value]));
  const tick = tickLabels(scale, metric.unit);
  const count = monthNumber(windows.at(-1)?.month ?? first.month) - monthNumber(first.month) + 1;
  const x = ({ month }: { month: string }) => monthNumber(month) - monthNumber(first.month);
  const marginLeft = 12 + Math.max(...scale.ticks.map((value) => textWidth(tick(value))));
  const every = [1, 3, 6, 12].find((step) => (step * (size.width - marginLeft)) / count >= 58) ?? 24;
  const named = Array.from({ length: count }, (_, at) => ({ month: monthOf(monthNumber(first.month) + at) }));
  const band = { x, stroke: colour('band-edge') };
  const accent = { x, y: 'value', stroke: colour('accent') };
  const mature = windows.filter(({ immature }) => !immature);
  const marginRight = compact ? 16 : 28;
  const pitch = (size.width - marginLeft - marginRight) / count;
  const events = annotationsIn(windows, annotations).map((event) => ({ ...event, month: event.date.slice(0, 7) }));
  const places = place(
    events.map((event) => ({
      ...{ x: marginLeft + (x(event) + 0.5) * pitch, y: 8, r: 0, texts: [[event.label]], side: 'beside' },
    })),
    [],
    { left: 0, right: size.width, top: 0, bottom: 16 },
  );
  return frame(
    { ...size, height: compact ? 260 : 320, label, description },
    {
      marginTop: 16,
      marginRight,
      marginBottom: 28,
      marginLeft,
      x: { domain: [-0.5, count - 0.5], axis: null },
      y: { domain: scale.domain, axis: null },
      marks: [
        Plot.ruleY(scale.ticks, { stroke: colour('grid') }),
        Plot.areaY(windows, { x, y1: 'low', y2: 'high', fill: colour('band') }),
        Plot.lineY(windows, { ...band, y: 'low' }),
        Plot.lineY(windows, { ...band, y: 'high' }),
        Plot.ruleY([scale.domain[0]], { stroke: colour(scale.domain[0] === 0 ? 'ink' : 'rule') }),
        write(scale.ticks, {
          y: Number,
          text: tick,
          frameAnchor: 'left',
          textAnchor: 'end',
          dx: -8,
          fill: colour('ink-2'),
        }),
        events.map((event, at) => annotationRule(event, places[at], { x: x(event), top: scale.domain[1] })),
        Plot.lineY(windows, { ...accent, strokeWidth: 1.25, strokeDasharray: '2 3' }),
        Plot.lineY(mature, { ...accent, strokeWidth: 1.75 }),
        Plot.dot(mature, { x, y: 'value', r: 3, fill: colour('accent') }),
        Plot.dot(
          windows.filter(({ immature }) => immature),
          { ...accent, r: 3.5, fill: colour('paper'), strokeWidth: 1.5 },
        ),
        write(
          named.filter((one) => monthNumber(one.month) % every === 0),
          {
            x,
            frameAnchor: 'bottom',
            dy: 16,
            text: (one: { month: string }) => month(one.month),
            fill: colour('ink-2'),
          },
        ),
        Plot.dot(windows, {
          x,
          y: 'value',
          r: 12,
          ...walkable(windows, {
            id: (one) => one.month,
            label: ({ month: end, value, low, high, immature }) =>
              [
                `${rolled.rolling} months to ${month(end)}: ${amount(value, metric.unit)}`,
                ...(low === null || high === null ? [] : [`95% interval ${interval(low, high, metric.unit)}`]),
                ...(immature ? ['claims still arriving'] : []),
              ].join(', '),
          }),
        }),
      ],
    },
  );
}

function tableOf({ cells, rolling }: Rolled, { metric, noun }: Options): Table {
  const shown = { unit: unitLabel(metric.unit), format: (value: number) => figure(value, metric.unit) };
  return {
    columns: [
      words('month', `${rolling} months to`),
      numbers('value', 'Value', shown),
      numbers('low', 'Low', shown),
      numbers('high', 'High', shown),
      numbers('denominator', sentence(noun.many)),
    ],
    rows: cells.map(({ key, suppressed, value, low, high, denominator }) => ({
      month: key.month ? month(key.month) : null,
      value: suppressed ? SUPPRESSED : value,
      ...{ low, high, denominator },
    })),
  };
}
