import { queryOptions } from '@tanstack/react-query';
import { Session, type SignIn } from '#contract/session';
import { call, fetchReply } from './call.ts';

export const sessionQuery = () =>
  queryOptions({
    queryKey: ['session'],
    queryFn: ({ signal }) => call('GET /api/session', Session, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });

export const signIn = (body: SignIn) => call('POST /api/session', Session, { body });

export const signOut = () => fetchReply('DELETE /api/session', {});
