import { Random } from '../campaign/random.ts';
import { anyPopulation, type Population, type Sizes, type Suppress, verdictOn } from './random-tables.ts';

/** How far apart the least and the most that a hidden small count can be shall lie. */
export const ENOUGH = 10;

/** What the auditor finds in many random tables. */
export interface Tally {
  tables: number;
  cells: number;
  shown: number;
  /** Hidden counts of 1 to 10 that were attacked. */
  secrets: number;
  visible: number;
  /** Secrets of which only one value is possible. */
  recovered: number;
  /** Secrets that lie within less than ENOUGH. */
  narrow: number;
  /** Seeds of the tables in which anything was found. */
  found: number[];
}

/** Audits the tables of the seeds `from` to `to`, the last not included. */
export function tallyOf(
  suppress: Suppress,
  from: number,
  to: number,
  sizes: Sizes = 'any',
  isWanted: (population: Population) => boolean = () => true,
): Tally {
  const tally: Tally = {
    ...{ tables: 0, cells: 0, shown: 0, secrets: 0, visible: 0, recovered: 0, narrow: 0 },
    found: [],
  };
  for (let seed = from; seed < to; seed++) {
    const population = anyPopulation(new Random(seed), sizes);
    if (!isWanted(population)) continue;
    const { visible, bounds, cells, shown } = verdictOn(population, suppress, ENOUGH);
    const recovered = bounds.filter(({ least, most }) => most - least < 1);
    const narrow = bounds.filter(({ least, most }) => most - least < ENOUGH);
    tally.tables += 1;
    tally.cells += cells;
    tally.shown += shown;
    tally.secrets += bounds.length;
    tally.visible += visible.length;
    tally.recovered += recovered.length;
    tally.narrow += narrow.length - recovered.length;
    if (visible.length + narrow.length > 0) tally.found.push(seed);
  }
  return tally;
}
