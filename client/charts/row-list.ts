import * as Plot from '@observablehq/plot';
import { COMPACT } from './chart.ts';
import { colour, LINE, TEXT, type Token, walkable, write } from './frame.ts';
import { clipped, textWidth, wrapped } from './labels.ts';

type RowListOptions<Row> = {
  width: number;
  id: (row: Row) => string;
  label: (row: Row) => string;
  /** Rows that are totals or heads, set in ink and weight. */
  strong?: (row: Row) => boolean;
  /** px kept at the right for columns of numbers. */
  right: number;
  /** px above the first row, for column heads. */
  top?: number;
  /** px below the last row, for an axis. */
  bottom?: number;
};

/**
 * A list with a mark on every line: the label at the left, the mark, columns of numbers at the right. Compact, the label
 * and the numbers stand above the mark, which has the whole width.
 */
export function rowList<Row>(
  rows: readonly Row[],
  { width, id, label, strong = () => false, right, top = 0, bottom = 0 }: RowListOptions<Row>,
) {
  const compact = width < COMPACT;
  const pitch = compact ? 40 : 30;
  const longest = 1.06 * Math.max(0, ...rows.map((row) => textWidth(label(row))));
  const left = compact ? 0 : Math.round(Math.min(width * 0.48, longest + 16));
  const room = compact ? width - right - 8 : left - 12;
  const margin = compact ? 0 : right;
  const whole = { insetLeft: -left, insetRight: -margin };
  const weight = (row: Row) => (strong(row) ? 600 : 400);
  const dy = compact ? 11 - pitch / 2 : 0;
  /** On two lines where one is too short, if the row has the height. */
  const named = (row: Row) => {
    const [first = '', ...rest] = compact ? [label(row)] : wrapped(label(row), room);
    return [first, rest.join(' ')]
      .filter(Boolean)
      .map((line) => clipped(line, room))
      .join('\n');
  };

  return {
    compact,
    height: top + rows.length * pitch + bottom,
    /** px of the marks' own area. */
    inner: width - left - margin,
    scales: {
      marginTop: top,
      marginRight: margin,
      marginBottom: bottom,
      marginLeft: left,
      y: { type: 'band', domain: rows.map(id), padding: 0, axis: null },
    } satisfies Plot.PlotOptions,
    /** Where a bar stands in its row. */
    bar: compact ? { insetTop: 21, insetBottom: 7 } : { insetTop: 8, insetBottom: 8 },
    /** Where a dot stands in its row, from the middle. */
    middle: compact ? 7 : 0,
    /** A vertical through every row at `x`, clear of the labels. */
    vertical: (x: number, options: Plot.TickXOptions): Plot.Markish =>
      Plot.tickX([...rows], { ...options, x: () => x, y: id, ...(compact && { insetTop: 18, insetBottom: 3 }) }),
    /** A line across the whole list above each of these rows. */
    lines: (above: readonly Row[], token: Token): Plot.Markish =>
      Plot.ruleY([...above], { y: id, dy: -pitch / 2, stroke: colour(token), ...whole }),
    labels: (): Plot.Markish =>
      write(rows, {
        y: id,
        frameAnchor: 'left',
        textAnchor: 'start',
        dx: -left,
        dy,
        text: named,
        ...(rows.some((row) => named(row).includes('\n')) && { lineHeight: LINE / TEXT, dy: dy - 1 }),
        fill: (row: Row) => colour(strong(row) ? 'ink' : 'ink-2'),
        fontWeight: weight,
      }),
    /** Numbers that end `from` px before the right edge, under their head. */
    column: (from: number, { head, text, fill }: Column<Row>): Plot.Markish => [
      write(head ? [head] : [], {
        frameAnchor: 'top-right',
        textAnchor: 'end',
        dx: margin - from,
        dy: -18,
        fill: colour('ink-3'),
      }),
      write(rows, {
        y: id,
        frameAnchor: 'right',
        textAnchor: 'end',
        dx: margin - from,
        dy,
        text,
        fill: fill ?? colour('ink'),
        fontWeight: weight,
      }),
    ],
    /** A few words per row: in the right margin, or compact at the end of the label's line as far as they fit. */
    aside: (text: (row: Row) => string): Plot.Markish =>
      write(rows, {
        y: id,
        frameAnchor: 'right',
        textAnchor: compact ? 'end' : 'start',
        dx: compact ? 0 : 12,
        dy,
        text: (row: Row) => clipped(text(row), compact ? width - textWidth(label(row)) - 16 : right - 12),
        fill: colour(compact ? 'ink-3' : 'ink-2'),
      }),
    /** The whole row is the target. */
    points: (spoken: (row: Row) => string): Plot.Markish =>
      Plot.cell([...rows], { y: id, ...whole, ...walkable(rows, { id, label: spoken }) }),
  };
}

type Column<Row> = { head?: string; text: (row: Row) => string; fill?: string | ((row: Row) => string) };
