import { z } from 'zod';
import { Mode } from './result.ts';

/** Why the assignment list and the spans of coverage disagree on a month of a person; the list holds. */
export const ConflictReason = z.enum([
  'covered, not on the list',
  'covered, taken off the list',
  'covered, not eligible by the list',
  'on the list, in Medicare Advantage',
  'on the list, not covered',
]);
export type ConflictReason = z.infer<typeof ConflictReason>;

/** GET /api/identity: what sources dispute of people. Null: hidden in shareable mode. */
export const Identity = z.strictObject({
  /** People by the sources that know them, those of most people first. */
  matched: z.array(z.strictObject({ sources: z.array(z.string()), persons: z.int() })).nullable(),
  /** Identifiers that records share which contradict each other, and those records. */
  reviews: z.int().nullable(),
  records: z.int().nullable(),
  /** Months of persons, and the persons, by reason. */
  conflicts: z.array(
    z.strictObject({ reason: ConflictReason, months: z.int().nullable(), persons: z.int().nullable() }),
  ),
  /** People whose claims CMS does not share as of data-through. */
  not_shared: z.int().nullable(),
});
export type Identity = z.infer<typeof Identity>;

/** Records that share an identifier and contradict each other: one person, or an identifier that is wrong. */
export const Review = z.strictObject({
  review_id: z.string(),
  /** 'birth date', 'sex', 'name'; empty where only those contradict to whom the records are linked. */
  differs: z.array(z.string()),
  system: z.string(),
  value: z.string(),
  records: z.array(
    z.strictObject({
      person_id: z.string(),
      source_name: z.string(),
      source_person_id: z.string(),
      name: z.string().nullable(),
      birth_date: z.iso.date().nullable(),
      death_date: z.iso.date().nullable(),
      sex: z.string().nullable(),
      zip_code: z.string().nullable(),
    }),
  ),
});
export type Review = z.infer<typeof Review>;

/** GET /api/identity/reviews */
export const Reviews = z.strictObject({ total: z.int(), reviews: z.array(Review) });
export type Reviews = z.infer<typeof Reviews>;

/** Query string of GET /api/identity/conflicts. */
export const ConflictsQuery = z.strictObject({
  /** Absent: every reason. */
  reason: ConflictReason.optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  offset: z.coerce.number().int().min(0).default(0),
  mode: Mode.optional(),
});
export type ConflictsQuery = z.infer<typeof ConflictsQuery>;

/** A person with months of one conflict. */
export const Conflict = z.strictObject({
  reason: ConflictReason,
  person_id: z.string(),
  name: z.string().nullable(),
  /** Identifiers of the sources. */
  source_person_ids: z.array(z.string()),
  months: z.int(),
  first_month: z.iso.date(),
  last_month: z.iso.date(),
});
export type Conflict = z.infer<typeof Conflict>;

/** GET /api/identity/conflicts: persons by reason, those with most months first; `months` of all of them. */
export const Conflicts = z.strictObject({ total: z.int(), months: z.int(), conflicts: z.array(Conflict) });
export type Conflicts = z.infer<typeof Conflicts>;
