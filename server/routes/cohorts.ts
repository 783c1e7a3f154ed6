import { z } from 'zod';
import {
  Attrition,
  COHORT,
  CohortComparison,
  CohortDraft,
  CohortVersions,
  CompareQuery,
  Evaluated,
  PreviewDraft,
  type Rule,
  ruleOfWhere,
  stepsOf,
  textOf,
  Vocabulary,
} from '#contract/cohort';
import { type Label, wordsOf } from '#contract/cohort-words';
import { Cohort, Cohorts } from '#contract/dimension';
import { type Filter, formatFilter, parseFilter } from '#contract/filter';
import type { Mode } from '#contract/result';
import { attritionOf } from '../disclosure/cohort.ts';
import { toShare } from '../disclosure/suppress.ts';
import { encodeJson, MEDIA_TYPES } from '../http/encode.ts';
import { Refusal } from '../http/error.ts';
import { type Context, NO_QUERY, NOTHING, type Route, route } from '../http/route.ts';
import { standardizedDifference } from '../statistics/difference.ts';
import type { AppDatabase } from '../store/app-database.ts';
import { countMembers, countSteps, selectOf } from '../store/cohort.ts';
import { type Compared, compareCohorts } from '../store/cohort-compare.ts';
import { checkNames, expandRule, expandWhere, type WhereOf } from '../store/cohort-names.ts';
import { readVocabulary } from '../store/cohort-vocabulary.ts';
import { memberFilterOf } from '../store/question.ts';
import {
  type CohortText,
  deleteCohort,
  findSaved,
  listSaved,
  listVersions,
  replaceCohort,
  type SavedCohort,
  saveCohort,
} from '../store/saved-cohorts.ts';
import type { Snapshot } from '../store/snapshot.ts';

/** The filter that the id of a saved cohort or preset stands for. */
export const whereOf =
  (database: AppDatabase, snapshot: Snapshot | null): WhereOf =>
  (id) =>
    findSaved(database, id)?.where ?? snapshot?.catalogue.presets.find((preset) => preset.id === id)?.where;

/** Presets first, then the saved ones, each with its persons as of data-through. */
export const cohortsOf = (snapshot: Snapshot, database: AppDatabase, mode: Mode): Promise<Cohort[]> =>
  withPersons(snapshot, database, [...snapshot.catalogue.presets, ...listSaved(database).map(asCohort)], mode);

const asCohort = ({ owner_id: _, ...cohort }: SavedCohort): Cohort => ({ ...cohort, preset: false, persons: null });

const withPersons = async (
  snapshot: Snapshot,
  database: AppDatabase,
  cohorts: readonly Cohort[],
  mode: Mode,
): Promise<Cohort[]> => {
  const count = async ({ where, preset }: Cohort): Promise<number | null> => {
    const filter = filterIn(snapshot, database, where);
    if (filter === null || (mode === 'shareable' && !preset)) return null;
    const persons = await membersLeft(snapshot, filter);
    return mode === 'shareable' ? toShare(persons) : persons;
  };
  return Promise.all(cohorts.map(async (cohort) => ({ ...cohort, persons: await count(cohort) })));
};

/** Null where a filter was saved over another snapshot and names what this one does not have. */
function filterIn(snapshot: Snapshot, database: AppDatabase, where: string): Filter | null {
  try {
    return memberFilterOf(snapshot.catalogue, expandWhere(where, whereOf(database, snapshot)));
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

async function membersLeft({ catalogue, queries, cache }: Snapshot, filter: Filter) {
  const bytes = await cache.get(`persons ${formatFilter(filter)}`, async () =>
    Buffer.from(JSON.stringify(await countMembers(queries, catalogue, filter))),
  );
  return z.number().parse(JSON.parse(bytes.toString()));
}

/** The rules applied to everybody, as a mode may see them. `shown` is told; `rules`, its cohorts expanded, is counted. */
async function evaluated(
  { snapshot, mode }: Context,
  shown: Rule,
  rules: Rule,
  preset = false,
): Promise<z.input<typeof Evaluated>> {
  const { catalogue, queries, cache } = snapshot;
  const bytes = await cache.get(`steps ${textOf(rules)}`, async () =>
    Buffer.from(JSON.stringify(await countSteps(queries, catalogue, rules))),
  );
  const { everybody, steps } = Steps.parse(JSON.parse(bytes.toString()));
  const numbers = attritionOf(everybody, steps, mode === 'identified' ? 'everything' : preset ? 'a preset' : 'nothing');
  const rulesInOrder = [null, ...stepsOf(shown)];
  const label = labelOf(snapshot);
  const { statement, values } = selectOf(catalogue, rules);
  return {
    asOf: catalogue.dataThrough,
    rules: shown,
    text: textOf(shown),
    words: wordsOf(shown, label),
    persons: numbers.at(-1)?.persons ?? null,
    steps: numbers.map((counts, at) => {
      const rule = rulesInOrder[at] ?? null;
      return {
        path: rule === null || shown.kind !== 'all' ? '' : `rules.${at - 1}`,
        rule,
        words: rule === null ? 'everybody' : wordsOf(rule, label),
        ...counts,
      };
    }),
    sql: { statement, values: [...values] },
  };
}

const Steps = z.object({
  everybody: z.number(),
  steps: z.array(z.object({ persons: z.number(), keepsAlone: z.number() })),
});

/** What the snapshot calls the things that rules name. */
const labelOf =
  ({ catalogue: { metrics, dimensions, presets } }: Snapshot): Label =>
  (what, id) => {
    switch (what) {
      case 'measure':
        return metrics.get(id)?.title ?? id;
      case 'dimension':
        return dimensions.get(id)?.title ?? id;
      case 'condition':
        return dimensions.get('condition')?.values.find(({ value }) => value === id)?.label ?? id;
      case 'cohort':
        return presets.find((preset) => preset.id === id)?.title ?? id;
      default:
        return id;
    }
  };

export function cohortRoutes(database: AppDatabase, clock: () => number): Route[] {
  const named = ({ id = '' }: Readonly<Record<string, string>>, { snapshot }: Context): Cohort => {
    const saved = findSaved(database, id);
    const known = saved ? asCohort(saved) : snapshot.catalogue.presets.find((preset) => preset.id === id);
    if (!known) throw new Refusal('not_found', 'there is no such cohort');
    return known;
  };
  const find = async (params: Readonly<Record<string, string>>, context: Context): Promise<Cohort> => {
    const [cohort] = await withPersons(context.snapshot, database, [named(params, context)], context.mode);
    if (!cohort) throw new Error('a cohort that is named is found');
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
  const known = (rule: Rule, { snapshot }: Context): Rule => {
    const rules = expandRule(rule, whereOf(database, snapshot));
    checkNames(snapshot.catalogue, rules);
    return rules;
  };
  /** The draft as one canonical filter; ids of cohorts stay ids, so that a change of one is followed. */
  const canonical = (
    { title, description, where, rules }: CohortDraft,
    { snapshot }: Context,
    own?: string,
  ): CohortText => {
    const lookUp = whereOf(database, snapshot);
    memberFilterOf(snapshot.catalogue, expandWhere(where, lookUp));
    const { [COHORT]: cohorts = [], ...dimensions } = parseFilter(where);
    const text = rules
      ? textOf(cohorts.length > 0 ? { kind: 'all', rules: [rules, ruleOfCohorts(cohorts)] } : rules)
      : undefined;
    const whole = formatFilter({ ...dimensions, [COHORT]: text === undefined ? cohorts : [text] });
    memberFilterOf(
      snapshot.catalogue,
      expandWhere(whole, (id) => (id === own ? whole : lookUp(id))),
    );
    return { title, description, where: whole };
  };

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
      method: 'get',
      path: '/api/cohorts/vocabulary',
      policy: 'signed in',
      summary: 'What the rules of a cohort can name in this snapshot',
      query: NO_QUERY,
      body: z.unknown(),
      reply: Vocabulary,
      handle: (_, { snapshot: { queries, catalogue }, mode, kept }) =>
        kept('vocabulary', MEDIA_TYPES.json, async () =>
          encodeJson(Vocabulary, await readVocabulary(queries, catalogue, mode === 'shareable')),
        ),
    }),
    route({
      method: 'get',
      path: '/api/cohorts/compare',
      policy: 'signed in',
      summary: 'Two groups of persons side by side, with standardised differences',
      query: CompareQuery,
      body: z.unknown(),
      reply: CohortComparison,
      async handle({ query: { a, b } }, context) {
        const { snapshot, mode } = context;
        const lookUp = whereOf(database, snapshot);
        const ruleIn = (where: string) => {
          const filter = memberFilterOf(snapshot.catalogue, expandWhere(where, lookUp));
          return known(ruleOfWhere(formatFilter(filter)), context);
        };
        const ruleA = ruleIn(a);
        const ruleB: Rule = b === undefined ? { kind: 'not', rule: ruleA } : ruleIn(b);
        const compared = await compareCohorts(snapshot.queries, snapshot.catalogue, ruleA, ruleB);
        const label = labelOf(snapshot);
        return {
          asOf: snapshot.catalogue.dataThrough,
          ...comparisonOf(compared, mode === 'shareable', {
            a: { where: a, words: wordsOf(ruleOfWhere(a), label) },
            b:
              b === undefined
                ? { where: '', words: 'everybody else' }
                : { where: b, words: wordsOf(ruleOfWhere(b), label) },
          }),
        };
      },
    }),
    route({
      method: 'post',
      path: '/api/cohorts/preview',
      policy: 'signed in',
      summary: 'Who a tree of rules leaves of everybody, after each rule, with its SQL',
      query: NO_QUERY,
      body: PreviewDraft,
      reply: Evaluated,
      handle: ({ body: { rules } }, context) => evaluated(context, rules, known(rules, context)),
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
      summary: 'Change a saved cohort; what it was stays as a version',
      query: NO_QUERY,
      body: CohortDraft,
      reply: Cohort,
      handle({ params, body }, context) {
        const id = owned(params, context);
        replaceCohort(database, id, canonical(body, context, id), context.signedIn.userId, clock());
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
      path: '/api/cohorts/:id/versions',
      policy: 'signed in',
      summary: 'What a cohort was, newest first',
      query: NO_QUERY,
      body: z.unknown(),
      reply: CohortVersions,
      handle({ params }, context) {
        const { id, preset, title, description, where } = named(params, context);
        return {
          versions: preset
            ? [{ version: 1, title, description, where, savedAt: null, savedBy: null }]
            : listVersions(database, id),
        };
      },
    }),
    route({
      method: 'get',
      path: '/api/cohorts/:id/attrition',
      policy: 'signed in',
      summary: 'Everybody, then who is left after each rule of the cohort, with its SQL',
      query: NO_QUERY,
      body: z.unknown(),
      reply: Attrition,
      async handle({ params }, context) {
        const cohort = await find(params, context);
        const rules = ruleOfWhere(cohort.where);
        const isPreset = cohort.preset && cohort.persons !== null;
        return { cohort, ...(await evaluated(context, rules, known(rules, context), isPreset)) };
      },
    }),
  ];
}

const ruleOfCohorts = (cohorts: readonly string[]): Rule => ruleOfWhere(formatFilter({ [COHORT]: cohorts }));

interface Group {
  readonly where: string;
  readonly words: string;
}

/**
 * Rows of a comparison: shares in percent and means, each with its standardised difference. To be shared nothing is told:
 * groups by two things at once, which overlap.
 */
function comparisonOf(
  { persons, shares, means }: Compared,
  suppressed: boolean,
  groups: { readonly a: Group; readonly b: Group },
): Omit<z.input<typeof CohortComparison>, 'asOf'> {
  const shareRows = shares.map(({ dimension, value, persons: counts }) => {
    const side = (who: 'a' | 'b') => ({
      count: counts[who],
      value: persons[who] === 0 ? null : (100 * counts[who]) / persons[who],
    });
    const [a, b] = [side('a'), side('b')];
    const variance = ({ value }: { readonly value: number | null }) =>
      value === null ? null : (value / 100) * (1 - value / 100);
    return {
      group: dimension.title,
      title: dimension.values.find((one) => one.value === value)?.label ?? 'Not known',
      unit: 'percent' as const,
      a,
      b,
      difference: standardizedDifference(
        { mean: a.value === null ? null : a.value / 100, variance: variance(a) },
        { mean: b.value === null ? null : b.value / 100, variance: variance(b) },
      ),
    };
  });
  const meanRows = means.map(({ group, title, unit, known, mean, variance }) => {
    const side = (who: 'a' | 'b') => ({ count: known[who], value: mean[who], variance: variance[who] });
    const [a, b] = [side('a'), side('b')];
    return {
      ...{ group, title, unit },
      a: { count: a.count, value: a.value },
      b: { count: b.count, value: b.value },
      difference: standardizedDifference(
        { mean: a.value, variance: a.variance },
        { mean: b.value, variance: b.variance },
      ),
    };
  });
  return {
    a: { ...groups.a, persons: suppressed ? null : persons.a },
    b: { ...groups.b, persons: suppressed ? null : persons.b },
    both: suppressed ? null : persons.both,
    suppressed,
    rows: suppressed ? [] : [...meanRows.slice(0, 1), ...shareRows, ...meanRows.slice(1)],
  };
}
