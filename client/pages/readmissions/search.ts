import { z } from 'zod';

export const ReadmissionsSearch = z.object({
  /** The dimension of figure E; absent: the first that the metric carries. */
  by: z.string().min(1).optional(),
  /** What the points of figure C are; absent: hospitals. */
  units: z.string().min(1).optional(),
});
