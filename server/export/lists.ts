import { AttributedQuery } from '#contract/attribution';
import { COHORT } from '#contract/cohort';
import { formatFilter } from '#contract/filter';
import { GapsQuery } from '#contract/gap';
import { HccGapPersonsQuery } from '#contract/hcc';
import { ConflictsQuery } from '#contract/identity';
import { PatientsQuery } from '#contract/patient';
import { MetricQuery, RowsQuery } from '#contract/result';
import { CandidatesQuery } from '#contract/risk';
import type { Context } from '../http/route.ts';
import { chosen } from '../routes/attribution.ts';
import { whereOf } from '../routes/cohorts.ts';
import { asSeen, runStartOf } from '../routes/gap-closures.ts';
import { demandRate } from '../routes/gaps.ts';
import { behindAsked, tableOf } from '../routes/metrics.ts';
import { answer } from '../statistics/answer.ts';
import type { AppDatabase } from '../store/app-database.ts';
import { attributedOf } from '../store/attribution.ts';
import type { SnapshotCatalogue } from '../store/catalogue.ts';
import { expandWhere } from '../store/cohort-names.ts';
import { type Column, textAt, texts } from '../store/columns.ts';
import { gapsOf, readPersons } from '../store/gap.ts';
import { listAllClosures } from '../store/gap-closure.ts';
import { hasHcc, hccGapsOf } from '../store/hcc.ts';
import { conflictsOf } from '../store/identity.ts';
import { behindOf } from '../store/metric.ts';
import { patientsOf } from '../store/patient.ts';
import { memberFilterOf, provenanceOf, type Question, questionOf } from '../store/question.ts';
import { candidatesOf } from '../store/risk.ts';
import { type Page, sql } from '../store/sql.ts';
import { type List, type Listed, list } from './list.ts';

const PAGING = { limit: true, offset: true } as const;

/** The lists that are too long to hold, and the answers of metrics: what the API pages, whole. */
export const longLists = (database: AppDatabase): List[] => [
  list({
    path: 'metrics/:id',
    policy: 'signed in',
    summary: 'A metric or one rate of a measure, in groups, as a file',
    query: MetricQuery.omit({ mode: true }),
    async read({ params: { id = '' }, query }, { snapshot, mode }) {
      const question = questionOf(snapshot.catalogue, id, query);
      const answered = await answer(snapshot, question, mode);
      return { ...aboutMetric(snapshot.catalogue, question, mode), name: id, rows: tableOf(answered) };
    },
  }),
  list({
    path: 'metrics/:id/rows',
    policy: 'identified',
    summary: 'All rows behind one number, as a file',
    query: RowsQuery.omit({ mode: true, ...PAGING }),
    read({ params: { id = '' }, query, page }, { snapshot: { catalogue }, mode }) {
      const question = behindAsked(catalogue, id, query);
      const about = aboutMetric(catalogue, question, mode);
      const { part, component, reason, met } = query;
      return {
        ...about,
        question: { ...about.question, part, component, reason, met },
        name: `${id}-${part}`,
        rows: behindOf(catalogue, question, query, page),
      };
    },
  }),
  list({
    path: 'patients',
    policy: 'identified',
    summary: 'The persons of a filter, as a file',
    query: PatientsQuery.omit({ mode: true, ...PAGING }),
    read: ({ query, page }, context) => ({ ...people(query, page, context), name: 'patients' }),
  }),
  list({
    path: 'cohorts/:id/members',
    policy: 'identified',
    summary: 'The persons of a cohort as of data-through, as a file',
    query: PatientsQuery.pick({ sort: true, direction: true }),
    read({ params: { id = '' }, query, page }, context) {
      const where = expandWhere(formatFilter({ [COHORT]: [id] }), whereOf(database, context.snapshot));
      return { ...people({ ...query, where, q: '' }, page, context), name: `${id}-members` };
    },
  }),
  list({
    path: 'gaps',
    policy: 'identified',
    summary: 'Open gaps in care, one row per gap, as a file',
    query: GapsQuery.omit({ mode: true, ...PAGING }),
    async read({ query, page }, context) {
      const { catalogue } = context.snapshot;
      demandRate(context, query.measure);
      const filter = memberFilterOf(catalogue, query.where);
      return {
        ...about(catalogue, 'Open gaps in care', { ...query, where: formatFilter(filter) }),
        name: 'open-gaps',
        rows: gapsOf(catalogue, filter, query, page),
        finish: await gapColumns(database, context),
      };
    },
  }),
  list({
    path: 'risk/candidates',
    policy: 'identified',
    summary: 'The people to call, or not to call, and why, as a file',
    query: CandidatesQuery.omit({ mode: true, ...PAGING }),
    read({ query, page }, { snapshot: { catalogue } }) {
      const filter = memberFilterOf(catalogue, query.where);
      return {
        ...about(catalogue, 'People to call', { ...query, where: formatFilter(filter) }),
        name: 'outreach',
        rows: sql`
          select person_id, name, age, sex, practice, tier, score, basis, chance, chance_before, is_rising, last_visit_date,
            array_to_string(drivers, '; ') as drivers, array_to_string(reasons, '; ') as reasons,
            array_to_string(handles, '; ') as handles, array_to_string(barriers, '; ') as barriers
          from (${candidatesOf(catalogue, filter, query, page).rows})`,
      };
    },
  }),
  list({
    path: 'hcc-gaps/persons',
    policy: 'identified',
    summary: 'Categories of the CMS-HCC models that a visit could settle, one by one, as a file',
    query: HccGapPersonsQuery.omit({ mode: true, ...PAGING }),
    read({ query, page }, { snapshot: { catalogue } }) {
      const filter = memberFilterOf(catalogue, query.where);
      return {
        ...about(catalogue, 'Categories that a visit could settle', { ...query, where: formatFilter(filter) }),
        name: 'risk-adjustment-gaps',
        rows: hasHcc(catalogue) ? hccGapsOf(catalogue, filter, query, page).rows : [],
      };
    },
  }),
  list({
    path: 'identity/conflicts',
    policy: 'identified',
    summary: 'Persons with months that the assignment list and the spans disagree on, as a file',
    query: ConflictsQuery.omit({ mode: true, ...PAGING }),
    read: ({ query, page }, { snapshot: { catalogue } }) => ({
      ...about(catalogue, 'Coverage that sources disagree on', query),
      name: 'coverage-conflicts',
      rows: sql`select * replace (array_to_string(source_person_ids, '; ') as source_person_ids, months::integer as months)
        from (${conflictsOf(query.reason, page)})`,
    }),
  }),
  list({
    path: 'attribution/persons',
    policy: 'identified',
    summary: 'Persons behind a count of attribution, each with the reason in words, as a file',
    query: AttributedQuery.omit({ mode: true, ...PAGING }),
    async read({ query, page }, { snapshot: { catalogue, queries } }) {
      const { assessment } = await chosen(queries, query.assessment);
      return {
        ...about(catalogue, 'How people came to their practice', { ...query, assessment }),
        name: `attribution-${assessment ?? 'none'}`,
        rows: assessment === null ? [] : attributedOf(assessment, query, page),
      };
    },
  }),
];

/** People, their lists told in one cell each. */
function people(
  query: Pick<PatientsQuery, 'where' | 'q' | 'sort' | 'direction'>,
  page: Page | null,
  { snapshot: { catalogue } }: Context,
) {
  const filter = memberFilterOf(catalogue, query.where);
  return {
    ...about(catalogue, 'People', { ...query, where: formatFilter(filter) }),
    rows: sql`
      select * replace (array_to_string(drivers, '; ') as drivers, array_to_string(conditions, '; ') as conditions)
      from (${patientsOf(catalogue, filter, query, page).rows})`,
  };
}

function about(
  catalogue: SnapshotCatalogue,
  title: string,
  question: Listed['question'],
): Pick<Listed, 'title' | 'question' | 'caveats'> {
  return { title, question, caveats: catalogue.caveats.map(({ sentence }) => sentence) };
}

function aboutMetric(catalogue: SnapshotCatalogue, question: Question, mode: Context['mode']) {
  const { id, title, version } = question.metric;
  const { where, from, to, by, rolling, caveats } = provenanceOf(catalogue, question, mode);
  return {
    title,
    question: { id, by: by.join(), rolling, from, to, where },
    definition: { id, title, version },
    caveats,
  };
}

/** The measure by its name, and of what was entered by hand what waits for the next run. */
async function gapColumns(database: AppDatabase, { snapshot }: Context) {
  const { queries, catalogue } = snapshot;
  const entries = listAllClosures(database);
  const [runStart, personOf] = await Promise.all([
    runStartOf(snapshot),
    readPersons(queries, [...new Set(entries.map(({ source_person_id }) => source_person_id))]),
  ]);
  const waiting = new Map(
    entries
      .map((entry) => ({ person: personOf.get(entry.source_person_id), ...asSeen(entry, runStart) }))
      .filter(({ is_counted, withdrawn }) => !is_counted && withdrawn === null)
      .reverse()
      .map(({ person, metric, done, service_date, entered_by }) => [
        `${person} ${metric}`,
        `${done}, ${service_date}, by ${entered_by}`,
      ]),
  );
  return (batch: readonly Column[]): readonly Column[] => {
    const [person, metric] = ['person_id', 'metric'].map((name) => batch.find((column) => column.name === name));
    const column = (name: string, of: (metric: string, person: string) => string | null | undefined) =>
      texts(
        name,
        Array.from(
          { length: metric?.length ?? 0 },
          (_, row) => of(textAt(metric, row) ?? '', textAt(person, row) ?? '') ?? null,
        ),
      );
    return [
      ...batch,
      column('measure_id', (id) => catalogue.metrics.get(id)?.measureId),
      column('measure', (id) => catalogue.metrics.get(id)?.title),
      column('entered_by_hand', (id, who) => waiting.get(`${who} ${id}`)),
    ];
  };
}
