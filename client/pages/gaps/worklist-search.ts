import { z } from 'zod';
import { Before, GapsQuery, OpenStatus } from '#contract/gap';

export const WorklistSearch = z.object({
  /** What the page lists; absent: the people. */
  view: z.enum(['practitioners', 'practices', 'goals']).optional(),
  /** A rate, such as cms125-1. */
  measure: z.string().min(1).optional(),
  status: OpenStatus.optional(),
  before: Before.optional(),
  /** NPI of the attributed practitioner; `none` where nobody is known. */
  provider: z
    .string()
    .regex(/^\w{1,10}$/)
    .optional(),
  /** Absent: what is most pressing. */
  sort: GapsQuery.shape.sort.unwrap().exclude(['due']).optional(),
  page: z.coerce.number().int().min(2).max(9999).optional(),
});
