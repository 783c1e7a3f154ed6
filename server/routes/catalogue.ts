import { z } from 'zod';
import { Catalogue } from '#contract/catalogue';
import { NO_QUERY, type Route, route } from '../http/route.ts';
import type { AppDatabase } from '../store/app-database.ts';
import { cohortsOf } from './cohorts.ts';

export const catalogueRoutes = (database: AppDatabase): Route[] => [
  route({
    method: 'get',
    path: '/api/catalogue',
    policy: 'signed in',
    summary: 'What can be asked: metrics, dimensions, cohorts, months',
    query: NO_QUERY,
    body: z.unknown(),
    reply: Catalogue,
    async handle(_, { snapshot, mode }) {
      const {
        metrics,
        dimensions,
        presets: _presets,
        names: _names,
        valueSets: _valueSets,
        cubed: _cubed,
        ...about
      } = snapshot.catalogue;
      return {
        ...about,
        metrics: [...metrics.values()],
        dimensions: [...dimensions.values()],
        programs: [...about.programs],
        caveats: [...about.caveats],
        cohorts: await cohortsOf(snapshot, database, mode),
      };
    },
  }),
];
