import { z } from 'zod';
import type { Target } from '#contract/target';
import type { AppDatabase } from './app-database.ts';

const Saved = z
  .object({ metric_id: z.string(), year: z.string(), value: z.number(), set_by: z.string(), set_at: z.number() })
  .transform(
    ({ metric_id, year, value, set_by, set_at }): Target => ({
      ...{ metricId: metric_id, year, value, setBy: set_by },
      setAt: new Date(set_at).toISOString(),
    }),
  );

export const listTargets = (database: AppDatabase): Target[] =>
  database.all(
    Saved,
    `select metric_id, year, value, name as set_by, set_at from target join user on user.id = owner_id
     order by metric_id, year`,
  );

export const setTarget = (
  database: AppDatabase,
  { metricId, year, value }: Pick<Target, 'metricId' | 'year' | 'value'>,
  ownerId: string,
  now: number,
): number =>
  database.run(
    `insert into target (metric_id, year, value, owner_id, set_at) values (?, ?, ?, ?, ?)
     on conflict (metric_id, year) do update set value = excluded.value, owner_id = excluded.owner_id, set_at = excluded.set_at`,
    ...[metricId, year, value, ownerId, now],
  );

export const deleteTarget = (database: AppDatabase, metricId: string, year: string): number =>
  database.run('delete from target where metric_id = ? and year = ?', metricId, year);
