import type { ServedMetric } from '#contract/metric';
import { lastDayOf } from '../store/question.ts';

/**
 * Whether a period's claims or follow-up are not all in: the days that the metric gives them after the period's last day
 * end after the data do. `period` is YYYY-MM, YYYY-Qn or YYYY, `dataThrough` an ISO date.
 */
export function isImmature(
  period: string,
  { maturesAfterDays }: Pick<ServedMetric, 'maturesAfterDays'>,
  dataThrough: string,
): boolean {
  const mature = new Date(`${lastDayOf(period)}T00:00:00Z`);
  mature.setUTCDate(mature.getUTCDate() + maturesAfterDays);
  return mature.toISOString().slice(0, 10) > dataThrough;
}
