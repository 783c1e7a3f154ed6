import type { Plan, Risk } from '#contract/risk';
import { Answer, Proof } from '../../components/answer.tsx';
import { Suppressed } from '../../components/states.tsx';
import { noun, plural } from '../../format/noun.ts';

const person = noun('person', 'people');
const percent = (share: number): string => `${Math.round(100 * share)}%`;

/** How far the hours reach and what they hold; or what the risk goes by where there is no model. */
export function RiskAnswer({ risk, plan }: { risk: Risk; plan: Plan }) {
  if (risk.persons === null || plan.people === null || plan.listed === null) return <Suppressed />;
  if (plan.listed === 0) return <Answer>Nobody here is on the list.</Answer>;
  if (plan.expected === null || plan.expectedOfAll === null)
    return (
      <Answer>
        The hours reach <b>{plural(plan.people, person)}</b> of {plural(plan.listed, person)}. These data have too
        little history for a model of their own, so the risk is told by{' '}
        {risk.bases.some(({ basis }) => basis === 'hcc') ? 'the CMS-HCC score' : 'points, which are no published score'}
        , and nobody can say how many admissions a list holds.
      </Answer>
    );
  return (
    <Answer>
      With room for <b>{plural(plan.people, person)}</b>{' '}
      {plan.cutoff !== null && (
        <>
          the cut-off is <b>{percent(plan.cutoff)}</b>
          <Proof letter="A" /> and{' '}
        </>
      )}
      the list holds <b>{percent(plan.expected / plan.expectedOfAll)} of the admissions expected</b> in the next 12
      months
      <Proof letter="C" />
      {plan.found && plan.found.all > 0 && (
        <>
          ; a year ago the same share of people held {percent(plan.found.admitted / plan.found.all)} of those who were
          then admitted
        </>
      )}
      .
    </Answer>
  );
}
