import { createHash, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { gunzip, gzip, gzipSync } from 'node:zlib';
import { type ErrorRequestHandler, json, type Request, type RequestHandler, type Response, Router } from 'express';
import type { Mode } from '#contract/result';
import type { Access, SignedIn } from '../access/sign-in.ts';
import type { View } from '../store/audit.ts';
import type { Snapshots } from '../store/snapshot.ts';
import { readSessionCookie } from './cookie.ts';
import { type Format, MEDIA_TYPES } from './encode.ts';
import { asRefusal, errorBody, placeOf, Refusal } from './error.ts';
import { refuseForeignChange } from './origin.ts';
import { type Context, Encoded, type Route } from './route.ts';

const unzip = promisify(gunzip);
const zipAside = promisify(gzip);
const FAST = { level: 1 };
/** So few bytes are compressed sooner than handed to another thread. */
const FEW_BYTES = 64 * 2 ** 10;

/** In every tag, because another start may be another version of the code. */
const THIS_START = randomUUID();

/** A fault on our side, as it may be written down: no query string, no body, no parameter, no exception's text. */
export interface Fault {
  readonly requestId: string;
  readonly method: string;
  readonly place: string;
}

export interface Mounting {
  readonly access: Access;
  readonly snapshots: Snapshots;
  readonly secure: boolean;
  readonly clock: () => number;
  /** A canonical filter with the rules of every cohort that it names by id. */
  readonly expandCohorts: (where: string) => string;
  readonly record: (view: View) => void;
  readonly report: (fault: Fault) => void;
}

/** The API: each route behind its policy, all else refused. */
export function mountApi(routes: readonly Route[], mounting: Mounting): Router {
  const router = Router({ caseSensitive: true });
  for (const route of routes) router[route.method](route.path, handlerOf(route, mounting));
  router.use('/api', (request) => {
    signedInOf(request, mounting);
    throw new Refusal('not_found', 'there is no such address');
  });
  return router;
}

export const identifyRequest: RequestHandler = (_request, response, next) => {
  response.set('x-request-id', randomUUID());
  next();
};

export const neverStore: RequestHandler = (_request, response, next) => {
  response.set('cache-control', 'no-store');
  next();
};

/** Every error of every address in the one shape. Express knows an error handler by its four parameters. */
export const answerErrors =
  (report: (fault: Fault) => void): ErrorRequestHandler =>
  (error: unknown, request, response, next) => {
    const refusal = asRefusal(error);
    const requestId = response.get('x-request-id') ?? '';
    if (refusal.code === 'internal') report({ requestId, method: request.method, place: placeOf(error) });
    if (response.headersSent) {
      next(error);
      return;
    }
    if (refusal.code === 'unavailable' || refusal.code === 'too_many_requests') response.set('retry-after', '5');
    response.status(refusal.status).json(errorBody(refusal, requestId));
  };

const handlerOf =
  (route: Route, mounting: Mounting): RequestHandler =>
  async (request, response) => {
    refuseForeignChange(request);
    const signedIn = route.policy === 'open' ? undefined : signedInOf(request, mounting);
    if (signedIn && (route.policy === 'identified' || route.isAudited)) {
      await audited(request, response, route, signedIn, mounting, (shows) =>
        answer(request, response, route, signedIn, mounting, shows),
      );
    } else await answer(request, response, route, signedIn, mounting, () => {});
  };

async function answer(
  request: Request,
  response: Response,
  route: Route,
  signedIn: SignedIn | undefined,
  { snapshots, secure, expandCohorts }: Mounting,
  shows: (count: number) => void,
): Promise<void> {
  await readBody(request, response);
  const { where } = request.query;
  const query = typeof where === 'string' ? { ...request.query, where: expandCohorts(where) } : request.query;
  const asked = route.parse({ params: textParams(request), query, body: request.body });
  const mode = modeOf(route, signedIn, asked.mode);
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  const asker = { name: String(signedIn?.userId ?? ''), gone: gone.signal };
  let held: ReturnType<Snapshots['hold']> | undefined;
  const context: Context = {
    mode,
    format: formatOf(request, route),
    get signedIn() {
      if (!signedIn) throw new Error('an open route asked who is signed in');
      return signedIn;
    },
    asker,
    cookie: readSessionCookie(request.headers.cookie, secure),
    get snapshot() {
      held ??= snapshots.hold(asker);
      return held.snapshot;
    },
    async kept(question, type, make) {
      const { current, cache } = context.snapshot;
      const tag = `W/"${sha256(JSON.stringify([THIS_START, current.snapshot, mode, question]))}"`;
      const isKnown = request.get('if-none-match')?.split(/,\s*/).includes(tag);
      return new Encoded(type, isKnown ? null : await cache.get(tag, async () => zip(await make())), tag);
    },
    say: (name, value) => void response.set(name, value),
    shows,
  };
  try {
    await send(request, response, await asked.answer(context));
  } finally {
    held?.release();
  }
}

/** Writes the look to the audit log whether it was granted or not. */
async function audited(
  request: Request,
  response: Response,
  route: Route,
  { userId }: SignedIn,
  { clock, record }: Mounting,
  look: (shows: (count: number) => void) => Promise<void>,
): Promise<void> {
  let shown: number | null = null;
  let status = 200;
  try {
    await look((count) => {
      shown = count;
    });
  } catch (error) {
    status = asRefusal(error).status;
    throw error;
  } finally {
    const [subject = null] = Object.values(textParams(request));
    record({
      at: clock(),
      request_id: response.get('x-request-id') ?? '',
      user_id: userId,
      route: route.path,
      subject,
      query_hash: sha256(new URL(request.url, 'http://localhost').search),
      shown,
      status,
    });
  }
}

function signedInOf(request: Request, { access, secure }: Mounting): SignedIn {
  const cookie = readSessionCookie(request.headers.cookie, secure);
  const signedIn = cookie === undefined ? undefined : access.find(cookie);
  if (!signedIn) throw new Refusal('unauthenticated', 'sign in first');
  return signedIn;
}

function modeOf(route: Route, signedIn: SignedIn | undefined, asked: Mode | undefined): Mode {
  const mode = asked ?? signedIn?.modes[0] ?? 'shareable';
  if (signedIn && !signedIn.modes.includes(mode)) throw new Refusal('forbidden', 'your role may not see persons');
  if (route.policy === 'identified' && mode !== 'identified') {
    throw new Refusal('forbidden', 'shareable mode lists no persons');
  }
  return mode;
}

/** JSON unless another format that the route has is asked for. */
function formatOf(request: Request, { formats }: Route): Format {
  const offered: readonly Format[] = ['json', ...formats];
  const accepted = request.accepts(offered.map((format) => MEDIA_TYPES[format]));
  return offered.find((format) => MEDIA_TYPES[format] === accepted) ?? 'json';
}

/** In memory of its own: what zlib hands out is part of a larger piece, which would be kept with it. */
async function zip(bytes: Buffer): Promise<Buffer> {
  const zipped = bytes.length < FEW_BYTES ? gzipSync(bytes, FAST) : await zipAside(bytes, FAST);
  const own = Buffer.allocUnsafeSlow(zipped.length);
  zipped.copy(own);
  return own;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const textParams = (request: Request): Record<string, string> =>
  Object.fromEntries(Object.entries(request.params).map(([name, value]) => [name, String(value)]));

const parseJson = json({ limit: '64kb' });

const readBody = (request: Request, response: Response): Promise<void> =>
  new Promise((resolve, reject) => {
    parseJson(request, response, (error: unknown) => (error ? reject(error) : resolve()));
  });

async function send(request: Request, response: Response, answered: unknown): Promise<void> {
  if (answered === undefined) response.status(204).end();
  else if (!(answered instanceof Encoded)) response.json(answered);
  else await sendEncoded(request, response, answered);
}

/** What is kept is compressed once, and private to the browser, which asks each time whether it still holds. */
async function sendEncoded(request: Request, response: Response, { type, body, tag }: Encoded): Promise<void> {
  if (tag !== null) response.set({ etag: tag, 'cache-control': 'private, no-cache' });
  if (body === null) response.status(304).end();
  else if (Buffer.isBuffer(body) && tag !== null) {
    const isZipped = request.acceptsEncodings('gzip') !== false;
    if (isZipped) response.set('content-encoding', 'gzip');
    response
      .vary('accept-encoding')
      .type(type)
      .send(isZipped ? body : await unzip(body));
  } else if (Buffer.isBuffer(body)) response.type(type).send(body);
  else {
    const stream = body instanceof Readable ? body : Readable.from(body);
    await pipeline(stream, response.type(type)).catch((cause: NodeJS.ErrnoException) => {
      // Whoever asked has gone, which is no fault of ours.
      if (cause.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw cause;
    });
  }
}
