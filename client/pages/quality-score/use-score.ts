import { isRecorded, type ServedMetric } from '#contract/metric';
import type { Collection, ProgramMeasure } from '#contract/program';
import { useCatalogue, useScope } from '../../state/use-scope.ts';
import { qualityScore, type Rated } from '../../statistics/quality-score.ts';
import type { Asked } from '../gaps/program.ts';
import { type Standing, useStandings } from '../standings.ts';

/** The score of a year's measures as they stand on this page, reported in one way; null until all are in. */
export function useScore({ program, year }: Asked, collection: Collection) {
  const { metrics } = useCatalogue();
  const { compare } = useScope();
  const metricOf = ({ qualityId }: ProgramMeasure): ServedMetric | undefined =>
    metrics.find((metric) => metric.kind === 'measure' && metric.qualityId === qualityId);
  const { standings, queries } = useStandings(year.measures.flatMap((measure) => metricOf(measure) ?? []));
  const standingOf = (measure: ProgramMeasure): Standing | undefined =>
    standings?.find(({ now }) => now.metric.id === metricOf(measure)?.id);
  const scoreOf = (which: 'now' | 'before') =>
    standings &&
    qualityScore(year, collection, program.minimumCases, (measure): Rated | null => {
      const result = standingOf(measure)?.[which];
      return result ? { ...result.total, isRecorded: isRecorded(result.metric) } : null;
    });
  return {
    score: scoreOf('now'),
    /** With the rates of the year before, by the rules of this one; null where the page compares with something else. */
    before: compare === 'the year before' ? scoreOf('before') : null,
    standingOf,
    isRunning: standings?.some(({ now }) => now.total.immature) ?? false,
    queries,
  };
}
