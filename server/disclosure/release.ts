import type { Span } from './periods.ts';
import { isSmall } from './suppress.ts';

/** What a line counts, in one order of kinds for all lines of a table. */
export type Counts = readonly number[];

/** One line of a table: everybody, or those with one value of a dimension. Spans in which it counts nothing are absent. */
export interface Line {
  readonly name: string;
  /** By the id of the span. */
  readonly counts: ReadonlyMap<string, Counts>;
}

/** How far apart the least and the most must lie that a hidden count can be, given everything that is shown. */
const WIDTH = 10;

const at = ({ counts }: Line, { id }: Span): Counts => counts.get(id) ?? [];
const isSafe = (counts: Counts): boolean => !counts.some(isSmall);
const sizeOf = (counts: Counts): number => counts.reduce((sum, count) => sum + count, 0);
const plus = (lines: readonly Counts[]): Counts =>
  Array.from({ length: Math.max(0, ...lines.map(({ length }) => length)) }, (_, kind) =>
    lines.reduce((sum, counts) => sum + (counts[kind] ?? 0), 0),
  );
const leavesOf = (span: Span): Span[] => (span.parts.length === 0 ? [span] : span.parts.flatMap(leavesOf));

/**
 * The spans of a line by itself that are shown. A span is cut only if all its parts may be shown, so that those hidden
 * are told by nothing but their sum.
 */
export function releaseAlone(line: Line, years: readonly Span[]): Set<string> {
  const shown = new Set<string>();
  const cut = (span: Span): void => {
    shown.add(span.id);
    if (span.parts.every((part) => isSafe(at(line, part)))) span.parts.forEach(cut);
  };
  for (const year of years) if (isSafe(at(line, year))) cut(year);
  return shown;
}

/** The names of the lines that are hidden, by the id of the span; a span that is absent shows no line, not even a 0. */
export type Hidden = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * What to hide of lines that add up to one other, of which the spans `whole` are shown, besides what `atLeast` hides. A line that is hidden in a span
 * is hidden in all its parts.
 * Of a year: the lines with a small count, and the smallest others, until at least two are hidden and their sum leaves
 * each of them wide enough. Then a line is cut into the parts of a span only if all its parts may be shown. The lines
 * that are not cut make a block, whose sums by line and by part are known: a count in it can be anything from
 * line + part - block to the lesser of line and part, as rows of the data may swap their line across two parts and leave
 * every other number as it is. Further lines join the block until that is wide enough around every small count.
 */
export function releaseParts(
  lines: readonly Line[],
  whole: ReadonlySet<string>,
  years: readonly Span[],
  atLeast?: Hidden,
): Hidden {
  const hidden = new Map<string, ReadonlySet<string>>();
  const mayShow = (line: Line, span: Span) =>
    isSafe(at(line, span)) && (!atLeast || atLeast.get(span.id)?.has(line.name) === false);
  const cut = (span: Span, gone: ReadonlySet<Line>): void => {
    if (gone.size > 0 && lines.every((line) => gone.has(line) || sizeOf(at(line, span)) === 0)) return;
    hidden.set(span.id, new Set([...gone].map(({ name }) => name)));
    if (!span.parts.every(({ id }) => whole.has(id))) return;
    const kept = lines.filter((line) => !gone.has(line));
    const [cuttable, uncut] = divide(kept, (line) => span.parts.every((part) => mayShow(line, part)));
    const spare = bySize(cuttable, span);
    const block = new Set([...gone, ...uncut]);
    const leaves = leavesOf(span);
    const cuts = leaves.every(({ id }) => whole.has(id)) ? [span.parts, leaves] : [span.parts];
    const isWide = () => {
      const units = [[...gone], ...[...block].filter((line) => !gone.has(line)).map((line) => [line])];
      return cuts.every((parts) =>
        isWideBlock(units.map((unit) => parts.map((part) => plus(unit.map((line) => at(line, part)))))),
      );
    };
    while (block.size > 0 && !isWide()) {
      const next = spare.shift();
      if (!next) break;
      block.add(next);
    }
    for (const part of span.parts) cut(part, block);
  };
  for (const year of years) if (whole.has(year.id)) cut(year, poolOf(lines, year, mayShow));
  return hidden;
}

/**
 * What to hide of lines that lie in those of another table, as practitioners in practices: those of each line above are
 * hidden as parts of it, wherever it is shown itself. Lines above that share one below are taken together.
 */
export function releaseWithin(
  lines: readonly Line[],
  parents: ReadonlyMap<string, readonly string[]>,
  above: Hidden,
  whole: ReadonlySet<string>,
  years: readonly Span[],
  atLeast?: Hidden,
): Hidden {
  const groups = new Map([...parents.values()].flat().map((name) => [name, new Set([name])]));
  for (const names of parents.values()) {
    const together = new Set(names.flatMap((name) => [...(groups.get(name) ?? [])]));
    for (const name of together) groups.set(name, together);
  }
  const tables = [...new Set(groups.values())].map((group) => {
    const shown = [...whole].filter((id) => [...group].every((name) => above.get(id)?.has(name) === false));
    const own = lines.filter(({ name }) => group.has(parents.get(name)?.[0] ?? ''));
    return { own: own.map(({ name }) => name), hidden: releaseParts(own, new Set(shown), years, atLeast) };
  });
  const hiddenIn = (id: string) => tables.flatMap(({ own, hidden }) => [...(hidden.get(id) ?? own)]);
  return new Map([...whole].map((id) => [id, new Set(hiddenIn(id))]));
}

/**
 * Runs a release twice: of the first `shared` kinds alone, which other metrics count too, and then of all kinds, hiding
 * what the first hides. So what one metric hides of a denominator no other metric shows, and no two tell it together.
 */
export function releaseShared(
  lines: readonly Line[],
  everybody: Line,
  shared: number,
  years: readonly Span[],
  release: (lines: readonly Line[], whole: ReadonlySet<string>, atLeast?: Hidden) => Hidden,
): Hidden {
  const first = ({ name, counts }: Line): Line => ({
    name,
    counts: new Map([...counts].map(([id, kinds]) => [id, kinds.slice(0, shared)])),
  });
  const atLeast = release(lines.map(first), releaseAlone(first(everybody), years));
  return release(lines, releaseAlone(everybody, years), atLeast);
}

function divide<T>(items: readonly T[], holds: (item: T) => boolean): [T[], T[]] {
  return [items.filter(holds), items.filter((item) => !holds(item))];
}

/** Those that count anything, the smallest first. */
const bySize = (lines: readonly Line[], span: Span): Line[] =>
  lines
    .filter((line) => sizeOf(at(line, span)) > 0)
    .sort((a, b) => sizeOf(at(a, span)) - sizeOf(at(b, span)) || (a.name < b.name ? -1 : 1));

/** The lines to hide of those that add up to a sum that is known. A line that is there counts 1 at least. */
function poolOf(lines: readonly Line[], span: Span, mayShow: (line: Line, span: Span) => boolean): Set<Line> {
  const [safe, small] = divide(lines, (line) => mayShow(line, span));
  const pool = new Set(small);
  const spare = bySize(safe, span);
  const isWide = () =>
    pool.size > 1 &&
    plus([...pool].map((line) => at(line, span))).every((sum) => sum === 0 || sum - pool.size >= WIDTH);
  while (pool.size > 0 && !isWide()) {
    const next = spare.shift();
    if (!next) break;
    pool.add(next);
  }
  return pool;
}

/** Whether every small count of a block, by unit and part, is wide enough within its sums. */
function isWideBlock(block: readonly (readonly Counts[])[]): boolean {
  const ofUnits = block.map(plus);
  const ofParts = (block[0] ?? []).map((_, part) => plus(block.map((unit) => unit[part] ?? [])));
  const all = plus(ofUnits);
  return block.every((unit, row) =>
    unit.every((counts, part) =>
      counts.every((count, kind) => {
        const [line = 0, column = 0, whole = 0] = [ofUnits[row]?.[kind], ofParts[part]?.[kind], all[kind]];
        return !isSmall(count) || Math.min(line, column, whole - line, whole - column) >= WIDTH;
      }),
    ),
  );
}
