import { addMonths } from '#contract/months';
import type { Period } from '../store/question.ts';

/** YYYY-MM, both inclusive. */
export interface Months {
  readonly from: string;
  readonly to: string;
}

/** The months that are among both; none where it ends before it begins. */
export const within = (a: Months, b: Months): Months => ({
  from: latest(a.from, b.from),
  to: earliest(a.to, b.to),
});

/** The months from the first to the last of both. */
export const around = (a: Months, b: Months): Months => ({
  from: earliest(a.from, b.from),
  to: latest(a.to, b.to),
});

const earliest = (...months: string[]): string => months.sort()[0] ?? '';
const latest = (...months: string[]): string => months.sort().at(-1) ?? '';

/** A stretch of months that numbers are released for, and what it is cut into: months are cut no further. */
export interface Span extends Months {
  /** A month (2024-03), a quarter (2024-Q1), or the first and last month of a year. */
  readonly id: string;
  readonly parts: readonly Span[];
}

const monthsFrom = (from: string, to: string): string[] => {
  const months: string[] = [];
  for (let month = from; month <= to; month = addMonths(month, 1)) months.push(month);
  return months;
};

const quarterOf = (month: string): string => `${month.slice(0, 4)}-Q${Math.ceil(Number(month.slice(5)) / 3)}`;

/**
 * The months `first` to `last` in years of twelve months, one of which ends with `anchor`; each cut into the calendar's
 * quarters where they lie within it, else months, and quarters into months. No two spans overlap but where one lies in
 * the other.
 */
export function spansOf(first: string, last: string, anchor: string): Span[] {
  if (first === '') return [];
  let to = anchor;
  while (to < last) to = addMonths(to, 12);
  while (addMonths(to, -12) >= last) to = addMonths(to, -12);
  const years: Span[] = [];
  for (; to >= first; to = addMonths(to, -12)) {
    const year = within({ from: addMonths(to, -11), to }, { from: first, to: last });
    years.unshift({ ...year, id: `${year.from}..${year.to}`, parts: quartersOf(monthsFrom(year.from, year.to)) });
  }
  return years;
}

function quartersOf(months: readonly string[]): Span[] {
  const spans = months.map((month): Span => ({ id: month, from: month, to: month, parts: [] }));
  return [...new Set(months.map(quarterOf))].flatMap((id) => {
    const parts = spans.filter((month) => quarterOf(month.id) === id);
    const [from = '', to = ''] = [parts[0]?.id, parts.at(-1)?.id];
    return parts.length === 3 ? [{ id, from, to, parts }] : parts;
  });
}

/** The fewest spans that make up the months from one to another. */
export const tilesOf = (spans: readonly Span[], months: Months): Span[] =>
  spans.flatMap((span) => {
    if (span.from > months.to || span.to < months.from) return [];
    return span.from >= months.from && span.to <= months.to ? [span] : tilesOf(span.parts, months);
  });

/** The months that a key (2024-03, 2024-Q1, 2024) names. */
export function monthsOf(period: string): Months {
  const [year = '', part] = period.split('-');
  if (part === undefined) return { from: `${year}-01`, to: `${year}-12` };
  if (!part.startsWith('Q')) return { from: period, to: period };
  const to = `${year}-${String(3 * Number(part.slice(1))).padStart(2, '0')}`;
  return { from: addMonths(to, -2), to };
}

/** The months, quarters or years that lie in or across the months from one to another, in order. */
export function periodsWithin(kind: Period, { from, to }: Months): string[] {
  const name = { month: (month: string) => month, quarter: quarterOf, year: (month: string) => month.slice(0, 4) }[
    kind
  ];
  return [...new Set(monthsFrom(from, to).map(name))];
}
