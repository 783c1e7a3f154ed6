import { z } from 'zod';
import type { AppDatabase } from './app-database.ts';

const View = z.object({
  at: z.number(),
  request_id: z.string(),
  user_id: z.string(),
  /** The route's pattern, such as /api/patients/:key. */
  route: z.string(),
  /** The surrogate person id, claim id or metric id that the pattern's parameter named. */
  subject: z.string().nullable(),
  /** SHA-256 of the query string: tells equal questions without keeping what was typed. */
  query_hash: z.string(),
  /** Persons or rows shown. */
  shown: z.number().nullable(),
  status: z.number(),
});
/** One look, or refused look, at identified data. */
export type View = z.infer<typeof View>;

export const recordView = (database: AppDatabase, view: View): number =>
  database.run(
    'insert into audit (at, request_id, user_id, route, subject, query_hash, shown, status) values (?, ?, ?, ?, ?, ?, ?, ?)',
    ...[view.at, view.request_id, view.user_id, view.route, view.subject, view.query_hash, view.shown, view.status],
  );

export const listViews = (database: AppDatabase): View[] =>
  database.all(
    View,
    'select at, request_id, user_id, route, subject, query_hash, shown, status from audit order by id',
  );
