import { queryOptions } from '@tanstack/react-query';
import { Session, type SignIn } from '#contract/session';
import { ask, send } from './request.ts';

export const sessionQuery = () =>
  queryOptions({
    queryKey: ['session'],
    queryFn: ({ signal }) => ask(Session, '/api/session', { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });

export const signIn = (body: SignIn) => ask(Session, '/api/session', { method: 'POST', body });

export const signOut = () => send('/api/session', { method: 'DELETE' });
