import { z } from 'zod';
import { formatAddress, parseAddress, readSearch } from '../../state/search.ts';
import { RowsSearch } from './search.ts';

const Kept = RowsSearch.omit({ page: true, why: true });

/** The list behind a number, less where one stands in it: which metric, and what it is cut to. */
export interface List {
  readonly metric: string;
  readonly search: z.output<typeof Kept>;
}

/** A list as a field of an address, such as `readmission-30-day?part=denominator`; equal lists are equal texts. */
export const behindOf = ({ metric, search }: { metric: string; search: Record<string, unknown> }): string =>
  metric + formatAddress(readSearch(Kept, search).state);

/** Null for what is none. What the list does not know is left out. */
export function listOf(behind: string): List | null {
  const { metric, query = '' } = /^(?<metric>[a-z0-9]+(?:-[a-z0-9]+)*)(?:\?(?<query>.*))?$/s.exec(behind)?.groups ?? {};
  return metric === undefined ? null : { metric, search: readSearch(Kept, parseAddress(query)).state };
}

/** The field of a page to which somebody came from such a list. */
export const Behind = z.string().transform((text, context) => {
  const list = listOf(text);
  if (list) return behindOf(list);
  context.addIssue({ code: 'custom', message: 'not a list' });
  return z.NEVER;
});
