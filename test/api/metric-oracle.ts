import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import type { Catalogue } from '#contract/catalogue';
import type { Dimension } from '#contract/dimension';
import { type Filter, formatFilter } from '#contract/filter';
import type { ServedMetric } from '#contract/metric';
import type { Cell, MetricResult } from '#contract/result';
import { estimate } from '../../server/statistics/estimate.ts';
import type { Random } from '../campaign/random.ts';

/** A question to one metric, as the address of the API asks it. */
export interface Asked {
  readonly metric: ServedMetric;
  readonly by: readonly string[];
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly where: Filter;
  readonly rolling: number | undefined;
}

export function pathOf({ metric, by, from, to, where, rolling }: Asked): string {
  const query = new URLSearchParams({ by: by.join(), where: formatFilter(where) });
  for (const [name, value] of Object.entries({ from, to, rolling })) if (value) query.set(name, String(value));
  return `/api/metrics/${metric.id}?${query}`;
}

const PERIODS = ['month', 'quarter', 'year'];
type Asks = Pick<Catalogue, 'dimensions' | 'firstMonth' | 'lastMonth'>;

/** Anything that may be asked of a metric: up to three keys, two filters, months, and a third of the months rolling. */
export function questionTo(metric: ServedMetric, { dimensions, firstMonth, lastMonth }: Asks, random: Random): Asked {
  const offered = dimensions.filter(({ id }) => metric.dimensions.includes(id));
  const keys = [
    ...offered.map(({ id }) => id),
    ...PERIODS,
    'exclusion',
    ...(metric.components[0] ? ['component'] : []),
  ];
  const by = [...new Set(Array.from({ length: random.below(4) }, () => random.pick(keys)))];
  const months = monthsBetween(firstMonth ?? '', lastMonth ?? '');
  const rolls = metric.kind === 'metric' && random.below(3) === 0;
  const filtered = Array.from({ length: random.below(3) }, () => random.pick(offered));
  return {
    metric,
    by: rolls ? ['month', ...by.filter((id) => !PERIODS.includes(id))] : by,
    rolling: rolls ? random.pick([2, 3, 6, 12]) : undefined,
    from: random.below(2) ? random.pick(months) : undefined,
    to: random.below(2) ? random.pick(months) : undefined,
    where: Object.fromEntries(
      filtered.map(({ id, values }) => [
        id,
        Array.from({ length: 1 + random.below(3) }, () => random.pick([...values.map(({ value }) => value), ''])),
      ]),
    ),
  };
}

function monthsBetween(first: string, last: string): string[] {
  const months: string[] = [];
  for (let month = first; month <= last; month = later(month, 1)) months.push(month);
  return months;
}

function later(month: string, count: number): string {
  const number = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + count;
  return `${Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, '0')}`;
}

const Row = z.record(z.string(), z.union([z.string(), z.number(), z.null()]));
type Row = z.infer<typeof Row>;
const Spell = z.object({ value: z.string(), since: z.string(), until: z.string() });
type Spell = z.infer<typeof Spell>;

/** Plain rows of a metric, and what people have in sets: by dimension, then person. */
export interface Rows {
  readonly rows: readonly Row[];
  readonly sets: ReadonlyMap<string, ReadonlyMap<string, readonly Spell[]>>;
}

export async function readRows(
  connection: DuckDBConnection,
  metric: ServedMetric,
  dimensions: readonly Dimension[],
): Promise<Rows> {
  const carried = dimensions.filter(({ id }) => metric.dimensions.includes(id));
  const plain = carried.filter(({ scope }) => scope !== 'set').map(({ id }) => `${id}::varchar as ${id}`);
  const { relation } = metric;
  const described = await connection.runAndReadAll(`describe ${relation}`);
  const expected = described.getRowsJson().some(([name]) => name === 'expected') ? ['expected'] : [];
  const columns = ['numerator', 'denominator', ...metric.components.map(({ id }) => `"${id}"`), ...expected];
  const found = await connection.runAndReadAll(
    `select ${['person_id', 'anchor_date::varchar as day', 'exclusion', ...columns, ...plain].join()} from ${relation}`,
  );
  const sets = new Map<string, Map<string, Spell[]>>();
  for (const { id, setFrom } of carried.filter(({ scope }) => scope === 'set')) {
    const spells = await connection.runAndReadAll(
      `select person_id, {value: ${id}, since: since_date::varchar, until: until_date::varchar} from ${setFrom}`,
    );
    const byPerson = new Map<string, Spell[]>();
    for (const [person, spell] of spells.getRowsJson()) {
      byPerson.set(String(person), [...(byPerson.get(String(person)) ?? []), Spell.parse(spell)]);
    }
    sets.set(id, byPerson);
  }
  return { rows: z.array(Row).parse(found.getRowObjectsJson()), sets };
}

/** What a cell says, by its key. */
export type Said = ReadonlyMap<
  string,
  Pick<Cell, 'numerator' | 'denominator' | 'rows' | 'value' | 'low' | 'high' | 'expected'>
>;

export const saidBy = ({ cells }: MetricResult, { by }: Asked): Said =>
  new Map(cells.map((cell) => [JSON.stringify(by.map((id) => cell.key[id])), cell]));

/** The answer by reading row after row, as slowly and plainly as can be. */
export function answerTo(asked: Asked, { rows, sets }: Rows, { lastMonth }: Asks): Said {
  const { metric, by, from = '', to = '9999-12', where, rolling } = asked;
  const counted = rows.filter(({ exclusion }) => exclusion === null).map(({ day }) => String(day).slice(0, 7));
  const [firstCounted = '9999-12'] = [...new Set(counted)].sort();
  const valuesOf = (row: Row, id: string): (string | null)[] => {
    const month = String(row.day).slice(0, 7);
    const held = sets.get(id);
    if (held) {
      const spells = held.get(String(row.person_id)) ?? [];
      return spells
        .filter(({ since, until }) => since <= String(row.day) && String(row.day) <= until)
        .map(({ value }) => value);
    }
    if (id === 'quarter') return [`${month.slice(0, 4)}-Q${Math.ceil(Number(month.slice(5)) / 3)}`];
    if (id === 'year') return [month.slice(0, 4)];
    if (id === 'component') return metric.components.map((component) => component.id);
    if (id !== 'month') return [row[id] === null ? null : String(row[id])];
    if (!rolling) return [month];
    return monthsBetween(month, later(month, rolling - 1)).filter(
      (end) => end >= from && end <= to && end >= later(firstCounted, rolling - 1) && end <= (lastMonth ?? ''),
    );
  };
  const oneEach = metric.kind === 'metric' && metric.grain === 'person';
  const passes = (row: Row) =>
    Object.entries(where).every(([id, values]) => {
      const held = valuesOf(row, id);
      return held.some((value) => values.includes(value ?? '')) || (held.length === 0 && values.includes(''));
    });
  const groups = new Map<string, Map<string, Row[]>>();
  // Without keys there is a total, and a component is a part of it, though nothing counts.
  if (by.every((id) => id === 'component')) {
    for (const key of product(by.map(() => metric.components.map(({ id }) => id))))
      groups.set(JSON.stringify(key), new Map());
  }
  for (const row of rows) {
    const month = String(row.day).slice(0, 7);
    if (!rolling && (month < from || month > to)) continue;
    if ((row.exclusion !== null && !by.includes('exclusion')) || !passes(row)) continue;
    for (const key of product(by.map((id) => valuesOf(row, id)))) {
      const text = JSON.stringify(key);
      const people = groups.get(text) ?? new Map<string, Row[]>();
      groups.set(text, people.set(String(row.person_id), [...(people.get(String(row.person_id)) ?? []), row]));
    }
  }
  return new Map(
    [...groups].map(([text, people]) => {
      const component: unknown = JSON.parse(text)[by.indexOf('component')];
      return [
        text,
        summed(metric, [...people.values()], typeof component === 'string' ? component : 'numerator', oneEach),
      ];
    }),
  );
}

const product = <T>(lists: readonly (readonly T[])[]): T[][] =>
  lists.reduce<T[][]>((all, list) => all.flatMap((one) => list.map((value) => [...one, value])), [[]]);

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
/** Sums are told to six decimals. */
const told = (values: readonly number[]): number => Number(sum(values).toFixed(6));

/** `oneEach`: a person counts once, with the most of any of its rows. */
function summed(metric: ServedMetric, people: readonly (readonly Row[])[], numerator: string, oneEach: boolean) {
  const gathered = (values: readonly number[]) => (oneEach ? Math.max(...values) : sum(values));
  const counted = people.map((rows) => {
    const of = (column: string) => gathered(rows.map((row) => (row.exclusion === null ? Number(row[column]) : 0)));
    return { y: of(numerator), n: of('denominator'), rows: oneEach ? 1 : rows.length };
  });
  const expected = people.flatMap((rows) => {
    const known = rows.flatMap((row) => (row.expected == null || row.exclusion !== null ? [] : Number(row.expected)));
    return known.length > 0 ? gathered(known) : [];
  });
  const isWhole = numerator === 'numerator' || metric.components.length === 1;
  return estimate(metric, {
    numerator: told(counted.map(({ y }) => y)),
    denominator: told(counted.map(({ n }) => n)),
    expected: expected.length > 0 && isWhole ? told(expected) : null,
    rows: sum(counted.map(({ rows }) => rows)),
    persons: counted.length,
    contributors: counted.filter(({ y }) => y !== 0).length,
    numerator_squares: sum(counted.map(({ y }) => y * y)),
    cross: sum(counted.map(({ y, n }) => y * n)),
    denominator_squares: sum(counted.map(({ n }) => n * n)),
  });
}

/** Where two answers differ by more than rounding, in words; null where they say the same. */
export function differenceOf(api: Said, naive: Said): string | null {
  for (const key of new Set([...api.keys(), ...naive.keys()])) {
    const [a, b] = [api.get(key), naive.get(key)];
    if (!a || !b) return `${key} is only in ${a ? 'the API' : 'the rows'}`;
    for (const name of ['numerator', 'denominator', 'rows', 'value', 'low', 'high', 'expected'] as const) {
      if (!alike(a[name], b[name])) return `${key} ${name}: ${a[name]}, by the rows ${b[name]}`;
    }
  }
  return null;
}

const alike = (a: number | null, b: number | null): boolean =>
  a === b || (a !== null && b !== null && Math.abs(a - b) <= 1e-6 + 1e-8 * Math.abs(b));
