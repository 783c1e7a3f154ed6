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

/** A filter as joins that never multiply rows, and conditions over them. */
export interface FilterSql {
  readonly joins: readonly Sql[];
  readonly conditions: readonly Sql[];
}

/** An empty value is "not known", and for a set dimension "none of them by that date". */
export function filterSql(catalogue: SnapshotCatalogue, filter: Filter, rows: Filtered): FilterSql {
  const joins: Sql[] = [];
  const conditions: Sql[] = [];
  for (const [id, all] of Object.entries(filter)) {
    const dimension = catalogue.dimensions.get(id);
    if (!dimension) throw new Error(`no dimension ${id}`);
    const values = all.filter((value) => value !== '').map((value) => sql`${value}`);
    const alternatives: Sql[] = [];
    if (dimension.scope === 'set') {
      const since = (kind: 'held' | 'any', which: Sql) => {
        const alias = catalogue.names.alias(`${kind}_${id}`);
        joins.push(sql`left join (
            select person_id, min(since_date) as since_date from (${membership(catalogue.names, dimension)}) ${which} group by person_id
          ) as ${alias} on ${alias}.person_id = ${rows.person} and ${alias}.since_date <= ${rows.date}`);
        return alias;
      };
      if (values.length > 0) {
        alternatives.push(sql`${since('held', sql`where value in (${join(values, ', ')})`)}.person_id is not null`);
      }
      if (all.includes('')) alternatives.push(sql`${since('any', sql``)}.person_id is null`);
    } else {
      if (values.length > 0) alternatives.push(sql`${rows.column(id)} in (${join(values, ', ')})`);
      if (all.includes('')) alternatives.push(sql`${rows.column(id)} is null`);
    }
    conditions.push(sql`(${join(alternatives, ' or ')})`);
  }
  return { joins, conditions };
}
