import { z } from 'zod';
import { Claim, ClaimQuery } from '#contract/patient';
import { Refusal } from '../http/error.ts';
import { type Route, route } from '../http/route.ts';
import { findClaims, readClaim } from '../store/claim.ts';

export const claimRoutes = (): Route[] => [
  route({
    method: 'get',
    path: '/api/claims/:id',
    policy: 'identified',
    summary: 'One claim: diagnoses, and every line with the file and line it was read from',
    query: ClaimQuery,
    body: z.unknown(),
    reply: Claim,
    async handle({ params: { id = '' }, query: { source } }, { snapshot: { queries }, shows }) {
      const all = await findClaims(queries, id);
      const claims = source === undefined ? all : all.filter(({ source_name }) => source_name === source);
      const [claim, other] = claims;
      if (!claim) throw new Refusal('not_found', 'there is no such claim');
      if (other) throw new Refusal('bad_request', 'two sources use this claim id; say which with source=');
      shows(1);
      return readClaim(queries, claim);
    },
  }),
];
