import * as Plot from '@observablehq/plot';
import type { Costliest } from '#contract/concentration';
import { listed, noun, plural } from '../format/noun.ts';
import { count, figure, SUPPRESSION } from '../format/number.ts';
import { type Chart, COMPACT, numbers, type Size, type Table, words } from './chart.ts';
import { blank, colour, frame, halo, TEXT, walkable, write } from './frame.ts';
import { around, place, placed, textWidth } from './labels.ts';

type Options = {
  /** What is spread over the people, in the words of a sentence: "spending". */
  what: string;
  /** The coefficient of all people; null where there is none. */
  gini: number | null;
};

/** How much of something the costliest people have: a curve that bends away from equal shares. */
export const lorenz: Chart<Costliest[], Options> = { finding, subtitle, draw, note, tableOf };

/** Percent of people that are named and can be walked to. */
const NAMED = [1, 5, 10, 20, 50];
const people = noun('person', 'people');

const named = (rows: readonly Costliest[]) => rows.filter(({ percent }) => NAMED.includes(percent));

/** 0.4 -> "0.4%", 38.2 -> "38%" */
const percent = (share: number): string => `${share < 9.95 ? figure(share, 'percent') : count(share)}%`;

function finding(rows: Costliest[], { what }: Options): string {
  const known = named(rows);
  const first = known.find((row) => row.percent === 5) ?? known[0];
  if (!first) return `How ${what} is spread over people is not shown`;
  const half = known.find((row) => row.percent === 50);
  const rest = half && half !== first ? `; the half who cost least, for ${percent(100 - half.share)}` : '';
  const who = first.persons === null ? '' : ` (${count(first.persons)})`;
  return `The costliest ${first.percent}% of people${who} account for ${percent(first.share)} of ${what}${rest}`;
}

function subtitle(_: Costliest[], { what }: Options): string {
  return `Share of ${what} that the costliest people account for, by their share of all people.`;
}

function note(rows: Costliest[], { gini }: Options): string | null {
  const hidden = NAMED.filter((percent) => rows.length > 0 && !rows.some((row) => row.percent === percent));
  const said = [
    gini !== null &&
      `Gini coefficient ${gini.toFixed(2)}: at 0 everybody would cost the same, at 1 one person would cost everything.`,
    hidden.length > 0 && `The costliest ${listed(hidden.map((percent) => `${percent}%`))} not shown: ${SUPPRESSION}.`,
  ];
  return said.filter(Boolean).join(' ') || null;
}

function draw(rows: Costliest[], { document, width, ...options }: Options & Size): Element {
  const about = { width, ...(document && { document }) };
  const label = `Share of ${options.what} by share of people, the costliest first`;
  const description = finding(rows, options);
  if (rows.length === 0) return blank(about, label, description);

  const height = width < COMPACT ? 280 : 340;
  const margin = { marginTop: 12, marginRight: 16, marginBottom: 44, marginLeft: 44 };
  const px = (value: number) => margin.marginLeft + (value / 100) * (width - margin.marginLeft - margin.marginRight);
  const py = (value: number) =>
    height - margin.marginBottom - (value / 100) * (height - margin.marginTop - margin.marginBottom);
  const marks = named(rows);
  const places = place(
    marks.map(({ percent: of, share }) => ({
      x: px(of),
      y: py(share),
      r: 5,
      texts: [[`${of}% of people: ${percent(share)}`], [percent(share)]],
      side: 'beside' as const,
    })),
    marks.map(({ percent, share }) => around(px(percent), py(share), 5)),
    { left: margin.marginLeft, right: width, top: 0, bottom: height - margin.marginBottom },
  );
  const start = { percent: 0, share: 0 };
  const curve = [start, ...rows];
  const ticks = [0, 20, 40, 60, 80, 100];
  const axis = {
    tickSize: 4,
    tickFormat: (value: number) => `${value}%`,
    label: null,
    color: colour('ink-2'),
    fontSize: TEXT,
  };
  return frame(
    { ...about, height, label, description },
    {
      ...margin,
      x: { domain: [0, 100], axis: null },
      y: { domain: [0, 100], axis: null },
      marks: [
        Plot.gridY(ticks, { stroke: colour('grid'), strokeOpacity: 1 }),
        Plot.areaY(curve, { x: 'percent', y1: 'percent', y2: 'share', fill: colour('accent-soft') }),
        Plot.line([start, { percent: 100, share: 100 }], {
          x: 'percent',
          y: 'share',
          stroke: colour('mark'),
          strokeDasharray: '4 3',
        }),
        Plot.line(curve, { x: 'percent', y: 'share', stroke: colour('accent'), strokeWidth: 2 }),
        Plot.dot(marks, {
          x: 'percent',
          y: 'share',
          r: 4,
          fill: colour('accent'),
          stroke: colour('paper'),
          strokeWidth: 1.5,
        }),
        marks.map(({ percent, share }, at) =>
          placed(places[at], {
            x: () => percent,
            y: () => share,
            dy: 7,
            fill: colour('ink'),
            // a rim of what lies behind: the area, or the paper where the label runs over its edge
            stroke: colour(px(percent) + 12 + textWidth(places[at]?.text ?? '') < px(share) ? 'accent-soft' : 'paper'),
          }),
        ),
        write(['if all cost the same'], {
          x: () => 72,
          y: () => 72,
          dx: 4,
          dy: 14,
          textAnchor: 'start',
          fill: colour('ink-3'),
          ...halo,
        }),
        Plot.axisX(ticks, axis),
        Plot.axisY(ticks, { ...axis, tickSize: 0 }),
        write(['of people, the costliest first'], {
          frameAnchor: 'bottom-right',
          textAnchor: 'end',
          dy: 38,
          fill: colour('ink-3'),
        }),
        Plot.dot(marks, {
          x: 'percent',
          y: 'share',
          r: 12,
          ...walkable(marks, { id: ({ percent }) => String(percent), label: (row) => spoken(row, options) }),
        }),
      ],
    },
  );
}

function spoken({ percent: of, persons, share }: Costliest, { what }: Options): string {
  const who = persons === null ? '' : `, ${plural(persons, people)}`;
  return `Costliest ${of}%${who}: ${percent(share)} of ${what}`;
}

function tableOf(rows: Costliest[], { what }: Options): Table {
  const withPeople = rows.some(({ persons }) => persons !== null);
  return {
    columns: [
      words('of', 'Costliest'),
      ...(withPeople ? [numbers('persons', 'People')] : []),
      numbers('dollars', 'Dollars', { unit: '$', format: count }),
      numbers('share', `Share of ${what}`, { unit: '%', format: (value) => figure(value, 'percent') }),
    ],
    rows: named(rows).map(({ percent, persons, dollars, share }) => ({
      of: `${percent}% of people`,
      persons,
      dollars,
      share,
    })),
  };
}
