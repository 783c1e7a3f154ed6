import { readFile } from 'node:fs/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Definitions } from './discover.ts';

/** One code, or with a trailing `*` one prefix, of a value set. */
interface Code {
  readonly system: string;
  readonly code: string;
  readonly isPrefix: boolean;
}

/** Reads `# publisher, version, licence`, `code_system,code`, then one code a line. Throws with file and line. */
export function parseValueSet(text: string, path: string): { readonly source: string; readonly codes: Code[] } {
  const [source = '', header, ...lines] = text.trimEnd().split('\n');
  if (!source.startsWith('# ')) throw new Error(`${path}:1 needs "# publisher, version, licence"`);
  if (header !== 'code_system,code') throw new Error(`${path}:2 needs the header "code_system,code"`);
  const codes = lines.map((line, at) => {
    const match = /^([a-z0-9-]+),([A-Z0-9-]+)(\*?)$/.exec(line);
    if (!match) throw new Error(`${path}:${at + 3} needs "system,CODE" or "system,PREFIX*", got "${line}"`);
    const [, system = '', code = '', star] = match;
    return { system, code, isPrefix: star === '*' };
  });
  return { source: source.slice(2), codes };
}

/** Creates and fills `reference.value_set` and `reference.value_set_source`. */
export async function loadValueSets(connection: DuckDBConnection, sets: Definitions['valueSets']): Promise<void> {
  await connection.run(
    'create table reference.value_set (value_set varchar, code_system varchar, code varchar, is_prefix boolean)',
  );
  await connection.run('create table reference.value_set_source (value_set varchar, source varchar, codes integer)');
  const codes = await connection.createAppender('value_set', 'reference');
  const sources = await connection.createAppender('value_set_source', 'reference');
  for (const { name, path } of sets) {
    const set = parseValueSet(await readFile(path, 'utf8'), path);
    for (const { system, code, isPrefix } of set.codes) {
      codes.appendVarchar(name);
      codes.appendVarchar(system);
      codes.appendVarchar(code);
      codes.appendBoolean(isPrefix);
      codes.endRow();
    }
    sources.appendVarchar(name);
    sources.appendVarchar(set.source);
    sources.appendInteger(set.codes.length);
    sources.endRow();
  }
  codes.closeSync();
  sources.closeSync();
}
