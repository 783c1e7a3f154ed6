import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { estimate } from '../../server/statistics/estimate.ts';
import { byar, type ClusterSums, clusteredRate, clusteredRatio, wilson } from '../../server/statistics/interval.ts';
import { isImmature } from '../../server/statistics/maturity.ts';
import { byarByChiSquare, dice, garwood, type Person, rateOfPersons, ratioOfPersons, score } from './second.ts';

const RUNS = { numRuns: 3000 };

/** Held without `expect` where it holds: it is asked tens of thousands of times. */
function sameTo(digits: number, ours: number, theirs: number) {
  if (!(Math.abs(ours - theirs) <= 10 ** -digits * Math.max(1, Math.abs(theirs)))) expect(ours).toBe(theirs);
}

function same(
  ours: { low: number | null; high: number | null } | null,
  theirs: { low: number; high: number },
  digits = 9,
) {
  sameTo(digits, ours?.low ?? Number.NaN, theirs.low);
  sameTo(digits, ours?.high ?? Number.NaN, theirs.high);
}

const trials = fc.oneof(fc.constantFrom(1, 2, 3), fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 1e9 }));
const proportion = trials.chain((n) =>
  fc.record({ n: fc.constant(n), x: fc.oneof(fc.constantFrom(0, 1, n - 1, n), fc.integer({ min: 0, max: n })) }),
);

describe('a proportion', () => {
  test('has the interval that solves the score equation', () => {
    fc.assert(
      fc.property(proportion, ({ x, n }) => same(wilson(x, n), score(x, n))),
      RUNS,
    );
  });

  test('lies in its interval, which lies in 0 to 1', () => {
    fc.assert(
      fc.property(proportion, ({ x, n }) => {
        const { low, high } = wilson(x, n);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(low).toBeLessThanOrEqual(x / n);
        expect(high).toBeGreaterThanOrEqual(x / n);
        expect(high).toBeLessThanOrEqual(1);
      }),
      RUNS,
    );
  });
});

describe('a count', () => {
  const counts = fc.oneof(
    fc.constantFrom(0, 1, 1e-6, 0.3, 1e12),
    fc.double({ min: 0, max: 30, noNaN: true }),
    fc.integer({ min: 0, max: 1e7 }),
  );

  test('has Byar’s interval, which is half of Wilson and Hilferty’s chi square', () => {
    fc.assert(
      fc.property(counts, (count) => same(byar(count), byarByChiSquare(count))),
      RUNS,
    );
  });

  test('has nearly the exact interval of Poisson, and none below 0', () => {
    for (let count = 0; count <= 1000; count += count < 50 ? 1 : 37) {
      const [ours, exact] = [byar(count), garwood(count)];
      expect(ours.low).toBeGreaterThanOrEqual(0);
      expect(Math.abs(ours.low - exact.low)).toBeLessThan(0.02);
      expect(Math.abs(ours.high - exact.high)).toBeLessThan(0.03);
    }
    expect(byar(0.01).low).toBe(0);
  });
});

const sumsOf = (persons: readonly Person[]): ClusterSums => {
  const sum = (each: (person: Person) => number) => persons.reduce((total, person) => total + each(person), 0);
  return {
    clusters: persons.length,
    numerator: sum(([y]) => y),
    denominator: sum(([, d]) => d),
    squares: { numerator: sum(([y]) => y * y), cross: sum(([y, d]) => y * d), denominator: sum(([, d]) => d * d) },
  };
};

const persons = (numerator: fc.Arbitrary<number>) =>
  fc.array(fc.tuple(numerator, fc.integer({ min: 1, max: 12 })), { minLength: 2, maxLength: 40 });

describe('sums over persons', () => {
  test('of dollars have the interval of every person’s distance from the rate', () => {
    fc.assert(
      fc.property(persons(fc.integer({ min: -500, max: 90_000 })), (all) =>
        same(clusteredRatio(sumsOf(all)), ratioOfPersons(all), 6),
      ),
      RUNS,
    );
  });

  test('of events have Byar’s interval of the effective count', () => {
    const events = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 300 }));
    fc.assert(
      fc.property(persons(events), (all) => same(clusteredRate(sumsOf(all)), rateOfPersons(all), 6)),
      RUNS,
    );
  });

  test('of events that come singly are Byar’s own, and never narrower', () => {
    fc.assert(
      fc.property(persons(fc.integer({ min: 0, max: 5 })), (all) => {
        const sums = sumsOf(all);
        const [ours, plain] = [clusteredRate(sums), byar(sums.numerator)];
        const single = all.every(([events]) => events <= 1);
        const [low, high] = [plain.low / sums.denominator, plain.high / sums.denominator];
        expect(ours.low).toBeLessThanOrEqual(low * (1 + 1e-9));
        expect(ours.high).toBeGreaterThanOrEqual(high * (1 - 1e-9));
        // persons of even exposure: with uneven exposure single events too lie unevenly
        if (single && all.every(([, months]) => months === all[0]?.[1]) && sums.numerator * 2 < sums.clusters) {
          sameTo(6, ours.low, low);
        }
      }),
      RUNS,
    );
  });

  test('of one person, or without an event, fall back on the count', () => {
    const one = sumsOf([[7, 12]]);
    expect(clusteredRate(one)).toEqual({ low: byar(7).low / 12, high: byar(7).high / 12 });
    expect(clusteredRatio(one)).toBeNull();
    const none = sumsOf([
      [0, 12],
      [0, 12],
    ]);
    expect(clusteredRate(none)).toEqual({ low: 0, high: byar(0).high / 24 });
  });

  test('hold the true rate of days in bed in about 95 of 100 populations; counting days by themselves, in far fewer', () => {
    const next = dice(20261122);
    const [people, chance, longest] = [1500, 0.04, 39];
    const truth = (chance * (1 + longest)) / 2;
    const POPULATIONS = 600;
    let [held, heldPlain] = [0, 0];
    for (let at = 0; at < POPULATIONS; at++) {
      const days = Array.from({ length: people }, (): Person => [next() < chance ? Math.ceil(next() * longest) : 0, 1]);
      const sums = sumsOf(days);
      const [ours, plain] = [clusteredRate(sums), byar(sums.numerator)];
      held += Number(ours.low <= truth && truth <= ours.high);
      heldPlain += Number(plain.low / people <= truth && truth <= plain.high / people);
    }
    expect(held / POPULATIONS).toBeGreaterThan(0.925);
    expect(held / POPULATIONS).toBeLessThan(0.975);
    expect(heldPlain / POPULATIONS).toBeLessThan(0.5);
  });
});

describe('the interval of a metric', () => {
  const sums = {
    ...{ numerator: 30, denominator: 400, expected: 20, rows: 400, persons: 40, contributors: 6 },
    ...{ numerator_squares: 300, cross: 330, denominator_squares: 4600 },
  };
  const clustered = {
    ...{ clusters: 40, numerator: 30, denominator: 400 },
    squares: { numerator: 300, cross: 330, denominator: 4600 },
  };
  const of = (unit: Parameters<typeof estimate>[0]['unit'], isPart = false) =>
    estimate({ unit, scale: 10, isPart }, sums);

  test('is Wilson’s of a percentage, Byar’s by person of events, by the spread between persons of dollars and of parts', () => {
    const times = ({ low, high }: { low: number; high: number }) => ({ low: 10 * low, high: 10 * high });
    same(of('percent'), times(wilson(30, 400)));
    same(of('per 1,000 members per year'), times(clusteredRate(clustered)));
    const spread = clusteredRatio(clustered) ?? { low: Number.NaN, high: Number.NaN };
    same(of('dollars per member per month'), times(spread));
    same(of('per 1,000 members per year', true), times(spread));
  });

  test('of observed over expected is Byar’s of the observed over the expected', () => {
    const { ratioLow, ratioHigh } = of('percent');
    same(
      { low: ratioLow ?? Number.NaN, high: ratioHigh ?? Number.NaN },
      { low: byar(30).low / 20, high: byar(30).high / 20 },
    );
  });

  test('is not drawn without a denominator, and never from sums that nobody took over persons', () => {
    expect(estimate({ unit: 'percent', scale: 100, isPart: false }, { ...sums, denominator: 0 }).low).toBeNull();
    expect(() =>
      estimate({ unit: 'per 1,000 members per year', scale: 1, isPart: false }, { ...sums, persons: null }),
    ).toThrow('an interval by person needs sums over persons');
  });
});

describe('maturity', () => {
  /** The last day of a period by walking to the first day after it. */
  const lastOf = (period: string): number => {
    const inside = (at: number) => {
      const iso = new Date(at).toISOString();
      const quarter = `${iso.slice(0, 4)}-Q${Math.ceil(Number(iso.slice(5, 7)) / 3)}`;
      return [iso.slice(0, 7), iso.slice(0, 4), quarter].includes(period);
    };
    const DAY = 86_400_000;
    let at = Date.UTC(Number(period.slice(0, 4)), 0, 1);
    while (!inside(at)) at += DAY;
    while (inside(at + DAY)) at += DAY;
    return at;
  };

  test('comes when the days that the metric gives a period have passed, to the day', () => {
    const year = fc.integer({ min: 1999, max: 2032 });
    const period = fc.oneof(
      year.map(String),
      fc.tuple(year, fc.integer({ min: 1, max: 4 })).map(([y, q]) => `${y}-Q${q}`),
      fc.tuple(year, fc.integer({ min: 1, max: 12 })).map(([y, m]) => `${y}-${String(m).padStart(2, '0')}`),
    );
    fc.assert(
      fc.property(period, fc.integer({ min: 0, max: 400 }), fc.integer({ min: -3, max: 3 }), (asked, days, off) => {
        const through = new Date(lastOf(asked) + (days + off) * 86_400_000).toISOString().slice(0, 10);
        expect(isImmature(asked, { maturesAfterDays: days }, through)).toBe(off < 0);
      }),
      { numRuns: 1000 },
    );
  });
});
