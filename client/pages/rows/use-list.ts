import { formatFilter, parseFilter } from '#contract/filter';
import type { ServedMetric } from '#contract/metric';
import { metricQuery, type RowsAsked } from '../../api/metrics.ts';
import { useAnswers } from '../../api/use-answers.ts';
import { month, months } from '../../format/date.ts';
import { listed, noun, plural } from '../../format/noun.ts';
import { monthsOf, narrow } from '../../state/scope.ts';
import { useCatalogue, useScope } from '../../state/use-scope.ts';
import { labelIn } from '../patient-table.tsx';
import type { List } from './behind.ts';

export const partNames = {
  numerator: 'the numerator',
  denominator: 'the denominator',
  exclusion: 'left out',
  gap: 'open gaps',
};

/** One step towards a list: whom it holds, how many, and the address of the list of them. */
export interface Step {
  readonly text: string;
  readonly n: number | null | undefined;
  readonly search: Readonly<Record<string, string | undefined>>;
}

const EVERYBODY = { cohort: undefined, where: undefined };

/**
 * What a list asks for within the scope of the page, and the steps that lead to it, each with the filters of those
 * before it; `whole` is the number that the list is of. `asked` is null where no one filter can say both the scope's group and the list's.
 */
export function useList(metric: ServedMetric, search: List['search']) {
  const scope = useScope();
  const catalogue = useCatalogue();
  const { part = 'numerator', component, reason, met, also = '', from, until } = search;
  const own = monthsOf(metric, scope, catalogue);
  const filter = narrow(parseFilter(scope.where), parseFilter(also));
  const within = { id: metric.id, from: from ?? own.from, to: until ?? own.to, mode: scope.mode };
  const where = formatFilter(filter ?? parseFilter(scope.where));
  const asked: Omit<RowsAsked, 'limit' | 'offset'> = { ...within, part, component, reason, met, where };
  const { answers } = useAnswers(['', scope.where, where].map((where) => metricQuery({ ...within, where })));
  // those left out are none of those counted
  const [all, ofScope, ofGroup] = part === 'exclusion' ? [] : (answers?.map(({ total }) => total.rows) ?? []);
  const group = Object.entries(parseFilter(also)).map(
    ([id, values]) =>
      `${catalogue.dimensions.find((dimension) => dimension.id === id)?.title ?? id}: ${listed(values.map((value) => labelIn(catalogue.dimensions, id, value) || 'not known'))}`,
  );
  const narrowed = [
    ...(scope.cohort ? [scope.cohort.title] : []),
    ...(Object.keys(scope.chosen).length > 0 ? [plural(Object.keys(scope.chosen).length, noun('filter'))] : []),
  ];
  const counted = { from, until, part: part === 'exclusion' ? part : 'denominator' } as const;
  const steps: Step[] = [
    { text: `Everyone, ${months(within.from, within.to)}`, n: all, search: { ...counted, ...EVERYBODY } },
    ...(narrowed.length > 0 ? [{ text: narrowed.join(', '), n: ofScope, search: counted }] : []),
    ...(group.length > 0 ? [{ text: group.join(', '), n: ofGroup, search: { ...counted, also } }] : []),
  ];
  const leaf = [
    ...(component ? [metric.components.find(({ id }) => id === component)?.title ?? component] : []),
    reason ?? partNames[part],
    ...(met ? [`by ${month(met)}`] : []),
  ].join(', ');
  return { asked, isOne: filter !== null, steps, leaf, whole: answers?.at(-1)?.total };
}
