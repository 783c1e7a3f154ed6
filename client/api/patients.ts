import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { Claim, Patient, Patients, type PatientsQuery, RawLine, Timeline } from '#contract/patient';
import { call } from './call.ts';

export const patientsQuery = (asked: PatientsQuery) =>
  queryOptions({
    queryKey: ['patients', asked],
    queryFn: ({ signal }) => call('GET /api/patients', Patients, { query: asked, signal }),
    placeholderData: keepPreviousData,
  });

export const patientQuery = (personId: string) =>
  queryOptions({
    queryKey: ['patient', personId],
    queryFn: ({ signal }) => call('GET /api/patients/:key', Patient, { params: { key: personId }, signal }),
  });

export const timelineQuery = (personId: string) =>
  queryOptions({
    queryKey: ['timeline', personId],
    queryFn: ({ signal }) => call('GET /api/patients/:key/timeline', Timeline, { params: { key: personId }, signal }),
  });

export const claimQuery = (claimId: string, source?: string) =>
  queryOptions({
    queryKey: ['claim', claimId, source],
    queryFn: ({ signal }) => call('GET /api/claims/:id', Claim, { params: { id: claimId }, query: { source }, signal }),
  });

/** Read anew whenever it is opened: the delivery may have moved since. */
export const rawLineQuery = (id: string, source: string, file: number, line: number) =>
  queryOptions({
    queryKey: ['raw line', id, source, file, line],
    queryFn: ({ signal }) =>
      call('GET /api/claims/:id/raw/:file/:line', RawLine, {
        params: { id, file: String(file), line: String(line) },
        query: { source },
        signal,
      }),
    gcTime: 0,
  });
