import { queryOptions } from '@tanstack/react-query';
import { Target, Targets } from '#contract/target';
import { call, fetchReply } from './call.ts';

export const targetsQuery = () =>
  queryOptions({
    queryKey: ['targets'],
    queryFn: async ({ signal }) => (await call('GET /api/targets', Targets, { signal })).targets,
  });

export const setTarget = (metricId: string, year: string, value: number) =>
  call('PUT /api/targets/:id/:year', Target, { params: { id: metricId, year }, body: { value } });

export const deleteTarget = (metricId: string, year: string) =>
  fetchReply('DELETE /api/targets/:id/:year', { params: { id: metricId, year } });
