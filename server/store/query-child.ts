// A process that answers SELECTs on one snapshot file for the server that started it. It may be killed at any moment:
// the file is open for reading only.
import { writeFileSync } from 'node:fs';
import { Refusal } from '../http/error.ts';
import { DuckDB } from './duckdb.ts';
import type { Asked, Found, Statement } from './engine.ts';

/** Opens the one stream that a process may have, or goes on with it; no columns are its end. */
export interface Batch extends Statement {
  readonly shape: 'batch';
}
export type ToChild = { readonly id: number } & ({ readonly asked: Asked | Batch } | { readonly stop: true });
export type FromChild =
  | 'ready'
  | ({ readonly id: number } & (
      | { readonly found: Found }
      | { readonly refused: Pick<Refusal, 'code' | 'message'> }
      | { readonly fault: unknown }
    ));

/** DuckDB counts what its operators hold, not everything; this is what the process may have in all. */
const MOST_MEMORY = 3 * 2 ** 30;

const die = () => process.kill(process.pid, 'SIGKILL');
// The server ends its children itself, after their last answer: a terminal's Ctrl-C reaches all of them at once.
process.on('SIGINT', () => {}).on('SIGTERM', () => {});
process.on('disconnect', die);
// An exception's text may quote the data, so it is not printed.
process.on('uncaughtException', die);
setInterval(() => {
  if (process.memoryUsage.rss() > MOST_MEMORY) die();
}, 100).unref();
try {
  // Where memory runs out, Linux ends this process before the server.
  writeFileSync('/proc/self/oom_score_adj', '1000');
} catch {}

const say = (message: FromChild) => void process.send?.(message);
const stops = new Map<number, AbortController>();
const engine = DuckDB.open(process.argv[2] ?? '');
let stream: ReturnType<DuckDB['stream']> | undefined;

async function answer(asked: Asked | Batch, stop: AbortSignal): Promise<Found> {
  const duckdb = await engine;
  if (asked.shape !== 'batch') return duckdb.ask(asked, stop);
  stream ??= duckdb.stream(asked, new AbortController().signal);
  return { rows: [], columns: (await stream.next()).value ?? [] };
}

process.on('message', async (message: ToChild) => {
  const { id } = message;
  if ('stop' in message) {
    stops.get(id)?.abort();
    return;
  }
  const stop = new AbortController();
  stops.set(id, stop);
  try {
    say({ id, found: await answer(message.asked, stop.signal) });
  } catch (error) {
    if (error instanceof Refusal) say({ id, refused: { code: error.code, message: error.message } });
    else say({ id, fault: error });
  }
  stops.delete(id);
});

await engine;
say('ready');
