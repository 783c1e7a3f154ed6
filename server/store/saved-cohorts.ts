import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { AppDatabase } from './app-database.ts';

/** What is saved of a cohort under its name. */
export interface CohortText {
  readonly title: string;
  readonly description: string;
  /** Canonical filter. */
  readonly where: string;
}

const SavedCohort = z.object({
  id: z.string(),
  title: z.string(),
  description: z.string(),
  where: z.string(),
  owner_id: z.string(),
  version: z.number(),
});
export type SavedCohort = z.infer<typeof SavedCohort>;

const COHORT = `select id, title, description, "where", owner_id,
  coalesce((select max(version) from cohort_version where cohort_id = cohort.id), 1) as version from cohort`;

export const listSaved = (database: AppDatabase): SavedCohort[] =>
  database.all(SavedCohort, `${COHORT} order by title, id`);

export const findSaved = (database: AppDatabase, id: string): SavedCohort | undefined =>
  database.first(SavedCohort, `${COHORT} where id = ?`, id);

const Version = z.object({
  version: z.number(),
  title: z.string(),
  description: z.string(),
  where: z.string(),
  savedAt: z.number(),
  savedBy: z.string(),
});

/** Every version of a saved cohort, newest first. */
export const listVersions = (database: AppDatabase, id: string): z.infer<typeof Version>[] =>
  database.all(
    Version,
    `select version, title, description, "where", saved_at as savedAt, user.name as savedBy
     from cohort_version join user on user.id = saved_by where cohort_id = ? order by version desc`,
    id,
  );

/** The new cohort's id. */
export function saveCohort(database: AppDatabase, text: CohortText, ownerId: string, now: number): string {
  const id = `saved-${randomUUID()}`;
  database.atomically(() => {
    database.run(
      'insert into cohort (id, title, description, "where", owner_id, saved_at) values (?, ?, ?, ?, ?, ?)',
      ...[id, text.title, text.description, text.where, ownerId, now],
    );
    keepVersion(database, id, ownerId);
  });
  return id;
}

/** The former text stays, as the version before. */
export function replaceCohort(database: AppDatabase, id: string, text: CohortText, userId: string, now: number): void {
  database.atomically(() => {
    database.run(
      'update cohort set title = ?, description = ?, "where" = ?, saved_at = ? where id = ?',
      ...[text.title, text.description, text.where, now, id],
    );
    keepVersion(database, id, userId);
  });
}

const keepVersion = (database: AppDatabase, id: string, userId: string): number =>
  database.run(
    `insert into cohort_version (cohort_id, version, title, description, "where", saved_by, saved_at)
     select id, 1 + coalesce((select max(version) from cohort_version where cohort_id = cohort.id), 0), title, description,
       "where", ?, saved_at
     from cohort where id = ?`,
    ...[userId, id],
  );

/** With all its versions. */
export const deleteCohort = (database: AppDatabase, id: string): number =>
  database.run('delete from cohort where id = ?', id);
