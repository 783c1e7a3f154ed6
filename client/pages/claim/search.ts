import { z } from 'zod';

export const ClaimSearch = z.object({
  /** Tells apart claims of two sources that share an id. */
  source: z.string().min(1).optional(),
});
