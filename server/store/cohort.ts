import { z } from 'zod';
import { type Rule, ruleOf, ruleOfFilter, stepsOf } from '#contract/cohort';
import type { Filter } from '#contract/filter';
import type { SnapshotCatalogue } from './catalogue.ts';
import { compileRules } from './cohort-rules.ts';
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
    cohort: (texts) => inCohort(catalogue, texts),
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

/** Compiles expanded rules; their dimensions are read as `members` reads them. */
export const compile = (catalogue: SnapshotCatalogue, rules: readonly Rule[]) =>
  compileRules(catalogue, rules, (filter) => {
    const { from, where } = members(catalogue, filter);
    return sql`select summary.person_id from ${from} where ${where}`;
  });

/** The person_id of everybody in one of the cohorts, given as texts of expanded rules, as of data-through. */
export function inCohort(catalogue: SnapshotCatalogue, texts: readonly string[]): Sql {
  const { sets, from, holds } = compile(catalogue, texts.map(ruleOf));
  return sql`${sets} select person.person_id from ${from} where ${join(holds, ' or ')}`;
}

/** How many persons a filter leaves. */
export async function countMembers(queries: Queries, catalogue: SnapshotCatalogue, filter: Filter): Promise<number> {
  const { sets, from, holds } = compile(catalogue, [ruleOfFilter(filter)]);
  const { persons } = await queries.row(
    sql`${sets} select count_if(${join(holds, ' and ')}) as persons from ${from}`,
    z.object({ persons: z.number() }),
  );
  return persons;
}

/** Who is left after each step of a tree, and whom each alone would keep. */
export interface Counted {
  readonly everybody: number;
  readonly steps: readonly { readonly persons: number; readonly keepsAlone: number }[];
}

/** Counts every step of an expanded tree in one pass over everybody. */
export async function countSteps(queries: Queries, catalogue: SnapshotCatalogue, rule: Rule): Promise<Counted> {
  const steps = stepsOf(rule);
  const { sets, from, holds } = compile(catalogue, steps);
  const flag = (at: number) => catalogue.names.alias(`rule_${at}`);
  const flags = holds.map((one, at) => sql`${one} as ${flag(at)}`);
  const left = steps.map(
    (_, at) =>
      sql`count_if(${join(
        steps.slice(0, at + 1).map((_, one) => flag(one)),
        ' and ',
      )})`,
  );
  const alone = steps.map((_, at) => sql`count_if(${flag(at)})`);
  const counted = await queries.row(
    sql`${sets} select count(*) as everybody, [${join(left, ', ')}]::integer[] as persons, [${join(alone, ', ')}]::integer[] as alone
      from (select ${join([sql`person.person`, ...flags], ', ')} from ${from})`,
    z.object({ everybody: z.number(), persons: z.array(z.number()), alone: z.array(z.number()) }),
  );
  return {
    everybody: counted.everybody,
    steps: steps.map((_, at) => ({ persons: counted.persons[at] ?? 0, keepsAlone: counted.alone[at] ?? 0 })),
  };
}

/** The SELECT of an expanded tree's persons. */
export function selectOf(catalogue: SnapshotCatalogue, rule: Rule): Sql {
  const { sets, from, holds } = compile(catalogue, stepsOf(rule));
  return sql`${sets} select person.person_id from ${from} where ${join([...holds, sql`true`], ' and ')} order by person.person_id`;
}
