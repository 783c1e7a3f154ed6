import { z } from 'zod';

/** What shows a fact: in words, on which day, and where the person's record has it. */
const Shown = z.strictObject({
  evidence: z.string().nullable(),
  evidence_date: z.iso.date().nullable(),
  /** The event of the person's timeline. */
  event: z
    .strictObject({
      id: z.string(),
      title: z.string(),
      facility: z.string().nullable(),
      start_date: z.iso.date(),
      end_date: z.iso.date().nullable(),
    })
    .nullable(),
  /** The source tells apart claims of two sources that share an id. */
  claims: z.array(z.strictObject({ claim_id: z.string(), source_name: z.string() })),
});
export type Shown = z.infer<typeof Shown>;

/** GET /api/metrics/:id/why/:key/:subject/:date: why one row of a metric counts or is left out. */
export const Why = z.strictObject({
  /** What brought it into the denominator: of a stay, the stay. */
  population: Shown,
  /** Every rule that may leave a row out, in the order in which they are asked. */
  rules: z.array(
    Shown.extend({
      reason: z.string(),
      /** 'not asked': another one applies before it. */
      verdict: z.enum(['applies', 'does not apply', 'not asked']),
    }),
  ),
  /** What the row adds, and what shows that it does or does not; null where a rule leaves it out. */
  numerator: Shown.extend({ value: z.number() }).nullable(),
});
export type Why = z.infer<typeof Why>;
