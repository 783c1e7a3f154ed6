// Asks a server what its parent says, so many clients at once, in a process of its own: the server's clock does not stop
// while an answer is read. Answers each list of paths with { times, total } in milliseconds.
import { Agent, get } from 'node:http';

export interface Round {
  readonly origin: string;
  readonly cookie: string;
  readonly paths: readonly string[];
  readonly clients: number;
}
export interface Timed {
  /** In the order of the paths. */
  readonly times: number[];
  readonly total: number;
}

const agent = new Agent({ keepAlive: true });

const ask = (url: string, cookie: string) =>
  new Promise<void>((resolve, reject) => {
    get(url, { agent, headers: { cookie, origin: new URL(url).origin, 'accept-encoding': 'gzip' } }, (reply) => {
      if (reply.statusCode !== 200) reject(new Error(`${url}: ${reply.statusCode}`));
      reply.resume().on('end', resolve);
    }).on('error', reject);
  });

/** So many take turns at the list. */
export async function timed<T>(
  list: readonly T[],
  clients: number,
  work: (item: T, client: number) => Promise<unknown>,
) {
  const times: number[] = [];
  const started = performance.now();
  let next = 0;
  const client = async (_: unknown, at: number) => {
    for (let place = next++; place < list.length; place = next++) {
      const began = performance.now();
      await work(list[place]!, at);
      times[place] = performance.now() - began;
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return { times, total: performance.now() - started } satisfies Timed;
}

process.on('message', async ({ origin, cookie, paths, clients }: Round) => {
  process.send?.(await timed(paths, clients, (path) => ask(`${origin}${path}`, cookie)));
});
