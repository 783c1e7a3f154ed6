import type { DuckDBConnection } from '@duckdb/node-api';
import type { Cohort } from '#contract/dimension';
import type { Built } from '../engine/build.ts';
import type { Definitions } from '../engine/discover.ts';
import { rows } from '../engine/sql.ts';

export interface AboutSnapshot {
  readonly snapshot: string;
  readonly runId: string;
  readonly publishedAt: string;
  readonly dataThrough: string;
  readonly period: string;
  readonly synthetic: boolean;
}

/** Creates `table` from `sql`'s typed columns and fills it row by row; a catalogue is small. */
async function fill(
  connection: DuckDBConnection,
  table: string,
  columns: string,
  values: (string | boolean | null)[][],
) {
  await connection.run(`create table ${table} (${columns})`);
  const places = columns.split(',').map((_, at) => `$${at + 1}`);
  for (const row of values) await connection.run(`insert into ${table} values (${places.join(', ')})`, row);
}

const kindOf = (name: string): string => {
  const schema = name.slice(0, name.indexOf('.'));
  return schema === 'rate' ? 'measure' : schema;
};

/** Writes the declarations as they were when this snapshot was built, and the lineage from file to metric. */
export async function writeCatalogue(
  connection: DuckDBConnection,
  built: Built,
  definitions: Definitions,
  input: { readonly tables: readonly string[]; readonly meanings: ReadonlyMap<string, string> },
  about: AboutSnapshot,
): Promise<void> {
  await fill(
    connection,
    'catalogue.snapshot',
    'snapshot varchar, run_id varchar, published_at varchar, data_through date, period varchar, synthetic boolean',
    [[about.snapshot, about.runId, about.publishedAt, about.dataThrough, about.period, about.synthetic]],
  );
  await fill(
    connection,
    'catalogue.metric',
    'id varchar, kind varchar, title varchar, relation varchar, version varchar, definition varchar, sql varchar',
    built.metrics.map(({ served, sql }) => [
      ...[served.id, served.kind, served.title, served.relation, served.version],
      ...[JSON.stringify(served), sql],
    ]),
  );
  await fill(
    connection,
    'catalogue.measure',
    'id varchar, measure_id varchar, title varchar, version varchar, definition varchar, sql varchar',
    definitions.measures.map(({ declaration, model }) => [
      ...[declaration.id, declaration.measureId, declaration.title, declaration.version],
      ...[JSON.stringify(declaration), model.sql],
    ]),
  );
  await fill(
    connection,
    'catalogue.dimension',
    'id varchar, title varchar, definition varchar',
    built.dimensions.map((dimension) => [dimension.id, dimension.title, JSON.stringify(dimension)]),
  );
  await fill(
    connection,
    'catalogue.cohort',
    'id varchar, title varchar, description varchar, "where" varchar, preset boolean',
    definitions.cohorts.map((cohort: Cohort) => [cohort.id, cohort.title, cohort.description, cohort.where, true]),
  );
  await fill(connection, 'catalogue.cube', 'name varchar, metric varchar, dimensions varchar', []);
  await writeLineage(connection, built, input.tables);
  const columns = await rows(
    connection,
    `select table_schema || '.' || table_name as name, column_name, data_type from information_schema.columns
     where table_catalog = current_database() and table_schema <> 'catalogue' order by all`,
  );
  await fill(
    connection,
    'catalogue.column',
    'table_name varchar, column_name varchar, type varchar, meaning varchar',
    columns.map(({ name, column_name, data_type }) => [
      ...[String(name), String(column_name), String(data_type)],
      input.meanings.get(String(column_name)) ?? null,
    ]),
  );
}

async function writeLineage(connection: DuckDBConnection, built: Built, inputTables: readonly string[]): Promise<void> {
  await connection.run('create table catalogue.lineage (name varchar, kind varchar, reads varchar[])');
  const add = (name: string, kind: string, reads: readonly string[]) =>
    connection.run('insert into catalogue.lineage select $1, $2, $3::json::varchar[]', [
      name,
      kind,
      JSON.stringify(reads),
    ]);
  for (const [name, reads] of built.reads) await add(name, kindOf(name), reads);
  for (const { served } of built.metrics) {
    if (served.kind === 'measure') {
      await add(served.relation, 'measure', [`measure.${served.relation.slice(5, served.relation.lastIndexOf('_'))}`]);
    }
  }
  for (const name of inputTables) {
    await connection.run(`insert into catalogue.lineage select 'input.${name}', 'input', coalesce(list('file.' || path order by path), [])
      from run.source_file where file_id in (select file_id from input.${name})`);
    await connection.run(`insert into run.model select 'input.${name}', count(*), null, null from input.${name}`);
  }
  await connection.run(
    "insert into catalogue.lineage select 'file.' || path, 'file', [] from run.source_file where loaded > 0",
  );
  await connection.run("insert into catalogue.lineage select 'reference.value_set', 'reference', []");
}
