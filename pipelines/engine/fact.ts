import type { DuckDBConnection } from '@duckdb/node-api';
import type { Dimension } from '#contract/dimension';
import type { Measure, Metric } from '#contract/metric';
import { typeOf } from './dimensions.ts';
import type { Model } from './graph.ts';
import { makeTable } from './make.ts';
import { rows } from './sql.ts';

const METRIC_COLUMNS = ['person_id', 'anchor_date', 'numerator', 'denominator'];
/** The subject of a metric whose rows are persons' months: unique, and long, so it is told when asked for and not stored. */
const PERSON_AND_MONTH = "fact.person_id || ':' || strftime(fact.anchor_date, '%Y-%m')";
/** Every reason that leaves a row out, in the order in which they are asked, with what shows it. */
const EXCLUSIONS = 'struct(reason varchar, evidence_date date, evidence varchar)[]';
/** What tells why a row counts or not: those reasons, and what did or did not bring it into the numerator. */
const WHY: Readonly<Record<string, string>> = {
  exclusions: EXCLUSIONS,
  evidence: 'varchar',
  evidence_date: 'date',
  event_id: 'varchar',
};
const MEASURE_COLUMNS = [
  ...['rate_id', 'subject_id', 'person_id', 'period_start', 'initial_population', 'denominator'],
  ...['numerator', 'reason', 'evidence_date', 'evidence'],
];

/** The column that says why a row is left out. */
const leavesOut = (columns: readonly string[]): string => (columns.includes('exclusions') ? 'exclusions' : 'exclusion');

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

/** What a table takes of its rows' persons and months: the person's number, which groups faster than an id, and dimensions. */
const personColumns = (dimensions: readonly Dimension[]): string[] => [
  'person.person',
  ...dimensions.filter(({ scope }) => scope === 'person').map(({ id }) => `person_dimension.${id}`),
];
const personJoin = 'left join dimension.person as person on person.person_id = fact.person_id';

/**
 * The order of the rows: a question about some months reads only the parts of a table that hold them. A number sorts
 * faster than an id.
 */
const inMonths = 'order by month, person.person';

const factOf = (mart: string): string => mart.replace('mart.', 'fact.');

/**
 * Makes a table of the mart that metrics only take columns of. One by person and month is made once for all of them,
 * widened with the person dimensions, as `fact.<table>`, and the mart's own is a view of it: then true.
 */
export async function makeMonthly(
  connection: DuckDBConnection,
  model: Model,
  dimensions: readonly Dimension[],
): Promise<boolean> {
  const columns = await columnsOf(connection, model);
  const isMonthly = columns.includes('person_id') && columns.includes('month');
  if (!isMonthly) {
    await makeTable(connection, model);
    return false;
  }
  await connection.run(`create table ${factOf(model.name)} as
select ${['fact.*', ...personColumns(dimensions)].join(',\n  ')}
from (
${model.sql.trimEnd()}
) as fact
${personJoin}
left join dimension.person_month as person_dimension
  on person_dimension.person = person.person
  and person_dimension.month = date_trunc('month', fact.month)::date
order by fact.month, person.person`);
  await connection.run(`create view ${model.name} as select ${columns.join(', ')} from ${factOf(model.name)}`);
  return true;
}

/** What tells the subjects of a metric apart, and the table of which each of them is one row. */
export interface Subjects {
  readonly table: string;
  readonly key: string;
}

export const subjectsOf = (relation: string): Subjects => ({ table: relation, key: 'subject_id, anchor_date' });

/**
 * What makes the rows of a metric: as metric.sql says, or where that lists `exclusions`, those that apply and the first
 * of them as `exclusion`.
 */
export async function metricSelect(connection: DuckDBConnection, model: Model): Promise<string> {
  const sql = model.sql.trimEnd();
  if (!(await columnsOf(connection, model)).includes('exclusions')) return sql;
  return `select
  * replace (list_filter(exclusions, lambda one: one is not null) as exclusions),
  list_any_value(exclusions).reason as exclusion
from (
${sql}
)`;
}

/**
 * What makes a metric: its rows, widened with their month and with the person dimensions as of that month, all as
 * ENUMs. A metric that only takes columns of a table that is `shared` (makeMonthly) becomes a view of that; any other a
 * table. Also tells which dimensions its rows carry. Throws when metric.sql yields another shape.
 */
export async function metricTable(
  connection: DuckDBConnection,
  model: Model,
  metric: Metric,
  dimensions: readonly Dimension[],
  shared: string | undefined,
): Promise<{ sql: string; dimensions: string[]; subjects: Subjects }> {
  const columns = await columnsOf(connection, model);
  const isNamed = columns.includes('subject_id');
  const components = metric.components.map(({ id }) => id);
  const subject = dimensions.filter(({ id, scope }) => scope === 'subject' && columns.includes(id));
  demand(
    model,
    columns,
    [...METRIC_COLUMNS, leavesOut(columns), ...components],
    ['subject_id', 'expected', ...Object.keys(WHY), ...subject.map(({ id }) => id)],
  );
  const people = personColumns(dimensions);
  const select = [
    isNamed ? 'fact.subject_id' : `${PERSON_AND_MONTH} as subject_id`,
    ...['person_id', 'anchor_date'].map((name) => `fact.${name}`),
    "date_trunc('month', fact.anchor_date)::date as month",
    ...['numerator', 'denominator', ...components, ...(columns.includes('expected') ? ['expected'] : [])].map(
      (name) => `fact.${name}::double as ${name}`,
    ),
    'fact.exclusion::varchar as exclusion',
    ...Object.entries(WHY).flatMap(([name, type]) =>
      columns.includes(name) ? `fact.${name}::${type} as ${name}` : [],
    ),
    ...subject.map((dimension) => `fact.${dimension.id}::${typeOf(dimension)} as ${dimension.id}`),
    ...(shared ? people.map((name) => name.replace(/^\w+/, 'fact')) : people),
  ];
  return {
    sql: shared
      ? `create view ${model.name} as
select ${select.join(',\n  ')}
from (
${projectionOf(model.sql.trimEnd(), shared, dimensions)}
) as fact`
      : `create table ${model.name} as
select ${select.join(',\n  ')}
from (
${await metricSelect(connection, model)}
) as fact
${personJoin}
left join dimension.person_month as person_dimension
  on person_dimension.person = person.person
  and person_dimension.month = date_trunc('month', fact.anchor_date)::date
${inMonths}`,
    dimensions: dimensions
      .filter(({ scope }) => scope !== 'subject')
      .map(({ id }) => id)
      .concat(subject.map(({ id }) => id)),
    subjects: isNamed ? subjectsOf(model.name) : { table: shared ? factOf(shared) : model.name, key: 'person, month' },
  };
}

/** The same projection, of the widened table and with its dimensions. */
function projectionOf(sql: string, mart: string, dimensions: readonly Dimension[]): string {
  const people = personColumns(dimensions).map((name) => name.replace(/^\w+\./, ''));
  return sql
    .replace(/^((?:--.*\n)*)select\b/, `$1select\n  ${people.join(', ')},`)
    .replace(new RegExp(`\\b${mart.replace('.', '\\.')}\\b`), factOf(mart));
}

/**
 * What makes the rows of a measure: FHIR's populations and the state of each gap, worked out alike for all measures.
 * measure.sql says who is in the populations and why: `exclusion` in words or null, or where there is more than one
 * reason `exclusions`, of which the first is `exclusion` with its evidence unless that is said too; and where a measure
 * has them `exception` in words, `state` where a gap is open or closed in a way of its own, and `due_date` where that is
 * not the end of the period. Throws when it yields another shape.
 */
export async function measureSelect(connection: DuckDBConnection, model: Model, measure: Measure): Promise<string> {
  const columns = await columnsOf(connection, model);
  const optional = ['exclusion', 'exception', 'state', 'due_date'];
  demand(model, columns, [...MEASURE_COLUMNS, leavesOut(columns)], optional);
  const isFirst = !columns.includes('exclusion');
  const shown = (name: string) =>
    isFirst ? `coalesce(case when is_initial then exclusions[1].${name} end, ${name}) as ${name}` : name;
  const [exception, state] = ['exception', 'state'].map((name) => (columns.includes(name) ? name : 'null::varchar'));
  const exclusions = columns.includes('exclusions') ? 'exclusions' : 'null';
  const due = columns.includes('due_date') ? 'coalesce(due_date, period_end)' : 'period_end';
  return `with stated as (
${model.sql.trimEnd()}
),
counted as (
  select
    *${isFirst ? ', exclusions[1].reason as exclusion' : ''},
    (period_start + interval 1 year - interval 1 day)::date as period_end,
    coalesce(initial_population, false) as is_initial,
    coalesce(initial_population and denominator, false) as is_denominator,
    is_denominator and exclusion is not null as is_excluded,
    coalesce(is_denominator and exclusion is null and numerator, false) as is_numerator,
    is_denominator and exclusion is null and not is_numerator and ${exception} is not null as is_excepted,
    ${measure.betterIs === 'lower' ? 'not is_numerator' : 'is_numerator'} as is_met
  from stated
)
select
  '${measure.measureId}' as measure_id,
  rate_id,
  subject_id,
  person_id,
  period_start,
  period_end,
  is_initial as initial_population,
  is_denominator as denominator,
  is_excluded as denominator_exclusion,
  is_excepted as denominator_exception,
  is_numerator as numerator,
  case
    when not is_denominator then coalesce(${state}, 'not eligible')
    when is_excluded then 'excluded'
    when is_excepted then coalesce(${state}, 'excepted')
    when is_met and contains(evidence, 'entered by hand') then 'closed, awaiting claim'
    when is_met then coalesce(${state}, 'closed')
    when ${state} is not null then ${state}
    when ${due} <= getvariable('data_through') then 'overdue'
    when ${due} - 90 <= getvariable('data_through') then 'due soon'
    else 'open'
  end as status,
  case when is_excluded then exclusion when is_excepted then ${exception} else reason end as reason,
  case when is_excluded or is_excepted then ${exclusions} end::${EXCLUSIONS} as exclusions,
  ${shown('evidence_date')},
  ${shown('evidence')},
  case when is_denominator and not (is_excluded or is_excepted or is_met) then ${due} end as due_date
from counted`;
}

/** The CREATE TABLE of a measure: its rows with the person dimensions as of the period's last month with data. */
export async function measureTable(
  connection: DuckDBConnection,
  model: Model,
  measure: Measure,
  dimensions: readonly Dimension[],
): Promise<string> {
  return `create table ${model.name} as
select ${['fact.*', "date_trunc('month', fact.period_end)::date as month", ...personColumns(dimensions)].join(',\n  ')}
from (
${await measureSelect(connection, model, measure)}
) as fact
${personJoin}
left join dimension.person_period as person_dimension
  on person_dimension.person = person.person
  and person_dimension.period_start = fact.period_start
${inMonths}`;
}

/** A measure's rate in the metric's shape: excluded and excepted subjects stay, with their reason, in neither part. */
export function rateView(
  measure: Measure,
  rateId: string,
  dimensions: readonly Dimension[],
): { name: string; sql: string } {
  const name = `rate.${measure.id.replaceAll('-', '_')}_${rateId}`;
  const counted = '(denominator and not denominator_exclusion and not denominator_exception)';
  const columns = personColumns(dimensions).map((name) => name.replace(/^\w+\./, ''));
  return {
    name,
    sql: `create view ${name} as
select subject_id, person_id, period_end as anchor_date, month,
  (numerator and ${counted})::integer::double as numerator,
  ${counted}::integer::double as denominator,
  case when not ${counted} then coalesce(reason, 'not eligible') end as exclusion,
  status, reason, exclusions, evidence, evidence_date, due_date,
  ${columns.join(', ')}
from measure.${measure.id.replaceAll('-', '_')}
where rate_id = '${rateId}' and initial_population`,
  };
}
