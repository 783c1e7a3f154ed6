import { z } from 'zod';
import { CanonicalFilter, Month } from '../../state/scope.ts';

/** Which number the list stands behind. */
export const RowsSearch = z.object({
  /** Absent: the numerator. */
  part: z.enum(['denominator', 'exclusion', 'gap']).optional(),
  component: z.string().min(1).optional(),
  reason: z.string().min(1).optional(),
  /** Of a measure: those who had met it by the end of that month. */
  met: Month.optional(),
  /** The group of the cell that was clicked, on top of the scope's filter. */
  also: CanonicalFilter.optional(),
  /** Months that stand in for the scope's own. */
  from: Month.optional(),
  until: Month.optional(),
  /** The row that is told of, rule by rule. */
  why: z.string().min(1).optional(),
  page: z.coerce.number().int().min(2).max(9999).optional(),
});
