import type { Built } from '../engine/build.ts';
import { upstream } from '../engine/graph.ts';

/** These only list which ids and which codes occur in the tables of a schema: no fact of a record comes through them. */
const INDEXES: Readonly<Record<string, string>> = { 'core.person_source': 'input', 'core.code_match': 'core' };

/** By metric and rate, every table from which facts reach its rows, its own relation included. */
export function tablesBehind({ metrics, reads }: Built): ReadonlyMap<string, ReadonlySet<string>> {
  const facts = new Map(
    [...reads].map(([name, tables]) => [name, tables.filter((table) => !table.startsWith(`${INDEXES[name]}.`))]),
  );
  return new Map(
    metrics.map(({ served, table }) => [
      served.id,
      new Set([...upstream(facts, [table]), served.relation, ...(served.kind === 'measure' ? ['mart.care_gap'] : [])]),
    ]),
  );
}
