import { z } from 'zod';
import { SnapshotFile } from '#contract/snapshot-file';
import { withoutRows } from '../disclosure/records.ts';
import { NO_QUERY, type Route, route } from '../http/route.ts';
import { readTables } from '../store/table.ts';

export const snapshotRoutes = (): Route[] => [
  route({
    method: 'get',
    path: '/api/snapshot',
    policy: 'signed in',
    summary: 'The file that every number comes from, and what its tables and columns mean',
    query: NO_QUERY,
    body: z.unknown(),
    reply: SnapshotFile,
    async handle(_, { snapshot: { current, queries }, mode }) {
      const { snapshot, file, sha256, dataThrough, synthetic } = current;
      const tables = await readTables(queries);
      return {
        ...{ snapshot, file, sha256, dataThrough, synthetic },
        tables: mode === 'shareable' ? tables.map(withoutRows) : tables,
      };
    },
  }),
];
