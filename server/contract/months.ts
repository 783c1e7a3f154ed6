/** YYYY-MM, so many months after another. */
export function addMonths(month: string, count: number): string {
  const [year = 0, ordinal = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, ordinal - 1 + count, 1)).toISOString().slice(0, 7);
}

interface Told {
  readonly metrics: Iterable<{ readonly kind: 'metric' | 'measure'; readonly maturesAfterDays: number }>;
  readonly dataThrough: string;
  readonly lastMonth: string | null;
}

/** The latest month whose claims are in and whose follow-up is over, for nine metrics of ten; others say what is not. */
export function latestMatureMonth({ metrics, dataThrough, lastMonth }: Told): string {
  const waits = [...metrics]
    .filter(({ kind }) => kind === 'metric')
    .map(({ maturesAfterDays }) => maturesAfterDays)
    .sort((a, b) => a - b);
  const wait = waits[Math.ceil(0.9 * (waits.length - 1))] ?? 0;
  const cutOff = new Date(`${dataThrough}T00:00:00Z`);
  cutOff.setUTCDate(cutOff.getUTCDate() - wait + 1);
  const mature = addMonths(cutOff.toISOString().slice(0, 7), -1);
  return lastMonth && lastMonth < mature ? lastMonth : mature;
}

const TREND = 36;

/** Up to three years of months to the end of a period, and the younger ones whose claims are still arriving. */
export function trendMonths(
  to: string,
  { firstMonth, lastMonth }: { readonly firstMonth: string | null; readonly lastMonth: string | null },
): { readonly from: string; readonly to: string } {
  const from = addMonths(to, 1 - TREND);
  return {
    from: firstMonth && firstMonth > from ? firstMonth : from,
    to: lastMonth && lastMonth > to ? lastMonth : to,
  };
}
