import { z } from 'zod';

/**
 * A way to cut a metric. `person`: a column of mart.person_month, taken as of the anchor date's month.
 * `subject`: a column that metric.sql itself yields (facility of a stay). `set`: a person has several
 * (conditions), each from since_date to until_date of a table (person_id, value, since_date, until_date); groups then
 * overlap.
 */
export const Dimension = z.strictObject({
  id: z.string().regex(/^[a-z][a-z_]*$/),
  title: z.string(),
  description: z.string(),
  scope: z.enum(['person', 'subject', 'set']),
  /** The allowed values in display order. Empty: whatever the data hold, labelled by `labelsFrom`. */
  values: z.array(z.strictObject({ value: z.string(), label: z.string() })),
  /** `schema.table` with columns value, label; for a `set`, the table with person_id, value, since_date, until_date. */
  labelsFrom: z.string().optional(),
  setFrom: z.string().optional(),
  /** Its values go from the most to the least in need, so that a slope of inequality can be drawn through them. */
  byNeed: z.boolean().optional(),
  /** Offered only by snapshots whose data tell people apart by it: of a person dimension, two values and more. */
  ifTold: z.boolean().optional(),
  /** Tells what came of a subject, so that it cuts a numerator and not a rate; never shared. */
  ofOutcome: z.boolean().optional(),
});
export type Dimension = z.infer<typeof Dimension>;

export const defineDimension = (dimension: z.input<typeof Dimension>): Dimension => Dimension.parse(dimension);

/** A name for a canonical filter (filter.ts), with a clause `cohort:` where it has rules (cohort.ts). */
export const Cohort = z.strictObject({
  id: z.string(),
  title: z.string(),
  description: z.string(),
  where: z.string(),
  preset: z.boolean(),
  persons: z.int().nullable(),
  /** Of a saved one: how often it was saved. */
  version: z.int().optional(),
});
export type Cohort = z.infer<typeof Cohort>;

/** GET /api/cohorts: presets first, then the saved ones. */
export const Cohorts = z.strictObject({ cohorts: z.array(Cohort) });
export type Cohorts = z.infer<typeof Cohorts>;
