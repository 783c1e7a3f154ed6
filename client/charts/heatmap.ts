import * as Plot from '@observablehq/plot';
import type { Cell } from '#contract/result';
import { inSentence, inWords, listed, type Noun, sentence, spelled } from '../format/noun.ts';
import {
  amount,
  figure,
  type MetricWords,
  SUPPRESSED,
  SUPPRESSION,
  type Unit,
  unitLabel,
  unitWords,
} from '../format/number.ts';
import { CASE_MINIMUM, type Comparator, type Comparison, compare } from '../statistics/compare.ts';
import { type Chart, COMPACT, numbers, type Size, type Table, words } from './chart.ts';
import { blank, colour, frame, inParts, LINE, TEXT, type Token, walkable, write } from './frame.ts';
import { clipped, folded, textWidth, wrapped } from './labels.ts';

/** One measure: all people together, what it is held against, and its value by group id. */
export type HeatRow = {
  id: string;
  metric: MetricWords;
  total: Cell;
  comparator: Comparator;
  cells: Readonly<Record<string, Cell>>;
};

type Options = {
  groups: readonly { id: string; label: string }[];
  /** What the groups are: practices. */
  by: Noun;
  /** The one unit of all rows, where they have one: said once; what they are held against is then the column of all. */
  within?: Unit;
};

/** Measure by group, the value always printed, filled only where its interval clears the comparator. */
export const heatmap: Chart<HeatRow[], Options> = { finding, subtitle, draw, note, tableOf };

/** What a page on its side holds. */
const MOST_ROWS = 12;

/** How much wider than regular letters of 12 px bold ones of 13 px are. */
const BOLD_13 = 1.17;

/** Narrower cells cannot hold a shape, a value and a column head: the list takes over. */
const NARROWEST = 56;

type Square = {
  row: HeatRow;
  group: { id: string; label: string };
  cell: Cell | undefined;
  comparison: Comparison | null;
};

const squaresOf = (row: HeatRow, { groups }: Options): Square[] =>
  groups.map((group) => ({ row, group, cell: row.cells[group.id], comparison: compareIn(row, group.id) }));

function compareIn({ cells, comparator, metric }: HeatRow, group: string): Comparison | null {
  const cell = cells[group];
  return cell ? compare(cell, comparator, metric) : null;
}

const title = ({ metric }: HeatRow, { within }: Options): string =>
  within ? metric.title : [metric.title, unitWords(metric.unit)].filter(Boolean).join(', ');

/** "21.0": what the row is held against. */
function asked({ metric, comparator }: HeatRow): string {
  if (comparator.value === null) return '–';
  return figure(comparator.value, metric.unit);
}

function printed(cell: Cell | undefined, { metric }: HeatRow): string {
  if (cell?.suppressed) return SUPPRESSED;
  return cell?.value == null ? '–' : figure(cell.value, metric.unit);
}

function finding(rows: HeatRow[], options: Options): string {
  const { groups, by } = options;
  if (rows.length === 0 || groups.length === 0) return 'No measures to compare';
  const missing = rows.filter((row) => compare(row.total, row.comparator, row.metric).verdict === 'worse');
  const who =
    missing.length > 3
      ? spelled(missing.length, MEASURE)
      : listed(missing.map(({ metric }) => inSentence(metric.title)));
  const overall =
    missing.length === 0
      ? `no measure is worse than ${against(rows)}`
      : `${who} ${missing.length === 1 ? 'is' : 'are'} worse than ${against(rows)}`;
  const young = rows.filter(({ total, comparator }) => total.immature && !comparator.immature).length;
  const early = young === 0 ? '' : `; ${inWords(young)} cannot be judged until the year is over`;

  const misses = groups.map(({ id, label }) => {
    const worse = rows.filter((row) => compareIn(row, id)?.verdict === 'worse');
    return { label, count: worse.length };
  });
  const [most, next] = misses.toSorted((a, b) => b.count - a.count);
  const where =
    !most || most.count === 0
      ? `no ${by.one} is worse anywhere`
      : most.count === next?.count
        ? `${spelled(misses.filter(({ count }) => count > 0).length, by)} ${misses.filter(({ count }) => count > 0).length === 1 ? 'is' : 'are'} worse on at least one`
        : `${most.label} is worse on ${inWords(most.count)} of ${inWords(rows.length)}`;
  return options.within ? sentence(mostOften(misses, rows, by)) : sentence(`${overall}${early}; ${where}`);
}

/** Which groups are worse in the most rows, and how many others are in fewer. */
function mostOften(misses: readonly { label: string; count: number }[], rows: readonly HeatRow[], by: Noun): string {
  const some = misses.filter(({ count }) => count > 0);
  const most = Math.max(...some.map(({ count }) => count));
  const those = some.filter(({ count }) => count === most);
  if (those.length === 0) return `no ${by.one} is worse than ${against(rows)} anywhere`;
  const who = those.length > 3 ? spelled(those.length, by) : listed(those.map(({ label }) => label));
  const others = some.length - those.length;
  const rest = others > 0 ? `; ${inWords(others)} other ${others === 1 ? by.one : by.many} on fewer` : '';
  return `${who} ${those.length === 1 ? 'is' : 'are'} worse than ${against(rows)} on ${inWords(most)} of ${inWords(rows.length)}${rest}`;
}

/** What the rows are held against, where it is one thing: "the target". */
function against(rows: readonly HeatRow[]): string {
  const labels = [...new Set(rows.map(({ comparator }) => comparator.label))];
  return labels.length === 1 ? (labels[0] ?? '') : 'its comparator';
}

const MEASURE = { one: 'measure', many: 'measures' };

function subtitle(rows: HeatRow[], { by, within }: Options): string {
  return `${within ? `${sentence(unitLabel(within))}. ` : ''}Each ${by.one} against ${against(rows)}. Disc: better; diamond: worse; solid where it clears at 99.8%. No colour: cannot be told apart, or too early to say.`;
}

function note(rows: HeatRow[], options: Options): string | null {
  const squares = rows.flatMap((row) => squaresOf(row, options));
  const hidden = squares.some(({ cell }) => cell?.suppressed);
  const few = squares.some(({ cell }) => cell?.rows != null && cell.rows < CASE_MINIMUM);
  return (
    [
      !options.within && '% unless named.',
      few && `Fewer than ${CASE_MINIMUM} are not compared.`,
      hidden && `Hidden: ${SUPPRESSION}.`,
    ]
      .filter(Boolean)
      .join(' ') || null
  );
}

function spoken({ row, group, cell, comparison }: Square): string {
  const value =
    cell?.value == null
      ? cell?.suppressed
        ? SUPPRESSED
        : 'no data'
      : `${amount(cell.value, row.metric.unit)} ${unitWords(row.metric.unit)}`.trim();
  return [`${row.metric.title}, ${group.label}: ${value}`, cell?.value == null ? '' : (comparison?.words ?? '')]
    .filter(Boolean)
    .join(', ');
}

function draw(rows: HeatRow[], { document, width, ...options }: Options & Size): Element {
  const size = { width, ...(document && { document }) };
  const label = `Measures by ${options.by.one}`;
  const description = finding(rows, options);
  if (rows.length === 0 || options.groups.length === 0) return blank(size, label, description);
  const left = 250 + (options.within ? 62 : 124);
  const across = (width - left) / options.groups.length;
  const framing = { ...size, label, description };
  const isList = width < COMPACT || across < NARROWEST;
  return inParts(
    rows,
    MOST_ROWS,
    (part) => (isList ? drawList(part, options, framing) : drawGrid(part, options, framing, left)),
    document,
  );
}

type Framing = Size & { label: string; description: string };

const FILL: Readonly<Record<'better' | 'worse', { soft: Token; solid: Token }>> = {
  better: { soft: 'better-soft', solid: 'better' },
  worse: { soft: 'worse-soft', solid: 'worse' },
};

function drawGrid(rows: HeatRow[], options: Options, framing: Framing, left: number): Element {
  const { groups } = options;
  const across = (framing.width - left) / groups.length;
  const heads = groups.map(({ id, label }) => ({ id, lines: wrapped(label, across - 8).slice(0, 3) }));
  const top = 12 + LINE * Math.max(...heads.map(({ lines }) => lines.length));
  const pitch = 36;
  const squares = rows.flatMap((row) => squaresOf(row, options));
  const at = { x: ({ group }: Square) => group.id, y: ({ row }: Square) => row.id };
  const judged = (verdict: 'better' | 'worse', strong: boolean) =>
    squares.filter(({ comparison }) => comparison?.verdict === verdict && comparison.strong === strong);
  const filled = (['better', 'worse'] as const).flatMap((verdict) =>
    [false, true].flatMap((strong) => {
      const those = judged(verdict, strong);
      const { soft, solid } = FILL[verdict];
      const shape = verdict === 'better' ? { r: 3.5 } : { r: 4.5, symbol: 'diamond2' as const };
      return [
        Plot.cell(those, { ...at, fill: colour(strong ? solid : soft), inset: 1.5 }),
        Plot.dot(those, { ...at, ...shape, dx: 9 - across / 2, fill: colour(strong ? 'paper' : solid) }),
      ];
    }),
  );
  const isJudged = ({ comparison }: Square) => comparison?.verdict === 'better' || comparison?.verdict === 'worse';
  const column = (dx: number, text: (row: HeatRow) => string, fill: Token, fontWeight = 400) =>
    write(rows, {
      y: 'id',
      frameAnchor: 'left',
      textAnchor: 'end',
      dx: dx - left,
      text,
      fill: colour(fill),
      fontSize: 13,
      fontWeight,
    });
  const head = (dx: number, text: string) =>
    write([text], {
      frameAnchor: 'top-left',
      textAnchor: 'end',
      lineAnchor: 'bottom',
      dx: dx - left,
      dy: -8,
      fill: colour('ink-2'),
    });
  return frame(
    { ...framing, height: top + rows.length * pitch + 2 },
    {
      marginTop: top,
      marginBottom: 2,
      marginLeft: left,
      x: { type: 'band', domain: groups.map(({ id }) => id), padding: 0, axis: null },
      y: { type: 'band', domain: rows.map(({ id }) => id), padding: 0, axis: null },
      marks: [
        Plot.ruleY(rows.slice(1), { y: 'id', dy: -pitch / 2, stroke: colour('rule'), insetLeft: -left }),
        Plot.ruleY(rows.slice(0, 1), { y: 'id', dy: -pitch / 2, stroke: colour('ink'), insetLeft: -left }),
        filled,
        write(squares, {
          ...at,
          text: ({ cell, row }: Square) => printed(cell, row),
          textAnchor: 'end',
          dx: 21,
          fontSize: 13,
          fill: (square: Square) =>
            isJudged(square) && square.comparison?.strong
              ? colour('paper')
              : colour(square.cell?.value == null ? 'ink-3' : 'ink'),
          fontWeight: (square) => (isJudged(square) ? 600 : 400),
        }),
        heads.map(({ id, lines }) =>
          write([lines.join('\n')], {
            x: () => id,
            frameAnchor: 'top',
            lineAnchor: 'bottom',
            dy: -8,
            fill: colour('ink-2'),
            lineHeight: LINE / TEXT,
          }),
        ),
        write(rows, {
          y: 'id',
          frameAnchor: 'left',
          textAnchor: 'start',
          dx: -left,
          text: (row: HeatRow) => folded(title(row, options), 225).join('\n'),
          fontSize: 13,
          lineHeight: LINE / 13,
          fill: colour('ink'),
        }),
        column(296, (row) => printed(row.total, row), 'ink', 600),
        options.within ? null : column(358, asked, 'ink-3'),
        head(296, 'All'),
        options.within ? null : head(358, clipped(headOf(rows), 62)),
        Plot.cell(squares, {
          ...at,
          ...walkable(squares, { id: ({ row, group }) => `${row.id}/${group.id}`, label: spoken }),
        }),
      ],
    },
  );
}

/** What the rows are held against, as a column head: "Year before". */
const headOf = (rows: readonly HeatRow[]): string => sentence(against(rows).replace(/^the |^its /, ''));

/** Too narrow for cells: a measure per line, and under it the groups that its interval sets apart. */
function drawList(rows: HeatRow[], options: Options, framing: Framing): Element {
  const { width } = framing;
  type Line = { y: number; text: string; verdict: 'better' | 'worse' | null };
  /** px from the right edge to the end of the numbers of all, left of what they are held against. */
  const second = options.within ? 0 : Math.round(16 + 1.06 * Math.max(44, textWidth(clipped(headOf(rows), 80))));
  let y = 24;
  const items = rows.map((row) => {
    const top = y;
    const named = wrapped(title(row, options), (width - second - 52) / BOLD_13);
    const under = top + 34 + (named.length - 1) * LINE;
    const lines: Line[] = [];
    for (const verdict of ['worse', 'better'] as const) {
      const those = squaresOf(row, options).filter(({ comparison }) => comparison?.verdict === verdict);
      if (those.length === 0) continue;
      const names = `${verdict}: ${those.map(({ group, cell }) => `${group.label} ${printed(cell, row)}`).join(', ')}`;
      for (const [at, text] of wrapped(names, width - 20).entries()) {
        lines.push({ y: under + lines.length * LINE, text, verdict: at === 0 ? verdict : null });
      }
    }
    y = under + (lines.length === 0 ? -6 : lines.length * LINE);
    return { row, top, bottom: y, named, lines };
  });
  const lines = items.flatMap((item) => item.lines);
  const numbersAt = (dx: number) =>
    ({ y: ({ top }: { top: number }) => top + 14, frameAnchor: 'right', textAnchor: 'end', dx, fontSize: 13 }) as const;
  return frame(
    { ...framing, height: y },
    {
      x: { domain: [0, width], axis: null },
      y: { domain: [y, 0], axis: null },
      marks: [
        [{ text: 'All', dx: -second }, ...(options.within ? [] : [{ text: clipped(headOf(rows), 80), dx: 0 }])].map(
          ({ text, dx }) =>
            write([text], { frameAnchor: 'top-right', textAnchor: 'end', dx, dy: 4, fill: colour('ink-2') }),
        ),
        Plot.ruleY(items.slice(0, 1), { y: 'top', stroke: colour('ink') }),
        Plot.ruleY(items.slice(1), { y: 'top', stroke: colour('rule') }),
        write(items, {
          x: 0,
          y: ({ top }) => top + 14,
          dy: -LINE / 2,
          textAnchor: 'start',
          lineAnchor: 'top',
          text: ({ named }: { named: string[] }) => named.join('\n'),
          fontSize: 13,
          lineHeight: LINE / 13,
          fontWeight: 600,
          fill: colour('ink'),
        }),
        write(items, {
          ...numbersAt(-second),
          text: ({ row }: { row: HeatRow }) => printed(row.total, row),
          fontWeight: 600,
          fill: colour('ink'),
        }),
        options.within
          ? null
          : write(items, { ...numbersAt(0), text: ({ row }: { row: HeatRow }) => asked(row), fill: colour('ink-3') }),
        Plot.dot(
          lines.filter(({ verdict }) => verdict === 'better'),
          { x: 5, y: 'y', r: 3.5, fill: colour('better') },
        ),
        Plot.dot(
          lines.filter(({ verdict }) => verdict === 'worse'),
          { x: 5, y: 'y', r: 4.5, symbol: 'diamond2', fill: colour('worse') },
        ),
        write(lines, { x: 16, y: 'y', text: 'text', textAnchor: 'start', fill: colour('ink-2') }),
        Plot.rect(items, {
          x1: 0,
          x2: width,
          y1: 'top',
          y2: 'bottom',
          ...walkable(items, {
            id: ({ row }) => row.id,
            label: ({ row, lines }) =>
              `${title(row, options)}: ${printed(row.total, row)}${options.within ? '' : `, against ${asked(row)}`}; ${lines.map(({ text }) => text).join(' ') || `no ${options.by.one} can be told apart`}`,
          }),
        }),
      ],
    },
  );
}

function tableOf(rows: HeatRow[], options: Options): Table {
  return {
    columns: [
      words('measure', 'Measure'),
      words('all', 'All'),
      words('against', 'Against'),
      ...options.groups.map(({ id, label }) => numbers(`group ${id}`, label)),
    ],
    rows: rows.map((row) => ({
      measure: title(row, options),
      all: printed(row.total, row),
      against: asked(row),
      ...Object.fromEntries(
        squaresOf(row, options).map(({ group, cell, comparison }) => [
          `group ${group.id}`,
          [printed(cell, row), comparison && cell?.value != null ? comparison.verdict : ''].filter(Boolean).join(', '),
        ]),
      ),
    })),
  };
}
