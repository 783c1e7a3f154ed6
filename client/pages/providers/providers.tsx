import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { lawOf } from '#contract/metric';
import { providersQuery } from '../../api/providers.ts';
import { Head } from '../../components/answer.tsx';
import { Message, Skeleton, Waiting } from '../../components/states.tsx';
import { ScopeFilters } from '../../shell/scope-filters.tsx';
import { useCatalogue, useScope } from '../../state/use-scope.ts';
import { Choice } from './choice.tsx';
import { ProvidersAnswer } from './providers-answer.tsx';
import { metricsBy, unitNoun } from './units.ts';

const Figures = lazy(() => import('./figures.tsx'));

const USUAL = 'readmission-30-day';

/** Practices, and practitioners, against the limits of chance; whom they look after; who came, went and stayed. */
export function ProvidersPage() {
  const { mode } = useScope();
  const search = useSearch({ from: '/app/providers' });
  const catalogue = useCatalogue();
  const metrics = metricsBy(catalogue.metrics, 'practice').filter((metric) => lawOf(metric) !== null);
  const selected = [search.metric, USUAL, metrics[0]?.id].flatMap(
    (wanted) => metrics.find(({ id }) => id === wanted) ?? [],
  )[0];
  const unit = search.unit && selected?.dimensions.includes(search.unit) ? search.unit : 'practice';
  const answer = useQuery(providersQuery({ mode, assessment: search.assessment }));
  const isEmpty = catalogue.dimensions.every(({ id, values }) => id !== 'practice' || values.length === 0);
  return (
    <>
      <Head title="Providers" question={`Which ${unitNoun[unit].many} differ beyond chance, and is attribution right?`}>
        {isEmpty ? (
          <Message title="No data">
            <p>Nobody is attributed to a practice, and no visit or claim tells of one.</p>
          </Message>
        ) : !answer.data ? (
          <Waiting on={[answer]} lines={2} />
        ) : (
          <ProvidersAnswer told={answer.data} metric={selected} unit={unit} />
        )}
        <ScopeFilters />
        {selected && <Choice metric={selected} metrics={metrics} unit={unit} />}
      </Head>
      {answer.data && !isEmpty && (
        <Suspense fallback={<Skeleton lines={16} />}>
          <Figures selected={selected} unit={unit} told={answer.data} />
        </Suspense>
      )}
    </>
  );
}
