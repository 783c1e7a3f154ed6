import { z } from 'zod';
import {
  binsOf,
  CHOICE_CHARTS,
  type CrossfilterChart,
  NUMBER_CHARTS,
  type NumberChart,
  OTHER,
} from '#contract/crossfilter';
import type { Dimension } from '#contract/dimension';
import type { Filter } from '#contract/filter';
import type { SnapshotCatalogue } from './catalogue.ts';
import { members } from './cohort.ts';
import type { Column } from './columns.ts';
import { membership } from './filter.ts';
import { NUMBER_OF, withGaps } from './person-number.ts';
import type { Queries } from './query.ts';
import { join, type Sql, sql } from './sql.ts';

/** Of a chart of practices or conditions the most common ones: the rest are "other", or not offered. */
const MOST_VALUES = 40;
/** Values of a set in one INTEGER, its sign left alone. */
const BITS = 30;

/** The charts that a snapshot can fill, the same for every filter; the `broad` ones are for numbers that are shared. */
export async function readCharts(
  queries: Queries,
  catalogue: SnapshotCatalogue,
  { broad: isBroad }: { readonly broad: boolean },
): Promise<CrossfilterChart[]> {
  const numbers = NUMBER_CHARTS.flatMap(({ broad, edges, ...chart }): CrossfilterChart[] => {
    const asked = isBroad ? broad : edges;
    return asked ? [{ ...chart, edges: asked }] : [];
  });
  const dimensions = CHOICE_CHARTS.flatMap((id) => catalogue.dimensions.get(id) ?? []).filter(
    ({ scope }) => !isBroad || scope === 'person',
  );
  const choices = await Promise.all(dimensions.map((dimension) => choiceChart(queries, catalogue, dimension)));
  return [...numbers, ...choices];
}

async function choiceChart(
  queries: Queries,
  catalogue: SnapshotCatalogue,
  dimension: Dimension,
): Promise<CrossfilterChart> {
  const { id, title, scope, values } = dimension;
  const common =
    scope === 'set'
      ? sql`select value, count(*) as persons from (${membership(catalogue.names, dimension)})
          where ${DATA_THROUGH} between since_date and until_date group by value`
      : sql`select practice as value, count(*) as persons from mart.person_summary where practice is not null group by 1`;
  const isLong = scope === 'set' || values.length > MOST_VALUES;
  const listed = isLong
    ? await queries.rows(
        sql`select value from (${common}) order by persons desc, value limit ${MOST_VALUES}`,
        z.object({ value: z.string() }),
      )
    : values;
  const labelled = listed.map(({ value }) => ({
    value,
    label: values.find((one) => one.value === value)?.label ?? value,
  }));
  if (scope === 'set') return { id, title, kind: 'set', values: labelled };
  const rest = [
    { value: OTHER, label: 'Other' },
    { value: '', label: 'Not known' },
  ];
  return { id, title, kind: 'choice', values: [...labelled, ...rest] };
}

const DATA_THROUGH = sql`(select data_through from catalogue.snapshot)`;

/**
 * The people of a filter, a row each without any id: for every chart the place of the person's bin, for a set its places
 * as bits of integers (columns `<chart>_0`, `<chart>_1` ...), and `paid_cents`.
 */
export function peopleSql(catalogue: SnapshotCatalogue, charts: readonly CrossfilterChart[], filter: Filter): Sql {
  const { names } = catalogue;
  const monthly = charts.filter(({ id, kind }) => kind === 'choice' && !names.has('mart.person_summary', id));
  const sets = charts.filter(({ kind }) => kind === 'set');
  const { from, where } = members(catalogue, filter);
  const lastMonth = sql`left join (
      select person_id, ${join(
        monthly.map(({ id }) => {
          const column = names.column('mart.person_month', id);
          return sql`arg_max_null(${column}, month) as ${column}`;
        }),
        ', ',
      )}
      from mart.person_month where month <= ${DATA_THROUGH} group by person_id
    ) as last_month on last_month.person_id = summary.person_id`;
  const raw = charts.flatMap((chart): Sql[] => {
    const alias = names.alias(chart.id);
    if (chart.kind === 'number') return [sql`${NUMBER_OF[numberId(chart)]} as ${alias}`];
    if (chart.kind === 'set') return wordsOf(chart).map((word) => sql`${alias}.${names.alias(word)}`);
    return monthly.includes(chart)
      ? [sql`last_month.${names.column('mart.person_month', chart.id)}`]
      : [sql`summary.${names.column('mart.person_summary', chart.id)}`];
  });
  const columns = charts.flatMap((chart): Sql[] => {
    if (chart.kind === 'set')
      return wordsOf(chart)
        .map(names.alias)
        .map((word) => sql`coalesce(${word}, 0) as ${word}`);
    const alias = names.alias(chart.id);
    return [sql`${chart.kind === 'number' ? numberPlace(alias, chart) : choicePlace(alias, chart)} as ${alias}`];
  });
  return sql`select ${join([...columns, sql`(paid_12m * 100)::double as paid_cents`], ', ')}
    from (
      select ${join([...raw, sql`coalesce(summary.paid_12m, 0) as paid_12m`], ', ')}
      from ${join(
        [
          from,
          withGaps(catalogue),
          ...(monthly.length > 0 ? [lastMonth] : []),
          ...sets.map((chart) => bitsOf(catalogue, chart)),
        ],
        ' ',
      )} where ${where}
    )`;
}

const numberId = ({ id }: NumberChart) => {
  const known = NUMBER_CHARTS.find((one) => one.id === id);
  if (!known) throw new Error(`no number ${id}`);
  return known.id;
};

const numberPlace = (value: Sql, { edges }: NumberChart): Sql =>
  sql`(case ${join(
    edges.map((edge, at) => sql`when ${value} < ${edge}::double then ${at}`),
    ' ',
  )} when ${value} is not null then ${edges.length} else ${edges.length + 1} end)::integer`;

function choicePlace(value: Sql, { values }: Extract<CrossfilterChart, { kind: 'choice' }>): Sql {
  const unknown = values.length - 1;
  const listed = values.slice(0, -2).map((one, at) => sql`when ${value} = ${one.value} then ${at}`);
  return sql`(case ${join(listed, ' ')} when ${value} is null then ${unknown} else ${unknown - 1} end)::integer`;
}

const wordsOf = (chart: CrossfilterChart): string[] =>
  Array.from({ length: Math.ceil(binsOf(chart).length / BITS) }, (_, at) => `${chart.id}_${at}`);

/** Joins the integers of a set to `summary`. */
function bitsOf(catalogue: SnapshotCatalogue, chart: CrossfilterChart): Sql {
  const { names, dimensions } = catalogue;
  const dimension = dimensions.get(chart.id);
  if (!dimension) throw new Error(`no dimension ${chart.id}`);
  const places = binsOf(chart).map(({ value }, at) => sql`when ${value} then ${at}`);
  const words = wordsOf(chart).map(
    (word, at) =>
      sql`bit_or(case when place // ${BITS} = ${at} then 1 << (place % ${BITS})::integer else 0 end)::integer as ${names.alias(word)}`,
  );
  if (places.length === 0) return sql``;
  return sql`left join (
      select person_id, ${join(words, ', ')}
      from (
        select person_id, case value ${join(places, ' ')} end as place from (${membership(names, dimension)})
        where ${DATA_THROUGH} between since_date and until_date
      )
      where place is not null group by person_id
    ) as ${names.alias(chart.id)} on ${names.alias(chart.id)}.person_id = summary.person_id`;
}

/**
 * The people by columns: each chart as a dictionary of its bins, the integers of sets and the cents as they are. They go to
 * the browser once, which then counts by itself: the server counts five times as slowly, and with every move of a hand
 * (test/bench/crossfilter.ts).
 */
export async function readPeople(
  queries: Queries,
  catalogue: SnapshotCatalogue,
  charts: readonly CrossfilterChart[],
  filter: Filter,
): Promise<Column[]> {
  const parts = new Map<string, (Uint8Array | Int32Array | Float64Array)[]>();
  let length = 0;
  for await (const batch of queries.stream(peopleSql(catalogue, charts, filter))) {
    length += batch[0]?.length ?? 0;
    for (const { name, type, values } of batch) {
      if (type !== 'integer' && type !== 'number') throw new Error(`a column of people is of type ${type}`);
      const isPlace = charts.some(({ id }) => id === name);
      parts.set(name, [...(parts.get(name) ?? []), isPlace ? new Uint8Array(values) : values]);
    }
  }
  const whole = <T extends Uint8Array | Int32Array | Float64Array>(name: string, target: T): T => {
    let at = 0;
    for (const part of parts.get(name) ?? []) {
      target.set(part, at);
      at += part.length;
    }
    return target;
  };
  return [
    ...charts.flatMap((chart): Column[] =>
      chart.kind === 'set'
        ? wordsOf(chart).map((name) => ({
            ...{ name, length, valid: null, type: 'integer' as const },
            values: whole(name, new Int32Array(length)),
          }))
        : [
            {
              ...{ name: chart.id, length, valid: null, type: 'category' as const },
              values: whole(chart.id, new Uint8Array(length)),
              categories: binsOf(chart).map(({ value }) => value),
            },
          ],
    ),
    { name: 'paid_cents', length, valid: null, type: 'number', values: whole('paid_cents', new Float64Array(length)) },
  ];
}

const Counted = z.object({ chart: z.string(), place: z.number(), persons: z.number() });

/** Everybody by the bins of every chart. Empty bins have no row. */
export function countBins(
  queries: Queries,
  catalogue: SnapshotCatalogue,
  charts: readonly CrossfilterChart[],
): Promise<z.output<typeof Counted>[]> {
  const each = charts.map(
    ({ id }) => sql`select ${id} as chart, ${catalogue.names.alias(id)} as place, count(*) as persons
        from person group by 1, 2`,
  );
  return queries.rows(
    sql`with person as materialized (${peopleSql(catalogue, charts, {})}) ${join(each, ' union all ')}`,
    Counted,
  );
}
