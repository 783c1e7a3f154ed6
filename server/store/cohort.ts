import { z } from 'zod';
import type { Filter } from '#contract/filter';
import type { SnapshotCatalogue } from './catalogue.ts';
import { filterSql } from './filter.ts';
import type { Queries } from './query.ts';
import { join, type Sql, sql } from './sql.ts';

/**
 * Everybody whom a filter leaves, as `summary` (mart.person_summary), as of data-through. Dimensions that the summary
 * does not hold are those of the last month in which the person was seen.
 */
export function members(catalogue: SnapshotCatalogue, filter: Filter): { readonly from: Sql; readonly where: Sql } {
  const { names, dimensions } = catalogue;
  const monthly = Object.keys(filter).filter(
    (id) => dimensions.get(id)?.scope === 'person' && !names.has('mart.person_summary', id),
  );
  const latest = monthly.map((id) => {
    const column = names.column('mart.person_month', id);
    return sql`arg_max_null(${column}, month) as ${column}`;
  });
  const { joins, conditions } = filterSql(catalogue, filter, {
    person: sql`summary.person_id`,
    date: DATA_THROUGH,
    column: (id) =>
      monthly.includes(id)
        ? sql`latest.${names.column('mart.person_month', id)}`
        : sql`summary.${names.column('mart.person_summary', id)}`,
  });
  const latestMonth = sql`left join (
      select ${join([sql`person_id`, ...latest], ', ')} from mart.person_month where month <= ${DATA_THROUGH} group by person_id
    ) as latest on latest.person_id = summary.person_id`;
  return {
    from: join([sql`mart.person_summary as summary`, ...(monthly.length > 0 ? [latestMonth] : []), ...joins], ' '),
    where: join([sql`true`, ...conditions], ' and '),
  };
}

const DATA_THROUGH = sql`(select data_through from catalogue.snapshot)`;

/** How many persons each of the filters leaves, in their order. */
export const countMembers = (
  queries: Queries,
  catalogue: SnapshotCatalogue,
  filters: readonly Filter[],
): Promise<number[]> =>
  Promise.all(
    filters.map(async (filter) => {
      const { from, where } = members(catalogue, filter);
      const { persons } = await queries.row(
        sql`select count(*) as persons from ${from} where ${where}`,
        z.object({ persons: z.number() }),
      );
      return persons;
    }),
  );
