import type { DuckDBConnection } from '@duckdb/node-api';
import type { Built } from '../engine/build.ts';
import type { Definitions } from '../engine/discover.ts';
import { referenceTableNames } from '../engine/reference-tables.ts';
import { insertRows } from '../engine/sql.ts';
import { caveatsOf } from './caveats.ts';
import { writeCubes } from './cube.ts';

export interface AboutSnapshot {
  readonly snapshot: string;
  readonly runId: string;
  readonly publishedAt: string;
  readonly dataThrough: string;
  readonly period: string;
  readonly synthetic: boolean;
}

async function fill(...[connection, table, columns, values]: Parameters<typeof insertRows>): Promise<void> {
  await connection.run(`create table ${table} (${columns})`);
  await insertRows(connection, table, columns, values);
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
  const { runId, publishedAt, dataThrough, ...facts } = about;
  await fill(
    connection,
    'catalogue.snapshot',
    'snapshot varchar, run_id varchar, published_at varchar, data_through date, period varchar, synthetic boolean',
    [{ ...facts, run_id: runId, published_at: publishedAt, data_through: dataThrough }],
  );
  const caveats = await caveatsOf(connection, built);
  await fill(
    connection,
    'catalogue.metric',
    'id varchar, kind varchar, title varchar, relation varchar, version varchar, definition varchar, sql varchar',
    built.metrics.map(({ served, sql }) => {
      const { id, kind, title, relation, version } = served;
      const definition = JSON.stringify({ ...served, caveats: caveats.get(id) });
      return { id, kind, title, relation, version, definition, sql };
    }),
  );
  await fill(
    connection,
    'catalogue.measure',
    'id varchar, measure_id varchar, title varchar, version varchar, definition varchar, sql varchar',
    definitions.measures.map(({ declaration, model: { sql } }) => {
      const { id, measureId: measure_id, title, version } = declaration;
      return { id, measure_id, title, version, definition: JSON.stringify(declaration), sql };
    }),
  );
  await fill(
    connection,
    'catalogue.dimension',
    'id varchar, title varchar, definition varchar',
    built.dimensions.map((dimension) => {
      const { id, title } = dimension;
      return { id, title, definition: JSON.stringify(dimension) };
    }),
  );
  await fill(
    connection,
    'catalogue.cohort',
    'id varchar, title varchar, description varchar, "where" varchar, preset boolean',
    definitions.cohorts.map(({ id, title, description, where, preset }) => ({ id, title, description, where, preset })),
  );
  await fill(
    connection,
    'catalogue.program',
    'id varchar, definition varchar',
    definitions.programs.map((program) => ({ id: program.id, definition: JSON.stringify(program) })),
  );
  await fill(
    connection,
    'catalogue.cube',
    'name varchar, metric varchar, dimensions varchar',
    (await writeCubes(connection, built, about)).map((cube) => ({ ...cube })),
  );
  await connection.run('create table catalogue.reference_table as from reference.table_source');
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
  for (const name of ['reference.value_set', 'reference.value_set_source', ...referenceTableNames])
    nodes.push({ name, kind: 'reference', reads: [] });
  await connection.run(
    `create table catalogue.lineage as
     select node.name, node.kind, node.reads
     from (select unnest($1::json::struct(name varchar, kind varchar, reads varchar[])[]) as node)`,
    [JSON.stringify(nodes)],
  );
  const ofEach = (columns: string): string =>
    inputTables.map((name) => `select 'input.${name}' as name, ${columns} from input.${name}`).join(' union all ');
  await connection.run(`insert into run.model by name ${ofEach('count(*) as rows')}`);
  await connection.run(
    `insert into catalogue.lineage
     select name, 'input', coalesce(list('file.' || path order by path) filter (path is not null), [])
     from (${ofEach('unnest(coalesce(list(distinct file_id), [null])) as file_id')}) left join run.source_file using (file_id)
     group by name
     union all
     select 'file.' || path, 'file', [] from run.source_file where loaded > 0`,
  );
}
