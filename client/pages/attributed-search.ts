import { z } from 'zod';
import { AttributedQuery } from '#contract/attribution';

const { outcome, agreement, change, cause, but, left, joined, stayed, practice, npi, tier } = AttributedQuery.shape;

/** The count of attribution whose people a page lists, and the page of that list. */
export const AttributedSearch = z.object({
  /** Its assessment; absent: that of the page. */
  at: z.iso.date().optional(),
  ...{ outcome, agreement, change, cause, but, left, joined, stayed, practice, npi, tier },
  listed: z.coerce.number().int().min(2).max(9999).optional(),
});
export type AttributedSearch = z.infer<typeof AttributedSearch>;
