import { z } from 'zod';

export const PackSearch = z.object({
  /** The ACO's name on the cover. */
  title: z.string().min(1).max(80).optional(),
});
