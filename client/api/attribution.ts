import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { AttributedPersons, type AttributedQuery, Attribution } from '#contract/attribution';
import type { Mode } from '#contract/result';
import { call } from './call.ts';

export const attributionQuery = (mode: Mode, assessment: string | undefined) =>
  queryOptions({
    queryKey: ['attribution', mode, assessment],
    queryFn: ({ signal }) => call('GET /api/attribution', Attribution, { query: { mode, assessment }, signal }),
    placeholderData: keepPreviousData,
  });

export const attributedQuery = (asked: AttributedQuery) =>
  queryOptions({
    queryKey: ['attributed', asked],
    queryFn: ({ signal }) => call('GET /api/attribution/persons', AttributedPersons, { query: asked, signal }),
    placeholderData: keepPreviousData,
  });
