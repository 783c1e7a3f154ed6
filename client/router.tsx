import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
  retainSearchParams,
} from '@tanstack/react-router';
import { z } from 'zod';
import { catalogueQuery } from './api/catalogue.ts';
import { RequestFailed } from './api/request.ts';
import { sessionQuery } from './api/session.ts';
import { NotFound } from './components/not-found.tsx';
import { Failed } from './components/states.tsx';
import { ClaimSearch } from './pages/claim/search.ts';
import { BuilderSearch, CohortSearch, ExploreSearch } from './pages/cohorts/search.ts';
import { DataSearch } from './pages/data/search.ts';
import { GapsSearch } from './pages/gaps/search.ts';
import { WorklistSearch } from './pages/gaps/worklist-search.ts';
import { OverviewSearch } from './pages/overview/search.ts';
import { PackSearch } from './pages/pack/search.ts';
import { PatientsSearch } from './pages/patients/search.ts';
import { PersonSearch } from './pages/person/search.ts';
import { ProviderSearch, ProvidersSearch } from './pages/providers/search.ts';
import { QualityScoreSearch } from './pages/quality-score/search.ts';
import { ReadmissionsSearch } from './pages/readmissions/search.ts';
import { RiskSearch } from './pages/risk/search.ts';
import { RowsSearch } from './pages/rows/search.ts';
import { UtilizationSearch } from './pages/utilization/search.ts';
import { Shell } from './shell/shell.tsx';
import { SCOPE_THAT_FOLLOWS, ScopeSearch } from './state/scope.ts';
import { formatAddress, parseAddress, readSearch, type SearchSchema } from './state/search.ts';

/** The part of the address that a schema describes. */
const state =
  <S extends SearchSchema>(schema: S) =>
  (search: Record<string, unknown>): z.output<S> =>
    readSearch(schema, search).state;

const root = createRootRouteWithContext<{ queries: QueryClient }>()({
  component: Outlet,
  errorComponent: Failed,
  notFoundComponent: NotFound,
});

const SignInSearch = z.object({
  onward: z
    .string()
    .regex(/^\/(?!\/)/)
    .optional(),
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: state(SignInSearch),
  component: lazyRouteComponent(() => import('./pages/sign-in/sign-in.tsx'), 'SignIn'),
  staticData: { search: SignInSearch },
});

const app = createRoute({
  getParentRoute: () => root,
  id: 'app',
  validateSearch: state(ScopeSearch),
  search: { middlewares: [retainSearchParams<ScopeSearch>([...SCOPE_THAT_FOLLOWS])] },
  loader: async ({ context: { queries }, location }) => {
    try {
      const session = await queries.ensureQueryData(sessionQuery());
      if (session.needsAccount) throw redirect({ to: '/sign-in' });
      await queries.ensureQueryData(catalogueQuery());
    } catch (cause) {
      if (cause instanceof RequestFailed && cause.code === 'unauthenticated')
        throw redirect({ to: '/sign-in', search: { onward: location.href } });
      throw cause;
    }
  },
  component: Shell,
  errorComponent: Failed,
  staticData: { search: ScopeSearch },
});

const pages = [
  createRoute({
    getParentRoute: () => app,
    path: '/',
    validateSearch: state(OverviewSearch),
    component: lazyRouteComponent(() => import('./pages/overview/overview.tsx'), 'Overview'),
    staticData: { search: OverviewSearch, scoped: true },
  }),
  createRoute({
    getParentRoute: () => app,
    path: '/readmissions',
    validateSearch: state(ReadmissionsSearch),
    component: lazyRouteComponent(() => import('./pages/readmissions/readmissions.tsx'), 'Readmissions'),
    staticData: { search: ReadmissionsSearch, scoped: true },
  }),
  createRoute({
    getParentRoute: () => app,
    path: '/gaps',
    validateSearch: state(GapsSearch),
    component: lazyRouteComponent(() => import('./pages/gaps/gaps.tsx'), 'Gaps'),
    staticData: { search: GapsSearch, scoped: true },
  }),
  createRoute({
    getParentRoute: () => app,
    path: '/gaps/worklist',
    validateSearch: state(WorklistSearch),
    component: lazyRouteComponent(() => import('./pages/gaps/worklist-page.tsx'), 'WorklistPage'),
    staticData: { search: WorklistSearch, scoped: true },
  }),
  createRoute({
    getParentRoute: () => app,
    path: '/quality-score',
    validateSearch: state(QualityScoreSearch),
    component: lazyRouteComponent(() => import('./pages/quality-score/quality-score.tsx'), 'QualityScorePage'),
    staticData: { search: QualityScoreSearch, scoped: true },
  }),
  createRoute({
    getParentRoute: () => app,
    path: '/utilization',
    validateSearch: state(UtilizationSearch),
    component: lazyRouteComponent(() => import('./pages/utilization/utilization.tsx'), 'Utilization'),
    staticData: { search: UtilizationSearch, scoped: true },
  }),
  createRoute({
    getParentRoute: () => app,
    path: '/risk',
    validateSearch: state(RiskSearch),
    component: lazyRouteComponent(() => import('./pages/risk/risk.tsx'), 'RiskPage'),
    staticData: { search: RiskSearch, scoped: true },
  }),
  createRoute({
    getParentRoute: () => app,
    path: '/providers',
    validateSearch: state(ProvidersSearch),
    component: lazyRouteComponent(() => import('./pages/providers/providers.tsx'), 'ProvidersPage'),
    staticData: { search: ProvidersSearch, scoped: true },
  }),
  createRoute({
    getParentRoute: () => app,
    path: '/providers/$id',
    validateSearch: state(ProviderSearch),
    component: lazyRouteComponent(() => import('./pages/providers/provider.tsx'), 'ProviderPage'),
    staticData: { search: ProviderSearch, scoped: true },
  }),
  createRoute({
    getParentRoute: () => app,
    path: '/rows/$metric',
    validateSearch: state(RowsSearch),
    component: lazyRouteComponent(() => import('./pages/rows/rows.tsx'), 'Rows'),
    staticData: { search: RowsSearch, scoped: true },
  }),
  createRoute({
    getParentRoute: () => app,
    path: '/patients',
    validateSearch: state(PatientsSearch),
    component: lazyRouteComponent(() => import('./pages/patients/patients.tsx'), 'Patients'),
    staticData: { search: PatientsSearch, scoped: true },
  }),
  createRoute({
    getParentRoute: () => app,
    path: '/patients/$key',
    validateSearch: state(PersonSearch),
    component: lazyRouteComponent(() => import('./pages/person/person.tsx'), 'Person'),
    staticData: { search: PersonSearch },
  }),
  createRoute({
    getParentRoute: () => app,
    path: '/claims/$id',
    validateSearch: state(ClaimSearch),
    component: lazyRouteComponent(() => import('./pages/claim/claim.tsx'), 'ClaimPage'),
    staticData: { search: ClaimSearch },
  }),
  createRoute({
    getParentRoute: () => app,
    path: '/cohorts',
    component: lazyRouteComponent(() => import('./pages/cohorts/cohorts.tsx'), 'Cohorts'),
  }),
  createRoute({
    getParentRoute: () => app,
    path: '/cohorts/build',
    validateSearch: state(BuilderSearch),
    component: lazyRouteComponent(() => import('./pages/cohorts/builder.tsx'), 'Builder'),
    staticData: { search: BuilderSearch },
  }),
  createRoute({
    getParentRoute: () => app,
    path: '/cohorts/explore',
    validateSearch: state(ExploreSearch),
    component: lazyRouteComponent(() => import('./pages/cohorts/explore.tsx'), 'Explore'),
    staticData: { search: ExploreSearch, scoped: true },
  }),
  createRoute({
    getParentRoute: () => app,
    path: '/cohorts/$id',
    validateSearch: state(CohortSearch),
    component: lazyRouteComponent(() => import('./pages/cohorts/cohort.tsx'), 'CohortPage'),
    staticData: { search: CohortSearch },
  }),
  createRoute({
    getParentRoute: () => app,
    path: '/data',
    validateSearch: state(DataSearch),
    component: lazyRouteComponent(() => import('./pages/data/data.tsx'), 'Data'),
    staticData: { search: DataSearch },
  }),
  createRoute({
    getParentRoute: () => app,
    path: '/pack',
    validateSearch: state(PackSearch),
    component: lazyRouteComponent(() => import('./pages/pack/pack.tsx'), 'Pack'),
    staticData: { search: PackSearch, scoped: true, shareable: true },
  }),
  createRoute({
    getParentRoute: () => app,
    path: '/data/open',
    component: lazyRouteComponent(() => import('./pages/open-snapshot/open-snapshot.tsx'), 'OpenSnapshot'),
  }),
  createRoute({
    getParentRoute: () => app,
    path: '/measures',
    component: lazyRouteComponent(() => import('./pages/measures/measures.tsx'), 'Measures'),
  }),
  createRoute({
    getParentRoute: () => app,
    path: '/measures/$id',
    component: lazyRouteComponent(() => import('./pages/measure/measure.tsx'), 'MeasurePage'),
    staticData: { scoped: true },
  }),
] as const;

export const createAppRouter = (queries: QueryClient) =>
  createRouter({
    routeTree: root.addChildren([signIn, app.addChildren(pages)]),
    context: { queries },
    parseSearch: parseAddress,
    stringifySearch: formatAddress,
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    scrollRestoration: true,
  });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
  interface StaticDataRouteOption {
    /** The fields of the address that this route reads. */
    search?: SearchSchema;
    /** Cohort, period and filters apply to this page. */
    scoped?: boolean;
    /** Whoever opens it and whatever the address says, it shows shareable numbers only. */
    shareable?: boolean;
  }
}
