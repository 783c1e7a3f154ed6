import { createRequire } from 'node:module';
import type { Highs } from 'highs';

const load: () => Promise<Highs> = createRequire(import.meta.url)('highs');
const highs = await load();

/** No number of a table is larger. */
const MOST = 1e5;

/** What somebody outside knows of numbers that are not negative: a sum of them, each with its factor, lies between two. */
export interface Fact {
  readonly terms: ReadonlyMap<string, number>;
  readonly least: number;
  readonly most: number;
}

/** A number that was not shown, by what it truly is. */
export interface Secret {
  readonly name: string;
  readonly count: number;
}

export interface Bounds extends Secret {
  readonly least: number;
  readonly most: number;
}

/** Parts that add up to a whole. */
export const sumOf = (whole: string, parts: readonly string[]): Fact => ({
  terms: new Map([[whole, -1] as const, ...parts.map((part) => [part, 1] as const)]),
  least: 0,
  most: 0,
});

export const known = (name: string, count: number): Fact => between(name, count, count);

export const between = (name: string, least: number, most: number): Fact => ({
  terms: new Map([[name, 1]]),
  least,
  most,
});

/** What a percentage shown with so many decimals says of a count, where what it is a share of is known. */
export function percentage(name: string, of: number, shown: number, decimals: number): Fact {
  const half = 0.5 / 10 ** decimals;
  return between(name, Math.ceil(((shown - half) * of) / 100 - 1e-9), Math.floor(((shown + half) * of) / 100 + 1e-9));
}

/**
 * How far apart the least and the most that each secret can be lie, by linear programs over every fact. What they truly
 * are fits the facts, so whatever else does is apart from it: programs ask for all secrets together as long as that finds
 * some `enough` apart, and for each that is left by itself, which makes its bounds exact. Whole numbers are not asked for:
 * counts of lines and parts that add up are whole at their bounds by themselves.
 */
export function boundsOf(facts: readonly Fact[], secrets: readonly Secret[], enough = Infinity): Bounds[] {
  const rest = substitute(facts);
  const names = new Map(
    [...new Set(rest.flatMap(({ terms }) => [...terms.keys()]))].map((name, at) => [name, `v${at}`]),
  );
  const rows = rest.map(constraint(names)).join('\n');
  const caps = [...names.values()].map((column) => ` 0 <= ${column} <= ${MOST}`).join('\n');
  const extreme = (direction: 'Minimize' | 'Maximize', of: readonly string[]) => {
    const solved = highs.solve(`${direction}\n obj: ${of.join(' + ')}\nSubject To\n${rows}\nBounds\n${caps}\nEnd`);
    if (solved.Status !== 'Optimal') throw new Error(`the facts contradict each other: ${solved.Status}`);
    return (column: string) => Math.round((solved.Columns[column]?.Primal ?? 0) * 1e6) / 1e6;
  };
  const ranges = new Map(secrets.map(({ name, count }) => [name, { least: count, most: count }]));
  const look = (direction: 'Minimize' | 'Maximize', of: readonly string[]) => {
    const at = extreme(
      direction,
      of.map((name) => names.get(name) ?? ''),
    );
    for (const [name, range] of ranges) {
      const column = names.get(name);
      if (column === undefined) continue;
      const value = at(column);
      range.least = Math.min(range.least, value);
      range.most = Math.max(range.most, value);
    }
  };
  const narrow = () =>
    [...ranges].flatMap(([name, { least, most }]) => (names.has(name) && most - least < enough ? [name] : []));
  for (let open = narrow(), before = open.length + 1; open.length > 0 && open.length < before; open = narrow()) {
    before = open.length;
    look('Maximize', open);
  }
  for (const name of narrow()) {
    look('Maximize', [name]);
    look('Minimize', [name]);
  }
  return secrets.map((secret) => ({ ...secret, ...(ranges.get(secret.name) ?? { least: 0, most: MOST }) }));
}

const constraint =
  (names: ReadonlyMap<string, string>) =>
  ({ terms, least, most }: Fact, at: number): string => {
    const sum = [...terms]
      .map(([name, factor]) => `${factor < 0 ? '-' : '+'} ${Math.abs(factor)} ${names.get(name)}`)
      .join(' ');
    if (least === most) return ` r${at}: ${sum} = ${least}`;
    return [
      ...(least > -Infinity ? [` l${at}: ${sum} >= ${least}`] : []),
      ...(most < Infinity ? [` m${at}: ${sum} <= ${most}`] : []),
    ].join('\n');
  };

/** Puts in every number that a fact pins by itself, and 0 for all parts of a whole that is 0, until none is pinned. */
function substitute(facts: readonly Fact[]): Fact[] {
  const fixed = new Map<string, number>();
  let rest = [...facts];
  for (let before = -1; fixed.size > before; ) {
    before = fixed.size;
    rest = rest.flatMap(({ terms, least, most }) => {
      const open = [...terms].filter(([name]) => !fixed.has(name));
      const sum = [...terms].reduce((sum, [name, factor]) => sum + factor * (fixed.get(name) ?? 0), 0);
      const [only, other] = open;
      if (!only) return [];
      if (!other && least === most) fixed.set(only[0], (least - sum) / only[1]);
      else if (most - sum === 0 && open.every(([, factor]) => factor > 0))
        for (const [name] of open) fixed.set(name, 0);
      else return [{ terms: new Map(open), least: least - sum, most: most - sum }];
      return [];
    });
  }
  return rest;
}
