import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { type Finding, judged, type Rule } from '../engine/check.ts';
import { quoted, rows } from '../engine/sql.ts';
import type { Home } from './home.ts';
import { readPointer } from './snapshot.ts';

/** A count that is held against the one of the snapshot before. */
interface Tally {
  readonly rule: Pick<Rule, 'number' | 'owner' | 'severity' | 'threshold'>;
  /** SELECT of id, title, reads (the tables that it is about) and records, in the database whose prefix is given. */
  readonly sql: (database: string) => string;
  readonly compare: (before: number, now: number) => { readonly violations: number; readonly fails: boolean };
}

const VOLUME_DROP = 'volume-drop-';
const LATE_MONTHS = 'late-months-medical-claim';

/** Whether a check of this name compares with the snapshot before. */
export const isHistory = (id: string): boolean => id.startsWith(VOLUME_DROP) || id === LATE_MONTHS;

const slug = (text: string): string => `trim(regexp_replace(lower(${text}), '[^a-z0-9]+', '-', 'g'), '-')`;

/** A drop of this share or more stops publishing until somebody overrides it by name. */
const DROP = 0.3;
const gate = (number: number, owner: Rule['owner']): Pick<Tally, 'rule' | 'compare'> => ({
  rule: { number, owner, severity: 'error', threshold: DROP },
  compare: (before, now) => ({ violations: Math.max(before - now, 0), fails: before - now >= DROP * before }),
});

/** Records of one table; `counted` narrows them. */
const whole =
  (id: string, words: string, table: string, counted = (name: string) => name): Tally['sql'] =>
  (database) =>
    `select
       ${quoted(VOLUME_DROP + id)} as id,
       ${quoted(`Less than 30 % fewer ${words} than in the snapshot before`)} as title,
       [${quoted(table)}] as reads,
       (select count(*) from ${counted(database + table)}) as records`;

/** Share by which months that ought to be complete may still grow. */
const LATE = 0.05;

/** Last day that both snapshots reach, so that a snapshot as of an earlier day is not taken for a loss. */
const COMMON_DAY = "least(getvariable('data_through'), getvariable('data_through_before'))";

const tallies: readonly Tally[] = [
  {
    // What is entered by hand is no delivery: an entry that is taken back is no loss.
    ...gate(4001, 'source system'),
    sql: (database) => `select
        ${quoted(VOLUME_DROP)} || replace(kind, '_', '-') || '-' || ${slug('source_name')} as id,
        'Less than 30 % fewer records of ' || replace(kind, '_', ' ') || ' from ' || min(source_name)
          || ' than in the snapshot before' as title,
        ['input.' || kind] as reads,
        sum(rows)::bigint as records
      from ${database}run.feed where source_name <> 'entered by hand' group by kind, ${slug('source_name')}`,
  },
  {
    ...gate(4002, 'source system'),
    sql: (database) => `select
        ${quoted(`${VOLUME_DROP}format-`)} || format as id,
        'Less than 30 % fewer records accepted from files of the format ' || format
          || ' than in the snapshot before' as title,
        []::varchar[] as reads,
        sum(loaded)::bigint as records
      from ${database}run.source_file where format is not null group by format`,
  },
  { ...gate(4003, 'enrollment'), sql: whole('persons', 'persons', 'core.person') },
  {
    ...gate(4004, 'enrollment'),
    sql: whole(
      'member-months',
      'member-months, up to the day that both reach,',
      'core.member_month',
      (name) => `(select distinct person_id, month from ${name} where month <= ${COMMON_DAY})`,
    ),
  },
  { ...gate(4005, 'claims operations'), sql: whole('medical-claims', 'medical claim lines', 'core.medical_claim') },
  { ...gate(4006, 'pharmacy benefit'), sql: whole('pharmacy-claims', 'fills', 'core.pharmacy_claim') },
  {
    rule: { number: 4010, owner: 'claims operations', severity: 'warning', threshold: LATE },
    compare: (before, now) => ({ violations: Math.max(now - before, 0), fails: now - before > LATE * before }),
    sql: (database) => `select
        ${quoted(LATE_MONTHS)} as id,
        'Months that were half a year old in the snapshot before have hardly grown since' as title,
        ['core.medical_claim'] as reads,
        (
          select count(*) from ${database}core.medical_claim
          where start_date < getvariable('data_through_before') - interval 6 month
        ) as records`,
  },
];

export interface Compared extends Finding {
  /** Tables that it is about; none stands for all of the input. */
  readonly reads: readonly string[];
}

/**
 * Compares what was accepted with the snapshot that the home publishes now. Without one, or when one of the two is made
 * up and the other is not, no rule applies. Changes no number: it only finds.
 */
export async function compareWithSnapshotBefore(
  connection: DuckDBConnection,
  home: Home,
  synthetic: boolean,
): Promise<Compared[]> {
  const before = readPointer(home);
  const path = before && join(home.root, before.file);
  const comparable = path !== undefined && existsSync(path) && before?.synthetic === synthetic;
  await connection.run('set variable data_through_before = $1::date', [comparable ? before.dataThrough : null]);
  if (comparable) await connection.run(`attach ${quoted(path)} as snapshot_before (read_only)`);
  try {
    const compared: Compared[] = [];
    for (const tally of tallies) {
      const nothing =
        'select null::varchar as id, null::varchar as title, null::varchar[] as reads, 0 as records where false';
      const found = await rows(
        connection,
        `select
           id,
           coalesce(now.title, before.title) as title,
           coalesce(now.reads, before.reads) as reads,
           coalesce(before.records, 0) as before,
           coalesce(now.records, 0) as now
         from (${tally.sql('')}) as now
         full join (${comparable ? tally.sql('snapshot_before.') : nothing}) as before using (id) order by id`,
      );
      for (const row of found) compared.push(judge(tally, row));
    }
    return compared;
  } finally {
    if (comparable) await connection.run('detach snapshot_before');
  }
}

function judge({ rule, compare }: Tally, row: Awaited<ReturnType<typeof rows>>[number]): Compared {
  const before = Number(row.before);
  const { violations, fails } = compare(before, Number(row.now));
  const named = { ...rule, id: String(row.id), title: String(row.title) };
  return {
    ...judged(named, before === 0 ? 0 : violations, before, fails),
    reads: Array.isArray(row.reads) ? row.reads.map(String) : [],
  };
}
