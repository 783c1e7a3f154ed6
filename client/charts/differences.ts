import * as Plot from '@observablehq/plot';
import type { CohortComparison } from '#contract/cohort';
import { inSentence, noun, sentence, spelled } from '../format/noun.ts';
import { count, SUPPRESSED, SUPPRESSION } from '../format/number.ts';
import { roundScale, tickLabels } from './axis.ts';
import { type Chart, numbers, type Size, type Table, words } from './chart.ts';
import { blank, colour, frame, TEXT } from './frame.ts';
import { rowList } from './row-list.ts';

export type Trait = CohortComparison['rows'][number];

type Options = {
  /** What the two groups are called. */
  a: string;
  b: string;
};

/** The standardised difference of every trait between two groups, the largest first. */
export const differences: Chart<Trait[], Options> = { finding, subtitle, draw, note, tableOf };

/** Beyond this either way groups are usually called unbalanced (Austin, Statistics in Medicine 2009). */
export const UNBALANCED = 0.1;
const DRAWN = 20;
/** What defines a group lies so far apart that it would leave the other traits no room. */
const REACH = 2;

const trait = noun('trait');
const size = ({ difference }: Trait): number => Math.abs(difference ?? 0);
const known = (rows: readonly Trait[]): Trait[] => rows.filter(({ difference }) => difference !== null);
const ranked = (rows: readonly Trait[]): Trait[] => known(rows).toSorted((a, b) => size(b) - size(a));
const within = ({ difference }: Trait): number => Math.min(REACH, Math.max(-REACH, difference ?? 0));
const isApart = (row: Trait): boolean => size(row) > UNBALANCED;

export const nameOf = ({ group, title }: Trait): string => (group === title ? title : `${group}: ${title}`);

const signedText = (value: number): string => {
  const text = Math.abs(value).toFixed(2);
  return Number(text) === 0 ? '0.00' : `${value < 0 ? '−' : '+'}${text}`;
};

const wordOf = (row: Trait): string => (isApart(row) ? ((row.difference ?? 0) > 0 ? 'higher' : 'lower') : 'alike');

function valueText(value: number | null, unit: Trait['unit']): string {
  if (value === null) return '–';
  if (unit === 'dollars') return `$${count(value)}`;
  return `${value.toFixed(unit === 'per person' ? 2 : 1)}${unit === 'percent' ? '%' : ''}`;
}

function finding(rows: Trait[], { a, b }: Options): string {
  const order = ranked(rows);
  const [most] = order;
  if (!most) return 'The two groups cannot be compared';
  const apart = order.filter(isApart).length;
  if (apart === 0)
    return sentence(
      `${a} and ${b} are alike in ${order.length === 1 ? 'the one trait' : `all ${spelled(order.length, trait)}`}`,
    );
  return sentence(
    `${a} and ${b} differ in ${count(apart)} of ${spelled(order.length, trait)}, the most in ${inSentence(nameOf(most))} (${valueText(most.a.value, most.unit)} against ${valueText(most.b.value, most.unit)})`,
  );
}

function subtitle(rows: Trait[], { a, b }: Options): string {
  const some = known(rows).length > DRAWN ? `, the ${DRAWN} largest` : '';
  return `Standardised difference, ${a} less ${b}${some}. Beyond ${UNBALANCED} either way (dashed) groups are usually called unbalanced.`;
}

function note(rows: Trait[]): string | null {
  const rest = known(rows).length - DRAWN;
  const hidden = rows.some((row) => row.a.count === null || row.b.count === null);
  const said = [
    rest > 0 && `The table has ${count(rest)} more.`,
    rows.some((row) => size(row) > REACH) && `Marks stop at ${REACH}; how far apart stands beside them.`,
    hidden && `–: ${SUPPRESSION}.`,
    'It tells how far groups stand apart, not why.',
  ];
  return said.filter(Boolean).join(' ');
}

function draw(rows: Trait[], { document, width, ...options }: Options & Size): Element {
  const about = { width, ...(document && { document }) };
  const label = `Standardised differences between ${options.a} and ${options.b}`;
  const description = finding(rows, options);
  const drawn = ranked(rows).slice(0, DRAWN);
  if (drawn.length === 0) return blank(about, label, description);
  const list = rowList(drawn, { width, id: nameOf, label: nameOf, right: 208, top: 24, bottom: 32 });
  const scale = roundScale([-UNBALANCED, 0, UNBALANCED, ...drawn.map(within)], {
    about: Math.min(6, Math.max(2, Math.floor(list.inner / 60))),
  });
  const dot = { y: nameOf, x: within, dy: list.middle } as const;
  return frame(
    { ...about, height: list.height, label, description },
    {
      ...list.scales,
      x: { domain: scale.domain, insetLeft: 8, insetRight: 18, axis: null },
      marks: [
        list.lines(drawn.slice(1), 'grid'),
        list.vertical(0, { stroke: colour('ink-2') }),
        ...[-UNBALANCED, UNBALANCED].map((at) => list.vertical(at, { stroke: colour('mark'), strokeDasharray: '4 3' })),
        Plot.ruleY(drawn, { ...{ y: nameOf, x1: 0, x2: within, dy: list.middle }, stroke: colour('mark') }),
        Plot.dot(
          drawn.filter((row) => !isApart(row)),
          { ...dot, r: 4, fill: colour('paper'), stroke: colour('ink-2'), strokeWidth: 1.5 },
        ),
        Plot.dot(drawn.filter(isApart), { ...dot, r: 6, symbol: 'diamond2', fill: colour('accent') }),
        list.labels(),
        list.column(152, { head: 'this', text: ({ a, unit }) => valueText(a.value, unit) }),
        list.column(92, { head: 'other', text: ({ b, unit }) => valueText(b.value, unit), fill: colour('ink-2') }),
        list.column(46, { head: 'apart', text: ({ difference }) => signedText(difference ?? 0) }),
        list.column(0, { text: wordOf, fill: (row) => colour(isApart(row) ? 'ink' : 'ink-3') }),
        Plot.axisX(scale.ticks, {
          ...{ tickSize: 4, label: null, color: colour('ink-2'), fontSize: TEXT },
          tickFormat: tickLabels(scale, null),
        }),
        list.points(
          (row) =>
            `${nameOf(row)}: ${valueText(row.a.value, row.unit)} against ${valueText(row.b.value, row.unit)}, ${signedText(row.difference ?? 0)}, ${wordOf(row)}`,
        ),
      ],
    },
  );
}

const UNITS = { percent: '%', years: 'years', 'per person': 'per person', dollars: '$ per person' } as const;

function tableOf(rows: Trait[], { a, b }: Options): Table {
  const value = { format: (one: number) => one.toFixed(2) };
  const side = ({ count: persons, value: one }: Trait['a']) => (persons === null ? SUPPRESSED : one);
  return {
    columns: [
      words('trait', 'Trait'),
      words('unit', 'Unit'),
      numbers('countA', `People, ${a}`),
      numbers('valueA', sentence(a), value),
      numbers('countB', `People, ${b}`),
      numbers('valueB', sentence(b), value),
      numbers('difference', 'Standardised difference', { format: signedText }),
      words('reads', 'Reads'),
    ],
    rows: rows.map((row) => ({
      trait: nameOf(row),
      unit: UNITS[row.unit],
      countA: row.a.count ?? SUPPRESSED,
      valueA: side(row.a),
      countB: row.b.count ?? SUPPRESSED,
      valueB: side(row.b),
      difference: row.difference,
      reads: row.difference === null ? '–' : sentence(wordOf(row)),
    })),
  };
}
