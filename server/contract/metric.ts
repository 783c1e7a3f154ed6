import { z } from 'zod';

/** kebab-case; the folder's name. Its table is `metric.<id with _>`. */
export const Id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);

const Source = z.strictObject({
  name: z.string().min(3),
  version: z.string().min(1),
  url: z.url(),
  /** Where we differ from the published definition. Required honesty: an empty list claims exact agreement. */
  deviations: z.array(z.string()),
});

const Words = {
  id: Id,
  title: z.string().max(60),
  /** One sentence that a clinician could read aloud. */
  description: z.string(),
  whyItMatters: z.string(),
  numerator: z.string(),
  denominator: z.string(),
  exclusions: z.array(z.string()),
  /** The words that `exclusion` of a row may say, in the order in which they are asked. */
  reasons: z.array(z.string()).default([]),
  betterIs: z.enum(['lower', 'higher', 'neither']),
  source: Source,
  /** Semantic version of this definition: raised whenever a number may change. */
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  reviewedOn: z.iso.date(),
};

export const Unit = z.enum(['percent', 'per 1,000 members per year', 'dollars per member per month']);
export type Unit = z.infer<typeof Unit>;

/** Its numerator is a sum of money, not a count. */
export const isInDollars = ({ unit }: { readonly unit: Unit }): boolean => unit === 'dollars per member per month';

/** What a metric is about; pages list metrics by it, in this order. */
export const Topic = z.enum([
  'cost',
  'hospital',
  'emergency',
  'preventable',
  'discharge',
  'post-acute',
  'office',
  'imaging',
  'low-value',
  'quality',
  'other',
]);
export type Topic = z.infer<typeof Topic>;

/** What every metric says about itself before it may be computed or shown. */
export const Metric = z.strictObject({
  ...Words,
  topic: Topic.default('other'),
  /** Its number in the programs of payers, where it is asked for there. */
  qualityId: z.string().nullable().default(null),
  unit: Unit,
  /** value = scale * sum(numerator) / sum(denominator), in the unit above. */
  scale: z.number().positive(),
  /** The numerator is a part of the denominator, as days at home are of all days; else, per 1,000, it counts events. */
  isPart: z.boolean().default(false),
  grain: z.enum(['person', 'stay', 'member-month', 'event']),
  /** Days after a month ends until its claims are in and its follow-up is over; younger months are drawn hollow. */
  maturesAfterDays: z.int().min(0),
  /** Extra numeric columns of metric.sql that add up to the numerator; served by `by=component`. */
  components: z.array(z.strictObject({ id: z.string(), title: z.string() })).default([]),
  /** The internal model that metric.sql takes `expected` from: of mart.<name>_coefficient and mart.<name>_calibration. */
  expectedBy: z
    .string()
    .regex(/^[a-z_]+$/)
    .nullable()
    .default(null),
  /**
   * What the metric would be with one rule chosen otherwise: `table` has rows of (subject_id, choice, numerator,
   * denominator), the first option is the metric as it is defined.
   */
  choices: z
    .strictObject({
      table: z.string().regex(/^mart\.[a-z_]+$/),
      options: z.array(z.strictObject({ id: Id, title: z.string() })).min(2),
    })
    .nullable()
    .default(null),
});
export type Metric = z.infer<typeof Metric>;

/**
 * The law that chance follows: binomial where a unit is in the numerator or not, Poisson where events are counted over
 * time; null for an amount, such as dollars or days at home, of which only the spread between persons tells.
 */
export function lawOf({ unit, isPart }: Pick<Metric, 'unit' | 'isPart'>): 'binomial' | 'poisson' | null {
  if (unit === 'percent') return 'binomial';
  return unit === 'per 1,000 members per year' && !isPart ? 'poisson' : null;
}

/** What somebody may find in a chart, as it is entered by hand to close a gap. */
export const Closure = z.strictObject({
  id: Id,
  /** What was done, such as 'Mammogram'. */
  title: z.string().max(60),
  /** When it must have been done to close the gap, in words that follow "counts". */
  counts: z.string(),
  /** The statements that it is written down as, each with the code that the measure reads. */
  entries: z
    .array(
      z.strictObject({
        codeType: z.enum(['loinc', 'hcpcs', 'cvx']),
        code: z.string().min(1),
        /** What is asked for besides the day: a number within its bounds, or one of a few answers. */
        result: z
          .union([
            z.strictObject({ title: z.string(), unit: z.string(), low: z.number(), high: z.number() }),
            z.strictObject({
              title: z.string(),
              answers: z.array(z.strictObject({ value: z.string(), title: z.string() })).min(2),
            }),
          ])
          .nullable()
          .default(null),
      }),
    )
    .min(1),
});
export type Closure = z.infer<typeof Closure>;

/** A published rule that differs between two measurement years, in our words. */
export const YearChange = z.strictObject({
  /** The first year of the later rule. */
  from: z.string().regex(/^\d{4}$/),
  part: z.enum(['Who counts', 'Left out', 'Excepted', 'Numerator', 'Diagnoses']),
  before: z.string(),
  after: z.string(),
  /** What is applied here, where that is not the rule of each year. */
  applied: z.string().nullable().default(null),
});
export type YearChange = z.infer<typeof YearChange>;

/** A quality measure: rows per (rate, subject, period) with FHIR's populations. Each rate is served as `<id>-<rate>`. */
export const Measure = z.strictObject({
  ...Words,
  /** The publisher's id, such as CMS125. */
  measureId: z.string(),
  /** The ACO quality number where there is one, such as 112. */
  qualityId: z.string().optional(),
  rates: z.array(z.strictObject({ id: z.string(), title: z.string() })).min(1),
  grain: z.enum(['person', 'event']),
  exceptions: z.array(z.string()).default([]),
  /** Whether the last value of the year decides, or all of it: then the date of the evidence is not when it was met. */
  isDecidedAtEnd: z.boolean().optional(),
  /** What may be entered by hand; empty where nothing that is found in a chart closes a gap. */
  closures: z.array(Closure).default([]),
  /** Every published rule that changed; null where the years were not compared. */
  changes: z.array(YearChange).nullable().default(null),
});
export type Measure = z.infer<typeof Measure>;

export const defineMetric = (metric: z.input<typeof Metric>): Metric => Metric.parse(metric);
export const defineMeasure = (measure: z.input<typeof Measure>): Measure => Measure.parse(measure);

/** What the sources of a number do not tell, so that nobody takes its absence for a fact. */
export const Caveat = z.strictObject({
  id: Id,
  /** A few words that stand under the number. */
  title: z.string().max(48),
  /** One sentence that says what is missing, and by whose rule. */
  sentence: z.string(),
});
export type Caveat = z.infer<typeof Caveat>;

/** Of a number that no source of the snapshot records for anybody: it says what was delivered, not what was done. */
export const NOT_RECORDED: Caveat = {
  id: 'not-recorded',
  title: 'Recorded by no source',
  sentence:
    'No source of this snapshot records what is asked for here, of anybody. A zero would tell of what was delivered, not of what was done, so nothing is judged by it and it opens no gaps.',
};

export const isRecorded = ({ caveats }: { readonly caveats: readonly Caveat[] }): boolean =>
  caveats.every(({ id }) => id !== NOT_RECORDED.id);

/** One row of catalogue.metric: a metric, or one rate of a measure, as the API serves it. */
export const ServedMetric = Metric.extend({
  /** Of a rate of several: the measure's and its own. */
  title: z.string().max(120),
  kind: z.enum(['metric', 'measure']),
  /** The relation that holds its rows: `metric.<id>` or `rate.<id>`. */
  relation: z.string(),
  measureId: z.string().nullable(),
  rateId: z.string().nullable(),
  /** Dimensions that its rows carry. */
  dimensions: z.array(z.string()),
  isDecidedAtEnd: z.boolean().optional(),
  /** What may be entered by hand to close a gap of it. */
  closures: z.array(Closure).default([]),
  changes: z.array(YearChange).nullable().default(null),
  /** Of the sources that this snapshot was made from. */
  caveats: z.array(Caveat).default([]),
});
export type ServedMetric = z.infer<typeof ServedMetric>;
