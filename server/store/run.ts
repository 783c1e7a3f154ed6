import { readdir, readFile } from 'node:fs/promises';
import { join as pathOf } from 'node:path';
import { z } from 'zod';
import { Check, Explain } from '#contract/result';
import {
  Completion,
  FeedFiles,
  type FeedFilesQuery,
  type FeedMonths,
  Freshness,
  Quality,
  Reconciliation,
  RunSummary,
  SourceFile,
} from '#contract/run';
import type { Queries } from './query.ts';
import { sql } from './sql.ts';

/**
 * The runs of a home, published or not, newest first. A file that is being written or that another version wrote is
 * left out.
 */
export async function readRuns(home: string): Promise<RunSummary[]> {
  const folder = pathOf(home, 'runs');
  const files = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.json'));
  const runs = await Promise.all(files.map((name) => readFile(pathOf(folder, name), 'utf8').then(asRun)));
  return runs
    .filter((run) => run !== undefined)
    .sort((a, b) => (a.startedAt < b.startedAt ? 1 : a.startedAt > b.startedAt ? -1 : 0));
}

function asRun(text: string): RunSummary | undefined {
  try {
    return RunSummary.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** The months of care, oldest first, with how much of each has been paid. */
export const readCompletion = (queries: Queries): Promise<Completion['months']> =>
  queries.rows(
    sql`select strftime(month, '%Y-%m') as month, lag, completion from mart.claim_completion order by month`,
    Completion.shape.months.element,
  );

export const readChecks = (queries: Queries): Promise<Check[]> =>
  queries.rows(
    sql`select check_id, number, title, severity, status, violations, denominator, threshold, owner, override,
        metrics_touched
      from run."check" order by number, check_id`,
    Check,
  );

/** The checks that one metric stands or falls with. */
export const readChecksOf = (queries: Queries, metric: string): Promise<Explain['checks']> =>
  queries.rows(
    sql`select check_id, number, title, severity, status, violations, denominator, threshold, owner, override
      from run."check" where list_contains(metrics_touched, ${metric}) order by number, check_id`,
    Explain.shape.checks.element,
  );

export const readQuarantine = (queries: Queries): Promise<Quality['quarantine']> =>
  queries.rows(
    sql`select source_file.path, quarantine.rule_id, quarantine.reason, count(*) as rows
      from run.quarantine as quarantine
      join run.source_file as source_file on source_file.file_id = quarantine.file_id
      group by all order by rows desc, path, rule_id, reason limit 1000`,
    Quality.shape.quarantine.element,
  );

export const readFeeds = (queries: Queries): Promise<Freshness['feeds']> =>
  queries.rows(
    sql`select source_name, kind, rows, first_date, last_date, paid_through from run.feed order by source_name, kind`,
    Freshness.shape.feeds.element,
  );

/** Records of each feed by month, with the months that have none. What is entered by hand is no feed. */
export async function readFeedMonths(queries: Queries): Promise<FeedMonths['feeds']> {
  const rows = await queries.rows(
    sql`with feed as (
        select source_name, kind, min(month) as first_month
        from run.feed_month
        where source_name <> 'entered by hand'
        group by all
      ),
      month as (
        select feed.source_name, feed.kind, unnest(generate_series(
          greatest(feed.first_month, date_trunc('month', snapshot.data_through) - interval 23 month),
          date_trunc('month', snapshot.data_through),
          interval 1 month
        ))::date as month
        from feed
        cross join catalogue.snapshot as snapshot
      )
      select month.source_name, month.kind, strftime(month.month, '%Y-%m') as month, coalesce(sum(feed_month.rows), 0) as rows
      from month
      left join run.feed_month as feed_month
        on feed_month.source_name = month.source_name and feed_month.kind = month.kind and feed_month.month = month.month
      group by all order by all`,
    z.strictObject({ source_name: z.string(), kind: z.string(), month: z.string(), rows: z.number() }),
  );
  const feeds = new Map<string, FeedMonths['feeds'][number]>();
  for (const { source_name, kind, ...month } of rows) {
    const feed = feeds.get(`${source_name} ${kind}`) ?? { source_name, kind, months: [] };
    feeds.set(`${source_name} ${kind}`, { ...feed, months: [...feed.months, month] });
  }
  return [...feeds.values()];
}

/** The files of a feed, those with the most records of the month first. */
export const readFeedFiles = (queries: Queries, { source, kind, month }: FeedFilesQuery): Promise<FeedFiles['files']> =>
  queries.rows(
    sql`select source_file.path,
        ${month === undefined ? sql`sum(feed_month.rows)` : sql`coalesce(sum(feed_month.rows) filter (where strftime(feed_month.month, '%Y-%m') = ${month}), 0)`} as rows,
        sum(feed_month.rows) as rows_of_all, strftime(min(feed_month.month), '%Y-%m') as first_month,
        strftime(max(feed_month.month), '%Y-%m') as last_month
      from run.feed_month as feed_month
      join run.source_file as source_file on source_file.file_id = feed_month.file_id
      where true ${source === undefined ? sql`` : sql`and feed_month.source_name = ${source}`}
        ${kind === undefined ? sql`` : sql`and feed_month.kind = ${kind}`}
      group by source_file.path order by rows desc, source_file.path`,
    FeedFiles.shape.files.element,
  );

export const readSourceFiles = (queries: Queries): Promise<SourceFile[]> =>
  queries.rows(
    sql`select file_id, path, format, kind, sha256, bytes, physical_records, header_records, blank_records, loaded,
        quarantined, duplicate, skipped, amount_raw, amount_loaded, amount_quarantined, amount_duplicate, amount_skipped, note
      from run.source_file order by path, file_id`,
    SourceFile,
  );

export const readReconciliation = (queries: Queries): Promise<Reconciliation[]> =>
  queries.rows(
    sql`select stage, rows_in, rows_out, amount_in, amount_out, reason, rows, amount from run.reconciliation order by rowid`,
    Reconciliation,
  );

/** The summary that the snapshot itself carries. */
export const readOwnRun = async (queries: Queries): Promise<RunSummary | undefined> => {
  const [run] = await queries.rows(sql`select summary from run.run`, z.object({ summary: z.string() }));
  return run && asRun(run.summary);
};
