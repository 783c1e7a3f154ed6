import { z } from 'zod';
import { ServedMetric } from './metric.ts';

export const Mode = z.enum(['identified', 'shareable']);
export type Mode = z.infer<typeof Mode>;

/** `gap`: of a measure, who counts and has not met it. */
export const Part = z.enum(['numerator', 'denominator', 'exclusion', 'gap']);
export type Part = z.infer<typeof Part>;

/** Query string of GET /api/metrics/:id. `from` and `to` are months (YYYY-MM), both inclusive. */
export const MetricQuery = z.strictObject({
  /** Comma-separated dimensions, plus `month`, `quarter`, `year`, `component`, `exclusion`. */
  by: z.string().default(''),
  from: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
    .optional(),
  to: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
    .optional(),
  where: z.string().default(''),
  /** With by=month: each month stands for so many months that end with it, whatever `from`; only full ones are told. */
  rolling: z.coerce.number().int().min(2).max(12).optional(),
  mode: Mode.optional(),
});
export type MetricQuery = z.infer<typeof MetricQuery>;

/** One group. Numbers are null where suppressed (shareable mode) or where the denominator is 0. */
export const Cell = z.strictObject({
  /** Group key by dimension, in the order of `by`; null = not known. */
  key: z.record(z.string(), z.string().nullable()),
  numerator: z.number().nullable(),
  denominator: z.number().nullable(),
  /** Rows of the denominator's unit. */
  rows: z.int().nullable(),
  value: z.number().nullable(),
  /** 95 % limits of the value: Wilson's of a percentage, Byar's by person of events, the spread between persons of amounts. */
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** Sum of what was expected, in the numerator's unit: numerator / expected is O/E. Null where there is no model. */
  expected: z.number().nullable(),
  /** 95 % limits of numerator / expected (Byar). */
  ratioLow: z.number().nullable(),
  ratioHigh: z.number().nullable(),
  suppressed: z.boolean(),
  /** The month's claims or follow-up are not all in. */
  immature: z.boolean(),
});
export type Cell = z.infer<typeof Cell>;

/** What travels with every number. */
export const Provenance = z.strictObject({
  snapshot: z.string(),
  runId: z.string(),
  dataThrough: z.iso.date(),
  synthetic: z.boolean(),
  definitionVersion: z.string(),
  mode: Mode,
  from: z.string().nullable(),
  to: z.string().nullable(),
  where: z.string(),
  by: z.array(z.string()),
  /** Months that a key `month` stands for, of which it is the last; null where it is that month alone. */
  rolling: z.int().nullable(),
  /** What the number's sources do not tell, a sentence each. */
  caveats: z.array(z.string()),
});
export type Provenance = z.infer<typeof Provenance>;

export const MetricResult = z.strictObject({
  metric: ServedMetric,
  provenance: Provenance,
  total: Cell,
  cells: z.array(Cell),
});
export type MetricResult = z.infer<typeof MetricResult>;

/** Query string of GET /api/metrics/:id/rows: the list behind one number. */
export const RowsQuery = MetricQuery.omit({ by: true, rolling: true }).extend({
  part: Part.default('numerator'),
  /** With part=numerator: one component of it. */
  component: z.string().optional(),
  /** With part=exclusion: one exclusion, in its words. */
  reason: z.string().optional(),
  /** With part=numerator of a measure: those who had met it by the end of that month, by the date of their evidence. */
  met: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  offset: z.coerce.number().int().min(0).default(0),
});
export type RowsQuery = z.infer<typeof RowsQuery>;

/**
 * GET /api/metrics/:id/met: how many had met a measure by the end of each month of its years, by the date of their
 * evidence as it is known today; evidence from before a year, or without a date, counts from its first month.
 */
export const Met = z.strictObject({ months: z.array(z.strictObject({ month: z.string(), met: z.int() })) });
export type Met = z.infer<typeof Met>;

export const SubjectRow = z.strictObject({
  subject_id: z.string(),
  person_id: z.string(),
  name: z.string().nullable(),
  age: z.int().nullable(),
  sex: z.string().nullable(),
  anchor_date: z.iso.date(),
  numerator: z.number(),
  denominator: z.number(),
  exclusion: z.string().nullable(),
  dimensions: z.record(z.string(), z.string().nullable()),
  /** Of a measure: how it stands, why, what shows it, and until when there is time. */
  gap: z
    .strictObject({
      status: z.string(),
      reason: z.string().nullable(),
      evidence: z.string().nullable(),
      evidence_date: z.iso.date().nullable(),
      due_date: z.iso.date().nullable(),
    })
    .nullable(),
});
export type SubjectRow = z.infer<typeof SubjectRow>;

export const RowsResult = z.strictObject({
  provenance: Provenance,
  part: Part,
  /** Rows in all, and the part's values summed over them: equals the number that was shown. */
  total: z.strictObject({ rows: z.int(), sum: z.number(), persons: z.int() }),
  rows: z.array(SubjectRow),
});
export type RowsResult = z.infer<typeof RowsResult>;

export const LineageNode = z.strictObject({
  name: z.string(),
  kind: z.enum(['file', 'input', 'core', 'mart', 'metric', 'measure', 'reference']),
  rows: z.number().nullable(),
  reads: z.array(z.string()),
  /** The SELECT that made it; null for files and for tables that a reader fills. */
  sql: z.string().nullable(),
});
export type LineageNode = z.infer<typeof LineageNode>;

export const Check = z.strictObject({
  check_id: z.string(),
  /** Stable number of the rule. */
  number: z.int(),
  title: z.string(),
  severity: z.enum(['error', 'warning', 'info']),
  status: z.enum(['passed', 'failed', 'not applicable', 'error']),
  violations: z.number().nullable(),
  denominator: z.number().nullable(),
  threshold: z.number().nullable(),
  /** Who acts when it fails. */
  owner: z.string(),
  /** Why a failed check of severity error did not block publishing. */
  override: z.string().nullable(),
  metrics_touched: z.array(z.string()),
});
export type Check = z.infer<typeof Check>;

/** GET /api/metrics/:id/choices: the same question with one rule of the metric chosen otherwise, in their order. */
export const Choices = z.strictObject({
  provenance: Provenance,
  choices: z.array(
    z.strictObject({
      id: z.string(),
      title: z.string(),
      numerator: z.number(),
      denominator: z.number(),
      value: z.number().nullable(),
      low: z.number().nullable(),
      high: z.number().nullable(),
    }),
  ),
});
export type Choices = z.infer<typeof Choices>;

/** A list of codes that a metric reads, and whose it is. */
export const ValueSet = z.strictObject({
  name: z.string(),
  /** Identifier of the published list that it restates or is. */
  oid: z.string().nullable(),
  source: z.string(),
  /** Brought by the customer, in place of the built-in one. */
  isSupplied: z.boolean(),
  /** Codes and beginnings of codes; 0 waits for a licensed list. */
  rules: z.number(),
  /** Different codes of the data that are in it. */
  seen: z.number(),
});
export type ValueSet = z.infer<typeof ValueSet>;

/** GET /api/metrics/:id/explain: "How is this computed?" */
export const Explain = z.strictObject({
  metric: ServedMetric,
  provenance: Provenance,
  counts: z.strictObject({
    numerator: z.number().nullable(),
    denominator: z.number().nullable(),
    rows: z.number().nullable(),
  }),
  /**
   * Waterfall: every row of the metric, what each rule removes, what remains. `dollars`: what a rule removes of a sum of
   * money; null for the first step, for metrics that count, and where suppressed.
   */
  waterfall: z.array(
    z.strictObject({
      reason: z.string(),
      rows: z.number().nullable(),
      remains: z.number().nullable(),
      dollars: z.number().nullable(),
    }),
  ),
  /** The definition: the SELECT of the metric's rows. */
  sql: z.string(),
  /** The SELECT that gave this very number, its values written in; runs on the snapshot's file. */
  answeredBy: z.string(),
  /** The one that gives it from the metric's rows, where the number stood ready in a cube; null: that is `answeredBy`. */
  fromRows: z.string().nullable(),
  lineage: z.array(LineageNode),
  valueSets: z.array(ValueSet),
  /** Those that name the metric. */
  checks: z.array(Check.omit({ metrics_touched: true })),
});
export type Explain = z.infer<typeof Explain>;
