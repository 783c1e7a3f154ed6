import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { Role } from '#contract/session';
import type { AppDatabase } from './app-database.ts';

const User = z.object({
  id: z.string(),
  name: z.string(),
  role: Role,
  password: z.string().nullable(),
  is_local: z.number().transform(Boolean),
  disabled_at: z.number().nullable(),
});
/** An account. `password` is a scrypt record. `is_local` is the admin whom the link of this machine signs in. */
export type User = z.infer<typeof User>;

const USER = 'select id, name, role, password, is_local, disabled_at from user';

export const listUsers = (database: AppDatabase): User[] => database.all(User, `${USER} order by name`);

export const findUser = (database: AppDatabase, name: string): User | undefined =>
  database.first(User, `${USER} where name = ?`, name);

export const localAdmin = (database: AppDatabase): User | undefined =>
  database.first(User, `${USER} where is_local = 1`);

export const hasUsers = (database: AppDatabase): boolean =>
  database.first(z.object({ id: z.string() }), 'select id from user limit 1') !== undefined;

/** Ids are never used twice. Throws when the name is taken. */
export function addUser(
  database: AppDatabase,
  user: { readonly name: string; readonly role: Role; readonly password: string | null; readonly isLocal: boolean },
  now: number,
): string {
  const id = randomUUID();
  database.run(
    'insert into user (id, name, role, password, is_local, created_at) values (?, ?, ?, ?, ?, ?)',
    ...[id, user.name, user.role, user.password, Number(user.isLocal), now],
  );
  return id;
}

/** Ends all sessions of the account at once. False when there is no such account. */
export const disableUser = (database: AppDatabase, name: string, now: number): boolean =>
  database.atomically(() => {
    database.run('delete from session where user_id = (select id from user where name = ?)', name);
    return database.run('update user set disabled_at = coalesce(disabled_at, ?) where name = ?', now, name) > 0;
  });

export const addLink = (database: AppDatabase, hash: string, expiresAt: number): number =>
  database.run('insert into sign_in_link (hash, expires_at) values (?, ?)', hash, expiresAt);

export const linkIsGood = (database: AppDatabase, hash: string, now: number): boolean =>
  database.first(
    z.object({ hash: z.string() }),
    'select hash from sign_in_link where hash = ? and used_at is null and expires_at > ?',
    ...[hash, now],
  ) !== undefined;

/** False when another request was quicker. */
export const useLink = (database: AppDatabase, hash: string, now: number): boolean =>
  database.run(
    'update sign_in_link set used_at = ? where hash = ? and used_at is null and expires_at > ?',
    now,
    hash,
    now,
  ) === 1;

const StoredSession = User.pick({ name: true, role: true }).extend({
  user_id: z.string(),
  created_at: z.number(),
  seen_at: z.number(),
});
export type StoredSession = z.infer<typeof StoredSession>;

export const addSession = (database: AppDatabase, hash: string, userId: string, now: number): number =>
  database.run('insert into session (hash, user_id, created_at, seen_at) values (?, ?, ?, ?)', hash, userId, now, now);

/** The session of an account that is not disabled. */
export const findSession = (database: AppDatabase, hash: string): StoredSession | undefined =>
  database.first(
    StoredSession,
    `select session.user_id, session.created_at, session.seen_at, user.name, user.role
     from session join user on user.id = session.user_id where session.hash = ? and user.disabled_at is null`,
    hash,
  );

export const touchSession = (database: AppDatabase, hash: string, now: number): number =>
  database.run('update session set seen_at = ? where hash = ?', now, hash);

export const endSession = (database: AppDatabase, hash: string): number =>
  database.run('delete from session where hash = ?', hash);
