import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Role } from '#contract/session';
import { hashPassword } from './access/password.ts';
import { Access } from './access/sign-in.ts';
import { createApp } from './app.ts';
import { placeOf } from './http/error.ts';
import { addUser, disableUser, findUser, listUsers } from './store/accounts.ts';
import { AppDatabase } from './store/app-database.ts';
import { Snapshots } from './store/snapshot.ts';

const USAGE = `throughline serve [--home DIR] [--port 8080] [--host 127.0.0.1] [--tls-cert FILE --tls-key FILE]
throughline start  the same, after making and loading a sample population where nothing is published yet
throughline user add NAME --role ROLE | user list | user disable NAME   (roles: ${Role.options.join(', ')})`;

const EXIT = { done: 0, usage: 2, internal: 5 } as const;

/** A mistake in the command, in words. */
class UsageError extends Error {}

const OPTIONS = {
  home: { type: 'string' },
  port: { type: 'string', default: '8080' },
  host: { type: 'string', default: '127.0.0.1' },
  'tls-cert': { type: 'string' },
  'tls-key': { type: 'string' },
  role: { type: 'string' },
  panel: { type: 'string', multiple: true },
} as const;

type Options = ReturnType<typeof parseCommand>['values'];

const parseCommand = (args: string[]) => parseArgs({ args, options: OPTIONS, allowPositionals: true });

/** Where package.json is: one folder up as source, two as the built file. */
const root = ['..', '../..']
  .map((up) => fileURLToPath(new URL(up, import.meta.url)))
  .find((path) => existsSync(join(path, 'package.json')));

async function main([command, ...args]: string[]): Promise<number> {
  const { values, positionals } = parsedOrRefused(args);
  const home = resolve(values.home ?? process.env.THROUGHLINE_HOME ?? './.throughline');
  mkdirSync(home, { recursive: true, mode: 0o700 });
  switch (command) {
    case 'start':
      return (await loadSample(home)) || serve(home, values);
    case 'serve':
      return serve(home, values);
    case 'user':
      return user(home, positionals, values);
    default:
      throw new UsageError(USAGE);
  }
}

function parsedOrRefused(args: string[]) {
  try {
    return parseCommand(args);
  } catch (cause) {
    throw new UsageError(`${cause instanceof Error ? cause.message : cause}\n\n${USAGE}`, { cause });
  }
}

/** Where nothing is published yet: makes the sample population and loads it. The exit code of what failed, or 0. */
async function loadSample(home: string): Promise<number> {
  if (existsSync(join(home, 'current.json'))) return EXIT.done;
  const sample = join(home, 'sample');
  return (
    (await throughline('generate', '--members', '10000', '--out', sample)) ||
    (await throughline('run', '--source', sample, '--home', home))
  );
}

const throughline = (...args: string[]): Promise<number> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root ?? '.', 'server/launch.mjs'), ...args], { stdio: 'inherit' });
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? EXIT.internal));
  });

const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || /^127(\.\d+){3}$/.test(host);

/** Serves until a signal ends it. Without TLS the server speaks to this machine only. */
async function serve(home: string, options: Options): Promise<number> {
  const { host, port, 'tls-cert': cert, 'tls-key': key } = options;
  const tls = cert && key ? { cert: readFileSync(cert), key: readFileSync(key) } : null;
  if (!tls && !isLoopback(host)) {
    throw new UsageError(`--host ${host} is reached from other machines, which needs --tls-cert and --tls-key`);
  }
  if (!/^\d{1,5}$/.test(port)) throw new UsageError(`--port cannot be "${port}"`);
  const database = new AppDatabase(join(home, 'app.db'));
  const access = new Access(database, Date.now);
  const snapshots = await Snapshots.open(home, (message, error) => console.error(`${message}\n${placeOf(error)}`));
  const app = createApp({
    home,
    snapshots,
    database,
    access,
    clock: Date.now,
    clientDir: join(root ?? '.', 'dist/client'),
    secure: tls !== null,
    report: ({ requestId, method, place }) => console.error(`fault in ${method} ${requestId}\n${place}`),
  });
  const server = tls ? createSecureServer(tls, app) : createServer(app);
  await new Promise<void>((listening, refused) => {
    server.once('error', refused).listen(Number(port), host, listening);
  }).catch(async (cause: NodeJS.ErrnoException) => {
    await snapshots.close();
    throw new UsageError(`cannot listen on ${host}:${port} (${cause.code}); try another --port`, { cause });
  });
  const address = addressOf(server.address(), host, tls !== null);
  console.log(`Throughline is at ${address}`);
  const link = isLoopback(host) ? access.issueLink() : null;
  if (link) console.log(`Sign in, once and within 30 minutes: ${address}/sign-in#${link}`);

  await new Promise((ended) => process.once('SIGINT', ended).once('SIGTERM', ended));
  await new Promise((closed) => {
    server.close(closed);
    server.closeIdleConnections();
  });
  await snapshots.close();
  database.close();
  return EXIT.done;
}

function addressOf(bound: AddressInfo | string | null, host: string, secure: boolean): string {
  const port = typeof bound === 'object' && bound ? bound.port : 0;
  return `${secure ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

async function user(home: string, [verb, name, ...rest]: string[], { role, panel }: Options): Promise<number> {
  if (rest.length > 0 || panel) throw new UsageError(panel ? 'no role has panels yet' : USAGE);
  const database = new AppDatabase(join(home, 'app.db'));
  try {
    if (verb === 'list' && !name) {
      for (const { name, role, disabled_at } of listUsers(database)) {
        console.log(`${name}  ${role}${disabled_at === null ? '' : '  disabled'}`);
      }
    } else if (verb === 'add' && name) await addAccount(database, name, role);
    else if (verb === 'disable' && name) {
      if (!disableUser(database, name, Date.now())) throw new UsageError(`no account is named ${name}`);
    } else throw new UsageError(USAGE);
    return EXIT.done;
  } finally {
    database.close();
  }
}

async function addAccount(database: AppDatabase, name: string, role: string | undefined): Promise<void> {
  const parsed = Role.safeParse(role);
  if (!parsed.success) throw new UsageError(`--role is one of ${Role.options.join(', ')}`);
  if (findUser(database, name)) throw new UsageError(`there is an account named ${name} already`);
  if (process.stdin.isTTY) console.error('password (at least 12 characters), then Ctrl-D:');
  const password = (await text(process.stdin)).replace(/\r?\n$/, '');
  if (password.length < 12 || password.length > 200) throw new UsageError('a password has 12 to 200 characters');
  addUser(database, { name, role: parsed.data, password: await hashPassword(password), isLocal: false }, Date.now());
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof UsageError ? error.message : `internal fault: ${placeOf(error)}`);
  process.exitCode = error instanceof UsageError ? EXIT.usage : EXIT.internal;
}
