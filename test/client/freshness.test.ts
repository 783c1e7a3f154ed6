import { expect, test } from 'vitest';
import type { Feed } from '#contract/run';
import { lateFeeds } from '../../client/state/freshness.ts';

const feed = (kind: string, last_date: string | null): Feed => ({
  ...{ source_name: 'payer', kind, rows: 20, first_date: '2024-01-01', last_date, paid_through: null },
});

test('a feed is late that ends more than 31 days before the data do, and none that holds no dates', () => {
  const feeds = [
    feed('medical_claim', '2026-09-30'),
    feed('lab_result', '2026-08-30'),
    feed('encounter', '2026-08-29'),
  ];
  const freshness = { dataThrough: '2026-09-30', feeds: [...feeds, feed('practice', null)] };
  expect(lateFeeds(freshness).map(({ kind }) => kind)).toEqual(['encounter']);
});
