import type { DuckDBConnection } from '@duckdb/node-api';
import { count, rows } from '../engine/sql.ts';
import type { SourceTable } from './format.ts';
import { identifier } from './quote.ts';

/** Removed records of one file, and their dollars where the table carries any. */
export interface Removed {
  readonly records: number;
  readonly amount: number | null;
}

export interface Duplicates {
  readonly removed: ReadonlyMap<number, Removed>;
  /** Removed records that say something else than the one that was kept. */
  readonly conflicting: number;
}

const hash = (names: readonly string[]): string => `hash(${names.map(identifier).join(', ')})`;

/**
 * Keeps one record per key in `target`: the latest by its own columns where the table names such, then of the latest
 * delivery (file_date where the table has it, then file, then line). A table without a key keeps one of equal records. Counts what it removes, by file.
 */
export async function removeDuplicates(
  connection: DuckDBConnection,
  table: SourceTable,
  target: string,
): Promise<Duplicates> {
  const amount = table.amount === undefined ? 'null::decimal(18,2)' : identifier(table.amount);
  const names = table.columns.map(({ name }) => name);
  const content = names.filter((name) => name !== 'file_date');
  const key = table.key.length > 0 ? table.key : content;
  await connection.run(
    `create or replace temp table repeated as
     select ${hash(key)} as key_hash from ${target} group by key_hash having count(*) > 1`,
  );
  if ((await count(connection, 'select count(*) from repeated')) === 0) return { removed: new Map(), conflicting: 0 };
  const latest = [
    ...(table.latestBy ?? []).map((name) => `${identifier(name)} desc nulls last`),
    ...(names.includes('file_date') ? ['file_date desc nulls last'] : []),
    'file_id desc',
    'line_number desc',
  ];
  await connection.run(
    `create or replace temp table superseded as
     select place, file_id, amount, differs from (
       select rowid as place, file_id, ${amount} as amount, row_number() over delivery > 1 as is_superseded,
         ${hash(content)} <> first_value(${hash(content)}) over delivery as differs
       from ${target} where ${hash(key)} in (select key_hash from repeated)
       window delivery as (partition by ${key.map(identifier).join(', ')} order by ${latest.join(', ')})
     ) where is_superseded`,
  );
  await connection.run(`delete from ${target} where rowid in (select place from superseded)`);
  const found = await rows(
    connection,
    `select file_id, count(*) as records, ${table.amount === undefined ? 'null' : 'coalesce(sum(amount), 0)'} as amount,
       count_if(differs) as conflicting
     from superseded group by file_id`,
  );
  return {
    removed: new Map(
      found.map(({ file_id, records, amount: dollars }) => [
        Number(file_id),
        { records: Number(records), amount: dollars === null ? null : Number(dollars) },
      ]),
    ),
    conflicting: found.reduce((sum, { conflicting }) => sum + Number(conflicting), 0),
  };
}
