import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { Concentration } from '#contract/concentration';
import { Choices, Explain, MetricResult, type Mode, type Part, RowsResult } from '#contract/result';
import { RiskModels } from '#contract/risk-model';
import { RuleEffect } from '#contract/rule-effect';
import { ask, download } from './request.ts';

/** A question to one metric. `by` holds dimensions, or month, quarter, year, component, exclusion. */
export interface MetricAsked {
  readonly id: string;
  readonly by?: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly where: string;
  readonly mode: Mode;
}

export interface RowsAsked extends Omit<MetricAsked, 'by'> {
  readonly part: Part;
  readonly component?: string | undefined;
  readonly reason?: string | undefined;
  readonly limit: number;
  readonly offset: number;
}

const asMetricQuery = ({ id: _, by = [], ...rest }: MetricAsked) => ({ ...rest, by: by.join(',') });
const asRowsQuery = ({ id: _, ...rest }: RowsAsked) => rest;

export const metricQuery = (asked: MetricAsked) =>
  queryOptions({
    queryKey: ['metric', asked.id, asMetricQuery(asked)],
    queryFn: ({ signal }) => ask(MetricResult, `/api/metrics/${asked.id}`, { query: asMetricQuery(asked), signal }),
    placeholderData: keepPreviousData,
  });

export const rowsQuery = (asked: RowsAsked) =>
  queryOptions({
    queryKey: ['rows', asked.id, asRowsQuery(asked)],
    queryFn: ({ signal }) => ask(RowsResult, `/api/metrics/${asked.id}/rows`, { query: asRowsQuery(asked), signal }),
    placeholderData: keepPreviousData,
  });

export const explainQuery = (asked: MetricAsked) =>
  queryOptions({
    queryKey: ['explain', asked.id, asMetricQuery(asked)],
    queryFn: ({ signal }) => ask(Explain, `/api/metrics/${asked.id}/explain`, { query: asMetricQuery(asked), signal }),
    placeholderData: keepPreviousData,
  });

export const choicesQuery = (asked: MetricAsked) => {
  const { by: _, ...query } = asMetricQuery(asked);
  return queryOptions({
    queryKey: ['choices', asked.id, query],
    queryFn: ({ signal }) => ask(Choices, `/api/metrics/${asked.id}/choices`, { query, signal }),
    placeholderData: keepPreviousData,
  });
};

export const concentrationQuery = ({ id, from, to, where, mode }: MetricAsked) =>
  queryOptions({
    queryKey: ['concentration', id, { from, to, where, mode }],
    queryFn: ({ signal }) =>
      ask(Concentration, `/api/metrics/${id}/concentration`, { query: { from, to, where, mode }, signal }),
    placeholderData: keepPreviousData,
  });

export const modelQuery = (id: string, mode: Mode) =>
  queryOptions({
    queryKey: ['model', id, mode],
    queryFn: ({ signal }) => ask(RiskModels, `/api/metrics/${id}/model`, { query: { mode }, signal }),
  });

/** Every row, whatever page is shown. */
export const downloadRows = ({ id, limit: _, offset: __, ...query }: RowsAsked) =>
  download(`/api/metrics/${id}/rows`, `${id}-${query.part}.csv`, { query });

export const ruleEffectQuery = (id: string, mode: Mode) =>
  queryOptions({
    queryKey: ['rule effect', id, mode],
    queryFn: ({ signal }) => ask(RuleEffect, `/api/metrics/${id}/rule-effect`, { query: { mode }, signal }),
  });
