import { z } from 'zod';
import {
  HccGapCounts,
  HccGapCountsQuery,
  type HccGapKind,
  HccGapPersons,
  HccGapPersonsQuery,
  PersonHcc,
} from '#contract/hcc';
import { isEverybody } from '../disclosure/lattice.ts';
import { isSmall, toShare } from '../disclosure/suppress.ts';
import { Refusal } from '../http/error.ts';
import { type Context, NO_QUERY, type Route, route } from '../http/route.ts';
import { countHccGaps, hasHcc, readHccGaps, readPersonHcc } from '../store/hcc.ts';
import { readPatient } from '../store/patient.ts';
import { memberFilterOf } from '../store/question.ts';

/** CMS-HCC scores person by person, and the categories that a visit could settle. */
export const hccRoutes = (): Route[] => [
  route({
    method: 'get',
    path: '/api/patients/:key/risk-adjustment',
    policy: 'identified',
    summary: 'The CMS-HCC score of one person, what it is the sum of, and the open gaps',
    query: NO_QUERY,
    body: z.unknown(),
    reply: PersonHcc,
    async handle({ params: { key = '' } }, { snapshot: { queries, catalogue }, shows }) {
      if (!(await readPatient(queries, catalogue, key))) throw new Refusal('not_found', 'there is no such patient');
      shows(1);
      return hasHcc(catalogue) ? readPersonHcc(queries, key) : { score: null, gaps: [] };
    },
  }),
  route({
    method: 'get',
    path: '/api/hcc-gaps',
    policy: 'signed in',
    summary: 'How many people have a category of last year on no claim yet, or one that the record hints at',
    query: HccGapCountsQuery,
    body: z.unknown(),
    reply: HccGapCounts,
    handle: ({ query }, context) => counts(context, query.where),
  }),
  route({
    method: 'get',
    path: '/api/hcc-gaps/persons',
    policy: 'identified',
    summary: 'Those categories one by one: whose, which and by what evidence',
    formats: ['csv', 'arrow'],
    query: HccGapPersonsQuery,
    body: z.unknown(),
    reply: HccGapPersons,
    async handle({ query }, { snapshot: { queries, catalogue }, shows }) {
      const filter = memberFilterOf(catalogue, query.where);
      if (!hasHcc(catalogue)) return { total: 0, people: 0, gaps: [] };
      const found = await readHccGaps(queries, catalogue, filter, query);
      shows(found.gaps.length);
      return found;
    },
  }),
];

/**
 * To be shared, only everybody is counted, as cohorts overlap, and roughly. A count is hidden when it is small. Once one is
 * hidden the people of its kind are not counted in all: that number is no sum, but bounds one.
 */
async function counts({ snapshot: { queries, catalogue }, mode }: Context, where: string): Promise<HccGapCounts> {
  const filter = memberFilterOf(catalogue, where);
  if (!hasHcc(catalogue))
    return { payment_year: null, data_year: null, recapture: null, suspect: null, categories: [] };
  const { kinds, categories: cells, ...year } = await countHccGaps(queries, catalogue, filter);
  if (mode === 'shareable' && !isEverybody(filter)) return { ...year, recapture: null, suspect: null, categories: [] };
  type Cell = (typeof kinds)[number];
  const shown = (of: readonly Cell[], kind: HccGapKind) => {
    const cell = of.find((one) => one.kind === kind);
    if (!cell) return 0;
    return mode === 'shareable' ? toShare(cell.people) : cell.people;
  };
  const inAll = (kind: HccGapKind) =>
    mode === 'shareable' && cells.some((cell) => cell.kind === kind && isSmall(cell.people))
      ? null
      : shown(kinds, kind);
  const rowOf = ({ model, hcc }: (typeof cells)[number]) =>
    cells.filter((cell) => cell.model === model && cell.hcc === hcc);
  return {
    ...year,
    recapture: inAll('recapture'),
    suspect: inAll('suspect'),
    categories: cells
      .filter((cell) => rowOf(cell)[0] === cell && rowOf(cell).some(({ people }) => people > 0))
      .map((cell) => ({
        ...{ model: cell.model, hcc: cell.hcc, label: cell.label },
        ...{ recapture: shown(rowOf(cell), 'recapture'), suspect: shown(rowOf(cell), 'suspect') },
      })),
  };
}
