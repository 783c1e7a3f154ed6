import { z } from 'zod';

export const ReadmissionsSearch = z.object({
  /** Which definition the page follows, by its metric's id; absent: the hospital-wide one of 30 days. */
  definition: z.string().min(1).optional(),
  /** The dimension of figure E; absent: where people were sent to. */
  by: z.string().min(1).optional(),
  /** What the rows of figure C are; absent: hospitals. */
  units: z.string().min(1).optional(),
});
