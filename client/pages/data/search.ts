import { z } from 'zod';

export const DataSearch = z.object({
  /** The run that figure B shows; absent: the one behind today's numbers. */
  run: z.string().min(1).optional(),
  /** The table or file whose lineage is followed. */
  node: z.string().min(1).optional(),
});
