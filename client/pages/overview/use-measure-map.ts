import { isRecorded } from '#contract/metric';
import { metricQuery } from '../../api/metrics.ts';
import { useAnswers } from '../../api/use-answers.ts';
import type { HeatRow } from '../../charts/heatmap.ts';
import { byTopic } from '../../format/label.ts';
import { monthsOf } from '../../state/scope.ts';
import { useCatalogue, useScope } from '../../state/use-scope.ts';
import { useStandings } from '../standings.ts';
import { comparatorFrom } from '../use-metric.ts';
import { HEADLINES } from './headlines.ts';

export const PRACTICE = 'practice';

/** The headlines and every quality measure that some source records by practice, each held against the page's comparator; `rows` is null until all are in. */
export function useMeasureMap() {
  const scope = useScope();
  const catalogue = useCatalogue();
  const metrics = byTopic(catalogue.metrics).filter(
    (metric) =>
      (metric.kind === 'measure' || HEADLINES.includes(metric.id)) &&
      metric.betterIs !== 'neither' &&
      metric.dimensions.includes(PRACTICE) &&
      isRecorded(metric),
  );
  const { standings, queries } = useStandings(metrics);
  const { answers: byPractice, failed } = useAnswers(
    metrics.map((metric) => {
      const period = monthsOf(metric, scope, catalogue);
      return metricQuery({ id: metric.id, by: [PRACTICE], ...period, where: scope.where, mode: scope.mode });
    }),
  );
  const rows = standings?.flatMap(({ now, before }, at): HeatRow[] => {
    const cells = byPractice?.[at]?.cells;
    if (!cells || now.total.value === null) return [];
    return [
      {
        id: now.metric.id,
        metric: now.metric,
        total: now.total,
        comparator: comparatorFrom(before.total, scope),
        cells: Object.fromEntries(cells.flatMap((cell) => (cell.key[PRACTICE] ? [[cell.key[PRACTICE], cell]] : []))),
      },
    ];
  });
  return { rows: byPractice && rows ? rows : null, queries: [...queries, ...failed] };
}
