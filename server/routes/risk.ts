import { z } from 'zod';
import { Candidates, CandidatesQuery, Plan, PlanQuery, Risk, RiskQuery } from '#contract/risk';
import { isEverybody } from '../disclosure/lattice.ts';
import { cellsToHide, isSmall, roughly, type TableCell, toShare } from '../disclosure/suppress.ts';
import { type Context, type Route, route } from '../http/route.ts';
import { memberFilterOf } from '../store/question.ts';
import { readCandidates, readFound, readPlaces, readRisk } from '../store/risk.ts';
import { readRiskModels } from '../store/risk-model.ts';
import { withoutFew } from './attribution.ts';
import { withoutCounts } from './metrics.ts';

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
  const [{ month, migration, ...found }, [model]] = await Promise.all([
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
  return mode === 'shareable' ? shareable(told, isEverybody(filter)) : told;
}

/**
 * Small counts are hidden, and those that would tell them; the others are told roughly. Of less than everybody nothing is
 * told, as cohorts overlap.
 */
function shareable({ model, ...told }: Risk, ofEverybody: boolean): Risk {
  const { migration } = told;
  const shared = { ...told, model: model && withoutCounts(model) };
  if (!ofEverybody) {
    const none = { persons: null, bases: [], tiers: [], bins: [], barriers: [] };
    return { ...shared, ...none, migration: { ...migration, cells: [] } };
  }
  /** Each row with its counts, roughly or hidden. */
  const shown = <T extends Counted>(
    rows: readonly T[],
    placeOf: (row: T) => readonly string[],
    margins: readonly TableCell[] = [],
  ): T[] => {
    const hides = cellsToHide(
      rows.map((row) => cell(placeOf(row), countsOf(row))),
      margins,
    );
    const tell = (count: number | null, at: number) => (hides[at] || count === null ? null : roughly(count));
    return rows.map((row, at) => ({
      ...row,
      persons: tell(row.persons, at),
      ...('rising' in row && { rising: tell(row.rising ?? null, at) }),
    }));
  };
  const margin = (place: readonly (string | null)[], of: typeof migration.cells) =>
    cell(place, [sum(of.map(({ persons }) => persons ?? 0))]);
  const tiers = [...new Set(migration.cells.flatMap(({ before, now }) => [before, now]))];
  const margins = tiers.flatMap((tier) => [
    margin(
      [tier, null],
      migration.cells.filter(({ before }) => before === tier),
    ),
    margin(
      [null, tier],
      migration.cells.filter(({ now }) => now === tier),
    ),
  ]);
  return {
    ...shared,
    persons: toShare(told.persons ?? 0),
    bases: shown(told.bases, ({ basis }) => [basis]),
    tiers: shown(told.tiers, ({ tier }) => [tier]),
    bins: shown(told.bins, ({ from }) => [String(from)]),
    migration: { ...migration, cells: shown(migration.cells, ({ before, now }) => [before, now], margins) },
    barriers: withoutFew(told.barriers),
  };
}

interface Counted {
  readonly persons: number | null;
  readonly rising?: number | null;
}

const countsOf = ({ persons, rising }: Counted): number[] =>
  rising === undefined ? [persons ?? 0] : [persons ?? 0, rising ?? 0, (persons ?? 0) - (rising ?? 0)];

const cell = (place: TableCell['place'], counts: readonly number[]): TableCell => ({
  group: 'all',
  place,
  counts,
  behind: [],
});

async function plan(
  { snapshot: { queries, catalogue }, mode }: Context,
  query: z.output<typeof PlanQuery>,
): Promise<Plan> {
  const filter = memberFilterOf(catalogue, query.where);
  const shareable = mode === 'shareable';
  const capacity = Math.floor(query.hours / query.hoursPerPerson);
  const reach = shareable ? roughly(capacity) : capacity;
  const places = await readPlaces(queries, catalogue, filter, reach);
  const last = places.at(-1);
  const { listed, modelled, expected: expectedOfAll } = last ?? { listed: 0, modelled: 0, expected: 0 };
  const people = Math.min(reach, listed);
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
  return shareable ? inShares(told, isEverybody(filter)) : told;
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
 * Nothing of few people, and nothing that came of anybody. People are told roughly, whom the hours reach among them, since
 * an hour more would tell the chance of the person whom it reaches, and in the end how many there are; what is expected is
 * told in whole people, and shares in whole percent.
 */
function inShares(told: Plan, ofEverybody: boolean): Plan {
  const { capacity, cutoff, expected, expectedOfAll, curve } = told;
  const [listed, people] = [toShare(told.listed ?? 0), toShare(told.people ?? 0)];
  if (!ofEverybody || isSmall(capacity) || listed === null || people === null) return { ...NOTHING_PLANNED, capacity };
  return {
    ...{ capacity, listed, people, withoutChance: toShare(told.withoutChance ?? 0) },
    cutoff: cutoff === null ? null : inPercent(cutoff),
    expected: expected === null ? null : Math.round(expected),
    expectedOfAll: expectedOfAll === null ? null : Math.round(expectedOfAll),
    curve: curve.map(({ percent, share }) => ({ percent, share: inPercent(share) })),
    found: null,
  };
}

const NOTHING_PLANNED = {
  ...{ listed: null, people: null, withoutChance: null, cutoff: null, expected: null, expectedOfAll: null },
  ...{ found: null, curve: [] },
};
