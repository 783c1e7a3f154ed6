import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { Candidates, type CandidatesQuery, Plan, type PlanQuery, Risk, type RiskQuery } from '#contract/risk';
import { ask } from './request.ts';

export const riskQuery = (asked: RiskQuery) =>
  queryOptions({
    queryKey: ['risk', asked],
    queryFn: ({ signal }) => ask(Risk, '/api/risk', { query: asked, signal }),
    placeholderData: keepPreviousData,
  });

export const planQuery = (asked: PlanQuery) =>
  queryOptions({
    queryKey: ['risk plan', asked],
    queryFn: ({ signal }) => ask(Plan, '/api/risk/plan', { query: asked, signal }),
    placeholderData: keepPreviousData,
  });

export const candidatesQuery = (asked: CandidatesQuery) =>
  queryOptions({
    queryKey: ['candidates', asked],
    queryFn: ({ signal }) => ask(Candidates, '/api/risk/candidates', { query: asked, signal }),
    placeholderData: keepPreviousData,
  });
