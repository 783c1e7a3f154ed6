// npx tsx test/campaign/abuse.ts HOME [CLIENTS] [ABUSERS] [ROUNDS]
// Asks twenty questions that would never end, one after the other, below the API of a server that answers others meanwhile,
// uncached. Prints how long each ran, what the others noticed, and the memory of the server and its processes after each
// round: where the caches are full, it grows no more.
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { Catalogue } from '../../server/contract/catalogue.ts';
import { QueryProcesses } from '../../server/store/query-process.ts';
import { ABUSES } from '../support/abuse.ts';
import { serve } from '../support/serve.ts';

const [home = '', clients = '4', abusers = '1', rounds = '1'] = process.argv.slice(2);
const QUIET_MS = 10_000;
const LIMIT_MS = 6_000;

const engines: QueryProcesses[] = [];
const open = (file: string) => {
  const engine = new QueryProcesses(file);
  engines.push(engine);
  return engine;
};
/** Resident megabytes of processes; one that has just ended has none. */
function megabytes(pids: readonly number[]): number {
  const kilobytes = pids
    .filter((pid) => existsSync(`/proc/${pid}/status`))
    .map((pid) => Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0));
  return Math.round(kilobytes.reduce((sum, size) => sum + size, 0) / 1024);
}
const children = () => engines.flatMap(({ pids }) => pids);
const memory = () =>
  `server ${megabytes([process.pid])} MB, ${children().length} processes ${megabytes(children())} MB`;

const { ask, close, snapshots } = await serve(home, undefined, open);
const { metrics, lastMonth } = Catalogue.parse(await (await ask('/api/catalogue')).json());
const year = Number((lastMonth ?? '2024-12').slice(0, 4));
const CUTS = ['month', 'practice', 'risk_tier', 'age_band', 'condition', 'month,risk_tier'];

let times: number[] = [];
const refusals = new Map<string, number>();
let isOver = false;
let asked = 0;
async function bystander(): Promise<void> {
  while (!isOver) {
    const n = asked++;
    const { id } = metrics[n % metrics.length]!;
    // A range of months that was not asked before, so that no answer is kept.
    const path = `/api/metrics/${id}?by=${CUTS[Math.floor(n / metrics.length) % CUTS.length]}&from=${year - 2}-01&to=${year + 1 + (n % 7000)}-01`;
    const began = performance.now();
    await ask(path)
      .then((reply) => reply.arrayBuffer())
      .catch((error) => {
        const said = /"message":"([^"]*)/.exec(String(error))?.[1] ?? String(error);
        refusals.set(said, (refusals.get(said) ?? 0) + 1);
      });
    times.push(performance.now() - began);
  }
}
function percentiles(of: number[]): string {
  const sorted = of.sort((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor(sorted.length * share)] ?? Number.NaN).toFixed(1);
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms of ${sorted.length}`;
}

const wait = (milliseconds: number) => new Promise((resume) => setTimeout(resume, milliseconds));
const bystanders = Array.from({ length: Number(clients) }, bystander);
await wait(QUIET_MS);
console.log('warm  ', percentiles(times), memory());
let slowest = 0;
const quiet: number[] = [];
const during: number[] = [];
for (let round = 1; round <= Number(rounds); round++) {
  for (const [name, abuse] of Object.entries(ABUSES)) {
    await wait(LIMIT_MS);
    quiet.push(...times);
    times = [];
    let peak = 0;
    const watch = setInterval(() => {
      peak = Math.max(peak, megabytes(children()));
    }, 100);
    const began = performance.now();
    const outcomes = await Promise.all(
      Array.from({ length: Number(abusers) }, (_, at) =>
        snapshots
          .current!.queries.for({ name: `abuser ${at}`, gone: new AbortController().signal })
          .rows(abuse, z.unknown())
          .then(
            (rows) => `answered ${rows.length} rows`,
            (error) => (error instanceof Error && 'code' in error ? String(error.code) : String(error)),
          ),
      ),
    );
    clearInterval(watch);
    const took = performance.now() - began;
    slowest = Math.max(slowest, took);
    during.push(...times);
    console.log(
      `${(took / 1000).toFixed(2)} s`.padEnd(8),
      name.padEnd(36),
      [...new Set(outcomes)].join(', ').padEnd(14),
      percentiles(times),
      `children at most ${peak} MB`,
    );
    times = [];
  }
  await wait(QUIET_MS);
  console.log(`after round ${round}:`, memory());
}
const [before, then] = [quiet, during].map(percentiles);
console.log(`others before ${before}\nothers during ${then}\nslowest stop ${(slowest / 1000).toFixed(2)} s`);
console.log('refused others', Object.fromEntries(refusals));
isOver = true;
await Promise.all(bystanders);
await close();
if (slowest > LIMIT_MS || refusals.size > 0) process.exitCode = 1;
