import * as Plot from '@observablehq/plot';
import type { Size } from './chart.ts';

export type Token =
  | 'paper'
  | 'ink'
  | 'ink-2'
  | 'ink-3'
  | 'rule'
  | 'grid'
  | 'mark'
  | 'mark-soft'
  | 'band'
  | 'band-edge'
  | 'accent'
  | 'accent-2'
  | 'accent-soft'
  | 'better'
  | 'better-soft'
  | 'worse'
  | 'worse-soft';

/** Charts name tokens, never colours, so that light, dark and print are one drawing. */
export const colour = (token: Token): string => `var(--${token})`;

/** A rim of paper around letters that cross other marks. */
export const halo = { stroke: colour('paper'), strokeWidth: 4, strokeLinejoin: 'round' } as const;

/** px of a line of chart text, and from one line to the next. */
export const TEXT = 12;
export const LINE = 15;

type Framing = Size & {
  height: number;
  /** What is drawn, for a screen reader: the name of the picture. */
  label: string;
  /** What it says: the finding. */
  description: string;
};

/**
 * Plot.plot in the house style: type and colours from the tokens, no style sheet of its own (so that a strict
 * content-security policy holds), one accessible name, and everything but the walkable points hidden from screen readers.
 */
export function frame(
  { label, description, width, height, document }: Framing,
  plot: Omit<Plot.PlotOptions, 'width' | 'height' | 'document'>,
): Element {
  const svg = Plot.plot({
    marginTop: 0,
    marginRight: 0,
    marginBottom: 0,
    marginLeft: 0,
    ...plot,
    width,
    height,
    className: 'plot',
    ariaLabel: label,
    ariaDescription: description,
    ...(document && { document }),
  });
  svg.querySelector('style')?.remove();
  svg.setAttribute('font-family', 'var(--cond)');
  svg.setAttribute('font-size', String(TEXT));
  for (const part of svg.children) if (!part.querySelector('[data-point]')) part.setAttribute('aria-hidden', 'true');
  svg.setAttribute('role', svg.querySelector('[data-point]') ? 'group' : 'img');
  return svg;
}

/**
 * A long list drawn in parts of about equal length, one below the other, each with its own column heads: as many rows as
 * a printed page holds in readable letters.
 */
export function inParts<Row>(
  rows: readonly Row[],
  most: number,
  draw: (part: Row[]) => Element,
  document: Document = window.document,
): Element {
  const each = Math.ceil(rows.length / Math.ceil(rows.length / most));
  const parts = Array.from({ length: Math.ceil(rows.length / each) }, (_, at) =>
    rows.slice(at * each, (at + 1) * each),
  );
  const [only] = parts;
  if (only && parts.length === 1) return draw(only);
  const all = document.createElement('div');
  all.append(...parts.map(draw));
  return all;
}

/** What a chart draws when it has no rows: its reason, in words, where the drawing would stand. */
export const blank = (size: Size, label: string, description: string): Element =>
  frame(
    { ...size, height: 4 * LINE, label, description },
    { marks: [write([description], { frameAnchor: 'left', textAnchor: 'start', fill: colour('ink-3') })] },
  );

/**
 * Options of a mark that make its shapes the walkable points (see chart.ts): transparent, named, in the order of `rows`.
 * Drawn last, so that they also catch the pointer.
 */
export function walkable<Row>(
  rows: readonly Row[],
  { id, label }: { id: (row: Row) => string; label: (row: Row) => string },
): Plot.MarkOptions {
  return {
    fill: 'transparent',
    stroke: 'none',
    render(index, scales, values, dimensions, context, next) {
      const group = next?.(index, scales, values, dimensions, context) ?? null;
      group?.removeAttribute('aria-label');
      for (const [at, shape] of [...(group?.children ?? [])].entries()) {
        const row = rows[index[at] ?? -1];
        if (row === undefined) continue;
        shape.setAttribute('data-point', id(row));
        shape.setAttribute('role', 'img');
        shape.setAttribute('aria-label', label(row));
      }
      return group;
    },
  };
}

export type TextOptions<Row> = Omit<Plot.TextOptions, 'fontWeight'> & { fontWeight?: number | ((row: Row) => number) };

/** Plot.text whose weight may differ by row: one mark per weight, because Plot takes it as a constant. */
export function write<Row>(rows: readonly Row[], { fontWeight, ...options }: TextOptions<Row>): Plot.Markish {
  if (typeof fontWeight !== 'function')
    return Plot.text([...rows], { text: String, ...options, ...(fontWeight && { fontWeight }) });
  return [400, 600].map((weight) =>
    Plot.text(
      rows.filter((row) => fontWeight(row) === weight),
      { text: String, ...options, fontWeight: weight },
    ),
  );
}

export type Tone = 'better' | 'worse' | 'plain';

/** The colour of words and lines about a judged point. */
export const inkOf = (tone: Tone): string => colour(tone === 'plain' ? 'ink' : tone);

/** How a judgement is drawn wherever a point carries one: shape and colour together, never colour alone. */
export function judged<Row>(
  rows: readonly Row[],
  { tone, r, ...options }: Omit<Plot.DotOptions, 'r'> & { tone: (row: Row) => Tone; r: number },
): Plot.Markish {
  const shape = { stroke: colour('paper'), strokeWidth: 1.5, ...options } as const;
  const of = (wanted: Tone) => rows.filter((row) => tone(row) === wanted);
  return [
    Plot.dot(of('plain'), { ...shape, r: r - 1, fill: colour('ink-2') }),
    Plot.dot(of('better'), { ...shape, r, fill: colour('better') }),
    Plot.dot(of('worse'), { ...shape, r: r + 1, symbol: 'diamond2', fill: colour('worse') }),
  ];
}
