import type { Feed, Freshness } from '#contract/run';
import { daysBetween } from '../format/date.ts';

/** Days that a feed may end before the others. */
const MONTH = 31;

/** Whether a feed of dated facts ends more than a month before the data do; one that holds no dates is never late. */
export const isLate = ({ last_date }: Feed, { dataThrough }: Pick<Freshness, 'dataThrough'>): boolean =>
  last_date !== null && daysBetween(last_date, dataThrough) > MONTH;

export const lateFeeds = (freshness: Freshness): Feed[] => freshness.feeds.filter((feed) => isLate(feed, freshness));
