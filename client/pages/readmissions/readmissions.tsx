import { lazy, Suspense } from 'react';
import type { ServedMetric } from '#contract/metric';
import { Head } from '../../components/answer.tsx';
import { Message, Skeleton } from '../../components/states.tsx';
import { Nothing } from '../../shell/nothing.tsx';
import { ScopeFilters } from '../../shell/scope-filters.tsx';
import { useCatalogue } from '../../state/use-scope.ts';
import { useNobody } from '../standings.ts';
import { ReadmissionStrip } from './readmission-strip.tsx';
import { ReadmissionsAnswer } from './readmissions-answer.tsx';

const Figures = lazy(() => import('./figures.tsx'));

const READMISSION = 'readmission-30-day';

const QUESTION = 'Is unplanned readmission changing, where, and why?';

export function Readmissions() {
  const metric = useCatalogue().metrics.find(({ id }) => id === READMISSION);
  if (metric) return <Answered metric={metric} />;
  return (
    <Head title="Readmissions" question={QUESTION}>
      <Message title="No data">
        <p>This snapshot has no measure of readmission.</p>
      </Message>
    </Head>
  );
}

function Answered({ metric }: { metric: ServedMetric }) {
  const followUps = useCatalogue().metrics.filter(({ kind, id }) => kind === 'metric' && id.startsWith('follow-up-'));
  const nobody = useNobody([metric]);
  return (
    <>
      <Head title="Readmissions" question={QUESTION}>
        {nobody ? <Nothing of="hospital stays" /> : <ReadmissionsAnswer metric={metric} />}
        <ScopeFilters />
      </Head>
      {!nobody && (
        <>
          <ReadmissionStrip metric={metric} followUps={followUps} />
          <Suspense fallback={<Skeleton lines={16} />}>
            <Figures metric={metric} />
          </Suspense>
        </>
      )}
    </>
  );
}
