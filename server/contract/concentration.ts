import { z } from 'zod';
import { MetricQuery, Provenance } from './result.ts';

/** Query string of GET /api/metrics/:id/concentration. */
export const ConcentrationQuery = MetricQuery.omit({ by: true, rolling: true });

/** What the costliest people have of all the dollars. */
export const Costliest = z.strictObject({
  /** Of all people, 1 to 100. */
  percent: z.number(),
  /** How many these are, rounded up; null where it may not be shown. */
  persons: z.int().nullable(),
  dollars: z.number(),
  /** Of all dollars, in percent. */
  share: z.number(),
});
export type Costliest = z.infer<typeof Costliest>;

/** GET /api/metrics/:id/concentration: how unevenly a sum of dollars is spread over the people who count in it. */
export const Concentration = z.strictObject({
  provenance: Provenance,
  /** Null where it may not be shown. */
  persons: z.int().nullable(),
  dollars: z.number().nullable(),
  /** By percent; in shareable mode only those with 11 people or more between them. Empty where there are no dollars. */
  costliest: z.array(Costliest),
  /** 0: everybody costs the same; 1: one person costs everything. */
  gini: z.number().nullable(),
});
export type Concentration = z.infer<typeof Concentration>;
