import { z } from 'zod';
import { Mode } from './result.ts';
import { RiskModel } from './risk-model.ts';

/** What a score is: percent of the model, a raw CMS-HCC score, or points. See mart.risk_tier. */
export const Basis = z.enum(['model', 'hcc', 'points']);
export type Basis = z.infer<typeof Basis>;

/** Query string of GET /api/risk. */
export const RiskQuery = z.strictObject({ where: z.string().default(''), mode: Mode.optional() });
export type RiskQuery = z.infer<typeof RiskQuery>;

/** GET /api/risk: the risk of a cohort at the end of the data. Counts of people are null where they may not be shown. */
export const Risk = z.strictObject({
  /** The first of the month from which the risk is told. */
  month: z.iso.date().nullable(),
  persons: z.int().nullable(),
  bases: z.array(z.strictObject({ basis: Basis, persons: z.int().nullable() })),
  /** `rising`: of those to call. */
  tiers: z.array(z.strictObject({ tier: z.string(), persons: z.int().nullable(), rising: z.int().nullable() })),
  /** Of those with a chance by the model: people from `from` percent to under `from` + 5. */
  bins: z.array(z.strictObject({ from: z.int(), persons: z.int().nullable() })),
  /** Who stands in which tier now and stood in which a year before, on the same basis. */
  migration: z.strictObject({
    from: z.iso.date().nullable(),
    cells: z.array(z.strictObject({ before: z.string(), now: z.string(), persons: z.int().nullable() })),
  }),
  /** People whom nobody should call, by the first reason. */
  barriers: z.array(z.strictObject({ barrier: z.string(), persons: z.int().nullable() })),
  model: RiskModel.nullable(),
});
export type Risk = z.infer<typeof Risk>;

/** Query string of GET /api/risk/plan. Hours of the team, and hours that one person takes. */
export const PlanQuery = RiskQuery.extend({
  hours: z.coerce.number().min(0).max(1_000_000),
  hoursPerPerson: z.coerce.number().min(0.1).max(10_000),
});
export type PlanQuery = z.infer<typeof PlanQuery>;

/** GET /api/risk/plan: whom the hours reach, the likeliest to be admitted first, and what may be expected of it. */
export const Plan = z.strictObject({
  /** Whom the hours would reach, and who is on the list. */
  capacity: z.int(),
  listed: z.int().nullable(),
  /** Of the list, whom the hours reach; and how many of those have no chance told by the model, and so come last. */
  people: z.int().nullable(),
  withoutChance: z.int().nullable(),
  /** Chance of the last person reached, between 0 and 1; null without a model. */
  cutoff: z.number().nullable(),
  /** Of those reached, how many the model expects to be admitted within 12 months, and of the whole list. */
  expected: z.number().nullable(),
  expectedOfAll: z.number().nullable(),
  /** The same share of the people of the last landmark, by the model that had not seen what came: people reached, of them admitted, admitted in all. */
  found: z.strictObject({ people: z.int(), admitted: z.int(), all: z.int() }).nullable(),
  /** For 0, 1 ... 100 % of the list: expected admissions among the likeliest, as a share of all expected. */
  curve: z.array(z.strictObject({ percent: z.int(), share: z.number() })),
});
export type Plan = z.infer<typeof Plan>;

/**
 * Query string of GET /api/risk/candidates. `list`: who is to be called, who of them is rising, whom nobody should call, or
 * everybody alive who stood in a tier on the same basis a year before. `tier`: now; `before`: then.
 */
export const CandidatesQuery = RiskQuery.extend({
  list: z.enum(['on', 'rising', 'off', 'moved']).default('on'),
  tier: z.string().optional(),
  before: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
  offset: z.coerce.number().int().min(0).default(0),
});
export type CandidatesQuery = z.infer<typeof CandidatesQuery>;

/** One person, as of data-through. */
export const Candidate = z.strictObject({
  person_id: z.string(),
  name: z.string().nullable(),
  age: z.int().nullable(),
  sex: z.string(),
  practice: z.string().nullable(),
  tier: z.string(),
  score: z.number(),
  basis: Basis,
  /** Between 0 and 1; six months before likewise. */
  chance: z.number().nullable(),
  chance_before: z.number().nullable(),
  is_rising: z.boolean(),
  /** What raises the risk the most, the strongest first, three at most. */
  drivers: z.array(z.string()),
  /** Why to reach out, what could be done, and why not. */
  reasons: z.array(z.string()),
  handles: z.array(z.string()),
  barriers: z.array(z.string()),
  last_visit_date: z.iso.date().nullable(),
});
export type Candidate = z.infer<typeof Candidate>;

/** GET /api/risk/candidates */
export const Candidates = z.strictObject({ total: z.int(), people: z.array(Candidate) });
export type Candidates = z.infer<typeof Candidates>;
