import * as Plot from '@observablehq/plot';
import type { LineageNode } from '#contract/result';
import { listed, type Noun, noun, plural } from '../format/noun.ts';
import { count } from '../format/number.ts';
import { type Chart, COMPACT, numbers, type Size, type Table, words } from './chart.ts';
import { blank, colour, frame, LINE, walkable, write } from './frame.ts';
import { clipped, textWidth } from './labels.ts';

type Node = Pick<LineageNode, 'name' | 'kind' | 'rows' | 'reads'>;
type Options = {
  /** Whose way it is; all others are upstream of it. */
  of: string;
  /** A count that is null is hidden, rather than that of a view. */
  shareable: boolean;
};

/** The way of the data from files to one number, stage by stage. Within a stage only what the next one reads is drawn. */
export const lineage: Chart<readonly Node[], Options> = { finding, subtitle, draw, note, tableOf };

const STAGES: readonly { title: string; kinds: readonly Node['kind'][] }[] = [
  { title: 'Files', kinds: ['file'] },
  { title: 'As read', kinds: ['input', 'reference'] },
  { title: 'Core', kinds: ['core'] },
  { title: 'Marts', kinds: ['mart'] },
  { title: 'Number', kinds: ['metric', 'measure'] },
];
const stageOf = ({ kind }: Node): number => STAGES.findIndex(({ kinds }) => kinds.includes(kind));

const FILE = noun('file');
const TABLE = noun('table');
const shortName = ({ name, kind }: Node): string =>
  (kind === 'file'
    ? name
        .split('/')
        .at(-1)
        ?.replace(/^file\./, '')
    : name.slice(name.indexOf('.') + 1)) ?? name;
const rowsOf = ({ rows }: Node, { shareable }: Options): string =>
  rows === null ? (shareable ? 'hidden' : 'view') : count(rows);

interface Drawn {
  readonly nodes: readonly Node[];
  /** From what is read to its reader. */
  readonly links: readonly { readonly from: string; readonly to: string }[];
  /** Left out because nothing was in it. */
  readonly empty: number;
  /** Left out because only its own stage reads it. */
  readonly between: number;
}

function drawnOf(nodes: readonly Node[], of: string): Drawn {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  /** What of earlier stages a node stands on, straight through those of its own. */
  const earlier = (node: Node): Node[] => {
    const passed = new Set([node]);
    const found = new Set<Node>();
    for (const each of passed) {
      for (const name of each.reads) {
        const read = byName.get(name);
        if (read) (stageOf(read) === stageOf(node) ? passed : found).add(read);
      }
    }
    return [...found].filter(({ rows }) => rows !== 0);
  };
  const reached = new Set(nodes.filter(({ name }) => name === of));
  const links = new Map<string, Drawn['links'][number]>();
  for (const node of reached) {
    for (const read of earlier(node)) {
      reached.add(read);
      links.set(`${read.name} ${node.name}`, { from: read.name, to: node.name });
    }
  }
  const empty = nodes.filter(({ rows }) => rows === 0).length;
  return { nodes: [...reached], links: [...links.values()], empty, between: nodes.length - reached.size - empty };
}

const number = (nodes: readonly Node[], kind: (node: Node) => boolean, what: Noun) =>
  plural(nodes.filter(kind).length, what);

function finding(nodes: readonly Node[], { of }: Options): string {
  const rest = nodes.filter(({ name }) => name !== of);
  if (rest.length === 0) return 'Where it comes from is not recorded';
  return `It stands on ${number(rest, ({ kind }) => kind === 'file', FILE)} by way of ${number(rest, ({ kind }) => kind !== 'file', TABLE)}`;
}

function subtitle(): string {
  return 'From the files at the left to the number at the right, with the rows in each.';
}

function note(nodes: readonly Node[], { of, shareable }: Options): string | null {
  const { empty, between } = drawnOf(nodes, of);
  const left = [
    between > 0 && `${plural(between, TABLE)} that only others of the same stage read`,
    empty > 0 && `${plural(empty, TABLE)} without a row`,
  ].filter((text) => text !== false);
  const notes = [
    left.length > 0 && `Not drawn: ${listed(left)}. The list has them.`,
    shareable && 'Numbers of rows are hidden in shareable mode.',
  ].filter((text) => text !== false);
  return notes.join(' ') || null;
}

function draw(all: readonly Node[], { of, shareable, ...size }: Options & Size): Element {
  const label = 'From files to the number';
  const options = { of, shareable };
  const description = finding(all, options);
  const { nodes, links } = drawnOf(all, of);
  if (nodes.length < 2) return blank(size, label, description);
  const spots = size.width < COMPACT ? downwards(nodes, size.width) : sideways(nodes, links, size.width);
  const spotOf = new Map(spots.all.map((spot) => [spot.node.name, spot]));
  // the note says once that they are hidden
  const says = ({ node }: Spot) => (shareable && node.rows === null ? '' : rowsOf(node, options));
  const room = (spot: Spot) => spots.nameWidth - (spots.isCompact ? textWidth(says(spot)) + 8 : 0);
  return frame(
    { ...size, height: spots.height, label, description },
    {
      x: { type: 'identity', axis: null },
      y: { type: 'identity', axis: null },
      marks: [
        spots.isCompact
          ? []
          : Plot.link(
              links.flatMap(({ from, to }) => {
                const [a, b] = [spotOf.get(from), spotOf.get(to)];
                return a && b ? [{ x1: a.x + spots.nameWidth + 4, y1: a.y, x2: b.x - 6, y2: b.y }] : [];
              }),
              {
                x1: 'x1',
                y1: 'y1',
                x2: 'x2',
                y2: 'y2',
                curve: 'bump-x',
                stroke: colour('mark'),
                strokeWidth: 0.75,
              },
            ),
        write(spots.heads, { x: 'x', y: 'y', text: 'title', textAnchor: 'start', fill: colour('ink-3') }),
        write(spots.all, {
          x: 'x',
          y: (spot: Spot) => spot.y - (spots.isCompact || says(spot) === '' ? 0 : LINE / 2),
          textAnchor: 'start',
          text: (spot: Spot) => clipped(shortName(spot.node), room(spot)),
          fill: colour('ink'),
          fontWeight: (spot: Spot) => (spot.node.name === of ? 600 : 400),
        }),
        write(spots.all, {
          x: (spot: Spot) => (spots.isCompact ? spot.x + spots.nameWidth : spot.x),
          y: (spot: Spot) => spot.y + (spots.isCompact ? 0 : LINE / 2),
          textAnchor: spots.isCompact ? 'end' : 'start',
          text: says,
          fill: colour('ink-2'),
        }),
        Plot.rect(spots.all, {
          x1: (spot: Spot) => spot.x - 4,
          x2: (spot: Spot) => spot.x + spots.nameWidth + 4,
          y1: (spot: Spot) => spot.y - spots.pitch / 2,
          y2: (spot: Spot) => spot.y + spots.pitch / 2,
          ...walkable(spots.all, {
            id: ({ node }) => node.name,
            label: ({ node }) =>
              `${node.name}: ${node.rows === null ? rowsOf(node, options) : plural(node.rows, noun('row'))}`,
          }),
        }),
      ],
    },
  );
}

/** px between stages, for the lines. */
const GUTTER = 44;

/** The middle of a node's left edge, in px. */
interface Spot {
  readonly node: Node;
  readonly x: number;
  readonly y: number;
}

interface Layout {
  readonly all: Spot[];
  readonly heads: { title: string; x: number; y: number }[];
  readonly nameWidth: number;
  readonly pitch: number;
  readonly height: number;
  readonly isCompact: boolean;
}

const stagesOf = (nodes: readonly Node[]) =>
  STAGES.map(({ title }, at) => ({ title, nodes: nodes.filter((node) => stageOf(node) === at) })).filter(
    ({ nodes }) => nodes.length > 0,
  );

/** A column per stage; what is read stands near what reads it. */
function sideways(nodes: readonly Node[], links: Drawn['links'], width: number): Layout {
  const stages = stagesOf(nodes);
  const pitch = 2 * LINE + 6;
  const most = Math.max(...stages.map(({ nodes }) => nodes.length));
  const column = (width + GUTTER) / stages.length;
  const top = 28;
  const height = top + most * pitch + 4;
  const placed = new Map<string, number>();
  const all: Spot[] = [];
  for (const [at, { nodes }] of [...stages.entries()].reverse()) {
    const near = (node: Node) => {
      const readers = links.flatMap(({ from, to }) => (from === node.name ? (placed.get(to) ?? []) : []));
      return readers.reduce((sum, y) => sum + y, 0) / Math.max(1, readers.length);
    };
    const sorted = nodes.toSorted((a, b) => near(a) - near(b) || (b.rows ?? 0) - (a.rows ?? 0));
    const gap = (height - top - 4) / sorted.length;
    for (const [row, node] of sorted.entries()) {
      const y = top + (row + 0.5) * gap;
      placed.set(node.name, y);
      all.push({ node, x: at * column, y });
    }
  }
  return {
    all: all.toReversed(),
    heads: stages.map(({ title }, at) => ({ title, x: at * column, y: 8 })),
    nameWidth: column - GUTTER,
    pitch,
    height,
    isCompact: false,
  };
}

/** On a phone a list, stage under stage, the number first; lines would only be in the way. */
function downwards(nodes: readonly Node[], width: number): Layout {
  const pitch = 24;
  const all: Spot[] = [];
  const heads: Layout['heads'] = [];
  let y = 8;
  for (const { title, nodes: stage } of stagesOf(nodes).reverse()) {
    heads.push({ title, x: 0, y });
    for (const node of stage.toSorted((a, b) => (b.rows ?? 0) - (a.rows ?? 0))) {
      y += pitch;
      all.push({ node, x: 0, y });
    }
    y += pitch + 8;
  }
  return { all, heads, nameWidth: width - 4, pitch, height: y, isCompact: true };
}

function tableOf(nodes: readonly Node[], options: Options): Table {
  return {
    columns: [words('name', 'Name'), words('stage', 'Stage'), numbers('rows', 'Rows'), words('reads', 'Reads')],
    rows: nodes.map((node) => ({
      name: node.name,
      stage: STAGES[stageOf(node)]?.title ?? node.kind,
      rows: node.rows ?? rowsOf(node, options),
      reads: node.reads.join(', '),
    })),
  };
}
