import type { DuckDBConnection } from '@duckdb/node-api';
import type { Built } from '../engine/build.ts';
import { findingsOf } from '../engine/check.ts';
import { readsOf, upstream } from '../engine/graph.ts';
import { inputChecks } from '../input/checks/index.ts';
import { readerRules } from '../readers/checks.ts';
import { addChecks } from '../readers/ledger.ts';
import type { Compared } from './history.ts';
import { warehouseChecks } from './warehouse.ts';

/**
 * Runs every check on the warehouse and writes what was found to run.check, with the comparison to the snapshot before.
 * Then each check, those of reading and of the input too, names the metrics that it touches: those downstream of a table
 * that it reads.
 */
export async function runChecks(
  connection: DuckDBConnection,
  built: Built,
  history: readonly Compared[],
): Promise<void> {
  const checks = warehouseChecks(built.metrics.map(({ served }) => served));
  await addChecks(connection, [...(await findingsOf(connection, checks)), ...history]);

  const reads = new Map<string, readonly string[]>();
  const all = [...inputChecks, ...checks];
  for (const from of new Set(all.map((check) => check.from))) {
    const { tables } = await readsOf(connection, {
      name: from,
      path: `check of ${from}`,
      sql: `select * from ${from}`,
    });
    for (const check of all) if (check.from === from) reads.set(check.id, tables);
  }
  const inputs = [...built.reads.values()].flat().filter((name) => name.startsWith('input.'));
  for (const { id } of Object.values(readerRules)) reads.set(id, inputs);
  for (const finding of history) reads.set(finding.id, finding.reads.length > 0 ? finding.reads : inputs);
  const above = built.metrics.map(({ served, table }) => ({
    id: served.id,
    tables: new Set([
      ...upstream(built.reads, [table]),
      ...[served.relation, ...(served.kind === 'measure' ? ['mart.care_gap'] : [])],
    ]),
  }));
  const touches = [...reads].map(([id, tables]) => ({
    id,
    metrics: above.filter((metric) => tables.some((name) => metric.tables.has(name))).map((metric) => metric.id),
  }));
  await connection.run(
    `update run.check set metrics_touched = touch.metrics
     from (select unnest($1::json::struct(id varchar, metrics varchar[])[], recursive := true)) as touch
     where touch.id = check_id`,
    [JSON.stringify(touches)],
  );
}
