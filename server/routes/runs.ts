import { z } from 'zod';
import { Runs, type ServedRun } from '#contract/run';
import { runToShare } from '../disclosure/records.ts';
import { Refusal } from '../http/error.ts';
import { type Context, Encoded, NO_QUERY, type Route, route } from '../http/route.ts';
import { readOwnRun, readRuns } from '../store/run.ts';

/** What has been run in `home`, from its run files and from the snapshot's own record. */
export function runRoutes(home: string): Route[] {
  const runsOf = async ({ snapshot, mode }: Context): Promise<ServedRun[]> => {
    const runs = await readRuns(home);
    const own = await readOwnRun(snapshot.queries);
    if (own && !runs.some(({ runId }) => runId === own.runId)) runs.push(own);
    return mode === 'shareable' ? runs.map((run) => runToShare(run, snapshot.catalogue.runId)) : runs;
  };
  return [
    route({
      method: 'get',
      path: '/api/runs',
      policy: 'signed in',
      summary: 'Every run of the pipeline, newest first, and the one that made the current snapshot',
      query: NO_QUERY,
      body: z.unknown(),
      reply: Runs,
      handle: async (_, context) => ({
        current: context.snapshot.catalogue.runId,
        runs: await runsOf(context),
      }),
    }),
    route({
      method: 'get',
      path: '/api/runs/:id/events',
      policy: 'signed in',
      summary: 'The stages of one run as server-sent events, then its summary',
      media: 'text/event-stream',
      query: NO_QUERY,
      body: z.unknown(),
      reply: z.unknown(),
      async handle({ params }, context) {
        const run = (await runsOf(context)).find(({ runId }) => runId === params.id);
        if (!run) throw new Refusal('not_found', 'there is no such run');
        return new Encoded('text/event-stream', [
          ...run.stages.map((stage) => event('stage', stage)),
          event('summary', run),
        ]);
      },
    }),
  ];
}

const event = (name: string, data: object): string => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
