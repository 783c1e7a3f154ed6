import { z } from 'zod';
import {
  type Attributed,
  AttributedPersons,
  AttributedQuery,
  Attribution,
  AttributionQuery,
} from '#contract/attribution';
import { cellsToHide } from '../disclosure/suppress.ts';
import { encodeTable, MEDIA_TYPES, MOST_EXPORTED } from '../http/encode.ts';
import { Refusal } from '../http/error.ts';
import { Encoded, type Route, route } from '../http/route.ts';
import {
  type Counts,
  countAttributed,
  readAssessments,
  readAttributed,
  readAttribution,
} from '../store/attribution.ts';
import { type Column, texts } from '../store/columns.ts';
import type { Queries } from '../store/query.ts';

const PAGE = 100;

/** A page of the list, or all of it when a table format is asked for without a limit. */
const Asked = AttributedQuery.extend({ limit: AttributedQuery.shape.limit.unwrap().optional() });

/** How people came to their practice, where the assignment list and the rules disagree, and who came and went. */
export const attributionRoutes = (): Route[] => [
  route({
    method: 'get',
    path: '/api/attribution',
    policy: 'signed in',
    summary: 'How people came to their practice at one assessment: by step, against the list, churn, and panels',
    query: AttributionQuery.omit({ mode: true }),
    body: z.unknown(),
    reply: Attribution,
    async handle({ query }, { snapshot: { queries }, mode }) {
      const { assessment, assessments } = await chosen(queries, query.assessment);
      if (assessment === null) return { assessment, assessments, outcomes: [], agreement: [], changes: [], panels: [] };
      const counts = await readAttribution(queries, assessment);
      return { assessment, assessments, ...(mode === 'identified' ? counts : shareable(counts)) };
    },
  }),
  route({
    method: 'get',
    path: '/api/attribution/persons',
    policy: 'identified',
    summary: 'The persons behind a count of attribution, each with the reason in words',
    formats: ['csv'],
    query: Asked,
    body: z.unknown(),
    reply: AttributedPersons,
    async handle({ query }, { snapshot: { queries, catalogue }, format, say, shows }) {
      const { assessment } = await chosen(queries, query.assessment);
      if (assessment === null) return { total: 0, persons: [] };
      const limit = query.limit ?? (format === 'json' ? PAGE : MOST_EXPORTED);
      const [total, persons] = await Promise.all([
        countAttributed(queries, assessment, query),
        readAttributed(queries, assessment, query, { limit, offset: query.offset }),
      ]);
      shows(persons.length);
      if (format === 'json') return { total, persons };
      say('content-disposition', `attachment; filename="attribution-${assessment}.csv"`);
      return new Encoded(MEDIA_TYPES.csv, encodeTable('csv', tableOf(persons), { snapshot: catalogue.snapshot }));
    },
  }),
];

async function chosen(queries: Queries, asked: string | undefined) {
  const assessments = await readAssessments(queries);
  if (asked !== undefined && !assessments.includes(asked))
    throw new Refusal('not_found', `nobody was assessed at ${asked}`);
  const assessment = asked ?? assessments[0] ?? null;
  return { assessment, assessments };
}

/** Small counts are hidden, and those that would tell them. */
function shareable({
  outcomes,
  agreement,
  changes,
  panels,
}: Counts): Pick<z.input<typeof Attribution>, 'outcomes' | 'agreement' | 'changes' | 'panels'> {
  const without = <Row>(rows: readonly Row[], countsOf: (row: Row) => readonly number[]): boolean[] =>
    cellsToHide(rows.map((row, at) => ({ group: 'all', place: [String(at)], counts: countsOf(row), behind: [] })));
  const hide = <Row extends { persons: number }>(rows: readonly Row[]) => {
    const hidden = without(rows, ({ persons }) => [persons]);
    return rows.map((row, at) => ({ ...row, persons: hidden[at] ? null : row.persons }));
  };
  const hidden = without(panels, ({ persons, high_risk, seen }) => [
    ...[persons, high_risk, persons - high_risk, seen, persons - seen],
  ]);
  return {
    outcomes: hide(outcomes),
    agreement: hide(agreement),
    changes: hide(changes),
    panels: panels.map((panel, at) =>
      hidden[at] ? { ...panel, persons: null, high_risk: null, seen: null, expected: null } : panel,
    ),
  };
}

const tableOf = (persons: readonly Attributed[]): Column[] =>
  (
    [
      'person_id',
      'name',
      'practice',
      'practitioner',
      'basis',
      'outcome',
      'rule_practice',
      'agreement',
      'reason',
    ] as const
  ).map((field) =>
    texts(
      field,
      persons.map((person) => person[field]),
    ),
  );
