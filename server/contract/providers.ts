import { z } from 'zod';
import { Mode } from './result.ts';

/** Null: hidden in shareable mode. */
const persons = z.int().nullable();

/** How a person who had a practice a year before stands with it now. */
export const Stayed = z.enum(['same practice', 'another practice', 'no practice', 'died']);
export type Stayed = z.infer<typeof Stayed>;

/** 'moved' is between two practices; asked of one practice it is to it or away from it. */
export const Flow = z.enum(['in', 'moved in', 'moved', 'moved out', 'out']);
export type Flow = z.infer<typeof Flow>;

/** Query string of GET /api/providers. */
export const ProvidersQuery = z.strictObject({
  /** Absent: the latest. */
  assessment: z.iso.date().optional(),
  /** Who came, went and stayed at this practice only, or at this practitioner of no practice; not for shareable mode. */
  practice: z.string().min(1).max(100).optional(),
  mode: Mode.optional(),
});
export type ProvidersQuery = z.infer<typeof ProvidersQuery>;

const risk = {
  /** By risk tier at the end of the month, 'not known' last; null in shareable mode. */
  tiers: z.array(z.strictObject({ tier: z.string(), persons: z.int() })).nullable(),
  /** With a primary care service at the practice within twelve months; null in shareable mode. */
  seen: persons,
  /** Persons to expect in hospital, unplanned, within twelve months; null where no model scores them, and in shareable mode. */
  expected: z.number().nullable(),
};

/** GET /api/providers: whom each practice and practitioner is responsible for, and who came, went and stayed. */
export const Providers = z.strictObject({
  /** The one asked for; null: nobody was assessed. */
  assessment: z.iso.date().nullable(),
  /** All of them, latest first: quarter ends of two years, and data-through. */
  assessments: z.array(z.iso.date()),
  /** The living, by practice; null where only the practitioner is known. */
  practices: z.array(z.strictObject({ practice_id: z.string().nullable(), practice: z.string().nullable(), persons })),
  panels: z.array(
    z.strictObject({
      practice_id: z.string().nullable(),
      npi: z.string().nullable(),
      practitioner: z.string().nullable(),
      persons,
      ...risk,
    }),
  ),
  /** Each against the assessment before, earliest first. */
  churn: z.array(
    z.strictObject({
      assessment: z.iso.date(),
      changes: z.array(z.strictObject({ flow: Flow, reason: z.string(), persons })),
    }),
  ),
  /** Whom a practice had at the last assessment at least a year before, and how they stand now; null: there is none so old. */
  stability: z
    .strictObject({ before: z.iso.date(), rows: z.array(z.strictObject({ stayed: Stayed, persons })) })
    .nullable(),
});
export type Providers = z.infer<typeof Providers>;
