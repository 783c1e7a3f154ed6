import * as Plot from '@observablehq/plot';
import type { Group } from '../format/group.ts';
import { inSentence, listed, sentence } from '../format/noun.ts';
import {
  amount,
  digitsOf,
  figure,
  SUPPRESSED,
  SUPPRESSION,
  signed,
  type Unit,
  unitLabel,
  unitWords,
} from '../format/number.ts';
import { type Chart, COMPACT, numbers, type Size, type Table, words } from './chart.ts';
import { blank, colour, frame, halo, write } from './frame.ts';
import { textWidth } from './labels.ts';
import { rowList } from './row-list.ts';

/** `value` is null where suppressed. `note` is a few words printed beside the bar. */
export type Bar = {
  id: string;
  label: string;
  value: number | null;
  note?: string;
  /** Of a change: what it led to. */
  now?: number | null;
};

type Options = {
  unit: Unit;
  /** What the bars measure, in the words of a sentence: "spend", "emergency visits". */
  what: string;
  /** The values are differences from this comparator ("the year before"), drawn from zero to both sides with signs. */
  changeFrom?: string;
  /** Closes the list. */
  total?: Bar;
};

/** Bars ranked by size, the largest first, with their values; a bar always starts at zero. */
export const bars: Chart<Bar[], Options> = { finding, subtitle, draw, note, tableOf };

export const barsOf = (groups: readonly Group[]): Bar[] =>
  groups.map(({ id, label, cell }) => ({ id, label, value: cell.value }));

/**
 * The change of each group from `before` to `now`. A group that only one of them has counts as 0 in the other; a
 * suppressed value makes its change unknown.
 */
export function changesOf(now: readonly Group[], before: readonly Group[]): Bar[] {
  const earlier = new Map(before.map((group) => [group.id, group]));
  const later = new Map(now.map((group) => [group.id, group]));
  const value = (group: Group | undefined) => (group ? group.cell.value : 0);
  return [...new Map([...earlier, ...later]).values()].map(({ id, label }) => {
    const [from, to] = [value(earlier.get(id)), value(later.get(id))];
    return { id, label, value: from === null || to === null ? null : to - from, now: to };
  });
}

const ranked = (rows: readonly Bar[], { changeFrom }: Options): Bar[] => {
  const size = ({ value }: Bar) => value ?? -Infinity;
  return rows.toSorted((a, b) => (changeFrom === undefined ? size(b) - size(a) : size(a) - size(b)));
};

function finding(rows: Bar[], options: Options): string {
  const { unit, what, changeFrom, total } = options;
  const known = ranked(rows, options).flatMap(({ label, value }) => (value === null ? [] : [{ label, value }]));
  const [first, last] = [known[0], known.at(-1)];
  if (!first || !last) return `No ${what} to show`;
  if (changeFrom === undefined) {
    if (first.value === 0) return `No ${what} in any part`;
    const digits = digitsOf([...known.map(({ value }) => value), ...(total?.value ? [total.value] : [])], unit);
    const of = total?.value
      ? ` of ${amount(total.value, unit, digits)} (${Math.round((100 * first.value) / total.value)}%)`
      : '';
    return sentence(`${first.label} is the largest part of ${what}, ${amount(first.value, unit, digits)}${of}`);
  }
  const moved = [
    first.value < 0 && `${inSentence(first.label)} fell most (${signed(first.value, unit)})`,
    last.value > 0 && `${inSentence(last.label)} rose most (${signed(last.value, unit)})`,
  ].filter((clause) => clause !== false);
  const net =
    total?.value == null
      ? ''
      : `${what} ${total.value < 0 ? 'fell' : 'rose'} by ${amount(Math.abs(total.value), unit)} ${unitWords(unit)} from ${changeFrom}`;
  if (moved.length === 0) return sentence(`no part of ${what} moved from ${changeFrom}`);
  return sentence([net, listed(moved)].filter(Boolean).join('; '));
}

function subtitle(_: Bar[], { unit, what, changeFrom }: Options): string {
  const change = changeFrom === undefined ? '' : ` change from ${changeFrom}`;
  return `${sentence(what)}${change}, ${unitLabel(unit)}, largest ${changeFrom === undefined ? 'first' : 'fall first'}.`;
}

function note(rows: Bar[]): string | null {
  const hidden = rows.filter(({ value }) => value === null).map(({ label }) => label);
  return hidden.length > 0 ? `${listed(hidden)} not drawn: ${SUPPRESSION}.` : null;
}

function draw(rows: Bar[], { document, width, ...options }: Options & Size): Element {
  const { unit, what, changeFrom, total } = options;
  const size = { width, ...(document && { document }) };
  const label = `Bars of ${what}${changeFrom === undefined ? '' : `, change from ${changeFrom}`}`;
  const description = finding(rows, options);
  const order = ranked(rows, options);
  if (order.length === 0) return blank(size, label, description);

  // the total of a change is one more bar; the total of parts would dwarf them, so it is a line of numbers
  const all = total ? [...order, total] : order;
  const isTotal = (bar: Bar) => bar === total;
  const drawn = all.filter((bar) => bar.value !== null && (changeFrom !== undefined || !isTotal(bar)));
  const print = ({ value }: Bar) =>
    value === null ? SUPPRESSED : changeFrom === undefined ? amount(value, unit, digits) : signed(value, unit, digits);
  const digits = digitsOf(
    all.flatMap(({ value }) => value ?? []),
    unit,
  );
  const hasNotes = all.some((bar) => bar.note);
  const list = rowList(all, {
    width,
    id: ({ id }) => id,
    label: ({ label }) => label,
    strong: isTotal,
    right: hasNotes && width >= COMPACT ? Math.round(width * 0.34) : 0,
  });
  const values = drawn.map(({ value }) => value ?? 0);
  const room = 10 + Math.max(...all.map((bar) => textWidth(print(bar))));
  const isLeft = ({ value }: Bar) => (value ?? 0) < 0;
  const printed = (side: 'left' | 'right') =>
    write(
      all.filter((bar) => isLeft(bar) === (side === 'left')),
      {
        y: 'id',
        x: (bar: Bar) => (drawn.includes(bar) ? bar.value : 0),
        text: print,
        textAnchor: side === 'left' ? 'end' : 'start',
        dx: side === 'left' ? -5 : 5,
        dy: list.middle,
        fill: (bar: Bar) => colour(bar.value === null ? 'ink-3' : 'ink'),
        fontWeight: (bar) => (isTotal(bar) ? 600 : 400),
        ...halo,
      },
    );
  const fill = (bar: Bar) => {
    if (isTotal(bar)) return colour('ink');
    return colour(changeFrom === undefined || isLeft(bar) ? 'accent' : 'mark');
  };

  return frame(
    { ...size, height: list.height + 4, label, description },
    {
      ...list.scales,
      x: {
        domain: [Math.min(0, ...values), Math.max(0, ...values) || 1],
        insetLeft: drawn.some(isLeft) ? room : 0,
        insetRight: room,
        axis: null,
      },
      marks: [
        list.lines(order.slice(1), 'rule'),
        list.lines(total ? [total] : [], 'ink'),
        Plot.barX(drawn, { y: 'id', x: 'value', fill, ...list.bar }),
        list.vertical(0, { stroke: colour('ink-2') }),
        list.labels(),
        printed('left'),
        printed('right'),
        list.aside(({ note }) => note ?? ''),
        list.points((bar) =>
          [
            `${bar.label}: ${bar.value === null ? SUPPRESSED : print(bar)}`,
            bar.now != null && `now ${amount(bar.now, unit)}`,
            bar.note,
          ]
            .filter(Boolean)
            .join(', '),
        ),
      ],
    },
  );
}

function tableOf(rows: Bar[], options: Options): Table {
  const { unit, what, changeFrom, total } = options;
  const digits = digitsOf(
    rows.flatMap(({ value }) => value ?? []),
    unit,
  );
  const format = (value: number) => (changeFrom === undefined ? figure : signed)(value, unit, digits);
  return {
    columns: [
      words('label', 'Part'),
      numbers('value', changeFrom === undefined ? sentence(what) : `Change from ${changeFrom}`, {
        unit: unitLabel(unit),
        format,
      }),
      ...(rows.some((bar) => bar.note) ? [words('note', 'Note')] : []),
    ],
    rows: [...ranked(rows, options), ...(total ? [total] : [])].map(({ label, value, note }) => ({
      label,
      value: value ?? SUPPRESSED,
      note: note ?? null,
    })),
  };
}
