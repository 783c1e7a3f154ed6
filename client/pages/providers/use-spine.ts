import { useMemo } from 'react';
import type { Catalogue } from '#contract/catalogue';
import type { MetricResult } from '#contract/result';
import { metricQuery } from '../../api/metrics.ts';
import { useAnswers } from '../../api/use-answers.ts';
import { byTopic } from '../../format/label.ts';
import { monthsOf } from '../../state/scope.ts';
import { useCatalogue, useScope } from '../../state/use-scope.ts';
import { pointsOf } from '../../statistics/quality-score.ts';
import { reliabilityOf } from '../../statistics/reliability.ts';
import type { SpineRow } from '../../statistics/spine.ts';
import { benchmarkOf } from '../gaps/program.ts';
import { HEADLINES } from '../overview/headlines.ts';
import { amongAll, metricsBy, type Unit } from './units.ts';

/** What a practice is asked about beside the quality measures. */
const MAIN: readonly string[] = [
  ...HEADLINES,
  'follow-up-7-day',
  'preventable-admissions-per-1000',
  'avoidable-emergency-visits-per-1000',
  'primary-care-visits-per-1000',
  'low-value-services-per-1000',
];

/** Every measure and main rate of one unit among all of them; `rows` is null until all are in, `isHidden` where some may not be shown. */
export function useSpine(unit: Unit, id: string) {
  const scope = useScope();
  const catalogue = useCatalogue();
  const metrics = byTopic(metricsBy(catalogue.metrics, unit)).filter(
    (metric) => metric.kind === 'measure' || MAIN.includes(metric.id),
  );
  const { answers, failed } = useAnswers(
    metrics.map((metric) =>
      metricQuery({
        ...{ id: metric.id, by: [unit], ...monthsOf(metric, scope, catalogue) },
        ...{ where: amongAll(scope.where), mode: scope.mode },
      }),
    ),
  );
  const rows = useMemo(
    () => answers?.flatMap((answer) => rowOf(answer, unit, id, catalogue)) ?? null,
    [answers, unit, id, catalogue],
  );
  return { rows, failed, isHidden: answers?.some(({ total }) => total.suppressed) ?? false };
}

/** Nothing where the unit has nobody in the metric. */
function rowOf(answer: MetricResult, unit: Unit, id: string, { programs }: Catalogue): SpineRow[] {
  const { metric, total, provenance } = answer;
  const units = answer.cells.filter(({ key }) => key[unit] !== null);
  const cell = units.find(({ key }) => key[unit] === id);
  if (!cell || cell.denominator === 0) return [];
  const benchmark = benchmarkOf(programs, metric, provenance.to?.slice(0, 4) ?? '', 'Medicare CQM');
  return [
    {
      ...{ id: metric.id, metric, cell, total, units, reliability: reliabilityOf(units, metric) },
      decile: benchmark && cell.value !== null ? pointsOf(cell.value, benchmark).decile : null,
    },
  ];
}
