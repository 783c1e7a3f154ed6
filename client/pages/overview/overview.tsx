import { Link, useSearch } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { Head } from '../../components/answer.tsx';
import { Skeleton, Suppressed } from '../../components/states.tsx';
import { Nothing } from '../../shell/nothing.tsx';
import { ScopeFilters } from '../../shell/scope-filters.tsx';
import { useCatalogue } from '../../state/use-scope.ts';
import { isCost, useHidden, useNobody } from '../standings.ts';
import { Headline } from './headline.tsx';
import { HEADLINES, ROLES } from './headlines.ts';
import { OverviewAnswer } from './overview-answer.tsx';

/** Words and numbers first: the drawings bring their library with them. */
const Figures = lazy(() => import('./figures.tsx'));

export function Overview() {
  const metrics = useCatalogue().metrics.filter(({ kind }) => kind === 'metric');
  const { role } = useSearch({ from: '/app/' });
  const wanted: readonly string[] = ROLES.find(({ id }) => id === role)?.headlines ?? HEADLINES;
  const rank = (id: string) => (wanted.includes(id) ? wanted.indexOf(id) : wanted.length);
  const headlines = metrics.toSorted((a, b) => rank(a.id) - rank(b.id)).slice(0, HEADLINES.length);
  const nobody = useNobody(headlines);
  const hidden = useHidden(headlines);
  const cost = metrics.find(isCost);
  return (
    <>
      <Head title="Overview" question="Are we on course for the year, and what changed?">
        {nobody ? <Nothing of="people" /> : hidden ? <Suppressed /> : <OverviewAnswer headlines={headlines} />}
        <ScopeFilters />
      </Head>
      {!nobody && !hidden && (
        <>
          <nav className="parts" aria-label="Figures for">
            {ROLES.map(({ id, label }) => (
              <Link
                key={label}
                to="."
                search={(search) => ({ ...search, role: id })}
                resetScroll={false}
                activeOptions={{ exact: true }}
                aria-current={role === id ? 'page' : undefined}
              >
                {label}
              </Link>
            ))}
          </nav>
          <section className="headlines" aria-label="Six figures">
            {headlines.map((metric) => (
              <Headline key={metric.id} metric={metric} />
            ))}
          </section>
          <p className="footnote">
            Lines: the months to the end of the period, then hollow months whose claims are still arriving. Dashed: the
            comparator named under the line. Diamond: outside its control limits. Dotted upright: something changed,
            named on the number’s own page.
          </p>
          <Suspense fallback={<Skeleton lines={12} />}>
            <Figures cost={cost} />
          </Suspense>
        </>
      )}
    </>
  );
}
