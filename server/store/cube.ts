import { z } from 'zod';
import type { SnapshotCatalogue } from './catalogue.ts';
import type { Queries } from './query.ts';
import { type Question, rollingOf } from './question.ts';
import { join, type Names, type Sql, sql } from './sql.ts';

const ANSWERS = 'cube.answer';

/** What a snapshot has answered before it was asked, by `cellOf`; an older one nothing. */
export async function readCubed(queries: Queries, names: Names): Promise<ReadonlySet<string>> {
  if (!names.has(ANSWERS, 'metric')) return new Set();
  const found = await queries.rows(
    sql`select distinct metric, dimension, coalesce(from_month, '') as "from", coalesce(to_month, '') as "to" from ${names.table(ANSWERS)}`,
    z.object({ metric: z.string(), dimension: z.string(), from: z.string(), to: z.string() }),
  );
  return new Set(found.map(({ metric, dimension, from, to }) => cellOf(metric, dimension, from, to)));
}

const cellOf = (...parts: readonly string[]): string => parts.join(' ');

/** A question's groups from the snapshot's own answers, as groupsOf would take them from rows; null where it has none. */
export function cubedOf({ cubed, names }: SnapshotCatalogue, question: Question): Sql | null {
  const { metric, by, from, to, filter } = question;
  const [key, ...others] = by;
  if (Object.keys(filter).length > 0 || others.length > 0 || rollingOf(question) !== null) return null;
  const dimension = key?.id ?? '';
  const isMonth = dimension === 'month';
  if (!cubed.has(isMonth ? cellOf(metric.id, 'month', '', '') : cellOf(metric.id, dimension, from ?? '', to ?? ''))) {
    return null;
  }
  const months = isMonth
    ? [...(from ? [sql`value >= ${from}`] : []), ...(to ? [sql`value <= ${to}`] : [])]
    : [sql`from_month = ${from}`, sql`to_month = ${to}`];
  const keys = key ? sql`value as ${names.alias(key.id)},` : sql``;
  return sql`select ${keys} numerator, denominator, expected, rows, persons, contributors, numerator_squares, "cross",
      denominator_squares
    from ${names.table(ANSWERS)}
    where ${join([sql`metric = ${metric.id}`, sql`dimension = ${dimension}`, ...months], ' and ')}
    order by place`;
}
