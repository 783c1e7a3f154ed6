import { z } from 'zod';

export const ReadmissionsSearch = z.object({
  /** The dimension of figure D; absent: the first that the metric carries. */
  by: z.string().min(1).optional(),
});
