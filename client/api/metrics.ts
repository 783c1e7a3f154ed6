import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { Concentration } from '#contract/concentration';
import { History } from '#contract/history';
import {
  Choices,
  Explain,
  Met,
  MetricResult,
  type Mode,
  type Part,
  RowsResult,
  type SubjectRow,
} from '#contract/result';
import { RiskModels } from '#contract/risk-model';
import { RuleEffect } from '#contract/rule-effect';
import { Why } from '#contract/why';
import { call } from './call.ts';

/** A question to one metric. `by` holds dimensions, or month, quarter, year, component, exclusion. */
export interface MetricAsked {
  readonly id: string;
  readonly by?: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly where: string;
  /** With by month: months that each stands for, of which it is the last. */
  readonly rolling?: number | undefined;
  readonly mode: Mode;
}

export interface RowsAsked extends Omit<MetricAsked, 'by' | 'rolling'> {
  readonly part: Part;
  readonly component?: string | undefined;
  readonly reason?: string | undefined;
  /** Month by whose end a measure was met. */
  readonly met?: string | undefined;
  readonly limit: number;
  readonly offset: number;
}

const asMetricQuery = ({ id: _, by = [], ...rest }: MetricAsked) => ({ ...rest, by: by.join(',') });
const asRowsQuery = ({ id: _, ...rest }: RowsAsked) => rest;

export const metricQuery = (asked: MetricAsked) =>
  queryOptions({
    queryKey: ['metric', asked.id, asMetricQuery(asked)],
    queryFn: ({ signal }) =>
      call('GET /api/metrics/:id', MetricResult, { params: { id: asked.id }, query: asMetricQuery(asked), signal }),
    placeholderData: keepPreviousData,
  });

export const rowsQuery = (asked: RowsAsked) =>
  queryOptions({
    queryKey: ['rows', asked.id, asRowsQuery(asked)],
    queryFn: ({ signal }) =>
      call('GET /api/metrics/:id/rows', RowsResult, { params: { id: asked.id }, query: asRowsQuery(asked), signal }),
    placeholderData: keepPreviousData,
  });

export const explainQuery = (asked: MetricAsked) =>
  queryOptions({
    queryKey: ['explain', asked.id, asMetricQuery(asked)],
    queryFn: ({ signal }) =>
      call('GET /api/metrics/:id/explain', Explain, { params: { id: asked.id }, query: asMetricQuery(asked), signal }),
    placeholderData: keepPreviousData,
  });

/** Why one row of a metric counts or is left out. */
export const whyQuery = (
  id: string,
  {
    person_id: key,
    subject_id: subject,
    anchor_date: date,
  }: Pick<SubjectRow, 'person_id' | 'subject_id' | 'anchor_date'>,
) =>
  queryOptions({
    queryKey: ['why', id, key, subject, date],
    queryFn: ({ signal }) =>
      call('GET /api/metrics/:id/why/:key/:subject/:date', Why, { params: { id, key, subject, date }, signal }),
  });

export const historyQuery = ({ id, from, to, where, mode }: MetricAsked) =>
  queryOptions({
    queryKey: ['history', id, { from, to, where, mode }],
    queryFn: ({ signal }) =>
      call('GET /api/metrics/:id/history', History, { params: { id }, query: { from, to, where, mode }, signal }),
  });

export const choicesQuery = (asked: MetricAsked) => {
  const { by: _, ...query } = asMetricQuery(asked);
  return queryOptions({
    queryKey: ['choices', asked.id, query],
    queryFn: ({ signal }) => call('GET /api/metrics/:id/choices', Choices, { params: { id: asked.id }, query, signal }),
    placeholderData: keepPreviousData,
  });
};

export const metQuery = (asked: MetricAsked) => {
  const { by: _, ...query } = asMetricQuery(asked);
  return queryOptions({
    queryKey: ['met', asked.id, query],
    queryFn: async ({ signal }) =>
      (await call('GET /api/metrics/:id/met', Met, { params: { id: asked.id }, query, signal })).months,
    placeholderData: keepPreviousData,
  });
};

export const concentrationQuery = ({ id, from, to, where, mode }: MetricAsked) =>
  queryOptions({
    queryKey: ['concentration', id, { from, to, where, mode }],
    queryFn: ({ signal }) =>
      call('GET /api/metrics/:id/concentration', Concentration, {
        params: { id },
        query: { from, to, where, mode },
        signal,
      }),
    placeholderData: keepPreviousData,
  });

export const modelQuery = (id: string, mode: Mode) =>
  queryOptions({
    queryKey: ['model', id, mode],
    queryFn: ({ signal }) =>
      call('GET /api/metrics/:id/model', RiskModels, { params: { id }, query: { mode }, signal }),
  });

export const ruleEffectQuery = (id: string, mode: Mode) =>
  queryOptions({
    queryKey: ['rule effect', id, mode],
    queryFn: ({ signal }) =>
      call('GET /api/metrics/:id/rule-effect', RuleEffect, { params: { id }, query: { mode }, signal }),
  });
