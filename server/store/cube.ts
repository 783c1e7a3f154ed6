import { z } from 'zod';
import type { SnapshotCatalogue } from './catalogue.ts';
import { objectsOf, textAt, texts } from './columns.ts';
import type { Queries } from './query.ts';
import { type Question, rollingOf } from './question.ts';
import { join, type Names, type Sql, sql } from './sql.ts';
import { type Groups, Sums } from './sums.ts';

const ANSWERS = 'cube.answer';
/** Of all answers in memory; a cube of more is not read, and its questions are answered from their rows. */
const MOST_ROWS = 250_000;

interface Answer {
  readonly value: string | null;
  readonly sums: Sums;
}

/** What a snapshot has answered before it was asked, in the order of the values, by `cellOf`. */
export type Cubed = ReadonlyMap<string, readonly Answer[]>;

/** An older snapshot has answered nothing. */
export async function readCubed(queries: Queries, names: Names): Promise<Cubed> {
  const cubed = new Map<string, Answer[]>();
  if (!names.has(ANSWERS, 'metric')) return cubed;
  const columns = await queries.columns(
    sql`select concat_ws(' ', metric, dimension, coalesce(from_month, ''), coalesce(to_month, '')) as cell, value, ${SUMS}
      from ${names.table(ANSWERS)} where (select count(*) from ${names.table(ANSWERS)}) <= ${MOST_ROWS}
      order by cell, place`,
    MOST_ROWS,
  );
  const [cells, values, ...rest] = columns;
  z.array(Sums)
    .parse(objectsOf(rest))
    .forEach((sums, row) => {
      const cell = textAt(cells, row) ?? '';
      const answers = cubed.get(cell) ?? [];
      answers.push({ value: textAt(values, row), sums });
      cubed.set(cell, answers);
    });
  return cubed;
}

const SUMS = sql`numerator, denominator, expected, rows, persons, contributors, numerator_squares, "cross",
      denominator_squares`;

const cellOf = (...parts: readonly string[]): string => parts.join(' ');

/** The cell that holds a question's groups; null where there is none. */
function cellAsked({ cubed }: SnapshotCatalogue, question: Question): string | null {
  const { metric, by, from, to, filter } = question;
  const [key, ...others] = by;
  if (Object.keys(filter).length > 0 || others.length > 0 || rollingOf(question) !== null) return null;
  const cell =
    key?.id === 'month' ? cellOf(metric.id, 'month', '', '') : cellOf(metric.id, key?.id ?? '', from ?? '', to ?? '');
  return cubed.has(cell) ? cell : null;
}

/** A question's groups from the snapshot's own answers, as readGroups would take them from rows; null where it has none. */
export function cubedGroups(catalogue: SnapshotCatalogue, question: Question): Groups | null {
  const answers = catalogue.cubed.get(cellAsked(catalogue, question) ?? '');
  if (!answers) return null;
  const { by, from, to } = question;
  const told = by.some(({ id }) => id === 'month')
    ? answers.filter(({ value }) => (!from || (value ?? '') >= from) && (!to || (value ?? '') <= to))
    : answers;
  const values = told.map(({ value }) => value);
  return { keys: by.map(({ id }) => texts(id, values)), sums: told.map(({ sums }) => sums) };
}

/** The SELECT that gives the same by hand. */
export function cubedOf(catalogue: SnapshotCatalogue, question: Question): Sql | null {
  if (cellAsked(catalogue, question) === null) return null;
  const { names } = catalogue;
  const { metric, by, from, to } = question;
  const [key] = by;
  const months =
    key?.id === 'month'
      ? [...(from ? [sql`value >= ${from}`] : []), ...(to ? [sql`value <= ${to}`] : [])]
      : [sql`from_month = ${from}`, sql`to_month = ${to}`];
  const keys = key ? sql`value as ${names.alias(key.id)},` : sql``;
  return sql`select ${keys} ${SUMS}
    from ${names.table(ANSWERS)}
    where ${join([sql`metric = ${metric.id}`, sql`dimension = ${key?.id ?? ''}`, ...months], ' and ')}
    order by place`;
}
