import type { Request } from 'express';
import { Refusal } from './error.ts';

const READS = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Refuses a change that another site's page may have sent. Browsers say where a request comes from; what says nothing
 * (a script) has to name this server as its Origin. https://cheatsheetseries.owasp.org (CSRF prevention, Fetch Metadata)
 */
export function refuseForeignChange(request: Request): void {
  if (READS.includes(request.method)) return;
  const site = request.get('sec-fetch-site');
  const own = `${request.protocol}://${request.get('host')}`;
  if (site === undefined ? request.get('origin') === own : site === 'same-origin') return;
  throw new Refusal('forbidden', 'a change must come from this server itself; send its address as the Origin header');
}
