import type { Cell } from '#contract/result';
import type { Group } from '../format/group.ts';

export type Inequality = {
  /** Value of those most in need less value of those least in need, in the metric's unit, and one over the other. */
  gap: number;
  /** Null where the value of those least in need is 0. */
  ratio: number | null;
  /** Difference between the most and the least in need of all people, along a line through the groups; with 95 % limits. */
  slope: { value: number; low: number; high: number };
  /** Share of all rows whose group is not known, 0 to 1. */
  missing: number;
};

/** Half the width of a 95 % interval, in standard errors. */
const Z = 1.959963984540054;

/**
 * How a value changes with need. `groups` go from the most to the least in need; one without a name is not known. The
 * slope index of inequality is the slope of a line through the groups' values over their middle ranks of need (0 least,
 * 1 most), each weighing as many rows as it has; its limits come from the intervals of the values. Null where fewer than
 * two groups are known or one of them is hidden. Mackenbach and Kunst, Soc Sci Med 1997;44:757.
 */
export function inequalityOf(groups: readonly Group[]): Inequality | null {
  const known = groups.filter(({ id }) => id !== '').toReversed();
  const shown = known.flatMap(({ cell }) => measuredOf(cell) ?? []);
  const [least, most] = [shown[0], shown.at(-1)];
  if (!least || !most || shown.length < 2 || shown.length < known.length) return null;

  const all = sum(shown.map(({ rows }) => rows));
  let below = 0;
  const ranked = shown.map((group) => {
    const rank = (below + group.rows / 2) / all;
    below += group.rows;
    return { ...group, fromMiddle: rank - 0.5 };
  });
  const spread = sum(ranked.map(({ rows, fromMiddle }) => rows * fromMiddle ** 2));
  const shares = ranked.map(({ rows, fromMiddle }) => (rows * fromMiddle) / spread);
  const slope = sum(ranked.map(({ value }, at) => value * (shares[at] ?? 0)));
  const error = Math.hypot(...ranked.map(({ low, high }, at) => ((high - low) / (2 * Z)) * (shares[at] ?? 0)));

  const unknown = sum(groups.filter(({ id }) => id === '').map(({ cell }) => cell.rows ?? 0));
  return {
    gap: most.value - least.value,
    ratio: least.value === 0 ? null : most.value / least.value,
    slope: { value: slope, low: slope - Z * error, high: slope + Z * error },
    missing: unknown / (all + unknown),
  };
}

function measuredOf({ value, low, high, rows }: Cell) {
  return value === null || low === null || high === null || !rows ? null : { value, low, high, rows };
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
