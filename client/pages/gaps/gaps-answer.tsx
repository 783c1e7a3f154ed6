import { isRecorded, type ServedMetric } from '#contract/metric';
import { Answer, Proof } from '../../components/answer.tsx';
import { Waiting } from '../../components/states.tsx';
import { noun, plural } from '../../format/noun.ts';
import { amount } from '../../format/number.ts';
import { useScope } from '../../state/use-scope.ts';
import { useStandings } from '../standings.ts';
import { openGaps } from './open-gaps.ts';

/** How many gaps are open, and how each measure stands. */
export function GapsAnswer({ measures }: { measures: readonly ServedMetric[] }) {
  const scope = useScope();
  const { standings, queries } = useStandings(measures);
  if (!standings) return <Waiting on={queries} lines={2} />;
  const open = standings.filter(({ now }) => isRecorded(now.metric)).map(({ now }) => openGaps(now.metric, now.total));
  const gaps = open.reduce((sum, gaps) => (sum === null || gaps === null ? null : sum + gaps), 0);
  const parts = standings.flatMap(({ now: { metric, total }, comparison }) =>
    total.value === null ? [] : [`${metric.title} is ${amount(total.value, metric.unit)}, ${comparison.words}`],
  );
  return (
    <Answer>
      {gaps !== null && (
        <>
          <b>{plural(gaps, noun('gap'))}</b> {gaps === 1 ? 'is' : 'are'} open
          <Proof letter="A" />.{' '}
        </>
      )}
      {parts.slice(0, 3).map((part) => `${part}. `)}
      {scope.mode === 'identified' && (
        <>
          Whoever has a gap overdue, or due first, heads the list
          <Proof letter="E" />.
        </>
      )}
    </Answer>
  );
}
