import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Mode } from '#contract/result';
import { Plan } from '#contract/risk';
import { Role, Session } from '#contract/session';
import { routesOf } from '../../server/app.ts';
import { TABLES } from '../../server/export/tables.ts';
import type { Route } from '../../server/http/route.ts';
import { nameOf, requests } from '../support/examples.ts';
import { startServer, type TestServer } from '../support/server.ts';

const RELEASED = 'Numbers of a metric: only those that its released tables hold or that follow from them.';
const PEOPLE = 'Counts of people as of a day: few are hidden, and what would tell them, the others are in steps of 20.';
const RECORDS = 'Of rows of tables and violations of checks only that there are none.';
const NO_NUMBERS = 'No number of the data.';
const WRITTEN = 'What users wrote themselves.';

/**
 * What every address shows that is open in shareable mode. Where it shows counts that are not in steps of 20 it says here of
 * what, so that a new table of people is in steps or fails.
 */
const SHOWS: Readonly<Record<string, string>> = {
  'get /api/health': NO_NUMBERS,
  'post /api/session': NO_NUMBERS,
  'get /api/session': NO_NUMBERS,
  'delete /api/session': NO_NUMBERS,
  'get /api/openapi.json': NO_NUMBERS,
  'get /api/risk-adjustment': NO_NUMBERS,
  'get /api/completion': 'Shares of dollars paid by month of everybody, as earlier months tell; no count.',
  'get /api/catalogue': `${PEOPLE} Of preset cohorts only.`,
  'get /api/cohorts': `${PEOPLE} As the catalogue.`,
  'get /api/cohorts/vocabulary': 'Names of what more than ten people have; no count.',
  'get /api/cohorts/compare': 'Words only: groups by two things at once.',
  'post /api/cohorts/preview': `${PEOPLE} Everybody; no count of rules that anybody makes up.`,
  'post /api/cohorts': 'A saved cohort without persons.',
  'put /api/cohorts/:id': 'A saved cohort without persons.',
  'delete /api/cohorts/:id': NO_NUMBERS,
  'get /api/cohorts/:id/versions': NO_NUMBERS,
  'get /api/cohorts/:id/attrition': `${PEOPLE} Everybody, and of a preset who is left at last.`,
  'get /api/metrics/:id': `${RELEASED} Rates, intervals, expected and O/E of hidden cells are null with them.`,
  'get /api/metrics/:id/explain': `${RELEASED} Exclusions likewise, without dollars; hidden ones come last.`,
  'get /api/metrics/:id/concentration':
    'Dollars of the costliest of everybody between places more than ten people apart.',
  'get /api/metrics/:id/model': 'How well a model tells, and its weights; no count.',
  'get /api/metrics/:id/rule-effect': 'All cells of one small table, or none.',
  'get /api/crossfilter': `${PEOPLE} Everybody by the broad bins of one chart at a time, where no bin is small.`,
  'get /api/risk': `${PEOPLE} Nothing under a filter.`,
  'get /api/risk/plan': `${PEOPLE} Whom hours reach likewise; the cut-off in whole percent. Nothing under a filter.`,
  'get /api/hcc-gaps': `${PEOPLE} Nothing under a filter.`,
  'get /api/attribution': PEOPLE,
  'get /api/providers': `${PEOPLE} Nothing of one practice.`,
  'get /api/identity': PEOPLE,
  'get /api/quality': RECORDS,
  'get /api/quality/history': RECORDS,
  'get /api/lineage': RECORDS,
  'get /api/snapshot': RECORDS,
  'get /api/freshness': 'Records by source and kind, unless few.',
  'get /api/freshness/months': 'Records by source, kind and month in steps of 20, of feeds without few in any month.',
  'get /api/reconciliation': 'Files and stages without few records, and how many others there are.',
  'get /api/runs': 'Records of each run; persons, in steps of 20, of the one that is served.',
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

/** Counts in an answer, each with its place. */
function countsIn(value: unknown, path = ''): { readonly path: string; readonly count: number }[] {
  if (Array.isArray(value)) return value.flatMap((one) => countsIn(one, path));
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([name, one]) => countsIn(one, `${path}.${name}`));
  }
  const field = path.split('.').at(-1) ?? '';
  return typeof value === 'number' && COUNTS.test(field) ? [{ path, count: value }] : [];
}

test('every address refuses every role every mode that is not granted, the default among them', async () => {
  const requestOf = requests(server, admin);
  const refused: string[] = [];
  for (const role of Role.options) {
    const cookie = server.cookieOf(role);
    const { modes } = Session.parse(await (await server.ask('/api/session', { cookie })).json());
    expect(modes, role).toEqual(role === 'aco_admin' ? ['identified', 'shareable'] : ['shareable']);
    for (const route of routesOf(server.dependencies).filter(({ policy }) => policy !== 'open')) {
      const { path, body } = await requestOf(route);
      for (const asked of [undefined, ...Mode.options]) {
        const mode = asked ?? modes[0] ?? 'shareable';
        if (modes.includes(mode) && (route.policy === 'signed in' || mode === 'identified')) continue;
        const query = asked ? `${path.includes('?') ? '&' : '?'}mode=${asked}` : '';
        const reply = await server.ask(`${path}${query}`, {
          ...{ cookie, method: route.method.toUpperCase() },
          ...(body !== undefined && { body: JSON.stringify(body) }),
        });
        expect(reply.status, `${role} ${nameOf(route)} ${asked}`).toBe(403);
        refused.push(`${role} ${nameOf(route)} ${asked}`);
      }
    }
  }
  expect(refused.length).toBeGreaterThan(150);
});

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

  test('pages ask for what shows counts in the mode of the page, and not in that of the role', () => {
    const folder = join(import.meta.dirname, '../../client/api');
    const source = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
    const calls = [...source.join('\n').matchAll(/call\(\s*'GET ([^']+)',\s*\w+,\s*\{([\s\S]*?)\bsignal\b/g)];
    expect(calls.length).toBeGreaterThan(30);
    const modeless = calls.flatMap(([, path = '', asking = '']) => (asking.includes('query') ? [] : [`get ${path}`]));
    const open = new Set(routes.map(nameOf));
    expect(modeless.filter((name) => open.has(name)).sort()).toEqual([
      ...['get /api/annotations', 'get /api/catalogue', 'get /api/cohorts/:id/versions', 'get /api/completion'],
      ...['get /api/risk-adjustment', 'get /api/session', 'get /api/targets', 'get /api/views'],
    ]);
  });

  test('no address shows a count of 1 to 10, nor one of people as of a day but in steps of 20', async () => {
    const requestOf = requests(server, admin);
    const found: string[] = [];
    const inSteps = new Set<string>();
    for (const route of routes.filter(({ method }) => method === 'get').filter((one) => !isOfExports(one))) {
      const { path } = await requestOf(route);
      const reply = await server.ask(path, { cookie: analyst });
      const type = reply.headers.get('content-type') ?? '';
      if (!reply.ok || !type.includes('json') || route.path === '/api/openapi.json') continue;
      for (const { path, count } of countsIn(await reply.json())) {
        const isOfPeople = SHOWS[nameOf(route)]?.startsWith(PEOPLE) || path.endsWith('.persons');
        if ((count > 0 && count < 11) || (isOfPeople && count % 20 !== 0))
          found.push(`${nameOf(route)} ${path}: ${count}`);
        if (isOfPeople && count > 0) inSteps.add(nameOf(route));
      }
    }
    expect(found).toEqual([]);
    expect(inSteps.size).toBeGreaterThan(8);
  });

  test('hours that reach few more people tell no more of them', async () => {
    const told = async (hours: number) =>
      Plan.parse(
        await (await server.ask(`/api/risk/plan?hours=${hours}&hoursPerPerson=1`, { cookie: analyst })).json(),
      );
    const plans: Plan[] = [];
    for (let hours = 261; hours <= 300; hours++) plans.push(await told(hours));
    const steps = new Set(plans.map(({ capacity: _, ...plan }) => JSON.stringify(plan)));
    expect(steps.size).toBeLessThanOrEqual(40 / 20 + 1);
    expect(plans.map(({ people }) => people)).not.toContain(null);
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
