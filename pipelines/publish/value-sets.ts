import type { DuckDBConnection } from '@duckdb/node-api';
import type { Built } from '../engine/build.ts';
import type { Definitions } from '../engine/discover.ts';
import { upstream } from '../engine/graph.ts';
import { rows } from '../engine/sql.ts';

/** Below these a table no longer decides what a metric asks of people: it says what codes mean. */
const isGround = (table: string): boolean => table === 'mart.evidence' || table.startsWith('core.');

/**
 * Writes `catalogue.value_set`, a row per value set: where its codes come from, how many rules it has, how many codes of
 * the data are in it, and the metrics whose SQL names it. One without rules waits for a licensed list.
 */
export async function writeValueSets(
  connection: DuckDBConnection,
  built: Built,
  { models, metrics, measures }: Definitions,
): Promise<void> {
  const names = new Set(
    (await rows(connection, 'select value_set from reference.value_set_source')).map((row) => String(row.value_set)),
  );
  const named = new Map(
    [...models, ...metrics.map(({ model }) => model), ...measures.map(({ model }) => model)].map(({ name, sql }) => [
      name,
      [...sql.matchAll(/'([a-z0-9-]+)'/g)].flatMap(([, word = '']) => (names.has(word) ? [word] : [])),
    ]),
  );
  const reads = new Map([...built.reads].map(([table, tables]) => [table, isGround(table) ? [] : tables]));
  const usedBy = new Map<string, string[]>();
  for (const { served, table } of built.metrics) {
    const asked = [...upstream(reads, [table])].filter((one) => !isGround(one)).flatMap((one) => named.get(one) ?? []);
    for (const name of new Set(asked)) usedBy.set(name, [...(usedBy.get(name) ?? []), served.id]);
  }
  await connection.run(
    `create table catalogue.value_set as
     with seen as (select value_set, count(*) as codes from core.coded_concept group by value_set)
     select source.*, coalesce(seen.codes, 0) as seen,
       coalesce(used[source.value_set], []) as metrics
     from reference.value_set_source as source
     left join seen using (value_set), (select $1::json::map(varchar, varchar[]) as used)
     order by source.value_set`,
    [JSON.stringify(Object.fromEntries(usedBy))],
  );
}
