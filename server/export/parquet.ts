import { type ChildProcess, fork } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PassThrough, pipeline, type Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Column } from '../store/columns.ts';
import type { ToParquet } from './parquet-child.ts';

const CHILD = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? './parquet-child.ts' : './export/parquet-child.js', import.meta.url),
);

/** Where files wait to be sent, under the home folder: each export has a folder of its own for as long as it lasts. */
const waitingIn = (home: string): string => join(home, 'exports');

/** Removes what servers that were killed have left behind. Folders begin with the id of the process that made them. */
export function sweepExports(home: string): void {
  for (const name of exportsUnderWay(home)) {
    if (!isAlive(Number.parseInt(name, 10))) rmSync(join(waitingIn(home), name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Folders of exports that are being written. */
export const exportsUnderWay = (home: string): readonly string[] =>
  existsSync(waitingIn(home)) ? readdirSync(waitingIn(home)) : [];

/**
 * Parquet as a stream. It is written by a process of its own, since the database that serves may write no file: that
 * process gets the batches one by one, puts them into a folder of this one export, and sends the file back. Both end
 * with the stream, however it ends.
 */
export function parquet(home: string, batches: AsyncIterable<readonly Column[]>, metadata: object): Readable {
  const gone = new AbortController();
  const body = new PassThrough();
  pipeline(written(home, batches, metadata, gone.signal), body, () => {});
  return body.once('close', () => gone.abort());
}

async function* written(
  home: string,
  batches: AsyncIterable<readonly Column[]>,
  metadata: object,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  mkdirSync(waitingIn(home), { recursive: true, mode: 0o700 });
  const directory = mkdtempSync(join(waitingIn(home), `${process.pid}-`));
  const child = fork(CHILD, [directory], {
    cwd: dirname(CHILD),
    execArgv: CHILD.endsWith('.ts') ? ['--import', 'tsx'] : [],
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    signal,
    killSignal: 'SIGKILL',
  });
  const ended = new Promise<number | null>((resolve) => {
    child.once('exit', resolve).once('error', () => resolve(null));
  });
  try {
    await toldBy(child, ended);
    for await (const columns of batches) {
      send(child, { columns });
      await toldBy(child, ended);
    }
    send(child, { metadata: JSON.stringify(metadata) });
    for await (const bytes of child.stdout ?? []) yield bytes;
    if ((await ended) !== 0) throw new Error('the process that writes Parquet failed');
  } finally {
    child.kill('SIGKILL');
    rmSync(directory, { recursive: true, force: true });
  }
}

const send = (child: ChildProcess, message: ToParquet) => child.send(message, () => {});

/** Waits for the child to say that it has taken what it was sent. */
async function toldBy(child: ChildProcess, ended: Promise<number | null>): Promise<void> {
  const word = new Promise<string>((resolve) => child.once('message', () => resolve('taken')));
  if ((await Promise.race([word, ended])) !== 'taken') throw new Error('the process that writes Parquet ended');
}
