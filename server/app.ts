import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { constants } from 'node:zlib';
import compression from 'compression';
import express, { type Express, Router } from 'express';
import type { Access } from './access/sign-in.ts';
import { longLists } from './export/lists.ts';
import { sweepExports } from './export/parquet.ts';
import { tableLists } from './export/tables.ts';
import { Refusal } from './http/error.ts';
import { securityHeaders } from './http/headers.ts';
import { answerErrors, type Fault, identifyRequest, mountApi, neverStore } from './http/mount.ts';
import type { Route } from './http/route.ts';
import { annotationRoutes } from './routes/annotations.ts';
import { attributionRoutes } from './routes/attribution.ts';
import { catalogueRoutes } from './routes/catalogue.ts';
import { claimRoutes } from './routes/claims.ts';
import { cohortRoutes, whereOf } from './routes/cohorts.ts';
import { crossfilterRoutes } from './routes/crossfilter.ts';
import { explainRoutes } from './routes/explain.ts';
import { exportRoutes, withFiles } from './routes/export.ts';
import { freshnessRoutes } from './routes/freshness.ts';
import { gapClosureRoutes } from './routes/gap-closures.ts';
import { gapRoutes } from './routes/gaps.ts';
import { hccRoutes } from './routes/hcc.ts';
import { healthRoutes } from './routes/health.ts';
import { identityRoutes } from './routes/identity.ts';
import { lineageRoutes } from './routes/lineage.ts';
import { metricRoutes } from './routes/metrics.ts';
import { openapiRoutes } from './routes/openapi.ts';
import { patientRoutes } from './routes/patients.ts';
import { providerRoutes } from './routes/providers.ts';
import { qualityRoutes } from './routes/quality.ts';
import { reconciliationRoutes } from './routes/reconciliation.ts';
import { riskRoutes } from './routes/risk.ts';
import { riskAdjustmentRoutes } from './routes/risk-adjustment.ts';
import { ruleEffectRoutes } from './routes/rule-effect.ts';
import { runRoutes } from './routes/runs.ts';
import { sessionRoutes } from './routes/session.ts';
import { snapshotRoutes } from './routes/snapshot.ts';
import { targetRoutes } from './routes/targets.ts';
import { viewRoutes } from './routes/views.ts';
import type { AppDatabase } from './store/app-database.ts';
import { recordView } from './store/audit.ts';
import { expandWhere } from './store/cohort-names.ts';
import type { Snapshots } from './store/snapshot.ts';

/** Who asks waits for the compression, so it is the quickest of each kind. */
const FAST = { level: 1, brotli: { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } } };

export interface Dependencies {
  readonly home: string;
  readonly snapshots: Snapshots;
  readonly database: AppDatabase;
  readonly access: Access;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** The built client; without it only the API answers. */
  readonly clientDir?: string;
  /** The server speaks TLS. */
  readonly secure: boolean;
  readonly report: (fault: Fault) => void;
}

/** Every address of the API with its policy. */
export function routesOf({ home, snapshots, database, access, clock, secure }: Dependencies): Route[] {
  const routes = [
    ...healthRoutes(snapshots),
    ...sessionRoutes(access, snapshots, secure),
    ...catalogueRoutes(database),
    ...metricRoutes(),
    ...explainRoutes(home),
    ...ruleEffectRoutes(),
    ...cohortRoutes(database, clock),
    ...crossfilterRoutes(),
    ...targetRoutes(database, clock),
    ...annotationRoutes(database, clock),
    ...viewRoutes(database, clock),
    ...gapRoutes(database),
    ...gapClosureRoutes(database, home, clock),
    ...patientRoutes(),
    ...claimRoutes(home),
    ...riskRoutes(),
    ...riskAdjustmentRoutes(),
    ...hccRoutes(),
    ...runRoutes(home),
    ...qualityRoutes(home),
    ...identityRoutes(),
    ...attributionRoutes(),
    ...providerRoutes(),
    ...freshnessRoutes(),
    ...reconciliationRoutes(),
    ...lineageRoutes(),
    ...snapshotRoutes(),
  ];
  const making = { home, clock };
  const lists = [...longLists(database), ...tableLists(routes)];
  const all = [...withFiles(routes, lists, making), ...exportRoutes(lists, making)];
  return [...all, ...openapiRoutes(all)];
}

/** The application; whoever calls it listens, and closes what it was given. */
export function createApp(dependencies: Dependencies): Express {
  const { home, snapshots, database, access, clock, clientDir, secure, report } = dependencies;
  sweepExports(home);
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(identifyRequest, securityHeaders(secure), compression(FAST));
  app.use('/api', neverStore);
  app.use(
    mountApi(routesOf(dependencies), {
      access,
      snapshots,
      secure,
      clock,
      expandCohorts: (where) => expandWhere(where, whereOf(database, snapshots.current)),
      record: (view) => recordView(database, view),
      report,
    }),
  );
  if (clientDir && existsSync(clientDir)) app.use(client(clientDir));
  app.use(() => {
    throw new Refusal('not_found', 'there is no such address');
  });
  app.use(answerErrors(report));
  return app;
}

/** Files with a hash in their name are kept for ever; every other address is the one page, which is never kept. */
function client(directory: string): Router {
  const router = Router();
  router.use(
    '/assets',
    express.static(join(directory, 'assets'), { immutable: true, maxAge: '365d', fallthrough: false }),
  );
  router.use(neverStore);
  router.use(express.static(directory, { index: false, cacheControl: false }));
  router.get('/{*page}', (request, response, next) => {
    if (request.accepts('html')) response.sendFile('index.html', { root: directory, cacheControl: false });
    else next();
  });
  return router;
}
