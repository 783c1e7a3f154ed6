/**
 * The canonical filter: `dimension:value|value;dimension:value`. Dimensions and values are sorted and percent-encoded,
 * so equal filters are equal strings (cache keys, links). Values of one dimension are alternatives; dimensions combine.
 * An empty value (`race:` or `race:|white`) means "not known": the rows where the dimension is null.
 */
export type Filter = Readonly<Record<string, readonly string[]>>;

export function parseFilter(text: string): Filter {
  const filter: Record<string, string[]> = {};
  for (const clause of text.split(';').filter(Boolean)) {
    const colon = clause.indexOf(':');
    if (colon < 1) throw new Error(`filter clause needs dimension:value, got "${clause}"`);
    const dimension = clause.slice(0, colon);
    const values = clause
      .slice(colon + 1)
      .split('|')
      .map(decode);
    filter[dimension] = [...new Set([...(filter[dimension] ?? []), ...values])].sort();
  }
  return filter;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    throw new Error(`filter value is not percent-encoded text: "${text}"`, { cause });
  }
}

export const formatFilter = (filter: Filter): string =>
  Object.entries(filter)
    .filter(([, values]) => values.length > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([dimension, values]) => `${dimension}:${[...new Set(values)].sort().map(encodeURIComponent).join('|')}`)
    .join(';');
