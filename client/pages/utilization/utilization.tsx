import { useSearch } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { Head } from '../../components/answer.tsx';
import { Message, Skeleton, Suppressed } from '../../components/states.tsx';
import { byTopic } from '../../format/label.ts';
import { Nothing } from '../../shell/nothing.tsx';
import { ScopeFilters } from '../../shell/scope-filters.tsx';
import { useCatalogue } from '../../state/use-scope.ts';
import { isCost, useHidden, useNobody } from '../standings.ts';
import { UtilizationAnswer } from './utilization-answer.tsx';

const Figures = lazy(() => import('./figures.tsx'));

export function Utilization() {
  const search = useSearch({ from: '/app/utilization' });
  const metrics = byTopic(
    useCatalogue()
      .metrics.filter(({ kind, unit }) => kind === 'metric' && unit !== 'percent')
      .toSorted((a, b) => Number(isCost(b)) - Number(isCost(a))),
  );
  const cost = metrics.find(isCost);
  const chosen = metrics.find(({ id }) => id === search.metric) ?? cost ?? metrics[0];
  const nobody = useNobody(metrics);
  const hidden = useHidden(metrics);
  const question = 'What drives use and spending?';
  if (!chosen)
    return (
      <Head title="Use and cost" question={question}>
        <Message title="No data">
          <p>This snapshot has no measures of use or cost.</p>
        </Message>
      </Head>
    );
  return (
    <>
      <Head title="Use and cost" question={question}>
        {nobody ? <Nothing of="use or cost" /> : hidden ? <Suppressed /> : <UtilizationAnswer metrics={metrics} />}
        <ScopeFilters />
      </Head>
      {!nobody && !hidden && (
        <Suspense fallback={<Skeleton lines={16} />}>
          <Figures metrics={metrics} chosen={chosen} cost={cost} />
        </Suspense>
      )}
    </>
  );
}
