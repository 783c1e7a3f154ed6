import { isRecorded, type ServedMetric } from '#contract/metric';
import type { Collection, ProgramMeasure } from '#contract/program';
import { useCatalogue } from '../../state/use-scope.ts';
import { qualityScore, type Rated } from '../../statistics/quality-score.ts';
import type { Asked } from '../gaps/program.ts';
import { type Standing, useStandings } from '../standings.ts';

/** The score of a year's measures as they stand on this page, reported in one way; null until all are in. */
export function useScore({ program, year }: Asked, collection: Collection) {
  const { metrics } = useCatalogue();
  const metricOf = ({ qualityId }: ProgramMeasure): ServedMetric | undefined =>
    metrics.find((metric) => metric.kind === 'measure' && metric.qualityId === qualityId);
  const { standings, queries } = useStandings(year.measures.flatMap((measure) => metricOf(measure) ?? []));
  const standingOf = (measure: ProgramMeasure): Standing | undefined =>
    standings?.find(({ now }) => now.metric.id === metricOf(measure)?.id);
  const rateOf = (measure: ProgramMeasure): Rated | null => {
    const now = standingOf(measure)?.now;
    return now ? { ...now.total, isRecorded: isRecorded(now.metric) } : null;
  };
  return {
    score: standings && qualityScore(year, collection, program.minimumCases, rateOf),
    standingOf,
    isRunning: standings?.some(({ now }) => now.total.immature) ?? false,
    queries,
  };
}
