import { z } from 'zod';
import { ConflictReason } from '#contract/identity';
import { AttributedSearch } from '../attributed-search.ts';

export const DataSearch = z.object({
  /** The run that figure B shows; absent: the one behind today's numbers. */
  run: z.string().min(1).optional(),
  /** The table or file whose lineage is followed. */
  node: z.string().min(1).optional(),
  /** The dispute on coverage whose people figure F lists, and the page of that list. */
  conflict: ConflictReason.optional(),
  page: z.coerce.number().int().min(2).max(9999).optional(),
  /** The assessment of figure H; absent: the latest. */
  assessment: z.iso.date().optional(),
  ...AttributedSearch.shape,
});
