import { randomUUID } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Refusal } from '../http/error.ts';
import type { AppDatabase } from './app-database.ts';

/** A statement of the supplemental file: one line. */
const Statement = z.strictObject({ codeType: z.string(), code: z.string(), value: z.string(), unit: z.string() });
export type Statement = z.infer<typeof Statement>;

/** An entry as it is kept. `source_person_id`: the number that the sources know the person by. */
const Entry = z.object({
  id: z.string(),
  at: z.number(),
  source_person_id: z.string(),
  metric: z.string(),
  done: z.string(),
  service_date: z.string(),
  results: z.string(),
  note: z.string(),
  statements: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(z.array(Statement)),
  entered_by: z.string(),
  withdrawn_at: z.number().nullable(),
  withdrawn_by: z.string().nullable(),
  withdrawn_reason: z.string().nullable(),
});
export type Entry = z.infer<typeof Entry>;

const ENTRY = `select gap_closure.id, gap_closure.at, source_person_id, metric, done, service_date, results, note,
    statements, entrant.name as entered_by, withdrawal.at as withdrawn_at, withdrawer.name as withdrawn_by,
    withdrawal.reason as withdrawn_reason
  from gap_closure
  join user as entrant on entrant.id = gap_closure.user_id
  left join gap_withdrawal as withdrawal on withdrawal.gap_closure_id = gap_closure.id
  left join user as withdrawer on withdrawer.id = withdrawal.user_id`;

/** Everything that was entered, newest first. */
export const listAllClosures = (database: AppDatabase): Entry[] =>
  database.all(Entry, `${ENTRY} order by gap_closure.at desc, gap_closure.rowid desc`);

/** What was entered for people whom the sources know by these numbers, newest first. */
export const listClosures = (database: AppDatabase, sourcePersonIds: readonly string[]): Entry[] =>
  database.all(
    Entry,
    `${ENTRY} where source_person_id in (select value from json_each(?)) order by gap_closure.at desc, gap_closure.rowid desc`,
    JSON.stringify(sourcePersonIds),
  );

export const findClosure = (database: AppDatabase, id: string): Entry | undefined =>
  database.first(Entry, `${ENTRY} where gap_closure.id = ?`, id);

interface By {
  readonly userId: string;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

type Draft = Pick<Entry, 'source_person_id' | 'metric' | 'done' | 'service_date' | 'results' | 'note' | 'statements'>;

/**
 * Enters a closure: its lines stand in the supplemental file, and who entered it when in the app's database, or neither
 * does. Entries wait for each other, so that none is lost. The entry's id.
 */
export const enterClosure = (database: AppDatabase, home: string, draft: Draft, by: By): string =>
  database.atomically(() => {
    const twin = listClosures(database, [draft.source_person_id]).find(
      (entry) => entry.withdrawn_at === null && entry.done === draft.done && entry.service_date === draft.service_date,
    );
    if (twin) {
      throw new Refusal(
        'bad_request',
        `${twin.entered_by} has entered this already: ${twin.done}, ${twin.service_date}`,
      );
    }
    const id = randomUUID();
    const { source_person_id, metric, done, service_date, results, note, statements } = draft;
    database.run(
      `insert into gap_closure (id, at, user_id, source_person_id, metric, done, service_date, results, note, statements)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ...[id, by.now, by.userId, source_person_id, metric, done, service_date, results, note],
      JSON.stringify(statements),
    );
    append(
      home,
      statements.map((statement) => lineOf(draft, statement, by, { note, entryId: id, withdraws: '' })),
    );
    return id;
  });

/** Takes an entry back by further lines; nothing that was written is removed. */
export const withdrawClosure = (database: AppDatabase, home: string, id: string, reason: string, by: By): void =>
  database.atomically(() => {
    const entry = findClosure(database, id);
    if (!entry) throw new Refusal('not_found', 'there is no such entry');
    if (entry.withdrawn_at !== null) {
      throw new Refusal('bad_request', `${entry.withdrawn_by} has taken this entry back already`);
    }
    database.run(
      'insert into gap_withdrawal (gap_closure_id, at, user_id, reason) values (?, ?, ?, ?)',
      ...[id, by.now, by.userId, reason],
    );
    append(
      home,
      entry.statements.map((statement) => lineOf(entry, statement, by, { note: reason, entryId: '', withdraws: id })),
    );
  });

const COLUMNS = 'person_id,service_date,code_type,code,value,unit,entered_by,entered_on,note,entry_id,withdraws';

function lineOf(
  { source_person_id, service_date }: Pick<Draft, 'source_person_id' | 'service_date'>,
  { codeType, code, value, unit }: Statement,
  { name, now }: By,
  { note, entryId, withdraws }: { readonly note: string; readonly entryId: string; readonly withdraws: string },
): string {
  const day = new Date(now).toISOString().slice(0, 10);
  const fields = [source_person_id, service_date, codeType, code, value, unit, harmless(name), day, harmless(note)];
  return [...fields, entryId, withdraws].map((field) => `"${field.replaceAll('"', '""')}"`).join(',');
}

/** What people typed and a spreadsheet would take for a formula gets an apostrophe in front. */
const harmless = (text: string): string => (/^[=+\-@\t\r\n\0＝＋－＠]/.test(text) ? `'${text}` : text);

/**
 * Adds lines to the file that every run reads, as a whole new file that takes the place of the old one: a run sees all
 * of them or none. The caller holds the database's write lock.
 */
function append(home: string, lines: readonly string[]): void {
  const folder = join(home, 'supplemental');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'entered-in-app.csv');
  const before = existsSync(file) ? readFileSync(file, 'utf8') : `${COLUMNS}\n`;
  if (!before.startsWith(`${COLUMNS}\n`)) {
    throw new Refusal('unavailable', 'supplemental/entered-in-app.csv has other columns than this version writes');
  }
  const whole = `${before}${before.endsWith('\n') ? '' : '\n'}${lines.map((line) => `${line}\n`).join('')}`;
  const moving = join(home, 'entered-in-app.moving');
  const handle = openSync(moving, 'w', 0o600);
  try {
    writeSync(handle, whole);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(moving, file);
}
