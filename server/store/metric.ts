import { z } from 'zod';
import type { Part } from '#contract/result';
import type { SnapshotCatalogue } from './catalogue.ts';
import { type Column, objectsOf } from './columns.ts';
import { conditionsOf, membership } from './filter.ts';
import type { Queries } from './query.ts';
import type { Key, Period, Question } from './question.ts';
import { join, type Sql, sql } from './sql.ts';

const Sums = z.object({
  numerator: z.number(),
  denominator: z.number(),
  /** In the numerator's unit; null where there is no model. */
  expected: z.number().nullable(),
  rows: z.number(),
  /** Distinct persons, and those of them with a numerator; null unless asked for. */
  persons: z.number().nullable(),
  contributors: z.number().nullable(),
  /** Sums over persons of squares and products, for the clustered interval; null unless asked for. */
  numerator_squares: z.number().nullable(),
  cross: z.number().nullable(),
  denominator_squares: z.number().nullable(),
});
/** The sums of one group of a metric's rows, before scaling. */
export type Sums = z.infer<typeof Sums>;

/** The groups of a question in the order of their keys, one column per key; without keys there is exactly one group. */
export interface Groups {
  readonly keys: readonly Column[];
  readonly sums: readonly Sums[];
}

/** `perPerson` also counts persons and sums squares over them, which is slower where rows are member-months. */
export async function readGroups(
  queries: Queries,
  catalogue: SnapshotCatalogue,
  question: Question,
  perPerson: boolean,
): Promise<Groups> {
  const { names } = catalogue;
  const { relation, components } = question.metric;
  const keys = question.by.map((key) => ({ key, alias: names.alias(key.id) }));
  const aliases = keys.map(({ alias }) => alias);
  const byComponent = question.by.some(({ kind }) => kind === 'component');
  const byExclusion = question.by.some(({ kind }) => kind === 'exclusion');
  // Excluded rows are seen only when asked for by name, and even then count in neither part.
  const weight = byExclusion ? sql`(subject.exclusion is null)::integer *` : sql``;
  const numerator = byComponent
    ? each(components.map(({ id }) => sql`subject.${names.column(relation, id)}`))
    : sql`subject.numerator`;
  const expected =
    names.has(relation, 'expected') && !byComponent ? sql`${weight} subject.expected` : sql`null::double`;
  const counted = sql`
    select ${join(
      [
        ...keys.map(({ key, alias }) => sql`${groupedBy(catalogue, question, key)} as ${alias}`),
        sql`subject.person_id`,
        sql`${weight} ${numerator} as numerator`,
        sql`${weight} subject.denominator as denominator`,
        sql`${expected} as expected`,
      ],
      ', ',
    )}
    from ${source(catalogue, question)}
    where ${join([byExclusion ? sql`true` : sql`subject.exclusion is null`, ...conditions(catalogue, question)], ' and ')}`;
  const columns = await queries.columns(
    sql`with counted as (${counted}), summed as (${perPerson ? sumsOverPersons(aliases) : sumsOverRows(aliases)})
    select ${join([...keys.map(({ key, alias }) => sql`${shown(key, alias)} as ${alias}`), SUMMED], ', ')}
    from summed
    order by ${join([...aliases.map((alias) => sql`summed.${alias} nulls last`), sql`summed.rows`], ', ')}`,
  );
  return {
    keys: columns.slice(0, keys.length),
    sums: z.array(Sums).parse(objectsOf(columns.slice(keys.length))),
  };
}

const SUMMED = sql`numerator, denominator, expected, rows, persons, contributors, numerator_squares, "cross",
  denominator_squares`;

// fsum compensates rounding and the last digits are dropped, so that a sum does not depend on the order of its rows.
const TOTALS = sql`coalesce(round(fsum(numerator), 6), 0) as numerator,
  coalesce(round(fsum(denominator), 6), 0) as denominator,
  round(fsum(expected), 6) as expected`;

const sumsOverRows = (keys: readonly Sql[]): Sql => sql`
  select ${join([...keys, TOTALS], ', ')}, count(*)::integer as rows,
    null::integer as persons, null::integer as contributors,
    null::double as numerator_squares, null::double as "cross", null::double as denominator_squares
  from counted group by all`;

const sumsOverPersons = (keys: readonly Sql[]): Sql => sql`
  select ${join([...keys, TOTALS], ', ')}, coalesce(sum(rows), 0)::integer as rows,
    count(person_id)::integer as persons, count_if(numerator <> 0)::integer as contributors,
    coalesce(fsum(numerator * numerator), 0) as numerator_squares,
    coalesce(fsum(numerator * denominator), 0) as "cross",
    coalesce(fsum(denominator * denominator), 0) as denominator_squares
  from (
    select ${join([...keys, sql`person_id`], ', ')},
      fsum(numerator) as numerator, fsum(denominator) as denominator, fsum(expected) as expected, count(*) as rows
    from counted group by all
  ) group by all`;

/** One row of the metric becomes one row per item. */
const each = (items: readonly Sql[]): Sql => sql`unnest([${join(items, ', ')}])`;

const PERIOD_START: Readonly<Record<Period, Sql>> = {
  month: sql`subject.month`,
  quarter: sql`date_trunc('quarter', subject.month)`,
  year: sql`date_trunc('year', subject.month)`,
};

function groupedBy({ names }: SnapshotCatalogue, { metric }: Question, key: Key): Sql {
  switch (key.kind) {
    case 'period':
      return PERIOD_START[key.id];
    case 'exclusion':
      return sql`subject.exclusion`;
    case 'component':
      return each(metric.components.map(({ id }) => sql`${id}::varchar`));
    case 'dimension':
      return key.dimension.scope === 'set'
        ? sql`${names.alias(key.id)}.value`
        : sql`subject.${names.column(metric.relation, key.id)}`;
  }
}

function shown(key: Key, alias: Sql): Sql {
  if (key.kind !== 'period') return sql`summed.${alias}`;
  switch (key.id) {
    case 'month':
      return sql`strftime(summed.${alias}, '%Y-%m')`;
    case 'quarter':
      return sql`strftime(summed.${alias}, '%Y-Q') || quarter(summed.${alias})`;
    case 'year':
      return sql`strftime(summed.${alias}, '%Y')`;
  }
}

/** The metric's rows as `subject`, joined to each set dimension that they are grouped by: groups of a set overlap. */
function source({ names }: SnapshotCatalogue, { metric, by }: Question): Sql {
  const joins = by.map((key) => {
    if (key.kind !== 'dimension' || key.dimension.scope !== 'set') return sql``;
    const alias = names.alias(key.id);
    return sql` join (${membership(names, key.dimension)}) as ${alias}
      on ${alias}.person_id = subject.person_id and ${alias}.since_date <= subject.anchor_date`;
  });
  return sql`${names.table(metric.relation)} as subject ${join(joins, ' ')}`;
}

const conditions = (catalogue: SnapshotCatalogue, { metric, from, to, filter }: Question): Sql[] => [
  ...(from ? [sql`subject.month >= ${`${from}-01`}::date`] : []),
  ...(to ? [sql`subject.month <= ${`${to}-01`}::date`] : []),
  ...conditionsOf(catalogue, filter, {
    person: sql`subject.person_id`,
    date: sql`subject.anchor_date`,
    column: (id) => sql`subject.${catalogue.names.column(metric.relation, id)}`,
  }),
];

/** Which rows stand behind one displayed number, and what they add to it. */
export interface Behind {
  readonly part: Part;
  readonly component?: string | undefined;
  readonly reason?: string | undefined;
}

function behind({ names }: SnapshotCatalogue, { metric }: Question, { part, component, reason }: Behind) {
  if (part === 'exclusion') {
    const given = reason === undefined ? sql`` : sql` and subject.exclusion = ${reason}`;
    return { adds: sql`1`, condition: sql`subject.exclusion is not null${given}` };
  }
  const adds = sql`subject.${component ? names.column(metric.relation, component) : part === 'numerator' ? sql`numerator` : sql`denominator`}`;
  return { adds, condition: sql`subject.exclusion is null and ${adds} <> 0` };
}

/** Rows, persons and the sum of the rows behind a number: the sum is the number. */
export function readBehindTotal(queries: Queries, catalogue: SnapshotCatalogue, question: Question, asked: Behind) {
  const { adds, condition } = behind(catalogue, question, asked);
  return queries.row(
    sql`select count(*)::integer as rows, coalesce(round(fsum(${adds}), 6), 0) as sum,
        count(distinct subject.person_id)::integer as persons
      from ${source(catalogue, question)}
      where ${join([condition, ...conditions(catalogue, question)], ' and ')}`,
    z.object({ rows: z.number(), sum: z.number(), persons: z.number() }),
  );
}

/** The dimensions of a metric that each of its rows has one value of. */
export const rowDimensions = ({ dimensions }: SnapshotCatalogue, { metric }: Question): string[] =>
  metric.dimensions.filter((id) => dimensions.get(id)?.scope !== 'set');

/** A page of the rows behind a number, newest first, with who they are; one column per dimension after the fixed ones. */
export function readBehind(
  queries: Queries,
  catalogue: SnapshotCatalogue,
  question: Question,
  asked: Behind,
  page: { readonly limit: number; readonly offset: number },
): Promise<Column[]> {
  const { names } = catalogue;
  const { condition } = behind(catalogue, question, asked);
  const dimensions = rowDimensions(catalogue, question).filter((id) => id !== 'sex');
  return queries.columns(
    sql`select subject.subject_id, subject.person_id,
        nullif(concat_ws(' ', person.first_name, person.last_name), '') as name,
        date_sub('year', person.birth_date, subject.anchor_date)::integer as age,
        person.sex, subject.anchor_date, subject.numerator::double as numerator,
        subject.denominator::double as denominator,
        ${join([sql`subject.exclusion`, ...dimensions.map((id) => sql`subject.${names.column(question.metric.relation, id)}`)], ', ')}
      from ${source(catalogue, question)}
      left join core.person as person on person.person_id = subject.person_id
      where ${join([condition, ...conditions(catalogue, question)], ' and ')}
      order by subject.anchor_date desc, subject.subject_id, subject.person_id
      limit ${page.limit} offset ${page.offset}`,
    page.limit,
  );
}

const Exclusion = z.object({ reason: z.string().nullable(), rows: z.number(), persons: z.number() });
export type Exclusion = z.infer<typeof Exclusion>;

/** Every row of the question by what excludes it, most frequent first; null is what counts. */
export const readExclusions = (queries: Queries, catalogue: SnapshotCatalogue, question: Question) =>
  queries.rows(
    sql`select subject.exclusion as reason, count(*)::integer as rows, count(distinct subject.person_id)::integer as persons
      from ${source(catalogue, question)}
      where ${join([sql`true`, ...conditions(catalogue, question)], ' and ')}
      group by all order by rows desc, reason`,
    Exclusion,
  );
