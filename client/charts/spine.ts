import * as Plot from '@observablehq/plot';
import { inSentence, inWords, listed, type Noun, noun, plural, sentence } from '../format/noun.ts';
import { amount, count, figure, interval, SUPPRESSED, SUPPRESSION, unitLabel } from '../format/number.ts';
import { CASE_MINIMUM } from '../statistics/compare.ts';
import { percentile } from '../statistics/deciles.ts';
import { ACO, comparisonOf, type SpineRow, standsApart, tellingIn } from '../statistics/spine.ts';
import { type Chart, COMPACT, numbers, type Size, type Table, words } from './chart.ts';
import { blank, colour, frame, inkOf, inParts, judged, type Tone, write } from './frame.ts';
import { textWidth } from './labels.ts';
import { rowList } from './row-list.ts';

type Options = {
  /** Who is spoken of. */
  name: string;
  /** What the others are: practices. */
  among: Noun;
};

/**
 * One unit over many metrics: its value and interval against everybody's, on a scale that ends with the unit that lies
 * furthest from it; better is to the right. Behind it where all units lie, and their middle half.
 */
export const spine: Chart<SpineRow[], Options> = { finding, subtitle, draw, note, tableOf };

const isTold = (row: SpineRow) => tellingIn(row) === 'enough to tell apart';

/** Only what stands apart is coloured: a clear interval of a number that cannot be told is chance as likely as not. */
const toneOf = (row: SpineRow): Tone => {
  const { verdict } = comparisonOf(row);
  return standsApart(row) && (verdict === 'better' || verdict === 'worse') ? verdict : 'plain';
};

function finding(rows: SpineRow[], { name }: Options): string {
  if (rows.length === 0) return `Nothing is known of ${name}`;
  const enough = rows.filter(isTold);
  if (enough.length === 0) return `No number is large enough to tell ${name} from the others`;
  const said = (['worse', 'better', 'higher', 'lower'] as const).flatMap((verdict) => {
    const found = enough.filter((row) => comparisonOf(row).verdict === verdict);
    if (found.length === 0) return [];
    const which =
      found.length > 2 ? inWords(found.length) : listed(found.map(({ metric }) => inSentence(metric.title)));
    return [`${verdict} on ${which}`];
  });
  const among = `${count(enough.length)} of ${plural(rows.length, NUMBER)} can tell ${name} from the others`;
  return sentence(
    said.length === 0 ? `${among}; none differs from ${ACO}` : `${among}; against ${ACO} ${said.join(', ')}`,
  );
}

const NUMBER = noun('number');

function subtitle(_: SpineRow[], { among }: Options): string {
  return `Dot and line: the value and its 95% interval. Upright: ${ACO}. Grey: all ${among.many} of ${CASE_MINIMUM} and more, stronger their middle half. Better is to the right, and higher where neither is better. Coloured: what stands apart and can be told.`;
}

function note(rows: SpineRow[], { among }: Options): string | null {
  const hidden = rows.filter(({ cell }) => cell.suppressed).length;
  const byChance = Math.round(rows.filter(isTold).length / 20);
  return [
    byChance > 0 && `Of so many numbers about ${inWords(byChance)} would stand apart by chance alone.`,
    'Reliability: signal ÷ (signal + noise); 0.70 and more can be told, “none” where units differ no more than chance makes them.',
    rows.some(({ decile }) => decile !== null) && 'Decile: of the national benchmark, ten is best.',
    rows.some((row) => row.cell.value !== null && scaleOf(row) === null) &&
      `Not placed: fewer than two ${among.many} count ${CASE_MINIMUM} and more.`,
    hidden > 0 && `Hidden: ${SUPPRESSION}.`,
  ]
    .filter(Boolean)
    .join(' ');
}

const print = (value: number | null, { metric, cell }: SpineRow): string =>
  value === null ? (cell.suppressed ? SUPPRESSED : '–') : amount(value, metric.unit);

/** "0.83", "none" where units do not differ beyond chance, "–" where nobody can tell. */
function reliabilityText({ reliability, cell }: SpineRow): string {
  if (reliability === null || !cell.denominator) return '–';
  return reliability.between === 0 ? 'none' : reliability.at(cell.denominator).toFixed(2);
}

function spoken(row: SpineRow): string {
  const { cell, metric, decile } = row;
  const range = interval(cell.low, cell.high, metric.unit);
  const value = cell.value === null ? (cell.suppressed ? SUPPRESSED : 'nobody') : print(cell.value, row);
  return [
    `${metric.title}: ${value}${range ? ` (${range})` : ''}`,
    isTold(row) ? comparisonOf(row).words : tellingIn(row),
    decile !== null && `decile ${decile} of the national benchmark`,
  ]
    .filter(Boolean)
    .join(', ');
}

function draw(rows: SpineRow[], { document, width, ...options }: Options & Size): Element {
  const size = { width, ...(document && { document }) };
  const label = `${options.name} against ${ACO}, number by number`;
  const description = finding(rows, options);
  if (rows.length === 0) return blank(size, label, description);
  return inParts(rows, MOST_ROWS, partOf(rows, { ...size, label, description }), document);
}

/** What an upright page holds. */
const MOST_ROWS = 25;

/** px under which labels leave more room to what they name, as on paper. */
const NARROW = 800;

/** Draws some of the rows on the measures of all. */
function partOf(rows: SpineRow[], framing: Size & { label: string; description: string }) {
  const { width } = framing;
  const all = [
    { head: 'Own', text: (row: SpineRow) => print(row.cell.value, row), fill: (row: SpineRow) => inkOf(toneOf(row)) },
    { head: 'ACO', text: (row: SpineRow) => print(row.total.value, row), fill: colour('ink-2') },
    ...(rows.some(({ decile }) => decile !== null)
      ? [{ head: 'Decile', text: ({ decile }: SpineRow) => `${decile ?? ''}`, fill: colour('ink-2') }]
      : []),
    { head: 'Reliability', text: reliabilityText, fill: colour('ink-2') },
  ];
  const columns = width < COMPACT ? all.slice(0, 1) : all;
  const widths = columns.map(
    ({ head, text }) => 18 + 1.06 * Math.max(textWidth(head), ...rows.map((row) => textWidth(text(row)))),
  );
  const scales = new Map(rows.map((row) => [row.id, scaleOf(row)]));
  const at = (row: SpineRow, value: number | null) =>
    value === null ? null : Math.max(-1, Math.min(1, scales.get(row.id)?.place(value) ?? 0));
  const isFew = (row: SpineRow) => comparisonOf(row).verdict === 'too few to say';
  return (part: SpineRow[]) => {
    const list = rowList(part, {
      width,
      id: ({ id }) => id,
      label: ({ metric }) => metric.title,
      alike: rows,
      widest: width < NARROW ? 0.38 : undefined,
      right: Math.round(widths.reduce((all, one) => all + one, 0)),
      top: 28,
    });
    const placed = part.filter(({ id }) => scales.get(id));
    const alone = part.filter(({ id, cell }) => !scales.get(id) && cell.value !== null);
    const drawn = placed.filter(({ cell }) => cell.value !== null);
    const bar = (from: 'least' | 'quarter', to: 'most' | 'three quarters', fill: 'band' | 'mark-soft') =>
      Plot.barX(placed, {
        ...{ y: 'id', fill: colour(fill), ...list.bar },
        x1: ({ id }: SpineRow) => scales.get(id)?.marks[from] ?? 0,
        x2: ({ id }: SpineRow) => scales.get(id)?.marks[to] ?? 0,
      });
    const dot = { y: 'id', x: (row: SpineRow) => at(row, row.cell.value), dy: list.middle } as const;
    let from = 0;

    return frame(
      { ...framing, height: list.height + 4 },
      {
        ...list.scales,
        x: { domain: [-1, 1], insetLeft: 8, insetRight: 14, axis: null },
        marks: [
          list.lines(part.slice(1), 'grid'),
          bar('least', 'most', 'band'),
          bar('quarter', 'three quarters', 'mark-soft'),
          list.vertical(0, { stroke: colour('ink-2'), strokeWidth: 1.25 }, placed),
          write(alone, {
            ...{ y: 'id', x: () => -1, dy: list.middle, textAnchor: 'start', fill: colour('ink-3') },
            text: () => 'not placed',
          }),
          Plot.ruleY(drawn, {
            y: 'id',
            x1: (row: SpineRow) => at(row, row.cell.low),
            x2: (row: SpineRow) => at(row, row.cell.high),
            dy: list.middle,
            stroke: (row: SpineRow) => (isFew(row) ? colour('mark') : inkOf(toneOf(row))),
            strokeWidth: 1.5,
          }),
          judged(
            drawn.filter((row) => !isFew(row)),
            { ...dot, tone: toneOf, r: 5, strokeWidth: 1 },
          ),
          Plot.dot(drawn.filter(isFew), {
            ...{ ...dot, r: 4, fill: colour('paper'), stroke: colour('ink-3') },
            ...{ strokeWidth: 1.25, strokeDasharray: '2.5 2' },
          }),
          list.labels(),
          columns.toReversed().map((column, index) => {
            const place = from;
            from += widths.toReversed()[index] ?? 0;
            return list.column(Math.round(place), column);
          }),
          list.points(spoken),
        ],
      },
    );
  };
}

/**
 * Where values stand between -1 and 1: 0 is everybody's, the unit furthest from it is at an end, better is up. Null
 * where fewer than two units make a scale.
 */
function scaleOf({ cell, total, units, metric }: SpineRow) {
  const centre = total.value ?? 0;
  const values = units.flatMap(({ value, rows }) => (value !== null && (rows ?? 0) >= CASE_MINIMUM ? [value] : []));
  if (values.length < 2) return null;
  const reach = Math.max(...[...values, cell.value ?? centre].map((value) => Math.abs(value - centre))) || 1;
  const turn = metric.betterIs === 'lower' ? -1 : 1;
  const place = (value: number) => (turn * (value - centre)) / reach;
  const places = values.map(place).toSorted((a, b) => a - b);
  const marks = {
    ...{ least: percentile(places, 0), most: percentile(places, 1) },
    ...{ quarter: percentile(places, 0.25), 'three quarters': percentile(places, 0.75) },
  };
  return { place, marks };
}

function tableOf(rows: SpineRow[]): Table {
  return {
    columns: [
      words('metric', 'Number'),
      words('unit', 'Unit'),
      words('value', 'Value'),
      words('interval', '95% interval'),
      numbers('n', 'Of'),
      words('total', 'The whole ACO'),
      numbers('decile', 'Decile of the national benchmark'),
      numbers('reliability', 'Reliability', { format: (value) => value.toFixed(2) }),
      words('reads', 'Reads'),
    ],
    rows: rows.map((row) => ({
      metric: row.metric.title,
      unit: unitLabel(row.metric.unit),
      value: row.cell.value === null ? print(null, row) : figure(row.cell.value, row.metric.unit),
      interval: interval(row.cell.low, row.cell.high, row.metric.unit),
      n: row.cell.denominator,
      total: row.total.value === null ? null : figure(row.total.value, row.metric.unit),
      decile: row.decile,
      reliability:
        row.reliability && row.reliability.between > 0 && row.cell.denominator
          ? row.reliability.at(row.cell.denominator)
          : null,
      reads: sentence(isTold(row) ? comparisonOf(row).verdict : tellingIn(row)),
    })),
  };
}
