import { z } from 'zod';
import { Check, LineageNode, Mode } from './result.ts';

const Month = z.string().regex(/^\d{4}-\d{2}$/);

/** One input file and the account of its records: physical = header + blank + loaded + quarantined + duplicate + skipped. */
export const SourceFile = z.strictObject({
  file_id: z.int(),
  path: z.string(),
  format: z.string().nullable(),
  kind: z.string(),
  sha256: z.string(),
  bytes: z.number(),
  physical_records: z.number(),
  header_records: z.number(),
  blank_records: z.number(),
  loaded: z.number(),
  quarantined: z.number(),
  duplicate: z.number(),
  skipped: z.number(),
  /** Dollars as the bytes of the file say them = loaded + quarantined + duplicate + skipped. */
  amount_raw: z.number().nullable(),
  amount_loaded: z.number().nullable(),
  amount_quarantined: z.number().nullable(),
  amount_duplicate: z.number().nullable(),
  amount_skipped: z.number().nullable(),
  note: z.string().nullable(),
});
export type SourceFile = z.infer<typeof SourceFile>;

export const Reconciliation = z.strictObject({
  stage: z.string(),
  rows_in: z.number(),
  rows_out: z.number(),
  amount_in: z.number().nullable(),
  amount_out: z.number().nullable(),
  reason: z.string(),
  rows: z.number(),
  amount: z.number().nullable(),
});
export type Reconciliation = z.infer<typeof Reconciliation>;

/** A failed check of severity error that somebody let pass, with the reason given. */
export const Override = z.strictObject({ check: z.string(), reason: z.string() });
export type Override = z.infer<typeof Override>;

/** `runs/<run-id>.json`: what one run did, whether it published or not. */
export const RunSummary = z.strictObject({
  runId: z.string(),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
  status: z.enum(['running', 'published', 'checked', 'refused', 'blocked', 'failed']),
  exitCode: z.int().nullable(),
  message: z.string().nullable(),
  sources: z.array(z.string()),
  snapshot: z.string().nullable(),
  dataThrough: z.iso.date().nullable(),
  period: z.string().nullable(),
  synthetic: z.boolean(),
  files: z.int(),
  records: z.number(),
  quarantined: z.number(),
  persons: z.number().nullable(),
  overrides: z.array(Override).default([]),
  /** Seconds by stage, in order. */
  stages: z.array(z.strictObject({ name: z.string(), seconds: z.number() })),
});
export type RunSummary = z.infer<typeof RunSummary>;

/** A run as it is served: null is also what may not be shared. */
export const ServedRun = RunSummary.extend({ quarantined: z.number().nullable() });
export type ServedRun = z.infer<typeof ServedRun>;

export const Runs = z.strictObject({ current: z.string(), runs: z.array(ServedRun) });
export type Runs = z.infer<typeof Runs>;

/** GET /api/quality */
export const Quality = z.strictObject({
  checks: z.array(Check),
  quarantine: z.array(
    z.strictObject({ path: z.string(), rule_id: z.string(), reason: z.string(), rows: z.number().nullable() }),
  ),
});
export type Quality = z.infer<typeof Quality>;

/** GET /api/quality/history: the checks that failed in a kept snapshot, as each of the snapshots has them. */
export const QualityHistory = z.strictObject({
  /** Oldest first; the last is the one that is served. */
  snapshots: z.array(
    z.strictObject({
      snapshot: z.string(),
      publishedAt: z.string(),
      checks: z.array(Check.pick({ check_id: true, status: true, violations: true, denominator: true })),
    }),
  ),
});
export type QualityHistory = z.infer<typeof QualityHistory>;

/** GET /api/completion: by month of care, how much of what it will cost has been paid, estimated from earlier months. */
export const Completion = z.strictObject({
  /** Oldest first; empty where no claim tells when it was paid. */
  months: z.array(
    z.strictObject({
      month: Month,
      /** Whole months of payments after the month of care. */
      lag: z.int(),
      /** A share; 1 is all of it. */
      completion: z.number(),
    }),
  ),
});
export type Completion = z.infer<typeof Completion>;

/** GET /api/freshness: per source and kind, how far its dates reach. */
export const Freshness = z.strictObject({
  dataThrough: z.iso.date(),
  feeds: z.array(
    z.strictObject({
      source_name: z.string(),
      kind: z.string(),
      rows: z.number().nullable(),
      first_date: z.iso.date().nullable(),
      last_date: z.iso.date().nullable(),
      paid_through: z.iso.date().nullable(),
    }),
  ),
});
export type Feed = Freshness['feeds'][number];
export type Freshness = z.infer<typeof Freshness>;

/** GET /api/freshness/months: records of each feed by month of service, from its first month on, the last 24 to data-through. */
export const FeedMonths = z.strictObject({
  feeds: z.array(
    z.strictObject({
      source_name: z.string(),
      kind: z.string(),
      months: z.array(z.strictObject({ month: Month, rows: z.number() })),
    }),
  ),
  /** Feeds that are not told to be shared, since a month of theirs has few records. */
  leftOut: z.int(),
});
export type FeedMonths = z.infer<typeof FeedMonths>;

/** Query string of GET /api/freshness/files: what is not named is not narrowed. */
export const FeedFilesQuery = z.strictObject({
  source: z.string().optional(),
  kind: z.string().optional(),
  month: Month.optional(),
  mode: Mode.optional(),
});
export type FeedFilesQuery = z.infer<typeof FeedFilesQuery>;

/** GET /api/freshness/files: the files of a feed, and how many records each brings of the month and of all months. */
export const FeedFiles = z.strictObject({
  files: z.array(
    z.strictObject({
      path: z.string(),
      rows: z.number(),
      rows_of_all: z.number(),
      first_month: Month,
      last_month: Month,
    }),
  ),
});
export type FeedFiles = z.infer<typeof FeedFiles>;

/** GET /api/reconciliation */
export const Accounting = z.strictObject({
  files: z.array(SourceFile),
  stages: z.array(Reconciliation),
  /** Files and stages that are not told to be shared, since they refuse or drop few records. */
  leftOut: z.int(),
});
export type Accounting = z.infer<typeof Accounting>;

/** GET /api/lineage */
export const Lineage = z.strictObject({
  nodes: z.array(LineageNode.omit({ sql: true }).extend({ seconds: z.number().nullable() })),
});
export type Lineage = z.infer<typeof Lineage>;

export const Health = z.strictObject({ status: z.literal('ok'), snapshot: z.string().nullable() });
export type Health = z.infer<typeof Health>;
