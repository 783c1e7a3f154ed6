import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Current } from '#contract/current';
import { type CatalogueMetric, readCatalogue } from './catalogue.ts';
import { readUpstream } from './lineage.ts';
import { Queries } from './query.ts';
import { QueryProcesses } from './query-process.ts';
import { readSourceFiles } from './run.ts';
import type { Snapshot } from './snapshot.ts';
import { readValueSets } from './value-set.ts';

/** What a question is asked of. */
export type Asked = Pick<Snapshot, 'catalogue' | 'queries'>;

/** The served snapshot and the others that its home keeps, oldest first. What another version wrote is left out. */
export async function keptSnapshots(home: string, served: Current): Promise<Current[]> {
  const folder = join(home, 'snapshots');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json'));
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  const others = texts
    .flatMap((text) => Current.safeParse(JSON.parse(text)).data ?? [])
    .filter(({ snapshot, file }) => snapshot !== served.snapshot && existsSync(join(home, file)));
  const at = ({ publishedAt, snapshot }: Current) => `${publishedAt} ${snapshot}`;
  return [...others, served].sort((a, b) => (at(a) < at(b) ? -1 : 1));
}

/** Asks a kept snapshot that is not served, under the same lock, and closes it. */
export async function askKept<T>(home: string, kept: Current, ask: (asked: Asked) => Promise<T>): Promise<T> {
  const queries = new Queries(new QueryProcesses(join(home, kept.file), { standBy: false }));
  try {
    return await ask({ queries, catalogue: await readCatalogue(queries) });
  } finally {
    queries.close();
  }
}

/** All that a metric stands on in one snapshot, each with a text that changes when it does. */
export interface Footing {
  readonly rules: ReadonlyMap<string, string>;
  readonly codeLists: ReadonlyMap<string, string>;
  /** SHA-256 of the bytes. */
  readonly files: ReadonlySet<string>;
}

export async function readFooting(
  { catalogue, queries }: Asked,
  { id, relation, sql }: CatalogueMetric,
): Promise<Footing> {
  const upstream = await readUpstream(queries, catalogue, relation);
  const names = new Set(upstream.map(({ name }) => name));
  const [lists, files] = await Promise.all([readValueSets(queries, id), readSourceFiles(queries)]);
  return {
    rules: new Map([
      [relation, sql],
      ...upstream.flatMap(({ name, sql }) => (sql === null ? [] : [[name, sql] as const])),
    ]),
    codeLists: new Map(lists.map(({ name, source, rules }) => [name, `${rules} ${source}`])),
    files: new Set(files.flatMap(({ path, sha256 }) => (names.has(`file.${path}`) ? [sha256] : []))),
  };
}
