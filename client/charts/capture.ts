import * as Plot from '@observablehq/plot';
import type { Plan } from '#contract/risk';
import { noun, plural } from '../format/noun.ts';
import { count } from '../format/number.ts';
import { type Chart, COMPACT, numbers, type Size, type Table, words } from './chart.ts';
import { blank, colour, frame, halo, TEXT, walkable, write } from './frame.ts';

type Point = Plan['curve'][number];

type Options = {
  /** Of the list, whom the team reaches, and who is on it. */
  people: number;
  listed: number;
};

/** How many of the admissions that are expected fall on the likeliest people: the more the curve bends, the more a list is worth. */
export const capture: Chart<Point[], Options> = { finding, subtitle, draw, note, tableOf };

const person = noun('person', 'people');
const share = (value: number): string => `${Math.round(100 * value)}%`;

/** The share of all expected admissions among the people reached, between the points of the curve. */
function reached(points: readonly Point[], { people, listed }: Options): number {
  const percent = listed === 0 ? 0 : (100 * people) / listed;
  const [below, above] = [points[Math.floor(percent)], points[Math.ceil(percent)]];
  if (!below || !above) return 0;
  return below.share + (percent - below.percent) * (above.share - below.share);
}

function finding(points: Point[], options: Options): string {
  if (points.length === 0) return 'How many admissions a list would hold is not known';
  return `${plural(options.people, person)} hold ${share(reached(points, options))} of the admissions expected`;
}

function subtitle(_: Point[], { listed }: Options): string {
  return `Share of the unplanned admissions expected within 12 months, by how many of the ${count(listed)} people on the list are taken, the likeliest first.`;
}

function note(): null {
  return null;
}

function draw(points: Point[], { document, width, ...options }: Options & Size): Element {
  const about = { width, ...(document && { document }) };
  const label = 'Share of expected admissions by people taken';
  const description = finding(points, options);
  if (points.length === 0) return blank(about, label, description);
  const rows = points.map(({ percent, share }) => ({ percent, share: 100 * share }));
  const here = { percent: (100 * options.people) / Math.max(options.listed, 1), share: 100 * reached(points, options) };
  const named = rows.filter(({ percent }) => percent > 0 && percent % 10 === 0);
  const ticks = [0, 20, 40, 60, 80, 100];
  const axis = { tickSize: 4, label: null, color: colour('ink-2'), fontSize: TEXT };
  return frame(
    { ...about, height: width < COMPACT ? 280 : 320, label, description },
    {
      ...{ marginTop: 12, marginRight: 16, marginBottom: 44, marginLeft: 44 },
      x: { domain: [0, 100], axis: null },
      y: { domain: [0, 100], axis: null },
      marks: [
        Plot.gridY(ticks, { stroke: colour('grid'), strokeOpacity: 1 }),
        Plot.line(
          [
            [0, 0],
            [100, 100],
          ],
          { stroke: colour('mark'), strokeDasharray: '4 3' },
        ),
        Plot.line(rows, { x: 'percent', y: 'share', stroke: colour('accent'), strokeWidth: 2 }),
        Plot.ruleX([here], { x: 'percent', y1: 0, y2: 'share', stroke: colour('ink-3'), strokeDasharray: '2 3' }),
        Plot.dot([here], {
          x: 'percent',
          y: 'share',
          r: 5,
          fill: colour('accent'),
          stroke: colour('paper'),
          strokeWidth: 1.5,
        }),
        write([`${plural(options.people, person)}: ${share(here.share / 100)}`], {
          ...{ x: () => here.percent, y: () => here.share, fill: colour('ink'), fontWeight: 600, ...halo },
          ...(here.percent > 60
            ? { textAnchor: 'end', dx: -10, dy: -10 }
            : { textAnchor: 'start', dx: 10, dy: here.share < 12 ? 0 : 10 }),
        }),
        Plot.axisX(ticks, { ...axis, tickFormat: (value: number) => `${value}%` }),
        Plot.axisY(ticks, { ...axis, tickSize: 0, tickFormat: (value: number) => `${value}%` }),
        write(['of the list, the likeliest first'], {
          ...{ frameAnchor: 'bottom-right', textAnchor: 'end', dy: 38, fill: colour('ink-3') },
        }),
        Plot.dot(named, {
          ...{ x: 'percent', y: 'share', r: 12 },
          ...walkable(named, {
            id: ({ percent }) => String(percent),
            label: ({ percent, share }) => `${percent}% of the list: ${Math.round(share)}% of expected admissions`,
          }),
        }),
      ],
    },
  );
}

function tableOf(points: Point[], { listed }: Options): Table {
  return {
    columns: [
      words('of', 'Of the list'),
      numbers('people', 'People'),
      numbers('share', 'Of expected admissions', { unit: '%', format: (value) => value.toFixed(0) }),
    ],
    rows: points
      .filter(({ percent }) => percent % 10 === 0)
      .map(({ percent, share }) => ({
        of: `${percent}%`,
        people: Math.round((percent * listed) / 100),
        share: 100 * share,
      })),
  };
}
