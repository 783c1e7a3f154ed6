import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Catalogue } from '#contract/catalogue';
import { Attrition, COHORT, textOf } from '#contract/cohort';
import { Cohorts } from '#contract/dimension';
import { type Cell, Explain, MetricResult, RowsResult } from '#contract/result';
import { Accounting, Lineage, Quality } from '#contract/run';
import { ONE_AT_A_TIME } from '../../server/disclosure/lattice.ts';
import { accountToShare } from '../../server/disclosure/records.ts';
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
const isSmall = (count: number | null) => count !== null && count > 0 && count < 11;
const isNothing = ({ key: _, suppressed, immature: __, ...numbers }: Cell) =>
  suppressed && Object.values(numbers).every((number) => number === null);

const QUESTIONS = [
  ...['', '?by=practice', '?by=sex', '?by=condition', '?by=month', '?by=exclusion', '?by=month,practice'],
  ...['?by=practice,quarter', '?by=condition,month', '?where=condition:gout', '?by=year&where=sex:female'],
  ...['?by=practice&where=practice:p1|p2', '?where=practice:p3&from=2024-01&to=2024-02'],
];

/** The counts that a cell shows, and what a part leaves over. */
function countsOf({ numerator, denominator, rows }: Cell, isMoney: boolean, isPercent: boolean): (number | null)[] {
  if (denominator === null) return [];
  const left = isPercent && numerator !== null ? [denominator - numerator] : [];
  return [...(isMoney ? [] : [numerator]), denominator, rows, ...left];
}

describe('in shareable mode', () => {
  test.each(METRICS.map(({ id }) => id))('%s shows no count of 1 to 10, alone or as what is left', async (id) => {
    for (const question of QUESTIONS) {
      const { metric: about, total, cells } = await metric(`${id}${question}`);
      for (const cell of [total, ...cells]) {
        const counts = countsOf(cell, about.unit.startsWith('dollars'), about.unit === 'percent');
        if (!question.includes('exclusion')) expect(counts.filter(isSmall), question).toEqual([]);
        else expect(isSmall(cell.rows), question).toBe(false);
      }
    }
  });

  test('a hidden cell says so and says nothing else', async () => {
    const { cells } = await metric('readmission-30-day?by=practice,quarter');
    const hidden = cells.filter(({ suppressed }) => suppressed);
    expect(hidden.length).toBeGreaterThan(0);
    expect(hidden.every(isNothing)).toBe(true);
  });

  test('a hidden line is listed in every month, so that its absence does not tell that it counts nothing', async () => {
    const { cells } = await metric('readmission-30-day?by=practice,month&from=2024-01&to=2024-12');
    const practices = new Set(cells.map(({ key }) => key.practice));
    for (const practice of practices) expect(cells.filter(({ key }) => key.practice === practice)).toHaveLength(12);
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

  test('the same numbers are whole for who may see them', async () => {
    const { cells, provenance } = await metric('readmission-30-day?by=practice,sex', admin);
    expect(provenance.mode).toBe('identified');
    expect(cells.some(({ suppressed }) => suppressed)).toBe(false);
    const shareable = await metric('readmission-30-day?by=practice,quarter&mode=shareable', admin);
    expect(shareable).toEqual(await metric('readmission-30-day?by=practice,quarter'));
  });

  test.each([
    ...['by=practice,sex', 'by=sex&where=practice:p1', 'where=practice:p1;sex:female', 'by=exclusion,sex'],
    ...['by=condition&where=condition:diabetes', 'where=condition:diabetes|gout'],
    `where=${encodeURIComponent(`${COHORT}:${textOf({ kind: 'age', from: 65 })}`)}`,
  ])('of groups by two things at once nothing is told, and it is said why: %s', async (question) => {
    const { total, cells, provenance } = await metric(`total-cost-per-member-per-month?${question}`);
    expect([isNothing(total), cells]).toEqual([true, question.includes('by=') || cells.length === 0 ? [] : [total]]);
    expect(provenance.caveats).toContain(ONE_AT_A_TIME);
    expect((await metric(`total-cost-per-member-per-month?${question}`, admin)).provenance.caveats).not.toContain(
      ONE_AT_A_TIME,
    );
  });

  test('the same cell is hidden everywhere: in the table, alone, and in a range of months', async () => {
    const { cells } = await metric('emergency-visits-per-1000?by=practice,month');
    for (const { key, suppressed } of cells) {
      const months = `from=${key.month}&to=${key.month}`;
      const alone = await metric(`emergency-visits-per-1000?where=practice:${key.practice ?? ''}&${months}`);
      const beside = await metric(`emergency-visits-per-1000?by=practice&${months}`);
      const same = beside.cells.find(({ key: { practice } }) => practice === key.practice);
      expect([alone.total.suppressed, same?.suppressed ?? suppressed]).toEqual([suppressed, suppressed]);
    }
  });

  test('the other formats hide the same cells', async () => {
    const { cells } = await metric('readmission-30-day?by=practice,quarter');
    const reply = await server.ask('/api/metrics/readmission-30-day?by=practice,quarter', {
      cookie,
      headers: { accept: 'text/csv' },
    });
    const lines = (await reply.text()).trim().split('\r\n').slice(1);
    cells.forEach(({ suppressed }, at) => {
      expect(lines[at]?.includes(',,,,,,,true,')).toBe(suppressed);
    });
  });

  test('preset cohorts are counted; of others, of steps, of checks and of tables nothing but 0 is told', async () => {
    const { cohorts } = Cohorts.parse(await get('/api/cohorts'));
    expect(cohorts.map(({ id, persons }) => [id, persons])).toEqual([
      ['diabetes', 80],
      ['women-at-p1', 100],
      ['gout', null],
    ]);
    expect(Catalogue.parse(await get('/api/catalogue')).cohorts).toEqual(cohorts);
    const { steps } = Attrition.parse(await get('/api/cohorts/gout/attrition'));
    expect(steps.map(({ persons }) => persons)).toEqual([300, null]);
    expect(Quality.parse(await get('/api/quality')).checks.map(({ violations }) => violations)).toEqual([null, 0]);
    const rowsOf = (nodes: readonly { rows: number | null }[]) => new Set(nodes.map(({ rows }) => rows));
    expect([...rowsOf(Lineage.parse(await get('/api/lineage')).nodes)].filter((rows) => rows !== 0)).toEqual([null]);
    const explain = Explain.parse(await get('/api/metrics/readmission-30-day/explain'));
    expect(explain.checks.map(({ violations }) => violations)).toEqual([null, 0]);
    expect([...rowsOf(explain.lineage)].filter((rows) => rows !== 0)).toEqual([null]);
  });

  test('an account with few records is left out, and how many are', async () => {
    const { files, stages } = Accounting.parse(await get('/api/reconciliation', admin));
    const few = files.map((file) => ({ ...file, loaded: 500, quarantined: 3, duplicate: 0, skipped: 0 }));
    const many = files.map((file) => ({ ...file, loaded: 500, quarantined: 0, duplicate: 0, skipped: 12 }));
    expect(accountToShare({ files: few, stages: [] })).toEqual({ files: [], stages: [], leftOut: files.length });
    expect(accountToShare({ files: many, stages: [] })).toEqual({ files: many, stages: [], leftOut: 0 });
    expect(stages.length).toBeGreaterThanOrEqual(0);
  });
});

describe('the waterfall to be shared', () => {
  const none = { numerator: 417.25, contributors: 0 };
  const of = (hiddenReasons: readonly string[], sum: boolean, counted = false) =>
    waterfallOf(
      { grain: 'member-month', unit: 'dollars per member per month' },
      [
        ...Object.entries({ planned: 40, died: 20, left: 3 }).map(([reason, rows]) => ({
          ...{ ...none, reason, rows, persons: rows },
        })),
        { ...none, reason: null, rows: 500, persons: 500 },
      ],
      true,
      { counted, reasons: { sum, of: (reason) => hiddenReasons.includes(reason) } },
    );
  const numbers = (...asked: Parameters<typeof of>) =>
    of(...asked).map(({ reason, rows, remains }) => [reason, rows, remains]);

  test('shows exclusions that may be shown as they are, and no dollars', () => {
    expect(numbers([], false)).toEqual([
      ['every member-month', 563, 563],
      ['planned', 40, 523],
      ['died', 20, 503],
      ['left', 3, 500],
    ]);
    expect(of([], false).map(({ dollars }) => dollars)).toEqual([null, null, null, null]);
  });

  test('shows of hidden ones what they are together, and lists them last by their words', () => {
    expect(numbers(['left', 'died'], false)).toEqual([
      ['every member-month', 563, 563],
      ['planned', 40, 523],
      ['died', null, null],
      ['left', null, 500],
    ]);
  });

  test('shows what remains only where no hidden ones are still to come, when their sum is hidden', () => {
    expect(numbers(['left', 'died'], true).map(([, , remains]) => remains)).toEqual([null, null, null, 500]);
    expect(numbers(['left', 'died'], false, true).map(([, , remains]) => remains)).toEqual([null, null, null, null]);
  });
});
