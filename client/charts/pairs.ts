import * as Plot from '@observablehq/plot';
import { inSentence, type Noun, plural, sentence } from '../format/noun.ts';
import { count } from '../format/number.ts';
import { type Chart, COMPACT, numbers, type Size, type Table, words } from './chart.ts';
import { blank, colour, frame, LINE, TEXT, walkable, write } from './frame.ts';
import { textWidth, wrapped } from './labels.ts';
import { rowList } from './row-list.ts';

/** How many had the one before and the other after; ids as their dimension has them. */
export type Pair = { before: Side; after: Side; returns: number };
type Side = { id: string; label: string };

type Options = {
  /** What is counted: readmissions. */
  noun: Noun;
};

/** Stands in the corner of the squares. */
const KEY = ['Rows: the stay', 'Columns: the return', 'Stronger: more of the row'];

/** Which reason led to which: a square per pair with its count, stronger where more of the row. */
export const pairs: Chart<Pair[], Options> = { finding, subtitle, draw, note, tableOf };

const total = (some: readonly Pair[]): number => some.reduce((sum, { returns }) => sum + returns, 0);
const isSame = ({ before, after }: Pair): boolean => before.id === after.id;

/** The sides in the order of how many they have, unspecific ones last. */
function sidesOf(all: readonly Pair[], side: 'before' | 'after'): Side[] {
  const ids = [...new Map(all.map((pair) => [pair[side].id, pair[side]])).values()];
  const size = ({ id }: Side) => (id === 'other' ? -1 : total(all.filter((pair) => pair[side].id === id)));
  return ids.toSorted((a, b) => size(b) - size(a));
}

const idOf = ({ before, after }: Pair): string => `${before.id}/${after.id}`;
const ofRow = (all: readonly Pair[], { before }: Pair): number =>
  total(all.filter((pair) => pair.before.id === before.id));

/** Of the reasons with a name: a row that says nothing of why is no finding. */
function finding(all: Pair[], { noun }: Options): string {
  if (total(all) === 0) return `No ${noun.many} in these months`;
  const named = all.filter(({ before }) => before.id !== 'other');
  const same = total(named.filter(isSame));
  if (total(named) === 0) return `None of ${plural(total(all), noun)} followed a stay for one of these reasons`;
  const most = named.filter(isSame).toSorted((a, b) => b.returns - a.returns)[0];
  const led = most && most.returns > 0 ? `, ${inSentence(most.before.label)} most (${count(most.returns)})` : '';
  return `${sentence(count(same))} of the ${count(total(named))} after a named reason came back for the same one${led}`;
}

function subtitle(all: Pair[], { noun }: Options): string {
  return `${plural(total(all), noun)} by reason of the stay and of the return.`;
}

function note(): string | null {
  return 'Reasons by HCUP category of the principal diagnosis or procedure.';
}

function draw(all: Pair[], { document, width, ...options }: Options & Size): Element {
  const size = { width, ...(document && { document }) };
  const label = `${options.noun.many} by reason of the stay and of the return`;
  const description = finding(all, options);
  if (total(all) === 0) return blank(size, label, description);
  if (width < COMPACT) return drawList(all, { ...size, ...options }, label, description);
  const rows = sidesOf(all, 'before');
  // in the order of the rows, so that returns for the same reason lie on one diagonal
  const place = new Map(rows.map(({ id }, at) => [id, id === 'other' ? Infinity : at]));
  const columns = sidesOf(all, 'after').toSorted(
    (a, b) => (place.get(a.id) ?? rows.length) - (place.get(b.id) ?? rows.length),
  );
  const left = Math.max(120, Math.round(16 + 1.06 * Math.max(...rows.map((row) => textWidth(row.label)))));
  const cell = (width - left) / columns.length;
  const heads = columns.map((column) => ({ ...column, lines: wrapped(column.label, cell - 4) }));
  const corner = KEY.flatMap((line) => wrapped(line, left - 12));
  const top = 8 + LINE * Math.max(corner.length, ...heads.map(({ lines }) => lines.length));
  const shown = all.filter(({ returns }) => returns > 0);
  const strength = (pair: Pair) => pair.returns / Math.max(1, ofRow(all, pair));
  return frame(
    { ...size, height: top + 30 * rows.length, label, description },
    {
      ...{ marginTop: top, marginLeft: left },
      x: { type: 'band', domain: columns.map(({ id }) => id), padding: 0, axis: null },
      y: { type: 'band', domain: rows.map(({ id }) => id), padding: 0, axis: null },
      marks: [
        Plot.cell(shown, {
          ...{ x: ({ after }) => after.id, y: ({ before }) => before.id, inset: 1 },
          ...{ fill: colour('accent-soft'), fillOpacity: (pair) => 0.3 + 0.7 * Math.min(1, 1.5 * strength(pair)) },
        }),
        Plot.cell(shown.filter(isSame), {
          ...{ x: ({ after }) => after.id, y: ({ before }) => before.id, inset: 1.5 },
          ...{ fill: 'none', stroke: colour('accent'), strokeWidth: 1 },
        }),
        write(shown, {
          ...{ x: ({ after }) => after.id, y: ({ before }) => before.id, text: ({ returns }) => count(returns) },
          ...{ fill: colour('ink'), fontWeight: (pair: Pair) => (isSame(pair) ? 600 : 400) },
        }),
        write(rows, {
          ...{ y: 'id', frameAnchor: 'left', textAnchor: 'end', dx: -10, text: 'label', fill: colour('ink-2') },
        }),
        write([corner.join('\n')], {
          ...{ frameAnchor: 'top-left', textAnchor: 'start', lineAnchor: 'top', dx: -left, dy: -top },
          ...{ lineHeight: LINE / TEXT, fill: colour('ink-3') },
        }),
        heads.flatMap(({ id, lines }) =>
          lines.map((text, at) =>
            write([text], {
              ...{
                x: () => id,
                frameAnchor: 'top',
                dy: -4 - LINE * (lines.length - at - 0.5),
                fill: colour('ink-2'),
                fontSize: TEXT,
              },
            }),
          ),
        ),
        Plot.cell(shown, {
          ...{ x: ({ after }) => after.id, y: ({ before }) => before.id },
          ...walkable(shown, { id: idOf, label: (pair) => spoken(pair, options) }),
        }),
      ],
    },
  );
}

/** On a phone: the pairs that happen most, a line each. */
function drawList(all: Pair[], { document, width, ...options }: Options & Size, label: string, description: string) {
  const shown = all
    .filter(({ returns }) => returns > 0)
    .toSorted((a, b) => b.returns - a.returns)
    .slice(0, 12);
  const list = rowList(shown, {
    ...{ width, id: idOf, right: 44 },
    label: ({ before, after }) => `${before.label}, then ${inSentence(after.label)}`,
  });
  return frame(
    { width, ...(document && { document }), height: list.height, label, description },
    {
      ...list.scales,
      x: { domain: [0, Math.max(...shown.map(({ returns }) => returns))], axis: null },
      marks: [
        Plot.barX(shown, {
          ...{ y: idOf, x1: 0, x2: 'returns', ...list.bar },
          fill: (pair) => colour(isSame(pair) ? 'accent' : 'mark'),
        }),
        list.labels(),
        list.column(0, { text: ({ returns }) => count(returns) }),
        list.points((pair) => spoken(pair, options)),
      ],
    },
  );
}

const spoken = ({ before, after, returns }: Pair, { noun }: Options): string =>
  `${before.label}, back with ${inSentence(after.label)}: ${plural(returns, noun)}`;

function tableOf(all: Pair[], { noun }: Options): Table {
  return {
    columns: [words('before', 'Stay for'), words('after', 'Back with'), numbers('returns', sentence(noun.many))],
    rows: all
      .filter(({ returns }) => returns > 0)
      .toSorted((a, b) => b.returns - a.returns)
      .map(({ before, after, returns }) => ({ before: before.label, after: after.label, returns })),
  };
}
