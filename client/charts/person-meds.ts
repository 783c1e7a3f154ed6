import * as Plot from '@observablehq/plot';
import type { Timeline, TimelineEvent } from '#contract/patient';
import { day, daysBetween, months } from '../format/date.ts';
import { inWords, plural, sentence, spelled } from '../format/noun.ts';
import { type Chart, type Size, type Table, words } from './chart.ts';
import { blank, colour, frame, halo, walkable, write } from './frame.ts';
import { clipped } from './labels.ts';
import { endOf, type TimeWindow, timeFrame } from './time-window.ts';

type Options = { window: TimeWindow };

/** Days covered by fills, a lane per medicine. */
export const personMeds: Chart<Timeline, Options> = { finding, subtitle, draw, note, tableOf };

type Medicine = {
  name: string;
  /** Fills and orders, by date. */
  fills: TimelineEvent[];
  /** The last day that any of them covers. */
  last: string;
};

/** Under this many days without supply a medicine still counts as running; fills are late by a few days. */
const GRACE = 30;
/** More lanes than this are hard to read down; the table has them all. */
const MOST = 14;

const MEDICINE = { one: 'medicine', many: 'medicines' };
const FILL = { one: 'fill', many: 'fills' };

/** Fills and orders with supply in the window. */
const supplied = ({ events }: Timeline, { window }: Options): TimelineEvent[] =>
  events.filter((event) => event.lane === 'medication' && endOf(event) >= window.from && event.start_date <= window.to);

/** Fills whose claim names no drug: of a medicine that is drawn, or of another. */
const unnamed = (timeline: Timeline, options: Options): number =>
  supplied(timeline, options).filter(({ code }) => code === null).length;

/** Medicines with supply in the window, the longest running first. */
function medicines(timeline: Timeline, options: Options): Medicine[] {
  const byName = new Map<string, TimelineEvent[]>();
  for (const event of supplied(timeline, options)) {
    if (event.code !== null) byName.set(event.title, [...(byName.get(event.title) ?? []), event]);
  }
  return [...byName]
    .map(([name, fills]) => {
      const inOrder = fills.toSorted((a, b) => (a.start_date < b.start_date ? -1 : 1));
      return { name, fills: inOrder, last: fills.map(endOf).toSorted().at(-1) ?? '' };
    })
    .toSorted((a, b) => ((a.fills[0]?.start_date ?? '') < (b.fills[0]?.start_date ?? '') ? -1 : 1));
}

/** Known only where every fill says how long it lasts. */
const isStopped = ({ fills, last }: Medicine, { until }: TimeWindow) =>
  fills.every(({ end_date }) => end_date !== null) && daysBetween(last, until) > GRACE;

function finding(timeline: Timeline, options: Options): string {
  const all = medicines(timeline, options);
  const span = months(options.window.from, options.window.until);
  if (all.length === 0) {
    const without = unnamed(timeline, options);
    return without > 0
      ? `${sentence(spelled(without, FILL))} in ${span}, of drugs that no claim names`
      : `No medicine was filled or ordered in ${span}`;
  }
  const stopped = all.filter((medicine) => isStopped(medicine, options.window));
  const [only] = stopped;
  const head = `${spelled(all.length, MEDICINE)} in ${span}`;
  if (!only) return sentence(`${head}, ${all.length === 1 ? 'not' : 'none of them'} run out`);
  if (stopped.length > 1) return sentence(`${head}; ${inWords(stopped.length)} have run out and not been filled since`);
  return sentence(`${head}; ${only.name} ran out on ${day(only.last)} and has not been filled since`);
}

function subtitle(_: Timeline, { window }: Options): string {
  return `Days covered by fills and orders, ${months(window.from, window.until)}. Grey columns: hospital stays.`;
}

function note(timeline: Timeline, options: Options): string | null {
  const more = medicines(timeline, options).length - MOST;
  const without = unnamed(timeline, options);
  return [
    more > 0 && `${sentence(plural(more, { one: 'more medicine', many: 'more medicines' }))} in the table.`,
    without > 0 && `Without ${plural(without, FILL)} whose claim names no drug.`,
    'A fill is not a dose taken.',
  ]
    .filter(Boolean)
    .join(' ');
}

function draw(timeline: Timeline, { window, ...size }: Options & Size): Element {
  const label = 'Medicines by days of supply';
  const description = finding(timeline, { window });
  const all = medicines(timeline, { window }).slice(-MOST);
  if (all.length === 0) return blank(size, label, description);

  const time = timeFrame(timeline, window, size);
  const pitch = time.compact ? 38 : 27;
  const names = all.map(({ name }) => name);
  const fills = all.flatMap(({ fills }) => fills);
  const bar = time.compact ? { insetTop: 22, insetBottom: 6 } : { insetTop: 9, insetBottom: 9 };
  const [start, end] = [(fill: TimelineEvent) => time.span(fill)[0], (fill: TimelineEvent) => time.span(fill)[1]];
  const stopped = all.filter((medicine) => isStopped(medicine, window));
  return frame(
    { ...size, height: names.length * pitch + 30, label, description },
    {
      ...time.margins,
      marginTop: 4,
      marginBottom: 26,
      x: time.scale,
      y: { type: 'band', domain: names, padding: 0, axis: null },
      marks: [
        time.ground(),
        Plot.ruleY(names.slice(1), { y: String, dy: -pitch / 2, stroke: colour('grid'), insetLeft: -time.left }),
        write(names, {
          y: String,
          frameAnchor: 'left',
          textAnchor: 'start',
          dx: -time.left,
          dy: time.compact ? 11 - pitch / 2 : 0,
          text: (name: string) => clipped(name, time.compact ? size.width - 24 : time.left - 12),
          fill: colour('ink-2'),
          ...(time.compact && halo),
        }),
        Plot.barX(fills, { y: 'title', x1: start, x2: end, fill: colour('accent-2'), ...bar, insetLeft: -0.5 }),
        write(stopped, {
          y: 'name',
          x: ({ last }: Medicine) => time.x(last),
          dx: 6,
          dy: time.compact ? 7 : 0,
          textAnchor: 'start',
          text: ({ last }: Medicine) => {
            const room = size.width - time.px(last) - 10;
            const text = `no fill for ${daysBetween(last, window.until)} days`;
            return clipped(text, room) === text ? text : '';
          },
          fill: colour('ink'),
          ...halo,
        }),
        time.dataThrough(),
        Plot.cell(all, {
          y: 'name',
          insetLeft: -time.left,
          ...walkable(all, {
            id: ({ name }) => name,
            label: (medicine) =>
              `${medicine.name}: ${plural(medicine.fills.length, { one: 'fill or order', many: 'fills and orders' })}, to ${day(medicine.last)}`,
          }),
        }),
      ],
    },
  );
}

function tableOf(timeline: Timeline, options: Options): Table {
  return {
    columns: [words('name', 'Medicine'), words('start', 'From'), words('end', 'To'), words('detail', 'Detail')],
    rows: medicines(timeline, options).flatMap(({ name, fills }) =>
      fills.map(({ start_date, end_date, detail }) => ({ name, start: start_date, end: end_date, detail })),
    ),
  };
}
