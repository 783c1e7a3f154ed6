import { z } from 'zod';
import type { Column } from './columns.ts';

export const Sums = z.object({
  numerator: z.number(),
  denominator: z.number(),
  /** In the numerator's unit; null where there is no model. */
  expected: z.number().nullable(),
  rows: z.number(),
  /** Distinct persons, and those of them with a numerator; null unless asked for. */
  persons: z.number().nullable(),
  contributors: z.number().nullable(),
  /** Sums over persons of squares and products, for the clustered interval; null unless asked for. */
  numerator_squares: z.number().nullable(),
  cross: z.number().nullable(),
  denominator_squares: z.number().nullable(),
});
/** The sums of one group of a metric's rows, before scaling. */
export type Sums = z.infer<typeof Sums>;

/** The groups of a question in the order of their keys, one column per key; without keys there is exactly one group. */
export interface Groups {
  readonly keys: readonly Column[];
  readonly sums: readonly Sums[];
}
