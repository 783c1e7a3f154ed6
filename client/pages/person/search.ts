import { z } from 'zod';

export const PersonSearch = z.object({
  /** The event of the timeline whose claims are shown. */
  event: z.string().min(1).optional(),
});
