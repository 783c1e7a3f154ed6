import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { riskQuery } from '../../api/risk.ts';
import { Head } from '../../components/answer.tsx';
import { Skeleton, Waiting } from '../../components/states.tsx';
import { Nothing } from '../../shell/nothing.tsx';
import { ScopeFilters } from '../../shell/scope-filters.tsx';
import { useScope } from '../../state/use-scope.ts';
import { RiskAnswer } from './risk-answer.tsx';
import { usePlan } from './use-plan.ts';

const Figures = lazy(() => import('./figures.tsx'));

/** Who should be called next: the predicted risk of a cohort, and how far the hours of a team reach. */
export function RiskPage() {
  const { where, mode } = useScope();
  const risk = useQuery(riskQuery({ where, mode }));
  const { answer: plan } = usePlan();
  return (
    <>
      <Head title="Risk" question="Who should the team call next, and how many can it handle?">
        {risk.data && plan.data ? (
          <RiskAnswer risk={risk.data} plan={plan.data} />
        ) : (
          <Waiting on={[risk, plan]} lines={2} />
        )}
        <ScopeFilters />
      </Head>
      {risk.data?.persons === 0 && <Nothing of="people" />}
      {risk.data && risk.data.persons !== 0 && plan.data && (
        <Suspense fallback={<Skeleton lines={16} />}>
          <Figures risk={risk.data} plan={plan.data} />
        </Suspense>
      )}
    </>
  );
}
