import { readFile } from 'node:fs/promises';
import type { DuckDBAppender, DuckDBConnection } from '@duckdb/node-api';
import type { Definitions } from './discover.ts';
import { oidIn, readSuppliedValueSets } from './supplied-value-sets.ts';

/** One rule of a value set: a code, or with `*` every code that begins so. */
interface Rule {
  readonly system: string;
  readonly code: string;
  readonly isPrefix: boolean;
  /** Last of the seven characters of a code that the rule is for; null for any code. */
  readonly ending: string | null;
  /** The codes are left out, though a shorter rule takes them in. */
  readonly isExcluded: boolean;
  /** Category of the codes, where the value set is a classification. */
  readonly category: string | null;
}

const RULE = /^([a-z0-9-]+),(!?)([A-Z0-9-]+)(?:(\*)([A-Z0-9]?))?(?:,([A-Z0-9-]+))?$/;

/**
 * Reads `# publisher, version, licence`, a header, then one rule a line: `system,CODE`, `system,PREFIX*`,
 * `system,PREFIX*X` for codes of seven characters that end in X, any of them after `!` for what is left out. With the
 * header `code_system,code,category` the file is a classification and each rule names a category. Throws with file and
 * line.
 */
export function parseValueSet(text: string, path: string): { readonly source: string; readonly rules: Rule[] } {
  const [source = '', header = '', ...lines] = text.trimEnd().split('\n');
  if (!source.startsWith('# ')) throw new Error(`${path}:1 needs "# publisher, version, licence"`);
  if (!/^code_system,code(,category)?$/.test(header)) {
    throw new Error(`${path}:2 needs the header "code_system,code" or "code_system,code,category"`);
  }
  const isClassification = header.endsWith('category');
  const rules = lines.map((line, at) => {
    const match = RULE.exec(line);
    if (!match || isClassification !== (match[6] !== undefined)) {
      const shape = isClassification
        ? 'system,CODE,CATEGORY" or "system,PREFIX*,CATEGORY'
        : 'system,CODE" or "system,PREFIX*';
      throw new Error(`${path}:${at + 3} needs "${shape}", got "${line}"`);
    }
    const [, system = '', excluded, code = '', star, ending, category] = match;
    return {
      ...{ system, code, isPrefix: star !== undefined, isExcluded: excluded === '!' },
      ...{ ending: ending || null, category: category ?? null },
    };
  });
  return { source: source.slice(2), rules };
}

/** Of the rules that fit a code the one with the highest precedence decides: the longest, and before it one with an ending. */
const precedenceOf = ({ code, isPrefix, ending }: Rule): number =>
  (ending === null ? 0 : 100) + 2 * code.length + (isPrefix ? 0 : 1);

/** The definitions with the lists in `dir`, each in place of the built-in one of its OID; see readSuppliedValueSets. */
export async function withSupplied(definitions: Definitions, dir: string): Promise<Definitions> {
  const oids = new Set<string>();
  for (const { path } of definitions.valueSets) {
    const oid = oidIn((await readFile(path, 'utf8')).split('\n', 1)[0]);
    if (oid !== undefined) oids.add(oid);
  }
  return { ...definitions, supplied: await readSuppliedValueSets(dir, oids) };
}

/**
 * Creates and fills `reference.value_set` (a row per rule) and `reference.value_set_source` (a row per value set: its
 * OID where it is a published one, where its codes come from, and how many rules it has). A supplied list replaces the
 * built-in one of the same OID.
 */
export async function loadValueSets(
  connection: DuckDBConnection,
  { valueSets, supplied }: Pick<Definitions, 'valueSets' | 'supplied'>,
): Promise<void> {
  await connection.run(
    `create table reference.value_set (
      value_set varchar, code_system varchar, code varchar, is_prefix boolean, ending varchar, is_excluded boolean,
      category varchar, precedence integer
    )`,
  );
  await connection.run(
    `create table reference.value_set_source (
      value_set varchar, oid varchar, source varchar, is_supplied boolean, is_for_quality boolean, rules integer
    )`,
  );
  const rules = await connection.createAppender('value_set', 'reference');
  const sources = await connection.createAppender('value_set_source', 'reference');
  const byOid = new Map(supplied.map((set) => [set.oid, set]));
  for (const { name, path, isForQuality } of valueSets) {
    const builtIn = parseValueSet(await readFile(path, 'utf8'), path);
    const oid = oidIn(builtIn.source) ?? null;
    const own = oid === null ? undefined : byOid.get(oid);
    const set = own
      ? { source: `${own.title}, version ${own.version ?? 'not stated'}, supplied`, rules: own.codes.map(exactly) }
      : builtIn;
    for (const rule of set.rules) {
      for (const text of [name, rule.system, rule.code]) rules.appendVarchar(text);
      rules.appendBoolean(rule.isPrefix);
      appendText(rules, rule.ending);
      rules.appendBoolean(rule.isExcluded);
      appendText(rules, rule.category);
      rules.appendInteger(precedenceOf(rule));
      rules.endRow();
    }
    sources.appendVarchar(name);
    appendText(sources, oid);
    sources.appendVarchar(set.source);
    sources.appendBoolean(own !== undefined);
    sources.appendBoolean(isForQuality);
    sources.appendInteger(set.rules.length);
    sources.endRow();
  }
  rules.closeSync();
  sources.closeSync();
}

const exactly = ({ system, code }: { readonly system: string; readonly code: string }): Rule => ({
  ...{ system, code, isPrefix: false, ending: null, isExcluded: false, category: null },
});

function appendText(appender: DuckDBAppender, text: string | null): void {
  if (text === null) appender.appendNull();
  else appender.appendVarchar(text);
}
