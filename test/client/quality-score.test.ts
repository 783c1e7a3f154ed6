import { describe, expect, it } from 'vitest';
import { standardWords } from '../../client/pages/quality-score/words.ts';
import { nextDecile, pointsOf, qualityScore, type Rated } from '../../client/statistics/quality-score.ts';
import appPlus from '../../pipelines/programs/app-plus.ts';
import { Benchmark, type ProgramMeasure } from '../../server/contract/program.ts';

const FLAT = Benchmark.parse({ basis: 'flat', starts: [1, 10, 20, 30, 40, 50, 60, 70, 80, 90] });
const FLAT_DOWN = Benchmark.parse({ basis: 'flat', starts: [99, 90, 80, 70, 60, 50, 40, 30, 20, 10] });
/** Most who report are at 100 %: the upper deciles begin at the same rate. */
const CROWDED = Benchmark.parse({ basis: 'history', starts: [0, 40, 76, 94, 99, 99.8, 100, 100, 100, 100] });
const TOPPED_OUT = { ...CROWDED, mostPoints: 7 };

describe('the points of a rate', () => {
  it.each([
    ['below the first decile', 0.5, FLAT, 1, 1],
    ['at the start of a decile', 70, FLAT, 8, 8],
    ['just short of it', 69.99, FLAT, 7, 7.9],
    ['just short of it by less than is reported', 69.996, FLAT, 8, 8],
    ['half way to the next', 75, FLAT, 8, 8.5],
    ['in the first decile', 5.5, FLAT, 1, 1.5],
    ['in the tenth decile there are no tenths', 95, FLAT, 10, 10],
    ['lower is better: at the start', 20, FLAT_DOWN, 9, 9],
    ['lower is better: just worse', 20.01, FLAT_DOWN, 8, 8.9],
    ['lower is better: half way', 35, FLAT_DOWN, 7, 7.5],
    ['lower is better: the best', 4, FLAT_DOWN, 10, 10],
    ['lower is better: the worst', 100, FLAT_DOWN, 1, 1],
    ['deciles that begin together', 100, CROWDED, 10, 10],
    ['below deciles that begin together', 99.9, CROWDED, 6, 6.5],
    ['topped out', 100, TOPPED_OUT, 10, 7],
    ['topped out, below its limit', 97, TOPPED_OUT, 4, 4.6],
  ] as const)('%s: %d %%', (_, rate, benchmark, decile, points) => {
    expect(pointsOf(rate, benchmark)).toEqual({ decile, points });
  });

  it('never fall as the rate gets better, over every published benchmark', () => {
    for (const { measures } of appPlus.years) {
      for (const benchmark of measures.flatMap(({ benchmarks }) => Object.values(benchmarks))) {
        const { starts } = benchmark;
        const isFalling = (starts[0] ?? 0) > (starts.at(-1) ?? 0);
        const sorted = starts.toSorted((a, b) => (isFalling ? b - a : a - b));
        expect(starts).toEqual(sorted);
        let before = 0;
        for (let step = 0; step <= 1000; step++) {
          const { points } = pointsOf(isFalling ? 100 - step / 10 : step / 10, benchmark);
          expect(points).toBeGreaterThanOrEqual(before);
          before = points;
        }
        expect(before).toBe(benchmark.mostPoints);
      }
    }
  });

  it('rise to the next decile', () => {
    expect(nextDecile(69.99, FLAT)).toEqual({ decile: 8, rate: 70 });
    expect(nextDecile(0, FLAT_DOWN)).toBeNull();
    expect(nextDecile(35, FLAT_DOWN)).toEqual({ decile: 8, rate: 30 });
    expect(nextDecile(99.9, CROWDED)).toEqual({ decile: 7, rate: 100 });
  });
});

const measure = (qualityId: string, more: Partial<ProgramMeasure> = {}): ProgramMeasure => ({
  ...{ qualityId, title: qualityId, reportedBy: 'the ACO', isOutcome: false, weight: 1 },
  benchmarks: { 'Medicare CQM': FLAT, eCQM: FLAT },
  ...more,
});
const rated = (value: number | null, denominator = 100, isRecorded = true): Rated => ({
  ...{
    value,
    low: value === null ? null : value - 10,
    high: value === null ? null : value + 10,
    denominator,
    isRecorded,
  },
});
const scoreOf = (
  measures: ProgramMeasure[],
  rates: Record<string, Rated | null>,
  collection: 'Medicare CQM' | 'eCQM' = 'Medicare CQM',
) => qualityScore({ measures }, collection, 20, ({ qualityId }) => rates[qualityId] ?? null);

describe('the quality score', () => {
  it('is points over points that could be had, and its range takes the ends of the intervals', () => {
    const score = scoreOf([measure('1'), measure('2')], { 1: rated(50), 2: rated(80) });
    expect(score).toMatchObject({ value: 75, low: 65, high: 85, counted: 2 });
  });

  it('weighs each measure', () => {
    const score = scoreOf([measure('1', { weight: 3 }), measure('2')], { 1: rated(50), 2: rated(90) });
    expect(score.value).toBe((100 * (3 * 6 + 10)) / 40);
  });

  it.each([
    ['without a benchmark leaves both sums', measure('2', { benchmarks: {} }), rated(90), 'no benchmark', 50, 70],
    ['with fewer than twenty people leaves both sums', measure('2'), rated(90, 19), 'too few people', 50, 70],
    [
      'that CMS works out brings one to ten points',
      measure('2', { reportedBy: 'CMS from claims' }),
      null,
      'not known here',
      30,
      85,
    ],
    [
      'of the survey brings one to ten points',
      measure('2', { reportedBy: 'a survey' }),
      rated(90),
      'not known here',
      30,
      85,
    ],
    ['that no source records may bring none', measure('2'), rated(0, 100, false), 'not recorded', 25, 85],
    ['that is hidden brings one to ten points', measure('2'), rated(null), 'not known here', 30, 85],
    ['that this product does not compute may bring none', measure('2'), null, 'not known here', 25, 85],
  ] as const)('a measure %s', (_, second, rate, state, low, high) => {
    const score = scoreOf([measure('1'), second], { 1: rated(50), 2: rate });
    expect(score.contributions[1]).toMatchObject({ state, scored: null });
    expect([score.value, score.low, score.high]).toEqual([60, low, high]);
  });

  it('gives one point more for each eCQM, up to ten for the measure', () => {
    const score = scoreOf([measure('1'), measure('2')], { 1: rated(50), 2: rated(95) }, 'eCQM');
    expect(score.contributions.map(({ scored }) => scored)).toEqual([
      { decile: 6, points: 7 },
      { decile: 10, points: 10 },
    ]);
    expect(score.value).toBe(85);
  });

  it('knows nothing where nothing is scored', () => {
    expect(scoreOf([measure('1')], {}).value).toBeNull();
    expect(scoreOf([measure('1', { benchmarks: {} })], { 1: rated(50) })).toMatchObject({
      value: null,
      low: 0,
      high: 0,
    });
  });

  it('meets the alternative standard by an outcome measure in the second decile', () => {
    const outcome = measure('1', { isOutcome: true });
    expect(scoreOf([outcome, measure('2')], { 1: rated(10), 2: rated(10) }).meetsAlternative).toBe(true);
    expect(scoreOf([outcome, measure('2')], { 1: rated(9.9), 2: rated(99) }).meetsAlternative).toBe(false);
  });

  it.each([
    ['an outcome measure at its 10th and another at its 40th percentile', 10, 40, true],
    ['an outcome measure below its 10th', 9.9, 99, false],
    ['another below its 40th', 10, 39.9, false],
    ['the outcome measure alone at its 40th', 99, 9, false],
  ])('meets the reporting incentive by %s', (_, outcome, other, expected) => {
    const measures = [measure('1', { isOutcome: true }), measure('2')];
    expect(scoreOf(measures, { 1: rated(outcome), 2: rated(other) }).meetsIncentive).toBe(expected);
  });

  it.each([
    [60, false, 'The score reaches the standard of 60 even at worst'],
    [65, false, 'The score reaches the standard of 65 even at worst'],
    [90, false, 'The score misses the standard of 90 even at best'],
    [90, true, 'So far the score misses the standard of 90 even at best'],
    [75, false, 'The standard of 75 lies within what the score could be'],
    [null, false, 'CMS has not published the standard of this year'],
  ])('between 65 and 85 is held against a standard of %s (year running: %s)', (standard, isRunning, words) => {
    expect(standardWords({ low: 65, high: 85, value: 75 }, standard, isRunning)).toBe(words);
  });
});

describe('APP Plus', () => {
  it.each([
    ['2025', ['001', '112', '134', '236', '479', '321']],
    ['2026', ['001', '112', '113', '134', '236', '479', '484', '321']],
  ])('asks in %s for the measures of the rule', (year, ids) => {
    const asked = appPlus.years.find((one) => one.year === year);
    expect(asked?.measures.map(({ qualityId }) => qualityId).toSorted()).toEqual(ids.toSorted());
    expect(asked?.measures.filter(({ isOutcome }) => isOutcome).map(({ qualityId }) => qualityId)).toEqual(
      ids.filter((id) => ['001', '236', '479', '484'].includes(id)),
    );
  });

  it('has no benchmark of 2026 for screening for breast and colorectal cancer as eCQM or MIPS CQM', () => {
    const without = appPlus.years[1]?.measures.filter(
      ({ reportedBy, benchmarks }) => reportedBy === 'the ACO' && !benchmarks.eCQM && !benchmarks['MIPS CQM'],
    );
    expect(without?.map(({ qualityId }) => qualityId)).toEqual(['112', '113']);
  });
});
