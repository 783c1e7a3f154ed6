import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NOT_RECORDED } from '#contract/metric';
import type { Group } from '../../client/format/group.ts';
import { compare } from '../../client/statistics/compare.ts';
import { funnelOf } from '../../client/statistics/funnel.ts';
import { controlSeries, type Signal } from '../../client/statistics/spc.ts';
import { cell, monthly, readmissions, screening, spend, suppressedCell, visits } from './charts.rows.ts';

const series = (values: readonly (readonly [number, number])[], immature = 0) =>
  controlSeries(monthly('2022-01', values, readmissions, immature), readmissions, { limits: 'plain' }).now;

/** Stays of one hundred a month with these readmissions. */
const ofHundred = (...counts: number[]) => counts.map((x) => [x, 100] as const);
const steady = (months: number) => Array.from({ length: months }, (_, at) => (at % 2 ? 9 : 11));

const broken = (points: ReturnType<typeof series>['points'], rule: Signal['rule']) =>
  points.flatMap(({ month, signals }) => (signals.some((signal) => signal.rule === rule) ? [month] : []));

describe('p chart', () => {
  test('Montgomery’s orange juice cans: centre 23.1 %, limits 5.2 and 41.0 %, samples 15 and 23 outside', () => {
    const cans = [
      12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6,
    ];
    const cells = monthly(
      '2022-01',
      cans.map((x) => [x, 50]),
      readmissions,
    );
    const { kind, centre, points } = controlSeries(cells, readmissions, { baselineMonths: 30, limits: 'plain' }).now;
    expect(kind).toBe('p chart');
    expect(centre).toBeCloseTo(23.13, 2);
    expect(points[0]?.high).toBeCloseTo(41.02, 2);
    expect(points[0]?.low).toBeCloseTo(5.24, 2);
    expect(broken(points, 'outside')).toEqual([points[14]?.month, points[22]?.month]);
  });
  test('limits step with n: four times the stays, half the width', () => {
    const { points } = series([...ofHundred(...steady(23)), [44, 400]]);
    const width = (at: number) => (points[at]?.high ?? 0) - (points[at]?.low ?? 0);
    expect(width(23)).toBeCloseTo(width(0) / 2, 1);
  });
  test('limits are clipped to 0 and 100 %', () => {
    const rare = series(ofHundred(...Array.from({ length: 12 }, () => 1)));
    expect(rare.points[0]?.low).toBe(0);
    const common = series(ofHundred(...Array.from({ length: 12 }, () => 99)));
    expect(common.points[0]?.high).toBe(100);
  });
  test('months without any event have limits at zero and break no rule', () => {
    const { centre, points } = series(ofHundred(...Array.from({ length: 14 }, () => 0)));
    expect(centre).toBe(0);
    expect(points.every(({ low, high, signals }) => low === 0 && high === 0 && signals.length === 0)).toBe(true);
  });
  test('the first 24 mature months set the centre; later ones are held against it', () => {
    const { centre, points } = series(ofHundred(...steady(24), 25, 26));
    expect(centre).toBeCloseTo(10, 6);
    expect(points.filter(({ baseline }) => baseline)).toHaveLength(24);
    expect(broken(points, 'outside')).toEqual(['2024-01', '2024-02']);
  });
  test('immature months set no limit and break no rule', () => {
    const { centre, points } = series(ofHundred(...steady(14), 60, 60), 2);
    expect(centre).toBeCloseTo(10, 6);
    expect(points.at(-1)?.signals).toEqual([]);
    expect(points.at(-1)?.baseline).toBe(false);
  });
  test('12 to 19 baseline months are provisional, 20 are firm, 11 are a run chart', () => {
    expect(series(ofHundred(...steady(12))).provisional).toBe(true);
    expect(series(ofHundred(...steady(20))).provisional).toBe(false);
    const run = series(ofHundred(...steady(11)));
    expect([run.kind, run.provisional]).toEqual(['run chart', false]);
    expect(run.points.every(({ low, high }) => low === null && high === null)).toBe(true);
  });
  test('a month that is missing or suppressed is a gap, not a zero', () => {
    const cells = monthly('2022-01', ofHundred(...steady(14)), readmissions);
    const { points } = controlSeries(
      [...cells.slice(0, 3), suppressedCell({ month: '2022-04' }), ...cells.slice(5)],
      readmissions,
    ).now;
    expect(points.map(({ value }) => value).slice(2, 6)).toEqual([11, null, null, 9]);
    expect(points[3]?.suppressed).toBe(true);
    expect(points).toHaveLength(14);
  });
  test('no cells, no series', () => {
    expect(controlSeries([], readmissions).now).toMatchObject({ points: [], centre: null, sigmaZ: null });
  });
});

describe('Laney’s limits', () => {
  test('z swings of 4 give sigma z 3.546, and limits that much wider', () => {
    const swinging = ofHundred(...Array.from({ length: 24 }, (_, at) => (at % 2 ? 4 : 16)));
    const { kind, sigmaZ, points } = controlSeries(monthly('2022-01', swinging, readmissions), readmissions).now;
    expect(kind).toBe('p′ chart');
    expect(sigmaZ).toBeCloseTo(4 / 1.128, 3);
    expect(points[0]?.high).toBeCloseTo(10 + 3 * 3 * (4 / 1.128), 2);
  });
  test('up to sigma z 1.2 the plain limits stay, unless asked', () => {
    const cells = monthly('2022-01', ofHundred(...steady(24)), readmissions);
    expect(controlSeries(cells, readmissions).now.kind).toBe('p chart');
    expect(controlSeries(cells, readmissions, { limits: 'laney' }).now.kind).toBe('p′ chart');
  });
});

describe('phases', () => {
  // Montgomery, Introduction to Statistical Quality Control, example 7.1: 50 cans a sample, the machine adjusted after the 30th
  const cans = [
    ...[12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6],
    ...[9, 6, 12, 5, 6, 4, 6, 3, 7, 6, 2, 4, 3, 6, 5, 4, 8, 5, 6, 7, 5, 6, 3, 5],
  ].map((x) => [x, 50] as const);
  const cells = monthly('2022-01', cans, readmissions);
  const of = (...phases: string[]) =>
    controlSeries(cells, readmissions, { phases, limits: 'plain', baselineMonths: 30 });

  test('Montgomery’s cans after the adjustment: centre 11.1 %, limits 0 and 24.4 %, none outside; before it as ever', () => {
    const { now, before, points } = of('2024-07');
    expect(points.map(({ month }) => month)).toEqual(cells.map(({ key }) => key.month));
    expect([before[0]?.centre, now.centre].map((centre) => centre?.toFixed(2))).toEqual(['23.13', '11.08']);
    expect(now.points[0]?.low).toBe(0);
    expect(now.points[0]?.high).toBeCloseTo(24.4, 1);
    expect(broken(points, 'outside')).toEqual(['2023-03', '2023-11']);
    expect([before[0]?.points.length, now.points.length]).toEqual([30, 24]);
  });
  test('without one the adjustment is a shift against the first centre; a phase ends it', () => {
    expect(broken(of().now.points, 'shift')).toContain('2024-12');
    expect(broken(of('2024-07').now.points, 'shift')).toEqual([]);
  });
  test('a run of months does not reach across the start of a phase', () => {
    const counts = ofHundred(...steady(20), 12, 12, 12, 12, 12, 12, 12, 12, ...steady(12));
    const across = (phases: string[]) =>
      broken(controlSeries(monthly('2022-01', counts, readmissions), readmissions, { phases }).points, 'shift');
    expect(across([])).toHaveLength(9);
    expect(across(['2024-01'])).toEqual([]);
  });
  test('each has its own fewest months: 11 are a run chart, 12 provisional, 20 firm', () => {
    const split = (month: string) => {
      const { before, now } = of(month);
      return [...before, now].map(({ kind, provisional }) => [kind, provisional]);
    };
    expect(split('2025-08')).toEqual([
      ['p chart', false],
      ['run chart', false],
    ]);
    expect(split('2025-07')).toEqual([
      ['p chart', false],
      ['p chart', true],
    ]);
    expect(split('2022-12')).toEqual([
      ['run chart', false],
      ['p chart', false],
    ]);
    expect(split('2023-08')[0]).toEqual(['p chart', true]);
    expect(split('2023-09')[0]).toEqual(['p chart', false]);
  });
  test('immature months and those outside the cells start or set nothing', () => {
    expect(of('2022-01', '2021-05', '2030-01').before).toEqual([]);
    const young = controlSeries(monthly('2022-01', cans, readmissions, 3), readmissions, { phases: ['2026-04'] });
    expect([young.before.length, young.now.centre, young.now.points.length]).toEqual([1, null, 3]);
    expect(young.points.slice(-3).every(({ signals, baseline }) => signals.length === 0 && !baseline)).toBe(true);
  });
  test('sigma z is of the phase: one swings beyond 1.2 and gets Laney’s limits, the other does not', () => {
    const swings = Array.from({ length: 24 }, (_, at) => (at % 2 ? 4 : 16));
    const mixed = monthly('2022-01', ofHundred(...swings, ...steady(24)), readmissions);
    const { before, now } = controlSeries(mixed, readmissions, { phases: ['2024-01'] });
    expect([before[0]?.kind, now.kind]).toEqual(['p′ chart', 'p chart']);
    expect(before[0]?.sigmaZ).toBeCloseTo(4 / 1.128, 3);
  });
  test('as many as there are months keep every month once, in order', () => {
    fc.assert(
      fc.property(fc.subarray(cells.map(({ key }) => key.month ?? '')), (phases) => {
        const { points, before } = of(...phases);
        expect(points.map(({ month }) => month)).toEqual(cells.map(({ key }) => key.month));
        expect(before.length).toBe(phases.filter((month) => month !== '2022-01').length);
      }),
      { numRuns: 20 },
    );
  });
});

describe('u chart and individuals chart', () => {
  test('40 visits in 1,000 member months are 480 per 1,000, limits 252 to 708', () => {
    const cells = monthly(
      '2022-01',
      Array.from({ length: 24 }, () => [40, 1000] as const),
      visits,
    );
    const { kind, centre, points } = controlSeries(cells, visits).now;
    expect([kind, centre]).toEqual(['u chart', 480]);
    expect(points[0]?.low).toBeCloseTo(252.3, 1);
    expect(points[0]?.high).toBeCloseTo(707.7, 1);
  });
  test('dollars: mean of months and 2.66 mean moving ranges', () => {
    const cells = monthly(
      '2022-01',
      Array.from({ length: 24 }, (_, at) => [(at % 2 ? 1010 : 1000) * 50, 50] as const),
      spend,
    );
    const { kind, centre, sigmaZ, points } = controlSeries(cells, spend).now;
    expect([kind, centre, sigmaZ]).toEqual(['individuals chart', 1005, null]);
    expect(points[0]?.high).toBeCloseTo(1005 + 2.66 * 10, 1);
  });
});

describe('signals', () => {
  test('seven months in a row on one side of the centre are a shift, six are not', () => {
    const six = series(ofHundred(...steady(24), 11, 12, 11, 12, 11, 12));
    expect(broken(six.points, 'shift')).toEqual([]);
    const seven = series(ofHundred(...steady(24), 11, 12, 11, 12, 11, 12, 11));
    expect(broken(seven.points, 'shift')).toHaveLength(7);
    expect(seven.points.at(-1)?.signals[0]).toMatchObject({ side: 'above', means: 'worse', months: 7 });
  });
  test('the Institute’s set needs eight', () => {
    const cells = monthly('2022-01', ofHundred(...steady(24), 11, 12, 11, 12, 11, 12, 11), readmissions);
    expect(broken(controlSeries(cells, readmissions, { rules: 'ihi' }).points, 'shift')).toEqual([]);
  });
  test('seven months in a row rising are a trend, six are not', () => {
    const { points } = series(ofHundred(...steady(24), 6, 7, 8, 9, 10, 11));
    expect(broken(points, 'trend')).toEqual([]);
    const longer = series(ofHundred(...steady(24), 6, 7, 8, 9, 10, 11, 12));
    expect(broken(longer.points, 'trend')).toHaveLength(7);
  });
  test('a month equal to the one before ends a trend', () => {
    const { points } = series(ofHundred(...steady(24), 6, 7, 8, 8, 9, 10, 11, 12));
    expect(broken(points, 'trend')).toEqual([]);
  });
  test('two of three months beyond two sigma on one side are flagged, also around one between them', () => {
    const { points } = series(ofHundred(...steady(24), 17, 10, 17, 10, 10));
    expect(broken(points, 'two of three')).toEqual(['2024-01', '2024-03']);
    const apart = series(ofHundred(...steady(24), 17, 10, 10, 17, 10));
    expect(broken(apart.points, 'two of three')).toEqual([]);
  });
  test('a month on its limit is not outside it', () => {
    const { points } = series(ofHundred(...steady(24), 19));
    expect(points.at(-1)?.high).toBeCloseTo(19, 6);
    expect(broken(points, 'outside')).toEqual([]);
  });
  test('below is better where lower is better, and above where higher is', () => {
    const low = [...ofHundred(...steady(24)), [0, 100] as const];
    expect(series(low).points.at(-1)?.signals[0]?.means).toBe('better');
    const judged = controlSeries(monthly('2022-01', low, screening), screening);
    expect(judged.points.at(-1)?.signals[0]?.means).toBe('worse');
  });
  test('a run chart looks for a trend only', () => {
    const { kind, points } = series(ofHundred(6, 7, 8, 9, 10, 11, 12, 3));
    expect(kind).toBe('run chart');
    expect(broken(points, 'trend')).toHaveLength(7);
    expect(points.flatMap(({ signals }) => signals).every(({ rule }) => rule === 'trend')).toBe(true);
  });
  test('equal months break no rule', () => {
    const { points } = series(ofHundred(...Array.from({ length: 30 }, () => 10)));
    expect(points.flatMap(({ signals }) => signals)).toEqual([]);
  });
});

const group = (id: string, x: number, n: number, metric = readmissions): Group => ({
  id,
  label: id,
  cell: cell({ facility: id }, x, n, metric),
});

describe('funnel', () => {
  const half = [group('a', 5, 20), group('b', 15, 20)];

  test('binomial limits at n = 20 around one half: 25.9 and 74.1 % (P(X <= 5) = .0207, P(X <= 6) = .0577)', () => {
    const { low, high } = funnelOf(half, readmissions).limits(20, 95);
    expect(low).toBeCloseTo(25.92, 2);
    expect(high).toBeCloseTo(74.08, 2);
  });
  test('a unit is outside when a count as far out or further is less likely than the limit', () => {
    expect(funnelOf(half, readmissions).units.map(({ side, beyond }) => [side, beyond])).toEqual([
      ['below', 95],
      ['above', 95],
    ]);
    const closer = [group('a', 6, 20), group('b', 14, 20)];
    expect(funnelOf(closer, readmissions).units.every(({ side }) => side === null)).toBe(true);
  });
  test('Poisson limits around ten events: 3.85 and 17.12', () => {
    const { limits } = funnelOf([group('a', 10, 1200, visits)], visits);
    expect((limits(1200, 95).low * 1200) / 12_000).toBeCloseTo(3.849, 3);
    expect((limits(1200, 95).high * 1200) / 12_000).toBeCloseTo(17.123, 2);
  });
  test('limits narrow towards the centre as n grows, 99.8 outside 95', () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 400 }), fc.integer({ min: 1, max: 99 }), (n, x) => {
        const { limits, centre } = funnelOf([group('a', x, 100)], readmissions);
        const [near, wide, far] = [limits(n, 95), limits(n, 99.8), limits(n * 10, 95)];
        expect(wide.low).toBeLessThanOrEqual(near.low + 1e-9);
        expect(wide.high).toBeGreaterThanOrEqual(near.high - 1e-9);
        expect(near.low).toBeLessThanOrEqual(centre ?? 0);
        expect(near.high).toBeGreaterThanOrEqual(centre ?? 0);
        expect(far.high - far.low).toBeLessThan(near.high - near.low);
      }),
    );
  });
  test('ten units at 4 and 16 %: phi 18.0, tau 7.4 points, limits widened', () => {
    const units = Array.from({ length: 10 }, (_, at) => group(String(at), at % 2 ? 16 : 64, 400));
    const { phi, tau, limits } = funnelOf(units, readmissions);
    expect(phi).toBeCloseTo(18.04, 1);
    expect(tau).toBeCloseTo(7.44, 1);
    expect(limits(400, 95).high).toBeGreaterThan(16);
  });
  test('nine units are too few to widen for', () => {
    const units = Array.from({ length: 9 }, (_, at) => group(String(at), at % 2 ? 16 : 64, 400));
    expect(funnelOf(units, readmissions)).toMatchObject({ phi: null, tau: 0 });
  });
  test('units that differ by no more than chance are not widened', () => {
    const units = Array.from({ length: 12 }, (_, at) => group(String(at), at % 2 ? 39 : 41, 400));
    expect(funnelOf(units, readmissions).tau).toBe(0);
  });
  test('suppressed and empty units are left out and counted', () => {
    const hidden: Group = { id: 's', label: 's', cell: suppressedCell({ facility: 's' }) };
    const funnel = funnelOf([group('a', 5, 20), hidden, group('z', 0, 0)], readmissions);
    expect([funnel.units.length, funnel.hidden]).toEqual([1, 2]);
    expect(funnelOf([hidden], readmissions)).toMatchObject({ centre: null, units: [] });
  });
  test('no event at all: limits at zero, nobody outside', () => {
    const { units, limits } = funnelOf([group('a', 0, 20), group('b', 0, 200)], readmissions);
    expect(limits(20, 95)).toEqual({ low: 0, high: 0 });
    expect(units.every(({ side }) => side === null)).toBe(true);
  });
  test('dollars have no funnel', () => {
    expect(() => funnelOf([], spend)).toThrow('a funnel needs counts, got "dollars per member per month"');
  });
});

describe('comparison', () => {
  const value = { value: 14.2, low: 13.2, high: 15.3, rows: 4112 };
  const verdict = (comparator: Parameters<typeof compare>[1], metric = readmissions) =>
    compare(value, comparator, metric).verdict;

  test('a target inside the interval is no different, outside it better or worse by the metric’s direction', () => {
    expect(verdict({ label: 'the target', value: 14.9 })).toBe('no different');
    expect(verdict({ label: 'the target', value: 15.4 })).toBe('better');
    expect(verdict({ label: 'the target', value: 13.1 })).toBe('worse');
    expect(verdict({ label: 'the target', value: 13.1 }, screening)).toBe('better');
  });
  test('a metric without a better direction is only higher or lower', () => {
    expect(verdict({ label: 'the target', value: 13.1 }, { ...readmissions, betterIs: 'neither' })).toBe('higher');
    expect(verdict({ label: 'the target', value: 15.4 }, { ...readmissions, betterIs: 'neither' })).toBe('lower');
  });
  test('two intervals: 56 of 70 against 48 of 80 differ (Newcombe: 5.2 to 33.4 points), barely overlapping ones may', () => {
    const [a, b] = [
      { value: 80, low: 69.18, high: 87.73, rows: 70 },
      { value: 60, low: 49.05, high: 70.03, rows: 80 },
    ];
    expect(compare(a, { label: 'the other', ...b }, screening).verdict).toBe('better');
    // less lower bound 20 - hypot(80 - 69.18, 70.03 - 60) = 5.25: a margin of six is not cleared
    expect(compare({ ...a, value: 74, low: 63.18, high: 81.73 }, { label: 'the other', ...b }, screening).verdict).toBe(
      'no different',
    );
  });
  test('fewer than 20, or nothing to compare with, is too few to say', () => {
    expect(compare({ ...value, rows: 19 }, { label: 'the target', value: 30 }, readmissions).words).toBe(
      'too few to say',
    );
    expect(verdict({ label: 'the target', value: null })).toBe('too few to say');
    expect(compare({ ...value, value: null }, { label: 'x', value: 3 }, readmissions).verdict).toBe('too few to say');
  });
  test('a year that is not over is not judged by one that is, but by another as young', () => {
    const young = { ...value, immature: true };
    expect(compare(young, { label: 'the year before', value: 30 }, readmissions).words).toBe('too early to say');
    expect(compare(young, { label: 'everybody here', value: 30, immature: true }, readmissions).verdict).toBe('better');
  });
  test('what no source records is not judged', () => {
    const unseen = { ...readmissions, caveats: [NOT_RECORDED] };
    expect(compare(value, { label: 'the target', value: 30 }, unseen).verdict).toBe('not recorded');
  });
  test('strong is beyond the interval stretched to 99.8 %', () => {
    expect(compare(value, { label: 'the target', value: 13.0 }, readmissions).strong).toBe(false);
    expect(compare(value, { label: 'the target', value: 12.0 }, readmissions).strong).toBe(true);
  });
  test('the words name the comparator and its value', () => {
    expect(compare(value, { label: 'the year before', value: 14.9 }, readmissions).words).toBe(
      'no different from the year before, 14.9%',
    );
    expect(compare(value, { label: 'the target', value: 12 }, readmissions).words).toBe('worse than the target, 12.0%');
  });
});
