import type { DuckDBConnection } from '@duckdb/node-api';
import type { Dimension } from '#contract/dimension';
import type { Measure, Metric } from '#contract/metric';
import { typeOf } from './dimensions.ts';
import type { Model } from './graph.ts';
import { rows } from './sql.ts';

const METRIC_COLUMNS = ['subject_id', 'person_id', 'anchor_date', 'numerator', 'denominator', 'exclusion'];
const MEASURE_COLUMNS = [
  ...['measure_id', 'rate_id', 'subject_id', 'person_id', 'period_start', 'period_end', 'initial_population'],
  ...['denominator', 'denominator_exclusion', 'denominator_exception', 'numerator', 'status', 'reason'],
  ...['evidence_date', 'evidence', 'due_date'],
];

async function columnsOf(connection: DuckDBConnection, model: Model): Promise<string[]> {
  return (await rows(connection, `describe ${model.sql.trimEnd().replace(/;$/, '')}`)).map((row) =>
    String(row.column_name),
  );
}

function demand(
  model: Model,
  columns: readonly string[],
  required: readonly string[],
  optional: readonly string[],
): void {
  for (const name of required) if (!columns.includes(name)) throw new Error(`${model.path} yields no column "${name}"`);
  for (const name of columns) {
    if (!required.includes(name) && !optional.includes(name)) {
      throw new Error(
        `${model.path} yields "${name}", which is neither its shape nor a declared dimension or component`,
      );
    }
  }
}

const personColumns = (dimensions: readonly Dimension[]): string[] =>
  dimensions.filter(({ scope }) => scope === 'person').map(({ id }) => `person_dimension.${id}`);

/**
 * The CREATE TABLE of a metric: its rows, widened with their month and with the person dimensions as of that month,
 * all as ENUMs. Also tells which dimensions its rows carry. Throws when metric.sql yields another shape.
 */
export async function metricTable(
  connection: DuckDBConnection,
  model: Model,
  metric: Metric,
  dimensions: readonly Dimension[],
): Promise<{ sql: string; dimensions: string[] }> {
  const columns = await columnsOf(connection, model);
  const components = metric.components.map(({ id }) => id);
  const subject = dimensions.filter(({ id, scope }) => scope === 'subject' && columns.includes(id));
  demand(model, columns, [...METRIC_COLUMNS, ...components], ['expected', ...subject.map(({ id }) => id)]);
  const select = [
    ...['subject_id', 'person_id', 'anchor_date'].map((name) => `fact.${name}`),
    "date_trunc('month', fact.anchor_date)::date as month",
    ...['numerator', 'denominator', ...components, ...(columns.includes('expected') ? ['expected'] : [])].map(
      (name) => `fact.${name}::double as ${name}`,
    ),
    'fact.exclusion::varchar as exclusion',
    ...subject.map((dimension) => `fact.${dimension.id}::${typeOf(dimension)} as ${dimension.id}`),
    ...personColumns(dimensions),
  ];
  return {
    sql: `create table ${model.name} as
select ${select.join(',\n  ')}
from (
${model.sql.trimEnd()}
) as fact
left join person_dimension
  on person_dimension.person_id = fact.person_id
  and person_dimension.month = date_trunc('month', fact.anchor_date)`,
    dimensions: dimensions
      .filter(({ scope }) => scope !== 'subject')
      .map(({ id }) => id)
      .concat(subject.map(({ id }) => id)),
  };
}

/** The CREATE TABLE of a measure: its rows with the person dimensions as of the period's last month with data. */
export async function measureTable(
  connection: DuckDBConnection,
  model: Model,
  dimensions: readonly Dimension[],
): Promise<{ sql: string; dimensions: string[] }> {
  demand(model, await columnsOf(connection, model), MEASURE_COLUMNS, []);
  return {
    sql: `create table ${model.name} as
select ${['fact.*', "date_trunc('month', fact.period_end)::date as month", ...personColumns(dimensions)].join(',\n  ')}
from (
${model.sql.trimEnd()}
) as fact
asof left join person_dimension
  on person_dimension.person_id = fact.person_id
  and person_dimension.month <= least(fact.period_end, getvariable('data_through'))`,
    dimensions: dimensions.filter(({ scope }) => scope !== 'subject').map(({ id }) => id),
  };
}

/** A measure's rate in the metric's shape: excluded and excepted subjects stay, with their reason, in neither part. */
export function rateView(
  measure: Measure,
  rateId: string,
  dimensions: readonly Dimension[],
): { name: string; sql: string } {
  const name = `rate.${measure.id.replaceAll('-', '_')}_${rateId}`;
  const counted = '(denominator and not denominator_exclusion and not denominator_exception)';
  const columns = dimensions.filter(({ scope }) => scope === 'person').map(({ id }) => id);
  return {
    name,
    sql: `create view ${name} as
select subject_id, person_id, period_end as anchor_date, month,
  (numerator and ${counted})::integer::double as numerator,
  ${counted}::integer::double as denominator,
  case when not ${counted} then coalesce(reason, 'not eligible') end as exclusion,
  ${columns.join(', ')}
from measure.${measure.id.replaceAll('-', '_')}
where rate_id = '${rateId}' and initial_population`,
  };
}
