import '@fontsource/ibm-plex-sans/latin-400.css';
import '@fontsource/ibm-plex-sans/latin-500.css';
import '@fontsource/ibm-plex-sans/latin-600.css';
import '@fontsource/ibm-plex-sans-condensed/latin-400.css';
import '@fontsource/ibm-plex-sans-condensed/latin-500.css';
import '@fontsource/ibm-plex-sans-condensed/latin-600.css';
import '@fontsource/ibm-plex-serif/latin-400.css';
import '@fontsource/ibm-plex-serif/latin-600.css';
import './styles/tokens.css';
import './charts/plot.css';
import './styles/base.css';
import './styles/frame.css';
import './styles/figure.css';
import './styles/table.css';
import './styles/ledger.css';
import './styles/dialog.css';
import './styles/page.css';
import './styles/cohorts.css';
import './styles/explore.css';
import './styles/print.css';
import './styles/pack.css';
import './styles/guide.css';
import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { createRoot } from 'react-dom/client';
import { RequestFailed } from './api/request.ts';
import { createAppRouter } from './router.tsx';
import { applyTheme } from './state/theme.ts';

const isTransient = (error: Error) =>
  error instanceof RequestFailed && (error.code === 'unreachable' || error.code === 'unavailable');

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 300_000,
      refetchOnWindowFocus: false,
      retry: (failures, error) => failures < 2 && isTransient(error),
    },
  },
  queryCache: new QueryCache({
    onError: (error) => {
      if (error instanceof RequestFailed && error.code === 'unauthenticated' && queries.getQueryData(['session']))
        signInAgain();
    },
  }),
});

const router = createAppRouter(queries);

/** The session ended while the page was open. */
function signInAgain() {
  queries.clear();
  router.invalidate();
}

applyTheme();
createRoot(document.getElementById('root') ?? document.body).render(
  <QueryClientProvider client={queries}>
    <RouterProvider router={router} />
  </QueryClientProvider>,
);
