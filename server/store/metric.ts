import { z } from 'zod';
import { isInDollars } from '#contract/metric';
import { addMonths } from '#contract/months';
import { Met, type Part } from '#contract/result';
import type { SnapshotCatalogue } from './catalogue.ts';
import { inCohort } from './cohort.ts';
import { type Column, objectsOf } from './columns.ts';
import { cubedGroups } from './cube.ts';
import { filterSql, membership } from './filter.ts';
import type { Queries } from './query.ts';
import { type Key, type Period, type Question, rollingOf } from './question.ts';
import { cutTo, join, type Page, type Sql, sql } from './sql.ts';
import { type Groups, Sums } from './sums.ts';

/** `perPerson` also counts persons and sums squares over them, which is slower where a person has many rows in a group. */
export async function readGroups(
  queries: Queries,
  catalogue: SnapshotCatalogue,
  question: Question,
  perPerson: boolean,
): Promise<Groups> {
  const cubed = cubedGroups(catalogue, question);
  if (cubed) return cubed;
  const columns = await queries.columns(groupsOf(catalogue, question, perPerson));
  return {
    keys: columns.slice(0, question.by.length),
    sums: z.array(Sums).parse(objectsOf(columns.slice(question.by.length))),
  };
}

/** The one SELECT that answers a question: a row per group, its keys, then its sums. */
export function groupsOf(catalogue: SnapshotCatalogue, question: Question, perPerson: boolean): Sql {
  const rolling = rollingOf(question);
  const summed =
    rolling === null ? summedOf(catalogue, question, perPerson) : rolled(catalogue, question, rolling, perPerson);
  const keys = question.by.map((key) => ({ key, alias: catalogue.names.alias(key.id) }));
  return sql`select ${list([
    ...keys.map(({ key, alias }) => sql`${shown(key, alias)} as ${alias}`),
    sql`part.numerator, denominator, expected, rows, persons, part.contributors, part.numerator_squares, part."cross",
        denominator_squares`,
  ])}
    from (select *, unnest(parts) as part from (${summed})) as summed
    order by ${list([...keys.map(({ key, alias }) => inOrder(key, alias)), sql`rows`])}`;
}

function summedOf(catalogue: SnapshotCatalogue, question: Question, perPerson: boolean): Sql {
  const layout = layoutOf(catalogue, question, perPerson);
  return sql`with counted as (${countedRows(catalogue, question, layout)}),
    people as (${layout.byPerson ? peopleOfRows(layout) : sql`select * from counted`})
    ${sumsOfPeople(layout)}`;
}

/**
 * Each window is a question of its own, of its months; one without rows is no group, nor is one that begins before the
 * metric counts anything.
 */
function rolled(catalogue: SnapshotCatalogue, question: Question, rolling: number, perPerson: boolean): Sql {
  const relation = catalogue.names.table(question.metric.relation);
  const by = question.by.filter(({ kind }) => kind !== 'period');
  const windows = endsOf(catalogue, question, rolling).map((to) => {
    const window = summedOf(catalogue, { ...question, by, from: addMonths(to, 1 - rolling), to }, perPerson);
    return sql`select ${`${to}-01`}::date as month, * from (${window}) where rows > 0`;
  });
  return sql`select * from (${join(windows, ' union all ')})
    where month >= (select min(month) + to_months(${rolling - 1}::integer) from ${relation} where exclusion is null)`;
}

/** The months asked for that end a window which is wholly within those of the snapshot; else one that nothing is of. */
function endsOf({ firstMonth, lastMonth }: SnapshotCatalogue, { from, to }: Question, rolling: number): string[] {
  const ends: string[] = [];
  const last = to && lastMonth && to < lastMonth ? to : (lastMonth ?? '');
  for (let end = addMonths(firstMonth ?? '9000-01', rolling - 1); end <= last; end = addMonths(end, 1)) {
    if (!from || end >= from) ends.push(end);
  }
  return ends.length > 0 ? ends : ['9999-12'];
}

/** How the rows of a question are grouped, and which numerators are summed: the whole, or each component. */
interface Layout {
  readonly keys: readonly { readonly value: Sql; readonly alias: Sql }[];
  readonly parts: readonly { readonly id: string; readonly column: Sql; readonly alias: Sql }[];
  /** Whether sums over persons are asked for. */
  readonly perPerson: boolean;
  /** Whether rows are gathered by person first. */
  readonly byPerson: boolean;
  /** Whether a person counts once in a group, however many rows it has there. */
  readonly countsPersons: boolean;
}

function layoutOf(catalogue: SnapshotCatalogue, question: Question, perPerson: boolean): Layout {
  const { names } = catalogue;
  const { relation, components, grain, kind } = question.metric;
  const countsPersons = kind === 'metric' && grain === 'person';
  const parts = question.by.some(({ kind }) => kind === 'component')
    ? components.map(({ id }) => ({ id, column: names.column(relation, id) }))
    : [{ id: 'whole', column: sql`numerator` }];
  return {
    keys: question.by
      .filter(({ kind }) => kind !== 'component')
      .map((key) => ({ value: groupedBy(catalogue, question, key), alias: names.alias(key.id) })),
    parts: parts.map((part) => ({ ...part, alias: names.alias(`part_${part.id}`) })),
    perPerson,
    byPerson: countsPersons || (perPerson && !isOncePerPerson(question)),
    countsPersons,
  };
}

/** Excluded rows are seen only when asked for by name, and even then count in neither part. */
function countedRows(
  catalogue: SnapshotCatalogue,
  question: Question,
  { keys, parts, perPerson, byPerson }: Layout,
): Sql {
  const byExclusion = question.by.some(({ kind }) => kind === 'exclusion');
  const weight = byExclusion ? sql`(subject.exclusion is null)::integer *` : sql``;
  const hasExpected = parts.length === 1 && catalogue.names.has(question.metric.relation, 'expected');
  const { from, conditions } = source(catalogue, question);
  return sql`
    select ${list([
      ...keys.map(({ value, alias }) => sql`${value} as ${alias}`),
      ...(perPerson || byPerson ? [sql`${personOf(catalogue, question)} as person`] : []),
      ...parts.map(({ column, alias }) => sql`${weight} subject.${column} as ${alias}`),
      sql`${weight} subject.denominator as denominator`,
      hasExpected ? sql`${weight} subject.expected as expected` : sql`null::double as expected`,
      sql`1 as rows`,
    ])}
    from ${from}
    where ${join([byExclusion ? sql`true` : sql`subject.exclusion is null`, ...conditions], ' and ')}`;
}

/** A number, which groups faster and smaller than the text that it stands for; older snapshots did not number people. */
const personOf = ({ names }: SnapshotCatalogue, { metric }: Question): Sql =>
  names.has(metric.relation, 'person') ? sql`subject.person` : sql`hash(subject.person_id)`;

/** What each person brings to a group: the sum of its rows, or the most of any where persons are counted. */
function peopleOfRows({ keys, parts, countsPersons }: Layout): Sql {
  const gathered = (column: Sql) => (countsPersons ? sql`max(${column})` : sql`fsum(${column})`);
  return sql`
    select ${list([
      ...keys.map(({ alias }) => alias),
      sql`person`,
      ...parts.map(({ alias }) => sql`${gathered(alias)} as ${alias}`),
      ...[sql`denominator`, sql`expected`].map((column) => sql`${gathered(column)} as ${column}`),
      sql`${countsPersons ? sql`1` : sql`count(*)`} as rows`,
    ])}
    from counted group by all`;
}

const sumsOfPeople = ({ keys, parts, perPerson }: Layout): Sql => sql`
    select ${list([
      ...keys.map(({ alias }) => alias),
      sql`[${list(parts.map(({ id, alias }) => partSums(id, alias, perPerson)))}] as parts`,
      sql`${total(sql`denominator`)} as denominator, round(fsum(expected), 6) as expected`,
      sql`coalesce(sum(rows), 0)::integer as rows`,
      perPerson
        ? sql`count(*)::integer as persons, coalesce(fsum(denominator * denominator), 0) as denominator_squares`
        : sql`null::integer as persons, null::double as denominator_squares`,
    ])}
    from people group by all`;

const list = (items: readonly Sql[]): Sql => join(items, ', ');

/** Whether no person has two rows in a group, so that rows are persons there. */
const isOncePerPerson = ({ metric, by }: Question): boolean =>
  metric.grain === 'member-month' && by.some(({ id }) => id === 'month');

// fsum compensates rounding and the last digits are dropped, so that a sum does not depend on the order of its rows.
const total = (column: Sql): Sql => sql`coalesce(round(fsum(${column}), 6), 0)`;

const partSums = (id: string, numerator: Sql, perPerson: boolean): Sql =>
  perPerson
    ? sql`{
        'component': ${id}::varchar, 'numerator': ${total(numerator)},
        'contributors': count_if(${numerator} <> 0)::integer,
        'numerator_squares': coalesce(fsum(${numerator} * ${numerator}), 0),
        'cross': coalesce(fsum(${numerator} * denominator), 0)
      }`
    : sql`{
        'component': ${id}::varchar, 'numerator': ${total(numerator)}, 'contributors': null::integer,
        'numerator_squares': null::double, 'cross': null::double
      }`;

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
      throw new Error('components are parts of a group, not groups of rows');
    case 'dimension':
      return key.dimension.scope === 'set'
        ? sql`${names.alias(key.id)}.value`
        : sql`subject.${names.column(metric.relation, key.id)}`;
  }
}

function shown(key: Key, alias: Sql): Sql {
  if (key.kind === 'component') return sql`part.component`;
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

/** Not known comes last; components in the order of their declaration. */
const inOrder = (key: Key, alias: Sql): Sql =>
  key.kind === 'component' ? sql`list_position(parts, part)` : sql`summed.${alias} nulls last`;

/**
 * The metric's rows as `subject`, joined to each set dimension that they are grouped by (groups of a set overlap), with
 * the conditions of the months and the filter.
 */
function source(catalogue: SnapshotCatalogue, { metric, by, from, to, filter }: Question) {
  const { names } = catalogue;
  const sets = by.flatMap((key) => {
    if (key.kind !== 'dimension' || key.dimension.scope !== 'set') return [];
    const alias = names.alias(key.id);
    return sql`join (${membership(names, key.dimension)}) as ${alias}
      on ${alias}.person_id = subject.person_id
      and subject.anchor_date between ${alias}.since_date and ${alias}.until_date`;
  });
  const { joins, conditions } = filterSql(catalogue, filter, {
    person: sql`subject.person_id`,
    date: sql`subject.anchor_date`,
    column: (id) => sql`subject.${names.column(metric.relation, id)}`,
    cohort: (texts) => inCohort(catalogue, texts),
  });
  return {
    from: join([sql`${names.table(metric.relation)} as subject`, ...sets, ...joins], ' '),
    conditions: [
      ...(from ? [sql`subject.month >= ${`${from}-01`}::date`] : []),
      ...(to ? [sql`subject.month <= ${`${to}-01`}::date`] : []),
      ...conditions,
    ],
  };
}

/** The rows that count, with their person and numerator. */
export function countedBy(catalogue: SnapshotCatalogue, question: Question): Sql {
  const { from, conditions } = source(catalogue, { ...question, by: [] });
  return sql`select subject.person_id, subject.numerator from ${from}
    where ${join([sql`subject.exclusion is null`, ...conditions], ' and ')}`;
}

/** Which rows stand behind one displayed number, and what they add to it. */
export interface Behind {
  readonly part: Part;
  readonly component?: string | undefined;
  readonly reason?: string | undefined;
  /** Month by whose end a measure was met. */
  readonly met?: string | undefined;
}

/** The first day of the month of its year from which a subject had met a measure, by the date of its evidence. */
const MET_FROM = sql`date_trunc('month', least(greatest(subject.evidence_date, date_trunc('year', subject.anchor_date)),
  subject.anchor_date))`;

/** How many had met a measure by the end of each month of its years. */
export function readMet(queries: Queries, catalogue: SnapshotCatalogue, question: Question): Promise<Met['months']> {
  const { from, conditions } = source(catalogue, question);
  return queries.rows(
    sql`with month as (
        select anchor_date, unnest(generate_series(date_trunc('year', anchor_date), anchor_date, interval 1 month)) as month
        from (select distinct subject.anchor_date from ${from} where ${join([sql`true`, ...conditions], ' and ')})
      ),
      met as (
        select subject.anchor_date, ${MET_FROM} as month
        from ${from} where ${join([sql`subject.exclusion is null and subject.numerator <> 0`, ...conditions], ' and ')}
      )
      select strftime(month.month, '%Y-%m') as month, count(met.month)::integer as met
      from month left join met on met.anchor_date = month.anchor_date and met.month <= month.month
      group by all order by all`,
    Met.shape.months.element,
  );
}

function behind({ names }: SnapshotCatalogue, { metric }: Question, { part, component, reason, met }: Behind) {
  if (part === 'exclusion') {
    const given = reason === undefined ? sql`` : sql` and subject.exclusion = ${reason}`;
    return {
      adds: isInDollars(metric) ? sql`subject.numerator` : sql`1`,
      condition: sql`subject.exclusion is not null${given}`,
    };
  }
  if (part === 'gap') {
    const isOpen = metric.betterIs === 'lower' ? sql`subject.numerator <> 0` : sql`subject.numerator = 0`;
    return {
      adds: sql`subject.denominator`,
      condition: sql`subject.exclusion is null and subject.denominator <> 0 and ${isOpen}`,
    };
  }
  const adds = sql`subject.${component ? names.column(metric.relation, component) : part === 'numerator' ? sql`numerator` : sql`denominator`}`;
  const by = met === undefined ? sql`` : sql` and ${MET_FROM} <= ${`${met}-01`}::date`;
  return { adds, condition: sql`subject.exclusion is null and ${adds} <> 0${by}` };
}

/** Rows, persons and the sum of the rows behind a number: the sum is the number. Of what is left out, dollars or rows. */
export function readBehindTotal(queries: Queries, catalogue: SnapshotCatalogue, question: Question, asked: Behind) {
  const { adds, condition } = behind(catalogue, question, asked);
  const { from, conditions } = source(catalogue, question);
  return queries.row(
    sql`select count(*)::integer as rows, ${total(adds)} as sum, count(distinct subject.person_id)::integer as persons
      from ${from} where ${join([condition, ...conditions], ' and ')}`,
    z.object({ rows: z.number(), sum: z.number(), persons: z.number() }),
  );
}

const ChoiceSums = Sums.extend({ choice: z.string() });

/** The sums of a question under every choice of its metric's rules; excluded rows too may count under another rule. */
export function readChoices(queries: Queries, catalogue: SnapshotCatalogue, question: Question, table: string) {
  const { from, conditions } = source(catalogue, question);
  return queries.rows(
    sql`with people as (
        select chosen.choice, subject.person_id, fsum(chosen.numerator) as numerator,
          fsum(chosen.denominator) as denominator, count(*) as rows
        from ${from} join ${catalogue.names.table(table)} as chosen on chosen.subject_id = subject.subject_id
        where ${join([sql`true`, ...conditions], ' and ')} group by all
      )
      select choice, part.numerator, denominator, null as expected, rows, persons, part.contributors,
        part.numerator_squares, part."cross", denominator_squares
      from (
        select choice, ${partSums('whole', sql`numerator`, true)} as part, ${total(sql`denominator`)} as denominator,
          sum(rows)::integer as rows, count(*)::integer as persons, fsum(denominator * denominator) as denominator_squares
        from people group by choice
      )`,
    ChoiceSums,
  );
}

/** The dimensions of a metric that each of its rows has one value of. */
export const rowDimensions = ({ dimensions }: SnapshotCatalogue, { metric }: Question): string[] =>
  metric.dimensions.filter((id) => dimensions.get(id)?.scope !== 'set');

/** A page of the rows behind a number. */
export const readBehind = (
  queries: Queries,
  catalogue: SnapshotCatalogue,
  question: Question,
  asked: Behind,
  page: Page,
): Promise<Column[]> => queries.columns(behindOf(catalogue, question, asked, page), page.limit);

/**
 * The rows behind a number, newest first (gaps: those at highest risk first), with who they are; one column per dimension
 * after the fixed ones, and those of a measure's gap. The numerator is that of the component, where one is asked for.
 */
export function behindOf(catalogue: SnapshotCatalogue, question: Question, asked: Behind, page: Page | null): Sql {
  const { names } = catalogue;
  const { adds, condition } = behind(catalogue, question, asked);
  const numerator = asked.part === 'numerator' ? adds : sql`subject.numerator`;
  const { from, conditions } = source(catalogue, question);
  const dimensions = rowDimensions(catalogue, question).filter((id) => id !== 'sex');
  const first = asked.part === 'gap' ? sql`risk_order desc nulls last` : sql`subject.anchor_date desc`;
  const order = sql`order by ${first}, subject.subject_id, subject.person_id`;
  const isMeasure = question.metric.kind === 'measure';
  const gap = isMeasure ? sql`, status, reason, evidence, evidence_date, due_date` : sql``;
  return sql`select subject.subject_id, subject.person_id,
        nullif(concat_ws(' ', person.first_name, person.last_name), '') as name,
        date_sub('year', person.birth_date, subject.anchor_date)::integer as age,
        person.sex, subject.anchor_date, (${numerator})::double as numerator,
        subject.denominator::double as denominator,
        ${list([sql`subject.exclusion`, ...dimensions.map((id) => sql`subject.${names.column(question.metric.relation, id)}`)])}${gap}
      from (
        select subject.*, summary.risk_order
        from ${from} left join mart.person_summary as summary on summary.person_id = subject.person_id
        where ${join([condition, ...conditions], ' and ')}
        ${page ? order : sql``} ${cutTo(page)}
      ) as subject
      left join core.person as person on person.person_id = subject.person_id
      ${order}`;
}

const Exclusion = z.object({
  reason: z.string().nullable(),
  rows: z.number(),
  persons: z.number(),
  /** What the rows hold, though it counts in no rate, and the persons who have some of it. */
  numerator: z.number(),
  contributors: z.number(),
});
export type Exclusion = z.infer<typeof Exclusion>;

/** Every row of the question by what excludes it, most frequent first; null is what counts. */
export function readExclusions(
  queries: Queries,
  catalogue: SnapshotCatalogue,
  question: Question,
): Promise<Exclusion[]> {
  const { from, conditions } = source(catalogue, { ...question, by: [] });
  return queries.rows(
    sql`select subject.exclusion as reason, count(*)::integer as rows,
        count(distinct subject.person_id)::integer as persons, ${total(sql`subject.numerator`)} as numerator,
        count(distinct subject.person_id) filter (where subject.numerator <> 0)::integer as contributors
      from ${from} where ${join([sql`true`, ...conditions], ' and ')}
      group by all order by rows desc, reason`,
    Exclusion,
  );
}
