import { z } from 'zod';
import { SnapshotFile } from '#contract/snapshot-file';
import type { Queries } from './query.ts';
import { sql } from './sql.ts';

const Table = SnapshotFile.shape.tables.element;

/**
 * Every table and view of the snapshot in the order of their names, with what its model, metric or reference says that it
 * is. The values of an ENUM are data, so its type is told by name alone.
 */
export async function readTables(queries: Queries): Promise<SnapshotFile['tables']> {
  const [tables, columns] = await Promise.all([
    queries.rows(
      sql`select known.table_schema || '.' || known.table_name as name, stored.rows::double as rows,
          coalesce(
            regexp_extract(model.sql, '^-- ([^\n]*)', 1), metric.title, 'One row per ' || reference.grain || '.'
          ) as meaning
        from information_schema.tables as known
        left join (select name, max(sql) as sql from run.model group by name) as model
          on model.name = known.table_schema || '.' || known.table_name and model.sql like '-- %'
        left join (select relation, min(title) as title from catalogue.metric group by relation) as metric
          on metric.relation = known.table_schema || '.' || known.table_name
        left join catalogue.reference_table as reference
          on reference.table_name = known.table_schema || '.' || known.table_name
        left join (select schema_name, table_name, estimated_size as rows from duckdb_tables()) as stored
          on stored.schema_name = known.table_schema and stored.table_name = known.table_name
        where known.table_catalog = current_database() order by name`,
      Table.omit({ columns: true }),
    ),
    queries.rows(
      sql`select known.table_schema || '.' || known.table_name as "table", known.column_name as name,
          if(known.data_type like 'ENUM%', 'ENUM', known.data_type) as type, declared.meaning
        from information_schema.columns as known
        left join catalogue."column" as declared
          on declared.table_name = known.table_schema || '.' || known.table_name and declared.column_name = known.column_name
        where known.table_catalog = current_database() order by "table", known.ordinal_position`,
      Table.shape.columns.element.extend({ table: z.string() }),
    ),
  ]);
  return tables.map((table) => ({
    ...table,
    columns: columns.flatMap(({ table: of, ...column }) => (of === table.name ? [column] : [])),
  }));
}
