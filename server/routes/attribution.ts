import { z } from 'zod';
import { AttributedPersons, AttributedQuery, Attribution, AttributionQuery } from '#contract/attribution';
import { cellsToHide, hiddenLast, roughly } from '../disclosure/suppress.ts';
import { Refusal } from '../http/error.ts';
import { type Route, route } from '../http/route.ts';
import { countAttributed, readAssessments, readAttributed, readAttribution } from '../store/attribution.ts';
import type { Queries } from '../store/query.ts';

/** How people came to their practice, where the assignment list and the rules disagree, and who came and went. */
export const attributionRoutes = (): Route[] => [
  route({
    method: 'get',
    path: '/api/attribution',
    policy: 'signed in',
    summary: 'How people came to their practice at one assessment: by step, against the list, and churn',
    query: AttributionQuery.omit({ mode: true }),
    body: z.unknown(),
    reply: Attribution,
    async handle({ query }, { snapshot: { queries }, mode }) {
      const { assessment, assessments } = await chosen(queries, query.assessment);
      if (assessment === null) return { assessment, assessments, outcomes: [], agreement: [], changes: [] };
      const counts = await readAttribution(queries, assessment);
      const shown = <Row extends { persons: number }>(rows: readonly Row[]) =>
        mode === 'identified' ? [...rows] : withoutFew(rows);
      const { outcomes, agreement, changes } = counts;
      return {
        ...{ assessment, assessments },
        ...{ outcomes: shown(outcomes), agreement: shown(agreement), changes: shown(changes) },
      };
    },
  }),
  route({
    method: 'get',
    path: '/api/attribution/persons',
    policy: 'identified',
    summary: 'The persons behind a count of attribution, each with the reason in words',
    formats: ['csv', 'arrow'],
    query: AttributedQuery,
    body: z.unknown(),
    reply: AttributedPersons,
    async handle({ query }, { snapshot: { queries }, shows }) {
      const { assessment } = await chosen(queries, query.assessment);
      if (assessment === null) return { total: 0, persons: [] };
      const [total, persons] = await Promise.all([
        countAttributed(queries, assessment, query),
        readAttributed(queries, assessment, query, query),
      ]);
      shows(persons.length);
      return { total, persons };
    },
  }),
];

/** The assessment asked for, else the latest; throws a refusal where nobody was assessed then. */
export async function chosen(queries: Queries, asked: string | undefined) {
  const assessments = await readAssessments(queries);
  if (asked !== undefined && !assessments.includes(asked))
    throw new Refusal('not_found', `nobody was assessed at ${asked}`);
  const assessment = asked ?? assessments[0] ?? null;
  return { assessment, assessments };
}

/** Rows that add up to a total: small counts are hidden, and those that would tell them; the others are told roughly. */
export function withoutFew<Row extends { readonly persons: number | null }>(rows: readonly Row[]) {
  const hidden = cellsToHide(
    rows.map(({ persons }, at) => ({ group: 'all', place: [String(at)], counts: [persons ?? 0], behind: [] })),
  );
  return hiddenLast(rows.map((row, at) => ({ ...row, persons: hidden[at] ? null : roughly(row.persons ?? 0) })));
}
