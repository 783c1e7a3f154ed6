import { formatFilter, parseFilter } from '#contract/filter';
import { isRecorded, type ServedMetric } from '#contract/metric';
import { type Noun, noun } from '../../format/noun.ts';
import type { Scope } from '../../state/scope.ts';
import { useScope } from '../../state/use-scope.ts';

/** Who is compared; the id is the dimension that carries it. */
export type Unit = 'practice' | 'practitioner';

export const unitNoun: Readonly<Record<Unit, Noun>> = {
  practice: noun('practice'),
  practitioner: noun('practitioner'),
};

const isUnit = (id: string): id is Unit => id in unitNoun;

/** Measures that some source records, and metrics, of which each unit has its own. */
export const metricsBy = (metrics: readonly ServedMetric[], unit: Unit): ServedMetric[] =>
  metrics.filter((metric) => metric.dimensions.includes(unit) && isRecorded(metric));

/** The filter without its choice of practices and practitioners: here each is held against all of them. */
export const amongAll = (where: string): string =>
  formatFilter(Object.fromEntries(Object.entries(parseFilter(where)).filter(([id]) => !isUnit(id))));

/** The address's filter, for one unit only. */
export const whereOf = ({ chosen }: Scope, unit: Unit, id: string): string =>
  formatFilter({ ...parseFilter(amongAll(formatFilter(chosen))), [unit]: [id] });

/** What the filter asks for that these pages leave aside, in words. */
export function useLeftAside(): string | null {
  const { where } = useScope();
  const left = Object.keys(parseFilter(where)).filter(isUnit);
  return left.length === 0 ? null : `The filter on ${left.join(' and ')} is left aside here.`;
}
