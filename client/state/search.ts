import { z } from 'zod';

/** The query string as text by name; a name that comes twice keeps its last value. */
type AddressText = Readonly<Record<string, string>>;

/** A page's state in the address: every field optional, and absent means its default, so equal states are equal links. */
export type SearchSchema = z.ZodObject;

export const parseAddress = (query: string): AddressText => Object.fromEntries(new URLSearchParams(query));

/** `?name=value&...` in the order of the names, or '' when there is nothing to say. */
export function formatAddress(state: Readonly<Record<string, unknown>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(state).sort(([a], [b]) => (a < b ? -1 : 1)))
    if (value !== undefined && value !== '') query.set(name, String(value));
  return query.size > 0 ? `?${query}` : '';
}

/** Keeps what the schema knows and accepts, and names the rest. */
export function readSearch<S extends SearchSchema>(
  schema: S,
  address: Readonly<Record<string, unknown>>,
): { state: z.output<S>; ignored: string[] } {
  const kept: Record<string, unknown> = {};
  const ignored: string[] = [];
  for (const [name, value] of Object.entries(address)) {
    const field = schema.shape[name];
    const parsed = field && z.safeParse(field, value);
    if (parsed?.success) kept[name] = parsed.data;
    else ignored.push(name);
  }
  return { state: schema.parse(kept), ignored };
}
