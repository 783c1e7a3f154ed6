import { queryOptions } from '@tanstack/react-query';
import type { Mode } from '#contract/result';
import { RiskAdjustment } from '#contract/risk-adjustment';
import {
  Accounting,
  Completion,
  FeedFiles,
  type FeedFilesQuery,
  FeedMonths,
  Freshness,
  Lineage,
  Quality,
  QualityHistory,
  Runs,
} from '#contract/run';
import { SnapshotFile } from '#contract/snapshot-file';
import { call } from './call.ts';

export const runsQuery = (mode: Mode) =>
  queryOptions({
    queryKey: ['runs', mode],
    queryFn: ({ signal }) => call('GET /api/runs', Runs, { query: { mode }, signal }),
  });

export const qualityQuery = (mode: Mode) =>
  queryOptions({
    queryKey: ['quality', mode],
    queryFn: ({ signal }) => call('GET /api/quality', Quality, { query: { mode }, signal }),
  });

export const qualityHistoryQuery = (mode: Mode) =>
  queryOptions({
    queryKey: ['quality history', mode],
    queryFn: ({ signal }) => call('GET /api/quality/history', QualityHistory, { query: { mode }, signal }),
  });

export const freshnessQuery = (mode: Mode) =>
  queryOptions({
    queryKey: ['freshness', mode],
    queryFn: ({ signal }) => call('GET /api/freshness', Freshness, { query: { mode }, signal }),
  });

export const feedMonthsQuery = (mode: Mode) =>
  queryOptions({
    queryKey: ['feed months', mode],
    queryFn: ({ signal }) => call('GET /api/freshness/months', FeedMonths, { query: { mode }, signal }),
  });

export const feedFilesQuery = (asked: FeedFilesQuery) =>
  queryOptions({
    queryKey: ['feed files', asked],
    queryFn: ({ signal }) => call('GET /api/freshness/files', FeedFiles, { query: asked, signal }),
  });

export const completionQuery = () =>
  queryOptions({
    queryKey: ['completion'],
    queryFn: ({ signal }) => call('GET /api/completion', Completion, { signal }),
  });

export const accountingQuery = (mode: Mode) =>
  queryOptions({
    queryKey: ['reconciliation', mode],
    queryFn: ({ signal }) => call('GET /api/reconciliation', Accounting, { query: { mode }, signal }),
  });

export const lineageQuery = (mode: Mode) =>
  queryOptions({
    queryKey: ['lineage', mode],
    queryFn: ({ signal }) => call('GET /api/lineage', Lineage, { query: { mode }, signal }),
  });

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
