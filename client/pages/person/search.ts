import { z } from 'zod';
import { Behind } from '../rows/behind.ts';

export const PersonSearch = z.object({
  /** The event of the timeline whose claims are shown. */
  event: z.string().min(1).optional(),
  /** The gap that is told rule by rule: its number, and the last day of its year. */
  why: z.string().min(1).optional(),
  /** The list that somebody came from. */
  behind: Behind.optional(),
});
