import { describe, expect, it } from 'vitest';
import type { Catalogue } from '#contract/catalogue';
import type { Cohort, Dimension } from '#contract/dimension';
import { parseFilter } from '#contract/filter';
import { openGaps } from '../../client/pages/gaps/open-gaps.ts';
import { behindLink } from '../../client/pages/onward.tsx';
import {
  comparatorOf,
  latestMatureMonth,
  monthsEnding,
  monthsOf,
  narrow,
  resolveScope,
  yearBefore,
} from '../../client/state/scope.ts';

const dimension = (id: string, scope: Dimension['scope']): Dimension => ({
  id,
  scope,
  title: id,
  description: '',
  values: [],
});

const metric = (maturesAfterDays: number): Catalogue['metrics'][number] => ({
  id: 'readmission-30-day',
  kind: 'metric',
  qualityId: null,
  title: 'Readmissions',
  description: '',
  whyItMatters: '',
  numerator: '',
  denominator: '',
  exclusions: [],
  reasons: [],
  betterIs: 'lower',
  topic: 'other',
  expectedBy: null,
  choices: null,
  closures: [],
  changes: null,
  caveats: [],
  source: { name: 'CMS', version: '1', url: 'https://cms.gov', deviations: [] },
  version: '1.0.0',
  reviewedOn: '2025-01-01',
  unit: 'percent',
  scale: 100,
  isPart: false,
  grain: 'stay',
  maturesAfterDays,
  components: [],
  relation: 'metric.readmission_30_day',
  measureId: null,
  rateId: null,
  dimensions: [],
  sql: '',
});

const catalogue: Catalogue = {
  snapshot: 's',
  runId: 'r',
  publishedAt: '',
  dataThrough: '2024-12-31',
  period: '2024',
  synthetic: true,
  metrics: [metric(30), metric(90)],
  dimensions: [dimension('sex', 'person'), dimension('condition', 'set'), dimension('facility', 'subject')],
  programs: [],
  cohorts: [],
  caveats: [],
  firstMonth: '2022-01',
  lastMonth: '2024-12',
};

const diabetes: Cohort = {
  id: 'diabetes',
  title: 'Diabetes',
  description: '',
  where: 'condition:diabetes',
  preset: true,
  persons: 10,
};

describe('months', () => {
  it('end twelve after they begin, both ends counted', () => {
    expect(monthsEnding('2024-06', 12)).toEqual({ from: '2023-07', to: '2024-06' });
    expect(yearBefore({ from: '2023-07', to: '2024-06' })).toEqual({ from: '2022-07', to: '2023-06' });
  });

  it('end by default with the latest month that is mature for the slowest metric', () => {
    expect(latestMatureMonth(catalogue)).toBe('2024-09');
    expect(latestMatureMonth({ ...catalogue, metrics: [metric(0)] })).toBe('2024-12');
    expect(latestMatureMonth({ ...catalogue, metrics: [metric(0)], dataThrough: '2024-12-30' })).toBe('2024-11');
    expect(latestMatureMonth({ ...catalogue, lastMonth: '2023-03' })).toBe('2023-03');
  });

  it('are the calendar year for a measure, and never a year that was not computed', () => {
    const scope = (to: string) => resolveScope({ to }, catalogue, ['identified']);
    expect(monthsOf({ kind: 'measure' }, scope('2025-03'), catalogue)).toEqual({ from: '2024-01', to: '2024-12' });
    expect(monthsOf({ kind: 'measure' }, scope('2023-06'), catalogue)).toEqual({ from: '2023-01', to: '2023-12' });
    expect(monthsOf({ kind: 'metric' }, scope('2023-06'), catalogue)).toEqual({ from: '2022-07', to: '2023-06' });
  });
});

describe('the scope', () => {
  it('joins the cohort and the filters, and the cohort wins its own dimension', () => {
    const scope = resolveScope(
      { cohort: 'diabetes', where: 'condition:copd;sex:female' },
      { ...catalogue, cohorts: [diabetes] },
      ['identified'],
    );
    expect(scope.where).toBe('condition:diabetes;sex:female');
    expect(scope.chosen).toEqual({ sex: ['female'] });
  });

  it('drops filters that not every metric carries, and says so', () => {
    const scope = resolveScope({ where: 'facility:7;sex:male;moon:full' }, catalogue, ['identified']);
    expect(scope.where).toBe('sex:male');
    expect(scope.unused).toEqual(['a filter on facility', 'a filter on moon']);
    expect(resolveScope({ cohort: 'gone' }, catalogue, ['identified']).unused).toEqual(['the cohort gone']);
  });

  it('keeps rules that nobody saved, but not beside those of a cohort', () => {
    const where = 'cohort:1.abc';
    expect(resolveScope({ where }, catalogue, ['identified'])).toMatchObject({ where, unused: [] });
    const cohort = { ...diabetes, where: 'cohort:1.xyz' };
    expect(
      resolveScope({ cohort: cohort.id, where }, { ...catalogue, cohorts: [cohort] }, ['identified']),
    ).toMatchObject({ where: cohort.where, unused: ['rules beside those of the cohort'] });
  });

  it('never takes a mode that the role does not permit', () => {
    expect(resolveScope({ mode: 'identified' }, catalogue, ['shareable']).mode).toBe('shareable');
    expect(resolveScope({ mode: 'shareable' }, catalogue, ['identified', 'shareable']).mode).toBe('shareable');
  });

  it('is held against the year before with its filters, or against the whole ACO without them', () => {
    const months = { from: '2024-01', to: '2024-12' };
    const own = resolveScope({ where: 'sex:male' }, catalogue, ['identified']);
    expect(comparatorOf(months, own)).toEqual({ from: '2023-01', to: '2023-12', where: 'sex:male' });
    const aco = resolveScope({ where: 'sex:male', compare: 'aco' }, catalogue, ['identified']);
    expect(comparatorOf(months, aco)).toEqual({ ...months, where: '' });
  });
});

describe('the way to the list behind a cell', () => {
  it('narrows a filter to the values that both allow', () => {
    expect(narrow(parseFilter('sex:female|male'), { sex: ['male'], race: [''] })).toEqual({
      sex: ['male'],
      race: [''],
    });
  });

  it('does not exist where one filter cannot say the cell', () => {
    expect(narrow(parseFilter('condition:diabetes'), { condition: ['copd'] })).toBeNull();
    const scope = resolveScope({ where: 'condition:diabetes' }, catalogue, ['identified']);
    expect(behindLink({ metric: metric(0), group: { condition: 'copd' } }, scope)).toBeNull();
  });

  it('does not exist in shareable mode', () => {
    const scope = resolveScope({}, catalogue, ['shareable']);
    expect(behindLink({ metric: metric(0) }, scope)).toBeNull();
  });

  it('keeps the cell, its month and its part', () => {
    const scope = resolveScope({}, catalogue, ['identified']);
    expect(behindLink({ metric: metric(0), part: 'denominator', group: { sex: '' }, month: '2024-01' }, scope)).toEqual(
      {
        to: '/rows/$metric',
        params: { metric: 'readmission-30-day' },
        search: { part: 'denominator', also: 'sex:', from: '2024-01', until: '2024-01' },
      },
    );
  });
});

describe('open gaps', () => {
  const cell = {
    key: {},
    rows: 10,
    value: 70,
    low: 0,
    high: 0,
    expected: null,
    ratioLow: null,
    ratioHigh: null,
    suppressed: false,
    immature: false,
  };

  it('are the people who miss the numerator, or who are in it where being in it is bad', () => {
    expect(openGaps({ betterIs: 'higher', caveats: [] }, { ...cell, numerator: 7, denominator: 10 })).toBe(3);
    expect(openGaps({ betterIs: 'lower', caveats: [] }, { ...cell, numerator: 7, denominator: 10 })).toBe(7);
  });

  it('are not guessed where a count is suppressed', () => {
    expect(openGaps({ betterIs: 'higher', caveats: [] }, { ...cell, numerator: null, denominator: 100 })).toBeNull();
  });
});
