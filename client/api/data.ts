import { queryOptions } from '@tanstack/react-query';
import type { Mode } from '#contract/result';
import { RiskAdjustment } from '#contract/risk-adjustment';
import { Accounting, Completion, Freshness, Lineage, Quality, Runs } from '#contract/run';
import { SnapshotFile } from '#contract/snapshot-file';
import { call } from './call.ts';

export const runsQuery = () =>
  queryOptions({ queryKey: ['runs'], queryFn: ({ signal }) => call('GET /api/runs', Runs, { signal }) });

export const qualityQuery = (mode: Mode) =>
  queryOptions({
    queryKey: ['quality', mode],
    queryFn: ({ signal }) => call('GET /api/quality', Quality, { query: { mode }, signal }),
  });

export const freshnessQuery = () =>
  queryOptions({ queryKey: ['freshness'], queryFn: ({ signal }) => call('GET /api/freshness', Freshness, { signal }) });

export const completionQuery = () =>
  queryOptions({
    queryKey: ['completion'],
    queryFn: ({ signal }) => call('GET /api/completion', Completion, { signal }),
  });

export const accountingQuery = () =>
  queryOptions({
    queryKey: ['reconciliation'],
    queryFn: ({ signal }) => call('GET /api/reconciliation', Accounting, { signal }),
  });

export const lineageQuery = () =>
  queryOptions({ queryKey: ['lineage'], queryFn: ({ signal }) => call('GET /api/lineage', Lineage, { signal }) });

export const riskAdjustmentQuery = () =>
  queryOptions({
    queryKey: ['risk-adjustment'],
    queryFn: ({ signal }) => call('GET /api/risk-adjustment', RiskAdjustment, { signal }),
  });

export const snapshotFileQuery = (mode: Mode) =>
  queryOptions({
    queryKey: ['snapshot', mode],
    queryFn: ({ signal }) => call('GET /api/snapshot', SnapshotFile, { query: { mode }, signal }),
  });
