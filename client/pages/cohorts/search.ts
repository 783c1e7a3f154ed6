import { z } from 'zod';
import { CanonicalFilter } from '../../state/scope.ts';

export const CohortSearch = z.object({
  /** Whom the cohort is held against: the id of another; absent: everybody else. */
  against: z.string().min(1).optional(),
});

export const BuilderSearch = z.object({
  /** The rules as text (textOf); absent: none yet. */
  tree: z.string().min(1).optional(),
  /** The saved cohort that is being changed; absent: a new one. */
  of: z.string().min(1).optional(),
});

export const ExploreSearch = z.object({
  /** What is chosen in the charts (formatBrushes); absent: nothing. */
  brush: CanonicalFilter.optional(),
});
