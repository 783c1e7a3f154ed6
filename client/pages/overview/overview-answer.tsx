import { isInDollars, isRecorded, type ServedMetric } from '#contract/metric';
import { Answer, Proof } from '../../components/answer.tsx';
import { Waiting } from '../../components/states.tsx';
import { inSentence, inWords, listed, noun, sentence, spelled } from '../../format/noun.ts';
import { amount, unitWords } from '../../format/number.ts';
import { useScope } from '../../state/use-scope.ts';
import { compare, type Verdict } from '../../statistics/compare.ts';
import { isCost, type Standing, useStandings } from '../standings.ts';
import { useMeasureMap } from './use-measure-map.ts';

/** Money first, then what is worse, then what is better, then how many are neither. */
export function OverviewAnswer({ headlines }: { headlines: readonly ServedMetric[] }) {
  const { standings, queries } = useStandings(headlines);
  if (!standings) return <Waiting on={queries} lines={2} />;
  return (
    <Answer>
      <Spending standings={standings} />
      <Verdicts standings={standings} />
      <Practices />
    </Answer>
  );
}

function Spending({ standings }: { standings: readonly Standing[] }) {
  const spending = standings.find(({ now }) => isCost(now.metric));
  if (!spending || spending.now.total.value === null || !isRecorded(spending.now.metric)) return null;
  const { metric, total } = spending.now;
  return (
    <>
      Spending is <b>{amount(total.value ?? 0, metric.unit)}</b> {unitWords(metric.unit)}, {spending.comparison.words}
      <Proof letter="A" />.{' '}
    </>
  );
}

const ORDER: readonly Verdict[] = [
  'worse',
  'better',
  'higher',
  'lower',
  'no different',
  'too early to say',
  'too few to say',
  'not recorded',
];

/** "Worse: emergency visits. Better: ..., ...": titles differ in number, so no verb has to agree with them. */
function Verdicts({ standings }: { standings: readonly Standing[] }) {
  return ORDER.map((verdict) => {
    const some = standings.filter(
      (standing) => !isInDollars(standing.now.metric) && standing.comparison.verdict === verdict,
    );
    if (some.length === 0) return null;
    const words = `${sentence(verdict)}: ${listed(some.map(({ now }) => inSentence(now.metric.title)))}`;
    return <span key={verdict}>{verdict === 'worse' ? <b>{words}</b> : words}. </span>;
  });
}

/** How many practices miss anything, by the map of figure B. */
function Practices() {
  const scope = useScope();
  const { rows } = useMeasureMap();
  const practices = new Set(rows?.flatMap(({ cells }) => Object.keys(cells)));
  const missing = [...practices].filter((practice) =>
    rows?.some(({ cells, comparator, metric }) => {
      const cell = cells[practice];
      return cell && compare(cell, comparator, metric).verdict === 'worse';
    }),
  );
  if (practices.size < 2) return null;
  return (
    <>
      {sentence(missing.length === 0 ? 'none' : inWords(missing.length))} of the{' '}
      {spelled(practices.size, noun('practice'))} {missing.length < 2 ? 'is' : 'are'} worse than {scope.compare} on at
      least one measure
      <Proof letter="B" />.
    </>
  );
}
