import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { routesOf } from '../../server/app.ts';
import { TABLES } from '../../server/export/tables.ts';
import type { Route } from '../../server/http/route.ts';
import { nameOf, requests } from '../support/examples.ts';
import { startServer, type TestServer } from '../support/server.ts';

const RELEASED = 'Numbers of a metric: only those that its released tables hold or that follow from them.';
const ALONE = 'One table by itself of everybody: few are hidden, and what would tell them. Nothing under a filter.';
const RECORDS = 'Of rows of tables and violations of checks only that there are none.';
const NO_NUMBERS = 'No number of the data.';
const WRITTEN = 'What users wrote themselves.';

/** What every address shows that is open in shareable mode. */
const SHOWS: Readonly<Record<string, string>> = {
  'get /api/health': NO_NUMBERS,
  'post /api/session': NO_NUMBERS,
  'get /api/session': NO_NUMBERS,
  'delete /api/session': NO_NUMBERS,
  'get /api/openapi.json': NO_NUMBERS,
  'get /api/risk-adjustment': NO_NUMBERS,
  'get /api/completion': 'Shares of dollars paid by month of everybody, as earlier months tell; no count.',
  'get /api/catalogue': 'Preset cohorts with their persons, unless few, all but few, or like another but for few.',
  'get /api/cohorts': 'As the catalogue; saved cohorts without persons.',
  'get /api/cohorts/vocabulary': 'Names of what more than ten people have; no count.',
  'get /api/cohorts/compare': 'Words only: groups by two things at once.',
  'post /api/cohorts/preview': 'Everybody; no count of rules that anybody makes up.',
  'post /api/cohorts': 'A saved cohort without persons.',
  'put /api/cohorts/:id': 'A saved cohort without persons.',
  'delete /api/cohorts/:id': NO_NUMBERS,
  'get /api/cohorts/:id/versions': NO_NUMBERS,
  'get /api/cohorts/:id/attrition': 'Everybody, and of a preset who is left at last.',
  'get /api/metrics/:id': `${RELEASED} Rates, intervals, expected and O/E of hidden cells are null with them.`,
  'get /api/metrics/:id/explain': `${RELEASED} Exclusions likewise, without dollars; hidden ones come last.`,
  'get /api/metrics/:id/concentration':
    'Dollars of the costliest of everybody between places more than ten people apart.',
  'get /api/metrics/:id/model': ALONE,
  'get /api/metrics/:id/rule-effect': 'All cells of one small table, or none.',
  'get /api/crossfilter': 'Everybody by the broad bins of one chart at a time, where no bin is small.',
  'get /api/risk': ALONE,
  'get /api/risk/plan': 'Of everybody; nothing where few are reached or left; the cut-off in whole percent.',
  'get /api/hcc-gaps': ALONE,
  'get /api/attribution': ALONE,
  'get /api/providers':
    'Persons of practices, and of practitioners within each; few are hidden. Nothing of one practice.',
  'get /api/identity': ALONE,
  'get /api/quality': RECORDS,
  'get /api/lineage': RECORDS,
  'get /api/snapshot': RECORDS,
  'get /api/freshness': 'Records by source and kind, unless few.',
  'get /api/reconciliation': 'Files and stages without few records, and how many others there are.',
  'get /api/runs': 'Records of each run; persons of the one that is served.',
  'get /api/runs/:id/events': 'As the runs.',
  'get /api/targets': WRITTEN,
  'put /api/targets/:id/:year': WRITTEN,
  'delete /api/targets/:id/:year': WRITTEN,
};

let server: TestServer;
let routes: readonly Route[];
let admin: string;
let analyst: string;
beforeAll(async () => {
  server = await startServer();
  admin = server.cookieOf('aco_admin');
  analyst = server.cookieOf('analyst_aggregate');
  routes = routesOf(server.dependencies).filter(({ policy }) => policy !== 'identified');
});
afterAll(() => server.close());

const isOfExports = ({ path }: Route) => path.startsWith('/api/export/');
const isWritten = ({ path }: Route) => /^\/api\/(annotations|views)/.test(path);

/** Names of fields that count people, their events or their records. */
const COUNTS =
  /^(persons|people|rows|numerator|denominator|subjects|events|months|violations|quarantined|loaded|duplicate|skipped|reviews|records|not_shared|listed|withoutChance|recapture|suspect|rising|seen|high_risk|dropped|keepsAlone|dropsAlone|both|remains|count|everybody|chosen)$/;

/** Where an answer shows a count of 1 to 10. */
function smallIn(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => smallIn(one, path));
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([name, one]) => smallIn(one, `${path}.${name}`));
  }
  const field = path.split('.').at(-1) ?? '';
  return typeof value === 'number' && COUNTS.test(field) && value > 0 && value < 11 ? [`${path}: ${value}`] : [];
}

describe('in shareable mode', () => {
  test('every address that is open says here what it shows; files show what their addresses do', () => {
    const named = routes.filter((route) => !isOfExports(route) && !isWritten(route)).map(nameOf);
    expect(named.sort()).toEqual(Object.keys(SHOWS).sort());
    const known = new Set(named);
    for (const route of routes.filter(isOfExports)) {
      const path = route.path.slice('/api/export/'.length);
      const [, address] = TABLES.find(([own]) => own === path) ?? [path, `/api/${path}`];
      expect(known, route.path).toContain(`get ${address}`);
    }
  });

  test('no address shows a count of 1 to 10', async () => {
    const requestOf = requests(server, admin);
    const found: string[] = [];
    for (const route of routes.filter(({ method }) => method === 'get').filter((one) => !isOfExports(one))) {
      const { path } = await requestOf(route);
      const reply = await server.ask(path, { cookie: analyst });
      const type = reply.headers.get('content-type') ?? '';
      if (!reply.ok || !type.includes('json') || route.path === '/api/openapi.json') continue;
      found.push(...smallIn(await reply.json()).map((small) => `${nameOf(route)} ${small}`));
    }
    expect(found).toEqual([]);
  });

  test.each([
    ['/api/risk?', ['persons', 'bases', 'tiers', 'bins', 'barriers']],
    ['/api/risk/plan?hours=100&hoursPerPerson=2&', ['listed', 'people', 'cutoff', 'expected', 'curve']],
    ['/api/hcc-gaps?', ['recapture', 'suspect', 'categories']],
    ['/api/metrics/total-cost-per-member-per-month/concentration?', ['dollars', 'costliest', 'gini']],
  ])('%s tells nothing under a filter', async (path, fields) => {
    const reply = await server.ask(`${path}where=practice:p1`, { cookie: analyst });
    const told: Readonly<Record<string, unknown>> = await reply.json();
    for (const field of fields)
      expect([null, '[]'], field).toContain(told[field] === null ? null : JSON.stringify(told[field]));
  });
});
