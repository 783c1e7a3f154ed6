import type { Dimension } from '#contract/dimension';
import type { Filter } from '#contract/filter';
import type { SnapshotCatalogue } from './catalogue.ts';
import { join, type Names, type Sql, sql } from './sql.ts';

/** One row per person and value of a set dimension: person_id, value, since_date. */
export function membership(names: Names, { id, setFrom = '' }: Dimension): Sql {
  const value = names.column(setFrom, names.has(setFrom, 'value') ? 'value' : id);
  return sql`select person_id, ${value} as value, min(since_date) as since_date from ${names.table(setFrom)} group by all`;
}

/** What a filter is laid over: rows of persons, each with a date and the columns of its dimensions. */
export interface Filtered {
  readonly person: Sql;
  readonly date: Sql;
  readonly column: (dimension: string) => Sql;
}

/** One condition per dimension of the filter. An empty value is "not known", and for a set dimension "none of them". */
export function conditionsOf(catalogue: SnapshotCatalogue, filter: Filter, rows: Filtered): Sql[] {
  return Object.entries(filter).map(([id, all]) => {
    const dimension = catalogue.dimensions.get(id);
    if (!dimension) throw new Error(`no dimension ${id}`);
    const values = all.filter((value) => value !== '').map((value) => sql`${value}`);
    const unknown = all.includes('');
    if (dimension.scope !== 'set') {
      const column = rows.column(id);
      return either(values.length > 0 && sql`${column} in (${join(values, ', ')})`, unknown && sql`${column} is null`);
    }
    const held = sql`select 1 from (${membership(catalogue.names, dimension)}) as held
      where held.person_id = ${rows.person} and held.since_date <= ${rows.date}`;
    return either(
      values.length > 0 && sql`exists (${held} and held.value in (${join(values, ', ')}))`,
      unknown && sql`not exists (${held})`,
    );
  });
}

function either(a: Sql | false, b: Sql | false): Sql {
  if (a && b) return sql`(${a} or ${b})`;
  return a || b || sql`false`;
}
