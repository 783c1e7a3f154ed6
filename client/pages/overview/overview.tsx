import { lazy, Suspense } from 'react';
import { Head } from '../../components/answer.tsx';
import { Skeleton } from '../../components/states.tsx';
import { Nothing } from '../../shell/nothing.tsx';
import { ScopeFilters } from '../../shell/scope-filters.tsx';
import { useCatalogue } from '../../state/use-scope.ts';
import { isCost, useNobody } from '../standings.ts';
import { Headline } from './headline.tsx';
import { HEADLINES } from './headlines.ts';
import { OverviewAnswer } from './overview-answer.tsx';

/** Words and numbers first: the drawings bring their library with them. */
const Figures = lazy(() => import('./figures.tsx'));

export function Overview() {
  const metrics = useCatalogue().metrics.filter(({ kind }) => kind === 'metric');
  const rank = (id: string) => (HEADLINES.includes(id) ? HEADLINES.indexOf(id) : HEADLINES.length);
  const headlines = metrics.toSorted((a, b) => rank(a.id) - rank(b.id)).slice(0, HEADLINES.length);
  const nobody = useNobody(headlines);
  const cost = metrics.find(isCost);
  return (
    <>
      <Head title="Overview" question="Are we on course for the year, and what changed?">
        {nobody ? <Nothing of="people" /> : <OverviewAnswer headlines={headlines} />}
        <ScopeFilters />
      </Head>
      {!nobody && (
        <>
          <section className="headlines" aria-label="Six figures">
            {headlines.map((metric) => (
              <Headline key={metric.id} metric={metric} />
            ))}
          </section>
          <p className="footnote">
            Lines: the months to the end of the period, then hollow months whose claims are still arriving. Dashed: the
            comparator named under the line. Diamond: outside its control limits.
          </p>
          <Suspense fallback={<Skeleton lines={12} />}>
            <Figures cost={cost} />
          </Suspense>
        </>
      )}
    </>
  );
}
