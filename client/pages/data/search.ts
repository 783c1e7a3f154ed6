import { z } from 'zod';
import { ConflictReason } from '#contract/identity';
import { AttributedSearch } from '../attributed-search.ts';

export const DataSearch = z.object({
  /** The run that figure C shows; absent: the one behind today's numbers. */
  run: z.string().min(1).optional(),
  /** The month of a feed whose files figure B lists: `<month>|<kind>|<source>`. */
  cell: z
    .string()
    .regex(/^\d{4}-\d{2}\|[a-z_]+\|./)
    .optional(),
  /** The table or file whose lineage is followed. */
  node: z.string().min(1).optional(),
  /** The dispute on coverage whose people figure G lists, and the page of that list. */
  conflict: ConflictReason.optional(),
  page: z.coerce.number().int().min(2).max(9999).optional(),
  /** The assessment of figure I; absent: the latest. */
  assessment: z.iso.date().optional(),
  ...AttributedSearch.shape,
});
