import * as Plot from '@observablehq/plot';
import type { Timeline, TimelineEvent } from '#contract/patient';
import { addDays, day, daysBetween, month, monthNumber, monthOf } from '../format/date.ts';
import { COMPACT, type Size } from './chart.ts';
import { colour, write } from './frame.ts';

/** The time axis that the three charts of one person share, so that they can be read straight down. ISO dates. */
export type TimeWindow = {
  from: string;
  /** The last day that the data can tell of. */
  until: string;
  to: string;
};

/**
 * The months up to data-through: 18 of them, 8 where the width is compact, fewer when the person's first event is later
 * (but at least 6). When nothing happened in them, they end
 * with the month in which something last did.
 */
export function timeWindow({ events, data_through }: Timeline, width: number): TimeWindow {
  const most = width < COMPACT ? 8 : 18;
  const today = monthNumber(data_through);
  const first = Math.min(...events.map(({ start_date }) => monthNumber(start_date)), today);
  const latest = Math.max(...events.map(({ start_date }) => monthNumber(start_date)));
  const last = events.length > 0 && latest < today - most + 1 ? latest : today;
  const months = Math.max(6, Math.min(most, last - first + 1));
  const until = last === today ? data_through : addDays(`${monthOf(last + 1)}-01`, -1);
  return { from: `${monthOf(last - months + 1)}-01`, until, to: addDays(until, Math.round(months * 0.6)) };
}

/** Lanes of the timeline that are not encounters. */
const RESULTS = 'observation';

/** A laboratory or vital result, not an observation stay: those share the lane's name, but only a stay has an end. */
export const isResult = ({ lane, end_date }: TimelineEvent): boolean => lane === RESULTS && end_date === null;

export const isHospitalStay = ({ lane }: TimelineEvent): boolean => lane === 'acute inpatient';

/** The last day of an event; its only day where it has no end. */
export const endOf = ({ start_date, end_date }: TimelineEvent): string => end_date ?? start_date;

/** What the three charts have in common: margins, scale, month grid, the stays' columns and the data-through rule. */
export function timeFrame({ events, data_through }: Timeline, window: TimeWindow, { width }: Size) {
  const compact = width < COMPACT;
  const left = compact ? 0 : 132;
  const right = 12;
  const days = daysBetween(window.from, window.to);
  const x = (iso: string) => daysBetween(window.from, iso);
  const [first, last] = [monthNumber(window.from), monthNumber(window.to)];
  const every = [1, 2, 3, 6, 12].find((step) => ((width - left - right) / (last - first + 1)) * step >= 44) ?? 12;
  const months = Array.from({ length: last - first + 1 }, (_, at) => `${monthOf(first + at)}-01`);
  const named = months.filter((one) => monthNumber(one) % every === 0);
  const through = data_through <= window.to ? [data_through] : [];
  const inside = (event: TimelineEvent) => endOf(event) >= window.from && event.start_date <= window.to;

  return {
    compact,
    left,
    inner: width - left - right,
    margins: { marginLeft: left, marginRight: right },
    days,
    scale: { domain: [0, days], axis: null } satisfies Plot.ScaleOptions,
    x,
    /** px from the left of the drawing. */
    px: (iso: string) => left + (x(iso) / days) * (width - left - right),
    /** Days at either end, cut to the window; one day where it starts and ends on the same. */
    span: (event: TimelineEvent): [number, number] => [
      Math.max(0, x(event.start_date)),
      Math.min(days, x(endOf(event))),
    ],
    inside,
    ground: (): Plot.Markish => {
      const stays = events.filter((event) => isHospitalStay(event) && inside(event));
      return [
        Plot.ruleX(named, { x, stroke: colour('grid') }),
        Plot.rectX(stays, {
          x1: ({ start_date }: TimelineEvent) => Math.max(0, x(start_date)),
          x2: (stay: TimelineEvent) => Math.min(days, x(endOf(stay))),
          insetLeft: -0.5,
          insetRight: -0.5,
          fill: colour('ink'),
          fillOpacity: 0.07,
        }),
        Plot.ruleX(through, { x, stroke: colour('ink-3'), strokeDasharray: '2 3' }),
      ];
    },
    /** Month names above the first lane. */
    months: (): Plot.Markish =>
      write(named, {
        x,
        frameAnchor: 'top',
        dy: -12,
        text: (one: string) => (one.slice(5, 7) === '01' ? one.slice(0, 4) : month(one).slice(0, 3)),
        fontWeight: (one) => (one.slice(5, 7) === '01' ? 600 : 400),
        fill: colour('ink-2'),
      }),
    /** "data to 30 Sep 2026", under the last lane. */
    dataThrough: (): Plot.Markish =>
      write(through, {
        x,
        frameAnchor: 'bottom',
        dy: 16,
        textAnchor: 'end',
        text: (last: string) => `data to ${day(last)}`,
        fill: colour('ink-3'),
      }),
  };
}
