import { z } from 'zod';

const Estimate = z.strictObject({ value: z.number(), low: z.number(), high: z.number() });

/** A logistic regression that was fitted to the snapshot's own data, and how it fared with persons whom it had not seen. */
export const RiskModel = z.strictObject({
  /** Which subjects it serves, such as a specialty cohort. */
  model: z.string(),
  subjects: z.int().nullable(),
  events: z.int().nullable(),
  /** Share of pairs with and without the event in which the one with it was thought likelier. 0.5 is chance. */
  cStatistic: z.number(),
  /** How what came depends on the log odds told beforehand, with 95 % limits: 1 and 0 are right. Null where not known. */
  slope: Estimate.nullable(),
  intercept: Estimate.nullable(),
  /** Odds ratios with 95 % limits, the strongest first; the odds of the intercept last. */
  factors: z.array(z.strictObject({ factor: z.string(), ratio: z.number(), low: z.number(), high: z.number() })),
  /** What was expected and what came, by `decile of risk` (1 is the least) and by dimensions of the person. */
  groups: z.array(
    z.strictObject({
      dimension: z.string(),
      /** Null: not known. */
      value: z.string().nullable(),
      subjects: z.int().nullable(),
      events: z.int().nullable(),
      expected: z.number().nullable(),
    }),
  ),
});
export type RiskModel = z.infer<typeof RiskModel>;

/** GET /api/metrics/:id/model. Empty where too few had the event to fit one. */
export const RiskModels = z.array(RiskModel);
