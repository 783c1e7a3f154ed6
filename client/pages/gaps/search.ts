import { z } from 'zod';

export const GapsSearch = z.object({
  /** Every rate in figure A; absent: those that the program of the year asks for. */
  rates: z.literal('all').optional(),
  /** The measure that the lower figures speak of; absent: the one furthest from its goal. */
  measure: z.string().min(1).optional(),
  /** The dimension of figure B; absent: the practice. */
  by: z.string().min(1).optional(),
});
