import fc from 'fast-check';
import { JSDOM } from 'jsdom';
import { describe, expect, test } from 'vitest';
import type { Cell } from '#contract/result';
import { type Churn, churn } from '../../client/charts/churn.ts';
import { funnel } from '../../client/charts/funnel.ts';
import { spine } from '../../client/charts/spine.ts';
import { noun } from '../../client/format/noun.ts';
import { funnelOf } from '../../client/statistics/funnel.ts';
import { reliabilityOf, tellingOf } from '../../client/statistics/reliability.ts';
import { cell, readmissions, screening, spend, suppressedCell } from './charts.rows.ts';

const { document } = new JSDOM('').window;

/** A mean of `n` with its standard error, as the server tells an amount. */
const amount = (value: number, n: number, error: number): Cell => ({
  ...cell({}, value * n, n, spend),
  ...{ value, low: value - 1.96 * error, high: value + 1.96 * error },
});

describe('reliability', () => {
  // Davies, Statistical Methods in Research and Production, 1947: yields of six batches in five samples each; the
  // analysis of variance gives 1764 between batches and 2451 within (also Box and Tiao 1973, 5.1.2; Bates, lme4).
  test('Davies’ dyestuff: variance 1764 between six batches of five, 2451 within, so five tell with 0.78', () => {
    const yields = [
      [1545, 1440, 1440, 1520, 1580],
      [1540, 1555, 1490, 1560, 1495],
      [1595, 1550, 1605, 1510, 1560],
      [1445, 1440, 1595, 1465, 1545],
      [1595, 1630, 1515, 1635, 1625],
      [1520, 1455, 1450, 1480, 1445],
    ];
    const cells = yields.map((batch) => {
      const mean = batch.reduce((sum, one) => sum + one, 0) / 5;
      const variance = batch.reduce((sum, one) => sum + (one - mean) ** 2, 0) / 4;
      return amount(mean, 5, Math.sqrt(variance / 5));
    });
    const found = reliabilityOf(cells, spend);
    expect(found?.within).toBeCloseTo(2451.25, 1);
    expect(found?.between).toBeCloseTo(1764.05, 1);
    expect(found?.at(5)).toBeCloseTo(1764.05 / (1764.05 + 2451.25 / 5), 4);
    expect(found?.enoughFrom).toBe(4);
  });

  // By hand: mean 0.5, spread 10 (0.09 + 0 + 0.09) = 1.8, within (1.6 + 2.5 + 1.6) / 27 = 0.2111,
  // between (1.8 - 2 x 0.2111) / (30 - 300 / 30) = 0.0689, and at ten 0.0689 / (0.0689 + 0.0211) = 0.765.
  test('2, 5 and 8 of ten: 0.765, whatever the scale', () => {
    const tens = [2, 5, 8].map((x) => cell({}, x, 10, readmissions));
    const found = reliabilityOf(tens, readmissions);
    expect(found?.at(10)).toBeCloseTo(0.7654, 4);
    expect(found?.between).toBeCloseTo(688.9, 1);
    expect([19, 20].map((n) => tellingOf(found, n))).toEqual(['too few to say', 'enough to tell apart']);
  });

  test('units of one or two are all or nothing, which tells nobody anything', () => {
    const ones = [1, 0, 1, 1, 0, 1].map((x) => cell({}, x, 1, readmissions));
    expect(reliabilityOf(ones, readmissions)).toBeNull();
  });

  test('units that are all alike cannot be told apart at any size; of fewer than three nobody can say', () => {
    const alike = reliabilityOf(
      [100, 200, 400].map((n) => cell({}, n / 10, n, readmissions)),
      readmissions,
    );
    expect([alike?.between, alike?.at(1e6), alike?.enoughFrom]).toEqual([0, 0, null]);
    expect(tellingOf(alike, 400)).toBe('no difference beyond chance');
    const two = [cell({}, 1, 10, readmissions), cell({}, 9, 10, readmissions), suppressedCell({})];
    expect(reliabilityOf(two, readmissions)).toBeNull();
    expect(tellingOf(null, 10)).toBe('too few to say');
  });

  test('is between 0 and 1, grows with size, and reaches what is enough exactly at the size named', () => {
    const unit = fc
      .integer({ min: 1, max: 500 })
      .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)));
    fc.assert(
      fc.property(fc.array(unit, { minLength: 3, maxLength: 12 }), (units) => {
        const found = reliabilityOf(
          units.map(([x, n]) => cell({}, x, n, readmissions)),
          readmissions,
        );
        const at = [1, 10, 100, 1000].map((n) => found?.at(n) ?? 0);
        expect(at.every((share, place) => share >= 0 && share <= 1 && share >= (at[place - 1] ?? 0))).toBe(true);
        const from = found?.enoughFrom ?? null;
        if (from !== null) expect(found?.at(from)).toBeGreaterThanOrEqual(0.7 - 1e-9);
        if (from !== null && from > 1) expect(found?.at(from - 1)).toBeLessThan(0.7);
      }),
    );
  });
});

/** Both widths keep the promises of chart.ts that a page relies on. */
function points(svgs: readonly Element[]): (string | null)[] {
  const [wide = [], phone] = svgs.map((svg) => {
    expect(svg.outerHTML).not.toMatch(/NaN|undefined|Infinity/);
    return [...svg.querySelectorAll('[data-point]')].map((point) => point.getAttribute('aria-label'));
  });
  expect(phone).toEqual(wide);
  return wide;
}

describe('the spine of one practice', () => {
  const practices = [
    [30, 100],
    [60, 100],
    [90, 100],
    [65, 100],
  ].map(([x = 0, n = 0]) => cell({}, x, n, screening));
  const few = [4, 6, 5].map((x) => cell({}, x, 10, readmissions));
  const row = (id: string, metric: typeof screening, units: Cell[], total: Cell, decile: number | null) => ({
    ...{ id, metric, units, total, cell: units[0] ?? total, decile },
    reliability: reliabilityOf(units, metric),
  });
  const rows = [
    row('a', screening, practices, cell({}, 245, 400, screening), 2),
    row('b', readmissions, few, cell({}, 15, 30, readmissions), null),
  ];
  const options = { name: 'Elm Street', among: noun('practice') };

  test('says only what can be told, and reads each number out with how far it can be told', () => {
    expect(spine.finding(rows, options)).toBe(
      '1 of 2 numbers can tell Elm Street from the others; against the whole ACO worse on breast screening',
    );
    expect(points([1120, 358].map((width) => spine.draw(rows, { ...options, width, document })))).toEqual([
      'Breast screening: 30.0% (21.0–39.0), worse than the whole ACO, 61.3%, decile 2 of the national benchmark',
      'Unplanned readmissions: 40.0% (9.6–70.4), too few to say',
    ]);
    expect(spine.tableOf(rows, options).rows.map(({ reads }) => reads)).toEqual(['Worse', 'Too few to say']);
  });

  test('places nothing among too few practices, and draws a long list in parts that a page can hold', () => {
    const many = Array.from({ length: 30 }, (_, at) =>
      row(`${at}`, screening, practices, cell({}, 245, 400, screening), 2),
    );
    const all = spine.draw([...many, ...rows], { ...options, width: 1120, document });
    const parts = [...all.querySelectorAll('svg')];
    expect(parts.map((part) => part.querySelectorAll('[data-point]').length)).toEqual([16, 16]);
    expect(parts.map((part) => part.textContent?.includes('not placed'))).toEqual([false, true]);
  });

  test('of nothing says so', () => {
    expect(spine.finding([], options)).toBe('Nothing is known of Elm Street');
    expect(spine.draw([], { ...options, width: 358, document }).textContent).toContain('Nothing is known');
  });
});

describe('the funnel of practices', () => {
  test('whose limits are widened says that they differ, not that they cannot be told apart', () => {
    const groups = Array.from({ length: 12 }, (_, at) => ({
      ...{ id: `${at}`, label: `Practice ${at}`, cell: cell({}, 300 + 30 * at, 1000, screening) },
    }));
    const options = { metric: screening, units: noun('practice'), noun: noun('person', 'people') };
    expect(funnel.finding(funnelOf(groups, screening), options)).toBe(
      'The 12 practices differ more than chance allows, and none stands out among them',
    );
  });
});

describe('churn', () => {
  const quarters: Churn[] = [
    {
      assessment: '2026-03-31',
      changes: [
        { flow: 'in', reason: 'coverage began', persons: 12 },
        { flow: 'moved', reason: 'stated so', persons: 3 },
        { flow: 'out', reason: 'died', persons: 4 },
        { flow: 'out', reason: 'coverage ended', persons: 5 },
        { flow: 'out', reason: 'in Medicare Advantage', persons: 6 },
      ],
    },
    { assessment: '2026-06-30', changes: [{ flow: 'in', reason: 'coverage began', persons: null }] },
  ];
  const options = { of: 'the ACO' };

  test('adds reasons up, keeps deaths apart, and draws nothing that is hidden', () => {
    expect(churn.finding(quarters.slice(0, 1), options)).toBe(
      '12 people came to the ACO since Mar 2026, 11 went and 4 died',
    );
    expect(churn.finding(quarters, options)).toMatch(/^At least 12 people came to the ACO/);
    expect(churn.note(quarters, options)).toMatch(/^3 people moved from one practice to another .* hidden/);
    expect(points([1120, 358].map((width) => churn.draw(quarters, { ...options, width, document })))).toEqual([
      'Mar 2026: 12 people came in',
      'Mar 2026: 11 people went out',
      'Mar 2026: 4 people died',
    ]);
    expect(churn.tableOf(quarters, options).rows).toEqual([
      { assessment: '2026-03-31', in: 12, out: 11, died: 4, moved: 3, net: -3 },
      { assessment: '2026-06-30', in: 'hidden', out: 0, died: 0, moved: 0, net: null },
    ]);
  });
});
