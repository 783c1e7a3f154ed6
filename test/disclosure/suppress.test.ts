import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cellsToHide, isSmall, type TableCell } from '../../server/disclosure/suppress.ts';

/** A cell of a proportion: its two counts, and what is left of the second without the first. */
type Count = { readonly numerator: number; readonly denominator: number };

const KINDS = [0, 1, 2];
const countsOf = ({ numerator, denominator }: Count) => [numerator, denominator - numerator, denominator];
const cell = (place: (string | null)[], count: Count): TableCell => ({
  group: '',
  place,
  counts: countsOf(count),
  behind: [],
});
const plus = (a: Count, b: Count): Count => ({
  numerator: a.numerator + b.numerator,
  denominator: a.denominator + b.denominator,
});
const sum = (counts: readonly Count[]) => counts.reduce(plus, { numerator: 0, denominator: 0 });
const hide = (counts: readonly Count[]) => cellsToHide(counts.map((count, at) => cell([String(at)], count)));

/** A sum that somebody outside can write down: the parts add up to the whole. Unknowns are named, the rest is known. */
interface Equation {
  readonly terms: ReadonlyMap<string, number>;
  readonly equals: number;
}

/**
 * The auditor, who knows nothing of the rules: what can be worked out from all that is shown? Works with bounds (counts
 * are not negative) and with elimination, over every equation between shown and hidden numbers.
 */
function workedOut(equations: readonly Equation[]): Map<string, number> {
  const unknowns = [...new Set(equations.flatMap(({ terms }) => [...terms.keys()]))];
  const low = new Map(unknowns.map((name) => [name, 0]));
  const high = new Map(unknowns.map((name) => [name, Number.POSITIVE_INFINITY]));
  for (let pass = 0; pass < 4 * unknowns.length + 4; pass++) {
    for (const { terms, equals } of equations) {
      for (const [name, factor] of terms) {
        let [least, most] = [equals, equals];
        for (const [other, weight] of terms) {
          if (other === name) continue;
          const ends = [weight * low.get(other)!, weight * high.get(other)!].sort((a, b) => a - b);
          least -= ends[1]!;
          most -= ends[0]!;
        }
        const ends = [least / factor, most / factor].sort((a, b) => a - b);
        if (Number.isFinite(ends[0])) low.set(name, Math.max(low.get(name)!, Math.ceil(ends[0]! - 1e-9)));
        if (Number.isFinite(ends[1])) high.set(name, Math.min(high.get(name)!, Math.floor(ends[1]! + 1e-9)));
      }
    }
  }
  const known = new Map(
    unknowns.filter((name) => low.get(name) === high.get(name)).map((name) => [name, low.get(name)!]),
  );
  for (const [name, value] of eliminate(unknowns, equations)) known.set(name, value);
  return known;
}

function eliminate(unknowns: readonly string[], equations: readonly Equation[]): [string, number][] {
  const rows = equations.map(({ terms, equals }) => [...unknowns.map((name) => terms.get(name) ?? 0), equals]);
  let pivot = 0;
  for (let column = 0; column < unknowns.length; column++) {
    const found = rows.findIndex((row, at) => at >= pivot && Math.abs(row[column]!) > 1e-9);
    if (found < 0) continue;
    [rows[pivot], rows[found]] = [rows[found]!, rows[pivot]!];
    const lead = rows[pivot]!.map((value) => value / rows[pivot]![column]!);
    rows[pivot] = lead;
    rows.forEach((row, at) => {
      if (at !== pivot) rows[at] = row.map((value, place) => value - row[column]! * lead[place]!);
    });
    pivot += 1;
  }
  return rows.flatMap((row) => {
    const left = unknowns.filter((_, at) => Math.abs(row[at]!) > 1e-9);
    return left.length === 1 ? [[left[0]!, row.at(-1)! / row[unknowns.indexOf(left[0]!)]!] as [string, number]] : [];
  });
}

/** One number of a table, by name, if it is hidden. */
interface Shown {
  readonly name: string;
  readonly count: Count;
  readonly hidden: boolean;
}

const equation = (kind: number, whole: Shown, parts: readonly Shown[]): Equation => {
  const terms = new Map<string, number>();
  let equals = 0;
  for (const [{ name, count, hidden }, sign] of [[whole, -1] as const, ...parts.map((part) => [part, 1] as const)]) {
    if (hidden) terms.set(name, sign);
    else equals -= sign * countsOf(count)[kind]!;
  }
  return { terms, equals };
};

/** Names of small numbers that were hidden and can be worked out all the same. */
function recovered(numbers: readonly Shown[], sums: readonly { whole: Shown; parts: readonly Shown[] }[]): string[] {
  return KINDS.flatMap((kind) => {
    const known = workedOut(sums.map(({ whole, parts }) => equation(kind, whole, parts)));
    return numbers
      .filter(({ name, count, hidden }) => hidden && known.has(name) && isSmall(countsOf(count)[kind]!))
      .map(({ name }) => `${name} kind ${kind}`);
  });
}

const shownTable = (name: string, counts: readonly Count[]): Shown[] => {
  const hidden = hide(counts);
  return counts.map((count, at) => ({ name: `${name}${at}`, count, hidden: hidden[at]! }));
};

const shownTotal = (counts: readonly Count[]): Shown => shownTable('total ', [sum(counts)])[0]!;

const anyCount = fc
  .tuple(fc.oneof(fc.constant(0), fc.nat(12), fc.nat(60)), fc.oneof(fc.constant(0), fc.nat(12), fc.nat(200)))
  .map(([numerator, rest]) => ({ numerator, denominator: numerator + rest }));
const SEED = 20260105;

describe('small cells', () => {
  test('counts of 1 to 10 are hidden and 0 is not', () => {
    expect(cellsToHide([cell([], { numerator: 0, denominator: 0 })])).toEqual([false]);
    expect(cellsToHide([cell([], { numerator: 0, denominator: 11 })])).toEqual([false]);
    expect(cellsToHide([cell([], { numerator: 1, denominator: 100 })])).toEqual([true]);
    expect(cellsToHide([cell([], { numerator: 10, denominator: 100 })])).toEqual([true]);
    expect(cellsToHide([cell([], { numerator: 11, denominator: 100 })])).toEqual([false]);
  });

  test('a rate that leaves out 1 to 10 is hidden too', () => {
    expect(cellsToHide([cell([], { numerator: 95, denominator: 100 })])).toEqual([true]);
    expect(cellsToHide([cell([], { numerator: 100, denominator: 100 })])).toEqual([false]);
  });

  test('few people behind a large sum hide it', () => {
    expect(cellsToHide([{ group: '', place: [], counts: [5000], behind: [3] }])).toEqual([true]);
  });

  test('a lone small cell takes the smallest other one with it', () => {
    const counts = [5, 40, 30, 0].map((numerator) => ({ numerator, denominator: numerator + 200 }));
    expect(hide(counts)).toEqual([true, false, true, false]);
  });

  test('small cells that sum up to 1 to 10 take another one with them', () => {
    const counts = [4, 5, 40, 30].map((numerator) => ({ numerator, denominator: numerator + 200 }));
    expect(hide(counts)).toEqual([true, true, false, true]);
  });

  test('overlapping groups have no common total, so only small cells are hidden', () => {
    const cells = [5, 40].map((n, at): TableCell => ({ group: String(at), place: [], counts: [n], behind: [] }));
    expect(cellsToHide(cells)).toEqual([true, false]);
  });

  test('a small cell that joins two blocks of hidden ones is not left to be solved for', () => {
    const small = new Set(['0,0', '0,1', '1,0', '1,1', '2,2', '2,3', '3,2', '3,3', '1,2']);
    const cells = [0, 1, 2, 3].flatMap((row) =>
      [0, 1, 2, 3].map((column) => {
        const numerator = small.has(`${row},${column}`) ? 9 : 50;
        return cell([String(row), String(column)], { numerator, denominator: numerator + 200 });
      }),
    );
    expect(cellsToHide(cells).filter(Boolean).length).toBeGreaterThan(small.size);
  });
});

describe('the auditor', () => {
  test('finds a lone hidden cell (so that the next tests mean something)', () => {
    const total = { name: 'total', count: { numerator: 30, denominator: 300 }, hidden: false };
    const parts = [
      { name: 'a', count: { numerator: 5, denominator: 100 }, hidden: true },
      { name: 'b', count: { numerator: 25, denominator: 200 }, hidden: false },
    ];
    expect(recovered(parts, [{ whole: total, parts }])).toContain('a kind 0');
  });

  test('recovers no small cell of a table with its total', () => {
    fc.assert(
      fc.property(fc.array(anyCount, { minLength: 1, maxLength: 12 }), (counts) => {
        const parts = shownTable('cell ', counts);
        const whole = shownTotal(counts);
        expect(recovered([...parts, whole], [{ whole, parts }])).toEqual([]);
      }),
      { numRuns: 500, seed: SEED },
    );
  });

  test('recovers no small cell of a table of two dimensions with the tables of its margins and its total', () => {
    const tables = fc
      .tuple(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 2, max: 5 }))
      .chain(([rows, columns]) =>
        fc.array(fc.array(anyCount, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows }),
      );
    fc.assert(
      fc.property(tables, (table) => {
        const cells = table.flatMap((row, r) => row.map((count, c) => cell([String(r), String(c)], count)));
        const columnCounts = table[0]!.map((_, c) => sum(table.map((row) => row[c]!)));
        const hidden = cellsToHide(cells, [
          ...table.map((row, r) => cell([String(r), null], sum(row))),
          ...columnCounts.map((count, c) => cell([null, String(c)], count)),
          cell([null, null], sum(table.flat())),
        ]);
        const width = table[0]!.length;
        const inside = table.map((row, r) =>
          row.map((count, c): Shown => ({ name: `cell ${r},${c}`, count, hidden: hidden[r * width + c]! })),
        );
        const columns = inside[0]!.map((_, c) => inside.map((row) => row[c]!));
        const rowMargin = shownTable('row ', table.map(sum));
        const columnMargin = shownTable('column ', columnCounts);
        const total = shownTotal(table.flat());
        const sums = [
          ...inside.map((parts, at) => ({ whole: rowMargin[at]!, parts })),
          ...columns.map((parts, at) => ({ whole: columnMargin[at]!, parts })),
          { whole: total, parts: rowMargin },
          { whole: total, parts: columnMargin },
        ];
        expect(recovered([...inside.flat(), ...rowMargin, ...columnMargin, total], sums)).toEqual([]);
      }),
      { numRuns: 500, seed: SEED },
    );
  });
});
