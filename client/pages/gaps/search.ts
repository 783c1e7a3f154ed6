import { z } from 'zod';

export const GapsSearch = z.object({
  /** The measure that the lower figures speak of; absent: the one with the most open gaps. */
  measure: z.string().min(1).optional(),
  /** The dimension of figure C; absent: the practice. */
  by: z.string().min(1).optional(),
});
