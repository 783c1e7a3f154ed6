import { JSDOM } from 'jsdom';
import { describe, expect, test } from 'vitest';
import type { Plan, Risk } from '#contract/risk';
import { calibration } from '../../client/charts/calibration.ts';
import { capture } from '../../client/charts/capture.ts';
import { riskSpread } from '../../client/charts/risk-spread.ts';
import { slopeOf } from '../../client/pages/measure/model.tsx';
import { scoreOf } from '../../client/pages/patient-table.tsx';
import { findingOf } from '../../client/pages/risk/movement.tsx';
import { wilson } from '../../client/statistics/proportion.ts';

const { document } = new JSDOM('').window;
const WIDTHS = [1120, 358];
const points = (svg: Element) =>
  [...svg.querySelectorAll('[data-point]')].map((point) => point.getAttribute('aria-label'));

describe('the spread of predicted risk', () => {
  const bins: Risk['bins'] = [
    { from: 5, persons: 300 },
    { from: 15, persons: 500 },
    { from: 20, persons: 150 },
    { from: 55, persons: 50 },
  ];

  test('says where the reach ends and how many stand beyond 20%', () => {
    expect(riskSpread.finding(bins, { cutoff: 27.4 })).toBe(
      "The team's reach ends at 27%: 80% of people stand under 20%, 200 people at 20% or more",
    );
    expect(riskSpread.finding([...bins, { from: 60, persons: null }], { cutoff: null })).toBe(
      '80% of people stand under 20%, at least 200 people at 20% or more',
    );
    expect(riskSpread.finding([], { cutoff: null })).toBe('Nobody has a predicted risk yet');
  });

  test('has a walkable bar for every step, and hides a small one by name', () => {
    for (const width of WIDTHS) {
      const svg = riskSpread.draw([...bins, { from: 60, persons: null }], { cutoff: 27.4, width, document });
      expect(svg.outerHTML).not.toMatch(/NaN|undefined/);
      expect(points(svg)).toEqual([
        '5 to 10%: 300 people',
        '15 to 20%: 500 people',
        '20 to 25%: 150 people',
        '55 to 60%: 50 people',
        '60 to 65%: hidden',
      ]);
    }
  });
});

describe('the curve of expected admissions', () => {
  const curve: Plan['curve'] = Array.from({ length: 101 }, (_, percent) => ({
    percent,
    share: 1 - (1 - percent / 100) ** 2,
  }));

  test('says what the people reached hold, between the points of the curve', () => {
    expect(capture.finding(curve, { people: 100, listed: 1000 })).toBe(
      '100 people hold 19% of the admissions expected',
    );
    expect(capture.finding(curve, { people: 105, listed: 1000 })).toBe(
      '105 people hold 20% of the admissions expected',
    );
    expect(capture.finding([], { people: 0, listed: 0 })).toBe('How many admissions a list would hold is not known');
  });

  test('draws at every width, with people, nobody or everybody reached', () => {
    for (const width of WIDTHS)
      for (const people of [0, 100, 1000])
        expect(capture.draw(curve, { people, listed: 1000, width, document }).outerHTML).not.toMatch(/NaN|undefined/);
  });
});

describe('expected against seen', () => {
  const tenth = (value: number, expected: number, events: number | null) => ({
    dimension: 'decile of risk',
    value: String(value),
    subjects: events === null ? null : 400,
    events,
    expected: events === null ? null : expected,
  });

  test('agrees where every expected share lies within the interval of what came', () => {
    expect(calibration.finding([tenth(1, 20, 24), tenth(10, 160, 152)], { came: 'admitted' })).toBe(
      'Expected and seen agree in every tenth; in the tenth at most risk 40.0% were expected and 38.0% admitted',
    );
  });

  test('says in how many tenths it differs, and which are hidden', () => {
    const groups = [tenth(1, 20, 60), tenth(2, 4, null), tenth(10, 160, 152)];
    expect(calibration.finding(groups, { came: 'admitted' })).toMatch(/^Expected and seen differ in one of two tenths/);
    expect(calibration.note(groups, { came: 'admitted' })).toBe(
      '1 of 3 tenths are hidden: fewer than 11, or hidden so that such a number cannot be worked out.',
    );
    for (const width of WIDTHS)
      expect(points(calibration.draw(groups, { came: 'admitted', width, document }))).toEqual([
        'Tenth 1 by risk: 5.0% expected, 15.0% admitted',
        'Tenth 10 by risk: 40.0% expected, 38.0% admitted',
      ]);
  });

  test("has Wilson's interval: 10 of 100 are 5.5 to 17.4% (Newcombe, Statistics in Medicine 1998)", () => {
    const { low, high } = wilson(10, 100);
    expect([low, high].map((limit) => Math.round(1000 * limit))).toEqual([55, 174]);
  });
});

test('a score is told in its own unit', () => {
  expect(scoreOf({ score: 56.2, basis: 'model' })).toBe('56%');
  expect(scoreOf({ score: 4.8, basis: 'model' })).toBe('4.8%');
  expect(scoreOf({ score: 1.402, basis: 'hcc' })).toBe('HCC 1.40');
  expect(scoreOf({ score: 1, basis: 'points' })).toBe('1 point');
});

test('movement counts steps up and down, and never a hidden number', () => {
  const cells = [
    { before: 'low', now: 'high', persons: 12 },
    { before: 'high', now: 'low', persons: 30 },
    { before: 'low', now: 'low', persons: 900 },
  ];
  const order = ['low', 'high'];
  expect(findingOf(cells, order)).toBe('12 people moved to a higher tier within a year, 30 to a lower one');
  expect(findingOf([...cells, { before: 'high', now: 'high', persons: null }], order)).not.toMatch(/\d/);
  expect(findingOf([], order)).toBe('Who moved between tiers is not known');
});

test('a slope is told with its interval, a true minus and no minus before zero', () => {
  const slope = { value: 0.974, low: 0.9, high: 1.05 };
  expect(slopeOf({ slope, intercept: { value: -0.001, low: -0.12, high: 0.11 } })).toBe(
    'Calibration slope 0.97 (0.90 to 1.05), intercept 0.00 (−0.12 to 0.11): 1 and 0 are right',
  );
  expect(slopeOf({ slope: null, intercept: null })).toBe('Calibration slope not known');
});
