import { spansOf } from '../../server/disclosure/periods.ts';
import { Random } from '../campaign/random.ts';
import { cellsOf, type Population, suppress } from './random-tables.ts';
import { audit, type Cell, countIn, nameOf } from './scenario.ts';

const VALUES = ['a0', 'a1', 'a2'];
const MONTHS = ['2024-01', '2024-02'];
const ENOUGH = 10;

/** Three lines in two months and their sum, with few in some. */
function anySmallTable(random: Random): Population {
  const atoms = VALUES.flatMap((value) =>
    MONTHS.map((month) => ({
      ...{ values: [value], month, numerator: 0 },
      rows: random.below(3) === 0 ? 1 + random.below(10) : 11 + random.below(60),
    })),
  );
  return { atoms, values: [VALUES], isNested: false, years: spansOf('2024-01', '2024-02', '2024-02') };
}

/** Cells hidden of small tables by the product, and the fewest that the auditor lets pass, found by trying all. */
export function leastHidden(wanted: number) {
  const tally = { tables: 0, small: 0, least: 0, hidden: 0, worst: 0 };
  for (let seed = 0; tally.tables < wanted; seed++) {
    const population = anySmallTable(new Random(seed));
    const { whole, hidden } = suppress(population);
    const cells = cellsOf(population);
    const open = cells.filter(({ dimension }) => dimension !== null);
    const isSmall = (cell: Cell) => countIn(population.atoms, cell, 'the rest') < 11;
    const small = open.filter(isSmall);
    if (small.length === 0 || whole.size < cells.length - open.length) continue;
    const own = open.filter(({ span, value }) => hidden[0]?.get(span.id)?.has(value) !== false);
    const least = fewest(
      small,
      open.filter((cell) => !isSmall(cell)),
      (chosen) => isSafe(population, cells, chosen),
    );
    tally.tables += 1;
    tally.small += small.length;
    tally.least += least;
    tally.hidden += own.length;
    tally.worst = Math.max(tally.worst, own.length / least);
  }
  return tally;
}

function isSafe(population: Population, cells: readonly Cell[], hidden: readonly Cell[]): boolean {
  const names = new Set(hidden.map(nameOf));
  const { bounds } = audit(
    population.atoms,
    cells,
    (cell) => !names.has(nameOf(cell)),
    () => false,
    ENOUGH,
  );
  return bounds.every(({ least, most }) => most - least >= ENOUGH);
}

/** How many must be hidden: those that are small, and the fewest of the others. */
function fewest(small: readonly Cell[], others: readonly Cell[], holds: (hidden: readonly Cell[]) => boolean): number {
  const subsets = Array.from({ length: 2 ** others.length }, (_, bits) =>
    others.filter((_, at) => (bits & (1 << at)) !== 0),
  ).sort((a, b) => a.length - b.length);
  const found = subsets.find((more) => holds([...small, ...more]));
  return small.length + (found ?? others).length;
}
