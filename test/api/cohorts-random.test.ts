import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type Rule, ruleOf, stepsOf, textOf } from '#contract/cohort';
import { countSteps, selectOf } from '../../server/store/cohort.ts';
import { Random } from '../campaign/random.ts';
import { reader } from './cohort-oracle.ts';
import { openPopulation, populationOf } from './cohort-population.ts';
import { treeOf } from './cohort-trees.ts';

const TREES = 2000;

const population = populationOf(7, 40);
const random = new Random(11);
const trees = Array.from({ length: TREES }, (_, at) => treeOf(random, at % 4 === 0 ? 3 : 2));
const holds = reader(population);
const ids = (population['core.person'] ?? []).map(({ person_id }) => String(person_id));
const expected = (tree: Rule) => ids.filter((id) => holds(id, tree));

let opened: Awaited<ReturnType<typeof openPopulation>>;
beforeAll(async () => {
  opened = await openPopulation(population);
});
afterAll(() => opened.close());

async function kept(tree: Rule): Promise<string[]> {
  const { queries, catalogue } = opened;
  const rows = await queries.rows(selectOf(catalogue, tree), z.object({ person_id: z.string() }));
  return rows.map(({ person_id }) => person_id);
}

test(`${TREES} random trees keep in SQL whom a naive reading of the rows keeps`, async () => {
  let telling = 0;
  for (const tree of trees) {
    const wanted = expected(tree);
    expect(await kept(tree), JSON.stringify(tree)).toEqual(wanted);
    if (wanted.length > 0 && wanted.length < ids.length) telling += 1;
  }
  expect(telling).toBeGreaterThan(TREES / 2);
}, 240_000);

test('the attrition of a tree adds up', async () => {
  const { queries, catalogue } = opened;
  for (const tree of trees.filter(({ kind }) => kind === 'all').slice(0, 60)) {
    const { everybody, steps } = await countSteps(queries, catalogue, tree);
    expect(everybody).toBe(ids.length);
    const rules = stepsOf(tree);
    expect(steps.map(({ keepsAlone }) => keepsAlone)).toEqual(rules.map((rule) => expected(rule).length));
    expect(steps.map(({ persons }) => persons)).toEqual(
      rules.map((_, at) => expected({ kind: 'all', rules: rules.slice(0, at + 1) }).length),
    );
  }
});

test('a tree comes back from its text, and equal trees have equal texts', () => {
  for (const tree of trees) {
    expect(ruleOf(textOf(tree))).toEqual(tree);
    expect(textOf(shuffled(tree, random))).toBe(textOf(tree));
    expect(textOf(tree)).toMatch(/^1\.[A-Za-z0-9_-]+$/);
  }
});

/** The same tree with its keys, and lists of words, in another order. */
function shuffled<T>(value: T, random: Random): T;
function shuffled(value: unknown, random: Random): unknown {
  const turned = <V>(all: readonly V[]): V[] => [...all].sort(() => random.next() - 0.5);
  if (Array.isArray(value)) {
    return value.every((one) => typeof one !== 'object') ? turned(value) : value.map((one) => shuffled(one, random));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(turned(Object.entries(value)).map(([key, one]) => [key, shuffled(one, random)]));
}
