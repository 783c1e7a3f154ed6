import { isRecorded, type ServedMetric } from '#contract/metric';
import { Answer, Proof } from '../../components/answer.tsx';
import { Waiting } from '../../components/states.tsx';
import { inSentence, listed, noun, plural } from '../../format/noun.ts';
import { monthsOf } from '../../state/scope.ts';
import { useCatalogue, useScope } from '../../state/use-scope.ts';
import { useStandings } from '../standings.ts';
import { openGaps } from './open-gaps.ts';
import { askedIn, asPublished, type Goal } from './program.ts';
import { useFurthest } from './use-furthest.ts';

const GOAL: Readonly<Record<Goal['kind'], string>> = {
  target: 'its target',
  decile: 'its next decile',
  ten: 'its next ten points',
};

/** How many gaps are open, which measure of the program lacks most, and which fell behind. */
export function GapsAnswer({ measures }: { measures: readonly ServedMetric[] }) {
  const scope = useScope();
  const catalogue = useCatalogue();
  const { programs, dataThrough } = catalogue;
  const year = monthsOf({ kind: 'measure' }, scope, catalogue).to.slice(0, 4);
  const program = askedIn(programs, year)[0]?.program.title;
  const furthest = useFurthest(measures);
  const { standings, queries } = useStandings(measures);
  if (!standings) return <Waiting on={queries} lines={2} />;
  const open = standings.filter(({ now }) => isRecorded(now.metric)).map(({ now }) => openGaps(now.metric, now.total));
  const gaps = open.reduce((sum, gaps) => (sum === null || gaps === null ? null : sum + gaps), 0);
  const worse = standings
    .filter(({ comparison }) => comparison.verdict === 'worse')
    .map(({ now }) => inSentence(now.metric.title));
  return (
    <Answer>
      {gaps !== null && (
        <>
          <b>{plural(gaps, noun('gap'))}</b> {gaps === 1 ? 'is' : 'are'} open
          <Proof letter="A" />.{' '}
        </>
      )}
      {furthest && (
        <>
          In {program}, {inSentence(furthest.metric.title)} is furthest from {GOAL[furthest.goal.kind]}:{' '}
          <b>{plural(furthest.goal.people, noun('more gap closed', 'more gaps closed'))}</b>{' '}
          {dataThrough < `${year}-12-31` ? 'by 31 December bring' : 'would have brought'} it to{' '}
          {asPublished(furthest.goal.rate)}%
          <Proof letter="B" />.{' '}
        </>
      )}
      {worse.length > 0 &&
        `Worse than ${scope.compare}: ${listed(worse.slice(0, 3))}${worse.length > 3 ? ` and ${worse.length - 3} more` : ''}. `}
      {scope.mode === 'identified' && (
        <>
          Whoever has a gap overdue, or due first, heads the list
          <Proof letter="F" />.
        </>
      )}
    </Answer>
  );
}
