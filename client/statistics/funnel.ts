import { lawOf } from '#contract/metric';
import type { Group } from '../format/group.ts';
import type { MetricWords } from '../format/number.ts';
import { percentile } from './deciles.ts';

export type Level = 95 | 99.8;

export type FunnelUnit = Group & {
  /** The denominator, or what was expected. */
  n: number;
  /** In the metric's unit, or observed over expected. */
  value: number;
  side: 'above' | 'below' | null;
  /** The widest limit that the value lies outside. */
  beyond: Level | null;
};

export type Funnel = {
  /** Only units that can be drawn: with something to count in, and not suppressed. */
  units: FunnelUnit[];
  /** How many are left out. */
  hidden: number;
  /** All the units' events over all their exposure; null without any. */
  centre: number | null;
  /** Mean of squared z, winsorised at 10 %; 1 is chance. Null under ten units. */
  phi: number | null;
  /** Standard deviation between units beyond chance, in the values' unit at the centre; 0 where chance suffices. */
  tau: number;
  /** Limits for a unit of size `n`, in the unit of its value. */
  limits(n: number, level: Level): { low: number; high: number };
};

/** Fewer cannot be trimmed by 10 %, so one outsider would widen the limits that should show it. */
const FEWEST_FOR_SPREAD = 10;
const WINSORISED = 0.1;
const TAIL: Record<Level, { p: number; z: number }> = { 95: { p: 0.025, z: 1.96 }, 99.8: { p: 0.001, z: 3.09 } };

/**
 * Limits of chance for units of any size around their common rate: exact binomial (percent) or Poisson (events per
 * 1,000), smooth between counts. Where at least ten units spread more than chance allows, the variance between them is
 * added on the scale where the law's variance is constant (arcsine, square root), and the limits widen accordingly; never
 * inside those of chance, which that scale misses in small units: 0 of 6 is nothing unusual at 43 %.
 * Throws for amounts, which have no counting law. Source: Spiegelhalter, Stat Med 2005;24:1185, sections 3 and 4.
 */
export function funnelOf(groups: readonly Group[], metric: Pick<MetricWords, 'unit' | 'scale' | 'isPart'>): Funnel {
  const law = lawOf(metric);
  if (law === null) throw new Error(`a funnel needs counts, got "${metric.unit}"`);
  return around(groups, LAWS[law], metric.scale);
}

function around(groups: readonly Group[], law: Law, scale: number): Funnel {
  const seen = groups.flatMap((group) => {
    const { numerator: x, denominator: n } = group.cell;
    return x === null || !n ? [] : [{ ...group, x, n, value: scale * (x / n) }];
  });
  const hidden = groups.length - seen.length;
  const exposure = sum(seen.map(({ n }) => n));
  if (exposure === 0) {
    return { units: [], hidden, centre: null, phi: null, tau: 0, limits: () => ({ low: 0, high: 0 }) };
  }
  const theta = sum(seen.map(({ x }) => x)) / exposure;

  const z = winsorised(seen.map(({ x, n }) => (law.flatten(x / n) - law.flatten(theta)) / error(n)));
  const phi = z.length < FEWEST_FOR_SPREAD ? null : sum(z.map((one) => one ** 2)) / z.length;
  const between =
    phi === null
      ? 0
      : varianceBetween(
          phi,
          seen.map(({ n }) => n),
        );

  const limits = (n: number, level: Level) => {
    const { p, z } = TAIL[level];
    const [low, high] = [law.limit(n, theta, p), law.limit(n, theta, 1 - p)];
    if (between === 0) return { low: scale * low, high: scale * high };
    const reach = z * Math.sqrt(error(n) ** 2 + between);
    const at = law.flatten(theta);
    return {
      low: scale * Math.min(low, law.restore(at - reach)),
      high: scale * Math.max(high, law.restore(at + reach)),
    };
  };
  const units = seen.map(({ x: _, ...unit }): FunnelUnit => {
    const outside = (level: Level) => {
      const { low, high } = limits(unit.n, level);
      return unit.value > high ? 'above' : unit.value < low ? 'below' : null;
    };
    const side = outside(95);
    return { ...unit, side, beyond: outside(99.8) ? 99.8 : side ? 95 : null };
  });
  const tau = between === 0 ? 0 : scale * (law.restore(law.flatten(theta) + Math.sqrt(between)) - theta);
  return { units, hidden, centre: scale * theta, phi, tau, limits };
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** Standard error of a flattened rate over n, for both laws. */
const error = (n: number) => 1 / (2 * Math.sqrt(n));

/** DerSimonian and Laird's additive variance, from the winsorised spread. */
function varianceBetween(phi: number, sizes: readonly number[]): number {
  const weights = sizes.map((n) => error(n) ** -2);
  const excess = sizes.length * phi - (sizes.length - 1);
  return Math.max(0, excess / (sum(weights) - sum(weights.map((w) => w ** 2)) / sum(weights)));
}

function winsorised(values: readonly number[]): number[] {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [percentile(sorted, WINSORISED), percentile(sorted, 1 - WINSORISED)];
  return values.map((value) => Math.min(high, Math.max(low, value)));
}

/** A counting law: its limit as a rate, and the scale on which its variance does not depend on the rate. */
type Law = {
  limit(n: number, theta: number, p: number): number;
  flatten(rate: number): number;
  restore(flat: number): number;
};

const LAWS: Record<'binomial' | 'poisson', Law> = {
  binomial: {
    limit: (n, theta, p) =>
      theta === 0 || theta === 1
        ? theta
        : quantile({
            mode: Math.floor((n + 1) * theta),
            last: n,
            p,
            ratio: (k) => ((n - k) * theta) / ((k + 1) * (1 - theta)),
          }) / n,
    flatten: (rate) => Math.asin(Math.sqrt(rate)),
    restore: (flat) => Math.sin(Math.min(Math.PI / 2, Math.max(0, flat))) ** 2,
  },
  poisson: {
    limit: (n, theta, p) =>
      theta === 0
        ? 0
        : quantile({ mode: Math.floor(n * theta), last: Infinity, p, ratio: (k) => (n * theta) / (k + 1) }) / n,
    flatten: Math.sqrt,
    restore: (flat) => Math.max(0, flat) ** 2,
  },
};

type CountingLaw = { mode: number; last: number; p: number; ratio: (k: number) => number };

/**
 * The count beyond which chance goes with less than p (or 1 - p, above): a unit is outside exactly when a count as far
 * out as its own, or further, is less likely than that. Between counts the tail's logarithm is taken as straight, which
 * makes the limit a smooth curve in n. Probabilities are walked from the mode by their ratio P(k + 1) / P(k).
 */
function quantile({ mode, last, p, ratio }: CountingLaw): number {
  const NEGLIGIBLE = 1e-18;
  const mass = [1];
  let first = mode;
  for (let weight = 1; first > 0 && weight > NEGLIGIBLE; first--) {
    weight /= ratio(first - 1);
    mass.unshift(weight);
  }
  for (let k = mode, weight = 1; k < last && weight > NEGLIGIBLE; k++) {
    weight *= ratio(k);
    mass.push(weight);
  }
  const all = sum(mass);
  // from the nearer end inwards, so that a small tail is not the difference of two large numbers
  const isLower = p < 0.5;
  const tail = (isLower ? p : 1 - p) * all;
  const inwards = isLower ? mass : mass.toReversed();
  let reached = 0;
  for (const [at, weight] of inwards.entries()) {
    const before = reached;
    reached += weight;
    if (reached < tail) continue;
    const share = before === 0 ? 0 : Math.log(tail / before) / Math.log(reached / before);
    const count = before === 0 ? at : at - 1 + share;
    return isLower ? first + count : first + mass.length - 1 - count;
  }
  return last;
}
