import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { SavedViewDraft } from '#contract/view';
import type { AppDatabase } from './app-database.ts';

const Saved = z
  .object({
    ...{ id: z.string(), name: z.string(), address: z.string(), is_shared: z.number() },
    ...{ owner_id: z.string(), owner: z.string() },
  })
  .transform(({ is_shared, ...view }) => ({ ...view, shared: is_shared === 1 }));

/** The user's own and those that others share, by name. */
export const listViews = (database: AppDatabase, userId: string): z.output<typeof Saved>[] =>
  database.all(
    Saved,
    `select saved_view.id, saved_view.name, address, is_shared, owner_id, user.name as owner
     from saved_view join user on user.id = owner_id where owner_id = ? or is_shared = 1
     order by saved_view.name collate nocase, saved_view.id`,
    userId,
  );

/** The new view's id. */
export function saveView(database: AppDatabase, draft: SavedViewDraft, ownerId: string, now: number): string {
  const id = randomUUID();
  database.run(
    'insert into saved_view (id, name, address, is_shared, owner_id, saved_at) values (?, ?, ?, ?, ?, ?)',
    ...[id, draft.name, draft.address, Number(draft.shared), ownerId, now],
  );
  return id;
}

export const replaceView = (database: AppDatabase, id: string, draft: SavedViewDraft, now: number): number =>
  database.run(
    'update saved_view set name = ?, address = ?, is_shared = ?, saved_at = ? where id = ?',
    ...[draft.name, draft.address, Number(draft.shared), now, id],
  );

export const deleteView = (database: AppDatabase, id: string): number =>
  database.run('delete from saved_view where id = ?', id);
