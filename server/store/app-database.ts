import { chmodSync } from 'node:fs';
import Database from 'libsql';
import { z } from 'zod';

const SCHEMA = `
  create table if not exists user (
    id text primary key, name text not null unique collate nocase, role text not null,
    password text, -- null: signs in by the link of the local machine only
    is_local integer not null, created_at integer not null, disabled_at integer
  ) strict;
  create table if not exists sign_in_link (hash text primary key, expires_at integer not null, used_at integer) strict;
  create table if not exists session (
    hash text primary key, user_id text not null references user, created_at integer not null, seen_at integer not null
  ) strict;
  create table if not exists cohort (
    id text primary key, title text not null, description text not null, "where" text not null,
    owner_id text not null references user, saved_at integer not null
  ) strict;
  create table if not exists cohort_version (
    cohort_id text not null references cohort on delete cascade, version integer not null, title text not null,
    description text not null, "where" text not null, saved_by text not null references user, saved_at integer not null,
    primary key (cohort_id, version)
  ) strict;
  -- What was saved before versions were kept is its first.
  insert into cohort_version select id, 1, title, description, "where", owner_id, saved_at from cohort
  where id not in (select cohort_id from cohort_version);
  create table if not exists target (
    metric_id text not null, year text not null, value real not null,
    owner_id text not null references user, set_at integer not null, primary key (metric_id, year)
  ) strict;
  create table if not exists annotation_entry (
    id integer primary key, annotation_id text not null, at integer not null, user_id text not null references user,
    title text not null, date text not null, metric text, practice text, starts_phase integer not null,
    reason text not null, is_withdrawn integer not null
  ) strict;
  create table if not exists saved_view (
    id text primary key, name text not null, address text not null, is_shared integer not null,
    owner_id text not null references user, saved_at integer not null
  ) strict;
  create table if not exists gap_closure (
    id text primary key, at integer not null, user_id text not null references user, source_person_id text not null,
    metric text not null, done text not null, service_date text not null, results text not null, note text not null,
    statements text not null
  ) strict;
  create table if not exists gap_withdrawal (
    gap_closure_id text primary key references gap_closure, at integer not null, user_id text not null references user,
    reason text not null
  ) strict;
  create table if not exists audit (
    id integer primary key, at integer not null, request_id text not null, user_id text not null, route text not null,
    subject text, query_hash text not null, shown integer, status integer not null
  ) strict;
  create trigger if not exists audit_is_not_changed before update on audit begin select raise(abort, 'audit is kept'); end;
  create trigger if not exists audit_is_not_deleted before delete on audit begin select raise(abort, 'audit is kept'); end;
  create trigger if not exists annotation_entry_no_update before update on annotation_entry
    begin select raise(abort, 'entries are kept'); end;
  create trigger if not exists annotation_entry_no_delete before delete on annotation_entry
    begin select raise(abort, 'entries are kept'); end;
  create trigger if not exists gap_closure_no_update before update on gap_closure begin select raise(abort, 'entries are kept'); end;
  create trigger if not exists gap_closure_no_delete before delete on gap_closure begin select raise(abort, 'entries are kept'); end;
  create trigger if not exists gap_withdrawal_no_update before update on gap_withdrawal begin select raise(abort, 'entries are kept'); end;
  create trigger if not exists gap_withdrawal_no_delete before delete on gap_withdrawal begin select raise(abort, 'entries are kept'); end;
`;

/**
 * The app's own small database: accounts, sessions, saved cohorts and views, targets, annotations, gaps closed by hand, audit. It
 * never changes a snapshot's numbers. Times are milliseconds since 1970. Statements are static text with bound values.
 */
export class AppDatabase {
  readonly #database: Database.Database;
  readonly #prepared = new Map<string, Database.Statement>();

  /** Creates the file, readable by its owner only, and what is missing in it. */
  constructor(file: string) {
    this.#database = new Database(file);
    if (file !== ':memory:') chmodSync(file, 0o600);
    this.#database.pragma('journal_mode = wal');
    this.#database.pragma('synchronous = full');
    this.#database.pragma('foreign_keys = on');
    // Another process may hold the lock for a moment.
    this.#database.pragma('busy_timeout = 5000');
    this.#database.exec(SCHEMA);
  }

  all<S extends z.ZodType>(row: S, text: string, ...values: readonly (string | number | null)[]): z.output<S>[] {
    return z.array(row).parse(this.#prepare(text).all(...values));
  }

  first<S extends z.ZodType>(
    row: S,
    text: string,
    ...values: readonly (string | number | null)[]
  ): z.output<S> | undefined {
    return this.all(row, text, ...values)[0];
  }

  /** How many rows it changed. */
  run(text: string, ...values: readonly (string | number | null)[]): number {
    return this.#prepare(text).run(...values).changes;
  }

  /** Once for each text. */
  #prepare(text: string): Database.Statement {
    const statement = this.#prepared.get(text) ?? this.#database.prepare(text);
    this.#prepared.set(text, statement);
    return statement;
  }

  /** All of `work`, or nothing of it; one at a time. */
  atomically<T>(work: () => T): T {
    this.#database.exec('begin immediate');
    try {
      const result = work();
      this.#database.exec('commit');
      return result;
    } catch (error) {
      this.#database.exec('rollback');
      throw error;
    }
  }

  close(): void {
    this.#database.close();
  }
}
