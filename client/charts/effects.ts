import * as Plot from '@observablehq/plot';
import { inSentence, listed, sentence } from '../format/noun.ts';
import { amount, digitsOf, figure, SUPPRESSED, SUPPRESSION, signed, unitLabel } from '../format/number.ts';
import { type Effect, sumOf } from '../statistics/effects.ts';
import { type Chart, numbers, type Size, type Table, words } from './chart.ts';
import { blank, colour, frame } from './frame.ts';
import { textWidth } from './labels.ts';
import { rowList } from './row-list.ts';

type Options = {
  /** What the change is from: "the year before". */
  changeFrom: string;
};

/** What moved spending, setting by setting: two bars each from zero, more or less use, and higher or lower prices. */
export const effects: Chart<Effect[], Options> = { finding, subtitle, draw, note, tableOf };

const UNIT = 'dollars per member per month';
const size = (value: number | null): number => Math.abs(value ?? 0);

const ranked = (rows: readonly Effect[]): Effect[] => rows.toSorted((a, b) => size(b.change) - size(a.change));

function finding(rows: Effect[], { changeFrom }: Options): string {
  if (rows.length === 0) return `There is no spending of ${changeFrom} to compare with`;
  const sum = sumOf(rows);
  const known = rows.flatMap(({ label, use, price }) =>
    use === null || price === null
      ? []
      : [
          { label, what: 'the use of', effect: use },
          { label, what: 'the price of', effect: price },
        ],
  );
  const most = known.toSorted((a, b) => size(b.effect) - size(a.effect))[0];
  const largest =
    most && size(most.effect) > 0
      ? `the largest part is ${most.what} ${inSentence(most.label)}, ${signed(most.effect, UNIT)}`
      : null;
  const parts =
    sum &&
    `spending ${sum.change < 0 ? 'fell' : 'rose'} by ${amount(Math.abs(sum.change), UNIT)} per member per month from ${changeFrom}: use ${signed(sum.use, UNIT)}, price ${signed(sum.price, UNIT)}`;
  return sentence([parts, largest].filter(Boolean).join('; ') || `what moved spending from ${changeFrom} is not shown`);
}

function subtitle(_: Effect[], { changeFrom }: Options): string {
  return `Change in ${unitLabel(UNIT)} from ${changeFrom}: use is the change in services at the price before, price the change in dollars per service.`;
}

function note(rows: Effect[]): string | null {
  if (rows.length === 0) return null;
  const sum = sumOf(rows);
  const hidden = rows.filter(({ use }) => use === null).map(({ label }) => label);
  const said = [
    sum &&
      `Of the ${signed(sum.use, UNIT)} of use, ${signed(sum.volume, UNIT)} is the number of services at the average price, ${signed(sum.mix, UNIT)} their mix among settings.`,
    'A service is a stay, visit or day of tests in one setting, or a fill; price holds whatever changes within a setting.',
    hidden.length > 0 && `${listed(hidden)} not drawn: ${SUPPRESSION}.`,
  ];
  return said.filter(Boolean).join(' ') || null;
}

const PARTS = [
  { part: 'use', head: 'Use', bar: colour('accent'), ink: colour('accent') },
  { part: 'price', head: 'Price', bar: colour('mark'), ink: colour('ink-2') },
] as const;

function draw(rows: Effect[], { document, width, ...options }: Options & Size): Element {
  const about = { width, ...(document && { document }) };
  const label = `What moved spending from ${options.changeFrom}: use and price by setting`;
  const description = finding(rows, options);
  if (rows.length === 0) return blank(about, label, description);
  const order = ranked(rows);
  const sum = sumOf(rows);
  const all: Drawn[] = [...order, ...(sum ? [{ id: 'total', label: 'All settings', ...sum }] : [])];
  const isTotal = ({ id }: Drawn) => id === 'total';
  const digits = digitsOf(
    all.flatMap(({ use, price, change }) => [use ?? 0, price ?? 0, change ?? 0]),
    UNIT,
  );
  const print = (value: number | null) => (value === null ? SUPPRESSED : signed(value, UNIT, digits));
  const column =
    14 +
    Math.max(...all.flatMap(({ use, price, change }) => [use, price, change].map((value) => textWidth(print(value)))));
  const list = rowList(all, {
    width,
    id: ({ id }) => id,
    label: ({ label }) => label,
    strong: isTotal,
    right: Math.round(3 * column),
    top: 26,
  });
  const parts = order.flatMap((row) => [row.use ?? 0, row.price ?? 0]);
  const bars = PARTS.map(({ part, bar }, at) =>
    Plot.barX(
      all.filter((row) => row[part] !== null),
      { y: 'id', x: part, fill: bar, ...half(list, at) },
    ),
  );
  const scale = [...parts, ...(sum ? [sum.use, sum.price] : [])];

  return frame(
    { ...about, height: list.height + 4, label, description },
    {
      ...list.scales,
      x: { domain: [Math.min(0, ...scale), Math.max(0, ...scale) || 1], insetLeft: 4, insetRight: 8, axis: null },
      marks: [
        list.lines(order.slice(1), 'rule'),
        list.lines(
          all.filter((row) => isTotal(row)),
          'ink',
        ),
        ...bars,
        list.vertical(0, { stroke: colour('ink-2') }),
        list.labels(),
        ...PARTS.map(({ part, head, ink }, at) =>
          list.column(Math.round((2 - at) * column), { head, text: (row: Drawn) => print(row[part]), fill: ink }),
        ),
        list.column(0, { head: 'Change', text: (row: Drawn) => print(row.change) }),
        list.points((row) => `${row.label}: ${spoken(row)}`),
      ],
    },
  );
}

/** A setting, or all of them. */
type Drawn = Pick<Effect, 'id' | 'label' | 'spent' | 'use' | 'price' | 'change'>;

/** The upper or the lower half of a row's bar. */
const half = ({ compact, bar }: Pick<ReturnType<typeof rowList>, 'compact' | 'bar'>, at: number) => {
  const [top, bottom] = [bar.insetTop - 1, bar.insetBottom - 1];
  const middle = compact ? 7 : 8;
  return at === 0 ? { insetTop: top, insetBottom: bottom + middle } : { insetTop: top + middle, insetBottom: bottom };
};

function spoken({ spent, use, price, change }: Drawn): string {
  if (spent === null || use === null || price === null || change === null) return SUPPRESSED;
  return `${amount(spent, UNIT)}, change ${signed(change, UNIT)}, of which use ${signed(use, UNIT)} and price ${signed(price, UNIT)}`;
}

function tableOf(rows: Effect[], { changeFrom }: Options): Table {
  const dollars = { unit: '$', format: (value: number) => signed(value, UNIT, 2) };
  const per1000 = {
    unit: 'per 1,000 members per year',
    format: (value: number) => figure(value, 'per 1,000 members per year'),
  };
  const each = { unit: '$ per service', format: (value: number) => figure(value, UNIT, 2) };
  const hidden = (value: number | null) => value ?? SUPPRESSED;
  const sum = sumOf(rows);
  const none = { price: null, change: null, spent: null };
  const nothing = { servicesBefore: null, servicesNow: null, priceBefore: null, priceNow: null };
  return {
    columns: [
      words('label', 'Setting'),
      numbers('use', 'Use', dollars),
      numbers('price', 'Price', dollars),
      numbers('change', `Change from ${changeFrom}`, dollars),
      numbers('spent', 'Spending now', { unit: unitLabel(UNIT), format: (value: number) => figure(value, UNIT, 2) }),
      numbers('servicesBefore', 'Services before', per1000),
      numbers('servicesNow', 'Services now', per1000),
      numbers('priceBefore', 'Price before', each),
      numbers('priceNow', 'Price now', each),
    ],
    rows: [
      ...ranked(rows).map(({ label, spent, use, price, change, before, now }) => ({
        label,
        use: hidden(use),
        price: hidden(price),
        change: hidden(change),
        spent: hidden(spent),
        servicesBefore: before.services === null ? SUPPRESSED : before.services * 12_000,
        servicesNow: now.services === null ? SUPPRESSED : now.services * 12_000,
        priceBefore: before.price,
        priceNow: now.price,
      })),
      ...(sum
        ? [
            { label: 'All settings', use: sum.use, price: sum.price, change: sum.change, spent: sum.spent, ...nothing },
            { label: 'of use: number of services', use: sum.volume, ...nothing, ...none },
            { label: 'of use: mix of settings', use: sum.mix, ...nothing, ...none },
          ]
        : []),
    ],
  };
}
