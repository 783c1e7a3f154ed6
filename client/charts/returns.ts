import * as Plot from '@observablehq/plot';
import { type Noun, plural } from '../format/noun.ts';
import { count } from '../format/number.ts';
import { roundScale } from './axis.ts';
import { type Chart, COMPACT, numbers, type Size, type Table } from './chart.ts';
import { blank, colour, frame, halo, TEXT, walkable, write } from './frame.ts';

/** How many came back so many days after discharge, every day of the window once and in order. */
export type ReturnDay = { day: number; returns: number };

type Options = {
  /** What is counted: readmissions. */
  noun: Noun;
};

/** A bar per day, the first week set apart, and over it the share that is back by the end of each week. */
export const returnDays: Chart<ReturnDay[], Options> = { finding, subtitle, draw, note, tableOf };

const WEEK = 7;

const total = (days: readonly ReturnDay[]): number => days.reduce((sum, { returns }) => sum + returns, 0);
const by = (days: readonly ReturnDay[], last: number): number => total(days.filter(({ day }) => day <= last));
const share = (days: readonly ReturnDay[], last: number): string =>
  `${Math.round((100 * by(days, last)) / total(days))}%`;

function finding(days: ReturnDay[], { noun }: Options): string {
  const half = days.find(({ day }) => 2 * by(days, day) >= total(days));
  if (!half || total(days) === 0) return `No ${noun.many} in these months`;
  return `Half are back by day ${half.day}, ${share(days, WEEK)} within a week`;
}

function subtitle(days: ReturnDay[], { noun }: Options): string {
  return `${plural(total(days), noun)} by days since discharge.`;
}

function note(days: ReturnDay[]): string | null {
  return days.some(({ day, returns }) => day === 0 && returns > 0)
    ? 'Day 0 is a return on the day of discharge; a transfer is no return.'
    : null;
}

function draw(days: ReturnDay[], { document, width, ...options }: Options & Size): Element {
  const size = { width, ...(document && { document }) };
  const label = `${options.noun.many} by days since discharge`;
  const description = finding(days, options);
  const last = days.at(-1)?.day ?? 0;
  if (total(days) === 0) return blank(size, label, description);
  const scale = roundScale(
    days.map(({ returns }) => returns),
    { zero: true, about: 4 },
  );
  const weeks = [WEEK, 2 * WEEK, 3 * WEEK, last].map((day) => ({
    day,
    text: width < COMPACT ? share(days, day) : `${share(days, day)} by ${day}`,
  }));
  const axis = { label: null, color: colour('ink-2'), fontSize: TEXT };
  return frame(
    { ...size, height: width < COMPACT ? 220 : 260, label, description },
    {
      ...{ marginTop: 24, marginRight: 8, marginBottom: 44, marginLeft: 32 },
      x: { domain: [-0.5, last + 0.5], axis: null },
      y: { domain: scale.domain, axis: null },
      marks: [
        Plot.gridY(scale.ticks, { stroke: colour('grid'), strokeOpacity: 1 }),
        Plot.rectY(days, {
          ...{ x1: ({ day }) => day - 0.5, x2: ({ day }) => day + 0.5, y: 'returns', insetLeft: 0.5, insetRight: 0.5 },
          fill: ({ day }) => colour(day <= WEEK ? 'accent' : 'mark'),
        }),
        Plot.ruleX(weeks, { x: ({ day }) => day + 0.5, stroke: colour('ink-3'), strokeDasharray: '2 3' }),
        write(weeks, {
          ...{ x: ({ day }) => day + 0.5, text: 'text', frameAnchor: 'top', textAnchor: 'end', dx: -3, dy: -14 },
          ...{ fill: colour('ink'), fontWeight: 600, ...halo },
        }),
        Plot.axisX(
          [0, ...weeks.map(({ day }) => day)].filter((day) => day <= last),
          { ...axis, tickSize: 4, tickFormat: String },
        ),
        Plot.axisY(scale.ticks, { ...axis, tickSize: 0, tickFormat: count }),
        write(['Days since discharge'], {
          ...{ frameAnchor: 'bottom-right', textAnchor: 'end', dy: 38, fill: colour('ink-3') },
        }),
        Plot.rectY(days, {
          ...{ x1: ({ day }) => day - 0.5, x2: ({ day }) => day + 0.5, y1: scale.domain[0], y2: scale.domain[1] },
          ...walkable(days, {
            id: ({ day }) => String(day),
            label: ({ day, returns }) => `Day ${day}: ${plural(returns, options.noun)}, ${share(days, day)} by then`,
          }),
        }),
      ],
    },
  );
}

function tableOf(days: ReturnDay[], { noun }: Options): Table {
  return {
    columns: [
      numbers('day', 'Days since discharge'),
      numbers('returns', noun.many),
      numbers('by', 'Back by then', { unit: '%' }),
    ],
    rows: days.map(({ day, returns }) => ({
      day,
      returns,
      by: total(days) === 0 ? null : Math.round((100 * by(days, day)) / total(days)),
    })),
  };
}
