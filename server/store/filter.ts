import { COHORT } from '#contract/cohort';
import type { Dimension } from '#contract/dimension';
import type { Filter } from '#contract/filter';
import type { SnapshotCatalogue } from './catalogue.ts';
import { join, type Names, type Sql, sql } from './sql.ts';

/**
 * The days on which a person has a value of a set dimension, from since_date to until_date; spells of a value are
 * apart. A table without until_date tells of what lasts.
 */
export function membership(names: Names, { id, setFrom = '' }: Dimension): Sql {
  const value = names.column(setFrom, names.has(setFrom, 'value') ? 'value' : id);
  const until = names.has(setFrom, 'until_date') ? sql`until_date` : sql`date '9999-12-31'`;
  return sql`select person_id, ${value} as value, since_date, ${until} as until_date from ${names.table(setFrom)}`;
}

/** The days on which a person has any of the values: one row per person and unbroken time. Both orders break ties alike. */
const anyOf = (membership: Sql, which: Sql): Sql => sql`
  select person_id, min(since_date) as since_date, max(until_date) as until_date
  from (
    select *, sum(case when since_date <= reached + 1 then 0 else 1 end)
      over (partition by person_id order by since_date, until_date, value rows unbounded preceding) as number
    from (
      select *, max(until_date)
        over (partition by person_id order by since_date, until_date, value rows between unbounded preceding and 1 preceding)
        as reached
      from (${membership}) ${which}
    )
  )
  group by person_id, number`;

/** What a filter is laid over: rows of persons, each with a date and the columns of its dimensions. */
export interface Filtered {
  readonly person: Sql;
  readonly date: Sql;
  readonly column: (dimension: string) => Sql;
  /** A SELECT of the ids of everybody in one of the cohorts, whatever the rows' dates. */
  readonly cohort: (texts: readonly string[]) => Sql;
}

/** A filter as joins that never multiply rows, and conditions over them. */
export interface FilterSql {
  readonly joins: readonly Sql[];
  readonly conditions: readonly Sql[];
}

/** An empty value is "not known", and for a set dimension "none of them on that date". */
export function filterSql(catalogue: SnapshotCatalogue, filter: Filter, rows: Filtered): FilterSql {
  const joins: Sql[] = [];
  const conditions: Sql[] = [];
  for (const [id, all] of Object.entries(filter)) {
    if (id === COHORT) {
      conditions.push(sql`${rows.person} in (${rows.cohort(all)})`);
      continue;
    }
    const dimension = catalogue.dimensions.get(id);
    if (!dimension) throw new Error(`no dimension ${id}`);
    const values = all.filter((value) => value !== '').map((value) => sql`${value}`);
    const alternatives: Sql[] = [];
    if (dimension.scope === 'set') {
      const having = (kind: 'held' | 'any', which: Sql) => {
        const alias = catalogue.names.alias(`${kind}_${id}`);
        joins.push(sql`left join (${anyOf(membership(catalogue.names, dimension), which)}) as ${alias}
          on ${alias}.person_id = ${rows.person} and ${rows.date} between ${alias}.since_date and ${alias}.until_date`);
        return alias;
      };
      if (values.length > 0) {
        alternatives.push(sql`${having('held', sql`where value in (${join(values, ', ')})`)}.person_id is not null`);
      }
      if (all.includes('')) alternatives.push(sql`${having('any', sql``)}.person_id is null`);
    } else {
      if (values.length > 0) alternatives.push(sql`${rows.column(id)} in (${join(values, ', ')})`);
      if (all.includes('')) alternatives.push(sql`${rows.column(id)} is null`);
    }
    conditions.push(sql`(${join(alternatives, ' or ')})`);
  }
  return { joins, conditions };
}
