import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Group } from '../../client/format/group.ts';
import { effectsOf, type Spending, sumOf } from '../../client/statistics/effects.ts';
import { cell, spend, suppressedCell, visits } from './charts.rows.ts';

type Setting = { dollars: number; services: number };

const spendingOf = (settings: readonly Setting[], months: number): Spending => {
  const groups = (of: keyof Setting, unit: typeof spend): Group[] =>
    settings.map((setting, at) => ({
      id: `s${at}`,
      label: `Setting ${at}`,
      cell: cell({ component: `s${at}` }, setting[of], months, unit),
    }));
  return { dollars: groups('dollars', spend), services: groups('services', visits) };
};

/** A setting that nobody used costs nothing. */
const setting = fc
  .record({ dollars: fc.integer({ min: 1, max: 1e7 }), services: fc.integer({ min: 0, max: 5000 }) })
  .map(({ dollars, services }) => ({ services, dollars: services === 0 ? 0 : dollars }));
const settings = fc.array(setting, { minLength: 3, maxLength: 3 });
const months = fc.integer({ min: 100, max: 50_000 });

describe('use and price', () => {
  test('of every setting add up to its change, and volume and mix to use', () => {
    fc.assert(
      fc.property(settings, months, settings, months, (before, monthsBefore, now, monthsNow) => {
        const effects = effectsOf(spendingOf(now, monthsNow), spendingOf(before, monthsBefore));
        effects.forEach(({ use, price, change }, at) => {
          const moved = now[at]!.dollars / monthsNow - before[at]!.dollars / monthsBefore;
          expect(change).toBeCloseTo(moved, 8);
          expect(use! + price!).toBeCloseTo(moved, 5);
        });
        const sum = sumOf(effects)!;
        expect(sum.use + sum.price).toBeCloseTo(sum.change, 5);
        expect(sum.volume + sum.mix).toBeCloseTo(sum.use, 5);
      }),
    );
  });

  test('use is the change in services at the price before, price the change in price at the use now', () => {
    const before = spendingOf([{ dollars: 2000, services: 20 }], 1000);
    const now = spendingOf([{ dollars: 3600, services: 30 }], 1000);
    const [effect] = effectsOf(now, before);
    expect(effect?.use).toBeCloseTo((0.03 - 0.02) * 100, 10);
    expect(effect?.price).toBeCloseTo((120 - 100) * 0.03, 10);
  });

  test('a setting that is new or gone is all use', () => {
    const none = spendingOf([{ dollars: 0, services: 0 }], 1000);
    const some = spendingOf([{ dollars: 500, services: 5 }], 1000);
    expect(effectsOf(some, none)).toMatchObject([{ use: 0.5, price: 0 }]);
    expect(effectsOf(none, some)).toMatchObject([{ use: -0.5, price: 0 }]);
    expect(effectsOf(some, { dollars: [], services: [] })).toMatchObject([{ use: 0.5, price: 0 }]);
  });

  test('twice of everything at the same prices is volume alone, and a shift between settings is mix', () => {
    const before = spendingOf(
      [
        { dollars: 9000, services: 10 },
        { dollars: 1000, services: 10 },
      ],
      1000,
    );
    const twice = spendingOf(
      [
        { dollars: 18_000, services: 20 },
        { dollars: 2000, services: 20 },
      ],
      1000,
    );
    expect(sumOf(effectsOf(twice, before))).toMatchObject({ change: 10, price: 0, volume: 10, mix: 0 });
    const shifted = spendingOf(
      [
        { dollars: 4500, services: 5 },
        { dollars: 1500, services: 15 },
      ],
      1000,
    );
    expect(sumOf(effectsOf(shifted, before))).toMatchObject({ change: -4, price: 0, volume: 0, mix: -4 });
  });

  test('of a hidden setting are not known, nor the sum of all', () => {
    const hidden: Group[] = [{ id: 's0', label: 'Setting 0', cell: suppressedCell({ component: 's0' }) }];
    const before = spendingOf([{ dollars: 9000, services: 10 }], 1000);
    for (const now of [
      { ...before, services: hidden },
      { ...before, dollars: hidden },
    ]) {
      const effects = effectsOf(now, before);
      expect(effects).toMatchObject([{ use: null, price: null }]);
      expect(sumOf(effects)).toBeNull();
    }
  });
});
