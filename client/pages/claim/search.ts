import { z } from 'zod';
import { Behind } from '../rows/behind.ts';

export const ClaimSearch = z.object({
  /** Tells apart claims of two sources that share an id. */
  source: z.string().min(1).optional(),
  /** The line whose raw record is open. */
  raw: z.string().min(1).optional(),
  /** The list that somebody came from. */
  behind: Behind.optional(),
});
