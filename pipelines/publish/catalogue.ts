import type { DuckDBConnection } from '@duckdb/node-api';
import type { Cohort } from '#contract/dimension';
import type { Built } from '../engine/build.ts';
import type { Definitions } from '../engine/discover.ts';
import { caveatsOf } from './caveats.ts';

export interface AboutSnapshot {
  readonly snapshot: string;
  readonly runId: string;
  readonly publishedAt: string;
  readonly dataThrough: string;
  readonly period: string;
  readonly synthetic: boolean;
}

/** Creates `table` and fills it with the given rows; a catalogue is small. */
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
  const caveats = await caveatsOf(connection, built);
  await fill(
    connection,
    'catalogue.metric',
    'id varchar, kind varchar, title varchar, relation varchar, version varchar, definition varchar, sql varchar',
    built.metrics.map(({ served, sql }) => [
      ...[served.id, served.kind, served.title, served.relation, served.version],
      ...[JSON.stringify({ ...served, caveats: caveats.get(served.id) }), sql],
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
  await connection.run(
    `create table catalogue.column as
     select table_schema || '.' || table_name as table_name, column_name, data_type as type, 
       case when table_schema in ('core', 'mart') then meanings[column_name] end as meaning
     from information_schema.columns, (select $1::json::map(varchar, varchar) as meanings)
     where table_catalog = current_database() order by all`,
    [JSON.stringify(Object.fromEntries(input.meanings))],
  );
}

async function writeLineage(connection: DuckDBConnection, built: Built, inputTables: readonly string[]): Promise<void> {
  const nodes: { name: string; kind: string; reads: readonly string[] }[] = [];
  for (const [name, reads] of built.reads) nodes.push({ name, kind: kindOf(name), reads });
  for (const { served, table } of built.metrics) {
    if (served.relation !== table) nodes.push({ name: served.relation, kind: 'measure', reads: [table] });
  }
  nodes.push({ name: 'reference.value_set', kind: 'reference', reads: [] });
  await connection.run(
    `create table catalogue.lineage as
     select node.name, node.kind, node.reads
     from (select unnest($1::json::struct(name varchar, kind varchar, reads varchar[])[]) as node)`,
    [JSON.stringify(nodes)],
  );
  for (const name of inputTables) {
    await connection.run(`insert into catalogue.lineage select 'input.${name}', 'input', coalesce(list('file.' || path order by path), [])
      from run.source_file where file_id in (select file_id from input.${name})`);
    await connection.run(`insert into run.model select 'input.${name}', count(*), null, null from input.${name}`);
  }
  await connection.run(
    "insert into catalogue.lineage select 'file.' || path, 'file', [] from run.source_file where loaded > 0",
  );
}
