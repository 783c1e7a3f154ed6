import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { CohortDraft } from '#contract/dimension';
import type { AppDatabase } from './app-database.ts';

const SavedCohort = z.object({
  id: z.string(),
  title: z.string(),
  description: z.string(),
  where: z.string(),
  owner_id: z.string(),
});
export type SavedCohort = z.infer<typeof SavedCohort>;

const COHORT = 'select id, title, description, "where", owner_id from cohort';

export const listSaved = (database: AppDatabase): SavedCohort[] =>
  database.all(SavedCohort, `${COHORT} order by title, id`);

export const findSaved = (database: AppDatabase, id: string): SavedCohort | undefined =>
  database.first(SavedCohort, `${COHORT} where id = ?`, id);

/** The new cohort's id. */
export function saveCohort(
  database: AppDatabase,
  { title, description, where }: CohortDraft,
  ownerId: string,
  now: number,
): string {
  const id = `saved-${randomUUID()}`;
  database.run(
    'insert into cohort (id, title, description, "where", owner_id, saved_at) values (?, ?, ?, ?, ?, ?)',
    ...[id, title, description, where, ownerId, now],
  );
  return id;
}

export const replaceCohort = (
  database: AppDatabase,
  id: string,
  { title, description, where }: CohortDraft,
  now: number,
): number =>
  database.run(
    'update cohort set title = ?, description = ?, "where" = ?, saved_at = ? where id = ?',
    ...[title, description, where, now, id],
  );

export const deleteCohort = (database: AppDatabase, id: string): number =>
  database.run('delete from cohort where id = ?', id);
