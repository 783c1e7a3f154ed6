import { z } from 'zod';
import { MetricQuery, Provenance } from './result.ts';

export const HistoryQuery = MetricQuery.omit({ by: true, rolling: true });
export type HistoryQuery = z.infer<typeof HistoryQuery>;

/** What differs from the kept snapshot before, of all that a metric stands on. Any of it may have moved the number. */
export const Difference = z.strictObject({
  /** The data reach another day. */
  dataThrough: z.boolean(),
  /** The metric has another version. */
  definition: z.boolean(),
  /** Tables upstream whose SQL is another, that are new or that are gone. */
  rules: z.array(z.string()),
  /** Its code lists that hold other rules or come from another source. */
  codeLists: z.array(z.string()),
  /** Files upstream, by their bytes. */
  filesAdded: z.int(),
  filesGone: z.int(),
});
export type Difference = z.infer<typeof Difference>;

/** One kept snapshot's own answer to a question, from the rows and by the definition that were published in it. */
export const Past = z.strictObject({
  snapshot: z.string(),
  publishedAt: z.string(),
  dataThrough: z.iso.date(),
  /** The one that all other numbers come from now. */
  isServed: z.boolean(),
  /** Why it has no answer; then every number is null. */
  unanswered: z.string().nullable(),
  definitionVersion: z.string().nullable(),
  numerator: z.number().nullable(),
  denominator: z.number().nullable(),
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** Its data do not reach the end of what was asked, or not with everything that comes in late. */
  immature: z.boolean(),
  /** Null of the oldest, and where either of the two has no answer. */
  differs: Difference.nullable(),
});
export type Past = z.infer<typeof Past>;

/** GET /api/metrics/:id/history: the same question asked of every snapshot that the home keeps, oldest first. */
export const History = z.strictObject({ provenance: Provenance, snapshots: z.array(Past) });
export type History = z.infer<typeof History>;
