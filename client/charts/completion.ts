import * as Plot from '@observablehq/plot';
import type { Completion } from '#contract/run';
import { month, monthInFull } from '../format/date.ts';
import { listed, noun, plural, sentence } from '../format/noun.ts';
import { figure } from '../format/number.ts';
import { type Chart, numbers, type Size, type Table, words } from './chart.ts';
import { blank, colour, frame } from './frame.ts';
import { textWidth } from './labels.ts';
import { rowList } from './row-list.ts';

type Month = Completion['months'][number];

/** How much of each month has been paid, as far as earlier months tell; young months are hollow. */
export const completion: Chart<Month[]> = { finding, subtitle, draw, note, tableOf };

/** Of what a month will cost; below it a month is young. */
const ENOUGH = 0.95;
/** Months that are shown, the latest. */
const LATEST = 9;

const isYoung = ({ completion }: Month): boolean => completion < ENOUGH;
const percent = ({ completion }: Month): string => `${figure(100 * completion, 'percent')}%`;
const enough = `${100 * ENOUGH}%`;

function finding(rows: Month[]): string {
  const oldest = rows.findIndex(isYoung);
  if (rows.length === 0) return 'No claim tells when it was paid';
  if (oldest < 0) return `Of every month ${enough} or more has been paid`;
  const before = rows[oldest - 1];
  const young = rows.slice(oldest).filter(isYoung);
  const each = `about ${listed(young.map((row) => `${Math.round(100 * row.completion)}% of ${monthInFull(row.month)}`))}`;
  return sentence(
    before ? `to ${monthInFull(before.month)} ${enough} or more has been paid, then ${each}` : `${each} has been paid`,
  );
}

function subtitle(): string {
  return 'Estimated share of medical dollars already paid, by the month in which care began.';
}

function note(rows: Month[]): string | null {
  if (rows.length === 0) return null;
  return `By chain ladder: as earlier months grew from the same number of months after care. Hollow: under ${enough}. No number here is raised by it.`;
}

function draw(rows: Month[], size: Size): Element {
  const label = 'How complete each month is';
  const description = finding(rows);
  const shown = rows.slice(-LATEST);
  if (shown.length === 0) return blank(size, label, description);
  const list = rowList(shown, {
    width: size.width,
    id: (row) => row.month,
    label: (row) => month(row.month),
    right: Math.round(12 + 1.06 * Math.max(...shown.map((row) => textWidth(percent(row))))),
  });
  const share = (row: Month) => Math.min(1, Math.max(0, row.completion));
  const bar = { y: 'month', ...list.bar };
  return frame(
    { ...size, height: list.height + 4, label, description },
    {
      ...list.scales,
      x: { domain: [0, 1], insetRight: 1, axis: null },
      marks: [
        list.lines(shown.slice(1), 'rule'),
        Plot.barX(
          shown.filter((row) => !isYoung(row)),
          { ...bar, x: share, fill: colour('accent') },
        ),
        Plot.barX(shown.filter(isYoung), {
          ...bar,
          x: share,
          fill: colour('paper'),
          stroke: colour('accent'),
          strokeWidth: 1.25,
        }),
        list.vertical(0, { stroke: colour('ink-2') }),
        list.vertical(1, { stroke: colour('mark'), strokeDasharray: '4 3' }),
        list.labels(),
        list.column(0, { text: percent }),
        list.points(
          (row) => `${month(row.month)}: ${percent(row)} paid, ${after(row)}${isYoung(row) ? ', young' : ''}`,
        ),
      ],
    },
  );
}

const after = ({ lag }: Month): string => `${plural(lag, noun('month'))} after care`;

function tableOf(rows: Month[]): Table {
  return {
    columns: [
      words('month', 'Month of care'),
      numbers('lag', 'Months of payments after it'),
      numbers('completion', 'Paid', { unit: '%', format: (value) => figure(value, 'percent') }),
      words('reads', 'Reads'),
    ],
    rows: rows.map((row) => ({
      month: month(row.month),
      lag: row.lag,
      completion: 100 * row.completion,
      reads: isYoung(row) ? 'Young: more will be paid' : 'Nearly all paid',
    })),
  };
}
