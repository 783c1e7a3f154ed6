import * as Plot from '@observablehq/plot';
import type { Patient, Timeline } from '#contract/patient';
import { addDays, month, monthNumber, monthOf, months } from '../format/date.ts';
import { count } from '../format/number.ts';
import { roundScale } from './axis.ts';
import { type Chart, numbers, type Size, type Table, words } from './chart.ts';
import { blank, colour, frame, TEXT, walkable, write } from './frame.ts';
import { type TimeWindow, timeFrame } from './time-window.ts';

type Cost = Patient['costs'][number];

type Options = { timeline: Timeline; window: TimeWindow };

/** What was paid for one person by month, under the lanes of the same months. */
export const personCost: Chart<readonly Cost[], Options> = { finding, subtitle, draw, note, tableOf };

const dollars = (amount: number): string => (amount < 0 ? `−$${count(-amount)}` : `$${count(amount)}`);
const sum = (costs: readonly Cost[]): number => costs.reduce((all, { paid_amount }) => all + paid_amount, 0);

const inside = (costs: readonly Cost[], { window }: Options): Cost[] =>
  costs.filter(({ month }) => month >= window.from && month <= window.until);

/** px between the months and the highest amount, whose words would else run into theirs. */
const CLEAR = 12;

/** Of the months drawn; the largest is named where it is most of the sum. */
function finding(costs: readonly Cost[], options: Options): string {
  const drawn = inside(costs, options);
  const { from, until } = options.window;
  const [largest] = drawn.toSorted((a, b) => b.paid_amount - a.paid_amount);
  if (!largest) return `Nothing was paid in ${months(from, until)}`;
  const all = sum(drawn);
  const most = 2 * largest.paid_amount > all && drawn.length > 1;
  return `${dollars(all)} was paid in ${months(from, until)}, ${most ? 'most' : 'the most'} of it in ${month(largest.month)}`;
}

function subtitle(_: readonly Cost[], { window }: Options): string {
  return `Dollars paid by the month of the service, claims and fills, ${months(window.from, window.until)}.`;
}

function note(costs: readonly Cost[], { window }: Options): string | null {
  const before = costs.filter(({ month }) => month < window.from);
  return before.length > 0 ? `${dollars(sum(before))} before then not drawn.` : null;
}

function draw(costs: readonly Cost[], { timeline, window, ...size }: Options & Size): Element {
  const label = 'Paid by month';
  const description = finding(costs, { timeline, window });
  const drawn = inside(costs, { timeline, window });
  if (drawn.length === 0) return blank(size, label, description);
  const time = timeFrame(timeline, window, size);
  const scale = roundScale(
    drawn.map(({ paid_amount }) => paid_amount),
    { zero: true, about: 3 },
  );
  const height = 146 + CLEAR;
  const start = ({ month }: Cost) => time.x(month);
  const end = ({ month }: Cost) => time.x(addDays(`${monthOf(monthNumber(month) + 1)}-01`, -1));
  const bar = { x1: start, x2: end, insetLeft: 1, insetRight: 1 };
  return frame(
    { ...size, height, label, description },
    {
      ...time.margins,
      ...{ marginTop: 26, marginBottom: 26 },
      x: time.scale,
      y: { domain: scale.domain, axis: null, insetTop: CLEAR },
      marks: [
        time.ground(),
        time.months(),
        Plot.ruleY(scale.ticks, { stroke: colour('grid') }),
        write(scale.ticks, {
          y: (tick: number) => tick,
          frameAnchor: 'left',
          textAnchor: time.compact ? 'start' : 'end',
          dx: time.compact ? 0 : -8,
          dy: time.compact ? -TEXT / 2 : 0,
          text: dollars,
          fill: colour('ink-2'),
        }),
        Plot.rectY(drawn, { ...bar, y: 'paid_amount', fill: colour('mark') }),
        time.dataThrough(),
        Plot.rectY(drawn, {
          ...bar,
          ...{ y1: scale.domain[0], y2: scale.domain[1] },
          ...walkable(drawn, {
            id: ({ month }) => month,
            label: ({ month: of, paid_amount }) => `${month(of)}: ${dollars(paid_amount)}`,
          }),
        }),
      ],
    },
  );
}

function tableOf(costs: readonly Cost[], options: Options): Table {
  return {
    columns: [words('month', 'Month'), numbers('paid', 'Paid', { unit: '$', format: count })],
    rows: inside(costs, options).map(({ month: of, paid_amount }) => ({ month: month(of), paid: paid_amount })),
  };
}
