import { z } from 'zod';
import { Attrition, Cohort, CohortDraft, Cohorts } from '#contract/dimension';
import { type Filter, formatFilter } from '#contract/filter';
import type { Mode } from '#contract/result';
import { isSmall } from '../disclosure/suppress.ts';
import { Refusal } from '../http/error.ts';
import { type Context, NO_QUERY, NOTHING, type Route, route } from '../http/route.ts';
import type { AppDatabase } from '../store/app-database.ts';
import { countMembers } from '../store/cohort.ts';
import { memberFilterOf } from '../store/question.ts';
import {
  deleteCohort,
  findSaved,
  listSaved,
  replaceCohort,
  type SavedCohort,
  saveCohort,
} from '../store/saved-cohorts.ts';
import type { Snapshot } from '../store/snapshot.ts';

/** Presets first, then the saved ones, each with its persons as of data-through. */
export const cohortsOf = (snapshot: Snapshot, database: AppDatabase, mode: Mode): Promise<Cohort[]> =>
  withPersons(snapshot, [...snapshot.catalogue.presets, ...listSaved(database).map(asCohort)], mode);

const asCohort = ({ owner_id: _, ...cohort }: SavedCohort): Cohort => ({ ...cohort, preset: false, persons: null });

async function withPersons(snapshot: Snapshot, cohorts: readonly Cohort[], mode: Mode): Promise<Cohort[]> {
  const filters = cohorts.map(({ where }) => filterIn(snapshot, where));
  const known = filters.filter((filter) => filter !== null);
  const counted = await personsLeft(snapshot, known, mode);
  return cohorts.map((cohort, at) => ({ ...cohort, persons: filters[at] ? (counted.shift() ?? null) : null }));
}

/** Null where a filter was saved over another snapshot and names what this one does not have. */
function filterIn({ catalogue }: Snapshot, where: string): Filter | null {
  try {
    return memberFilterOf(catalogue, where);
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

/** In shareable mode null where the persons, or the persons left out, are few. */
async function personsLeft(
  { catalogue, queries, cache }: Snapshot,
  filters: readonly Filter[],
  mode: Mode,
): Promise<(number | null)[]> {
  const key = `persons ${JSON.stringify(filters.map(formatFilter))}`;
  const bytes = await cache.get(key, async () =>
    Buffer.from(JSON.stringify(await countMembers(queries, catalogue, [{}, ...filters]))),
  );
  const [everybody = 0, ...persons] = z.array(z.number()).parse(JSON.parse(bytes.toString()));
  const hides = (count: number) => mode === 'shareable' && (isSmall(count) || isSmall(everybody - count));
  return persons.map((count) => (hides(count) ? null : count));
}

export function cohortRoutes(database: AppDatabase, clock: () => number): Route[] {
  const find = async ({ id = '' }: Readonly<Record<string, string>>, { snapshot, mode }: Context): Promise<Cohort> => {
    const saved = findSaved(database, id);
    const known = saved ? asCohort(saved) : snapshot.catalogue.presets.find((preset) => preset.id === id);
    const [cohort] = await withPersons(snapshot, known ? [known] : [], mode);
    if (!cohort) throw new Refusal('not_found', 'there is no such cohort');
    return cohort;
  };
  const owned = ({ id = '' }: Readonly<Record<string, string>>, { signedIn, snapshot }: Context): string => {
    if (snapshot.catalogue.presets.some((preset) => preset.id === id)) {
      throw new Refusal('forbidden', 'a preset cohort cannot be changed; save one of your own');
    }
    const saved = findSaved(database, id);
    if (!saved) throw new Refusal('not_found', 'there is no such cohort');
    if (saved.owner_id !== signedIn.userId && signedIn.role !== 'aco_admin') {
      throw new Refusal('forbidden', 'only who saved a cohort, or an ACO administrator, may change it');
    }
    return id;
  };
  const canonical = (draft: CohortDraft, { snapshot }: Context): CohortDraft => ({
    ...draft,
    where: formatFilter(memberFilterOf(snapshot.catalogue, draft.where)),
  });

  return [
    route({
      method: 'get',
      path: '/api/cohorts',
      policy: 'signed in',
      summary: 'Preset and saved cohorts with their number of persons',
      query: NO_QUERY,
      body: z.unknown(),
      reply: Cohorts,
      handle: async (_, { snapshot, mode }) => ({ cohorts: await cohortsOf(snapshot, database, mode) }),
    }),
    route({
      method: 'post',
      path: '/api/cohorts',
      policy: 'signed in',
      summary: 'Save a cohort',
      query: NO_QUERY,
      body: CohortDraft,
      reply: Cohort,
      handle: ({ body }, context) =>
        find({ id: saveCohort(database, canonical(body, context), context.signedIn.userId, clock()) }, context),
    }),
    route({
      method: 'put',
      path: '/api/cohorts/:id',
      policy: 'signed in',
      summary: 'Change a saved cohort',
      query: NO_QUERY,
      body: CohortDraft,
      reply: Cohort,
      handle({ params, body }, context) {
        replaceCohort(database, owned(params, context), canonical(body, context), clock());
        return find(params, context);
      },
    }),
    route({
      method: 'delete',
      path: '/api/cohorts/:id',
      policy: 'signed in',
      summary: 'Delete a saved cohort',
      query: NO_QUERY,
      body: z.unknown(),
      reply: NOTHING,
      handle({ params }, context) {
        deleteCohort(database, owned(params, context));
        return undefined;
      },
    }),
    route({
      method: 'get',
      path: '/api/cohorts/:id/attrition',
      policy: 'signed in',
      summary: 'Everybody, then who is left after each clause of the cohort',
      query: NO_QUERY,
      body: z.unknown(),
      reply: Attrition,
      async handle({ params }, context) {
        const cohort = await find(params, context);
        const clauses = Object.entries(memberFilterOf(context.snapshot.catalogue, cohort.where));
        const filters = [{}, ...clauses.map((_, at) => Object.fromEntries(clauses.slice(0, at + 1)))];
        const persons = await personsLeft(context.snapshot, filters, context.mode);
        const steps = [['', []] as const, ...clauses].map(([dimension, values], at) => ({
          dimension: dimension || null,
          values: [...values],
          persons: persons[at] ?? null,
        }));
        return { cohort, steps: context.mode === 'shareable' ? hideSmallSteps(steps) : steps };
      },
    }),
  ];
}

/** Also hides a step when few leave at it. */
function hideSmallSteps<Step extends { readonly persons: number | null }>(steps: readonly Step[]): Step[] {
  let shown: number | null = null;
  return steps.map((step) => {
    if (step.persons === null) return step;
    if (shown !== null && isSmall(shown - step.persons)) return { ...step, persons: null };
    shown = step.persons;
    return step;
  });
}
