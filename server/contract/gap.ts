import { z } from 'zod';
import { Id } from './metric.ts';
import { Mode } from './result.ts';

/** How an open gap stands, most pressing first. */
export const OpenStatus = z.enum([
  'overdue',
  'due soon',
  'open',
  'tested, value unknown',
  'history incomplete',
  'closed, awaiting claim',
]);
export type OpenStatus = z.infer<typeof OpenStatus>;

/** How the person stood in the same rate at the end of the year before: with a gap, without one, or not counted. */
export const Before = z.enum(['open', 'closed', 'not counted']);
export type Before = z.infer<typeof Before>;

const Cut = {
  /** Canonical filter of persons, as of data-through. */
  where: z.string().default(''),
  /** A rate of a measure, such as cms125-1. */
  measure: z.string().optional(),
  status: OpenStatus.optional(),
  before: Before.optional(),
  /** The practitioner whom people are attributed to, by NPI; '' where nobody is known. */
  provider: z
    .string()
    .regex(/^\w{0,10}$/)
    .optional(),
  mode: Mode.optional(),
};

/** Query string of GET /api/gaps: the people with open gaps in the period of the snapshot. */
export const GapsQuery = z.strictObject({
  ...Cut,
  /** `due`: overdue first, then the earliest due, the most gaps, the highest risk. */
  sort: z.enum(['due', 'gaps', 'risk', 'name']).default('due'),
  limit: z.coerce.number().int().min(1).max(500).default(50),
  offset: z.coerce.number().int().min(0).default(0),
});
export type GapsQuery = z.infer<typeof GapsQuery>;

/** Something that was entered by hand to close a gap. */
export const GapClosure = z.strictObject({
  id: z.string(),
  /** The rate whose gap it is to close. */
  metric: z.string(),
  /** What was done, in words; its results; where it was found. */
  done: z.string(),
  service_date: z.iso.date(),
  results: z.string(),
  note: z.string(),
  entered_by: z.string(),
  entered_at: z.iso.datetime(),
  withdrawn: z.strictObject({ by: z.string(), at: z.iso.datetime(), reason: z.string() }).nullable(),
  /** Whether the run that made this snapshot has read the entry, and whether it has read its withdrawal. */
  is_counted: z.boolean(),
  is_withdrawal_counted: z.boolean(),
});
export type GapClosure = z.infer<typeof GapClosure>;

/** One open gap of the list. */
export const OpenGap = z.strictObject({
  /** The rate, as the catalogue calls it. */
  metric: z.string(),
  subject_id: z.string(),
  status: z.string(),
  reason: z.string().nullable(),
  evidence: z.string().nullable(),
  evidence_date: z.iso.date().nullable(),
  due_date: z.iso.date(),
});
export type OpenGap = z.infer<typeof OpenGap>;

export const GapPerson = z.strictObject({
  person_id: z.string(),
  name: z.string().nullable(),
  age: z.int().nullable(),
  sex: z.string().nullable(),
  practice: z.string().nullable(),
  /** The attributed practitioner. */
  provider: z.string().nullable(),
  provider_name: z.string().nullable(),
  risk_tier: z.string().nullable(),
  risk_score: z.number().nullable(),
  last_visit_date: z.iso.date().nullable(),
  gaps: z.array(OpenGap),
  /** What was entered by hand for the person, newest first. */
  closures: z.array(GapClosure),
});
export type GapPerson = z.infer<typeof GapPerson>;

const Counts = z.strictObject({ people: z.int(), gaps: z.int(), overdue: z.int(), due_soon: z.int() });

/** GET /api/gaps. `left_out`: the dead, and people whose claims CMS does not share. */
export const Gaps = z.strictObject({
  total: Counts,
  left_out: z.strictObject({ people: z.int(), gaps: z.int() }),
  people: z.array(GapPerson),
});
export type Gaps = z.infer<typeof Gaps>;

/** Query string of GET /api/gaps/groups. */
export const GapGroupsQuery = z.strictObject({
  ...Cut,
  by: z.enum(['provider', 'practice', 'measure', 'before']).default('practice'),
});
export type GapGroupsQuery = z.infer<typeof GapGroupsQuery>;

/** GET /api/gaps/groups: the same gaps counted, the group with most first. `value` null: not known. */
export const GapGroups = z.strictObject({
  groups: z.array(
    Counts.extend({
      value: z.string().nullable(),
      label: z.string().nullable(),
      /** Of a practitioner: the practice. */
      practice: z.string().nullable(),
    }),
  ),
});
export type GapGroups = z.infer<typeof GapGroups>;

/** Plain text on one line: no control character survives a file that people open in a spreadsheet. */
const line = (longest: number) =>
  z
    .string()
    .trim()
    .min(3, 'needs a few words')
    .max(longest, `has at most ${longest} characters`)
    .regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*$/u, 'is one line of plain text');

/** POST /api/patients/:key/gap-closures */
export const GapClosureDraft = z.strictObject({
  /** The rate whose gap it is to close. */
  metric: Id,
  /** One of the measure's closures. */
  closure: Id,
  service_date: z.iso.date(),
  /** One for each entry of the closure: a number, or the value of an answer; '' where it asks for none. */
  results: z.array(z.string().max(40)).max(8),
  /** The document and where it is. */
  note: line(200),
});
export type GapClosureDraft = z.infer<typeof GapClosureDraft>;

/** POST /api/patients/:key/gap-closures/:id/withdrawal */
export const GapWithdrawal = z.strictObject({ reason: line(200) });
export type GapWithdrawal = z.infer<typeof GapWithdrawal>;

/** GET /api/patients/:key/gap-closures, newest first. */
export const GapClosures = z.strictObject({ closures: z.array(GapClosure) });
export type GapClosures = z.infer<typeof GapClosures>;
