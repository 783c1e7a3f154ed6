import * as Plot from '@observablehq/plot';
import { COMPACT } from './chart.ts';
import { colour, LINE, TEXT, type Token, walkable, write } from './frame.ts';
import { clipped, folded, textWidth } from './labels.ts';

type RowListOptions<Row> = {
  width: number;
  id: (row: Row) => string;
  label: (row: Row) => string;
  /** Rows that are totals or heads, set in ink and weight. */
  strong?: (row: Row) => boolean;
  /** Rows of the same list drawn elsewhere, whose labels keep the same room; absent: none. */
  alike?: readonly Row[];
  /** The share of the width that labels may take, where they stand at the left. */
  widest?: number | undefined;
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
  {
    width,
    id,
    label,
    strong = () => false,
    alike = rows,
    widest = 0.48,
    right,
    top = 0,
    bottom = 0,
  }: RowListOptions<Row>,
) {
  const compact = width < COMPACT;
  const longest = 1.06 * Math.max(0, ...alike.map((row) => textWidth(label(row))));
  const left = compact ? 0 : Math.round(Math.min(width * widest, longest + 16));
  const room = compact ? width - right - 8 : left - 12;
  /** px of a second line of labels; elsewhere every row has the height for it. */
  const second = compact && alike.some((row) => textWidth(label(row)) > room) ? LINE : 0;
  const pitch = compact ? 40 + second : 30;
  const margin = compact ? 0 : right;
  const whole = { insetLeft: -left, insetRight: -margin };
  const weight = (row: Row) => (strong(row) ? 600 : 400);
  /** Of the last line of a label, and of the numbers beside it. */
  const dy = compact ? 11 + second - pitch / 2 : 0;
  /** On two lines where one is too short. */
  const linesOf = (row: Row) => folded(label(row), room);

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
    bar: compact ? { insetTop: 21 + second, insetBottom: 7 } : { insetTop: 8, insetBottom: 8 },
    /** Where a dot stands in its row, from the middle. */
    middle: compact ? 7 + second / 2 : 0,
    /** A vertical through every row, or some of them, at `x`, clear of the labels. */
    vertical: (x: number, options: Plot.TickXOptions, through: readonly Row[] = rows): Plot.Markish =>
      Plot.tickX([...through], {
        ...options,
        x: () => x,
        y: id,
        ...(compact && { insetTop: 18 + second, insetBottom: 3 }),
      }),
    /** A line across the whole list above each of these rows. */
    lines: (above: readonly Row[], token: Token): Plot.Markish =>
      Plot.ruleY([...above], { y: id, dy: -pitch / 2, stroke: colour(token), ...whole }),
    labels: (): Plot.Markish =>
      [1, 2].map((lines) =>
        write(
          rows.filter((row) => linesOf(row).length === lines),
          {
            y: id,
            frameAnchor: 'left',
            textAnchor: 'start',
            dx: -left,
            dy: lines === 1 ? dy : compact ? dy - LINE / 2 : -1,
            text: (row: Row) => linesOf(row).join('\n'),
            ...(lines === 2 && { lineHeight: LINE / TEXT }),
            fill: (row: Row) => colour(strong(row) ? 'ink' : 'ink-2'),
            fontWeight: weight,
          },
        ),
      ),
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
        text: (row: Row) =>
          clipped(text(row), compact ? width - textWidth(linesOf(row).at(-1) ?? '') - 16 : right - 12),
        fill: colour(compact ? 'ink-3' : 'ink-2'),
      }),
    /** The whole row is the target. */
    points: (spoken: (row: Row) => string): Plot.Markish =>
      Plot.cell([...rows], { y: id, ...whole, ...walkable(rows, { id, label: spoken }) }),
  };
}

type Column<Row> = { head?: string; text: (row: Row) => string; fill?: string | ((row: Row) => string) };
