import type { ServedMetric } from '#contract/metric';
import { isRecorded } from '#contract/metric';
import { Proof } from '../../components/answer.tsx';
import { months } from '../../format/date.ts';
import { amount, interval, SUPPRESSION, unitWords } from '../../format/number.ts';
import { monthsOf } from '../../state/scope.ts';
import { useCatalogue, useScope } from '../../state/use-scope.ts';
import { useStandings } from '../standings.ts';

/** "From Jun 2025 to May 2026 it is 15.4% (13.7–17.2), better than the year before, 18.5%." */
export function Now({ metric }: { metric: ServedMetric }) {
  const { from, to } = monthsOf(metric, useScope(), useCatalogue());
  const standing = useStandings([metric]).standings?.[0];
  if (!standing) return null;
  const { total } = standing.now;
  if (!isRecorded(metric)) return 'No source here records it.';
  if (total.value === null)
    return `From ${months(from, to)} it is ${total.suppressed ? `hidden: ${SUPPRESSION}` : 'not known: nobody counts'}.`;
  return (
    <>
      From {months(from, to)} it is{' '}
      <b>
        {amount(total.value, metric.unit)} {unitWords(metric.unit)}
      </b>{' '}
      ({interval(total.low, total.high, metric.unit)}), {standing.comparison.words}
      {standing.comparison.verdict.startsWith('too ') && ' how it compares'}
      <Proof letter="C" />.
    </>
  );
}
