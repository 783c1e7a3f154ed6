import * as Plot from '@observablehq/plot';
import type { Group } from '../format/group.ts';
import { inSentence, listed, type Noun, plural, sentence, spelled } from '../format/noun.ts';
import {
  amount,
  figure,
  interval,
  type MetricWords,
  SUPPRESSED,
  SUPPRESSION,
  signed,
  unitLabel,
  unitWords,
} from '../format/number.ts';
import { CASE_MINIMUM, type Comparator, compare } from '../statistics/compare.ts';
import type { Inequality } from '../statistics/inequality.ts';
import { roundScale, tickLabels } from './axis.ts';
import { type Chart, numbers, type Size, type Table, words } from './chart.ts';
import { blank, colour, frame, inkOf, judged, TEXT, type Tone, write } from './frame.ts';
import { textWidth } from './labels.ts';
import { rowList } from './row-list.ts';

type Options = {
  metric: MetricWords;
  comparator: Comparator;
  /** What the denominator counts. */
  noun: Noun;
  /** What the dimension is called: practice, risk tier. */
  by: string;
  /** The groups are called by names. */
  ofNames: boolean;
  /** Where the groups go from the most to the least in need. */
  inequality?: Inequality;
};

/** A dot and its 95 % interval per group against one comparator line, in the order given: nothing is ranked. */
export const intervals: Chart<Group[], Options> = { finding, subtitle, draw, note, tableOf };

const GROUP = { one: 'group', many: 'groups' };

const verdictOf = ({ cell }: Group, { metric, comparator }: Options) => compare(cell, comparator, metric);

const toneOf = (group: Group, options: Options): Tone => {
  const { verdict } = verdictOf(group, options);
  return verdict === 'better' || verdict === 'worse' ? verdict : 'plain';
};

function finding(groups: Group[], options: Options): string {
  const { comparator, metric, by, ofNames } = options;
  if (groups.length === 0) return 'No groups to compare';
  if (comparator.value === null) return `There is no ${comparator.label} to compare with`;
  const verdicts = groups.map((group) => verdictOf(group, options).verdict);
  const clauses = (['worse', 'better', 'higher', 'lower'] as const).flatMap((verdict) => {
    const found = groups.filter((_, at) => verdicts[at] === verdict);
    if (found.length === 0) return [];
    const who =
      found.length > 3
        ? spelled(found.length, GROUP)
        : listed(found.map(({ label }) => (ofNames ? label : inSentence(label))));
    return [`${who} ${found.length === 1 ? 'is' : 'are'} ${verdict}`];
  });
  const [first, ...others] = clauses;
  const than = `${comparator.label}, ${amount(comparator.value, metric.unit)}`;
  if (first) return sentence([`${first} than ${than}`, ...others].join('; '));
  if (verdicts.every((verdict) => verdict === 'too few to say')) return 'Every group is too small to say';
  return `No group by ${by} can be told from ${than}`;
}

function subtitle(_: Group[], { metric, noun, by }: Options): string {
  const unit = metric.unit === 'percent' ? `% of ${noun.many}` : unitLabel(metric.unit);
  return `${metric.title} by ${by}, ${unit}. Lines: 95% intervals.`;
}

function note(groups: Group[], { metric, noun, inequality }: Options): string | null {
  const hidden = groups.filter(({ cell }) => cell.suppressed).length;
  const few = groups.filter(({ cell }) => cell.rows !== null && cell.rows < CASE_MINIMUM).length;
  const count = (n: number) => sentence(spelled(n, GROUP));
  return (
    [
      hidden > 0 && `Hidden: ${SUPPRESSION}.`,
      few > 0 &&
        `${count(few)} of under ${CASE_MINIMUM} ${noun.many} drawn but not judged; lines end where the scale does.`,
      inequality && inequalityWords(inequality, metric),
    ]
      .filter(Boolean)
      .join(' ') || null
  );
}

/** The gap, the ratio and the slope between the two ends of need, and how many cannot be placed. */
function inequalityWords({ gap, ratio, slope, missing }: Inequality, { unit }: MetricWords): string {
  const times = ratio === null ? '' : `, ${ratio.toFixed(2)} times as much`;
  const range = `${signed(slope.low, unit)} to ${signed(slope.high, unit)}`;
  const unknown = missing === 0 ? 'nobody' : missing < 0.005 ? 'under 1%' : `${Math.round(100 * missing)}%`;
  return [
    `From the group least in need to the group most in need: ${signed(gap, unit)}${times}.`,
    `Slope index of inequality ${signed(slope.value, unit)} (95% ${range}). Group not known: ${unknown}.`,
  ].join(' ');
}

function draw(groups: Group[], { document, width, ...options }: Options & Size): Element {
  const { metric, comparator, by } = options;
  const size = { width, ...(document && { document }) };
  const label = `${metric.title} by ${by}, with 95% intervals`;
  const description = finding(groups, options);
  const shown = groups.filter(({ cell }) => cell.value !== null);
  if (shown.length === 0) return blank(size, label, description);

  const few = (group: Group) => verdictOf(group, options).verdict === 'too few to say';
  // groups too small to judge do not stretch the scale: their lines are cut at its ends
  const large = shown.filter((group) => !few(group));
  const values = (large.length > 0 ? large : shown).flatMap(({ cell }) => [cell.value, cell.low, cell.high]);
  const print = ({ cell }: Group) =>
    cell.value === null ? (cell.suppressed ? SUPPRESSED : '–') : amount(cell.value, metric.unit);
  const range = ({ cell }: Group) => interval(cell.low, cell.high, metric.unit) ?? '';
  const columns = [range, print].map((text) => 16 + 1.06 * Math.max(...groups.map((group) => textWidth(text(group)))));
  const [ofRange = 0, ofValue = 0] = columns;
  const list = rowList(groups, {
    width,
    id: ({ id }) => id,
    label: ({ label }) => label,
    right: Math.round(ofRange + ofValue),
    bottom: 40,
  });
  const scale = roundScale(
    [...values, comparator.value].filter((value) => value !== null),
    { about: Math.min(6, Math.max(2, Math.floor(list.inner / 60))) },
  );
  const tone = (group: Group) => toneOf(group, options);
  const dot = { y: 'id', x: ({ cell }: Group) => cell.value, dy: list.middle } as const;
  const within = (value: number | null) =>
    value === null ? null : Math.min(scale.domain[1], Math.max(scale.domain[0], value));
  const isIn = ({ cell: { value } }: Group) => within(value) === value;

  return frame(
    { ...size, height: list.height, label, description },
    {
      ...list.scales,
      x: { domain: scale.domain, insetLeft: 6, insetRight: 18, axis: null },
      marks: [
        list.lines(groups.slice(1), 'grid'),
        comparator.value === null
          ? null
          : list.vertical(comparator.value, { stroke: colour('mark'), strokeDasharray: '4 3' }),
        Plot.ruleY(shown, {
          y: 'id',
          x1: ({ cell }: Group) => within(cell.low),
          x2: ({ cell }: Group) => within(cell.high),
          dy: list.middle,
          stroke: (group: Group) => (few(group) ? colour('mark') : inkOf(tone(group))),
          strokeWidth: 1.5,
        }),
        judged(large, { ...dot, tone, r: 5, strokeWidth: 1 }),
        Plot.dot(shown.filter(few).filter(isIn), {
          ...dot,
          r: 4,
          fill: colour('paper'),
          stroke: colour('ink-3'),
          strokeWidth: 1.25,
          strokeDasharray: '2.5 2',
        }),
        list.labels(),
        list.column(Math.round(ofRange), { text: print, fill: (group) => inkOf(tone(group)) }),
        list.column(0, { text: range, fill: colour('ink-3') }),
        Plot.axisX(scale.ticks, {
          tickSize: 4,
          tickFormat: tickLabels(scale, metric.unit),
          label: null,
          color: colour('ink-2'),
          fontSize: TEXT,
        }),
        write(
          comparator.value === null ? [] : [`dashed: ${comparator.label}, ${amount(comparator.value, metric.unit)}`],
          {
            frameAnchor: 'bottom-right',
            textAnchor: 'end',
            dy: 36,
            fill: colour('ink-3'),
          },
        ),
        list.points((group) => `${group.label}: ${spoken(group, options)}`),
      ],
    },
  );
}

function spoken(group: Group, options: Options): string {
  const { value, low, high, rows, suppressed } = group.cell;
  if (suppressed) return SUPPRESSED;
  if (value === null) return `no ${options.noun.many}`;
  const range = interval(low, high, options.metric.unit);
  return [
    `${amount(value, options.metric.unit)} ${unitWords(options.metric.unit)}`.trim(),
    range && `95% interval ${range}`,
    rows !== null && plural(rows, options.noun),
    verdictOf(group, options).words,
  ]
    .filter(Boolean)
    .join(', ');
}

function tableOf(groups: Group[], options: Options): Table {
  const { metric, noun, by } = options;
  const how = { unit: unitLabel(metric.unit), format: (value: number) => figure(value, metric.unit) };
  return {
    columns: [
      words('label', sentence(by)),
      numbers('value', 'Value', how),
      numbers('low', 'Low', how),
      numbers('high', 'High', how),
      numbers('rows', sentence(noun.many)),
      words('verdict', 'Reads'),
    ],
    rows: groups.map((group) => ({
      label: group.label,
      value: group.cell.suppressed ? SUPPRESSED : group.cell.value,
      low: group.cell.low,
      high: group.cell.high,
      rows: group.cell.rows,
      verdict: group.cell.suppressed ? SUPPRESSED : sentence(verdictOf(group, options).words),
    })),
  };
}
