import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Cell } from '#contract/result';
import type { Group } from '../../client/format/group.ts';
import { compare } from '../../client/statistics/compare.ts';
import { decilesOf } from '../../client/statistics/deciles.ts';
import { funnelOf } from '../../client/statistics/funnel.ts';
import { inequalityOf } from '../../client/statistics/inequality.ts';
import { type ControlSeries, controlSeries, type RuleSet } from '../../client/statistics/spc.ts';
import { cell, daysAtHome, monthly, readmissions, screening, suppressedCell, visits } from '../client/charts.rows.ts';
import {
  binomialTails,
  brokenRules,
  excessVariance,
  leastCrossings,
  leastSquares,
  onBrokenLine,
  poissonTails,
} from './second.ts';

const RUNS = { numRuns: 2000 };

/** Held without `expect` where it holds: it is asked hundreds of thousands of times. */
function near(ours: number | null | undefined, theirs: number, within = 1e-9) {
  const apart = Math.abs((ours ?? Number.NaN) - theirs);
  if (!(apart <= within * Math.max(1, Math.abs(theirs)))) expect(ours).toBe(theirs);
}

const add = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
const mean = (values: readonly number[]) => add(values) / values.length;

/** Months of [numerator, denominator] with the odd empty one. */
const history = (most: number) =>
  fc.array(
    fc
      .tuple(fc.integer({ min: 0, max: most }), fc.nat(3))
      .chain(([n, empty]) => fc.tuple(fc.nat(n), fc.constant(empty === 0 && n % 5 === 0 ? 0 : Math.max(1, n)))),
    { minLength: 12, maxLength: 40 },
  );

/** The chart a second time: centre, sigma z and every month's sigma, from the counts. */
function chartOf(months: readonly (readonly [number, number])[], scale: number, isProportion: boolean) {
  const known = months.filter(([, n]) => n > 0);
  const base = known.slice(0, 24);
  const centre = add(base.map(([x]) => x)) / add(base.map(([, n]) => n));
  const one = (n: number) => Math.sqrt((isProportion ? centre * (1 - centre) : centre) / n);
  const z = base.map(([x, n]) => (one(n) === 0 ? 0 : (x / n - centre) / one(n)));
  const sigmaZ = mean(z.slice(1).map((value, at) => Math.abs(value - (z[at] ?? 0)))) / 1.128;
  const spread = sigmaZ > 1.2 ? sigmaZ : 1;
  return { known, centre: scale * centre, sigmaZ, sigma: (n: number) => scale * one(n) * spread };
}

const namesOf = ({ points }: ControlSeries) =>
  points
    .filter(({ value, immature }) => value !== null && !immature)
    .map(({ signals }) => signals.map(({ rule, side }) => `${rule} ${side}`).sort());

describe.each([
  ['p chart', readmissions, 300, true],
  ['u chart', visits, 5000, false],
] as const)('a %s', (_, metric, most, isProportion) => {
  test('has the centre, the sigma z of Laney and the limits of the counts themselves', () => {
    fc.assert(
      fc.property(history(most), (months) => {
        const series = controlSeries(monthly('2020-01', months, metric), metric);
        const second = chartOf(months, metric.scale, isProportion);
        fc.pre(second.known.length >= 12);
        near(series.now.centre, second.centre);
        near(series.now.sigmaZ, second.sigmaZ, 1e-7);
        const ceiling = isProportion ? metric.scale : Number.POSITIVE_INFINITY;
        for (const [at, [, n]] of months.entries()) {
          if (n === 0) expect(series.points[at]?.low).toBeNull();
          else {
            near(series.points[at]?.low, Math.max(0, second.centre - 3 * second.sigma(n)), 1e-7);
            near(series.points[at]?.high, Math.min(ceiling, second.centre + 3 * second.sigma(n)), 1e-7);
          }
        }
      }),
      RUNS,
    );
  });

  const rules: Record<RuleSet, Parameters<typeof brokenRules>[2]> = {
    nhs: { shift: 7, trend: 7, twoOfThree: true },
    ihi: { shift: 8, trend: 6, twoOfThree: true },
    anhoej: { shift: 0, trend: Number.POSITIVE_INFINITY, twoOfThree: false },
  };

  test.each(['nhs', 'ihi', 'anhoej'] as const)('flags the months that windows of neighbours find: %s', (set) => {
    // few values, so that runs, trends and ties are frequent
    const steady = fc.array(fc.integer({ min: 40, max: 60 }), { minLength: 12, maxLength: 40 });
    const drifting = steady.map((counts) => counts.map((count, at) => count + Math.floor(at / 3)));
    const smooth = fc
      .array(fc.integer({ min: -2, max: 2 }), { minLength: 12, maxLength: 40 })
      .map((steps) => steps.map((_, at) => 60 + add(steps.slice(0, at + 1)) * 3));
    fc.assert(
      fc.property(fc.oneof(steady, drifting, smooth), fc.nat(3), (counts, young) => {
        const all = counts.map((x) => [Math.max(0, x), 200] as const);
        const series = controlSeries(monthly('2020-01', all, metric, young), metric, { rules: set });
        const months = all.slice(0, all.length - young);
        fc.pre(months.length >= 12);
        const second = chartOf(months, metric.scale, isProportion);
        const judged = months.map(([x, n]) => ({ value: (metric.scale * x) / n, sigma: second.sigma(n) }));
        const off = judged.filter(({ value }) => Math.abs(value - second.centre) > 1e-9);
        const shift = set === 'anhoej' ? Math.round(Math.log2(Math.max(1, off.length))) + 4 : rules[set].shift;
        expect(namesOf(series)).toEqual(brokenRules(judged, second.centre, { ...rules[set], shift }));
        expect(series.points.slice(months.length).flatMap(({ signals }) => signals)).toEqual([]);
        const turns = off.filter(
          ({ value }, at) => at > 0 && value > second.centre !== (off[at - 1]?.value ?? 0) > second.centre,
        );
        const crossings = { seen: turns.length, least: leastCrossings(Math.max(0, off.length - 1)) };
        expect(series.now.crossings).toEqual(set === 'anhoej' ? crossings : null);
      }),
      RUNS,
    );
  });
});

test('days at home are charted by how months follow each other, and end at all days', () => {
  const months = Array.from({ length: 24 }, (_, at) => [at % 2 ? 995 : 999, 1000] as const);
  const series = controlSeries(monthly('2020-01', months, daysAtHome), daysAtHome);
  expect(series.now.kind).toBe('individuals chart');
  near(series.points[0]?.low, 365 * (997 - (3 * 4) / 1.128), 1e-9);
  expect(series.points[0]?.high).toBe(365_000);
  expect(() => funnelOf([], daysAtHome)).toThrow('a funnel needs counts');
});

const unit = (at: number, numerator: number, denominator: number, more: Partial<Cell> = {}): Group => ({
  id: String(at),
  label: `Unit ${at}`,
  cell: { ...cell({ facility: String(at) }, numerator, denominator, readmissions), ...more },
});

/** Which side of which limit, by the tails of the count itself. */
const placeOf = ({ below, above }: { below: number; above: number }) =>
  above < 0.001
    ? 'above 99.8'
    : above < 0.025
      ? 'above 95'
      : below < 0.001
        ? 'below 99.8'
        : below < 0.025
          ? 'below 95'
          : 'within';
/** A tail so near to its limit that rounding decides. */
const isEdge = ({ below, above }: { below: number; above: number }) =>
  [below, above].some((tail) => [0.001, 0.025].some((limit) => Math.abs(tail - limit) < 1e-7));

describe('a funnel', () => {
  const few = fc.array(
    fc.integer({ min: 1, max: 150 }).chain((n) => fc.tuple(fc.nat(n), fc.constant(n))),
    {
      minLength: 1,
      maxLength: 9,
    },
  );

  test('of rates has a unit outside just when a count as far out has less than the limit’s chance', () => {
    fc.assert(
      fc.property(few, (counts) => {
        const { units } = funnelOf(
          counts.map(([x, n], at) => unit(at, x, n)),
          readmissions,
        );
        const rate = add(counts.map(([x]) => x)) / add(counts.map(([, n]) => n));
        for (const [at, [x, n]] of counts.entries()) {
          const tails = binomialTails(x, n, rate);
          const { side, beyond } = units[at] ?? {};
          if (!isEdge(tails) && rate > 0 && rate < 1)
            expect(side ? `${side} ${beyond}` : 'within').toBe(placeOf(tails));
        }
      }),
      RUNS,
    );
  });

  test('of events over time does so too, by the tails of the Poisson law', () => {
    const exposed = fc.array(fc.tuple(fc.nat(60), fc.integer({ min: 1, max: 900 })), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(exposed, (counts) => {
        const { units, centre } = funnelOf(
          counts.map(([x, n], at) => unit(at, x, n)),
          visits,
        );
        const rate = add(counts.map(([x]) => x)) / add(counts.map(([, n]) => n));
        near(centre, visits.scale * rate);
        for (const [at, [x, n]] of counts.entries()) {
          const tails = poissonTails(x, rate * n);
          const { side, beyond } = units[at] ?? {};
          if (!isEdge(tails) && rate > 0) expect(side ? `${side} ${beyond}` : 'within').toBe(placeOf(tails));
        }
      }),
      RUNS,
    );
  });

  test('of units that spread beyond chance has limits widened by the variance between them, never inside those of chance', () => {
    const many = fc.array(
      fc.integer({ min: 5, max: 900 }).chain((n) => fc.tuple(fc.nat(n), fc.constant(n))),
      {
        minLength: 10,
        maxLength: 40,
      },
    );
    fc.assert(
      fc.property(many, (counts) => {
        const { units, phi, limits } = funnelOf(
          counts.map(([x, n], at) => unit(at, x, n)),
          readmissions,
        );
        const rate = add(counts.map(([x]) => x)) / add(counts.map(([, n]) => n));
        const centre = Math.asin(Math.sqrt(rate));
        const plain = counts.map(([x, n]) => (Math.asin(Math.sqrt(x / n)) - centre) * 2 * Math.sqrt(n));
        const [low, high] = [onBrokenLine(plain, 0.1), onBrokenLine(plain, 0.9)];
        const z = plain.map((one) => [low, one, high].toSorted((a, b) => a - b)[1] ?? 0);
        near(phi, mean(z.map((one) => one * one)), 1e-7);
        const tau2 = excessVariance(counts.map(([, n], at) => ({ z: z[at] ?? 0, variance: 1 / (4 * n) })));
        if (tau2 < 1e-9) return;
        for (const [at, [x, n]] of counts.slice(0, 3).entries()) {
          const reach = 3.09 * Math.sqrt(1 / (4 * n) + tau2);
          const back = (flat: number) => 100 * Math.sin(Math.min(Math.PI / 2, Math.max(0, flat))) ** 2;
          const wide = { low: back(centre - reach), high: back(centre + reach) };
          const drawn = limits(n, 99.8);
          near(Math.min(drawn.low, wide.low), drawn.low, 1e-6);
          near(Math.max(drawn.high, wide.high), drawn.high, 1e-6);
          const tails = binomialTails(x, n, rate);
          const value = (100 * x) / n;
          if (isEdge(tails) || rate === 1 || Math.min(Math.abs(value - wide.low), Math.abs(value - wide.high)) < 1e-6)
            continue;
          const below = value < wide.low && tails.below < 0.001;
          const above = value > wide.high && tails.above < 0.001;
          const { side, beyond } = units[at] ?? {};
          expect(beyond === 99.8 ? side : 'within').toBe(below ? 'below' : above ? 'above' : 'within');
        }
      }),
      RUNS,
    );
  });

  test('leaves out, and counts, units of which nothing is known or that have nothing', () => {
    const hidden: Group = { id: 's', label: 's', cell: suppressedCell({ facility: 's' }) };
    const funnel = funnelOf([unit(1, 5, 50), hidden, unit(2, 0, 0)], readmissions);
    expect([funnel.units.length, funnel.hidden]).toEqual([1, 2]);
  });
});

test('a verdict is where the interval of the difference lies, and its words follow the direction', () => {
  const estimate = fc
    .tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 20 }))
    .map(([value, below, above]) => ({ value, low: value - below, high: value + above }));
  fc.assert(
    fc.property(estimate, estimate, fc.constantFrom(readmissions, screening), (a, b, metric) => {
      const difference = a.value - b.value;
      const low = difference - Math.sqrt((a.value - a.low) ** 2 + (b.high - b.value) ** 2);
      const high = difference + Math.sqrt((a.high - a.value) ** 2 + (b.value - b.low) ** 2);
      fc.pre(Math.abs(low) > 1e-9 && Math.abs(high) > 1e-9);
      const isHigherBetter = metric === screening;
      const verdict =
        low > 0
          ? isHigherBetter
            ? 'better'
            : 'worse'
          : high < 0
            ? isHigherBetter
              ? 'worse'
              : 'better'
            : 'no different';
      expect(compare({ ...a, rows: 500 }, { label: 'the other', ...b }, metric).verdict).toBe(verdict);
    }),
    RUNS,
  );
});

test('tenths of units are on the broken line through their sorted values; small units and few units have none', () => {
  const quarter = '2025-Q1';
  const units = fc.array(fc.tuple(fc.nat(80), fc.integer({ min: 1, max: 80 })), { maxLength: 40 });
  const whole = cell({ quarter }, 5, 100, readmissions);
  fc.assert(
    fc.property(units, (practices) => {
      const cells = practices.map(([x, n], at) =>
        cell({ practice: String(at), quarter }, Math.min(x, n), n, readmissions),
      );
      const [tenths] = decilesOf(cells, [whole]);
      const large = practices.filter(([, n]) => n >= 11).map(([x, n]) => 100 * (Math.min(x, n) / n));
      expect(tenths?.units).toBe(large.length);
      if (large.length < 10) expect(tenths?.deciles).toBeNull();
      else for (let at = 1; at <= 9; at++) near(tenths?.deciles?.[at - 1], onBrokenLine(large, at / 10), 1e-9);
    }),
    RUNS,
  );
});

describe('inequality', () => {
  /** From the most to the least in need, as a dimension lists its groups. */
  const gradient = fc.array(
    fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 900 }), fc.integer({ min: 1, max: 90 })),
    { minLength: 2, maxLength: 6 },
  );
  const groupsOf = (parts: readonly (readonly [number, number, number])[], unknown: number): Group[] => [
    ...parts.map(([rows, tenths, width], at) =>
      unit(at + 1, 1, 1, { rows, value: tenths / 10, low: (tenths - width) / 10, high: (tenths + width) / 10 }),
    ),
    ...(unknown > 0 ? [{ ...unit(0, 1, 1, { rows: unknown }), id: '' }] : []),
  ];

  test('is the slope of a line through every row, the gap and the ratio of its ends, and who cannot be placed', () => {
    fc.assert(
      fc.property(gradient, fc.nat(30), (parts, unknown) => {
        const found = inequalityOf(groupsOf(parts, unknown));
        const rising = parts.map(([rows, tenths]) => ({ rows, value: tenths / 10 })).toReversed();
        near(found?.slope.value, leastSquares(rising), 1e-6);
        const [least, most] = [rising[0]?.value ?? 0, rising.at(-1)?.value ?? 0];
        near(found?.gap, most - least);
        if (least === 0) expect(found?.ratio).toBeNull();
        else near(found?.ratio, most / least);
        near(found?.missing, unknown / (unknown + add(parts.map(([rows]) => rows))));
      }),
      RUNS,
    );
  });

  test('has the limits that come of moving each group’s value by its standard error', () => {
    fc.assert(
      fc.property(gradient, (parts) => {
        const slopeOf = (moved: number) =>
          inequalityOf(
            groupsOf(
              parts.map(([n, v, w], at) => [n, at === moved ? v + w : v, w] as const),
              0,
            ),
          )?.slope;
        const { value = Number.NaN, low, high } = slopeOf(-1) ?? {};
        const reach = Math.sqrt(add(parts.map((_, at) => ((slopeOf(at)?.value ?? Number.NaN) - value) ** 2)));
        near(low, value - reach, 1e-6);
        near(high, value + reach, 1e-6);
      }),
      RUNS,
    );
  });

  test('is not told of one group, or where a group is hidden', () => {
    expect(inequalityOf([unit(1, 5, 50)])).toBeNull();
    expect(inequalityOf([unit(1, 5, 50), unit(2, 9, 50), { ...unit(3, 1, 1), cell: suppressedCell({}) }])).toBeNull();
  });
});
