import { z } from 'zod';
import { MetricQuery } from '#contract/result';
import { gapsInCare, summaryReport } from '../fhir/measure-report.ts';
import { Refusal } from '../http/error.ts';
import { Encoded, NO_QUERY, type Route, route } from '../http/route.ts';
import type { SnapshotCatalogue } from '../store/catalogue.ts';
import { readRates, readStandings } from '../store/measure.ts';
import { metric, RowsAsked, rows } from './metrics.ts';

/** The same questions as /api/metrics, answered as files. */
export const exportRoutes = (): Route[] => [
  route({
    method: 'get',
    path: '/api/export/metrics/:id',
    policy: 'signed in',
    summary: 'A metric in groups, as CSV or Arrow',
    formats: ['csv', 'arrow'],
    query: MetricQuery,
    body: z.unknown(),
    reply: z.unknown(),
    handle: ({ params, query }, context) => metric(context, params.id ?? '', query, asFile(context.format)),
  }),
  route({
    method: 'get',
    path: '/api/export/metrics/:id/rows',
    policy: 'identified',
    summary: 'All rows behind one number, as CSV or Arrow',
    formats: ['csv', 'arrow'],
    query: RowsAsked,
    body: z.unknown(),
    reply: z.unknown(),
    handle: ({ params, query }, context) => rows(context, params.id ?? '', query, asFile(context.format)),
  }),
  route({
    method: 'get',
    path: '/api/export/measure-reports/:measure',
    policy: 'identified',
    summary: 'A quality measure of everybody, as a FHIR MeasureReport',
    query: NO_QUERY,
    body: z.unknown(),
    reply: z.unknown(),
    async handle({ params: { measure = '' } }, { snapshot: { catalogue, queries }, say }) {
      const [rate, ...rates] = await readRates(queries, catalogue, measure.toUpperCase());
      if (!rate) throw new Refusal('not_found', `this snapshot has no quality measure ${measure}`);
      say('content-disposition', `attachment; filename="${measure}-measure-report.json"`);
      return asFhir(summaryReport([rate, ...rates], aboutPeriod(catalogue)));
    },
  }),
  route({
    method: 'get',
    path: '/api/export/gaps-in-care/:key',
    policy: 'identified',
    summary: 'The gaps in care of one person, as a FHIR document of the Da Vinci DEQM guide',
    query: NO_QUERY,
    body: z.unknown(),
    reply: z.unknown(),
    async handle({ params: { key = '' } }, { snapshot: { catalogue, queries }, say, shows }) {
      const standings = await readStandings(queries, catalogue, key);
      if (standings.length === 0) throw new Refusal('not_found', 'there is no such patient, or no measure applies');
      shows(1);
      say('content-disposition', 'attachment; filename="gaps-in-care.json"');
      return asFhir(gapsInCare(key, standings, { ...aboutPeriod(catalogue), id: catalogue.snapshot }));
    },
  }),
];

const aboutPeriod = ({ period, publishedAt }: SnapshotCatalogue) => ({
  start: `${period}-01-01`,
  end: `${period}-12-31`,
  date: publishedAt,
});

const asFhir = (resource: object): Encoded =>
  new Encoded('application/fhir+json; charset=utf-8', Buffer.from(JSON.stringify(resource)));

const asFile = (format: string) => (format === 'arrow' ? 'arrow' : 'csv');
