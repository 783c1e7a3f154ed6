import { z } from 'zod';
import { GapGroups, GapGroupsQuery, type GapPerson, Gaps, GapsQuery } from '#contract/gap';
import { encodeTable, MEDIA_TYPES, MOST_EXPORTED } from '../http/encode.ts';
import { Refusal } from '../http/error.ts';
import { type Context, Encoded, type Route, route } from '../http/route.ts';
import type { AppDatabase } from '../store/app-database.ts';
import { type Column, numbers, texts } from '../store/columns.ts';
import { countGaps, type Listed, readGaps, readPersons } from '../store/gap.ts';
import { listAllClosures } from '../store/gap-closure.ts';
import { memberFilterOf } from '../store/question.ts';
import { asSeen, runStartOf } from './gap-closures.ts';

const PAGE = 50;

/** A page of the list, or all of it when a table format is asked for without a limit. */
const GapsAsked = GapsQuery.extend({ limit: GapsQuery.shape.limit.unwrap().optional() });

/** Whose gaps are open, whatever the measure. */
export const gapRoutes = (database: AppDatabase): Route[] => [
  route({
    method: 'get',
    path: '/api/gaps',
    policy: 'identified',
    summary: 'The people with open gaps, all gaps of one person together; as CSV or Arrow one row per gap',
    formats: ['arrow', 'csv'],
    query: GapsAsked,
    body: z.unknown(),
    reply: Gaps,
    async handle({ query }, context) {
      const { snapshot, format, say, shows } = context;
      const { queries, catalogue } = snapshot;
      demandRate(context, query.measure);
      const limit = query.limit ?? (format === 'json' ? PAGE : MOST_EXPORTED);
      const filter = memberFilterOf(catalogue, query.where);
      const { rows, ...found } = await readGaps(queries, catalogue, filter, { ...query, limit }, MOST_EXPORTED);
      const people = await withClosures(rows, database, context);
      shows(people.length);
      if (format === 'json') return { ...found, people };
      if (format === 'csv') say('content-disposition', 'attachment; filename="open-gaps.csv"');
      const about = {
        snapshot: catalogue.snapshot,
        dataThrough: catalogue.dataThrough,
        total: found.total,
        caveats: catalogue.caveats.map(({ sentence }) => sentence),
      };
      return new Encoded(MEDIA_TYPES[format], encodeTable(format, tableOf(people, context), about));
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

function demandRate({ snapshot }: Context, id: string | undefined): void {
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

/** One row per gap; of what was entered by hand what waits for the next run. */
function tableOf(people: readonly GapPerson[], { snapshot }: Context): Column[] {
  const gaps = people.flatMap((person) => person.gaps.map((gap) => ({ ...person, ...gap })));
  const column = (name: string, of: (gap: (typeof gaps)[number]) => string | null) => texts(name, gaps.map(of));
  const rate = ({ metric }: (typeof gaps)[number]) => snapshot.catalogue.metrics.get(metric);
  return [
    column('person_id', ({ person_id }) => person_id),
    column('name', ({ name }) => name),
    numbers(
      'age',
      gaps.map(({ age }) => age),
    ),
    column('sex', ({ sex }) => sex),
    column('practice', ({ practice }) => practice),
    column('provider', ({ provider }) => provider),
    column('provider_name', ({ provider_name }) => provider_name),
    column('risk_tier', ({ risk_tier }) => risk_tier),
    column('measure_id', (gap) => rate(gap)?.measureId ?? null),
    column('measure', (gap) => rate(gap)?.title ?? null),
    column('status', ({ status }) => status),
    column('reason', ({ reason }) => reason),
    column('evidence', ({ evidence }) => evidence),
    column('evidence_date', ({ evidence_date }) => evidence_date),
    column('due_date', ({ due_date }) => due_date),
    column('last_visit_date', ({ last_visit_date }) => last_visit_date),
    column('entered_by_hand', (gap) => {
      const waiting = gap.closures.find(
        ({ metric, is_counted, withdrawn }) => metric === gap.metric && !is_counted && withdrawn === null,
      );
      return waiting ? `${waiting.done}, ${waiting.service_date}, by ${waiting.entered_by}` : null;
    }),
  ];
}
