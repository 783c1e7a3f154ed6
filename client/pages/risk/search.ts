import { z } from 'zod';

export const RiskSearch = z.object({
  /** Hours that the team has, and hours that one person takes; absent: HOURS and HOURS_PER_PERSON. */
  hours: z.coerce.number().min(0).max(100_000).optional(),
  each: z.coerce.number().min(0.1).max(1000).optional(),
  /** Absent: the people to call. */
  list: z.enum(['rising', 'off']).optional(),
  /** Figure G lists who stands in this tier and stood in `before` a year before; without `before`, who is rising in it. */
  tier: z.string().min(1).optional(),
  before: z.string().min(1).optional(),
  listed: z.coerce.number().int().min(2).max(9999).optional(),
  page: z.coerce.number().int().min(2).max(9999).optional(),
});

export const HOURS = 400;
export const HOURS_PER_PERSON = 4;
