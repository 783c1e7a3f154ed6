import { z } from 'zod';
import { Stayed } from './providers.ts';
import { Mode } from './result.ts';

/** How the Shared Savings Program's rules (42 CFR 425.401 and 425.402) end for a person. */
export const AttributionOutcome = z.enum([
  'voluntary alignment',
  'step 1',
  'step 2',
  'step 3',
  'more charges elsewhere',
  'no physician',
  'primary care elsewhere only',
  'no primary care service',
  'in Medicare Advantage',
  'Part A or Part B alone',
  'not in Medicare',
  'lives outside the United States',
  'no coverage',
  'died before the twelve months',
]);
export type AttributionOutcome = z.infer<typeof AttributionOutcome>;

/** What the assignment list, or a payer's word, and the rules say of one person, side by side. */
export const Agreement = z.enum([
  'same practice',
  'another practice',
  'stated, not by the rule',
  'by the rule, not stated',
  'neither',
]);
export type Agreement = z.infer<typeof Agreement>;

export const AttributionChange = z.enum(['in', 'moved', 'out']);
export type AttributionChange = z.infer<typeof AttributionChange>;

/** Absent: the latest assessment. */
const assessment = z.iso.date().optional();
const persons = z.int().nullable();

export const AttributionQuery = z.strictObject({ assessment, mode: Mode.optional() });

/** GET /api/attribution: how people came to their practice at one assessment. Null counts: hidden in shareable mode. */
export const Attribution = z.strictObject({
  /** The one asked for; null: nobody was assessed. */
  assessment: z.iso.date().nullable(),
  /** All of them, latest first: quarter ends of two years, and data-through. */
  assessments: z.array(z.iso.date()),
  outcomes: z.array(z.strictObject({ outcome: AttributionOutcome, persons })),
  agreement: z.array(z.strictObject({ agreement: Agreement, persons })),
  /** Against the assessment before. */
  changes: z.array(z.strictObject({ change: AttributionChange, reason: z.string(), persons })),
});
export type Attribution = z.infer<typeof Attribution>;

const name = z.string().min(1).max(100).optional();

/** Query string of GET /api/attribution/persons; what is given must all hold. */
export const AttributedQuery = z.strictObject({
  assessment,
  outcome: AttributionOutcome.optional(),
  agreement: Agreement.optional(),
  change: AttributionChange.optional(),
  /** Reason of the change. */
  cause: name,
  /** Any reason of the change but this. */
  but: name,
  /** Practice, or practitioner of no practice, that a change led away from, or led to. */
  left: name,
  joined: name,
  /** Of those who had a practice (`left`: this one) at the last assessment at least a year before: how they stand now. */
  stayed: Stayed.optional(),
  /** Panel: the practice and the practitioner responsible for the living, and their risk; 'none' where it has no such. */
  practice: name,
  npi: name,
  tier: name,
  limit: z.coerce.number().int().min(1).max(500).default(100),
  offset: z.coerce.number().int().min(0).default(0),
  mode: Mode.optional(),
});
export type AttributedQuery = z.infer<typeof AttributedQuery>;

/** A person at one assessment. */
export const Attributed = z.strictObject({
  person_id: z.string(),
  name: z.string().nullable(),
  /** Responsible: practice and practitioner by name, and who says so. */
  practice: z.string().nullable(),
  practitioner: z.string().nullable(),
  basis: z.string().nullable(),
  outcome: AttributionOutcome,
  /** Practice that the rules give. */
  rule_practice: z.string().nullable(),
  agreement: Agreement.nullable(),
  reason: z.string(),
});
export type Attributed = z.infer<typeof Attributed>;

/** GET /api/attribution/persons */
export const AttributedPersons = z.strictObject({ total: z.int(), persons: z.array(Attributed) });
export type AttributedPersons = z.infer<typeof AttributedPersons>;
