import { z } from 'zod';

/** GET /api/risk-adjustment: which CMS-HCC models and payment years are computed, and from which tables. */
export const RiskAdjustment = z.strictObject({
  years: z.array(
    z.strictObject({
      model: z.string(),
      payment_year: z.int(),
      /** Calendar year whose claims it reads. */
      data_year: z.int(),
      status: z.enum(['scored', 'categories only', 'not computed']),
      /** Why not, in words. */
      reason: z.string().nullable(),
      /** What to bear in mind. */
      caveat: z.string().nullable(),
    }),
  ),
  tables: z.array(
    z.strictObject({
      table_name: z.string(),
      /** Completes 'One row per ...'. */
      grain: z.string(),
      /** Publisher, version and licence. */
      source: z.string(),
      /** Read from `--reference`; it wins over the built-in one of its model and year. */
      is_supplied: z.boolean(),
    }),
  ),
});
export type RiskAdjustment = z.infer<typeof RiskAdjustment>;
