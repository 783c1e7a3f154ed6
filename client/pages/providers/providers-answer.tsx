import type { ServedMetric } from '#contract/metric';
import type { Providers } from '#contract/providers';
import { Answer, Proof } from '../../components/answer.tsx';
import { Waiting } from '../../components/states.tsx';
import { inSentence, inWords, noun, plural, spelled } from '../../format/noun.ts';
import { useScope } from '../../state/use-scope.ts';
import { tellingOf } from '../../statistics/reliability.ts';
import { type Unit, unitNoun } from './units.ts';
import { useComparison } from './use-comparison.ts';

interface AnswerProps {
  readonly told: Providers;
  readonly metric: ServedMetric | undefined;
  readonly unit: Unit;
}

/** Who stands outside on the number chosen, whether that can be told at all, and who is still with the same practice. */
export const ProvidersAnswer = ({ told, metric, unit }: AnswerProps) => (
  <Answer>
    {metric && <Outside metric={metric} unit={unit} />}
    {told.practices.length > 0 ? (
      <Attributed {...told} />
    ) : (
      'By the rules of Medicare nobody has a practice; here each person’s is where most of their primary care was.'
    )}
  </Answer>
);

function Outside({ metric, unit }: { metric: ServedMetric; unit: Unit }) {
  const { query, comparison } = useComparison(metric, unit);
  if (!comparison) return <Waiting on={[query]} lines={1} />;
  const { groups, funnel, reliability } = comparison;
  if (funnel.units.length === 0)
    return (
      <>
        On {inSentence(metric.title)}{' '}
        {groups.length === 0
          ? 'nobody here can be compared'
          : `no ${unitNoun[unit].one} has enough people to be compared`}
        <Proof letter="A" />.{' '}
      </>
    );
  const all = spelled(funnel.units.length, unitNoun[unit]);
  const outside = funnel.units.filter(({ beyond }) => beyond === 99.8).length;
  const stand = `${outside < 2 ? 'stands' : 'stand'} out`;
  const enough = funnel.units.filter(({ n }) => tellingOf(reliability, n) === 'enough to tell apart').length;
  return (
    <>
      On {inSentence(metric.title)}{' '}
      {funnel.tau > 0 ? (
        <>
          the {all} <b>differ more than chance alone allows</b>, and {outside === 0 ? 'none' : inWords(outside)} {stand}{' '}
          even among them
        </>
      ) : (
        <>
          <b>
            {outside === 0 ? 'none' : inWords(outside)} of the {all} {stand}
          </b>{' '}
          beyond chance
        </>
      )}
      <Proof letter="A" />; {enough === 0 ? 'none' : enough === funnel.units.length ? 'all' : inWords(enough)}{' '}
      {enough < 2 ? 'is' : 'are'} large enough to be told from the others
      <Proof letter="B" />.{' '}
    </>
  );
}

const people = noun('person', 'people');

function Attributed({ practices, stability }: Providers) {
  const { mode } = useScope();
  const persons = practices.flatMap(({ persons }) => persons ?? []).reduce((all, one) => all + one, 0);
  const rows = stability?.rows ?? [];
  const before = rows.reduce((all, { persons }) => all + (persons ?? 0), 0);
  const same = rows.find(({ stayed }) => stayed === 'same practice')?.persons ?? null;
  return (
    <>
      {mode === 'shareable' && 'About '}
      <b>{plural(persons, people)}</b> {persons === 1 ? 'has' : 'have'} a practice
      <Proof letter="C" />
      {same !== null && before > 0 && (
        <>
          ; of those of a year before {Math.round((100 * same) / before)}% are still with the same one
          <Proof letter="E" />
        </>
      )}
      .
    </>
  );
}
