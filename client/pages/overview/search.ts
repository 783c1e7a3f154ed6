import { z } from 'zod';

export const OverviewSearch = z.object({
  /** Whose six figures come first; absent: those of the contract. */
  role: z.enum(['quality', 'programs']).optional(),
});
