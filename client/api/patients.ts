import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { Claim, Patient, Patients, type PatientsQuery, Timeline } from '#contract/patient';
import { ask } from './request.ts';

export const patientsQuery = (asked: PatientsQuery) =>
  queryOptions({
    queryKey: ['patients', asked],
    queryFn: ({ signal }) => ask(Patients, '/api/patients', { query: asked, signal }),
    placeholderData: keepPreviousData,
  });

export const patientQuery = (personId: string) =>
  queryOptions({
    queryKey: ['patient', personId],
    queryFn: ({ signal }) => ask(Patient, `/api/patients/${encodeURIComponent(personId)}`, { signal }),
  });

export const timelineQuery = (personId: string) =>
  queryOptions({
    queryKey: ['timeline', personId],
    queryFn: ({ signal }) => ask(Timeline, `/api/patients/${encodeURIComponent(personId)}/timeline`, { signal }),
  });

export const claimQuery = (claimId: string, source?: string) =>
  queryOptions({
    queryKey: ['claim', claimId, source],
    queryFn: ({ signal }) => ask(Claim, `/api/claims/${encodeURIComponent(claimId)}`, { query: { source }, signal }),
  });
