import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { Candidates, type CandidatesQuery, Plan, type PlanQuery, Risk, type RiskQuery } from '#contract/risk';
import { call } from './call.ts';

export const riskQuery = (asked: RiskQuery) =>
  queryOptions({
    queryKey: ['risk', asked],
    queryFn: ({ signal }) => call('GET /api/risk', Risk, { query: asked, signal }),
    placeholderData: keepPreviousData,
  });

export const planQuery = (asked: PlanQuery) =>
  queryOptions({
    queryKey: ['risk plan', asked],
    queryFn: ({ signal }) => call('GET /api/risk/plan', Plan, { query: asked, signal }),
    placeholderData: keepPreviousData,
  });

export const candidatesQuery = (asked: CandidatesQuery) =>
  queryOptions({
    queryKey: ['candidates', asked],
    queryFn: ({ signal }) => call('GET /api/risk/candidates', Candidates, { query: asked, signal }),
    placeholderData: keepPreviousData,
  });
