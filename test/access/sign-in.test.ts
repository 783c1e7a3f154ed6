import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { Session } from '#contract/session';
import { hashPassword } from '../../server/access/password.ts';
import { addUser, disableUser, listUsers } from '../../server/store/accounts.ts';
import { startServer, type TestServer } from '../support/server.ts';

const servers: TestServer[] = [];
const start = async (...asked: Parameters<typeof startServer>) => {
  const server = await startServer(...asked);
  servers.push(server);
  return server;
};
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

const MINUTE = 60_000;
const signIn = (server: TestServer, body: object, cookie?: string) =>
  server.ask('/api/session', { method: 'POST', body: JSON.stringify(body), ...(cookie && { cookie }) });
const link = (server: TestServer) => server.dependencies.access.issueLink()!;
const cookieFrom = (reply: Response) => reply.headers.get('set-cookie')!.split(';')[0]!;
const who = (server: TestServer, cookie: string) => server.ask('/api/session', { cookie });

describe('the one-time link', () => {
  test('has 256 bits and is kept as a hash only', async () => {
    const server = await start();
    const token = link(server);
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(readFileSync(join(server.home, 'app.db')).includes(token)).toBe(false);
    expect(readFileSync(join(server.home, 'app.db-wal')).includes(token)).toBe(false);
  });

  test('signs in a local admin at once where the snapshot is synthetic', async () => {
    const server = await start({ synthetic: true });
    const reply = await signIn(server, { token: link(server) });
    expect(Session.parse(await reply.json())).toEqual({
      name: 'local admin',
      role: 'aco_admin',
      modes: ['identified', 'shareable'],
      needsAccount: false,
    });
    expect((await who(server, cookieFrom(reply))).status).toBe(200);
  });

  test('asks for the first account where the people are real, without a session until it is named', async () => {
    const server = await start({ synthetic: false });
    const token = link(server);
    const asked = await signIn(server, { token });
    expect(Session.parse(await asked.json()).needsAccount).toBe(true);
    expect(asked.headers.get('set-cookie')).toBeNull();
    const account = { name: 'Ada', password: 'correct horse battery' };
    const made = await signIn(server, { token, account });
    expect(Session.parse(await made.json())).toMatchObject({ name: 'Ada', role: 'aco_admin', needsAccount: false });
    expect((await signIn(server, { token, account: { ...account, name: 'Eve' } })).status).toBe(401);
    expect((await signIn(server, account)).status).toBe(200);
  });

  test('of a later start signs in the local admin and can make no second one', async () => {
    const server = await start({ synthetic: false });
    await signIn(server, { token: link(server), account: { name: 'Ada', password: 'correct horse battery' } });
    const later = link(server);
    expect(
      (await signIn(server, { token: later, account: { name: 'Eve', password: 'correct horse battery' } })).status,
    ).toBe(403);
    expect(Session.parse(await (await signIn(server, { token: later })).json()).name).toBe('Ada');
    expect(listUsers(server.dependencies.database).map(({ name }) => name)).toEqual(['Ada']);
  });

  test('works once', async () => {
    const server = await start();
    const token = link(server);
    const replies = await Promise.all([1, 2, 3, 4].map(() => signIn(server, { token })));
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401]);
  });

  test('works for 30 minutes', async () => {
    const server = await start();
    const [first, second] = [link(server), link(server)];
    server.clock.now += 30 * MINUTE - 1;
    expect((await signIn(server, { token: first })).status).toBe(200);
    server.clock.now += 1;
    expect((await signIn(server, { token: second })).status).toBe(401);
  });

  test('is not given where accounts were made by hand, or the local admin is disabled', async () => {
    const server = await start();
    const { database, access } = server.dependencies;
    await signIn(server, { token: link(server) });
    disableUser(database, 'local admin', server.clock.now);
    expect(access.issueLink()).toBeNull();
    const other = await start();
    addUser(other.dependencies.database, { name: 'Ada', role: 'aco_admin', password: null, isLocal: false }, 0);
    expect(other.dependencies.access.issueLink()).toBeNull();
  });

  test('that nobody gave opens nothing', async () => {
    const server = await start();
    expect((await signIn(server, { token: 'x'.repeat(43) })).status).toBe(401);
    expect((await signIn(server, { token: '' })).status).toBe(400);
  });
});

describe('a session', () => {
  const open = async (server: TestServer) => cookieFrom(await signIn(server, { token: link(server) }));

  test('lives in a cookie that scripts and other sites cannot use', async () => {
    const server = await start();
    const reply = await signIn(server, { token: link(server) });
    expect(reply.headers.get('set-cookie')).toMatch(/^throughline=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
  });

  test('has a Secure cookie bound to the host, and HSTS, under TLS and only then', async () => {
    const server = await start({ secure: true });
    const origin = server.origin;
    const reply = await server.ask('/api/session', {
      method: 'POST',
      body: JSON.stringify({ token: link(server) }),
      headers: { 'sec-fetch-site': 'same-origin', origin },
    });
    expect(reply.headers.get('set-cookie')).toMatch(
      /^__Host-throughline=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Secure$/,
    );
    expect(reply.headers.get('strict-transport-security')).toContain('max-age=');
    const value = cookieFrom(reply).split('=')[1];
    expect((await who(server, cookieFrom(reply))).status).toBe(200);
    expect((await who(server, `throughline=${value}`)).status).toBe(401);
  });

  test('is kept as a hash only', async () => {
    const server = await start();
    const value = (await open(server)).split('=')[1]!;
    for (const file of ['app.db', 'app.db-wal'])
      expect(readFileSync(join(server.home, file)).includes(value)).toBe(false);
  });

  test('ends after 60 idle minutes, and use keeps it', async () => {
    const server = await start();
    const cookie = await open(server);
    for (let hour = 0; hour < 3; hour++) {
      server.clock.now += 60 * MINUTE;
      expect((await who(server, cookie)).status).toBe(200);
    }
    server.clock.now += 60 * MINUTE + 1;
    expect((await who(server, cookie)).status).toBe(401);
    server.clock.now -= 60 * MINUTE;
    expect((await who(server, cookie)).status).toBe(401);
  });

  test('ends after 12 hours, however busy', async () => {
    const server = await start();
    const cookie = await open(server);
    for (let half = 0; half < 24; half++) {
      server.clock.now += 30 * MINUTE;
      expect((await who(server, cookie)).status).toBe(200);
    }
    server.clock.now += 1;
    expect((await who(server, cookie)).status).toBe(401);
  });

  test('ends when its owner signs out, clears the browser, and leaves other sessions alone', async () => {
    const server = await start();
    const [one, two] = [await open(server), await open(server)];
    const reply = await server.ask('/api/session', { method: 'DELETE', cookie: one });
    expect(reply.status).toBe(204);
    expect(reply.headers.get('set-cookie')).toContain('Max-Age=0');
    expect(reply.headers.get('clear-site-data')).toBe('"cache", "storage"');
    expect((await who(server, one)).status).toBe(401);
    expect((await who(server, two)).status).toBe(200);
  });

  test('has a new id after signing in again; the id of before is dead', async () => {
    const server = await start();
    const before = await open(server);
    const after = cookieFrom(await signIn(server, { token: link(server) }, before));
    expect(after).not.toBe(before);
    expect((await who(server, before)).status).toBe(401);
  });

  test('a cookie that came before signing in is not taken over', async () => {
    const server = await start();
    const planted = `throughline=${'p'.repeat(43)}`;
    expect(cookieFrom(await signIn(server, { token: link(server) }, planted))).not.toBe(planted);
    expect((await who(server, planted)).status).toBe(401);
  });

  test('of a disabled account is dead at once', async () => {
    const server = await start();
    const cookie = await open(server);
    disableUser(server.dependencies.database, 'local admin', server.clock.now);
    expect((await who(server, cookie)).status).toBe(401);
  });
});

describe('a password', () => {
  test('is kept as scrypt with a salt of its own', async () => {
    const [one, two] = await Promise.all([hashPassword('correct horse'), hashPassword('correct horse')]);
    expect(one).toMatch(/^scrypt\$17\$[\w-]{22}\$[\w-]{43}$/);
    expect(one).not.toBe(two);
  });

  test('that is wrong tells neither whether the account exists nor whether it is disabled', async () => {
    const server = await start();
    const { database } = server.dependencies;
    const password = await hashPassword('correct horse battery');
    addUser(database, { name: 'Ada', role: 'analyst_aggregate', password, isLocal: false }, 0);
    addUser(database, { name: 'Bob', role: 'analyst_aggregate', password, isLocal: false }, 0);
    disableUser(database, 'Bob', 0);
    const told = async (name: string, password: string) => {
      const reply = await signIn(server, { name, password });
      const { error } = (await reply.json()) as { error?: { message: string } };
      return [reply.status, error?.message];
    };
    const wrong = [401, 'the name or the password is wrong'];
    expect(await told('Ada', 'wrong')).toEqual(wrong);
    expect(await told('Nobody', 'correct horse battery')).toEqual(wrong);
    expect(await told('Bob', 'correct horse battery')).toEqual(wrong);
    expect(await told('ada', 'correct horse battery')).toEqual([200, undefined]);
  });

  test('that was wrong ten times is not tried again for 15 minutes, even when right', async () => {
    const server = await start();
    const password = await hashPassword('correct horse battery', 4);
    addUser(server.dependencies.database, { name: 'Ada', role: 'aco_admin', password, isLocal: false }, 0);
    for (let wrong = 0; wrong < 10; wrong++) {
      expect((await signIn(server, { name: 'Ada', password: 'wrong' })).status).toBe(401);
    }
    const right = { name: 'Ada', password: 'correct horse battery' };
    expect((await signIn(server, right)).status).toBe(429);
    server.clock.now += 15 * MINUTE;
    expect((await signIn(server, right)).status).toBe(200);
  });
});
