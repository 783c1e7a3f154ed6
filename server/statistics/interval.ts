/** Two-sided 95 %. */
const Z = 1.959963984540054;

/** A 95 % confidence interval in the unit of the estimate. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Wilson's score interval of a proportion. `events` of `trials`, 0 <= events <= trials, trials > 0. Wilson, JASA 1927. */
export function wilson(events: number, trials: number): Interval {
  const share = events / trials;
  const z2 = Z ** 2 / trials;
  const centre = (share + z2 / 2) / (1 + z2);
  const half = (Z / (1 + z2)) * Math.sqrt((share * (1 - share)) / trials + z2 / (4 * trials));
  return {
    low: events === 0 ? 0 : Math.max(0, centre - half),
    high: events === trials ? 1 : Math.min(1, centre + half),
  };
}

/**
 * Byar's approximation to the exact Poisson interval of a count, which need not be whole. Breslow and Day, IARC 82,
 * 1987, p. 69.
 */
export function byar(count: number): Interval {
  const above = count + 1;
  return {
    low: count === 0 ? 0 : count * Math.max(0, 1 - 1 / (9 * count) - Z / (3 * Math.sqrt(count))) ** 3,
    high: above * (1 - 1 / (9 * above) + Z / (3 * Math.sqrt(above))) ** 3,
  };
}

/** Sums over clusters (persons) of what they contribute to a ratio of sums, denominator > 0. */
export interface ClusterSums {
  readonly clusters: number;
  readonly numerator: number;
  readonly denominator: number;
  /** Sums over clusters of numerator squared, numerator times denominator, denominator squared. */
  readonly squares: { readonly numerator: number; readonly cross: number; readonly denominator: number };
}

/**
 * Interval of a ratio of sums whose units come in clusters: Taylor-linearised variance with clusters / (clusters - 1),
 * drawn with replacement. Cochran, Sampling Techniques, 3rd edition, 1977, section 6.4. Null for fewer than two clusters.
 */
export function clusteredRatio(sums: ClusterSums): Interval | null {
  if (sums.clusters < 2) return null;
  const ratio = sums.numerator / sums.denominator;
  const error = Math.sqrt(varianceOfNumerator(sums)) / sums.denominator;
  return { low: ratio - Z * error, high: ratio + Z * error };
}

/**
 * Interval of events over exposure whose events come in clusters: Byar's of the effective count, the count over its
 * design effect, which is the variance between clusters over that of a Poisson count and at least 1. So where nobody has
 * two events it is Byar's own. Rao and Scott, Stat Med 1999;18:1373.
 */
export function clusteredRate(sums: ClusterSums): Interval {
  const { numerator, denominator } = sums;
  const effect = numerator > 0 ? Math.max(1, varianceOfNumerator(sums) / numerator) : 1;
  const { low, high } = byar(numerator / effect);
  return { low: (low * effect) / denominator, high: (high * effect) / denominator };
}

/** Of the numerator about what the clusters' denominators let expect; 0 for one cluster, which has no spread. */
function varianceOfNumerator({ clusters, numerator, denominator, squares }: ClusterSums): number {
  if (clusters < 2) return 0;
  const ratio = numerator / denominator;
  const residuals = squares.numerator - 2 * ratio * squares.cross + ratio ** 2 * squares.denominator;
  return (clusters / (clusters - 1)) * Math.max(0, residuals);
}
