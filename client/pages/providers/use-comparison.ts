import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { ServedMetric } from '#contract/metric';
import { metricQuery } from '../../api/metrics.ts';
import { type Group, groupsOf } from '../../format/group.ts';
import { useCatalogue } from '../../state/use-scope.ts';
import { type Funnel, funnelOf } from '../../statistics/funnel.ts';
import { type Reliability, reliabilityOf } from '../../statistics/reliability.ts';
import { useAsked } from '../use-metric.ts';
import { amongAll, type Unit } from './units.ts';

export interface Comparison {
  readonly groups: readonly Group[];
  readonly funnel: Funnel;
  readonly reliability: Reliability | null;
}

/** A metric unit by unit: its funnel, and how far single units can be told apart; people without a unit are left out. */
export function useComparison(metric: ServedMetric, unit: Unit) {
  const asked = useAsked(metric, [unit]);
  const query = useQuery(metricQuery({ ...asked, where: amongAll(asked.where) }));
  const dimension = useCatalogue().dimensions.find(({ id }) => id === unit);
  const comparison = useMemo((): Comparison | null => {
    if (!query.data) return null;
    const cells = query.data.cells.filter(({ key }) => key[unit] !== null);
    const groups = groupsOf(cells, dimension ?? { id: unit, values: [] });
    return { groups, funnel: funnelOf(groups, metric), reliability: reliabilityOf(cells, metric) };
  }, [query.data, dimension, metric, unit]);
  return { query, comparison };
}
