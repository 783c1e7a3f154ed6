import { z } from 'zod';
import { GapClosures } from '#contract/gap';
import { TABLES } from '../../server/export/tables.ts';
import type { Route } from '../../server/http/route.ts';
import type { TestServer } from './server.ts';

/** A closure of a day of its own each time, because the same twice is refused. */
const CLOSURE = { metric: 'cms125-1', closure: 'mammogram', service_date: ':day', results: [''], note: 'letter' };
export const DRAFT = { title: 'Mine', where: 'sex:female' };
const EVENT = {
  ...{ title: 'Calls begin', date: '2024-06-01', metric: null, practice: null },
  ...{ startsPhase: false, reason: 'minutes of the board' },
};
const VIEW = { name: 'Mine', address: '/readmissions?where=sex%3Afemale', shared: true };

/** Lists that are exported whole, beside the tables that the API replies with. */
const LONG =
  'metrics/:id metrics/:id/rows patients cohorts/:id/members gaps risk/candidates hcc-gaps/persons identity/conflicts attribution/persons';

/** A file of every list, asked for by what it cannot do without. */
function exportExamples(): [string, { path: string }][] {
  const asked: Readonly<Record<string, string>> = {
    'cohorts/compare': '?a=sex:female',
    'risk/plan': '?hours=40&hoursPerPerson=2',
    'metrics/:id': '?by=month',
  };
  return [...LONG.split(' '), ...TABLES.map(([path]) => path)].map((path) => {
    const metric =
      { concentration: 'total-cost-per-member-per-month', met: 'cms125-1' }[path.split('/').at(-1) ?? ''] ??
      'readmission-30-day';
    const filled = path
      .replace('metrics/:id', `metrics/${metric}`)
      .replace(':id', 'diabetes')
      .replace(':key', 'person-0004');
    return [`get /api/export/${path}`, { path: `/api/export/${filled}${asked[path] ?? ''}` }];
  });
}

/** One good request per route; what a colon names is made for the purpose. */
export const EXAMPLES: Readonly<Record<string, { path: string; body?: object }>> = {
  'get /api/health': { path: '/api/health' },
  'get /api/session': { path: '/api/session' },
  'post /api/session': { path: '/api/session', body: { token: ':link' } },
  'delete /api/session': { path: '/api/session' },
  'get /api/catalogue': { path: '/api/catalogue' },
  'get /api/metrics/:id': { path: '/api/metrics/readmission-30-day?by=month' },
  'get /api/metrics/:id/rows': { path: '/api/metrics/readmission-30-day/rows' },
  'get /api/metrics/:id/explain': { path: '/api/metrics/readmission-30-day/explain' },
  'get /api/metrics/:id/why/:key/:subject/:date': {
    path: '/api/metrics/readmission-30-day/why/person-0004/person-0004-0/2023-05-05',
  },
  'get /api/metrics/:id/history': { path: '/api/metrics/readmission-30-day/history' },
  'get /api/metrics/:id/met': { path: '/api/metrics/cms125-1/met' },
  'get /api/metrics/:id/choices': { path: '/api/metrics/readmission-30-day/choices' },
  'get /api/metrics/:id/concentration': { path: '/api/metrics/total-cost-per-member-per-month/concentration' },
  'get /api/metrics/:id/model': { path: '/api/metrics/readmission-30-day/model' },
  'get /api/metrics/:id/rule-effect': { path: '/api/metrics/readmission-30-day/rule-effect' },
  'get /api/cohorts': { path: '/api/cohorts' },
  'post /api/cohorts': { path: '/api/cohorts', body: DRAFT },
  'put /api/cohorts/:id': { path: '/api/cohorts/:saved', body: DRAFT },
  'delete /api/cohorts/:id': { path: '/api/cohorts/:saved' },
  'get /api/cohorts/:id/attrition': { path: '/api/cohorts/women-at-p1/attrition' },
  'get /api/cohorts/:id/versions': { path: '/api/cohorts/diabetes/versions' },
  'get /api/cohorts/vocabulary': { path: '/api/cohorts/vocabulary' },
  'get /api/cohorts/compare': { path: '/api/cohorts/compare?a=sex:female' },
  'post /api/cohorts/preview': { path: '/api/cohorts/preview', body: { rules: { kind: 'living' } } },
  'get /api/crossfilter': { path: '/api/crossfilter' },
  'get /api/crossfilter/people': { path: '/api/crossfilter/people?where=sex:female' },
  'get /api/targets': { path: '/api/targets' },
  'put /api/targets/:id/:year': { path: '/api/targets/readmission-30-day/2024', body: { value: 12.5 } },
  'delete /api/targets/:id/:year': { path: '/api/targets/readmission-30-day/2024' },
  'get /api/annotations': { path: '/api/annotations' },
  'post /api/annotations': { path: '/api/annotations', body: EVENT },
  'put /api/annotations/:id': { path: '/api/annotations/:annotation', body: EVENT },
  'post /api/annotations/:id/withdrawal': {
    path: '/api/annotations/:annotation/withdrawal',
    body: { reason: 'wrong day' },
  },
  'get /api/views': { path: '/api/views' },
  'post /api/views': { path: '/api/views', body: VIEW },
  'put /api/views/:id': { path: '/api/views/:view', body: VIEW },
  'delete /api/views/:id': { path: '/api/views/:view' },
  'get /api/patients': { path: '/api/patients' },
  'get /api/patients/:key': { path: '/api/patients/person-0004' },
  'get /api/patients/:key/timeline': { path: '/api/patients/person-0004/timeline' },
  'get /api/patients/:key/risk-adjustment': { path: '/api/patients/person-0004/risk-adjustment' },
  'get /api/hcc-gaps': { path: '/api/hcc-gaps' },
  'get /api/hcc-gaps/persons': { path: '/api/hcc-gaps/persons' },
  'get /api/gaps': { path: '/api/gaps' },
  'get /api/gaps/groups': { path: '/api/gaps/groups?by=provider' },
  'get /api/patients/:key/gap-closures': { path: '/api/patients/person-0002/gap-closures' },
  'post /api/patients/:key/gap-closures': { path: '/api/patients/person-0002/gap-closures', body: CLOSURE },
  'post /api/patients/:key/gap-closures/:id/withdrawal': {
    path: '/api/patients/person-0002/gap-closures/:entered/withdrawal',
    body: { reason: 'wrong person' },
  },
  'get /api/claims/:id': { path: '/api/claims/claim-4' },
  'get /api/claims/:id/raw/:file/:line': { path: '/api/claims/claim-4/raw/1/9' },
  'get /api/risk': { path: '/api/risk' },
  'get /api/risk/plan': { path: '/api/risk/plan?hours=40&hoursPerPerson=2' },
  'get /api/risk/candidates': { path: '/api/risk/candidates' },
  'get /api/runs': { path: '/api/runs' },
  'get /api/runs/:id/events': { path: '/api/runs/run-a/events' },
  'get /api/quality': { path: '/api/quality' },
  'get /api/quality/history': { path: '/api/quality/history' },
  'get /api/identity': { path: '/api/identity' },
  'get /api/identity/reviews': { path: '/api/identity/reviews' },
  'get /api/identity/conflicts': { path: '/api/identity/conflicts?reason=on%20the%20list,%20not%20covered' },
  'get /api/attribution': { path: '/api/attribution' },
  'get /api/attribution/persons': { path: '/api/attribution/persons?outcome=step%201' },
  'get /api/providers': { path: '/api/providers' },
  'get /api/export/reviews/:id': { path: '/api/export/reviews/review-01' },
  'get /api/freshness': { path: '/api/freshness' },
  'get /api/freshness/months': { path: '/api/freshness/months' },
  'get /api/freshness/files': { path: '/api/freshness/files?source=payer&kind=medical_claim&month=2024-11' },
  'get /api/risk-adjustment': { path: '/api/risk-adjustment' },
  'get /api/completion': { path: '/api/completion' },
  'get /api/reconciliation': { path: '/api/reconciliation' },
  'get /api/snapshot': { path: '/api/snapshot' },
  'get /api/lineage': { path: '/api/lineage' },
  ...Object.fromEntries(exportExamples()),
  'get /api/export/measure-reports/:measure': { path: '/api/export/measure-reports/cms125' },
  'get /api/export/gaps-in-care/:key': { path: '/api/export/gaps-in-care/person-0004' },
  'get /api/openapi.json': { path: '/api/openapi.json' },
};

export const nameOf = ({ method, path }: Pick<Route, 'method' | 'path'>) => `${method} ${path}`;

export interface Request {
  readonly path: string;
  readonly body?: unknown;
}

/** Turns the example of a route into a request that succeeds, again and again; makes what it is about. */
export function requests(server: TestServer, admin: string): (route: Route) => Promise<Request> {
  let days = 0;
  const post = async (path: string, draft: object) =>
    (await server.ask(path, { method: 'POST', cookie: admin, body: filled(draft) })).json();
  const filled = (body: object): string =>
    JSON.stringify(body)
      .replace(':day', new Date(Date.UTC(2000, 0, ++days)).toISOString().slice(0, 10))
      .replace(':link', () => server.dependencies.access.issueLink() ?? 'x'.repeat(43));
  const saved = (path: string, draft: object) => async () =>
    z.object({ id: z.string() }).parse(await post(path, draft)).id;
  const made = {
    ':saved': saved('/api/cohorts', DRAFT),
    ':annotation': saved('/api/annotations', EVENT),
    ':view': saved('/api/views', VIEW),
    ':entered': async () =>
      GapClosures.parse(await post('/api/patients/person-0002/gap-closures', CLOSURE)).closures[0]?.id ?? '',
  };
  return async (route) => {
    const { path, body } = EXAMPLES[nameOf(route)] ?? { path: route.path };
    const [name, make] = Object.entries(made).find(([name]) => path.includes(name)) ?? [];
    return {
      path: name && make ? path.replace(name, await make()) : path,
      ...(body && { body: JSON.parse(filled(body)) }),
    };
  };
}
