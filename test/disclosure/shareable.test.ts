import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Catalogue } from '#contract/catalogue';
import { Attrition } from '#contract/cohort';
import { Cohorts } from '#contract/dimension';
import { type Cell, Explain, MetricResult, RowsResult } from '#contract/result';
import { Lineage, Quality } from '#contract/run';
import { waterfallOf } from '../../server/statistics/waterfall.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { METRICS } from '../support/snapshot.ts';

let server: TestServer;
let cookie: string;
let admin: string;
beforeAll(async () => {
  server = await startServer();
  cookie = server.cookieOf('analyst_aggregate');
  admin = server.cookieOf('aco_admin');
});
afterAll(() => server.close());

const get = async (path: string, as = cookie) => (await server.ask(path, { cookie: as })).json();
const metric = async (path: string, as = cookie) => MetricResult.parse(await get(`/api/metrics/${path}`, as));
const isSmall = (count: number) => count > 0 && count < 11;
const QUESTIONS = [
  '',
  '?by=practice',
  '?by=sex',
  '?by=condition',
  '?by=month',
  '?by=practice,sex',
  '?by=age_band,risk_tier',
  '?by=month,practice',
  '?by=condition,sex',
  '?by=year&where=sex:female',
];

/** Small numbers that a cell shows. */
function smallIn({ numerator, denominator, rows }: Cell, isMoney: boolean, isPercent: boolean): (number | null)[] {
  if (denominator === null) return [];
  const counts = isMoney ? [denominator, rows] : [numerator, denominator, rows];
  return [...counts, ...(isPercent ? [denominator - numerator!] : [])].filter((count) => isSmall(count!));
}

describe('in shareable mode', () => {
  test.each(METRICS.map(({ id }) => id))('%s shows no count of 1 to 10, alone or as a difference', async (id) => {
    for (const question of QUESTIONS) {
      const { metric: about, total, cells } = await metric(`${id}${question}`);
      const isMoney = about.unit.startsWith('dollars');
      for (const cell of [total, ...cells])
        expect(smallIn(cell, isMoney, about.unit === 'percent'), question).toEqual([]);
    }
  });

  test('a hidden cell says so and says nothing else', async () => {
    const { cells } = await metric('readmission-30-day?by=practice,sex');
    const hidden = cells.filter(({ suppressed }) => suppressed);
    expect(hidden.length).toBeGreaterThan(0);
    for (const { numerator, denominator, rows, value, low, high, expected } of hidden) {
      expect([numerator, denominator, rows, value, low, high, expected]).toEqual(Array(7).fill(null));
    }
  });

  test('a cell of few people is hidden however many months or dollars they have', async () => {
    const { cells } = await metric('total-cost-per-member-per-month?by=condition');
    expect(cells.map(({ key, suppressed }) => [key.condition, suppressed])).toEqual([
      ['diabetes', false],
      ['gout', true],
      ['heart-failure', false],
    ]);
  });

  test('a rate of events that few people have is hidden, however many events and members they are', async () => {
    const question = 'by=condition&from=2023-01&to=2023-01';
    const whole = await metric(`emergency-visits-per-1000?${question}`, admin);
    const [diabetes] = whole.cells;
    expect([diabetes?.key.condition, diabetes?.numerator, diabetes?.rows]).toEqual(['diabetes', 15, 75]);
    const path = '/api/metrics/emergency-visits-per-1000/rows?from=2023-01&to=2023-01&where=condition:diabetes';
    const { total } = RowsResult.parse(await get(path, admin));
    expect(isSmall(total.persons)).toBe(true);
    expect((await metric(`emergency-visits-per-1000?${question}`)).cells[0]?.suppressed).toBe(true);
  });

  test('no cell is the only hidden one of a table that shows its total', async () => {
    for (const id of METRICS.map(({ id }) => id)) {
      for (const question of ['?by=practice', '?by=sex', '?by=month', '?by=age_band', '?by=risk_tier']) {
        const { total, cells } = await metric(`${id}${question}`);
        const hidden = cells.filter(({ suppressed }) => suppressed);
        if (!total.suppressed) expect(hidden.length, `${id}${question}`).not.toBe(1);
      }
    }
  });

  test('the same numbers are whole for who may see them', async () => {
    const { cells, provenance } = await metric('readmission-30-day?by=practice,sex', admin);
    expect(provenance.mode).toBe('identified');
    expect(cells.some(({ suppressed }) => suppressed)).toBe(false);
    const shareable = await metric('readmission-30-day?by=practice,sex&mode=shareable', admin);
    expect(shareable).toEqual(await metric('readmission-30-day?by=practice,sex'));
  });

  test('a filter does not tell what the table by the same dimension hides', async () => {
    for (const id of METRICS.map(({ id }) => id)) {
      const { cells } = await metric(`${id}?by=practice`);
      for (const { key, suppressed } of cells) {
        const { total } = await metric(`${id}?where=practice:${key.practice ?? ''}`);
        if (suppressed) expect(total.suppressed, `${id} ${key.practice}`).toBe(true);
      }
    }
  });

  test('a filter does not tell a cell that the table of two dimensions hides', async () => {
    const { cells } = await metric('readmission-30-day?by=practice,sex');
    for (const { key, suppressed } of cells) {
      const filtered = await metric(`readmission-30-day?by=sex&where=practice:${key.practice ?? ''}`);
      const same = filtered.cells.find(({ key: { sex } }) => sex === key.sex)!;
      if (suppressed) expect(same.suppressed, JSON.stringify(key)).toBe(true);
    }
  });

  test('all but a few people of a condition are not shown either', async () => {
    const { total } = await metric('cms125-1?from=2024-01&to=2024-12&where=condition:');
    expect(smallIn(total, false, true)).toEqual([]);
    expect((await metric('total-cost-per-member-per-month?where=condition:gout')).total.suppressed).toBe(true);
  });

  test.each(['?by=sex,practice,age_band', '?by=exclusion,sex'])('%s is refused', async (question) => {
    expect((await server.ask(`/api/metrics/readmission-30-day${question}`, { cookie })).status).toBe(400);
  });

  test('the other formats hide the same cells', async () => {
    const { cells } = await metric('readmission-30-day?by=practice,sex');
    const reply = await server.ask('/api/metrics/readmission-30-day?by=practice,sex', {
      cookie,
      headers: { accept: 'text/csv' },
    });
    const lines = (await reply.text()).trim().split('\r\n').slice(1);
    cells.forEach(({ suppressed }, at) => {
      expect(lines[at]!.includes(',,,,,,,true,')).toBe(suppressed);
    });
  });

  test('cohorts, steps, checks and tables with few behind them show no count', async () => {
    const { cohorts } = Cohorts.parse(await get('/api/cohorts'));
    expect(cohorts.map(({ id, persons }) => [id, persons])).toEqual([
      ['diabetes', 75],
      ['women-at-p1', 90],
      ['gout', null],
    ]);
    expect(Catalogue.parse(await get('/api/catalogue')).cohorts).toEqual(cohorts);
    const { steps } = Attrition.parse(await get('/api/cohorts/gout/attrition'));
    expect(steps.map(({ persons }) => persons)).toEqual([300, null]);
    expect(Quality.parse(await get('/api/quality')).checks.map(({ violations }) => violations)).toEqual([null, 0]);
    const small = Lineage.parse(await get('/api/lineage')).nodes.find(({ name }) => name === 'mart.small');
    expect(small!.rows).toBeNull();
    const explain = Explain.parse(await get('/api/metrics/readmission-30-day/explain'));
    expect(explain.checks.map(({ violations }) => violations)).toEqual([null, 0]);
    expect(explain.lineage.find(({ name }) => name === 'mart.small')!.rows).toBeNull();
  });
});

describe('the waterfall to be shared', () => {
  const none = { numerator: 0, contributors: 0 };
  const of = (exclusions: Record<string, number>, counted = 500, countedIsHidden = false) =>
    waterfallOf(
      { grain: 'stay', unit: 'percent' },
      [
        ...Object.entries(exclusions).map(([reason, rows]) => ({ ...none, reason, rows, persons: rows })),
        { ...none, reason: null, rows: counted, persons: counted },
      ],
      true,
      countedIsHidden,
    ).map(({ rows, remains }) => [rows, remains]);

  test('shows large exclusions as they are', () => {
    expect(of({ planned: 40, died: 20 })).toEqual([
      [560, 560],
      [40, 520],
      [20, 500],
    ]);
  });

  test('hides a small exclusion together with the next smallest', () => {
    expect(of({ planned: 40, died: 20, left: 3 })).toEqual([
      [563, 563],
      [40, 523],
      [null, null],
      [null, 500],
    ]);
  });

  test('hides the whole as well when the only exclusion is small, since the rest is known', () => {
    expect(of({ died: 3 })).toEqual([
      [null, null],
      [null, 500],
    ]);
  });

  test('hides the whole when all exclusions together are few', () => {
    expect(of({ died: 3, left: 4 })).toEqual([
      [null, null],
      [null, null],
      [null, 500],
    ]);
  });

  test('shows the dollars of an exclusion only where neither its rows nor the people who have them are few', () => {
    const dollarsOf = (months: number, contributors: number, shareable: boolean) =>
      waterfallOf(
        { grain: 'member-month', unit: 'dollars per member per month' },
        [
          { reason: null, rows: 500, persons: 100, numerator: 9000, contributors: 90 },
          { reason: 'not enrolled that month', rows: months, persons: 20, numerator: 417.25, contributors },
        ],
        shareable,
        false,
      ).map(({ dollars }) => dollars);
    expect(dollarsOf(30, 20, true)).toEqual([null, 417.25]);
    expect(dollarsOf(10, 20, true)).toEqual([null, null]);
    expect(dollarsOf(30, 4, true)).toEqual([null, null]);
    expect(dollarsOf(10, 4, false)).toEqual([null, 417.25]);
  });

  test('does not tell a hidden count of what remains', () => {
    expect(of({ planned: 40, died: 20 }, 5, true)).toEqual([
      [null, null],
      [40, null],
      [20, null],
    ]);
  });
});
