import { z } from 'zod';
import type { Rule } from '#contract/cohort';
import type { Dimension } from '#contract/dimension';
import type { SnapshotCatalogue } from './catalogue.ts';
import { compile } from './cohort.ts';
import { membership } from './filter.ts';
import type { Queries } from './query.ts';
import { join, type Sql, sql } from './sql.ts';

/** Persons of A, of B, and of those who are in one of them only. */
export interface Four {
  readonly a: number;
  readonly b: number;
  readonly onlyA: number;
  readonly onlyB: number;
}

/** How many persons have a value of a dimension; in a set a person has several, else exactly one. Null: not known. */
export interface Share {
  readonly dimension: Dimension;
  readonly value: string | null;
  readonly persons: Four;
}

/** A number that persons have: how many are known, how many are not 0, their mean and variance. */
export interface Mean {
  readonly group: string;
  readonly title: string;
  readonly unit: 'years' | 'per person' | 'dollars';
  readonly known: Four;
  readonly contributors: Four;
  readonly mean: { readonly a: number | null; readonly b: number | null };
  readonly variance: { readonly a: number | null; readonly b: number | null };
}

export interface Compared {
  readonly everybody: number;
  readonly persons: Four & { readonly both: number };
  readonly shares: readonly Share[];
  readonly means: readonly Mean[];
}

const MEANS = [
  { column: 'age', group: 'Age', title: 'Age', unit: 'years' },
  { column: 'admissions_12m', group: 'Use', title: 'Hospital admissions in 12 months', unit: 'per person' },
  { column: 'emergency_visits_12m', group: 'Use', title: 'Emergency visits in 12 months', unit: 'per person' },
  { column: 'paid_12m', group: 'Cost', title: 'Paid in 12 months', unit: 'dollars' },
] as const;

/** What A and B can be told apart by: short lists of values, as of the last month seen, and numbers of 12 months. */
export async function compareCohorts(
  queries: Queries,
  catalogue: SnapshotCatalogue,
  a: Rule,
  b: Rule,
): Promise<Compared> {
  const { names } = catalogue;
  const { sets, from, holds } = compile(catalogue, [a, b]);
  const [inA = sql`false`, inB = sql`false`] = holds;
  const pairs = sql`with pair as materialized (${sets} select person.person_id, ${inA} as in_a, ${inB} as in_b from ${from})`;
  const asked = [...catalogue.dimensions.values()].filter(
    ({ scope, labelsFrom, values }) => scope !== 'subject' && labelsFrom === undefined && values.length > 0,
  );
  const shares = asked.map(
    (
      dimension,
    ) => sql`select ${dimension.id} as dimension, held.value::varchar as value, [${countsOf(sql`true`)}]::integer[] as persons
      from pair ${dimension.scope === 'set' ? sql`` : sql`left`} join (${valuesOf(catalogue, dimension)}) as held using (person_id)
      where in_a or in_b group by held.value`,
  );
  const means = MEANS.map(({ column }) => {
    const value = sql`summary.${names.column('mart.person_summary', column)}::double`;
    return sql`select ${column} as "column", [${countsOf(sql`${value} is not null`)}]::integer[] as known,
        [${countsOf(sql`coalesce(${value}, 0) <> 0`)}]::integer[] as contributors,
        avg(${value}) filter (in_a) as mean_a, avg(${value}) filter (in_b) as mean_b,
        var_samp(${value}) filter (in_a) as variance_a, var_samp(${value}) filter (in_b) as variance_b
      from pair join mart.person_summary as summary using (person_id)`;
  });
  const [{ everybody, both, persons }, foundShares, foundMeans] = await Promise.all([
    queries.row(
      sql`${pairs} select count(*) as everybody, count_if(in_a and in_b) as both, [${countsOf(sql`true`)}]::integer[] as persons
        from pair`,
      z.object({ everybody: z.number(), both: z.number(), persons: Counts }),
    ),
    shares.length === 0 ? [] : queries.rows(sql`${pairs} ${join(shares, ' union all ')}`, ShareRow),
    queries.rows(sql`${pairs} ${join(means, ' union all ')}`, MeanRow),
  ]);
  return {
    everybody,
    persons: { ...persons, both },
    shares: asked.flatMap((dimension) =>
      [...dimension.values.map(({ value }) => value), null].flatMap((value) =>
        foundShares
          .filter((share) => share.dimension === dimension.id && share.value === value)
          .map((share) => ({ dimension, value, persons: share.persons })),
      ),
    ),
    means: MEANS.flatMap(({ column, ...named }) =>
      foundMeans
        .filter((mean) => mean.column === column)
        .map(({ known, contributors, mean_a, mean_b, variance_a, variance_b }) => ({
          ...{ ...named, known, contributors },
          mean: { a: mean_a, b: mean_b },
          variance: { a: variance_a, b: variance_b },
        })),
    ),
  };
}

/** Persons of A, of B, of A only and of B only of whom something holds. */
const countsOf = (holds: Sql): Sql =>
  join(
    [sql`in_a`, sql`in_b`, sql`in_a and not in_b`, sql`in_b and not in_a`].map(
      (side) => sql`count_if((${side}) and ${holds})`,
    ),
    ', ',
  );

const Counts = z
  .tuple([z.number(), z.number(), z.number(), z.number()])
  .transform(([a, b, onlyA, onlyB]): Four => ({ a, b, onlyA, onlyB }));

const ShareRow = z.object({ dimension: z.string(), value: z.string().nullable(), persons: Counts });

const MeanRow = z.object({
  column: z.string(),
  known: Counts,
  contributors: Counts,
  mean_a: z.number().nullable(),
  mean_b: z.number().nullable(),
  variance_a: z.number().nullable(),
  variance_b: z.number().nullable(),
});

/** person_id and value, as of data-through or the last month in which the person was seen. */
function valuesOf({ names, dataThrough }: SnapshotCatalogue, dimension: Dimension): Sql {
  const { id } = dimension;
  if (dimension.scope === 'set') {
    return sql`select person_id, value from (${membership(names, dimension)}) where ${dataThrough}::date between since_date and until_date`;
  }
  return names.has('mart.person_summary', id)
    ? sql`select person_id, ${names.column('mart.person_summary', id)} as value from mart.person_summary`
    : sql`select person_id, arg_max_null(${names.column('mart.person_month', id)}, month) as value from mart.person_month
        where month <= ${dataThrough}::date group by person_id`;
}
