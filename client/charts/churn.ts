import * as Plot from '@observablehq/plot';
import type { Providers } from '#contract/providers';
import { month } from '../format/date.ts';
import { noun, plural, sentence } from '../format/noun.ts';
import { count, SUPPRESSED, SUPPRESSION } from '../format/number.ts';
import { roundScale } from './axis.ts';
import { type Chart, COMPACT, numbers, type Size, type Table, words } from './chart.ts';
import { blank, colour, frame, type Token, walkable, write } from './frame.ts';
import { textWidth } from './labels.ts';

export type Churn = Providers['churn'][number];

type Options = {
  /** Who is spoken of: "the ACO", a practice. */
  of: string;
};

/** Who came and who went at each assessment, up and down from nothing; deaths and moves between practices apart. */
export const churn: Chart<Churn[], Options> = { finding, subtitle, draw, note, tableOf };

const people = noun('person', 'people');

type Kind = { id: string; label: string; side: 1 | -1; fill: Token; isHollow?: true };

/** From zero outwards. Moves among practices of the ACO are no change of its people: they are drawn on neither side. */
const KINDS: readonly Kind[] = [
  { id: 'in', label: 'came in', side: 1, fill: 'accent' },
  { id: 'moved in', label: 'moved in from another practice', side: 1, fill: 'accent', isHollow: true },
  { id: 'out', label: 'went out', side: -1, fill: 'mark' },
  { id: 'died', label: 'died', side: -1, fill: 'ink-2' },
  { id: 'moved out', label: 'moved out to another practice', side: -1, fill: 'ink-2', isHollow: true },
];

/** Null where all of a kind is hidden. */
function personsOf({ changes }: Churn, kind: string): number | null {
  const some = changes.filter(({ flow, reason }) => (flow === 'out' && reason === 'died' ? 'died' : flow) === kind);
  const known = some.flatMap(({ persons }) => persons ?? []);
  return some.length > 0 && known.length === 0 ? null : known.reduce((all, one) => all + one, 0);
}

const net = (row: Churn): number => KINDS.reduce((all, { id, side }) => all + side * (personsOf(row, id) ?? 0), 0);

const isHidden = (rows: readonly Churn[]) =>
  rows.some(({ changes }) => changes.some(({ persons }) => persons === null));

function finding(rows: Churn[], { of }: Options): string {
  if (rows.length === 0) return 'Nobody came or went';
  const sums = (kind: string) => rows.reduce((all, row) => all + (personsOf(row, kind) ?? 0), 0);
  const arrived = sums('in') + sums('moved in');
  const left = sums('out') + sums('moved out');
  const atLeast = isHidden(rows) ? 'at least ' : '';
  return sentence(
    `${atLeast}${plural(arrived, people)} came to ${of} since ${month(rows[0]?.assessment ?? '')}, ${atLeast}${count(left)} went and ${count(sums('died'))} died`,
  );
}

function subtitle(): string {
  return 'People at each assessment against the one before, a quarter earlier. Up: came; down: went.';
}

function note(rows: Churn[]): string | null {
  const moved = rows.reduce((all, row) => all + (personsOf(row, 'moved') ?? 0), 0);
  const said = [
    moved > 0 &&
      `${sentence(plural(moved, people))} moved from one practice to another and ${moved === 1 ? 'is' : 'are'} not drawn.`,
    isHidden(rows) && `Not drawn where ${SUPPRESSION}.`,
  ].filter(Boolean);
  return said.length > 0 ? said.join(' ') : null;
}

function draw(rows: Churn[], { width, document, ...options }: Options & Size): Element {
  const size = { width, ...(document && { document }) };
  const label = `Who came to ${options.of} and who went`;
  const description = finding(rows, options);
  const kinds = KINDS.filter(({ id }) => rows.some((row) => personsOf(row, id)));
  const segments = rows.flatMap((row) => {
    const reached = { 1: 0, [-1]: 0 };
    return kinds.flatMap((kind) => {
      const persons = personsOf(row, kind.id) ?? 0;
      if (persons === 0) return [];
      const from = reached[kind.side];
      reached[kind.side] += kind.side * persons;
      return [{ row, kind, persons, y1: from, y2: reached[kind.side], at: row.assessment }];
    });
  });
  if (segments.length === 0) return blank(size, label, description);

  const compact = width < COMPACT;
  const scale = roundScale([0, ...segments.map(({ y2 }) => y2)], { about: 7 });
  const height = compact ? 260 : 300;
  const left = 12 + Math.max(...scale.ticks.map((tick) => textWidth(count(Math.abs(tick)))));
  const band = (width - left) / rows.length;
  const px = (persons: number) => (persons / (scale.domain[1] - scale.domain[0])) * (height - 68);
  const fits = segments.filter(({ persons }) => px(persons) >= 16 && band > textWidth(count(persons)) + 16);
  let x = 0;
  const legend = kinds.map((kind) => {
    const place = x;
    x += textWidth(kind.label) + 34;
    return { kind, place };
  });
  const wraps = x > width;

  return frame(
    { ...size, height: height + (wraps ? 18 * (kinds.length - 1) : 0), label, description },
    {
      marginTop: 40 + (wraps ? 18 * (kinds.length - 1) : 0),
      marginLeft: left,
      marginBottom: 28,
      x: { type: 'band', domain: rows.map(({ assessment }) => assessment), axis: null, padding: compact ? 0.2 : 0.35 },
      y: { domain: scale.domain, axis: null },
      marks: [
        Plot.ruleY(scale.ticks, { stroke: colour('grid') }),
        Plot.barY(
          segments.filter(({ kind }) => !kind.isHollow),
          { x: 'at', y1: 'y1', y2: 'y2', fill: ({ kind }) => colour(kind.fill), insetTop: 0.5, insetBottom: 0.5 },
        ),
        Plot.barY(
          segments.filter(({ kind }) => kind.isHollow),
          {
            ...{ x: 'at', y1: 'y1', y2: 'y2', inset: 0.75, strokeWidth: 1.25, strokeDasharray: '3 2' },
            ...{ fill: colour('paper'), stroke: ({ kind }: (typeof segments)[number]) => colour(kind.fill) },
          },
        ),
        Plot.ruleY([0], { stroke: colour('ink') }),
        write(fits, {
          x: 'at',
          y: ({ y1, y2 }) => (y1 + y2) / 2,
          text: ({ persons }) => count(persons),
          fill: ({ kind }) => colour(kind.isHollow ? 'ink' : 'paper'),
        }),
        write(scale.ticks, {
          ...{ y: Number, text: (tick: number) => count(Math.abs(tick)), frameAnchor: 'left', textAnchor: 'end' },
          ...{ dx: -8, fill: colour('ink-2') },
        }),
        write(
          rows.filter((_, at) => !compact || at % 2 === (rows.length - 1) % 2),
          {
            ...{ x: ({ assessment }: Churn) => assessment, frameAnchor: 'bottom', dy: 20, fill: colour('ink-2') },
            text: ({ assessment }: Churn) => month(assessment),
          },
        ),
        legend.map(({ kind, place }, at) => [
          Plot.dot([0], {
            ...{ frameAnchor: 'top-left', symbol: 'square2', r: 5, dx: (wraps ? 0 : place) - left + 6 },
            ...{ dy: -30 - (wraps ? 18 * (kinds.length - 1 - at) : 0), stroke: colour(kind.fill) },
            fill: colour(kind.isHollow ? 'paper' : kind.fill),
            ...(kind.isHollow && { strokeDasharray: '3 2' }),
          }),
          write([`${kind.label} ${kind.side === 1 ? '↑' : '↓'}`], {
            ...{ frameAnchor: 'top-left', textAnchor: 'start', dx: (wraps ? 0 : place) - left + 16 },
            ...{ dy: -30 - (wraps ? 18 * (kinds.length - 1 - at) : 0), lineAnchor: 'middle', fill: colour('ink-2') },
          }),
        ]),
        Plot.barY(segments, {
          x: 'at',
          y1: 'y1',
          y2: 'y2',
          ...walkable(segments, {
            id: ({ at, kind }) => `${at} ${kind.id}`,
            label: ({ at, kind, persons }) => `${month(at)}: ${plural(persons, people)} ${kind.label}`,
          }),
        }),
      ],
    },
  );
}

function tableOf(rows: Churn[]): Table {
  const kinds = [...KINDS, { id: 'moved', label: 'moved between practices' }].filter(({ id }) =>
    rows.some((row) => personsOf(row, id) !== 0),
  );
  return {
    columns: [
      words('assessment', 'Assessed'),
      ...kinds.map(({ id, label }) => numbers(id, sentence(label))),
      numbers('net', 'Net'),
    ],
    rows: rows.map((row) => ({
      assessment: row.assessment,
      ...Object.fromEntries(kinds.map(({ id }) => [id, personsOf(row, id) ?? SUPPRESSED])),
      net: isHidden([row]) ? null : net(row),
    })),
  };
}
