import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { QueryClient } from '@tanstack/react-query';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Agreement, AttributionChange, AttributionOutcome } from '#contract/attribution';
import { formatFilter } from '#contract/filter';
import { Before, OpenStatus } from '#contract/gap';
import { ConflictReason } from '#contract/identity';
import { Stayed } from '#contract/providers';
import { PatientsSearch } from '../../client/pages/patients/search.ts';
import { PersonSearch } from '../../client/pages/person/search.ts';
import { behindOf, listOf } from '../../client/pages/rows/behind.ts';
import { RowsSearch } from '../../client/pages/rows/search.ts';
import { createAppRouter } from '../../client/router.tsx';
import { SCOPE_THAT_FOLLOWS, ScopeSearch } from '../../client/state/scope.ts';
import { formatAddress, parseAddress, readSearch } from '../../client/state/search.ts';
import { PAGES } from '../support/pages.ts';

const CLIENT = resolve(import.meta.dirname, '../../client');

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
const month = fc
  .record({ year: fc.integer({ min: 1990, max: 2099 }), month: fc.integer({ min: 1, max: 12 }) })
  .map(({ year, month }) => `${year}-${String(month).padStart(2, '0')}`);
const filter = fc
  .dictionary(
    fc.stringMatching(/^[a-z][a-z_]{1,8}$/),
    fc.array(fc.string({ unit: 'grapheme', maxLength: 6 }), { minLength: 1, maxLength: 3 }),
    { minKeys: 1, maxKeys: 3 },
  )
  .map(formatFilter);

/** Lists behind a number, as people come from them. */
const list = fc.record({
  metric: fc.stringMatching(/^[a-z0-9]{1,6}(-[a-z0-9]{1,6}){0,2}$/),
  search: fc.record(
    {
      part: fc.constantFrom('denominator', 'exclusion'),
      component: text,
      reason: text,
      also: filter,
      from: month,
      until: month,
    },
    { requiredKeys: [] },
  ),
});

/** What each field of an address may hold. A field that is missing here fails the round trip by name. */
const fields: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  cohort: text,
  compare: fc.constant('aco'),
  to: month,
  brush: filter,
  where: filter,
  mode: fc.constantFrom('identified', 'shareable'),
  explain: text,
  rules: fc.constantFrom('ihi', 'anhoej'),
  limits: fc.constantFrom('plain', 'laney'),
  rolling: fc.constantFrom(3, 12),
  tables: fc.stringMatching(/^[A-Z]{1,5}$/),
  by: text,
  title: text,
  units: text,
  definition: text,
  why: text,
  measure: text,
  rates: fc.constant('all'),
  before: fc.constantFrom(...Before.options),
  metric: text,
  sort: fc.constantFrom('gaps', 'name'),
  view: fc.constantFrom('practitioners', 'practices', 'goals'),
  status: fc.constantFrom(...OpenStatus.options),
  provider: fc.stringMatching(/^\d{10}$/),
  direction: fc.constant('asc'),
  page: fc.integer({ min: 2, max: 9999 }),
  hours: fc.integer({ min: 0, max: 100_000 }),
  each: fc.integer({ min: 1, max: 1000 }),
  list: fc.constantFrom('rising', 'off'),
  event: text,
  source: text,
  behind: list.map(behindOf),
  raw: text,
  run: text,
  cell: fc.tuple(month, text).map(([month, source]) => `${month}|lab_result|${source || 'ehr'}`),
  collection: fc.constantFrom('eCQM', 'MIPS CQM'),
  node: text,
  conflict: fc.constantFrom(...ConflictReason.options),
  assessment: month.map((first) => `${first}-28`),
  outcome: fc.constantFrom(...AttributionOutcome.options),
  agreement: fc.constantFrom(...Agreement.options),
  change: fc.constantFrom(...AttributionChange.options),
  at: month.map((first) => `${first}-28`),
  cause: text,
  but: text,
  left: text,
  joined: text,
  stayed: fc.constantFrom(...Stayed.options),
  practice: text,
  npi: text,
  tier: text,
  unit: fc.constant('practitioner'),
  role: fc.constantFrom('quality', 'programs'),
  listed: fc.integer({ min: 2, max: 9999 }),
  part: fc.constantFrom('denominator', 'exclusion'),
  component: text,
  reason: text,
  met: month,
  also: filter,
  against: text,
  tree: text,
  of: text,
  from: month,
  until: month,
  onward: text.map((place) => `/at${place}`),
};

const router = createAppRouter(new QueryClient());
const routes = Object.entries(router.routesByPath);

describe('the address', () => {
  it.each(routes)('keeps every state of %s: parse(serialize(state)) = state', (path) => {
    const [matched] = router.getMatchedRoutes(path);
    const readers = matched.flatMap(({ options: { staticData, validateSearch } }) => {
      expect(staticData?.search === undefined, 'a page that reads the address says so').toBe(!validateSearch);
      return typeof validateSearch === 'function' ? [validateSearch] : [];
    });
    const shape = Object.assign({}, ...matched.map(({ options }) => options.staticData?.search?.shape ?? {}));
    const names = Object.keys(shape);
    expect(names.filter((name) => !(name in fields))).toEqual([]);
    const state = fc.record(Object.fromEntries(names.map((name) => [name, fields[name] ?? fc.constant('')])), {
      requiredKeys: [],
    });
    fc.assert(
      fc.property(state, (held) => {
        const address = parseAddress(formatAddress(held));
        expect(readSearch(z.object(shape), address)).toEqual({ state: held, ignored: [] });
        expect(Object.assign({}, ...readers.map((read) => read(address)))).toEqual(held);
      }),
    );
  });

  it('is opened in a browser for every page there is', () => {
    const opened = PAGES.map((path) => router.getMatchedRoutes(path.replace(/\?.*/, ''))[2]?.fullPath);
    expect(routes.map(([path]) => path).filter((path) => !opened.includes(path))).toEqual([]);
  });

  it('leaves out what the schema does not know or accept, and names it', () => {
    const { state, ignored } = readSearch(
      ScopeSearch,
      parseAddress('?to=2024-13&cohort=diabetes&colour=blue&mode=secret'),
    );
    expect(state).toEqual({ cohort: 'diabetes' });
    expect(ignored.sort()).toEqual(['colour', 'mode', 'to']);
  });

  it('spells equal filters equally', () => {
    const spelled = (where: string) => readSearch(ScopeSearch, { where }).state.where;
    expect(spelled('sex:female;race:white|black')).toBe('race:black|white;sex:female');
    expect(spelled('race:black|white;sex:female')).toBe('race:black|white;sex:female');
    expect(readSearch(ScopeSearch, { where: 'no clause' }).ignored).toEqual(['where']);
  });

  it('says nothing where everything is at its default', () => {
    expect(formatAddress({ cohort: undefined, to: '' })).toBe('');
  });

  it('carries the scope from page to page, and neither the open drawer nor the open tables', () => {
    expect(Object.keys(ScopeSearch.shape).filter((name) => !SCOPE_THAT_FOLLOWS.some((kept) => kept === name))).toEqual([
      'explain',
      'tables',
    ]);
  });

  it('never holds what is typed to find a person', () => {
    expect(Object.keys(PatientsSearch.shape)).not.toContain('q');
    expect(readSearch(PatientsSearch, { q: 'Keane' }).state).toEqual({});
  });

  it('keeps the list that led to a person, less the page and the row, and nothing that is no list', () => {
    fc.assert(
      fc.property(list, (came) => {
        expect(listOf(behindOf(came))).toEqual(came);
      }),
    );
    const search = { part: 'denominator', page: 4, why: 'somebody' };
    expect(behindOf({ metric: 'readmission-30-day', search })).toBe('readmission-30-day?part=denominator');
    expect(listOf('readmission-30-day?part=numerator&colour=blue&q=Keane')).toEqual({
      ...{ metric: 'readmission-30-day', search: {} },
    });
    for (const text of ['', '//example.org', 'a b', '?part=gap', 'A']) {
      expect(readSearch(PersonSearch, { behind: text })).toEqual({ state: {}, ignored: ['behind'] });
    }
  });

  it('names the numerator by saying nothing', () => {
    expect(readSearch(RowsSearch, { part: 'numerator' }).ignored).toEqual(['part']);
  });
});

describe('the network', () => {
  it('is reached from client/api only', () => {
    const calls = readdirSync(CLIENT, { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.tsx?$/.test(path) && !path.startsWith('api/'))
      .filter((path) =>
        /\bfetch\(|XMLHttpRequest|EventSource|sendBeacon/.test(readFileSync(join(CLIENT, path), 'utf8')),
      );
    expect(calls.map((path) => relative(CLIENT, join(CLIENT, path)))).toEqual([]);
  });
});
