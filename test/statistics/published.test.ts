import { describe, expect, test } from 'vitest';
import { byar, clusteredRatio, wilson } from '../../server/statistics/interval.ts';

describe('the interval of a proportion is Wilson’s', () => {
  // Newcombe, Statistics in Medicine 17 (1998) 857-872, table I, method 3.
  test.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('%i of %i is %f to %f', (events, trials, low, high) => {
    const interval = wilson(events, trials);
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });

  test('all of them ends at 1', () => expect(wilson(20, 20).high).toBe(1));
});

describe('the interval of a count is Byar’s', () => {
  test('worked by hand: 10 is 10 (1 - 1/90 - 1.96/9.487)^3 to 11 (1 - 1/99 + 1.96/9.950)^3', () => {
    expect(byar(10).low).toBeCloseTo(4.79, 2);
    expect(byar(10).high).toBeCloseTo(18.39, 2);
  });

  // Exact limits: Garwood, Biometrika 28 (1936) 437-442.
  test.each([
    [5, 1.62, 11.67],
    [20, 12.22, 30.89],
    [100, 81.36, 121.63],
  ])('%i is close to the exact %f to %f', (count, low, high) => {
    expect(Math.abs(byar(count).low - low)).toBeLessThan(0.06);
    expect(Math.abs(byar(count).high - high)).toBeLessThan(0.06);
  });

  test('0 starts at 0 and ends above it', () => {
    expect(byar(0).low).toBe(0);
    expect(byar(0).high).toBeCloseTo(3.67, 2);
  });
});

describe('the interval of dollars per member month is a ratio of sums over persons', () => {
  const of = (persons: readonly (readonly [paid: number, months: number])[]) => {
    const sum = (each: (paid: number, months: number) => number) =>
      persons.reduce((total, [paid, months]) => total + each(paid, months), 0);
    return clusteredRatio({
      clusters: persons.length,
      numerator: sum((paid) => paid),
      denominator: sum((_, months) => months),
      squares: {
        numerator: sum((paid) => paid * paid),
        cross: sum((paid, months) => paid * months),
        denominator: sum((_, months) => months * months),
      },
    });
  };

  test('worked by hand: 1 and 3 dollars in a month each are 2 plus or minus 1.96 times 1', () => {
    expect(
      of([
        [1, 1],
        [3, 1],
      ])?.low,
    ).toBeCloseTo(0.04, 2);
    expect(
      of([
        [1, 1],
        [3, 1],
      ])?.high,
    ).toBeCloseTo(3.96, 2);
  });

  test('persons who all cost the same a month leave no doubt', () => {
    expect(
      of([
        [2, 1],
        [4, 2],
        [6, 3],
      ]),
    ).toEqual({ low: 2, high: 2 });
  });

  test('the same rows counted as more persons make it narrower, not the same', () => {
    const one = of([
      [10, 2],
      [30, 2],
    ])!;
    const two = of([
      [10, 1],
      [0, 1],
      [0, 1],
      [30, 1],
    ])!;
    expect(two.high - two.low).not.toBeCloseTo(one.high - one.low, 3);
  });

  test('one person has no interval', () => expect(of([[5, 1]])).toBeNull());
});
