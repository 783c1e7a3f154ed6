import * as Plot from '@observablehq/plot';
import type { Risk } from '#contract/risk';
import { noun, plural } from '../format/noun.ts';
import { count, SUPPRESSED, SUPPRESSION } from '../format/number.ts';
import { roundScale } from './axis.ts';
import { type Chart, COMPACT, numbers, type Size, type Table, words } from './chart.ts';
import { blank, colour, frame, halo, TEXT, walkable, write } from './frame.ts';

type Bin = Risk['bins'][number];

type Options = {
  /** Chance, in percent, of the last person whom the team reaches; null where there is none. */
  cutoff: number | null;
};

/** How many people stand at which predicted risk, and where the team's reach ends. */
export const riskSpread: Chart<Bin[], Options> = { finding, subtitle, draw, note, tableOf };

/** Percent that one bar spans. */
export const STEP = 5;
const people = noun('person', 'people');

const total = (bins: readonly Bin[]): number => bins.reduce((sum, { persons }) => sum + (persons ?? 0), 0);

function finding(bins: Bin[], { cutoff }: Options): string {
  const all = total(bins);
  if (all === 0) return 'Nobody has a predicted risk yet';
  const low = total(bins.filter(({ from }) => from < 20));
  const least = bins.some(({ persons }) => persons === null) ? 'at least ' : '';
  const spread = `${Math.round((100 * low) / all)}% of people stand under 20%, ${least}${plural(all - low, people)} at 20% or more`;
  return cutoff === null ? spread : `The team's reach ends at ${Math.round(cutoff)}%: ${spread}`;
}

function subtitle(): string {
  return `People by the predicted chance of an unplanned admission within 12 months, in steps of ${STEP} percentage points.`;
}

function note(bins: Bin[]): string | null {
  return bins.some(({ persons }) => persons === null) ? `Bars left out: ${SUPPRESSION}.` : null;
}

function draw(bins: Bin[], { document, width, cutoff }: Options & Size): Element {
  const about = { width, ...(document && { document }) };
  const label = 'People by predicted risk';
  const description = finding(bins, { cutoff });
  if (total(bins) === 0) return blank(about, label, description);
  const rows = bins.map(({ from, persons }) => ({
    from,
    to: from + STEP,
    persons: persons ?? 0,
    isHidden: persons === null,
  }));
  const scale = roundScale(
    rows.map(({ persons }) => persons),
    { zero: true, about: 4 },
  );
  const end = Math.max(...rows.map(({ to }) => to), 50);
  const ticks = Array.from({ length: Math.floor(end / 10) + 1 }, (_, at) => at * 10);
  const axis = { tickSize: 4, label: null, color: colour('ink-2'), fontSize: TEXT };
  return frame(
    { ...about, height: width < COMPACT ? 220 : 260, label, description },
    {
      ...{ marginTop: 20, marginRight: 12, marginBottom: 28, marginLeft: 52 },
      x: { domain: [0, end], axis: null },
      y: { domain: scale.domain, axis: null },
      marks: [
        Plot.gridY(scale.ticks, { stroke: colour('grid'), strokeOpacity: 1 }),
        Plot.rectY(rows, {
          ...{ x1: 'from', x2: 'to', y: 'persons', insetLeft: 0.5, insetRight: 0.5 },
          fill: ({ from }) => colour(cutoff !== null && from + STEP / 2 >= cutoff ? 'accent' : 'mark'),
        }),
        cutoff === null
          ? null
          : [
              Plot.ruleX([cutoff], { stroke: colour('ink'), strokeWidth: 1.5 }),
              write([`cut-off ${Math.round(cutoff)}%`], {
                ...{
                  x: () => cutoff,
                  frameAnchor: 'top',
                  textAnchor: 'start',
                  dx: 5,
                  dy: -12,
                  fill: colour('ink'),
                  fontWeight: 600,
                },
                ...halo,
              }),
            ],
        Plot.axisX(ticks, { ...axis, tickFormat: (value: number) => `${value}%` }),
        Plot.axisY(scale.ticks, { ...axis, tickSize: 0, tickFormat: count }),
        Plot.rectY(rows, {
          ...{ x1: 'from', x2: 'to', y1: scale.domain[0], y2: scale.domain[1] },
          ...walkable(rows, {
            id: ({ from }) => String(from),
            label: ({ from, to, persons, isHidden }) =>
              `${from} to ${to}%: ${isHidden ? SUPPRESSED : plural(persons, people)}`,
          }),
        }),
      ],
    },
  );
}

function tableOf(bins: Bin[]): Table {
  return {
    columns: [words('risk', 'Predicted risk'), numbers('persons', 'People')],
    rows: bins.map(({ from, persons }) => ({ risk: `${from} to ${from + STEP}%`, persons })),
  };
}
