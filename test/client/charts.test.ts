import { JSDOM } from 'jsdom';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Timeline } from '#contract/patient';
import type { Cell } from '#contract/result';
import { type Bar, bars, barsOf, changesOf } from '../../client/charts/bars.ts';
import type { Chart, Table } from '../../client/charts/chart.ts';
import { completion } from '../../client/charts/completion.ts';
import { controlChart } from '../../client/charts/control-chart.ts';
import { decileBands } from '../../client/charts/decile-bands.ts';
import { effects } from '../../client/charts/effects.ts';
import { behindPoint, type Feed, feedMonths } from '../../client/charts/feed-months.ts';
import { forest } from '../../client/charts/forest.ts';
import { funnel } from '../../client/charts/funnel.ts';
import { type HeatRow, heatmap } from '../../client/charts/heatmap.ts';
import { intervals } from '../../client/charts/intervals.ts';
import { type Lab, labLine } from '../../client/charts/lab-line.ts';
import { lorenz } from '../../client/charts/lorenz.ts';
import { pairs } from '../../client/charts/pairs.ts';
import { personCost } from '../../client/charts/person-cost.ts';
import { personLanes } from '../../client/charts/person-lanes.ts';
import { personMeds } from '../../client/charts/person-meds.ts';
import { recordBar } from '../../client/charts/record-bar.ts';
import { returnDays } from '../../client/charts/returns.ts';
import { rollingLine } from '../../client/charts/rolling.ts';
import { sparkline } from '../../client/charts/sparkline.ts';
import { stageBars } from '../../client/charts/stage-bars.ts';
import { timeWindow } from '../../client/charts/time-window.ts';
import { type Step, stepsOf, waterfall } from '../../client/charts/waterfall.ts';
import { type Year, yearCourse } from '../../client/charts/year-course.ts';
import { monthNumber, monthOf } from '../../client/format/date.ts';
import type { Group } from '../../client/format/group.ts';
import { noun } from '../../client/format/noun.ts';
import { decilesOf } from '../../client/statistics/deciles.ts';
import { effectsOf } from '../../client/statistics/effects.ts';
import { funnelOf } from '../../client/statistics/funnel.ts';
import { inequalityOf } from '../../client/statistics/inequality.ts';
import { controlSeries } from '../../client/statistics/spc.ts';
import {
  cell,
  file,
  hospitals,
  memberMonths,
  monthly,
  person,
  readmissionMonths,
  readmissions,
  screening,
  spend,
  spendMonths,
  stays,
  suppressedCell,
  tiers,
  visitMonths,
  visits,
} from './charts.rows.ts';

const { document } = new JSDOM('').window;

beforeEach(() => {
  vi.spyOn(console, 'warn').mockImplementation((...words) => {
    throw new Error(`a chart warned: ${words.join(' ')}`);
  });
});
afterEach(() => vi.restoreAllMocks());

const WIDTHS = [1120, 358];

/** Draws at both widths, holds every promise of chart.ts, and gives back the drawings. */
function drawn<Rows, Options extends object>(chart: Chart<Rows, Options>, rows: Rows, options: Options): Element[] {
  const words = [chart.finding(rows, options), chart.subtitle(rows, options), chart.note(rows, options) ?? ''];
  for (const text of words) expect(text).not.toMatch(/NaN|undefined|null|Infinity|object Object|\.\.| {2}/);
  expect(words[0]).toMatch(/^[^a-z].*[^.]$/);
  checkTable(chart.tableOf(rows, options));
  return WIDTHS.map((width) => {
    const svg = chart.draw(rows, { ...options, width, document });
    const text = svg.outerHTML;
    expect(text).not.toMatch(/NaN|undefined|Infinity|⚠/);
    expect(svg.getAttribute('width')).toBe(String(width));
    expect(svg.getAttribute('aria-label')).toBeTruthy();
    expect(svg.getAttribute('aria-description')).toBe(words[0]);
    expect(svg.querySelector('style')).toBeNull();
    expect([...text.matchAll(/(?:fill|stroke)="([^"]*)"/g)].map(([, paint]) => paint)).toSatisfy((paints: string[]) =>
      paints.every((paint) => /^(var\(--[a-z0-9-]+\)|none|transparent|currentColor|true)$/.test(paint)),
    );
    expect(svg.querySelectorAll('path, rect, circle, line, text').length).toBeLessThanOrEqual(2000);
    for (const size of text.matchAll(/font-size="(\d+)/g)) expect(Number(size[1])).toBeGreaterThanOrEqual(12);
    const points = [...svg.querySelectorAll('[data-point]')];
    for (const point of points) {
      expect(point.getAttribute('aria-label')).toMatch(/\w/);
      expect(point.getAttribute('aria-label')).not.toMatch(/null| ,|,,/);
      expect(point.closest('[aria-hidden]')).toBeNull();
    }
    const ids = points.map((point) => point.getAttribute('data-point'));
    expect(new Set(ids).size).toBe(ids.length);
    return svg;
  });
}

function checkTable({ columns, rows }: Table) {
  const keys = columns.map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
  for (const row of rows) {
    for (const key of keys) expect(row[key]).toSatisfy((value) => typeof value !== 'number' || Number.isFinite(value));
    for (const key of keys) expect(row[key]).toBeDefined();
  }
}

const legible = (svg: Element) => svg.outerHTML.replaceAll('><', '>\n<');

/** One picture per width, kept beside the tests and reviewed like code. */
async function pictured<Rows, Options extends object>(
  name: string,
  chart: Chart<Rows, Options>,
  rows: Rows,
  options: Options,
) {
  for (const [at, svg] of drawn(chart, rows, options).entries()) {
    await expect(legible(svg)).toMatchFileSnapshot(`__snapshots__/${name}-${WIDTHS[at]}.svg`);
  }
}

const points = (svg: Element | undefined) =>
  [...(svg?.querySelectorAll('[data-point]') ?? [])].map((point) => [
    point.getAttribute('data-point'),
    point.getAttribute('aria-label'),
  ]);

const texts = (svg: Element | undefined) => [...(svg?.querySelectorAll('text') ?? [])].map((text) => text.textContent);

const LONG = 'Queensway Regional Medical Center and Heart Institute of the Upper Valley, Eastern Campus';

describe('control chart', () => {
  const options = { metric: readmissions, noun: stays };
  const series = controlSeries(readmissionMonths, readmissions);
  const dated = { ...options, annotations: [{ date: '2026-02-15', label: 'Calls within 48 h begin' }] };

  test('a month above its limits is named, and the run since it', async () => {
    expect(controlChart.finding(series, options)).toBe(
      'January 2026 stands above its limits; the five months since sit below the centre, two short of a shift',
    );
    expect(controlChart.note(series, options)).toBe(
      'Claims still arrive for hollow months; they count toward no limit and no rule. σz is 0.63, so plain p limits are kept. Baseline Jul 2023 to Jun 2025, 24 months. Rules: NHS.',
    );
    await pictured('control-chart', controlChart, series, dated);
  });
  test('each phase keeps its centre, named; the words speak of the last one and tell the one before', async () => {
    const annotations = [
      { date: '2025-03-10', label: 'Transitions nurse started', startsPhase: true },
      { date: '2019-01-01', label: 'Before the chart' },
    ];
    const phased = controlSeries(readmissionMonths, readmissions, { phases: ['2025-03'] });
    expect(controlChart.finding(phased, options)).toBe(
      'January 2026 stands above its limits; the five months since sit below the centre, two short of a shift; before March 2025 the centre was 15.0%',
    );
    expect(controlChart.note(phased, { ...options, annotations })).toMatch(
      /Jul 2023 to Feb 2025: centre 15\.0%\. σz .*Mar 2025 to Aug 2026: centre [\d.]+%\..*Under 20 months the limits are provisional\. Rules: NHS\. 10 Mar 2025: Transitions nurse started; a new phase starts\.$/,
    );
    const chosen = controlSeries(readmissionMonths, readmissions, { limits: 'laney' });
    expect(controlChart.note(chosen, options)).toContain('σz is 0.63; Laney’s p′ limits are chosen.');
    const { columns, rows } = controlChart.tableOf(phased, { ...options, annotations });
    expect(columns.map(({ label }) => label)).toEqual(expect.arrayContaining(['Centre of the phase', 'What changed']));
    expect(rows[20]).toMatchObject({ event: 'Transitions nurse started, 10 Mar 2025; a new phase starts' });
    const [wide] = drawn(controlChart, phased, { ...options, annotations });
    expect(texts(wide)).toEqual(
      expect.arrayContaining(['Transitions nurse started', expect.stringMatching(/15\.0%$/)]),
    );
    expect(texts(wide)).not.toContain('Before the chart');
    expect(points(wide)[20]?.[1]).toMatch(/Transitions nurse started, 10 Mar 2025; a new phase starts\.$/);
    await pictured('control-phases', controlChart, phased, { ...options, annotations });
  });
  test('a phase of which no month is in says so, and what was before', () => {
    const young = controlSeries(readmissionMonths, readmissions, { phases: ['2026-07'] });
    expect(controlChart.finding(young, options)).toBe(
      'No month since July 2026 has all its data yet; before July 2026 the centre was 15.0%',
    );
    drawn(controlChart, young, options);
  });
  test('every month can be walked to, in order, and says what the eye sees', () => {
    const walked = points(drawn(controlChart, series, options)[0]);
    expect(walked).toHaveLength(38);
    expect(walked[30]).toEqual(['2026-01', 'Jan 2026: 21.6%, 82 of 379 index stays. Above the upper limit.']);
    expect(walked[37]).toEqual(['2026-08', 'Aug 2026: 10.8%, 26 of 241 index stays. Claims still arriving.']);
  });
  test('a shift is named once, though each of its months is marked', () => {
    const shifted = controlSeries(visitMonths, visits);
    const wide = drawn(controlChart, shifted, { metric: visits, noun: memberMonths })[0];
    expect(controlChart.finding(shifted, { metric: visits, noun: memberMonths })).toBe(
      'The last eight months above the centre, 469, are a shift for the worse',
    );
    expect(texts(wide).filter((text) => text === 'Eight months above the centre')).toHaveLength(1);
  });
  test('a shift that has ended is still told', () => {
    const counts = Array.from({ length: 40 }, (_, at) => [at > 25 && at < 34 ? 8 : at % 2 ? 9 : 11, 100] as const);
    const past = controlSeries(monthly('2023-01', counts, readmissions), readmissions);
    expect(controlChart.finding(past, options)).toBe(
      'All 40 months lie within their limits around 10.0%; nine months below the centre to October 2025 were a shift for the better',
    );
  });
  test('by Anhøj’s rules months that seldom cross the centre are told, and no trend is', () => {
    const counts = Array.from({ length: 24 }, (_, at) => [at % 8 < 4 ? 9 : 11, 100] as const);
    const slow = controlSeries(monthly('2023-01', counts, readmissions), readmissions, { rules: 'anhoej' });
    expect(controlChart.finding(slow, options)).toBe(
      'All 24 months lie within their limits around 10.0%; the last four months sit above the centre, five short of a shift; months cross the centre five times, where chance brings eight or more',
    );
    expect(controlChart.note(slow, options)).toMatch(/Rules: Anhøj\.$/);
  });
  test('dollars keep within limits from neighbouring months', () => {
    const wide = controlSeries(spendMonths, spend);
    expect(controlChart.finding(wide, { metric: spend, noun: memberMonths })).toBe(
      'All 33 months lie within their limits around $1,054',
    );
    drawn(controlChart, wide, { metric: spend, noun: memberMonths });
  });
  test('under twelve months it is a run chart', () => {
    const run = controlSeries(readmissionMonths.slice(0, 8), readmissions);
    expect(controlChart.finding(run, options)).toBe('Eight months are too few for limits; the median is 15.2%');
    expect(texts(drawn(controlChart, run, options)[0])).toContain('Median 15.2%');
  });
  test('several months outside are counted, the last named', () => {
    const counts = Array.from({ length: 36 }, (_, at) => [at > 30 && at % 2 ? 40 : 10, 100] as const);
    const many = controlSeries(monthly('2023-01', counts, readmissions), readmissions);
    expect(controlChart.finding(many, options)).toBe('Three months stand above their limits, the last December 2025');
  });
  test.each<[string, Cell[], string]>([
    ['no month', [], 'No months to show'],
    ['one month', monthly('2026-01', [[3, 40]], readmissions), 'One month is too few for limits; the median is 7.5%'],
    ['only immature months', monthly('2026-01', [[3, 40]], readmissions, 1), 'No month has all its data yet'],
    [
      'equal months',
      monthly('2024-01', Array(24).fill([10, 100]), readmissions),
      'All 24 months lie within their limits around 10.0%',
    ],
    [
      'no event',
      monthly('2024-01', Array(24).fill([0, 100]), readmissions),
      'All 24 months lie within their limits around 0.0%',
    ],
    ['only suppressed months', [suppressedCell({ month: '2026-01' })], 'Too few to be shown month by month'],
    [
      'months without a denominator',
      monthly('2026-01', Array(3).fill([0, 0]), readmissions),
      'No month has all its data yet',
    ],
  ])('%s', (_, cells, finding) => {
    const edge = controlSeries(cells, readmissions);
    expect(controlChart.finding(edge, options)).toBe(finding);
    drawn(controlChart, edge, options);
    drawn(sparkline, edge, { metric: readmissions });
  });
  test('sixty months with gaps keep their labels apart', () => {
    const counts = Array.from({ length: 60 }, (_, at) => [at % 7 ? 1500 : 1900, 10_000 + at] as const);
    const cells = monthly('2021-01', counts, readmissions, 3).filter((_, at) => at % 11 !== 5);
    const sixty = controlSeries([...cells, suppressedCell({ month: '2021-06' })], readmissions);
    const [wide, compact] = drawn(controlChart, sixty, {
      ...options,
      noun: noun('member month with a very long name'),
    });
    for (const svg of [wide, compact]) expect(points(svg)).toHaveLength(cells.length);
  });
  test('the table has every month, gaps too, with what the rules make of it', () => {
    const { columns, rows } = controlChart.tableOf(series, options);
    expect(columns.map(({ label }) => label)).toEqual([
      'Month',
      'Value',
      'Numerator',
      'Index stays',
      'Lower limit',
      'Upper limit',
      'Reads',
    ]);
    expect(rows[30]).toMatchObject({
      month: 'Jan 2026',
      numerator: 82,
      denominator: 379,
      reads: 'Above the upper limit',
    });
  });
});

describe('sparkline', () => {
  const options = { metric: readmissions, comparator: { label: 'the year before', value: 14.9 } };
  test('one picture with one name, 48 px high', async () => {
    const series = controlSeries(readmissionMonths, readmissions);
    expect(sparkline.finding(series, options)).toBe('June 2026 is 11.7%; one month of 36 outside the limits');
    await pictured('sparkline', sparkline, series, options);
    const svg = drawn(sparkline, series, options)[0];
    expect([svg?.getAttribute('role'), svg?.getAttribute('height')]).toEqual(['img', '48']);
    const [marked] = drawn(sparkline, series, {
      ...options,
      annotations: [{ date: '2026-02-15', label: 'Calls begin' }],
    });
    expect(marked?.getAttribute('aria-label')).toBe('Unplanned readmissions by month; Calls begin, Feb 2026');
  });
});

const step = (label: string, kind: Step['kind'], removed: number | null, remains: number | null): Step => ({
  id: label,
  label,
  kind,
  removed,
  remains,
});

describe('waterfall', () => {
  const options = { noun: noun('acute stay') };
  const steps = [
    step('Every stay', 'start', null, 5204),
    step('Moved on to another acute hospital', 'leaves', 325, 4879),
    step('Died in hospital', 'leaves', 131, 4748),
    step(LONG, 'leaves', 636, 4112),
    step('Acute stays counted (denominator)', 'keeps', null, 4112),
    step('Unplanned readmissions (numerator)', 'counts', null, 584),
  ];
  test('who leaves by which rule, and who remains', async () => {
    expect(waterfall.finding(steps, options)).toBe(
      `Of 5,204 acute stays, 4,112 count, and 584 are in the numerator; the most leave for “${LONG}”, 636`,
    );
    await pictured('waterfall', waterfall, steps, options);
    expect(points(drawn(waterfall, steps, options)[0])[1]).toEqual([
      'Moved on to another acute hospital',
      'Moved on to another acute hospital: 325 leave, 4,879 remain',
    ]);
  });
  test('an explained metric becomes steps; the numerator of a rate per 1,000 is not some of its rows', () => {
    const explain = (unit: 'percent' | 'per 1,000 members per year') => ({
      metric: { ...readmissions, unit },
      counts: { numerator: 584, denominator: 4112, rows: 4112 },
      waterfall: [
        { reason: 'every stay', rows: 4243, remains: 4243, dollars: null },
        { reason: 'died in hospital', rows: 131, remains: 4112, dollars: null },
      ],
    });
    expect(stepsOf(explain('percent'), stays).map(({ label, remains }) => [label, remains])).toEqual([
      ['Every stay', 4243],
      ['died in hospital', 4112],
      ['Index stays counted (denominator)', 4112],
      ['Unplanned readmissions (numerator)', 584],
    ]);
    expect(stepsOf(explain('per 1,000 members per year'), stays)).toHaveLength(3);
  });
  test('hidden counts are not shown, and not called small', () => {
    const hidden = [
      step('Every stay', 'start', null, null),
      step('Died in hospital', 'leaves', null, null),
      step('Left', 'leaves', 20, 100),
      step('Counted', 'keeps', null, 100),
      step('Numerator', 'counts', null, null),
    ];
    expect(waterfall.finding(hidden, options)).toBe(
      'Of all acute stays, 100 count, and the numerator is not shown; the most leave for “Left”, 20',
    );
    expect(points(drawn(waterfall, hidden, options)[0])[1]?.[1]).toBe(
      'Died in hospital: not shown leave, not shown remain',
    );
    const silent = hidden.map((one) => ({ ...one, removed: null, remains: null }));
    expect(waterfall.finding(silent, options)).toBe('Which acute stays count is not shown');
    const unsure = hidden.filter(({ label }) => label !== 'Left');
    expect(waterfall.finding(unsure, options)).toBe('Of all acute stays, 100 count, and the numerator is not shown');
  });
  test('a rule too long for its column stands on two lines', () => {
    const rule = 'not in fee-for-service Part A for 12 months before admission';
    const svg = waterfall.draw([...steps, step(rule, 'leaves', 6, 4742)], { ...options, width: 556, document });
    const lines = [...svg.querySelectorAll('text')].map((text) => [...text.children].map((line) => line.textContent));
    expect(lines).toContainEqual(['less  not in fee-for-service Part A for 12 months', 'before admission']);
  });
  test('nobody to count, and nobody who leaves', () => {
    expect(waterfall.finding([], options)).toBe('No acute stays to count');
    drawn(waterfall, [], options);
    const all = [step('Every stay', 'start', null, 1), step('Counted', 'keeps', null, 1)];
    expect(waterfall.finding(all, options)).toBe('Of 1 acute stay, 1 counts; none leaves');
    drawn(waterfall, all, options);
  });
});

describe('funnel', () => {
  const options = { metric: readmissions, units: noun('hospital'), noun: stays };
  test('only those outside are named', async () => {
    const rows = funnelOf(hospitals, readmissions);
    expect(funnel.finding(rows, options)).toBe(
      'St. Brendan Hospital stands above the limits; Quarry Hill Community stands below the limits; the other 18 hospitals cannot be told apart',
    );
    await pictured('funnel', funnel, rows, options);
    const [wide] = drawn(funnel, rows, options);
    const names = texts(wide).join('\n');
    expect(names).toContain('St. Brendan Hospital');
    expect(names).not.toContain('Mercy Lake');
    expect(points(wide)[0]).toEqual(['brendan', 'St. Brendan Hospital: 118 of 521, 22.6%, above the 99.8% limit']);
  });
  test.each<[string, Group[], string]>([
    ['no unit', [], 'No hospitals to compare'],
    ['one unit', hospitals.slice(5, 6), 'The one hospital cannot be told from chance'],
    ['units alike', hospitals.slice(5, 9), 'The four hospitals cannot be told apart'],
    [
      'no event',
      hospitals.slice(0, 3).map((group) => ({ ...group, cell: cell({ facility: group.id }, 0, 50, readmissions) })),
      'The three hospitals cannot be told apart',
    ],
    ['only suppressed', [{ id: 's', label: 'S', cell: suppressedCell({ facility: 's' }) }], 'No hospitals to compare'],
  ])('%s', (_, groups, finding) => {
    const rows = funnelOf(groups, readmissions);
    expect(funnel.finding(rows, options)).toBe(finding);
    drawn(funnel, rows, options);
  });
  test('widened limits say so', () => {
    const units = Array.from({ length: 12 }, (_, at): Group => {
      const id = `${LONG} ${at}`;
      return { id, label: id, cell: cell({ facility: id }, at === 0 ? 200 : 20 + 4 * at, 400, readmissions) };
    });
    const rows = funnelOf(units, readmissions);
    expect(funnel.note(rows, options)).toMatch(
      /differ more than chance alone allows \(φ \d+\.\d\), so limits are widened by τ = \d+\.\d pp/,
    );
    drawn(funnel, rows, options);
  });
  test('visits per 1,000 have one too', () => {
    const units = [4200, 3900, 5900].map((x, at): Group => {
      const id = `practice ${at}`;
      return { id, label: id, cell: cell({ practice: id }, x, 100_000, visits) };
    });
    const rows = funnelOf(units, visits);
    expect(funnel.finding(rows, { metric: visits, units: noun('practice'), noun: memberMonths })).toBe(
      'Practice 2 stands above the limits; practice 0 and practice 1 stand below the limits',
    );
    drawn(funnel, rows, { metric: visits, units: noun('practice'), noun: memberMonths });
  });
});

describe('observed over expected', () => {
  const options = { title: 'Readmissions', groups: noun('hospital'), ofNames: true, counted: noun('return') };
  const group = (id: string, numerator: number, expected: number, ratioLow: number, ratioHigh: number): Group => ({
    id,
    label: id,
    cell: { ...cell({ facility: id }, numerator, 100, readmissions), expected, ratioLow, ratioHigh },
  });
  const groups = [group('Vale', 20, 10, 1.2, 3.1), group('Brook', 9, 10, 0.4, 1.7), group('Ford', 1, 0.4, 0.1, 14)];
  test('names who had more or fewer; too little expected is said and not drawn', async () => {
    expect(forest.finding(groups, options)).toBe('Vale had more than expected');
    expect(forest.finding(groups.slice(1), options)).toBe('No hospital had more or fewer than expected');
    expect(forest.note(groups, options)).toBe('One hospital with under one expected not drawn.');
    await pictured('forest', forest, groups, options);
    expect(points(drawn(forest, groups, options)[0])[0]).toEqual([
      'Vale',
      'Vale: 20 returns, 10.0 expected, ratio 2.00, 95% limits 1.20–3.10, more than expected',
    ]);
    drawn(forest, [], options);
  });
});

describe('days to the return', () => {
  const options = { noun: noun('readmission') };
  const days = [2, 5, 3].concat(Array(28).fill(1)).map((returns, day) => ({ day, returns }));
  test('say when half are back, and each day how many by then', async () => {
    expect(returnDays.finding(days, options)).toBe('Half are back by day 11, 39% within a week');
    await pictured('return-days', returnDays, days, options);
    expect(points(drawn(returnDays, days, options)[0])[1]).toEqual(['1', 'Day 1: 5 readmissions, 18% by then']);
    drawn(returnDays, [], options);
  });
});

describe('reasons in pairs', () => {
  const options = { noun: noun('readmission') };
  const side = (id: string) => ({ id, label: id === 'other' ? 'Other' : id });
  const rows = [
    { before: side('stroke'), after: side('stroke'), returns: 3 },
    { before: side('stroke'), after: side('other'), returns: 2 },
    { before: side('other'), after: side('stroke'), returns: 4 },
  ];
  test('count those who came back for the same; what has no name is no finding', async () => {
    expect(pairs.finding(rows, options)).toBe(
      '3 of the 5 after a named reason came back for the same one, stroke most (3)',
    );
    await pictured('pairs', pairs, rows, options);
    expect(points(drawn(pairs, rows, options)[0])[0]).toEqual([
      'stroke/stroke',
      'stroke, back with stroke: 3 readmissions',
    ]);
    drawn(pairs, [], options);
  });
  test('stand in one order both ways, so that the same reasons lie on the diagonal', () => {
    const [wide] = drawn(
      pairs,
      [
        { before: side('stroke'), after: side('stroke'), returns: 3 },
        { before: side('sepsis'), after: side('sepsis'), returns: 2 },
        { before: side('other'), after: side('sepsis'), returns: 9 },
      ],
      options,
    );
    const heads = texts(wide).filter((text) => ['stroke', 'sepsis'].includes(text));
    expect(heads).toEqual(['stroke', 'sepsis', 'stroke', 'sepsis']);
  });
});

describe('months of feeds', () => {
  const feed = (kind: string, counts: readonly number[]): Feed => ({
    ...{ source_name: 'ehr', kind },
    months: counts.map((rows, at) => ({ month: monthOf(monthNumber('2025-01') + at), rows })),
  });
  const steady = [100, 98, 102, 101, 99, 100, 103, 97];
  const holed = feed('lab_result', [100, 98, 0, 101, 99, 100, 103, 40]);

  test('say which month is empty or thin, but not of the newest two, nor of a feed that comes and goes', async () => {
    const said = (...feeds: Feed[]) => feedMonths.finding(feeds, {});
    expect(said(feed('procedure', steady), feed('medication', [500, 10, 400, 90, 30, 0, 700, 5]))).toBe(
      'Medication, EHR: nothing of June 2025',
    );
    expect(said(feed('procedure', [...steady.slice(0, 6), 30, 20]))).toBe(
      'No month is missing in the one feed with dates',
    );
    expect(said(holed)).toBe('Lab result, EHR: nothing of March 2025');
    expect(said(holed, feed('procedure', [100, 98, 20, 101, 99, 0, 103, 101, 40, 10]))).toBe(
      'Two months in two feeds hold nothing; procedure, EHR: less than a third of the usual records of March 2025',
    );
    await pictured('feed-months', feedMonths, [holed, feed('procedure', steady)], {});
    const [, , march] = points(drawn(feedMonths, [holed], {})[0]);
    expect(march).toEqual([
      '2025-03|lab_result|ehr',
      'Lab result, EHR, March 2025: 0 records, 0% of the usual month, none where there should be some',
    ]);
    expect(behindPoint('2025-03|lab_result|a|b')).toEqual({ month: '2025-03', kind: 'lab_result', source: 'a|b' });
    drawn(feedMonths, [], {});
  });
});

describe('decile bands', () => {
  const options = { metric: readmissions, units: noun('practice') };
  const quarters = ['2024-Q1', '2024-Q2', '2024-Q3', '2024-Q4', '2025-Q1'];
  const rows = (practices: number) =>
    decilesOf(
      quarters.flatMap((quarter, at) =>
        Array.from({ length: practices }, (_, one) =>
          cell({ practice: `p${one}`, quarter }, 4 + one + (one % 3) * at, 100, readmissions),
        ),
      ),
      quarters.map((quarter) => ({ ...cell({ quarter }, 120, 1200, readmissions), immature: quarter === '2025-Q1' })),
    );
  test('say between which values eight in ten lay in the last whole quarter, and draw no young one', async () => {
    expect(decileBands.finding(rows(12), options)).toBe(
      'Eight in ten practices lay between 7.1% and 17.9% in Q4 2024; everybody together 10.0%',
    );
    expect(decileBands.note(rows(12), options)).toMatch(/Quarters whose claims still arrive are not drawn\.$/);
    await pictured('decile-bands', decileBands, rows(12), options);
    const annotations = [
      { date: '2024-05-20', label: 'Nurse started' },
      { date: '2025-01-01', label: 'Not yet drawn' },
    ];
    const [wide] = drawn(decileBands, rows(12), { ...options, annotations });
    expect(points(wide).map(([id]) => id)).toEqual(quarters.slice(0, 4));
    expect(points(wide)[1]?.[1]).toMatch(/; Nurse started, 20 May 2024$/);
    expect(texts(wide)).toContain('Nurse started');
    expect(texts(wide)).not.toContain('Not yet drawn');
  });
  test('of under ten practices, and of none', () => {
    expect(decileBands.finding(rows(9), options)).toBe(
      'Fewer than ten practices are large enough to show how far they lie apart',
    );
    drawn(decileBands, rows(9), options);
    drawn(decileBands, [], options);
  });
});

describe('intervals', () => {
  const options = {
    metric: readmissions,
    noun: stays,
    by: 'risk tier',
    ofNames: false,
    comparator: { label: 'the whole ACO', value: 14.2 },
  };
  test('of groups by need say the gap, the ratio and the slope of inequality', () => {
    const inequality = inequalityOf([
      { id: 'most', label: 'Most', cell: cell({}, 20, 100, readmissions) },
      { id: 'least', label: 'Least', cell: cell({}, 10, 100, readmissions) },
      { id: '', label: 'Not known', cell: cell({}, 1, 50, readmissions) },
    ]);
    if (!inequality) throw new Error('two groups have a slope');
    expect(intervals.note(tiers.slice(0, 2), { ...options, inequality })).toBe(
      'From the group least in need to the group most in need: +10.0 pp, 2.00 times as much. Slope index of inequality +20.0 pp (95% +0.4 pp to +39.6 pp). Group not known: 20%.',
    );
    drawn(intervals, tiers, { ...options, inequality });
  });
  test('groups keep their order; only intervals that clear the line are coloured', async () => {
    expect(intervals.finding(tiers, options)).toBe(
      'Very high is worse than the whole ACO, 14.2%; low and moderate are better',
    );
    expect(intervals.finding(tiers, { ...options, ofNames: true })).toMatch(/; Low and Moderate are better$/);
    await pictured('intervals', intervals, tiers, options);
    const walked = points(drawn(intervals, tiers, options)[0]);
    expect(walked[2]).toEqual([
      'high',
      'High: 14.7%, 95% interval 13.1–16.4, 1,790 index stays, no different from the whole ACO, 14.2%',
    ]);
    expect(walked[4]).toEqual(['unknown', 'Not known: hidden']);
    expect(walked[5]?.[1]).toMatch(/too few to say$/);
  });
  test.each<[string, Group[], string]>([
    ['no group', [], 'No groups to compare'],
    ['only a small one', tiers.slice(5), 'Every group is too small to say'],
    ['only a suppressed one', tiers.slice(4, 5), 'Every group is too small to say'],
    ['none that differs', tiers.slice(2, 3), 'No group by risk tier can be told from the whole ACO, 14.2%'],
    [
      'long names',
      tiers.slice(3, 4).map((group) => ({ ...group, label: LONG })),
      `${LONG} is worse than the whole ACO, 14.2%`,
    ],
  ])('%s', (_, groups, finding) => {
    expect(intervals.finding(groups, options)).toBe(finding);
    drawn(intervals, groups, options);
  });
  test('without a comparator nothing is judged', () => {
    const without = { ...options, comparator: { label: 'earlier year', value: null } };
    expect(intervals.finding(tiers, without)).toBe('There is no earlier year to compare with');
    drawn(intervals, tiers, without);
  });
});

describe('a measure along its year', () => {
  const year = (name: string, eligible: number, met: readonly number[], from = 1): Year => ({
    ...{ year: name, eligible },
    months: met.map((one, at) => ({ month: `${name}-${String(from + at).padStart(2, '0')}`, met: one })),
  });
  const before = year('2025', 80, [10, 15, 20, 25, 30, 33, 36, 40, 44, 48, 52, 56]);
  const options = {
    ...{ metric: screening, noun: noun('person', 'people') },
    goal: { rate: 80, people: 31, name: 'the target', label: '80%, the target' },
  };

  test('says what is left to the goal, by month; a point is a month and the people of it', () => {
    const course = { now: year('2026', 100, [20, 30, 38, 42, 45, 46, 47, 48, 49]), before };
    expect(yearCourse.finding(course, options)).toBe(
      'Breast screening: 31 more by 31 December bring the target, 11 a month; 2025 ended at 70.0%',
    );
    for (const svg of drawn(yearCourse, course, options)) {
      expect(points(svg)).toHaveLength(12 + 9);
      expect(points(svg).at(-1)).toEqual(['2026-09', 'By Sep 2026: 49 of 100 people, 49.0%']);
    }
  });

  test('draws only ends where no month can be told, and no way where the year is over or nothing is left', () => {
    const ends = { now: year('2026', 100, [49], 9), before: year('2025', 80, [56], 12) };
    const [wide] = drawn(yearCourse, ends, { ...options, onlyEnds: 'the last value decides' });
    expect(points(wide).map(([id]) => id)).toEqual(['2025-12', '2026-09']);
    const over = { now: before, before: year('2024', 0, []) };
    expect(yearCourse.finding(over, options)).toBe('Breast screening: 31 more would have brought the target');
    expect(yearCourse.finding(over, { ...options, goal: null })).toBe('Breast screening: 70.0% by Dec 2025');
    expect(drawn(yearCourse, { now: over.before, before: over.before }, options)).toHaveLength(2);
  });
});

describe('effects', () => {
  const HOSPITAL = 'Inpatient hospital';
  const options = { changeFrom: 'the year before' };
  const setting = (id: string, label: string, numerator: number, unit: typeof spend): Group => ({
    id,
    label,
    cell: cell({ component: id }, numerator, 1000, unit),
  });
  const hospital = (dollars: number, stays: number) => ({
    dollars: [setting('inpatient', HOSPITAL, dollars, spend), setting('office', 'Office', 90_000, spend)],
    services: [setting('inpatient', HOSPITAL, stays, visits), setting('office', 'Office', 900, visits)],
  });
  const rows = effectsOf(hospital(270_000, 18), hospital(300_000, 25));
  test('what moved, by use and by price, and the sum closes the list', async () => {
    expect(effects.finding(rows, options)).toBe(
      `Spending fell by $30.00 per member per month from the year before: use −$84.00, price +$54.00; the largest part is the use of inpatient hospital, −$84.00`,
    );
    expect(effects.note(rows, options)).toMatch(
      /^Of the −\$84\.00 of use, −\$2\.95 is the number of services at the average price, −\$81\.05 their mix among settings\./,
    );
    await pictured('effects', effects, rows, options);
    expect(points(drawn(effects, rows, options)[0])).toEqual([
      ['inpatient', `${HOSPITAL}: $270, change −$30.00, of which use −$84.00 and price +$54.00`],
      ['office', 'Office: $90.00, change $0.00, of which use $0.00 and price $0.00'],
      ['total', 'All settings: $360, change −$30.00, of which use −$84.00 and price +$54.00'],
    ]);
  });
  test('a hidden setting is named and not drawn, and no sum gives it away', () => {
    const hidden = { id: 'hospice', label: 'Hospice', cell: suppressedCell({ component: 'hospice' }) };
    const now = { dollars: [...hospital(1, 1).dollars, hidden], services: [...hospital(1, 1).services, hidden] };
    const some = effectsOf(now, hospital(300_000, 25));
    expect(effects.note(some, options)).toMatch(/Hospice not drawn: fewer than 11/);
    expect(points(drawn(effects, some, options)[0]).map(([id]) => id)).not.toContain('total');
    expect(effects.tableOf(some, options).rows.map(({ label }) => label)).not.toContain('All settings');
  });
  test('nothing to compare', () => {
    drawn(effects, [], options);
    expect(effects.finding([], options)).toBe('There is no spending of the year before to compare with');
    expect(effects.note([], options)).toBeNull();
  });
});

describe('completion', () => {
  const monthsOf = (...shares: number[]) =>
    shares.map((completion, at) => ({ month: `2026-0${at + 1}`, lag: shares.length - 1 - at, completion }));
  const young = monthsOf(1, 1, 0.999, 0.97, 0.82, 0.115);
  test('says to which month nearly all has been paid, and how much since; young months are hollow', async () => {
    expect(completion.finding(young, {})).toBe(
      'To April 2026 95% or more has been paid, then about 82% of May 2026 and 12% of June 2026',
    );
    await pictured('completion', completion, young, {});
    expect(points(drawn(completion, young, {})[0]).slice(3, 5)).toEqual([
      ['2026-04', 'Apr 2026: 97.0% paid, 2 months after care'],
      ['2026-05', 'May 2026: 82.0% paid, 1 month after care, young'],
    ]);
  });
  test('nothing young, all young, and nothing known', () => {
    expect(completion.finding(monthsOf(1, 0.96), {})).toBe('Of every month 95% or more has been paid');
    expect(completion.finding(monthsOf(0.4), {})).toBe('About 40% of January 2026 has been paid');
    expect(completion.finding([], {})).toBe('No claim tells when it was paid');
    for (const rows of [monthsOf(1, 1.02), monthsOf(0.4), []]) drawn(completion, rows, {});
  });
});

describe('lorenz', () => {
  const share = (percent: number) => 100 * (1 - (1 - percent / 100) ** 4);
  const curve = Array.from({ length: 100 }, (_, at) => {
    const percent = at + 1;
    return { percent, persons: 12 * percent, dollars: 1000 * share(percent), share: share(percent) };
  });
  const options = { what: 'spending', gini: 0.6 };
  test('says what the costliest twentieth and the other half account for', async () => {
    expect(lorenz.finding(curve, options)).toBe(
      'The costliest 5% of people (60) account for 19% of spending; the half who cost least, for 6.3%',
    );
    await pictured('lorenz', lorenz, curve, options);
    expect(points(drawn(lorenz, curve, options)[1])).toEqual([
      ['1', 'Costliest 1%, 12 people: 3.9% of spending'],
      ['5', 'Costliest 5%, 60 people: 19% of spending'],
      ['10', 'Costliest 10%, 120 people: 34% of spending'],
      ['20', 'Costliest 20%, 240 people: 59% of spending'],
      ['50', 'Costliest 50%, 600 people: 94% of spending'],
    ]);
  });
  test('what may not be shown is named, and nobody is counted', () => {
    const shared = curve.filter(({ percent }) => percent > 10).map((row) => ({ ...row, persons: null }));
    expect(lorenz.finding(shared, options)).toBe(
      'The costliest 20% of people account for 59% of spending; the half who cost least, for 6.3%',
    );
    expect(lorenz.note(shared, options)).toMatch(/The costliest 1%, 5% and 10% not shown: fewer than 11/);
    drawn(lorenz, shared, options);
    drawn(lorenz, [], { ...options, gini: null });
  });
});

describe('bars', () => {
  const dollars = 'dollars per member per month';
  const part = (label: string, value: number | null, note?: string): Bar => ({
    id: label,
    label,
    value,
    ...(note && { note }),
  });
  const change = {
    unit: dollars,
    what: 'spend',
    changeFrom: 'the year before',
    total: part('All spending', -3.6),
  } as const;
  const moved = [
    part('Hospital outpatient', 4, 'imaging price +6%; use flat'),
    part('Nursing facility', -9.4, '62 fewer stays'),
    part('Part B drugs', 5.8),
    part('Home health', -2.3),
    part(LONG, 0),
  ];
  test('changes run from the largest fall to the largest rise, with signs', async () => {
    expect(bars.finding(moved, change)).toBe(
      'Spend fell by $3.60 per member per month from the year before; nursing facility fell most (−$9.40) and Part B drugs rose most (+$5.80)',
    );
    await pictured('bars-change', bars, moved, change);
    expect(points(drawn(bars, moved, change)[0]).map(([id]) => id)).toEqual([
      'Nursing facility',
      'Home health',
      LONG,
      'Hospital outpatient',
      'Part B drugs',
      'All spending',
    ]);
  });
  test('parts run from the largest, and the total closes the list as a number', async () => {
    const parts = { unit: dollars, what: 'spend', total: part('All spending', 996) } as const;
    const rows = [part('Home health', 69), part('Inpatient', 412), part('Part B drugs', null)];
    expect(bars.finding(rows, parts)).toBe('Inpatient is the largest part of spend, $412 of $996 (41%)');
    expect(bars.note(rows, parts)).toMatch(/^Part B drugs not drawn: fewer than 11/);
    await pictured('bars-parts', bars, rows, parts);
  });
  test.each<[string, Bar[], string]>([
    ['no part', [], 'No spend to show'],
    ['one part', [part('Home health', 12)], 'Home health is the largest part of spend, $12.00'],
    ['nothing spent', [part('Home health', 0)], 'No spend in any part'],
    ['all hidden', [part('Home health', null)], 'No spend to show'],
  ])('%s', (_, rows, finding) => {
    expect(bars.finding(rows, { unit: dollars, what: 'spend' })).toBe(finding);
    drawn(bars, rows, { unit: dollars, what: 'spend' });
  });
  test('nothing moved', () => {
    expect(bars.finding([part('Home health', 0)], { ...change })).toBe('No part of spend moved from the year before');
  });
  test('a part that only one period has counts as 0 in the other; a hidden one is not known', () => {
    const group = (id: string, value: number | null): Group => ({
      id,
      label: id,
      cell: { ...cell({}, 1, 1, spend), value },
    });
    const now = [group('a', 5), group('b', 3), group('c', null)];
    const before = [group('a', 4), group('c', 2), group('d', 7)];
    expect(changesOf(now, before).map(({ id, value }) => [id, value])).toEqual([
      ['a', 1],
      ['c', null],
      ['d', -7],
      ['b', 3],
    ]);
    expect(barsOf(now)[0]).toEqual({ id: 'a', label: 'a', value: 5 });
  });
});

describe('heat map', () => {
  const practices = ['Vale Family Med.', 'Harbor Internal', 'Fenwick RHC', LONG];
  const options = { groups: practices.map((label) => ({ id: label, label })), by: noun('practice') };
  const row = (
    title: string,
    metric: typeof screening,
    target: number,
    values: readonly (number | null)[],
  ): HeatRow => {
    const named = { ...metric, title };
    const size = metric === visits ? 20_000 : 500;
    const parts = values.map((value) => ((value ?? 50) * size) / metric.scale);
    const sum = parts.reduce((a, b) => a + b, 0);
    return {
      id: title,
      metric: named,
      total: cell({}, sum, size * values.length, named),
      comparator: { label: 'the target', value: target },
      cells: Object.fromEntries(
        practices.map((practice, at) => [
          practice,
          values[at] == null ? suppressedCell({ practice }) : cell({ practice }, parts[at] ?? 0, size, named),
        ]),
      ),
    };
  };
  const rows = [
    row('A1c above 9% or not tested', readmissions, 21, [15.9, 18.2, 25.9, 20]),
    row('Breast screening', screening, 71.5, [79.2, 73, 64.8, null]),
    row('Emergency visits', visits, 471, [468, 489, 655, 612]),
  ];
  test('cells are filled only where their interval clears the target', async () => {
    expect(heatmap.finding(rows, options)).toBe(
      'Breast screening and emergency visits are worse than the target; Fenwick RHC is worse on three of three',
    );
    await pictured('heatmap', heatmap, rows, options);
    const [wide, compact] = drawn(heatmap, rows, options);
    expect(points(wide)).toHaveLength(12);
    expect(points(wide)[2]).toEqual([
      'A1c above 9% or not tested/Fenwick RHC',
      'A1c above 9% or not tested, Fenwick RHC: 25.9%, worse than the target, 21.0%',
    ]);
    expect(points(wide)[7]?.[1]).toBe(`Breast screening, ${LONG}: hidden`);
    expect(points(compact)).toHaveLength(3);
    expect(texts(compact)).toContain('worse: Fenwick RHC 25.9');
    expect(texts(compact)).toContain('Target');
    const [, long] = drawn(heatmap, [row(LONG, screening, 71.5, [72, 71, 71, 72])], options);
    expect(long?.textContent?.replaceAll(/\s/g, '')).toContain(LONG.replaceAll(' ', ''));
  });
  test('nobody who misses, and nothing to compare', () => {
    const fine = [row('Breast screening', screening, 71.5, [72, 71, 71, 72])];
    expect(heatmap.finding(fine, options)).toBe('No measure is worse than the target; no practice is worse anywhere');
    drawn(heatmap, fine, options);
    expect(heatmap.finding([], options)).toBe('No measures to compare');
    expect(heatmap.finding(fine, { ...options, within: 'percent' })).toBe(
      'No practice is worse than the target anywhere',
    );
    drawn(heatmap, rows, { ...options, within: 'percent' });
    drawn(heatmap, [], options);
    drawn(heatmap, rows, { ...options, groups: [] });
  });
  test('a group without a cell, and more groups than columns can hold', () => {
    const many = Array.from({ length: 40 }, (_, at) => ({ id: `practice ${at}`, label: `Practice ${at}` }));
    const [wide] = drawn(heatmap, rows, { ...options, groups: many });
    expect(points(wide)).toHaveLength(3);
  });
});

describe('one person', () => {
  const empty: Timeline = { ...person, events: [] };
  const window = timeWindow(person, 1120);

  test('the window ends a little after data-through and is shorter on a phone', () => {
    expect(window).toEqual({ from: '2025-04-01', until: '2026-09-30', to: '2026-10-11' });
    expect(timeWindow(person, 358).from).toBe('2026-02-01');
    expect(timeWindow(empty, 1120).from).toBe('2026-04-01');
  });
  test('of somebody who was last seen before all of it, the window ends with what was seen last', () => {
    const events = person.events.slice(0, 1).map((event) => ({ ...event, start_date: '2024-11-10', end_date: null }));
    expect(timeWindow({ ...person, events }, 358)).toEqual({
      from: '2024-06-01',
      until: '2024-11-30',
      to: '2024-12-04',
    });
  });
  test('stays are bars, a return within 30 days stands out', async () => {
    expect(personLanes.finding(person, { window })).toBe(
      'Four hospital stays and two emergency visits in Apr 2025 to Sep 2026; the unplanned return came 12 days after discharge',
    );
    await pictured('person-lanes', personLanes, person, { window });
    const [wide] = drawn(personLanes, person, { window });
    expect(texts(wide)).toContain('Back on day 12');
    expect(texts(wide)).toContain('Observation');
    expect(points(wide).at(-1)?.[0]).toBe('v 2026-09-10');
    expect(points(wide)).toContainEqual([
      's4',
      'Hospital stay, 6 days, 19 Aug 2026 to 25 Aug 2026, St. Brendan, unplanned return within 30 days',
    ]);
  });
  test('an office visit alone is drawn too', () => {
    const quiet = { ...person, events: person.events.filter(({ lane }) => lane === 'office visit').slice(0, 1) };
    expect(personLanes.finding(quiet, { window })).toBe(
      'No hospital stay and no emergency visit in Apr 2025 to Sep 2026',
    );
    drawn(personLanes, quiet, { window });
  });
  test('medicines run as long as their fills, and one that ran out says so', async () => {
    expect(personMeds.finding(person, { window })).toBe(
      'Five medicines in Apr 2025 to Sep 2026; Metformin ran out on 25 Jan 2026 and has not been filled since',
    );
    await pictured('person-meds', personMeds, person, { window });
    expect(texts(drawn(personMeds, person, { window })[0])).toContain('no fill for 248 days');
  });
  test('a fill whose claim names no drug is no medicine, and is told', () => {
    const fills = person.events.map((event) => (event.title === 'Metformin' ? { ...event, code: null } : event));
    const some = { ...person, events: fills };
    expect(personMeds.finding(some, { window })).toMatch(/^Four medicines in Apr 2025 to Sep 2026/);
    expect(personMeds.note(some, { window })).toBe(
      'Without 10 fills whose claim names no drug. A fill is not a dose taken.',
    );
    const none = { ...person, events: fills.filter(({ code }) => code === null) };
    expect(personMeds.finding(none, { window })).toBe('10 fills in Apr 2025 to Sep 2026, of drugs that no claim names');
    drawn(personMeds, none, { window });
  });
  test('what was paid stands under the months of the lanes, and earlier months are only told', () => {
    const costs = [
      { month: '2025-03-01', paid_amount: 40 },
      { month: '2025-11-01', paid_amount: 500 },
      { month: '2026-08-01', paid_amount: 12_000 },
    ];
    const options = { timeline: person, window };
    expect(personCost.finding(costs, options)).toBe('$12,500 was paid in Apr 2025 to Sep 2026, most of it in Aug 2026');
    expect(personCost.note(costs, options)).toBe('$40 before then not drawn.');
    expect(points(drawn(personCost, costs, options)[0])).toEqual([
      ['2025-11-01', 'Nov 2025: $500'],
      ['2026-08-01', 'Aug 2026: $12,000'],
    ]);
    expect(personCost.finding([], options)).toBe('Nothing was paid in Apr 2025 to Sep 2026');
    drawn(personCost, [], options);
  });
  test('an order without an end has not run out', () => {
    const orders = person.events
      .filter(({ title }) => title === 'Metformin')
      .slice(5, 6)
      .map((event) => ({ ...event, title: LONG, end_date: null }));
    const ordered = { ...person, events: orders };
    expect(personMeds.finding(ordered, { window })).toBe('One medicine in Apr 2025 to Sep 2026, not run out');
    drawn(personMeds, ordered, { window });
  });
  const lab: Lab = {
    label: 'A1c',
    codes: ['4548-4'],
    unit: '%',
    target: { low: 7, high: 8, label: 'target 7–8' },
    threshold: { value: 9, worse: 'above', label: 'poor control, over 9' },
  };
  test('results beyond the threshold are named', async () => {
    expect(labLine.finding(person, { window, lab })).toBe(
      'A1c has risen from 7.4% to 9.8% on 3 Aug 2026: poor control, over 9',
    );
    await pictured('lab-line', labLine, person, { window, lab });
    expect(points(drawn(labLine, person, { window, lab })[0])[5]).toEqual([
      'a1c 2026-08-03',
      '3 Aug 2026: 9.8%, poor control, over 9',
    ]);
  });
  test('one result, two equal results, none', () => {
    const results = person.events.filter(({ code }) => code === '4548-4');
    const one = { ...person, events: results.slice(0, 1) };
    expect(labLine.finding(one, { window, lab })).toBe('A1c was 7.4% on 20 May 2025');
    drawn(labLine, one, { window, lab });
    const equal = { ...person, events: results.slice(0, 2).map((event) => ({ ...event, value: 7 })) };
    expect(labLine.finding(equal, { window, lab })).toBe('A1c is again 7% on 12 Aug 2025');
    drawn(labLine, equal, { window, lab: { label: 'A1c', codes: ['4548-4'], unit: '%' } });
  });
  test('a person without events', () => {
    expect(personLanes.finding(empty, { window })).toBe('No stay and no visit in Apr 2025 to Sep 2026');
    expect(personMeds.finding(empty, { window })).toBe('No medicine was filled or ordered in Apr 2025 to Sep 2026');
    expect(labLine.finding(empty, { window, lab })).toBe('No A1c result in Apr 2025 to Sep 2026');
    drawn(personLanes, empty, { window });
    drawn(personMeds, empty, { window });
    drawn(labLine, empty, { window, lab });
  });
});

describe('a run', () => {
  const stages = [
    { name: 'recognise', seconds: 0.4 },
    { name: 'land', seconds: 12.1 },
    { name: 'core', seconds: 9.3 },
  ];
  test('stages follow one another', async () => {
    expect(stageBars.finding(stages, {})).toBe('The run took 22\u00a0s; land took most, 12\u00a0s (56%)');
    await pictured('stage-bars', stageBars, stages, {});
    expect(points(drawn(stageBars, stages, {})[0])[2]).toEqual(['core', 'core: 9.3\u00a0s, from 13\u00a0s']);
  });
  test('a run that took no time yet', () => {
    expect(stageBars.finding([], {})).toBe('No stage has been timed');
    drawn(stageBars, [], {});
    drawn(stageBars, [{ name: 'land', seconds: 0 }], {});
  });

  const files = [
    file(1, 'a/medical_claim.csv', { loaded: 120_330, duplicate: 2200, skipped: 400, quarantined: 12 }),
    file(2, 'a/eligibility.csv', { loaded: 9912 }),
    file(3, `a/${LONG.toLowerCase().replaceAll(/\W+/g, '_')}.csv.gz`, { loaded: 4000, quarantined: 900 }),
    file(4, 'a/empty.csv', {}),
  ];
  test('records of every file are accounted for', async () => {
    expect(recordBar.finding(files, {})).toBe('All 137,754 records of 4 files are accounted for; 912 were quarantined');
    await pictured('record-bar', recordBar, files, {});
    expect(points(drawn(recordBar, files, {})[0])[0]).toEqual([
      '1',
      'medical_claim.csv: 120,330 loaded, 2,200 duplicate, 400 skipped, 12 quarantined of 122,942 records',
    ]);
  });
  test('a file that does not add up is named', () => {
    const open = [file(2, 'a/eligibility.csv', { loaded: 9, physical_records: 12 })];
    expect(recordBar.finding(open, {})).toBe('Records are unaccounted for in eligibility.csv');
    expect(recordBar.finding([], {})).toBe('No file has been read');
    drawn(recordBar, [], {});
  });
  test('of many files those are drawn of which most was set aside, then the largest, and the rest is named', () => {
    const many = Array.from({ length: 40 }, (_, at) => file(at + 1, `a/${at + 1}.csv`, { loaded: 100 + at }));
    const [first = file(1, 'a/1.csv', {})] = many;
    const all = [{ ...first, loaded: 99, quarantined: 1 }, ...many.slice(1)];
    const ids = points(drawn(recordBar, all, {})[0]).map(([id]) => id);
    expect([ids.length, ids[0], ids[1], ids.at(-1)]).toEqual([30, '1', '40', '12']);
    expect(recordBar.note(all, {})).toContain('the table has 10 more');
    expect(recordBar.finding(all, {})).toContain('of 40 files');
  });
});

describe('rolling months', () => {
  const options = { metric: visits, noun: memberMonths };
  const cells = visitMonths.map((one, at) => ({ ...one, immature: at === visitMonths.length - 1 }));
  const last = cells.at(-2)?.key.month ?? '';

  test('the last window with all its data is told against the one that ended where it begins', async () => {
    expect(rollingLine.finding({ cells, rolling: 12 }, options)).toMatch(
      new RegExp(
        `^Emergency visits: \\d+ per 1,000 in the 12 months to .*${last.slice(0, 4)}, [+−]?\\d+% on the 12 before$`,
      ),
    );
    expect(rollingLine.note({ cells, rolling: 12 }, options)).toMatch(/no limits are drawn.* Hollow: 1 end in a month/);
    await pictured('rolling-line', rollingLine, { cells, rolling: 12 }, options);
  });
  test('each window is a point that says its interval; without any there is a sentence', () => {
    const annotations = [{ date: `${last}-15`, label: 'Nurse started' }];
    const [wide] = drawn(rollingLine, { cells, rolling: 3 }, { ...options, annotations });
    expect(texts(wide)).toContain('Nurse started');
    expect(points(wide).length).toBe(cells.length);
    expect(points(wide).at(-1)?.[1]).toMatch(/^3 months to .*: \d+, 95% interval .*, claims still arriving$/);
    expect(rollingLine.finding({ cells: [], rolling: 3 }, options)).toBe('No 3 months have all their data yet');
    drawn(rollingLine, { cells: [], rolling: 3 }, options);
  });
});
