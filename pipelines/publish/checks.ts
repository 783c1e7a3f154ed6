import type { DuckDBConnection } from '@duckdb/node-api';
import type { Built } from '../engine/build.ts';
import { findingsOf } from '../engine/check.ts';
import { readsOf } from '../engine/graph.ts';
import { inputChecks } from '../input/checks/index.ts';
import { readerRules } from '../readers/checks.ts';
import { addChecks } from '../readers/ledger.ts';
import { formats } from '../readers/load.ts';
import { tablesBehind } from './behind.ts';
import type { Compared } from './history.ts';
import { warehouseChecks } from './warehouse.ts';

/**
 * Runs every check on the warehouse and writes what was found to run.check, with the comparison to the snapshot before.
 * Then each check, those of reading and of the input too, names the metrics that it touches: those to whose rows facts
 * come from a table that it reads.
 */
export async function runChecks(
  connection: DuckDBConnection,
  built: Built,
  history: readonly Compared[],
): Promise<void> {
  const checks = warehouseChecks(built.metrics.map(({ served, subjects }) => ({ ...served, subjects })));
  await addChecks(connection, [...(await findingsOf(connection, checks)), ...history]);

  const reads = new Map<string, readonly string[]>();
  const all = [...inputChecks, ...checks];
  const relations = [...new Set(all.map((check) => check.from))];
  const read = await readsOf(
    connection,
    relations.map((from) => ({ name: from, path: `check of ${from}`, sql: `select * from ${from}` })),
  );
  const tablesOf = new Map(relations.map((from, at) => [from, read[at]?.tables ?? []]));
  for (const check of all) reads.set(check.id, tablesOf.get(check.from) ?? []);
  const inputs = [...built.reads.values()].flat().filter((name) => name.startsWith('input.'));
  const reading = [...Object.values(readerRules), ...formats.flatMap(({ mappings }) => mappings?.checks ?? [])];
  for (const { id } of reading) reads.set(id, inputs);
  for (const finding of history) reads.set(finding.id, finding.reads.length > 0 ? finding.reads : inputs);
  const behind = [...tablesBehind(built)];
  const touches = [...reads].map(([id, tables]) => ({
    id,
    metrics: behind.flatMap(([metric, above]) => (tables.some((name) => above.has(name)) ? [metric] : [])),
  }));
  await connection.run(
    `update run.check set metrics_touched = touch.metrics
     from (select unnest($1::json::struct(id varchar, metrics varchar[])[], recursive := true)) as touch
     where touch.id = check_id`,
    [JSON.stringify(touches)],
  );
}
