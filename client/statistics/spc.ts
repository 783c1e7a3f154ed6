import { lawOf } from '#contract/metric';
import type { Cell } from '#contract/result';
import { monthNumber, monthOf } from '../format/date.ts';
import type { MetricWords } from '../format/number.ts';

/** A broken rule; every month that takes part in it carries the same object. */
export type Signal = {
  rule: 'outside' | 'shift' | 'trend' | 'two of three';
  /** Which side of the centre, or which way a trend goes. */
  side: 'above' | 'below';
  /** In the metric's direction; 'neither' where the metric has none. */
  means: 'better' | 'worse' | 'neither';
  /** Months in the run; 1 for a month outside its limits. */
  months: number;
};

export type ControlPoint = {
  /** YYYY-MM */
  month: string;
  /** In the metric's unit; null where the month has no denominator, is suppressed, or is absent from the cells. */
  value: number | null;
  numerator: number | null;
  denominator: number | null;
  /** Limits at three sigma; null where there is no value, and on a run chart. */
  low: number | null;
  high: number | null;
  suppressed: boolean;
  /** Claims or follow-up still arriving: takes part in no limit and no rule. */
  immature: boolean;
  /** One of the months that set the centre. */
  baseline: boolean;
  signals: Signal[];
};

/** A stretch of months judged by its own centre and limits. */
export type Phase = {
  kind: 'p chart' | 'p′ chart' | 'u chart' | 'u′ chart' | 'individuals chart' | 'run chart';
  /** Its months, gaps included. */
  points: ControlPoint[];
  /** Mean over the baseline (events over exposure), or the median of a run chart; null without a mature month. */
  centre: number | null;
  /** Month-to-month variation over what sampling alone gives (Laney's sigma z); null where it is not defined. */
  sigmaZ: number | null;
  /** Fewer than 20 baseline months: limits may still move. */
  provisional: boolean;
  /** Months in a row on one side of the centre that make a shift. */
  shift: number;
  /** How often mature months cross the centre, and the least that chance brings in 95 of 100; null but for Anhøj's rules. */
  crossings: { seen: number; least: number } | null;
};

export type ControlSeries = {
  /** Every month from the first to the last, gaps included. */
  points: ControlPoint[];
  /** How things are now: every month, or those since the last start of a phase. */
  now: Phase;
  /** The phases before it, oldest first. */
  before: Phase[];
  rules: RuleSet;
  limits: Limits;
};

/**
 * Every set flags a month outside its limits. A shift is this many months in a row on one side of the centre, given how
 * many months lie off it; a trend this many months each beyond the last (on a run chart, `runTrend`). A run chart has no
 * limits, and fewer than 12 months around their median are too few for a shift, so only its trend is looked for.
 * Sources: NHS England, Making Data Count; Institute for Healthcare Improvement; Anhøj and Olesen, PLoS ONE
 * 2014;9:e113825, which looks at the longest run and at the crossings of the centre alone.
 */
const RULES = {
  nhs: { shift: () => 7, trend: 7, runTrend: 7, twoOfThree: true, crossings: false },
  ihi: { shift: () => 8, trend: 6, runTrend: 5, twoOfThree: true, crossings: false },
  anhoej: {
    shift: (months: number) => Math.round(Math.log2(Math.max(1, months))) + 4,
    trend: Number.POSITIVE_INFINITY,
    runTrend: Number.POSITIVE_INFINITY,
    twoOfThree: false,
    crossings: true,
  },
} as const satisfies Record<RuleSet, object>;
export const RULE_SETS = ['nhs', 'ihi', 'anhoej'] as const;
export type RuleSet = (typeof RULE_SETS)[number];

/** 'auto' draws Laney's p′ or u′ limits where sigma z is over 1.2; the others always or never. */
export const LIMITS = ['auto', 'plain', 'laney'] as const;
export type Limits = (typeof LIMITS)[number];

/** Under 12 mature months there are no limits; under 20 they are provisional. */
const FEWEST_FOR_LIMITS = 12;
const FEWEST_FOR_FIRM_LIMITS = 20;
/** Beyond this the sampling law alone draws limits too narrow, and Laney's are drawn. Our choice. */
const OVERDISPERSED = 1.2;
/** Mean moving range of two over the standard deviation, for a normal law. */
const D2 = 1.128;
/** Rounding of sums must not put a month outside limits that it lies on. */
const TOLERANCE = 1e-9;

interface Judging {
  /** The first mature months of a phase, which set its centre and sigma z; at least 12. */
  readonly baselineMonths: number;
  readonly rules: RuleSet;
  readonly limits: Limits;
}

/**
 * Cells of `by=month` as a control chart: p for percent, u for events per 1,000 (Poisson on the exposure), individuals
 * for amounts, whose spread no counting law gives, and a run chart around the median while there are under 12 mature
 * months. Immature months set no limit and break no rule. Limits are clipped to what the unit allows. Shewhart limits as
 * in Montgomery, Introduction to Statistical Quality Control, chapters 6 and 7; widened by Laney, Quality Engineering
 * 2002;14:531. Each phase is a chart of its own: no baseline, limit or run of months reaches across its start.
 *
 * @param phases months (YYYY-MM) that start a new phase; those outside the months of the cells start none
 */
export function controlSeries(
  cells: readonly Cell[],
  metric: Measured,
  {
    phases = [],
    rules = 'nhs',
    baselineMonths = 24,
    limits = 'auto',
  }: Partial<Judging> & { phases?: readonly string[] } = {},
): ControlSeries {
  const judging = { rules, limits, baselineMonths: Math.max(baselineMonths, FEWEST_FOR_LIMITS) };
  const stretches = segments(everyMonth(cells), (_, { month }) => !phases.includes(month));
  const [now = phaseOf([], metric, judging), ...earlier] = stretches
    .map((months) => phaseOf(months, metric, judging))
    .toReversed();
  const before = earlier.toReversed();
  return { points: [...before, now].flatMap(({ points }) => points), now, before, rules, limits };
}

function phaseOf(months: readonly ControlPoint[], metric: Measured, { rules, limits, baselineMonths }: Judging): Phase {
  const mature = months.filter(isJudged);
  const isRun = mature.length < FEWEST_FOR_LIMITS;
  const baseline = new Set(isRun ? mature : mature.slice(0, baselineMonths));
  const base = [...baseline];

  const centre = isRun ? median(base.flatMap((point) => point.value ?? [])) : mean(base, metric);
  const sampling = isRun || centre === null ? () => null : samplingSigma(centre, metric);
  const scores = base.map((point) => zScore(point, centre, sampling(point)));
  const sigmaZ = isRun ? null : meanMovingRange(scores);
  const byMovingRange = lawOf(metric) === null;
  const widened = !byMovingRange && (limits === 'laney' || (limits === 'auto' && (sigmaZ ?? 0) > OVERDISPERSED));
  const spread = byMovingRange || widened ? (sigmaZ ?? 1) : 1;
  const sigma = (point: ControlPoint) => {
    const one = point.value === null ? null : sampling(point);
    return one === null ? null : one * spread;
  };

  const ceiling = lawOf(metric) === 'binomial' || metric.isPart ? metric.scale : Infinity;
  const points = months.map((point): ControlPoint => {
    const one = sigma(point);
    const limit = (times: number) =>
      one === null || centre === null ? null : Math.min(ceiling, Math.max(0, centre + times * one));
    return { ...point, baseline: baseline.has(point), low: limit(-3), high: limit(3) };
  });
  const set = RULES[rules];
  const sides = points.flatMap((point) => (isJudged(point) ? sideOf(point, centre) || [] : []));
  const shift = set.shift(sides.length);
  const trend = isRun ? set.runTrend : set.trend;

  return {
    kind: isRun ? 'run chart' : chartKind(metric, widened),
    points: flag(points, { centre, sigma, betterIs: metric.betterIs, shift, trend, twoOfThree: set.twoOfThree }),
    centre,
    sigmaZ: byMovingRange ? null : sigmaZ,
    provisional: !isRun && base.length < FEWEST_FOR_FIRM_LIMITS,
    shift,
    crossings: set.crossings ? crossingsOf(sides) : null,
  };
}

const isJudged = ({ immature, value }: ControlPoint): boolean => !immature && value !== null;

/** 1 above the centre, -1 below, 0 on it. */
function sideOf({ value }: ControlPoint, centre: number | null): number {
  const offset = (value ?? 0) - (centre ?? 0);
  return Math.abs(offset) <= TOLERANCE ? 0 : Math.sign(offset);
}

/** Crossings of months that each lie on a side by a fair coin are binomial of one trial fewer than months. */
function crossingsOf(sides: readonly number[]) {
  const trials = Math.max(0, sides.length - 1);
  const seen = sides.filter((side, at) => at > 0 && side !== sides[at - 1]).length;
  let least = 0;
  for (let chance = 0.5 ** trials, sum = chance; sum < 0.05; sum += chance) {
    chance *= (trials - least) / (least + 1);
    least += 1;
  }
  return { seen, least };
}

function chartKind(metric: Measured, widened: boolean): Phase['kind'] {
  switch (lawOf(metric)) {
    case null:
      return 'individuals chart';
    case 'binomial':
      return widened ? 'p′ chart' : 'p chart';
    case 'poisson':
      return widened ? 'u′ chart' : 'u chart';
  }
}

function everyMonth(cells: readonly Cell[]): ControlPoint[] {
  const byMonth = new Map(cells.flatMap((cell) => (cell.key.month ? [[monthNumber(cell.key.month), cell]] : [])));
  if (byMonth.size === 0) return [];
  const first = Math.min(...byMonth.keys());
  const last = Math.max(...byMonth.keys());
  return Array.from({ length: last - first + 1 }, (_, at): ControlPoint => {
    const cell = byMonth.get(first + at);
    return {
      month: monthOf(first + at),
      value: cell?.value ?? null,
      numerator: cell?.numerator ?? null,
      denominator: cell?.denominator ?? null,
      low: null,
      high: null,
      suppressed: cell?.suppressed ?? false,
      immature: cell?.immature ?? false,
      baseline: false,
      signals: [],
    };
  });
}

/** Events over exposure for counts, so that large months weigh more; a plain mean of months for amounts. */
function mean(points: readonly ControlPoint[], metric: Measured): number | null {
  if (points.length === 0) return null;
  const sum = (of: (point: ControlPoint) => number | null) =>
    points.reduce((total, point) => total + (of(point) ?? 0), 0);
  if (lawOf(metric) === null) return sum(({ value }) => value) / points.length;
  return (metric.scale * sum(({ numerator }) => numerator)) / sum(({ denominator }) => denominator);
}

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const high = sorted[Math.floor(middle)];
  const low = sorted[Math.ceil(middle) - 1];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

/** One month's standard deviation, in the metric's unit, if only chance moved it; 1 for amounts, whose law is unknown. */
function samplingSigma(centre: number, metric: Measured) {
  const law = lawOf(metric);
  const rate = centre / metric.scale;
  const variance = law === 'binomial' ? rate * (1 - rate) : rate;
  return ({ denominator }: ControlPoint): number | null => {
    if (law === null) return 1;
    return denominator ? metric.scale * Math.sqrt(variance / denominator) : null;
  };
}

/** 0 where every month must be equal (no event at all, or nothing but events). */
function zScore({ value }: ControlPoint, centre: number | null, sigma: number | null): number | null {
  if (value === null || centre === null || sigma === null) return null;
  return sigma === 0 ? 0 : (value - centre) / sigma;
}

function meanMovingRange(values: readonly (number | null)[]): number | null {
  const ranges = values.flatMap((value, at) => {
    const before = values[at - 1];
    return value == null || before == null ? [] : [Math.abs(value - before)];
  });
  return ranges.length === 0 ? null : ranges.reduce((a, b) => a + b) / ranges.length / D2;
}

type Measured = Pick<MetricWords, 'unit' | 'scale' | 'isPart' | 'betterIs'>;

type Flagging = {
  centre: number | null;
  sigma: (point: ControlPoint) => number | null;
  betterIs: MetricWords['betterIs'];
  shift: number;
  trend: number;
  twoOfThree: boolean;
};

function flag(
  points: readonly ControlPoint[],
  { centre, sigma, betterIs, shift, trend, twoOfThree }: Flagging,
): ControlPoint[] {
  const signals = new Map<ControlPoint, Signal[]>();
  const raise = (broken: readonly ControlPoint[], rule: Signal['rule'], side: Signal['side']) => {
    const good = side === 'above' ? 'higher' : 'lower';
    const means = betterIs === 'neither' ? 'neither' : betterIs === good ? 'better' : 'worse';
    const signal: Signal = { rule, side, means, months: broken.length };
    for (const point of broken) signals.set(point, [...(signals.get(point) ?? []), signal]);
  };
  const judged = points.filter(isJudged);
  const offset = ({ value }: ControlPoint) => (value ?? 0) - (centre ?? 0);

  for (const side of ['above', 'below'] as const) {
    const sign = side === 'above' ? 1 : -1;
    const beyond = (times: number) => (point: ControlPoint) => {
      const one = sigma(point);
      return one !== null && sign * offset(point) > times * one + TOLERANCE;
    };

    const outside = judged.filter(beyond(3));
    for (const point of outside) raise([point], 'outside', side);

    const onOneSide = (before: ControlPoint, point: ControlPoint) => sideOf(before, centre) === sideOf(point, centre);
    for (const run of segments(judged, onOneSide)) {
      const [first] = run;
      if (first && run.length >= shift && sideOf(first, centre) === sign) raise(run, 'shift', side);
    }

    for (const run of segments(judged, (before, point) => sign * (offset(point) - offset(before)) > TOLERANCE)) {
      if (run.length >= trend) raise(run, 'trend', side);
    }

    if (!twoOfThree) continue;
    const triples = judged.slice(2).map((_, at) => judged.slice(at, at + 3).filter(beyond(2)));
    const far = new Set(triples.filter((triple) => triple.length >= 2).flat());
    const place = (point: ControlPoint) => judged.indexOf(point);
    for (const run of segments([...far], (before, point) => place(point) - place(before) <= 2)) {
      raise(
        run.filter((point) => !outside.includes(point)),
        'two of three',
        side,
      );
    }
  }
  return points.map((point) => ({ ...point, signals: signals.get(point) ?? [] }));
}

/** Neighbours that belong together, in order. */
function segments<Point>(points: readonly Point[], together: (before: Point, point: Point) => boolean): Point[][] {
  const found: Point[][] = [];
  for (const point of points) {
    const last = found.at(-1);
    const before = last?.at(-1);
    if (last && before !== undefined && together(before, point)) last.push(point);
    else found.push([point]);
  }
  return found;
}
