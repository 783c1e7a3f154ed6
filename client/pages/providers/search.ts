import { z } from 'zod';
import { AttributedSearch } from '../attributed-search.ts';

export const ProvidersSearch = z.object({
  /** The metric of figures A and B; absent: readmission. */
  metric: z.string().min(1).optional(),
  /** Whom the figures compare; absent: practices. */
  unit: z.enum(['practitioner']).optional(),
  /** The assessment whose panels figure C shows; absent: the latest. */
  assessment: z.iso.date().optional(),
  ...AttributedSearch.shape,
});

/** One practice, or one practitioner. */
export const ProviderSearch = AttributedSearch;
