import { z } from 'zod';
import { Conflicts, ConflictsQuery, Identity, Reviews } from '#contract/identity';
import { cellsToHide, hiddenLast, roughly, toShare } from '../disclosure/suppress.ts';
import { encodeTable, MEDIA_TYPES } from '../http/encode.ts';
import { Refusal } from '../http/error.ts';
import { Encoded, NO_QUERY, type Route, route } from '../http/route.ts';
import {
  countConflicts,
  countDisputes,
  countMatched,
  decisionOf,
  readConflicts,
  readReviews,
} from '../store/identity.ts';

const MOST_REVIEWS = 500;

/** Who is who, and who was covered, where sources disagree. Nothing here changes a number. */
export const identityRoutes = (): Route[] => [
  route({
    method: 'get',
    path: '/api/identity',
    policy: 'signed in',
    summary:
      'Which sources know whom, how many records may be one person, and how many months the assignment list and the spans disagree on',
    query: NO_QUERY,
    body: z.unknown(),
    reply: Identity,
    async handle(_, { snapshot: { queries }, mode }) {
      const [counts, conflicts] = await Promise.all([countDisputes(queries), countConflicts(queries)]);
      if (mode === 'identified') return { ...counts, conflicts, matched: await countMatched(queries) };
      // The checks on the Data page tell the months of all that are covered and not assigned, together.
      const hidden = cellsToHide(
        conflicts.map(({ reason, months, persons }) => ({
          group: reason.startsWith('covered') ? 'covered' : reason,
          place: reason.startsWith('covered') ? [reason] : [],
          counts: [months],
          behind: [persons],
        })),
      );
      return {
        matched: null,
        reviews: toShare(counts.reviews),
        records: toShare(counts.records),
        not_shared: toShare(counts.not_shared),
        conflicts: hiddenLast(
          conflicts.map(({ reason, months, persons }, at) => ({
            reason,
            months: hidden[at] ? null : roughly(months),
            persons: hidden[at] ? null : roughly(persons),
          })),
        ),
      };
    },
  }),
  route({
    method: 'get',
    path: '/api/identity/reviews',
    policy: 'identified',
    summary: 'Records that share an identifier and contradict each other, side by side',
    query: NO_QUERY,
    body: z.unknown(),
    reply: Reviews,
    async handle(_, { snapshot: { queries }, shows }) {
      const [{ reviews: total }, reviews] = await Promise.all([
        countDisputes(queries),
        readReviews(queries, MOST_REVIEWS),
      ]);
      shows(reviews.reduce((sum, { records }) => sum + records.length, 0));
      return { total, reviews };
    },
  }),
  route({
    method: 'get',
    path: '/api/export/reviews/:id',
    policy: 'identified',
    summary: 'The file that makes the records of one review one person, once it lies in the source folder',
    formats: ['csv'],
    media: 'text/csv',
    query: NO_QUERY,
    body: z.unknown(),
    reply: z.unknown(),
    async handle({ params: { id = '' } }, { snapshot: { queries, catalogue }, say, shows }) {
      const decision = await decisionOf(queries, id);
      const records = decision[0]?.length ?? 0;
      if (records === 0) throw new Refusal('not_found', 'there is no such review');
      shows(records);
      say('content-disposition', `attachment; filename="same-person-${id}.csv"`);
      return new Encoded(MEDIA_TYPES.csv, encodeTable('csv', decision, { snapshot: catalogue.snapshot }));
    },
  }),
  route({
    method: 'get',
    path: '/api/identity/conflicts',
    policy: 'identified',
    summary: 'The persons behind one kind of disagreement on coverage, with their months',
    formats: ['csv', 'arrow'],
    query: ConflictsQuery,
    body: z.unknown(),
    reply: Conflicts,
    async handle({ query }, { snapshot: { queries }, shows }) {
      const [kinds, conflicts] = await Promise.all([countConflicts(queries), readConflicts(queries, query)]);
      const asked = kinds.filter(({ reason }) => query.reason === undefined || reason === query.reason);
      const sum = (field: 'months' | 'persons') => asked.reduce((total, kind) => total + kind[field], 0);
      shows(conflicts.length);
      return { total: sum('persons'), months: sum('months'), conflicts };
    },
  }),
];
