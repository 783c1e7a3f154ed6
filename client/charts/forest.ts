import * as Plot from '@observablehq/plot';
import type { Group } from '../format/group.ts';
import { inSentence, inWords, listed, type Noun, plural, sentence } from '../format/noun.ts';
import { count, SUPPRESSED, SUPPRESSION } from '../format/number.ts';
import { roundScale, tickLabels } from './axis.ts';
import { type Chart, numbers, type Size, type Table, words } from './chart.ts';
import { blank, colour, frame, inkOf, judged, TEXT, type Tone, write } from './frame.ts';
import { textWidth } from './labels.ts';
import { rowList } from './row-list.ts';

type Options = {
  /** Of the metric, whose lower values are the better. */
  title: string;
  /** What the rows are: hospitals. */
  groups: Noun;
  /** They are called by names. */
  ofNames: boolean;
  /** What the numerator counts, in the words of a sentence. */
  counted: Noun;
};

/** Observed ÷ expected of each group with its 95 % limits against 1, in the order given: nothing is ranked. */
export const forest: Chart<Group[], Options> = { finding, subtitle, draw, note, tableOf };

/** Below this many expected, limits reach from nowhere to anywhere. */
const LEAST_EXPECTED = 1;

type Ratio = { value: number; low: number; high: number };

function ratioOf({ cell: { numerator, expected, ratioLow: low, ratioHigh: high } }: Group): Ratio | null {
  if (numerator === null || expected === null || low === null || high === null || expected < LEAST_EXPECTED)
    return null;
  return { value: numerator / expected, low, high };
}

const readingOf = (group: Group): string => {
  const ratio = ratioOf(group);
  if (group.cell.suppressed) return SUPPRESSED;
  if (!ratio) return 'too few to say';
  return ratio.low > 1 ? 'more than expected' : ratio.high < 1 ? 'fewer than expected' : 'as expected';
};

const toneOf = (group: Group): Tone => {
  const reading = readingOf(group);
  return reading === 'more than expected' ? 'worse' : reading === 'fewer than expected' ? 'better' : 'plain';
};

const decimals = (value: number): string => value.toFixed(2);

function finding(groups: Group[], { groups: noun, ofNames }: Options): string {
  const told = groups.filter(ratioOf);
  if (told.length === 0) return `No ${noun.one} has enough to be held against what was expected`;
  const named = (reading: string) => {
    const labels = told
      .filter((group) => readingOf(group) === reading)
      .map(({ label }) => (ofNames ? label : inSentence(label)));
    if (labels.length === 0) return [];
    return [`${labels.length > 3 ? `${inWords(labels.length)} ${noun.many}` : listed(labels)} had ${reading}`];
  };
  const clauses = ['more than expected', 'fewer than expected'].flatMap(named);
  return sentence(clauses.length > 0 ? listed(clauses) : `no ${noun.one} had more or fewer than expected`);
}

function subtitle(_: Group[], { title, groups }: Options): string {
  return `${title} by ${groups.one}: observed ÷ expected for its own patients. Lines: 95% limits.`;
}

function note(groups: Group[], { groups: noun }: Options): string | null {
  const few = groups.filter((group) => !group.cell.suppressed && !ratioOf(group)).length;
  return (
    [
      groups.some(({ cell }) => cell.suppressed) && `Hidden: ${SUPPRESSION}.`,
      few > 0 && `${sentence(inWords(few))} ${few === 1 ? noun.one : noun.many} with under one expected not drawn.`,
    ]
      .filter(Boolean)
      .join(' ') || null
  );
}

function draw(groups: Group[], { document, width, ...options }: Options & Size): Element {
  const size = { width, ...(document && { document }) };
  const label = `${options.title}, observed over expected, by ${options.groups.one}`;
  const description = finding(groups, options);
  const told = groups.flatMap((group) => {
    const ratio = ratioOf(group);
    return ratio ? [{ ...group, ratio }] : [];
  });
  if (told.length === 0) return blank(size, label, description);

  const range = (group: Group) => {
    const ratio = ratioOf(group);
    return ratio ? `${decimals(ratio.low)}–${decimals(ratio.high)}` : '';
  };
  const print = (group: Group) => {
    const ratio = ratioOf(group);
    return ratio ? decimals(ratio.value) : group.cell.suppressed ? SUPPRESSED : '–';
  };
  const [ofRange = 0, ofValue = 0] = [range, print].map(
    (text) => 16 + 1.06 * Math.max(...groups.map((group) => textWidth(text(group)))),
  );
  const list = rowList(groups, {
    width,
    id: ({ id }) => id,
    label: (group) => group.label,
    right: Math.round(ofRange + ofValue),
    bottom: 40,
  });
  // the longest line of a small group does not flatten the others: it is cut where the scale ends
  const scale = roundScale([1, ...told.map(({ ratio }) => Math.min(ratio.high, 3))], {
    zero: true,
    about: Math.min(6, Math.max(2, Math.floor(list.inner / 60))),
  });
  const within = (value: number) => Math.min(value, scale.domain[1]);
  return frame(
    { ...size, height: list.height, label, description },
    {
      ...list.scales,
      x: { domain: scale.domain, insetLeft: 6, insetRight: 18, axis: null },
      marks: [
        list.lines(groups.slice(1), 'grid'),
        list.vertical(1, { stroke: colour('ink-3') }),
        Plot.ruleY(told, {
          ...{ y: 'id', x1: ({ ratio }) => within(ratio.low), x2: ({ ratio }) => within(ratio.high) },
          ...{ dy: list.middle, stroke: (group) => inkOf(toneOf(group)), strokeWidth: 1.5 },
        }),
        judged(
          told.filter(({ ratio }) => within(ratio.value) === ratio.value),
          { y: 'id', x: ({ ratio }) => ratio.value, dy: list.middle, tone: toneOf, r: 5, strokeWidth: 1 },
        ),
        list.labels(),
        list.column(Math.round(ofRange), { text: print, fill: (group) => inkOf(toneOf(group)) }),
        list.column(0, { text: range, fill: colour('ink-3') }),
        Plot.axisX(scale.ticks, {
          ...{ tickSize: 4, tickFormat: tickLabels(scale, null), label: null, color: colour('ink-2'), fontSize: TEXT },
        }),
        write(['line at 1: as expected'], {
          ...{ frameAnchor: 'bottom-right', textAnchor: 'end', dy: 36, fill: colour('ink-3') },
        }),
        list.points((group) => `${group.label}: ${spoken(group, options)}`),
      ],
    },
  );
}

function spoken(group: Group, { counted }: Options): string {
  const ratio = ratioOf(group);
  const { numerator, expected } = group.cell;
  if (!ratio || numerator === null || expected === null) return readingOf(group);
  return `${plural(numerator, counted)}, ${expected.toFixed(1)} expected, ratio ${decimals(ratio.value)}, 95% limits ${decimals(ratio.low)}–${decimals(ratio.high)}, ${readingOf(group)}`;
}

function tableOf(groups: Group[], { groups: noun, counted }: Options): Table {
  const ratio = { format: decimals };
  return {
    columns: [
      words('label', sentence(noun.one)),
      numbers('observed', sentence(counted.many), { format: count }),
      numbers('expected', 'Expected', { format: (value) => value.toFixed(1) }),
      numbers('value', 'Ratio', ratio),
      numbers('low', 'Low', ratio),
      numbers('high', 'High', ratio),
      words('reads', 'Reads'),
    ],
    rows: groups.map((group) => ({
      label: group.label,
      observed: group.cell.suppressed ? SUPPRESSED : group.cell.numerator,
      expected: group.cell.expected,
      ...(ratioOf(group) ?? { value: null, low: null, high: null }),
      reads: sentence(readingOf(group)),
    })),
  };
}
