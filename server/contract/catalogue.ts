import { z } from 'zod';
import { Cohort, Dimension } from './dimension.ts';
import { Caveat, ServedMetric } from './metric.ts';
import { Program } from './program.ts';

export const CatalogueMetric = ServedMetric.extend({ sql: z.string() });

/** GET /api/catalogue: everything a client needs to ask good questions. */
export const Catalogue = z.strictObject({
  snapshot: z.string(),
  runId: z.string(),
  publishedAt: z.string(),
  dataThrough: z.iso.date(),
  period: z.string(),
  synthetic: z.boolean(),
  metrics: z.array(CatalogueMetric),
  dimensions: z.array(Dimension),
  cohorts: z.array(Cohort),
  programs: z.array(Program),
  /** Those of any metric, each once. */
  caveats: z.array(Caveat),
  /** First and last month (YYYY-MM) that any metric has rows for. */
  firstMonth: z.string().nullable(),
  lastMonth: z.string().nullable(),
});
export type Catalogue = z.infer<typeof Catalogue>;
