import { z } from 'zod';

/** GET /api/snapshot: the file that every number comes from, and its tables in the words that they were declared with. */
export const SnapshotFile = z.strictObject({
  snapshot: z.string(),
  /** Relative to the home folder. */
  file: z.string(),
  sha256: z.string(),
  dataThrough: z.iso.date(),
  synthetic: z.boolean(),
  tables: z.array(
    z.strictObject({
      /** `schema.table`. */
      name: z.string(),
      meaning: z.string().nullable(),
      /** Null of a view, and where suppressed. */
      rows: z.number().nullable(),
      columns: z.array(z.strictObject({ name: z.string(), type: z.string(), meaning: z.string().nullable() })),
    }),
  ),
});
export type SnapshotFile = z.infer<typeof SnapshotFile>;
