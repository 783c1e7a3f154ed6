import { z } from 'zod';
import type { Filter } from '#contract/filter';
import type { SnapshotCatalogue } from './catalogue.ts';
import { conditionsOf } from './filter.ts';
import type { Queries } from './query.ts';
import { join, type Sql, sql } from './sql.ts';

/**
 * Everybody as of data-through, as `member`: the person's summary and, from the last month in which the person was
 * seen, the person's dimensions.
 */
export const MEMBERS = sql`mart.person_summary as summary
  left join (
    select person_month.* from mart.person_month as person_month
    join (
      select person_id, max(month) as month from mart.person_month
      where month <= (select data_through from catalogue.snapshot) group by person_id
    ) as latest on latest.person_id = person_month.person_id and latest.month = person_month.month
  ) as member on member.person_id = summary.person_id`;

/** A filter over MEMBERS. */
export const memberConditions = (catalogue: SnapshotCatalogue, filter: Filter): Sql[] =>
  conditionsOf(catalogue, filter, {
    person: sql`summary.person_id`,
    date: sql`(select data_through from catalogue.snapshot)`,
    column: (id) => sql`member.${catalogue.names.column('mart.person_month', id)}`,
  });

/** How many persons each of the filters leaves, in their order; one pass over the members. */
export async function countMembers(
  queries: Queries,
  catalogue: SnapshotCatalogue,
  filters: readonly Filter[],
): Promise<number[]> {
  if (filters.length === 0) return [];
  const counts = filters.map(
    (filter) =>
      sql`count(*) filter (where ${join([sql`true`, ...memberConditions(catalogue, filter)], ' and ')})::integer`,
  );
  const { counted } = await queries.row(
    sql`select [${join(counts, ', ')}] as counted from ${MEMBERS}`,
    z.object({ counted: z.array(z.number()) }),
  );
  return counted;
}
