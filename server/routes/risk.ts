import { z } from 'zod';
import { Candidates, CandidatesQuery, Plan, PlanQuery, Risk, RiskQuery } from '#contract/risk';
import { isEverybody } from '../disclosure/lattice.ts';
import { cellsToHide, hiddenLast, hideSmall, isSmall, type TableCell } from '../disclosure/suppress.ts';
import { type Context, type Route, route } from '../http/route.ts';
import { memberFilterOf } from '../store/question.ts';
import { readCandidates, readFound, readPlaces, readRisk } from '../store/risk.ts';
import { readRiskModels } from '../store/risk-model.ts';
import { withoutSmall } from './metrics.ts';

export const riskRoutes = (): Route[] => [
  route({
    method: 'get',
    path: '/api/risk',
    policy: 'signed in',
    summary: 'The predicted risk of a cohort: tiers, spread, movement within a year, and the model behind it',
    query: RiskQuery,
    body: z.unknown(),
    reply: Risk,
    handle: ({ query }, context) => risk(context, query.where),
  }),
  route({
    method: 'get',
    path: '/api/risk/plan',
    policy: 'signed in',
    summary: 'Whom the hours of a team reach, and how many admissions may be expected among them',
    query: PlanQuery,
    body: z.unknown(),
    reply: Plan,
    handle: ({ query }, context) => plan(context, query),
  }),
  route({
    method: 'get',
    path: '/api/risk/candidates',
    policy: 'identified',
    summary: 'The people to call, or not to call, and why',
    query: CandidatesQuery,
    body: z.unknown(),
    reply: Candidates,
    async handle({ query }, { snapshot: { queries, catalogue }, shows }) {
      const found = await readCandidates(queries, catalogue, memberFilterOf(catalogue, query.where), query);
      shows(found.people.length);
      return found;
    },
  }),
];

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

async function risk({ snapshot: { queries, catalogue }, mode }: Context, where: string): Promise<Risk> {
  const filter = memberFilterOf(catalogue, where);
  const [{ everybody, month, migration, ...found }, [model]] = await Promise.all([
    readRisk(queries, catalogue, filter),
    readRiskModels(queries, catalogue, 'admission_risk'),
  ]);
  const persons = sum(found.tiers.map((tier) => tier.persons));
  const told = {
    ...found,
    month,
    persons,
    migration: {
      from: migration[0]?.from ?? null,
      cells: migration.map(({ before, now, persons }) => ({ before, now, persons })),
    },
    model: model ?? null,
  };
  return mode === 'shareable' ? shareable(told, everybody, isEverybody(filter)) : told;
}

/** Small counts are hidden, and those that would tell them; of less than everybody nothing is told, as cohorts overlap. */
function shareable(told: Risk, everybody: number, ofEverybody: boolean): Risk {
  if (!ofEverybody) {
    const none = { persons: null, bases: [], tiers: [], bins: [], barriers: [] };
    return {
      ...told,
      ...none,
      migration: { ...told.migration, cells: [] },
      model: told.model && withoutSmall(told.model),
    };
  }
  const persons = told.persons ?? 0;
  const hidesAll = isSmall(persons) || isSmall(everybody - persons);
  /** Each row with or without its counts, by what hides which cells. */
  const shown = <T extends object>(
    rows: readonly T[],
    placeOf: (row: T) => readonly string[],
    countsOf: (row: T) => readonly (number | null)[],
    without: (row: T) => T,
    margins: readonly TableCell[] = [],
  ): T[] => {
    const cells = rows.map((row) => cell(placeOf(row), countsOf(row)));
    const hides = cellsToHide(cells, margins);
    return rows.map((row, at) => (hidesAll || hides[at] ? without(row) : row));
  };
  const { cells } = told.migration;
  const margin = (place: readonly (string | null)[], of: typeof cells) =>
    cell(place, [sum(of.map(({ persons }) => persons ?? 0))]);
  const tiers = [...new Set(cells.flatMap(({ before, now }) => [before, now]))];
  const margins = tiers.flatMap((tier) => [
    margin(
      [tier, null],
      cells.filter(({ before }) => before === tier),
    ),
    margin(
      [null, tier],
      cells.filter(({ now }) => now === tier),
    ),
  ]);
  const few = <T extends { readonly persons: number | null }>(row: T): T => ({ ...row, persons: null });
  return {
    ...told,
    persons: hidesAll ? null : told.persons,
    bases: shown(
      told.bases,
      ({ basis }) => [basis],
      ({ persons }) => [persons],
      few,
    ),
    tiers: shown(
      told.tiers,
      ({ tier }) => [tier],
      ({ persons, rising }) => [persons, rising, (persons ?? 0) - (rising ?? 0)],
      (row) => ({ ...row, persons: null, rising: null }),
    ),
    bins: shown(
      told.bins,
      ({ from }) => [String(from)],
      ({ persons }) => [persons],
      few,
    ),
    migration: {
      ...told.migration,
      cells: shown(
        cells,
        ({ before, now }) => [before, now],
        ({ persons }) => [persons],
        few,
        margins,
      ),
    },
    barriers: hiddenLast(told.barriers.map((row) => ({ ...row, persons: hidesAll ? null : hideSmall(row.persons) }))),
    model: told.model && withoutSmall(told.model),
  };
}

const cell = (place: TableCell['place'], counts: readonly (number | null)[]): TableCell => ({
  group: 'all',
  place,
  counts: counts.map((count) => count ?? 0),
  behind: [],
});

async function plan(
  { snapshot: { queries, catalogue }, mode }: Context,
  query: z.output<typeof PlanQuery>,
): Promise<Plan> {
  const filter = memberFilterOf(catalogue, query.where);
  const capacity = Math.floor(query.hours / query.hoursPerPerson);
  const places = await readPlaces(queries, catalogue, filter, capacity);
  const last = places.at(-1);
  const { listed, modelled, expected: expectedOfAll } = last ?? { listed: 0, modelled: 0, expected: 0 };
  const people = Math.min(capacity, listed);
  const reached = places.find(({ place }) => place === people);
  const told: Plan = {
    capacity,
    listed,
    people,
    withoutChance: Math.max(0, people - modelled),
    cutoff: reached?.chance ?? null,
    expected: modelled > 0 ? (reached?.expected ?? 0) : null,
    expectedOfAll: modelled > 0 ? expectedOfAll : null,
    found: modelled > 0 && people > 0 ? await readFound(queries, catalogue, filter, people / listed) : null,
    curve: modelled > 0 ? curveOf(places, listed, expectedOfAll) : [],
  };
  return mode === 'shareable' ? roughly(told, isEverybody(filter)) : told;
}

function curveOf(places: Awaited<ReturnType<typeof readPlaces>>, listed: number, all: number): Plan['curve'] {
  const expected = new Map(places.map((one) => [one.place, one.expected]));
  return Array.from({ length: 101 }, (_, percent) => ({
    percent,
    share: (expected.get(Math.round((percent * listed) / 100)) ?? 0) / all,
  }));
}

const inPercent = (share: number): number => Math.round(100 * share) / 100;

/**
 * Nothing of few people, and nothing that came of anybody. What is expected is told in whole people and shares in whole
 * percent, so that an hour more does not tell the chance of the person whom it reaches.
 */
function roughly(told: Plan, ofEverybody: boolean): Plan {
  const { listed, people, withoutChance, cutoff } = told;
  const isFew = !ofEverybody || isSmall(listed ?? 0) || isSmall(people ?? 0) || isSmall((listed ?? 0) - (people ?? 0));
  const rough: Plan = {
    ...told,
    withoutChance: hideSmall(withoutChance),
    cutoff: cutoff === null ? null : inPercent(cutoff),
    expected: told.expected === null ? null : Math.round(told.expected),
    expectedOfAll: told.expectedOfAll === null ? null : Math.round(told.expectedOfAll),
    curve: told.curve.map(({ percent, share }) => ({ percent, share: inPercent(share) })),
    found: null,
  };
  if (!isFew) return rough;
  return {
    ...rough,
    ...{ listed: null, people: null, withoutChance: null, cutoff: null, expected: null },
    ...{ expectedOfAll: null, curve: [] },
  };
}
