import { z } from 'zod';
import { FileQuery, Manifest } from '#contract/export';
import { fileOf, type Making } from '../export/file.ts';
import type { List } from '../export/list.ts';
import { gapsInCare, summaryReport } from '../fhir/measure-report.ts';
import { Refusal } from '../http/error.ts';
import { Encoded, NO_QUERY, type Route, route } from '../http/route.ts';
import type { SnapshotCatalogue } from '../store/catalogue.ts';
import { readRates, readStandings } from '../store/measure.ts';

const FHIR = 'application/fhir+json';
const FORMATS = ['csv', 'xlsx', 'parquet', 'arrow'] as const;

/** Every list and table of the API as a file, and what is exported in forms of its own. */
export const exportRoutes = (lists: readonly List[], making: Making): Route[] => [
  ...lists.map((list) => fileRoute(list, making)),
  route({
    method: 'get',
    path: '/api/export/measure-reports/:measure',
    policy: 'identified',
    summary: 'A quality measure of everybody, as a FHIR MeasureReport',
    media: FHIR,
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
    media: FHIR,
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
  new Encoded(`${FHIR}; charset=utf-8`, Buffer.from(JSON.stringify(resource)));

const fileRoute = (list: List, making: Making): Route =>
  route({
    method: 'get',
    path: `/api/export/${list.path}`,
    policy: list.policy,
    summary: list.summary,
    formats: FORMATS,
    isAudited: true,
    query: list.query.extend(FileQuery.shape),
    body: z.unknown(),
    reply: Manifest,
    handle({ params, query }, context) {
      const { format, bom, manifest, deidentified, ...asked } = query;
      const file = FileQuery.parse({ format, bom, manifest, deidentified });
      return fileOf(list, { params, query: asked, page: null }, file, context, making);
    },
  });

/** Addresses of lists that also answer with a table answer with the file of that list: a page of it, or without a limit all. */
export const withFiles = (routes: readonly Route[], lists: readonly List[], making: Making): Route[] =>
  routes.map((route) => {
    const list = lists.find(({ path, policy }) => policy === 'identified' && route.path === `/api/${path}`);
    if (!list || route.formats.length === 0) return route;
    return {
      ...route,
      parse(raw) {
        const { mode, answer } = route.parse(raw);
        const { mode: _, limit, offset = 0, ...query } = { mode, limit: undefined, offset: undefined, ...raw.query };
        const page = limit === undefined ? null : { limit: Number(limit), offset: Number(offset) };
        return {
          mode,
          answer: (context) =>
            context.format === 'json'
              ? answer(context)
              : fileOf(list, { params: raw.params, query, page }, FileQuery.parse({}), context, making),
        };
      },
    };
  });
