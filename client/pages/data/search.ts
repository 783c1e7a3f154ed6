import { z } from 'zod';
import { Agreement, AttributionChange, AttributionOutcome } from '#contract/attribution';
import { ConflictReason } from '#contract/identity';

export const DataSearch = z.object({
  /** The run that figure B shows; absent: the one behind today's numbers. */
  run: z.string().min(1).optional(),
  /** The table or file whose lineage is followed. */
  node: z.string().min(1).optional(),
  /** The dispute on coverage whose people figure F lists, and the page of that list. */
  conflict: ConflictReason.optional(),
  page: z.coerce.number().int().min(2).max(9999).optional(),
  /** The assessment of figure H, the count whose people it lists, and the page of that list. */
  assessment: z.iso.date().optional(),
  outcome: AttributionOutcome.optional(),
  agreement: Agreement.optional(),
  change: AttributionChange.optional(),
  cause: z.string().min(1).max(100).optional(),
  practice: z.string().min(1).max(100).optional(),
  npi: z.string().min(1).max(100).optional(),
  listed: z.coerce.number().int().min(2).max(9999).optional(),
});
