import type { DuckDBConnection } from '@duckdb/node-api';
import { rows } from './sql.ts';

/** One table of the warehouse and the SELECT that makes it. */
export interface Model {
  /** schema.table */
  readonly name: string;
  readonly sql: string;
  /** Where the SQL stands, for messages. */
  readonly path: string;
  /** The SELECT gives what to fit, the table the coefficients. */
  readonly isLogistic?: boolean;
}

export interface Reads {
  readonly tables: readonly string[];
  readonly variables: readonly string[];
  /** The table of which the SELECT takes columns and rows as they are, without joining or grouping. */
  readonly projected: string | undefined;
}

interface Select {
  readonly type: string;
  readonly from_table?: { readonly type: string; readonly schema_name: string; readonly table_name: string };
  readonly cte_map?: { readonly map: readonly unknown[] };
  readonly modifiers?: readonly unknown[];
  readonly group_expressions?: readonly unknown[];
  readonly having?: unknown;
  readonly qualify?: unknown;
}

interface Node {
  readonly type?: string;
  readonly schema_name?: string;
  readonly table_name?: string;
  readonly function_name?: string;
  readonly children?: readonly { readonly value?: { readonly value?: unknown } }[];
  readonly map?: readonly { readonly key?: unknown }[];
}

/** What each SELECT reads, as DuckDB's own parser sees it. Throws on what is no single SELECT. */
export async function readsOf(connection: DuckDBConnection, models: readonly Model[]): Promise<Reads[]> {
  const parsed = await rows(
    connection,
    `select json_serialize_sql(select_sql) as tree
     from (select unnest($sqls::json::varchar[]) as select_sql, generate_subscripts($sqls::json::varchar[], 1) as place)
     order by place`,
    { sqls: JSON.stringify(models.map(({ sql }) => sql)) },
  );
  return models.map(({ path }, at) => {
    const tree = JSON.parse(String(parsed[at]?.tree));
    if (tree.error) throw new Error(`${path}: ${tree.error_message}`);
    if (tree.statements.length !== 1) throw new Error(`${path} holds ${tree.statements.length} statements, not one`);
    return { ...readsIn(tree, path), projected: projectedBy(tree.statements[0].node) };
  });
}

function projectedBy(select: Select): string | undefined {
  const { from_table: from, cte_map: ctes, modifiers, group_expressions: groups, having, qualify } = select;
  const isPlain = select.type === 'SELECT_NODE' && from?.type === 'BASE_TABLE' && !having && !qualify;
  const isOnly = ctes?.map.length === 0 && modifiers?.length === 0 && groups?.length === 0;
  return isPlain && isOnly ? `${from.schema_name}.${from.table_name}` : undefined;
}

function readsIn(tree: unknown, path: string): Omit<Reads, 'projected'> {
  const tables = new Set<string>();
  const bare = new Set<string>();
  const ctes = new Set<string>();
  const variables = new Set<string>();
  JSON.stringify(tree, (key, node: Node | null) => {
    if (node?.type === 'BASE_TABLE' && node.table_name) {
      if (node.schema_name) tables.add(`${node.schema_name}.${node.table_name}`);
      else bare.add(node.table_name);
    }
    if (key === 'cte_map') for (const cte of node?.map ?? []) ctes.add(String(cte.key));
    if (node?.function_name === 'getvariable') variables.add(String(node.children?.[0]?.value?.value));
    return node;
  });
  for (const name of bare) if (!ctes.has(name)) throw new Error(`${path} reads "${name}" without its schema`);
  return { tables: [...tables].sort(), variables: [...variables].sort() };
}

export interface Ordered {
  readonly models: readonly Model[];
  readonly reads: ReadonlyMap<string, readonly string[]>;
  /** By model, the table that it is a projection of, if it is one. */
  readonly projected: ReadonlyMap<string, string>;
}

/**
 * The models in an order in which each finds what it reads. `given` tables exist before any model runs; `variables`
 * are set. A table nobody makes, two models of one name, a cycle and an unset variable are errors that name it.
 */
export async function inOrder(
  connection: DuckDBConnection,
  models: readonly Model[],
  given: { readonly tables: ReadonlySet<string>; readonly variables: ReadonlySet<string> },
): Promise<Ordered> {
  const byName = new Map<string, Model>();
  for (const model of models) {
    const twin = byName.get(model.name);
    if (twin) throw new Error(`${model.name} is made twice: ${twin.path} and ${model.path}`);
    byName.set(model.name, model);
  }
  const reads = new Map<string, readonly string[]>();
  const projected = new Map<string, string>();
  const found = await readsOf(connection, models);
  for (const [at, model] of models.entries()) {
    const { tables = [], variables = [], projected: source } = found[at] ?? {};
    if (source !== undefined) projected.set(model.name, source);
    for (const name of variables) {
      if (!given.variables.has(name)) throw new Error(`${model.path} reads the variable "${name}", which no run sets`);
    }
    for (const table of tables) {
      if (!byName.has(table) && !given.tables.has(table)) {
        throw new Error(`${model.path} reads ${table}, which nothing makes`);
      }
    }
    reads.set(model.name, tables);
  }
  const ordered = new Set<Model>();
  const visit = (model: Model, path: readonly string[]): void => {
    if (ordered.has(model)) return;
    if (path.includes(model.name)) throw new Error(`models read each other: ${[...path, model.name].join(' -> ')}`);
    for (const table of reads.get(model.name) ?? []) {
      const upstream = byName.get(table);
      if (upstream) visit(upstream, [...path, model.name]);
    }
    ordered.add(model);
  };
  for (const model of models) visit(model, []);
  return { models: [...ordered], reads, projected };
}

/** Every table upstream of the given ones, themselves included. */
export function upstream(reads: ReadonlyMap<string, readonly string[]>, from: readonly string[]): Set<string> {
  const seen = new Set<string>();
  const visit = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    for (const table of reads.get(name) ?? []) visit(table);
  };
  for (const name of from) visit(name);
  return seen;
}
