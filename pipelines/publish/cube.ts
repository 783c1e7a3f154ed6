import type { DuckDBConnection } from '@duckdb/node-api';
import type { Dimension } from '#contract/dimension';
import { addMonths, latestMatureMonth, trendMonths } from '#contract/months';
import type { Built, BuiltMetric } from '../engine/build.ts';
import { count, quoted, rows } from '../engine/sql.ts';

/** What pages cut a metric by before anybody chooses. */
const CUTS = ['age_band', 'condition', 'practice', 'risk_tier'];

/** Where no metric has as many rows, all are read as fast as their answers could be looked up. */
const FEWEST_ROWS = 100_000;

/** One row of catalogue.cube. */
export interface Cube {
  readonly name: string;
  readonly metric: string;
  readonly dimensions: string;
}

/**
 * Answers, before they are asked, what pages ask first, where there are many rows: all people and each of CUTS over the
 * page's twelve months and the twelve before (of a measure: over its calendar year and the one before), and of a metric
 * the single months and the whole of a chart by month. `cube.answer` has a row per metric, dimension ('' for all of them,
 * or month), value and months, with the sums that the server would take from the metric's rows; `place` is the order of
 * the values.
 */
export async function writeCubes(
  connection: DuckDBConnection,
  built: Pick<Built, 'dimensions'> & { readonly metrics: readonly { readonly served: BuiltMetric }[] },
  { dataThrough, period }: { readonly dataThrough: string; readonly period: string },
  fewestRows = FEWEST_ROWS,
): Promise<Cube[]> {
  await connection.run(`create schema cube`);
  await connection.run(`create table cube.answer (
    metric varchar, dimension varchar, from_month varchar, to_month varchar, value varchar, place integer,
    numerator double, denominator double, expected double, rows integer, persons integer, contributors integer,
    numerator_squares double, "cross" double, denominator_squares double)`);
  const served = built.metrics.map((metric) => metric.served);
  const { firstMonth, lastMonth } = await monthsTold(connection, served);
  if (lastMonth === null) return [];
  const to = latestMatureMonth({ metrics: served, dataThrough, lastMonth });
  const trend = trendMonths(to, { firstMonth, lastMonth });
  const years = [to, addMonths(to, -12)].map((end) => ({ from: addMonths(end, -11), to: end }));
  const calendarYears = [0, 1].map((back) => {
    const year = Math.min(Number(to.slice(0, 4)), Number(period)) - back;
    return { from: `${year}-01`, to: `${year}-12` };
  });
  const windowsOf = ({ kind }: BuiltMetric, dimension: Dimension | null) =>
    kind === 'measure' ? calendarYears : dimension ? years : [...years, trend];
  const cut = built.dimensions.filter(({ id }) => CUTS.includes(id));
  const sizes = served.map(({ relation }) => `select count(*) as rows from ${relation}`);
  if ((await count(connection, `select max(rows) from (${sizes.join(' union all ')})`)) < fewestRows) return [];
  // Of a metric of people each counts once, which sums over people do not tell.
  const cubed = served.filter(({ kind, grain }) => kind === 'measure' || grain !== 'person');
  const modelled = new Set(
    (
      await rows(
        connection,
        "select table_schema || '.' || table_name as relation from information_schema.columns where column_name = 'expected'",
      )
    ).map(({ relation }) => relation),
  );
  for (const metric of cubed) {
    const expected = modelled.has(metric.relation) ? 'expected' : 'null::double';
    const cuts = [null, ...cut].flatMap((dimension) =>
      windowsOf(metric, dimension).map((months) => {
        const key = [metric.id, dimension?.id ?? '', months.from, months.to].map(quoted).join();
        return `select ${key}, ${sumsOf(peopleOf(metric, dimension, months, expected))}`;
      }),
    );
    const months = `select ${quoted(metric.id)}, 'month', null, null, ${sumsOf(monthsOf(metric, expected), "strftime(value, '%Y-%m')")}`;
    const answers = metric.kind === 'measure' ? cuts : [months, ...cuts];
    await connection.run(`insert into cube.answer ${answers.join(' union all ')}`);
  }
  return cubed.map(({ id, kind }) => ({
    name: 'cube.answer',
    metric: id,
    dimensions: [...(kind === 'measure' ? [] : ['month']), ...cut.map((dimension) => dimension.id)].join(),
  }));
}

async function monthsTold(connection: DuckDBConnection, served: readonly BuiltMetric[]) {
  const relations = served.filter(({ kind }) => kind === 'metric').map(({ relation }) => relation);
  if (relations.length === 0) return { firstMonth: null, lastMonth: null };
  const months = relations.map((relation) => `select min(month) as first, max(month) as last from ${relation}`);
  const [told] = await rows(
    connection,
    `select strftime(min(first), '%Y-%m') as first, strftime(max(last), '%Y-%m') as last from (${months.join(' union all ')})`,
  );
  const text = (month: unknown) => (month === null || month === undefined ? null : String(month));
  return { firstMonth: text(told?.first), lastMonth: text(told?.last) };
}

/** What each person brings to each month: of member-months the row itself. */
const monthsOf = ({ relation, grain }: BuiltMetric, expected: string): string =>
  grain === 'member-month'
    ? `select month as value, numerator, denominator, ${expected} as expected, 1 as rows
       from ${relation} where exclusion is null`
    : `select month as value, person, fsum(numerator) as numerator, fsum(denominator) as denominator,
         fsum(${expected}) as expected, count(*) as rows
       from ${relation} where exclusion is null group by all`;

/** What each person brings to each value of a dimension in some months. */
function peopleOf(
  { relation }: BuiltMetric,
  dimension: Dimension | null,
  { from, to }: Months,
  expected: string,
): string {
  const set = dimension?.scope === 'set' ? dimension : null;
  const held = set
    ? `join ${set.setFrom} as held on held.person_id = subject.person_id
       and subject.anchor_date between held.since_date and held.until_date`
    : '';
  const value = dimension ? `${set ? 'held' : 'subject'}.${dimension.id}` : 'null';
  return `select ${value} as value, subject.person, fsum(numerator) as numerator, fsum(denominator) as denominator,
      fsum(${expected}) as expected, count(*) as rows
    from ${relation} as subject ${held}
    where exclusion is null and subject.month between date '${from}-01' and date '${to}-01' group by all`;
}

interface Months {
  readonly from: string;
  readonly to: string;
}

/** The sums of people by value, as server/store/metric.ts takes them. */
const sumsOf = (people: string, value = 'value::varchar'): string => `
  ${value}, (row_number() over (order by value nulls last))::integer,
  coalesce(round(fsum(numerator), 6), 0), coalesce(round(fsum(denominator), 6), 0), round(fsum(expected), 6),
  sum(rows)::integer, count(*)::integer, count_if(numerator <> 0)::integer,
  coalesce(fsum(numerator * numerator), 0), coalesce(fsum(numerator * denominator), 0),
  coalesce(fsum(denominator * denominator), 0)
  from (${people}) group by value`;
