import type { Check } from '#contract/result';
import type { Accounting, Feed, FeedMonths, Quality, RunSummary, ServedRun } from '#contract/run';
import { isSmall, roughly, toShare } from './suppress.ts';

/**
 * Counts of records, to be shared. Tables and checks overlap in more ways than can be gone through, so that of their
 * rows nothing is told but that there are none.
 */
export const noneOrHidden = (count: number | null): number | null => (count === 0 ? 0 : null);

export const withoutRows = <T extends { readonly rows: number | null }>(table: T): T => ({
  ...table,
  rows: noneOrHidden(table.rows),
});

export const withoutViolations = <T extends Pick<Check, 'violations' | 'denominator'>>(check: T): T => ({
  ...check,
  violations: noneOrHidden(check.violations),
  denominator: noneOrHidden(check.denominator),
});

export const refusedToShare = (refused: Quality['quarantine']): Quality['quarantine'] => refused.map(withoutRows);

/** Large counts of records are told, and roughly how many people were read for the snapshot that is served. */
export const runToShare = (run: RunSummary, served: string): ServedRun => ({
  ...run,
  quarantined: noneOrHidden(run.quarantined),
  persons: run.runId === served && run.persons !== null ? toShare(run.persons) : null,
});

export const feedsToShare = (feeds: readonly Feed[]): Feed[] =>
  feeds.map((feed) => ({ ...feed, rows: isSmall(feed.rows ?? 0) ? null : feed.rows }));

/** Feeds of which no month is small, nor what their months lack of all their records, told roughly. */
export function feedMonthsToShare(feeds: FeedMonths['feeds'], all: readonly Feed[]): FeedMonths {
  const told = feeds.filter(({ source_name, kind, months }) => {
    const whole = all.find((feed) => feed.source_name === source_name && feed.kind === kind)?.rows ?? 0;
    const elsewhere = whole - months.reduce((sum, { rows }) => sum + rows, 0);
    return !isSmall(elsewhere) && months.every(({ rows }) => !isSmall(rows));
  });
  return {
    feeds: told.map((feed) => ({
      ...feed,
      months: feed.months.map(({ month, rows }) => ({ month, rows: roughly(rows) })),
    })),
    leftOut: feeds.length - told.length,
  };
}

/** Files and stages of which no count is small, and how many others there are. */
export function accountToShare({ files, stages }: Pick<Accounting, 'files' | 'stages'>): Accounting {
  const told = {
    files: files.filter(({ loaded, quarantined, duplicate, skipped }) =>
      [loaded, quarantined, duplicate, skipped].every((count) => !isSmall(count)),
    ),
    stages: stages.filter(({ rows, rows_in, rows_out }) => [rows, rows_in, rows_out].every((count) => !isSmall(count))),
  };
  return { ...told, leftOut: files.length - told.files.length + stages.length - told.stages.length };
}
