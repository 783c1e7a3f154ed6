import type { Cell } from '#contract/result';

/** Where the units stood in one quarter. */
export type Deciles = {
  /** YYYY-Qn */
  quarter: string;
  /** How many units had at least eleven to count in. */
  units: number;
  /** The 10th, 20th … 90th percentile of the units' values, in the metric's unit; null under ten units. */
  deciles: readonly number[] | null;
  /** Everybody's value; null where suppressed or without a denominator. */
  all: number | null;
  /** Claims or follow-up still arriving. */
  immature: boolean;
};

/** A unit with fewer rows is all noise (and, in a page to be shared, not shown). */
const FEWEST_ROWS = 11;
/** Fewer units have no tenths. */
const FEWEST_UNITS = 10;

/**
 * The spread of units (practices, hospitals) from quarter to quarter, every unit weighing the same, in order of time.
 * `cells` are those of `by=<unit>,quarter`, `all` those of `by=quarter`. Percentiles interpolate between the two nearest
 * units (Hyndman and Fan, American Statistician 1996;50:361, definition 7).
 */
export function decilesOf(cells: readonly Cell[], all: readonly Cell[]): Deciles[] {
  return all
    .flatMap(({ key: { quarter }, value, immature }) => (quarter ? [{ quarter, all: value, immature }] : []))
    .toSorted((a, b) => (a.quarter < b.quarter ? -1 : 1))
    .map((whole) => {
      const values = cells
        .filter(({ key, rows }) => key.quarter === whole.quarter && (rows ?? 0) >= FEWEST_ROWS)
        .flatMap(({ value }) => value ?? [])
        .toSorted((a, b) => a - b);
      const known = values.length >= FEWEST_UNITS;
      return {
        ...whole,
        units: values.length,
        deciles: known ? TENTHS.map((tenth) => percentile(values, tenth)) : null,
      };
    });
}

const TENTHS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/** Of sorted values, at least one. */
export function percentile(sorted: readonly number[], share: number): number {
  const at = share * (sorted.length - 1);
  const below = sorted[Math.floor(at)] ?? 0;
  return below + (at - Math.floor(at)) * ((sorted[Math.ceil(at)] ?? below) - below);
}
