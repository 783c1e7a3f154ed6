/**
 * The statistics of the product a second time, from their definitions and by another route each, so that no slip of the
 * pen can be in both: equations are solved by halving, tails are summed term by term, runs are looked for window by window.
 */

const Z = 1.959963984540054;

/** Where a rising function passes 0, by halving. */
function root(rising: (at: number) => number, low: number, high: number): number {
  let [from, to] = [low, high];
  for (let step = 0; step < 200; step++) {
    const middle = (from + to) / 2;
    if (rising(middle) > 0) to = middle;
    else from = middle;
  }
  return (from + to) / 2;
}

/** The proportions that the observed one would not have rejected: |x/n - p| = z sqrt(p (1 - p) / n). */
export function score(events: number, trials: number) {
  const seen = events / trials;
  const distance = (p: number) => (p - seen) / Math.sqrt((p * (1 - p)) / trials);
  return {
    low: events === 0 ? 0 : root((p) => distance(p) + Z, 0, seen),
    high: events === trials ? 1 : root((p) => distance(p) - Z, seen, 1),
  };
}

const logFactorials = [0];
function logFactorial(n: number): number {
  for (let k = logFactorials.length; k <= n; k++) logFactorials.push((logFactorials[k - 1] ?? 0) + Math.log(k));
  return logFactorials[n] ?? Number.NaN;
}

const poissonTerm = (k: number, mean: number): number =>
  mean === 0 ? Number(k === 0) : Math.exp(k * Math.log(mean) - mean - logFactorial(k));
const binomialTerm = (k: number, n: number, p: number): number =>
  p === 0 || p === 1
    ? Number(k === n * p)
    : Math.exp(logFactorial(n) - logFactorial(k) - logFactorial(n - k) + k * Math.log(p) + (n - k) * Math.log(1 - p));

/** The chance of x or fewer, and of x or more. */
export function poissonTails(x: number, mean: number) {
  let [below, above] = [0, 0];
  for (let k = 0; k <= x; k++) below += poissonTerm(k, mean);
  for (let k = x; k <= x + 60 + 20 * Math.sqrt(mean + x) + mean; k++) above += poissonTerm(k, mean);
  return { below, above };
}

export function binomialTails(x: number, n: number, p: number) {
  let [below, above] = [0, 0];
  for (let k = 0; k <= x; k++) below += binomialTerm(k, n, p);
  for (let k = x; k <= n; k++) above += binomialTerm(k, n, p);
  return { below, above };
}

/** The exact interval of a Poisson count (Garwood): means that leave 2.5 % on the far side of it. */
export function garwood(count: number) {
  const most = count + 10 + 10 * Math.sqrt(count + 1);
  return {
    low: count === 0 ? 0 : root((mean) => poissonTails(count, mean).above - 0.025, 0, count),
    high: root((mean) => 0.025 - poissonTails(count, mean).below, count, most),
  };
}

/** Byar's, read as Wilson and Hilferty's approximation of chi square over two. */
export function byarByChiSquare(count: number) {
  const half = (freedom: number, z: number) =>
    (freedom / 2) * Math.max(0, 1 - 2 / (9 * freedom) + z * Math.sqrt(2 / (9 * freedom))) ** 3;
  return { low: count === 0 ? 0 : half(2 * count, -Z), high: half(2 * (count + 1), Z) };
}

/** What a person brings to the numerator and the denominator. */
export type Person = readonly [numerator: number, denominator: number];

const add = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

/** The rate, and the variance of its numerator between persons, from every person's distance to what was to be expected. */
function between(persons: readonly Person[]) {
  const rate = add(persons.map(([y]) => y)) / add(persons.map(([, d]) => d));
  const distances = persons.map(([y, d]) => y - rate * d);
  const variance = (persons.length * add(distances.map((one) => one * one))) / (persons.length - 1);
  return { rate, variance, exposure: add(persons.map(([, d]) => d)), count: add(persons.map(([y]) => y)) };
}

export function ratioOfPersons(persons: readonly Person[]) {
  const { rate, variance, exposure } = between(persons);
  const reach = (Z * Math.sqrt(variance)) / exposure;
  return { low: rate - reach, high: rate + reach };
}

export function rateOfPersons(persons: readonly Person[]) {
  const { variance, exposure, count } = between(persons);
  const inflated = count > 0 ? Math.max(count, variance) / count : 1;
  const { low, high } = byarByChiSquare(count / inflated);
  return { low: (low * inflated) / exposure, high: (high * inflated) / exposure };
}

/** Months that no rule may pass over: their values, their sigmas, in order. */
export interface Judged {
  readonly value: number;
  readonly sigma: number;
}

export interface Rules {
  readonly shift: number;
  readonly trend: number;
  readonly twoOfThree: boolean;
}

/** For every month the names of the rules that it breaks, by trying every window of neighbours. */
export function brokenRules(
  months: readonly Judged[],
  centre: number,
  { shift, trend, twoOfThree }: Rules,
): string[][] {
  const found = months.map(() => new Set<string>());
  const windows = (least: number, holds: (window: readonly Judged[]) => boolean, name: string) => {
    for (let from = 0; from < months.length; from++)
      for (let to = from + least; to <= months.length; to++)
        if (holds(months.slice(from, to))) for (let at = from; at < to; at++) found[at]?.add(name);
  };
  for (const [side, sign] of [
    ['above', 1],
    ['below', -1],
  ] as const) {
    const far = ({ value, sigma }: Judged, times: number) => sign * (value - centre) > times * sigma + 1e-9;
    for (const [at, month] of months.entries()) if (far(month, 3)) found[at]?.add(`outside ${side}`);
    windows(shift, (all) => all.every(({ value }) => sign * (value - centre) > 1e-9), `shift ${side}`);
    windows(
      trend,
      (all) => all.every(({ value }, at) => at === 0 || sign * (value - (all[at - 1]?.value ?? 0)) > 1e-9),
      `trend ${side}`,
    );
    if (!twoOfThree) continue;
    for (let from = 0; from + 3 <= months.length; from++) {
      const three = [from, from + 1, from + 2].filter((at) => months[at] && far(months[at], 2));
      if (three.length >= 2)
        for (const at of three) if (months[at] && !far(months[at], 3)) found[at]?.add(`two of three ${side}`);
    }
  }
  return found.map((names) => [...names].sort());
}

/** The least number of heads in so many tosses that is not among the rarest 5 %, counted in whole numbers. */
export function leastCrossings(tosses: number): number {
  const choose = (k: number): bigint => {
    let ways = 1n;
    for (let at = 0; at < k; at++) ways = (ways * BigInt(tosses - at)) / BigInt(at + 1);
    return ways;
  };
  let sum = 0n;
  for (let heads = 0; ; heads++) {
    sum += choose(heads);
    if (sum * 20n >= 2n ** BigInt(tosses)) return heads;
  }
}

/** The value below which this share lies, on the broken line through the sorted values at even steps from 0 to 1. */
export function onBrokenLine(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const steps = sorted.length - 1;
  for (let at = 0; at < steps; at++) {
    const [from, to] = [at / steps, (at + 1) / steps];
    if (share <= to) {
      const [low, high] = [sorted[at] ?? 0, sorted[at + 1] ?? 0];
      return low + ((high - low) * (share - from)) / (to - from);
    }
  }
  return sorted[steps] ?? Number.NaN;
}

/** Ordinary least squares through one point for each row: its group's value over its group's middle rank. */
export function leastSquares(groups: readonly { readonly value: number; readonly rows: number }[]): number {
  const all = add(groups.map(({ rows }) => rows));
  const points = groups.flatMap(({ value, rows }, at) => {
    const before = add(groups.slice(0, at).map((group) => group.rows));
    return Array.from({ length: rows }, () => [(before + (before + rows)) / 2 / all, value] as const);
  });
  const n = points.length;
  const [sx, sy] = [add(points.map(([x]) => x)), add(points.map(([, y]) => y))];
  const [sxx, sxy] = [add(points.map(([x]) => x * x)), add(points.map(([x, y]) => x * y))];
  return (n * sxy - sx * sy) / (n * sxx - sx * sx);
}

/** The variance between units beyond chance (DerSimonian and Laird), from values that all have a variance of their own. */
export function excessVariance(units: readonly { readonly z: number; readonly variance: number }[]): number {
  const weights = units.map(({ variance }) => 1 / variance);
  const q = add(units.map(({ z }) => z * z));
  const scale = add(weights) - add(weights.map((w) => w * w)) / add(weights);
  return Math.max(0, (q - (units.length - 1)) / scale);
}

/** Numbers that look drawn at random and are the same every time (mulberry32). */
export function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
