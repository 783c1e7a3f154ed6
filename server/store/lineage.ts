import { z } from 'zod';
import { LineageNode } from '#contract/result';
import type { SnapshotCatalogue } from './catalogue.ts';
import type { Queries } from './query.ts';
import { sql } from './sql.ts';

const Node = LineageNode.extend({ seconds: z.number().nullable() });
type Node = z.infer<typeof Node>;

/** Everything from files to metrics: what each reads, how many rows it has, how long it took. */
export const readLineage = (queries: Queries): Promise<Node[]> =>
  queries.rows(
    sql`select lineage.name, lineage.kind, coalesce(model.rows, file.loaded, stored.rows)::double as rows, lineage.reads,
        model.seconds, model.sql
      from catalogue.lineage as lineage
      left join (select name, max(rows) as rows, max(seconds) as seconds, max(sql) as sql from run.model group by name) as model
        on model.name = lineage.name
      left join (select 'file.' || path as name, sum(loaded) as loaded from run.source_file group by path) as file
        on file.name = lineage.name
      left join (select schema_name || '.' || table_name as name, estimated_size as rows from duckdb_tables()) as stored
        on stored.name = lineage.name
      order by lineage.kind, lineage.name`,
    Node,
  );

/** What a relation stands on, itself first, then the nearest, down to the files. */
export async function readUpstream(
  queries: Queries,
  { names }: SnapshotCatalogue,
  relation: string,
): Promise<LineageNode[]> {
  const [nodes, { rows }] = await Promise.all([
    readLineage(queries),
    queries.row(sql`select count(*)::double as rows from ${names.table(relation)}`, z.object({ rows: z.number() })),
  ]);
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const found = new Set([relation]);
  for (const name of found) for (const read of byName.get(name)?.reads ?? []) found.add(read);
  return [...found]
    .flatMap((name) => byName.get(name) ?? [])
    .map(({ seconds: _, ...node }) => (node.name === relation ? { ...node, rows } : node));
}
