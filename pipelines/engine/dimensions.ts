import type { DuckDBConnection } from '@duckdb/node-api';
import type { Dimension } from '#contract/dimension';
import { count, quoted, rows } from './sql.ts';

const PERSON_MONTH = 'mart.person_month';

/** The SQL type of a dimension's column: an ENUM, so that Arrow carries it as a dictionary; text where there is no value yet. */
export const typeOf = (dimension: Dimension): string =>
  dimension.values.length === 0 ? 'varchar' : `dimension."${dimension.id}"`;

/** Fills in the values that only the data know, in the order of their labels. */
async function withValues(connection: DuckDBConnection, dimension: Dimension): Promise<Dimension> {
  if (dimension.values.length > 0) return dimension;
  const labels = dimension.labelsFrom
    ? `select value::varchar as value, label::varchar as label from ${dimension.labelsFrom}`
    : 'select null::varchar as value, null::varchar as label where false';
  const seen =
    dimension.scope === 'person' ? `union all select distinct ${dimension.id}::varchar, null from ${PERSON_MONTH}` : '';
  const found = await rows(
    connection,
    `select value, coalesce(max(label), value) as label from (${labels} ${seen}) where value is not null
     group by value order by label, value`,
  );
  return { ...dimension, values: found.map(({ value, label }) => ({ value: String(value), label: String(label) })) };
}

async function isTold(connection: DuckDBConnection, { id, ifTold }: Dimension): Promise<boolean> {
  return !ifTold || (await count(connection, `select count(distinct ${id}) from ${PERSON_MONTH}`)) > 1;
}

/**
 * Creates in the schema `dimension` one ENUM type per dimension, and the tables `person` (person_id, person: its number,
 * by which the others are joined), `person_month` (person, month, one column per person dimension) and `person_period`:
 * of each measurement period (period_start) a person's last month with data. Returns the dimensions that the data tell
 * of, with all their values. dropWide drops the tables again.
 */
export async function createDimensions(
  connection: DuckDBConnection,
  declared: readonly Dimension[],
): Promise<Dimension[]> {
  const dimensions: Dimension[] = [];
  for (const dimension of declared) {
    if (await isTold(connection, dimension)) dimensions.push(await withValues(connection, dimension));
  }
  for (const dimension of dimensions) {
    if (dimension.values.length === 0 || dimension.scope === 'set') continue;
    const values = dimension.values.map(({ value }) => quoted(value)).join(', ');
    await connection.run(`create type dimension."${dimension.id}" as enum (${values})`);
  }
  const columns = dimensions
    .filter(({ scope }) => scope === 'person')
    .map((dimension) => `${dimension.id}::${typeOf(dimension)} as ${dimension.id}`);
  await connection.run(
    'create table dimension.person as select person_id, (row_number() over (order by person_id))::integer as person from core.person',
  );
  await connection.run(
    `create table dimension.person_month as
     select ${['person', 'month', ...columns].join(', ')} from ${PERSON_MONTH} join dimension.person using (person_id)`,
  );
  await connection.run(
    `create table dimension.person_period as
     select measure_period.period_start, person_month.*
     from dimension.person_month
     join mart.measure_period on person_month.month <= least(measure_period.period_end, getvariable('data_through'))
     qualify row_number() over (
       partition by person_month.person, measure_period.period_start order by person_month.month desc
     ) = 1`,
  );
  return dimensions;
}

/** What only widens metrics and measures is no part of the warehouse. */
export async function dropWide(connection: DuckDBConnection): Promise<void> {
  for (const table of ['person', 'person_month', 'person_period'])
    await connection.run(`drop table dimension.${table}`);
}
