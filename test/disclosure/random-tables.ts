import { addMonths } from '#contract/months';
import { type Span, spansOf } from '../../server/disclosure/periods.ts';
import {
  type Hidden,
  type Line,
  releaseAlone,
  releaseParts,
  releaseShared,
  releaseWithin,
} from '../../server/disclosure/release.ts';
import type { Random } from '../campaign/random.ts';
import { type Atom, audit, type Cell, countIn, type Verdict } from './scenario.ts';

/** A population of a metric by one to three dimensions and months, with what is asked of it. */
export interface Population {
  readonly atoms: readonly Atom[];
  readonly years: readonly Span[];
  /** Of each dimension its values. */
  readonly values: readonly (readonly string[])[];
  /** The second dimension lies in the first, as practitioners in practices. */
  readonly isNested: boolean;
}

const BEGINS = '2024-01';

/** Nothing, few, at the limits of what is small, or many; and some of them in the numerator. */
function anyRows(random: Random, few: number, scale: number): { readonly rows: number; readonly numerator: number } {
  const rows = random.next() < few ? random.pick([0, 0, 1, 3, 9, 10, 11, 12, 20]) : random.below(scale);
  const share = random.next() < few ? random.pick([0, 0, 0.05, 0.5, 1]) : 0.3 + random.next() / 2;
  const numerator = Array.from({ length: rows }, () => Number(random.next() < share)).reduce((a, b) => a + b, 0);
  return { rows, numerator };
}

export type Sizes = 'any' | 'small';

/** Mostly small, where there is least to hide among; one of a hundred has up to 500 atoms. */
export function anyPopulation(random: Random, sizes: Sizes = 'any'): Population {
  const size = random.below(100);
  const mostAtoms = sizes === 'small' || size >= 10 ? 24 : size === 0 ? 500 : 100;
  const isNested = random.below(5) === 0;
  const months = random.pick([1, 2, 3, 3, 4, 6, 12, 15]);
  const dimensions: number[] = [];
  let left = Math.max(2, Math.floor(mostAtoms / months));
  for (let wanted = isNested ? 2 : 1 + random.below(3); wanted > 0; wanted--) {
    const size = Math.min(left, random.pick(wanted === 1 ? [1, 2, 3, 4, 6, 9, 12] : [2, 3, 4]));
    dimensions.push(size);
    left = Math.max(1, Math.floor(left / size));
  }
  const values = dimensions.map((size, dimension) =>
    isNested && dimension === 1
      ? Array.from({ length: size * (dimensions[0] ?? 1) }, (_, at) => `n${at}`)
      : Array.from({ length: size }, (_, at) => `${'abc'[dimension]}${at}`),
  );
  const [few, scale] = [random.pick([0.05, 0.2, 0.5, 0.9]), random.pick([12, 40, 200, 400])];
  const atoms: Atom[] = [];
  for (let month = 0; month < months; month++) {
    for (const tuple of isNested ? nestedTuples(values, dimensions[1] ?? 1) : tuplesOf(values)) {
      atoms.push({ values: tuple, month: addMonths(BEGINS, month), ...anyRows(random, few, scale) });
    }
  }
  const last = addMonths(BEGINS, months - 1);
  return { atoms, values, isNested, years: spansOf(BEGINS, last, addMonths(last, -random.below(4))) };
}

const tuplesOf = (values: readonly (readonly string[])[]): string[][] =>
  values.reduce<string[][]>((tuples, next) => tuples.flatMap((tuple) => next.map((value) => [...tuple, value])), [[]]);

const nestedTuples = ([outer = [], inner = []]: readonly (readonly string[])[], size: number): string[][] =>
  inner.map((value, at) => [outer[Math.floor(at / size)] ?? '', value]);

export const spansIn = (years: readonly Span[]): Span[] => years.flatMap((span) => [span, ...spansIn(span.parts)]);

/** Every cell of every table that can be asked for: of everybody and by each dimension, in every span. */
export const cellsOf = ({ years, values }: Population): (Cell & { readonly span: Span })[] =>
  spansIn(years).flatMap((span) => {
    const { from, to } = span;
    const everybody = { dimension: null, value: '', from, to, span };
    return [
      everybody,
      ...values.flatMap((all, dimension) => all.map((value) => ({ dimension, value, from, to, span }))),
    ];
  });

/** What of a population's tables is shown; by dimension, null being everybody. */
export interface Suppressed {
  readonly whole: ReadonlySet<string>;
  readonly hidden: readonly Hidden[];
}
export type Suppress = (population: Population) => Suppressed;

export function lineOf(population: Population, dimension: number | null, value: string): Line {
  const counts = spansIn(population.years).map(({ id, from, to }) => {
    const cell = { dimension, value, from, to };
    const [numerator, rest] = [
      countIn(population.atoms, cell, 'numerator'),
      countIn(population.atoms, cell, 'the rest'),
    ];
    return [id, [numerator + rest, numerator, rest]] as const;
  });
  return { name: value, counts: new Map(counts) };
}

/** The suppressor of the product. */
export const suppress: Suppress = (population) => {
  const { years, values, isNested, atoms } = population;
  const everybody = lineOf(population, null, '');
  const lines = values.map((all, dimension) => all.map((value) => lineOf(population, dimension, value)));
  const parents = new Map(atoms.map(({ values: [outer = '', inner = ''] }) => [inner, [outer]]));
  const flat = (own: readonly Line[]) =>
    releaseShared(own, everybody, 1, years, (some, whole, atLeast) => releaseParts(some, whole, years, atLeast));
  const hidden = lines.map(flat);
  const [above, below] = lines;
  const [hiddenAbove] = hidden;
  if (isNested && above && below && hiddenAbove) {
    hidden[1] = releaseShared(below, everybody, 1, years, (some, whole, atLeast) =>
      releaseWithin(some, parents, hiddenAbove, whole, years, atLeast),
    );
  }
  return { whole: releaseAlone(everybody, years), hidden };
};

/** What the auditor finds of a population that a suppressor has gone over. */
export function verdictOn(
  population: Population,
  by: Suppress,
  enough = 10,
): Verdict & { readonly shown: number; readonly cells: number } {
  const { whole, hidden } = by(population);
  const cells = cellsOf(population);
  const isShown = ({ dimension, value, span }: (typeof cells)[number]) =>
    dimension === null ? whole.has(span.id) : hidden[dimension]?.get(span.id)?.has(value) === false;
  const rowsIn = (cell: Cell) =>
    countIn(population.atoms, cell, 'numerator') + countIn(population.atoms, cell, 'the rest');
  // A year lists the groups that it has; within it a hidden line is listed whether it counts anything or not.
  const isListed = (cell: (typeof cells)[number]) =>
    cell.dimension !== null &&
    population.years.includes(cell.span) &&
    hidden[cell.dimension]?.get(cell.span.id) !== undefined &&
    rowsIn(cell) > 0;
  return {
    ...audit(population.atoms, cells, isShown, isListed, enough),
    cells: cells.length,
    shown: cells.filter(isShown).length,
  };
}
