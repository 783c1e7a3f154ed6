import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { Measure } from '#contract/metric';
import { SCHEMAS } from '../../pipelines/engine/build.ts';
import { type Cases, parsePipeTable } from '../../pipelines/engine/cases.ts';
import { type Definitions, discover } from '../../pipelines/engine/discover.ts';
import { measureSelect, metricSelect } from '../../pipelines/engine/fact.ts';
import { inOrder, type Model, type Ordered, upstream } from '../../pipelines/engine/graph.ts';
import { makeTable } from '../../pipelines/engine/make.ts';
import { loadReferenceTables, referenceTableNames } from '../../pipelines/engine/reference-tables.ts';
import { quoted, rows } from '../../pipelines/engine/sql.ts';
import { loadValueSets } from '../../pipelines/engine/value-sets.ts';
import { createInput, inputTables } from '../../pipelines/input/tables.ts';

export const VARIABLES = new Set(['data_through', 'period_start', 'period_end', 'surrogate_key']);
export const GIVEN = {
  tables: new Set([
    ...inputTables.map(({ name }) => `input.${name}`),
    'reference.value_set',
    'reference.value_set_source',
    ...referenceTableNames,
  ]),
  variables: VARIABLES,
};

let discovered: Promise<{ definitions: Definitions; ordered: Ordered }> | undefined;

/** All definitions and their order, worked out once per test file. */
export function definitionsInOrder(): Promise<{ definitions: Definitions; ordered: Ordered }> {
  discovered ??= (async () => {
    const definitions = await discover();
    const connection = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
    const folders = [...definitions.metrics, ...definitions.measures].map(({ model }) => model);
    return { definitions, ordered: await inOrder(connection, [...definitions.models, ...folders], GIVEN) };
  })();
  return discovered;
}

const VALUE_SETS = ['reference.value_set', 'reference.value_set_source'];
const loaded = new Map<readonly string[], Promise<string>>();

/** Tables as Parquet files, made once per test file. */
function asParquet(tables: readonly string[], load: (connection: DuckDBConnection) => Promise<void>): Promise<string> {
  const folder = loaded.get(tables) ?? writeParquet(tables, load);
  loaded.set(tables, folder);
  return folder;
}

async function writeParquet(tables: readonly string[], load: (connection: DuckDBConnection) => Promise<void>) {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-reference-'));
  const connection = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
  await connection.run('create schema reference');
  await load(connection);
  for (const table of tables) await connection.run(`copy ${table} to ${quoted(join(folder, table))} (format parquet)`);
  connection.closeSync();
  return folder;
}

/** An in-memory warehouse: every schema, every input table (empty), the value sets and the run variables. */
export async function warehouse(variables: Cases[string]['variables'] = {}): Promise<DuckDBConnection> {
  const { definitions } = await definitionsInOrder();
  const folder = await asParquet(VALUE_SETS, (own) => loadValueSets(own, definitions));
  const connection = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
  for (const schema of [...SCHEMAS, 'input']) await connection.run(`create schema ${schema}`);
  await createInput(connection, 'input');
  for (const table of VALUE_SETS) {
    await connection.run(`create table ${table} as from read_parquet(${quoted(join(folder, table))})`);
  }
  await setVariables(connection, variables);
  return connection;
}

export async function setVariables(
  connection: DuckDBConnection,
  { data_through = '2024-12-31', period = '2024' }: Cases[string]['variables'] = {},
): Promise<void> {
  await connection.run('set variable data_through = $1::date', [data_through]);
  await connection.run('set variable period_start = make_date($1::integer, 1, 1)', [period]);
  await connection.run('set variable period_end = make_date($1::integer, 12, 31)', [period]);
  await connection.run("set variable surrogate_key = 'test'");
}

/** Fills input tables from pipe tables; a column that is not listed is null, source_name is 'claims' unless given. */
export async function given(connection: DuckDBConnection, tables: Readonly<Record<string, string>>): Promise<void> {
  for (const [table, text] of Object.entries(tables)) {
    let line = 1;
    for (const row of parsePipeTable(text)) {
      line += 1;
      const cells = { source_name: 'claims', file_id: '1', line_number: String(line), ...row };
      const names = Object.keys(cells);
      await connection.run(
        `insert into ${table} (${names.join(', ')}) values (${names.map((name) => `$${name}`).join(', ')})`,
        cells,
      );
    }
  }
}

/** Makes the given tables and everything upstream of them, in order. A failure names the model and prints its SQL. */
export async function make(connection: DuckDBConnection, ...targets: string[]): Promise<void> {
  const { definitions, ordered } = await definitionsInOrder();
  const measures = new Map(definitions.measures.map(({ model, declaration }) => [model, declaration]));
  const needed = upstream(ordered.reads, targets);
  const tables = referenceTableNames.filter((name) => needed.has(name));
  const folder = tables.length > 0 ? await asParquet(referenceTableNames, loadReferenceTables) : '';
  for (const table of tables) {
    await connection.run(`create view if not exists ${table} as from read_parquet(${quoted(join(folder, table))})`);
  }
  for (const model of ordered.models) {
    if (needed.has(model.name)) await makeOne(connection, model, measures.get(model));
  }
}

async function makeOne(connection: DuckDBConnection, model: Model, measure: Measure | undefined): Promise<void> {
  try {
    const isMetric = model.name.startsWith('metric.');
    if (measure)
      await connection.run(`create table ${model.name} as ${await measureSelect(connection, model, measure)}`);
    else await makeTable(connection, isMetric ? { ...model, sql: await metricSelect(connection, model) } : model);
  } catch (cause) {
    throw new Error(`${model.path}: ${cause instanceof Error ? cause.message : cause}\n\n${model.sql}`, { cause });
  }
}

/**
 * The rows of `table` in the columns that `expected` names, as text, sorted. A person_id, and a subject_id that is or
 * begins with one, reads as the person's source id, and `exclusions` as their reasons.
 */
export async function found(connection: DuckDBConnection, table: string, expected: string) {
  const wanted = parsePipeTable(expected);
  const names =
    expected
      .trim()
      .split('\n')[0]
      ?.split('|')
      .map((name) => name.trim()) ?? [];
  const columns = names.map((name) =>
    name === 'person_id'
      ? 'any_value(source.source_person_id) as person_id'
      : name === 'subject_id'
        ? 'replace(any_value(fact.subject_id)::varchar, fact.person_id, any_value(source.source_person_id)) as subject_id'
        : ['numerator', 'denominator'].includes(name)
          ? `case when typeof(any_value(fact.${name})) in ('BOOLEAN') then any_value(fact.${name})::varchar
               else regexp_replace(any_value(fact.${name})::varchar, '\\.0+$', '') end as ${name}`
          : name === 'exclusions'
            ? 'list_transform(any_value(fact.exclusions), lambda one: one.reason)::varchar as exclusions'
            : `any_value(fact.${name})::varchar as ${name}`,
  );
  const got = await rows(
    connection,
    `select ${columns.join(', ')}
     from (select *, row_number() over () as fact_row from ${table}) as fact
     left join core.person_source as source using (person_id)
     group by fact.fact_row, fact.person_id`,
  );
  return { got: sorted(got.map((row) => pick(row, names))), wanted: sorted(wanted.map((row) => pick(row, names))) };
}

const pick = (row: Readonly<Record<string, unknown>>, names: readonly string[]) =>
  Object.fromEntries(
    names.map((name) => [name, row[name] === null || row[name] === undefined ? null : String(row[name])]),
  );

const sorted = <Row>(list: Row[]): Row[] => list.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
