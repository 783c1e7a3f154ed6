import { describe, expect, test } from 'vitest';
import { releaseAlone } from '../../server/disclosure/release.ts';
import { Random } from '../campaign/random.ts';
import { between, boundsOf, type Fact, known, percentage, sumOf } from './auditor.ts';
import { anyPopulation, lineOf, type Suppress, spansIn, suppress, verdictOn } from './random-tables.ts';
import { tallyOf } from './tally.ts';

const isSmall = (count: number) => count > 0 && count < 11;
const widthsOf = (facts: readonly Fact[], ...secrets: string[]) =>
  boundsOf(
    facts,
    secrets.map((name) => ({ name, count: 5 })),
  ).map(({ least, most }) => [least, most]);

describe('the auditor', () => {
  test('solves for a count that is hidden alone in a line with its total', () => {
    expect(widthsOf([sumOf('all', ['a', 'b']), known('all', 30), known('b', 25)], 'a')).toEqual([[5, 5]]);
    expect(widthsOf([sumOf('all', ['a', 'b', 'c']), known('all', 30), known('b', 12)], 'a')).toEqual([[0, 18]]);
  });

  test('solves for a count by two tables that leave it only together', () => {
    const facts = [sumOf('r', ['a', 'b']), sumOf('c', ['a', 'd']), sumOf('all', ['a', 'b', 'd', 'e'])];
    const shown = [known('r', 20), known('c', 25), known('all', 60)];
    expect(widthsOf([...facts, ...shown], 'a')).toEqual([[0, 20]]);
    expect(widthsOf([...facts, ...shown, known('e', 20)], 'a')).toEqual([[5, 5]]);
  });

  test('solves for the month by which two ranges of months differ, and for those whom one of two filters leaves out', () => {
    const months = Array.from({ length: 12 }, (_, at) => `month ${at}`);
    const ranges = [
      sumOf('year', months),
      sumOf('eleven', months.slice(0, 11)),
      known('year', 140),
      known('eleven', 135),
    ];
    expect(widthsOf(ranges, 'month 11')).toEqual([[5, 5]]);
    const filters = [sumOf('women', ['women of 65', 'others']), known('women', 140), known('women of 65', 135)];
    expect(widthsOf(filters, 'others')).toEqual([[5, 5]]);
  });

  test('reads a count off a rate that is shown with its decimals', () => {
    expect(widthsOf([percentage('a', 200, 2.5, 1)], 'a')).toEqual([[5, 5]]);
    expect(widthsOf([percentage('a', 2000, 0.3, 1), between('a', 0, 10)], 'a')).toEqual([[5, 7]]);
  });
});

/** Everything is shown but what `isHidden` of a line's counts in a span. */
const each =
  (isHidden: (counts: readonly number[]) => boolean): Suppress =>
  (population) => {
    const { years, values } = population;
    const spans = spansIn(years);
    const hides = (dimension: number | null, value: string, id: string) =>
      isHidden(lineOf(population, dimension, value).counts.get(id) ?? []);
    return {
      whole: new Set(spans.filter(({ id }) => !hides(null, '', id)).map(({ id }) => id)),
      hidden: values.map(
        (all, dimension) =>
          new Map(spans.map(({ id }) => [id, new Set(all.filter((value) => hides(dimension, value, id)))])),
      ),
    };
  };

const TABLES = 60;

describe('finds in random tables what a suppressor does wrong that', () => {
  const found = (planted: Suppress) => tallyOf(planted, 0, TABLES, 'small');

  test('hides small counts and nothing to hide them among', () => {
    expect(found(each((counts) => counts.some(isSmall))).recovered).toBeGreaterThan(0);
  });

  test('forgets what a part leaves over', () => {
    expect(found(each(([rows = 0, numerator = 0]) => isSmall(numerator) || isSmall(rows))).visible).toBeGreaterThan(0);
  });

  test('hides two of each line, whatever they are', () => {
    const twoEach: Suppress = (population) => {
      const told = each((counts) => counts.some(isSmall))(population);
      return {
        whole: releaseAlone(lineOf(population, null, ''), population.years),
        hidden: told.hidden.map(
          (hidden, dimension) =>
            new Map(
              [...hidden].map(([id, gone]) => [
                id,
                gone.size === 1 ? new Set([...gone, ...(population.values[dimension] ?? []).slice(0, 2)]) : gone,
              ]),
            ),
        ),
      };
    };
    expect(found(twoEach).recovered).toBeGreaterThan(0);
  });

  test('treats practitioners as if nobody knew their practices', () => {
    const flat: Suppress = (population) => suppress({ ...population, isNested: false });
    expect(tallyOf(flat, 0, 10 * TABLES, 'small', ({ isNested }) => isNested).narrow).toBeGreaterThan(0);
  });
});

test('solves for no denominator by two metrics that count the same people, each with other events', () => {
  const found = Array.from({ length: 150 }, (_, seed) => {
    const flat = anyPopulation(new Random(seed), 'small');
    if (flat.isNested) return [];
    const random = new Random(seed, 1);
    const other = { ...flat, atoms: flat.atoms.map((atom) => ({ ...atom, numerator: random.below(atom.rows + 1) })) };
    const [one, two] = [suppress(flat), suppress(other)];
    const both: Suppress = () => ({
      whole: new Set([...one.whole, ...two.whole]),
      hidden: flat.values.map(
        (all, dimension) =>
          new Map(
            spansIn(flat.years).flatMap(({ id }) => {
              const gone = [one, two].map(({ hidden }) => hidden[dimension]?.get(id));
              const isGone = (value: string) => gone.every((names) => names?.has(value) !== false);
              return gone.some(Boolean) ? [[id, new Set(all.filter(isGone))] as const] : [];
            }),
          ),
      ),
    });
    const rows = { ...flat, atoms: flat.atoms.map((atom) => ({ ...atom, numerator: 0 })) };
    return verdictOn(rows, both).bounds.filter(({ least, most }) => most - least < 1);
  });
  expect(found.flat()).toEqual([]);
}, 300_000);

test('finds nothing in a thousand random tables that the product suppresses', () => {
  const { tables, secrets, visible, recovered, narrow, found } = tallyOf(suppress, 0, 1_000, 'small');
  expect({ visible, recovered, narrow, found }).toEqual({ visible: 0, recovered: 0, narrow: 0, found: [] });
  expect([tables, secrets > 10_000]).toEqual([1_000, true]);
}, 300_000);
