import { z } from 'zod';
import { Claim, ClaimQuery, RawLine } from '#contract/patient';
import { Refusal } from '../http/error.ts';
import { type Route, route } from '../http/route.ts';
import { findClaims, readClaim } from '../store/claim.ts';
import type { Queries } from '../store/query.ts';
import { findOrigin, RawLines } from '../store/raw-line.ts';

const Counted = z
  .string()
  .regex(/^[1-9]\d{0,8}$/)
  .transform(Number);
const Place = z.object({ id: z.string(), file: Counted, line: Counted });

/** One claim, and the lines of the deliveries that the runs of `home` read it from. */
export function claimRoutes(home: string): Route[] {
  const rawLines = new RawLines(home);
  return [
    route({
      method: 'get',
      path: '/api/claims/:id',
      policy: 'identified',
      summary: 'One claim: diagnoses, and every line with the file and line it was read from',
      query: ClaimQuery,
      body: z.unknown(),
      reply: Claim,
      async handle({ params: { id = '' }, query: { source } }, { snapshot: { queries }, shows }) {
        const claim = await oneClaim(queries, id, source);
        shows(1);
        return readClaim(queries, claim);
      },
    }),
    route({
      method: 'get',
      path: '/api/claims/:id/raw/:file/:line',
      policy: 'identified',
      summary: 'The physical record behind one line of a claim, where the delivery is still there unchanged',
      query: ClaimQuery,
      body: z.unknown(),
      reply: RawLine,
      async handle({ params, query: { source } }, { snapshot: { queries, catalogue }, asker, shows }) {
        const place = Place.safeParse(params).data;
        const origin = place && (await findOrigin(queries, await oneClaim(queries, place.id, source), place));
        if (!origin) throw new Refusal('not_found', 'no line of this claim was read there');
        const raw = await rawLines.read(catalogue.runId, origin, place.line, asker);
        shows(raw.state === 'shown' ? 1 : 0);
        return { file: origin.file, line_number: place.line, run_id: catalogue.runId, ...raw };
      },
    }),
  ];
}

async function oneClaim(queries: Queries, id: string, source: string | undefined) {
  const all = await findClaims(queries, id);
  const [claim, other] = source === undefined ? all : all.filter(({ source_name }) => source_name === source);
  if (!claim) throw new Refusal('not_found', 'there is no such claim');
  if (other) throw new Refusal('bad_request', 'two sources use this claim id; say which with source=');
  return claim;
}
