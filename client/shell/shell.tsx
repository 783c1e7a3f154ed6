import { useQueryClient } from '@tanstack/react-query';
import { Outlet, useLocation, useMatches, useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { day, months } from '../format/date.ts';
import { SUPPRESSION } from '../format/number.ts';
import { readSearch } from '../state/search.ts';
import { wantsTour } from '../state/tour.ts';
import { useBusy } from '../state/use-busy.ts';
import { useCatalogue, useScope } from '../state/use-scope.ts';
import { Bar } from './bar.tsx';
import { Help } from './help.tsx';
import { pages } from './pages.tsx';
import { PhoneBar, PhoneTabs } from './phone.tsx';
import { Rail } from './rail.tsx';

const ExplainDrawer = lazy(() => import('./explain.tsx'));
const Tour = lazy(() => import('./tour.tsx'));
const Views = lazy(() => import('./views.tsx'));

/** What surrounds every page. */
export function Shell() {
  const main = useRef<HTMLElement>(null);
  const [helping, setHelping] = useState(false);
  const [viewing, setViewing] = useState(false);
  const { snapshot, synthetic } = useCatalogue();
  const [touring, setTouring] = useState(() => wantsTour(synthetic));
  const queries = useQueryClient();
  const busy = useBusy();
  const { pathname } = useLocation();
  const { explain } = useSearch({ from: '/app' });
  useKeys(() => setHelping(true));

  const seen = useRef({ snapshot, pathname });
  useEffect(() => {
    if (seen.current.snapshot !== snapshot)
      queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'catalogue' });
    if (seen.current.pathname !== pathname) main.current?.focus({ preventScroll: true });
    seen.current = { snapshot, pathname };
  }, [snapshot, pathname, queries]);

  return (
    <>
      <a className="skip" href="#main">
        Skip to content
      </a>
      <Rail />
      <div className="shell">
        <PhoneBar />
        <Bar onHelp={() => setHelping(true)} onViews={() => setViewing(true)} />
        <main id="main" ref={main} tabIndex={-1} aria-busy={busy}>
          <Ignored />
          <Outlet />
          <Colophon />
        </main>
      </div>
      <PhoneTabs onHelp={() => setHelping(true)} onViews={() => setViewing(true)} />
      {explain && (
        <Suspense>
          <ExplainDrawer id={explain} />
        </Suspense>
      )}
      {viewing && (
        <Suspense>
          <Views onClose={() => setViewing(false)} />
        </Suspense>
      )}
      {touring && (
        <Suspense>
          <Tour onClose={() => setTouring(false)} />
        </Suspense>
      )}
      {helping && (
        <Help
          onClose={() => setHelping(false)}
          onTour={() => {
            setHelping(false);
            setTouring(true);
          }}
        />
      )}
    </>
  );
}

/** Words of the link that the page was opened with and that mean nothing here. */
function Ignored() {
  const matches = useMatches();
  const { pathname } = useLocation();
  const [arrival] = useState(() => ({
    pathname,
    address: Object.fromEntries(new URLSearchParams(window.location.search)),
  }));
  const [dismissed, setDismissed] = useState(false);
  if (dismissed || pathname !== arrival.pathname) return null;
  const ignored = matches
    .flatMap(({ staticData: { search } }) => (search ? [readSearch(search, arrival.address).ignored] : []))
    .reduce((kept, names) => kept.filter((name) => names.includes(name)), Object.keys(arrival.address));
  if (ignored.length === 0) return null;
  return (
    <p className="notice" role="status">
      This link also says {ignored.join(', ')}, which this page does not understand. It was left out.
      <button type="button" className="link" onClick={() => setDismissed(true)}>
        Dismiss
      </button>
    </p>
  );
}

/** What a printed page says about itself: whom, when, from what, and who may see it. */
function Colophon() {
  const { dataThrough, runId, synthetic, caveats } = useCatalogue();
  const { cohort, months: period, compare, chosen, mode } = useScope();
  return (
    <p className="colophon">
      {cohort?.title ?? 'Everyone'}, {months(period.from, period.to)}, against {compare}
      {Object.keys(chosen).length > 0 && ', filtered as above'}. Data through {day(dataThrough)}, run {runId}
      {synthetic && ', sample data, made up'}.{' '}
      {mode === 'identified' ? 'Identified: not for sharing.' : `Shareable. Hidden: ${SUPPRESSION}.`}{' '}
      {caveats.map(({ sentence }) => sentence).join(' ')}
    </p>
  );
}

/** `?` help, `/` people, `g` and a letter for a page. Keys typed into a field are left alone. */
function useKeys(onHelp: () => void) {
  const navigate = useNavigate();
  const went = useRef(0);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const inField = event.target instanceof Element && event.target.closest('input, select, textarea, dialog');
      if (inField || event.ctrlKey || event.metaKey || event.altKey) return;
      const page = performance.now() - went.current < 1000 && pages.find(({ key }) => key === event.key);
      went.current = event.key === 'g' ? performance.now() : 0;
      if (page) navigate(page.link);
      else if (event.key === '?') onHelp();
      else if (event.key === '/') navigate({ to: '/patients', hash: 'search' });
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [navigate, onHelp]);
}
