import { z } from 'zod';

/**
 * A way to cut a metric. `person`: a column of mart.person_month, taken as of the anchor date's month.
 * `subject`: a column that metric.sql itself yields (facility of a stay). `set`: a person has several
 * (conditions), listed in a table (person_id, value, since_date); groups then overlap.
 */
export const Dimension = z.strictObject({
  id: z.string().regex(/^[a-z][a-z_]*$/),
  title: z.string(),
  description: z.string(),
  scope: z.enum(['person', 'subject', 'set']),
  /** The allowed values in display order. Empty: whatever the data hold, labelled by `labelsFrom`. */
  values: z.array(z.strictObject({ value: z.string(), label: z.string() })),
  /** `schema.table` with columns value, label; for a `set`, the table with person_id, value, since_date. */
  labelsFrom: z.string().optional(),
  setFrom: z.string().optional(),
  /** Its values go from the most to the least in need, so that a slope of inequality can be drawn through them. */
  byNeed: z.boolean().optional(),
});
export type Dimension = z.infer<typeof Dimension>;

export const defineDimension = (dimension: z.input<typeof Dimension>): Dimension => Dimension.parse(dimension);

/** A preset cohort: a name for a canonical filter (see filter.ts). */
export const Cohort = z.strictObject({
  id: z.string(),
  title: z.string(),
  description: z.string(),
  where: z.string(),
  preset: z.boolean(),
  persons: z.int().nullable(),
});
export type Cohort = z.infer<typeof Cohort>;

/** GET /api/cohorts: presets first, then the saved ones. */
export const Cohorts = z.strictObject({ cohorts: z.array(Cohort) });
export type Cohorts = z.infer<typeof Cohorts>;

/** What a person says of a cohort to be saved. */
export const CohortDraft = z.strictObject({
  title: z.string().trim().min(1).max(80),
  description: z.string().trim().max(400).default(''),
  where: z.string().max(2000),
});
export type CohortDraft = z.infer<typeof CohortDraft>;

/** GET /api/cohorts/:id/attrition: everybody, then who is left after each clause of the filter; null where suppressed. */
export const Attrition = z.strictObject({
  cohort: Cohort,
  steps: z.array(
    z.strictObject({
      /** The dimension that this step filters by; null for everybody. */
      dimension: z.string().nullable(),
      values: z.array(z.string()),
      persons: z.int().nullable(),
    }),
  ),
});
export type Attrition = z.infer<typeof Attrition>;
