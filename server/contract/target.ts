import { z } from 'zod';

/** PUT /api/targets/:id/:year. In the metric's unit. */
export const TargetDraft = z.strictObject({ value: z.number().min(0) });
export type TargetDraft = z.infer<typeof TargetDraft>;

/** What the ACO itself aims at for a metric in a calendar year. It changes no number of a snapshot. */
export const Target = TargetDraft.extend({
  metricId: z.string(),
  year: z.string().regex(/^\d{4}$/),
  setBy: z.string(),
  setAt: z.iso.datetime(),
});
export type Target = z.infer<typeof Target>;

/** GET /api/targets */
export const Targets = z.strictObject({ targets: z.array(Target) });
