import type { Benchmark, Collection, ProgramMeasure, ProgramYear } from '#contract/program';

export interface Points {
  /** 1 to 10; the first also holds all below it. */
  readonly decile: number;
  readonly points: number;
}

/** CMS states rates and the ends of deciles to two decimals. */
const asReported = (rate: number): number => Math.round(rate * 100) / 100;

/** How many starts, one per decile, a rate in percent has reached; they fall where lower is better. */
function reached(rate: number, starts: readonly number[]): number {
  const isFalling = (starts[0] ?? 0) > (starts.at(-1) ?? 0);
  return starts.filter((start) => (isFalling ? rate <= start : rate >= start)).length;
}

/**
 * The points of a rate in percent (42 CFR 414.1380(b)(1)): its decile, and tenths of a point for the way to the next, at
 * most nine of them; the tenth decile has ten points.
 */
export function pointsOf(rate: number, { starts, mostPoints }: Benchmark): Points {
  const value = asReported(rate);
  const count = reached(value, starts);
  const decile = Math.max(1, count);
  const [from = 0, to = 0] = [starts[decile - 1], starts[decile]];
  const way = count === 0 || decile === 10 ? 0 : (value - from) / (to - from);
  return { decile, points: Math.min(mostPoints, decile + Math.min(0.9, Math.round(way * 10) / 10)) };
}

/** The rate at which the next decile begins; null in the best that can be had. */
export function nextDecile(rate: number, { starts }: Benchmark): { decile: number; rate: number } | null {
  const decile = Math.max(1, reached(asReported(rate), starts));
  const start = starts[decile];
  return start === undefined ? null : { decile: decile + 1, rate: start };
}

/** A rate as it was worked out here; null where there is none that may be shown. */
export interface Rated {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly denominator: number | null;
  /** Some source records what the measure asks for. */
  readonly isRecorded: boolean;
}

/** What a measure brings to the score. `low` and `high` are points too: what it could bring. */
export interface Contribution {
  readonly measure: ProgramMeasure;
  readonly state: 'scored' | 'no benchmark' | 'too few people' | 'not recorded' | 'not known here';
  readonly scored: Points | null;
  readonly low: number;
  readonly high: number;
}

export interface QualityScore {
  readonly contributions: readonly Contribution[];
  /** Of 100, over the measures that could be scored here; null without one. */
  readonly value: number | null;
  /** Of 100: every rate at the worse end of its interval and the fewest points for what is not known, and the reverse. */
  readonly low: number;
  readonly high: number;
  /** Measures that count for and against: all but those without a benchmark or with too few people. */
  readonly counted: number;
  /** One outcome measure is in the second decile or above, and another measure in the fifth: for eCQMs and MIPS CQMs. */
  readonly meetsIncentive: boolean;
  /** At least one outcome measure is in the second decile or above: savings are shared at a rate scaled by the score. */
  readonly meetsAlternative: boolean;
}

/**
 * The quality score of a performance year (42 CFR 414.1367(c), 414.1380(b)(1)): points over points that could be had. A
 * measure without a benchmark or with too few people leaves both sums. An ACO gets one point more for each eCQM, up to
 * ten for the measure: the complex organization adjustment; its limit of a tenth of all points cannot be passed.
 */
export function qualityScore(
  { measures }: Pick<ProgramYear, 'measures'>,
  collection: Collection,
  minimumCases: number,
  rateOf: (measure: ProgramMeasure) => Rated | null,
): QualityScore {
  const contributions = measures.map((measure) => contributionOf(measure, collection, minimumCases, rateOf(measure)));
  const counted = contributions.filter(({ state }) => state !== 'no benchmark' && state !== 'too few people');
  const share = (some: readonly Contribution[], pointsOf: (one: Contribution) => number) => {
    const available = some.reduce((sum, { measure }) => sum + 10 * measure.weight, 0);
    const points = some.reduce((sum, one) => sum + one.measure.weight * pointsOf(one), 0);
    return available === 0 ? 0 : (100 * points) / available;
  };
  const scored = counted.filter(({ state }) => state === 'scored');
  const from = (decile: number) => scored.filter(({ scored }) => (scored?.decile ?? 0) >= decile);
  const outcomes = from(2).filter(({ measure }) => measure.isOutcome);
  return {
    contributions,
    value: scored.length === 0 ? null : share(scored, ({ scored }) => scored?.points ?? 0),
    low: share(counted, ({ low }) => low),
    high: share(counted, ({ high }) => high),
    counted: counted.length,
    meetsIncentive: from(5).some((one) => outcomes.some((outcome) => outcome !== one)),
    meetsAlternative: outcomes.length > 0,
  };
}

function contributionOf(
  measure: ProgramMeasure,
  collection: Collection,
  minimumCases: number,
  rated: Rated | null,
): Contribution {
  const without = (state: Contribution['state'], low: number, high: number) => ({
    ...{ measure, state, scored: null, low, high },
  });
  if (measure.reportedBy !== 'the ACO') return without('not known here', 1, 10);
  const benchmark = measure.benchmarks[collection];
  if (!benchmark) return without('no benchmark', 0, 0);
  if (rated === null) return without('not known here', 0, benchmark.mostPoints);
  if (!rated.isRecorded) return without('not recorded', 0, benchmark.mostPoints);
  if (rated.denominator !== null && rated.denominator < minimumCases) return without('too few people', 0, 0);
  if (rated.value === null) return without('not known here', 1, benchmark.mostPoints);
  const more = collection === 'eCQM' ? 1 : 0;
  const of = (rate: number) => Math.min(10, pointsOf(rate, benchmark).points + more);
  const ends = [of(rated.low ?? rated.value), of(rated.high ?? rated.value)];
  const { decile } = pointsOf(rated.value, benchmark);
  return {
    ...{ measure, state: 'scored', scored: { decile, points: of(rated.value) } },
    low: Math.min(...ends),
    high: Math.max(...ends),
  };
}
