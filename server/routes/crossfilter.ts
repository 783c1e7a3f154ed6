import { z } from 'zod';
import { binsOf, CrossfilterQuery, SharedCrossfilter } from '#contract/crossfilter';
import { isSmall, roughly, toShare } from '../disclosure/suppress.ts';
import { encodeJson, encodeTable, MEDIA_TYPES } from '../http/encode.ts';
import { Encoded, NO_QUERY, NOTHING, type Route, route } from '../http/route.ts';
import { countBins, readCharts, readPeople } from '../store/crossfilter.ts';
import { memberFilterOf } from '../store/question.ts';
import type { Snapshot } from '../store/snapshot.ts';

export const crossfilterRoutes = (): Route[] => [
  route({
    method: 'get',
    path: '/api/crossfilter/people',
    policy: 'identified',
    summary: 'The people of a filter by the bins of every chart, a row each without any id, as an Arrow stream',
    formats: ['arrow'],
    media: MEDIA_TYPES.arrow,
    query: CrossfilterQuery,
    body: z.unknown(),
    reply: NOTHING,
    async handle({ query: { where } }, { snapshot: { queries, catalogue }, shows }) {
      const filter = memberFilterOf(catalogue, where);
      const charts = await readCharts(queries, catalogue, { broad: false });
      const columns = await readPeople(queries, catalogue, charts, filter);
      shows(columns[0]?.length ?? 0);
      const about = {
        ...{ snapshot: catalogue.snapshot, dataThrough: catalogue.dataThrough, charts },
        caveats: catalogue.caveats.map(({ sentence }) => sentence),
      };
      return new Encoded(MEDIA_TYPES.arrow, encodeTable('arrow', columns, about));
    },
  }),
  route({
    method: 'get',
    path: '/api/crossfilter',
    policy: 'signed in',
    summary: 'Everybody, roughly, by the broad bins of one chart at a time, where no bin is small',
    query: NO_QUERY,
    body: z.unknown(),
    reply: SharedCrossfilter,
    handle: (_, { snapshot, kept }) =>
      kept('crossfilter', MEDIA_TYPES.json, async () => encodeJson(SharedCrossfilter, await shared(snapshot))),
  }),
];

/** Choices would make groups that overlap in any way, whose differences are few people; so there are none. */
async function shared({ queries, catalogue }: Snapshot): Promise<SharedCrossfilter> {
  const charts = await readCharts(queries, catalogue, { broad: true });
  const counted = await countBins(queries, catalogue, charts);
  const everybody = counted.filter(({ chart }) => chart === charts[0]?.id);
  const persons = everybody.reduce((sum, one) => sum + one.persons, 0);
  return {
    dataThrough: catalogue.dataThrough,
    persons: toShare(persons),
    charts: charts.map((chart) => {
      const bins = binsOf(chart).map(
        (_, at) => counted.find((one) => one.chart === chart.id && one.place === at)?.persons ?? 0,
      );
      return { chart, bins: bins.some(isSmall) ? null : bins.map(roughly) };
    }),
  };
}
