import { queryOptions } from '@tanstack/react-query';
import type { Mode } from '#contract/result';
import { RiskAdjustment } from '#contract/risk-adjustment';
import { Accounting, Completion, Freshness, Lineage, Quality, Runs } from '#contract/run';
import { ask } from './request.ts';

export const runsQuery = () =>
  queryOptions({ queryKey: ['runs'], queryFn: ({ signal }) => ask(Runs, '/api/runs', { signal }) });

export const qualityQuery = (mode: Mode) =>
  queryOptions({
    queryKey: ['quality', mode],
    queryFn: ({ signal }) => ask(Quality, '/api/quality', { query: { mode }, signal }),
  });

export const freshnessQuery = () =>
  queryOptions({ queryKey: ['freshness'], queryFn: ({ signal }) => ask(Freshness, '/api/freshness', { signal }) });

export const completionQuery = () =>
  queryOptions({ queryKey: ['completion'], queryFn: ({ signal }) => ask(Completion, '/api/completion', { signal }) });

export const accountingQuery = () =>
  queryOptions({
    queryKey: ['reconciliation'],
    queryFn: ({ signal }) => ask(Accounting, '/api/reconciliation', { signal }),
  });

export const lineageQuery = () =>
  queryOptions({ queryKey: ['lineage'], queryFn: ({ signal }) => ask(Lineage, '/api/lineage', { signal }) });

export const riskAdjustmentQuery = () =>
  queryOptions({
    queryKey: ['risk-adjustment'],
    queryFn: ({ signal }) => ask(RiskAdjustment, '/api/risk-adjustment', { signal }),
  });
