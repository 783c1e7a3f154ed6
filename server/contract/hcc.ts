import { z } from 'zod';
import { Mode } from './result.ts';

/** `recapture`: a lasting category of the year before, on no claim yet. `suspect`: the record hints at one; a clinician judges. */
export const HccGapKind = z.enum(['recapture', 'suspect']);
export type HccGapKind = z.infer<typeof HccGapKind>;

/** A category of the CMS-HCC models that a visit in the data year could settle. */
export const HccGap = z.strictObject({
  model: z.string(),
  payment_year: z.int(),
  /** Calendar year whose claims the payment year reads. */
  data_year: z.int(),
  kind: HccGapKind,
  hcc: z.string(),
  label: z.string().nullable(),
  evidence: z.string(),
  evidence_date: z.iso.date().nullable(),
  /** Relative factor of the category by itself in the person's segment; null where that segment has none. */
  coefficient: z.number().nullable(),
  /** Payment year of that factor: the year before where those of the year are not published yet. */
  coefficient_year: z.int().nullable(),
});
export type HccGap = z.infer<typeof HccGap>;

/** The last claim that brought a diagnosis, of so many. */
const Brought = z.strictObject({
  hcc: z.string().nullable(),
  label: z.string().nullable(),
  code: z.string().nullable(),
  claims: z.int().nullable(),
  claim_date: z.iso.date().nullable(),
  claim_id: z.string().nullable(),
  source_name: z.string().nullable(),
});

/** CMS's score of one person for one payment year, and what it is the sum of. */
export const HccScore = z.strictObject({
  model: z.string(),
  payment_year: z.int(),
  data_year: z.int(),
  /** As CMS's software names it: CNA is community, not dual, aged. */
  segment: z.string(),
  age: z.int(),
  /** The sum of the relative factors; then divided by the year's normalization factor, null where that is not known. */
  raw_score: z.number(),
  normalized_score: z.number().nullable(),
  demographic_score: z.number(),
  /** What to bear in mind about the year. */
  caveat: z.string().nullable(),
  /** What adds to the raw score beside categories, by the variable of CMS's software; ActAdj divides the rest. */
  parts: z.array(
    z.strictObject({
      kind: z.enum(['demographic', 'interaction', 'count']),
      variable: z.string(),
      coefficient: z.number(),
    }),
  ),
  /** A null coefficient: the segment gives the category no factor. */
  categories: z.array(Brought.extend({ coefficient: z.number().nullable() })),
  /** Diagnoses of categories that do not count, and why. */
  dropped: z.array(Brought.extend({ dropped: z.string() })),
});
export type HccScore = z.infer<typeof HccScore>;

/** GET /api/patients/:key/risk-adjustment. `score`: newest year of the newest model that pays; null: none is known. */
export const PersonHcc = z.strictObject({ score: HccScore.nullable(), gaps: z.array(HccGap) });
export type PersonHcc = z.infer<typeof PersonHcc>;

/** Query string of GET /api/hcc-gaps; `where` is a filter of persons as of data-through. */
export const HccGapCountsQuery = z.strictObject({ where: z.string().default(''), mode: Mode.optional() });
export type HccGapCountsQuery = z.infer<typeof HccGapCountsQuery>;

const people = z.int().nullable();

/**
 * GET /api/hcc-gaps: people with open gaps of the newest payment year, without the dead, those who left and those whose
 * claims CMS does not share. Null counts: hidden in shareable mode. Null years: no such table.
 */
export const HccGapCounts = z.strictObject({
  payment_year: z.int().nullable(),
  data_year: z.int().nullable(),
  /** Each person once. */
  recapture: people,
  suspect: people,
  categories: z.array(
    z.strictObject({
      model: z.string(),
      hcc: z.string(),
      label: z.string().nullable(),
      recapture: people,
      suspect: people,
    }),
  ),
});
export type HccGapCounts = z.infer<typeof HccGapCounts>;

const name = z.string().min(1).max(20).optional();

/** Query string of GET /api/hcc-gaps/persons. */
export const HccGapPersonsQuery = HccGapCountsQuery.extend({
  kind: HccGapKind.optional(),
  model: name,
  hcc: name,
  limit: z.coerce.number().int().min(1).max(500).default(50),
  offset: z.coerce.number().int().min(0).default(0),
});
export type HccGapPersonsQuery = z.infer<typeof HccGapPersonsQuery>;

/** One open gap and whose it is. */
export const HccGapPerson = HccGap.extend({
  person_id: z.string(),
  name: z.string().nullable(),
  age: z.int().nullable(),
  sex: z.string().nullable(),
  practice: z.string().nullable(),
});
export type HccGapPerson = z.infer<typeof HccGapPerson>;

/** GET /api/hcc-gaps/persons: the latest evidence first. `people`: how many persons the gaps are of. */
export const HccGapPersons = z.strictObject({ total: z.int(), people: z.int(), gaps: z.array(HccGapPerson) });
export type HccGapPersons = z.infer<typeof HccGapPersons>;
