import { isInDollars, isRecorded, type ServedMetric } from '#contract/metric';
import { Answer, Proof } from '../../components/answer.tsx';
import { Waiting } from '../../components/states.tsx';
import { inSentence, inWords, listed, noun, sentence, spelled } from '../../format/noun.ts';
import { amount, change, unitWords } from '../../format/number.ts';
import { useScope } from '../../state/use-scope.ts';
import { isBeyondChance } from '../../statistics/compare.ts';
import { isCost, useStandings } from '../standings.ts';

/** What a member costs a month, and the uses that moved beyond chance. */
export function UtilizationAnswer({ metrics }: { metrics: readonly ServedMetric[] }) {
  const scope = useScope();
  const { standings, queries } = useStandings(metrics);
  if (!standings) return <Waiting on={queries} lines={2} />;
  const spending = standings.find(({ now }) => isCost(now.metric));
  const uses = standings.filter(({ now }) => !isInDollars(now.metric) && isRecorded(now.metric));
  const moved = uses.filter(({ comparison }) => isBeyondChance(comparison));
  const moves = moved.map(({ now, before }) =>
    [inSentence(now.metric.title), change(now.total.value, before.total.value, now.metric.unit)]
      .filter(Boolean)
      .join(' '),
  );
  return (
    <Answer>
      {spending && spending.now.total.value !== null && isRecorded(spending.now.metric) && (
        <>
          Care cost <b>{amount(spending.now.total.value, spending.now.metric.unit)}</b>{' '}
          {unitWords(spending.now.metric.unit)}, {spending.comparison.words}
          <Proof letter="B" />.{' '}
        </>
      )}
      {uses.every(({ comparison }) => comparison.verdict === 'too few to say') ? (
        <>Too few to say whether any kind of use moved</>
      ) : moves.length === 0 ? (
        <>No kind of use moved more than chance would explain</>
      ) : (
        <>
          {sentence(inWords(moves.length))} of {spelled(uses.length, noun('kind of use', 'kinds of use'))} moved beyond
          chance against {scope.compare}: <b>{listed(moves)}</b>
        </>
      )}
      <Proof letter="A" />.
    </Answer>
  );
}
