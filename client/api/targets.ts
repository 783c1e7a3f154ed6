import { queryOptions } from '@tanstack/react-query';
import { Target, Targets } from '#contract/target';
import { ask, send } from './request.ts';

const pathOf = (metricId: string, year: string) =>
  `/api/targets/${encodeURIComponent(metricId)}/${encodeURIComponent(year)}`;

export const targetsQuery = () =>
  queryOptions({
    queryKey: ['targets'],
    queryFn: async ({ signal }) => (await ask(Targets, '/api/targets', { signal })).targets,
  });

export const setTarget = (metricId: string, year: string, value: number) =>
  ask(Target, pathOf(metricId, year), { method: 'PUT', body: { value } });

export const deleteTarget = (metricId: string, year: string) => send(pathOf(metricId, year), { method: 'DELETE' });
