import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Annotation, AnnotationDraft, Annotations } from '#contract/annotation';
import type { AppDatabase } from './app-database.ts';

const Entry = z
  .object({
    ...{ id: z.string(), title: z.string(), date: z.string(), metric: z.string().nullable() },
    ...{ practice: z.string().nullable(), starts_phase: z.number(), reason: z.string(), author: z.string() },
    ...{ at: z.number(), is_withdrawn: z.number() },
  })
  .transform(
    ({ starts_phase, at, is_withdrawn, ...told }): Annotation => ({
      ...told,
      startsPhase: starts_phase === 1,
      savedAt: new Date(at).toISOString(),
      withdrawn: is_withdrawn === 1,
    }),
  );

export function listAnnotations(database: AppDatabase): Annotations {
  const log = database.all(
    Entry,
    `select annotation_id as id, title, date, metric, practice, starts_phase, reason, user.name as author, at, is_withdrawn
     from annotation_entry join user on user.id = user_id order by annotation_entry.id desc`,
  );
  const newest = [...new Map(log.toReversed().map((entry) => [entry.id, entry])).values()];
  const annotations = newest.filter(({ withdrawn }) => !withdrawn).toSorted((a, b) => a.date.localeCompare(b.date));
  return { annotations, log };
}

/** The user who first entered it. */
export const authorOf = (database: AppDatabase, id: string): string | undefined =>
  database.first(
    z.object({ user_id: z.string() }),
    'select user_id from annotation_entry where annotation_id = ? order by id limit 1',
    id,
  )?.user_id;

interface Entered {
  /** Of the annotation that it changes or withdraws; without it, a new one. */
  readonly id?: string;
  readonly draft: AnnotationDraft;
  readonly withdrawn?: boolean;
  readonly userId: string;
  readonly now: number;
}

/** Adds an entry to the log, from which none is taken; the annotation's id. */
export function enterAnnotation(
  database: AppDatabase,
  { id = randomUUID(), draft, withdrawn = false, userId, now }: Entered,
): string {
  const { title, date, metric, practice, startsPhase, reason } = draft;
  database.run(
    `insert into annotation_entry
       (annotation_id, at, user_id, title, date, metric, practice, starts_phase, reason, is_withdrawn)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ...[id, now, userId, title, date, metric, practice, Number(startsPhase), reason, Number(withdrawn)],
  );
  return id;
}
