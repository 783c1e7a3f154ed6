import { z } from 'zod';
import { Session, SignIn } from '#contract/session';
import { type Access, asSession } from '../access/sign-in.ts';
import { endedCookie, sessionCookie } from '../http/cookie.ts';
import { NO_QUERY, NOTHING, type Route, route } from '../http/route.ts';
import type { Snapshots } from '../store/snapshot.ts';

export const sessionRoutes = (access: Access, snapshots: Snapshots, secure: boolean): Route[] => [
  route({
    method: 'post',
    path: '/api/session',
    policy: 'open',
    summary: 'Sign in by the one-time link or by name and password; sets the session cookie',
    query: NO_QUERY,
    body: SignIn,
    reply: Session,
    async handle({ body }, { say, cookie: before }) {
      const { session, cookie } = await access.signIn(body, snapshots.current?.current.synthetic ?? false);
      if (cookie) {
        if (before) access.end(before);
        say('set-cookie', sessionCookie(cookie, secure));
      }
      return session;
    },
  }),
  route({
    method: 'get',
    path: '/api/session',
    policy: 'signed in',
    summary: 'Who is signed in',
    query: NO_QUERY,
    body: z.unknown(),
    reply: Session,
    handle: (_, { signedIn }) => asSession(signedIn),
  }),
  route({
    method: 'delete',
    path: '/api/session',
    policy: 'signed in',
    summary: 'Sign out',
    query: NO_QUERY,
    body: z.unknown(),
    reply: NOTHING,
    handle(_, { say, cookie = '' }) {
      access.end(cookie);
      say('set-cookie', endedCookie(secure));
      say('clear-site-data', '"cache", "storage"');
      return undefined;
    },
  }),
];
