import { useSearch } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { Head } from '../../components/answer.tsx';
import { Message, Skeleton, Suppressed } from '../../components/states.tsx';
import { Nothing } from '../../shell/nothing.tsx';
import { ScopeFilters } from '../../shell/scope-filters.tsx';
import { useCatalogue } from '../../state/use-scope.ts';
import { useHidden, useNobody } from '../standings.ts';
import { GapsAnswer } from './gaps-answer.tsx';
import { inProgramFirst } from './program.ts';
import { useFurthestId } from './use-furthest.ts';

const Figures = lazy(() => import('./figures.tsx'));

export function Gaps() {
  const { metrics, programs, period } = useCatalogue();
  const search = useSearch({ from: '/app/gaps' });
  const measures = inProgramFirst(
    metrics.filter(({ kind }) => kind === 'measure'),
    programs,
    period,
  );
  const furthest = useFurthestId(measures);
  const [selected] = [search.measure, furthest, measures[0]?.id].flatMap(
    (wanted) => measures.find(({ id }) => id === wanted) ?? [],
  );
  const nobody = useNobody(measures);
  const hidden = useHidden(measures);
  const question = 'Which measures leave people without care they are due?';
  if (!selected)
    return (
      <Head title="Care gaps" question={question}>
        <Message title="No data">
          <p>This snapshot has no quality measures for {period}.</p>
        </Message>
      </Head>
    );
  return (
    <>
      <Head title="Care gaps" question={question}>
        {nobody ? (
          <Nothing of="people whom a measure applies to" />
        ) : hidden ? (
          <Suppressed />
        ) : (
          <GapsAnswer measures={measures} />
        )}
        <ScopeFilters />
      </Head>
      {!nobody && !hidden && (
        <Suspense fallback={<Skeleton lines={16} />}>
          {furthest === undefined ? <Skeleton lines={16} /> : <Figures measures={measures} selected={selected} />}
        </Suspense>
      )}
    </>
  );
}
