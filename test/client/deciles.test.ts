import { describe, expect, test } from 'vitest';
import { decilesOf } from '../../client/statistics/deciles.ts';
import { cell, readmissions } from './charts.rows.ts';

const quarter = '2024-Q1';
const whole = cell({ quarter }, 60, 1200, readmissions);
/** Practices with so many stays each, of which the n-th has a rate of n percent. */
const practices = (...stays: readonly number[]) =>
  stays.map((each, at) => cell({ practice: `p${at}`, quarter }, (at / 100) * each, each, readmissions));
const tenthsOf = (...stays: readonly number[]) => decilesOf(practices(...stays), [whole])[0];
const elevens = (units: number) => Array.from({ length: units }, () => 11);

describe('tenths of practices', () => {
  test('a practice with 10 stays is left out, one with 11 counts', () => {
    const { units, deciles } = tenthsOf(...elevens(11), 10) ?? {};
    expect(units).toBe(11);
    expect(deciles?.map((tenth) => Math.round(10 * tenth) / 10)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test('nine practices with 11 stays have no tenths, however many have fewer', () => {
    expect(tenthsOf(...elevens(9), 10, 10)).toEqual({ quarter, units: 9, deciles: null, all: 5, immature: false });
  });
});
