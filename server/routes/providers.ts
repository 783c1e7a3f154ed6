import { z } from 'zod';
import { Providers, ProvidersQuery } from '#contract/providers';
import { cellsToHide, hiddenLast, roughly } from '../disclosure/suppress.ts';
import { Refusal } from '../http/error.ts';
import { type Route, route } from '../http/route.ts';
import { readChurn, readPanels, readStability } from '../store/providers.ts';
import { chosen, withoutFew } from './attribution.ts';

/** Whom each practice and practitioner is responsible for, and who came, went and stayed. */
export const providerRoutes = (): Route[] => [
  route({
    method: 'get',
    path: '/api/providers',
    policy: 'signed in',
    summary: 'Panels of practices and practitioners at one assessment, churn at each, and who stayed for a year',
    query: ProvidersQuery.omit({ mode: true }),
    body: z.unknown(),
    reply: Providers,
    async handle({ query }, { snapshot: { queries }, mode }) {
      if (mode === 'shareable' && query.practice !== undefined)
        throw new Refusal('forbidden', 'who comes to one practice and leaves it is too few to be shared');
      const { assessment, assessments } = await chosen(queries, query.assessment);
      if (assessment === null)
        return { assessment, assessments, practices: [], panels: [], churn: [], stability: null };
      const [panels, churn, stability] = await Promise.all([
        readPanels(queries, assessment),
        readChurn(queries, query.practice),
        readStability(queries, assessment, query.practice),
      ]);
      if (mode === 'identified') return { assessment, assessments, ...panels, churn, stability };
      return {
        assessment,
        assessments,
        ...shareable(panels),
        churn: churn.map(({ changes, ...one }) => ({ ...one, changes: withoutFew(changes) })),
        stability: stability && { ...stability, rows: withoutFew(stability.rows) },
      };
    },
  }),
];

/**
 * Practices whose panel is small are hidden, and those that would tell them; then practitioners: all of a practice that
 * is hidden, and within the others likewise. Risk is not told, since other answers tell it in other groups.
 */
function shareable({ practices, panels }: Awaited<ReturnType<typeof readPanels>>) {
  const place = (persons: number, group: string, at: number) => ({
    ...{ group, place: [String(at)], counts: [persons], behind: [] },
  });
  const hidden = cellsToHide(practices.map(({ persons }, at) => place(persons, 'all', at)));
  const known = practices.filter((_, at) => !hidden[at]).map(({ practice_id }) => practice_id);
  const within = cellsToHide(panels.map(({ practice_id, persons }, at) => place(persons, `${practice_id}`, at)));
  return {
    practices: hiddenLast(
      practices.map((practice, at) => ({ ...practice, persons: hidden[at] ? null : roughly(practice.persons) })),
    ),
    panels: hiddenLast(
      panels.map((panel, at) => ({
        ...{ ...panel, tiers: null, seen: null, expected: null },
        persons: within[at] || !known.includes(panel.practice_id) ? null : roughly(panel.persons),
      })),
    ),
  };
}
