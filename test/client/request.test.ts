import { afterEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { ask, RequestFailed } from '../../client/api/request.ts';

const replies = (body: unknown, init?: ResponseInit) =>
  vi.stubGlobal(
    'fetch',
    vi.fn(async () => Response.json(body, init)),
  );

afterEach(() => vi.unstubAllGlobals());

const failure = (asked: Promise<unknown>) =>
  asked.then(
    () => null,
    (error: unknown) => (error instanceof RequestFailed ? error : null),
  );

describe('a request', () => {
  it('answers with what the contract describes', async () => {
    replies({ rows: 3 });
    expect(
      await ask(z.strictObject({ rows: z.int() }), '/api/x', { query: { by: 'month', where: '', to: undefined } }),
    ).toEqual({
      rows: 3,
    });
    expect(fetch).toHaveBeenCalledWith('/api/x?by=month', expect.objectContaining({ method: 'GET' }));
  });

  it('fails when the reply breaks the contract', async () => {
    replies({ rows: 'three' });
    expect(await failure(ask(z.strictObject({ rows: z.int() }), '/api/x'))).toMatchObject({ code: 'contract' });
  });

  it('tells the server’s own words and the id to quote', async () => {
    replies(
      { error: { code: 'forbidden', message: 'shareable mode lists no rows', requestId: 'q-7' } },
      { status: 403 },
    );
    expect(await failure(ask(z.unknown(), '/api/x'))).toMatchObject({
      code: 'forbidden',
      message: 'shareable mode lists no rows',
      requestId: 'q-7',
    });
  });

  it('does not repeat a reply that is not the agreed error', async () => {
    replies({ stack: 'secret' }, { status: 502 });
    expect(await failure(ask(z.unknown(), '/api/x'))).toMatchObject({ message: 'The server answered 502.' });
  });

  it('says when nobody answers', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('failed to fetch')));
    expect(await failure(ask(z.unknown(), '/api/x'))).toMatchObject({ code: 'unreachable', requestId: null });
  });

  it('that is no longer wanted is an abort and not a failure', async () => {
    const stop = new AbortController();
    stop.abort();
    vi.stubGlobal('fetch', () => Promise.reject(stop.signal.reason));
    await expect(ask(z.unknown(), '/api/x', { signal: stop.signal })).rejects.toBe(stop.signal.reason);
  });
});
