import { z } from 'zod';

/** `current.json` in the home folder: the pointer from pipelines to server. */
export const Current = z.strictObject({
  snapshot: z.string(),
  /** Relative to the home folder. */
  file: z.string(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  publishedAt: z.iso.datetime(),
  dataThrough: z.iso.date(),
  period: z.string().regex(/^\d{4}$/),
  runId: z.string(),
  synthetic: z.boolean(),
});
export type Current = z.infer<typeof Current>;
