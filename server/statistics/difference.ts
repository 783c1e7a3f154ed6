/** What a group has of something: its mean, or share, and its variance. */
export interface Spread {
  readonly mean: number | null;
  readonly variance: number | null;
}

/**
 * How far A lies from B in standard deviations: (m - n) / sqrt((s² + t²) / 2), of shares with p(1 - p) as variance. Null
 * where one is not known or neither varies. Austin, Statistics in Medicine 2009;28:3083-3107.
 */
export function standardizedDifference(a: Spread, b: Spread): number | null {
  if (a.mean === null || b.mean === null || a.variance === null || b.variance === null) return null;
  const spread = Math.sqrt((a.variance + b.variance) / 2);
  return spread > 0 ? (a.mean - b.mean) / spread : null;
}
