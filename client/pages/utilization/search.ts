import { z } from 'zod';

export const UtilizationSearch = z.object({
  /** The metric that the lower figures speak of; absent: total cost. */
  metric: z.string().min(1).optional(),
  by: z.string().min(1).optional(),
});
