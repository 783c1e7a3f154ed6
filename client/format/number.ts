import type { ServedMetric } from '#contract/metric';

export type Unit = ServedMetric['unit'];

/** The words and the scale of a metric that statistics and charts need; a `ServedMetric` is one. */
export type MetricWords = Pick<ServedMetric, 'title' | 'unit' | 'scale' | 'isPart' | 'betterIs'>;

/** How a number reads that may not be shown. Which of the two that it stands for is not told: that would give it away. */
export const SUPPRESSED = 'hidden';
/** What that stands for. */
export const SUPPRESSION = 'fewer than 11, or hidden so that such a number cannot be worked out';

/** How people as of a day are told where they may be shared. */
export const ROUGHLY = 'People are told to the nearest 20.';

type Digits = 0 | 1 | 2;

const formatOf = (digits: Digits) =>
  new Intl.NumberFormat('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** By number of decimals. Made once: a page typesets thousands of numbers, and making a format takes longest. */
const FORMATS = [formatOf(0), formatOf(1), formatOf(2)] as const;

/** A true minus sign, and no sign on a zero that was rounded down to. */
const typeset = (value: number, digits: Digits): string => {
  const text = FORMATS[digits].format(value);
  return /[1-9]/.test(text) ? text.replace('-', '−') : text.replace('-', '');
};

/** 1204 -> "1,204" */
export const count = (value: number): string => typeset(value, 0);

const AS_MEASURED = new Intl.NumberFormat('en-US', { maximumFractionDigits: 6 });

/** A result of a test with the decimals that it has: 29172 -> "29,172", 6.1 -> "6.1" */
export const measured = (value: number): string => AS_MEASURED.format(value);

/**
 * Decimals that numbers of one list share: one for percent; for the others none from 100 up, unless the list also holds
 * a number under 10, so that no part reads as zero.
 */
export function digitsOf(values: readonly number[], unit: Unit): Digits {
  if (unit === 'percent') return 1;
  const sizes = values.map(Math.abs).filter((size) => size > 0);
  if (sizes.some((size) => size >= 99.95) && !sizes.some((size) => size < 9.95)) return 0;
  return unit === 'dollars per member per month' ? 2 : 1;
}

/** The bare number, for columns whose header names the unit: "14.2", "1,043", "9.40". */
export const figure = (value: number, unit: Unit, digits = digitsOf([value], unit)): string => typeset(value, digits);

/** With the sign that belongs to the number: "14.2%", "256", "$1,043". `unitWords` says the rest. */
export function amount(value: number, unit: Unit, digits?: Digits): string {
  const text = figure(value, unit, digits);
  if (unit === 'percent') return `${text}%`;
  if (unit !== 'dollars per member per month') return text;
  return text.startsWith('−') ? `−$${text.slice(1)}` : `$${text}`;
}

/** A difference with its sign: "+0.4 pp", "−12.0", "−$3.60". */
export function signed(difference: number, unit: Unit, digits?: Digits): string {
  const text = unit === 'percent' ? `${figure(difference, unit, digits)} pp` : amount(difference, unit, digits);
  return difference > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

/** Percent in points, everything else relative: "+0.4 pp", "+11%"; null when there is nothing to compare with. */
export function change(now: number | null, before: number | null, unit: Unit): string | null {
  if (now === null || before === null) return null;
  if (unit === 'percent') return signed(now - before, unit);
  if (before === 0) return null;
  const share = Math.round((100 * (now - before)) / before);
  return `${share > 0 ? '+' : ''}${count(share)}%`;
}

/** "13.2–15.3", "$1,036–1,050"; null when the server gave none. */
export function interval(low: number | null, high: number | null, unit: Unit): string | null {
  if (low === null || high === null) return null;
  const digits = digitsOf([low, high], unit);
  const dollars = unit === 'dollars per member per month' ? '$' : '';
  return `${dollars}${figure(low, unit, digits)}–${figure(high, unit, digits)}`;
}

/** What stands after the number: "", "per 1,000", "per member per month". */
export const unitWords = (unit: Unit): string =>
  unit === 'percent' ? '' : unit === 'dollars per member per month' ? 'per member per month' : 'per 1,000';

/** The unit as a subtitle or a column header says it: "%", "per 1,000 members per year", "$ per member per month". */
export const unitLabel = (unit: Unit): string =>
  unit === 'percent' ? '%' : unit === 'dollars per member per month' ? '$ per member per month' : unit;

/** "0.4 s", "48 s", "2 min 5 s"; a unit stays with its number. */
export function duration(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)}\u00a0s`;
  const rounded = Math.round(seconds);
  if (rounded < 60) return `${rounded}\u00a0s`;
  return `${Math.floor(rounded / 60)}\u00a0min ${rounded % 60}\u00a0s`;
}
