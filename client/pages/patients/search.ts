import { z } from 'zod';
import { PatientsQuery } from '#contract/patient';

/** Names that are searched for are typed and kept on the page, never in the address. */
export const PatientsSearch = z.object({
  sort: z.enum(PatientsQuery.shape.sort.unwrap().options).optional(),
  direction: z.literal('asc').optional(),
  page: z.coerce.number().int().min(2).max(9999).optional(),
});
