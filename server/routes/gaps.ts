import { z } from 'zod';
import { GapGroups, GapGroupsQuery, type GapPerson, Gaps, GapsQuery } from '#contract/gap';
import { Refusal } from '../http/error.ts';
import { type Context, type Route, route } from '../http/route.ts';
import type { AppDatabase } from '../store/app-database.ts';
import { countGaps, type Listed, readGaps, readPersons } from '../store/gap.ts';
import { listAllClosures } from '../store/gap-closure.ts';
import { memberFilterOf } from '../store/question.ts';
import { asSeen, runStartOf } from './gap-closures.ts';

/** Whose gaps are open, whatever the measure. */
export const gapRoutes = (database: AppDatabase): Route[] => [
  route({
    method: 'get',
    path: '/api/gaps',
    policy: 'identified',
    summary: 'The people with open gaps, all gaps of one person together; as CSV or Arrow one row per gap',
    formats: ['arrow', 'csv'],
    query: GapsQuery,
    body: z.unknown(),
    reply: Gaps,
    async handle({ query }, context) {
      const { queries, catalogue } = context.snapshot;
      demandRate(context, query.measure);
      const filter = memberFilterOf(catalogue, query.where);
      const { rows, ...found } = await readGaps(queries, catalogue, filter, query);
      const people = await withClosures(rows, database, context);
      context.shows(people.length);
      return { ...found, people };
    },
  }),
  route({
    method: 'get',
    path: '/api/gaps/groups',
    policy: 'identified',
    summary: 'The same gaps counted by practitioner, practice or measure',
    query: GapGroupsQuery,
    body: z.unknown(),
    reply: GapGroups,
    async handle({ query }, context) {
      const { queries, catalogue } = context.snapshot;
      demandRate(context, query.measure);
      const groups = await countGaps(queries, catalogue, memberFilterOf(catalogue, query.where), query);
      context.shows(groups.length);
      return { groups };
    },
  }),
];

export function demandRate({ snapshot }: Context, id: string | undefined): void {
  if (id !== undefined && snapshot.catalogue.metrics.get(id)?.kind !== 'measure') {
    throw new Refusal('bad_request', 'the snapshot has no such quality measure');
  }
}

async function withClosures(rows: Listed['rows'], database: AppDatabase, { snapshot }: Context): Promise<GapPerson[]> {
  const people = new Map<string, GapPerson>();
  for (const { metric, subject_id, status, reason, evidence, evidence_date, due_date, ...who } of rows) {
    const person = people.get(who.person_id) ?? { ...who, gaps: [], closures: [] };
    person.gaps.push({ metric, subject_id, status, reason, evidence, evidence_date, due_date });
    people.set(who.person_id, person);
  }
  const entries = listAllClosures(database);
  const [runStart, personOf] = await Promise.all([
    runStartOf(snapshot),
    readPersons(snapshot.queries, [...new Set(entries.map(({ source_person_id }) => source_person_id))]),
  ]);
  for (const entry of entries) {
    people.get(personOf.get(entry.source_person_id) ?? '')?.closures.push(asSeen(entry, runStart));
  }
  return [...people.values()];
}
