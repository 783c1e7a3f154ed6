import type { DuckDBConnection } from '@duckdb/node-api';
import type { Measure } from '#contract/metric';
import type { Folder } from './discover.ts';
import { measureSelect } from './fact.ts';

const STANDING = `case
  when not (initial_population and denominator) then 'does not count'
  when denominator_exclusion or denominator_exception then 'left out'
  when numerator then 'in the numerator'
  else 'not in the numerator'
end`;

/** How the SQL of a measure tells its years apart, where one of its changed rules is applied from its year on. */
export function boundaryOf({
  declaration: { changes },
  model,
}: Folder<Measure>): { from: string; text: string } | null {
  const from = changes?.find(({ applied }) => applied === null)?.from;
  const text = `date '${from}-01-01'`;
  return from !== undefined && model.sql.includes(text) ? { from, text } : null;
}

/** Creates catalogue.rule_effect, which measureRuleEffect fills. */
export async function createRuleEffect(connection: DuckDBConnection): Promise<void> {
  await connection.run(
    'create table catalogue.rule_effect (metric_id varchar, period varchar, earlier varchar, later varchar, subjects bigint)',
  );
}

/**
 * Adds to catalogue.rule_effect, for each rate of a measure whose rules changed, how many subjects of the run's period
 * stand where by the rules before the change (`earlier`) and after it (`later`). The rules of the period itself made its
 * table; its SQL runs once more with the boundary moved past the period, by which the other rules apply to it.
 */
export async function measureRuleEffect(
  connection: DuckDBConnection,
  folder: Folder<Measure>,
  period: string,
): Promise<void> {
  const boundary = boundaryOf(folder);
  if (boundary === null) return;
  const { declaration, model } = folder;
  const isLater = period >= boundary.from;
  const moved = isLater ? "date '9999-12-31'" : "date '0001-01-01'";
  const other = { ...model, sql: model.sql.replaceAll(boundary.text, moved) };
  await connection.run(
    `insert into catalogue.rule_effect
     with own as (
       select rate_id, subject_id, ${STANDING} as standing
       from ${model.name} where period_start = getvariable('period_start')
     ),
     other as (
       select rate_id, subject_id, ${STANDING} as standing
       from (${await measureSelect(connection, other, declaration)}) where period_start = getvariable('period_start')
     )
     select
       $1 || '-' || rate_id,
       $2,
       coalesce(${isLater ? 'other' : 'own'}.standing, 'does not count') as earlier,
       coalesce(${isLater ? 'own' : 'other'}.standing, 'does not count') as later,
       count(*)
     from own
     full join other using (rate_id, subject_id)
     group by all`,
    [declaration.id, period],
  );
}
