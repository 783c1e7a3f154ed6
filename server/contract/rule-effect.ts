import { z } from 'zod';

/** Where a person or an event stands in a rate. */
export const StandingInRate = z.enum(['in the numerator', 'not in the numerator', 'left out', 'does not count']);
export type StandingInRate = z.infer<typeof StandingInRate>;

/** GET /api/metrics/:id/rule-effect: the run's period by the rules of both measurement years. */
export const RuleEffect = z.strictObject({
  /** Calendar year. Null where no rule of the rate changed between its years. */
  period: z.string().nullable(),
  /** A number is small and may not leave the building: no cell is told. */
  hidden: z.boolean(),
  cells: z.array(z.strictObject({ earlier: StandingInRate, later: StandingInRate, subjects: z.int() })),
});
export type RuleEffect = z.infer<typeof RuleEffect>;
