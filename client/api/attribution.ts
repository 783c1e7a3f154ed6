import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { AttributedPersons, type AttributedQuery, Attribution } from '#contract/attribution';
import type { Mode } from '#contract/result';
import { ask, download } from './request.ts';

export const attributionQuery = (mode: Mode, assessment: string | undefined) =>
  queryOptions({
    queryKey: ['attribution', mode, assessment],
    queryFn: ({ signal }) => ask(Attribution, '/api/attribution', { query: { mode, assessment }, signal }),
    placeholderData: keepPreviousData,
  });

export const attributedQuery = (asked: AttributedQuery) =>
  queryOptions({
    queryKey: ['attributed', asked],
    queryFn: ({ signal }) => ask(AttributedPersons, '/api/attribution/persons', { query: asked, signal }),
    placeholderData: keepPreviousData,
  });

export const downloadAttributed = ({ limit: _, offset: __, ...asked }: AttributedQuery) =>
  download('/api/attribution/persons', 'attribution.csv', { query: asked });
