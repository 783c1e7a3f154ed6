import { z } from 'zod';
import { Cohort } from './dimension.ts';
import { type Filter, parseFilter } from './filter.ts';

/**
 * A cohort is a tree of rules about people, read as of data-through: what is dated later never counts. It travels as a
 * clause of the canonical filter, `cohort:<text of the tree, or id of a preset or saved cohort>` (textOf, filter.ts), so
 * the same word cuts every metric and measure, lists patients and is saved.
 */

/** A tree is read no deeper, no wider and no longer than this. */
export const LIMITS = { depth: 8, rules: 100, characters: 6000 } as const;

const unique = <T extends string | number>(values: T[]): T[] => [...new Set(values)].sort((a, b) => (a < b ? -1 : 1));

/** One of a closed list of words of the data; sorted, each once. */
const Words = z.array(z.string().trim().min(1).max(80)).max(50).overwrite(unique);
const SomeWords = Words.min(1);

const Days = z.int().min(0).max(3660);
const Count = z.int().min(0).max(10_000);

/**
 * When something happened, both ends included. `last`: the `count` days or months that end on data-through, or `ending`
 * of that unit before it. `between`: fixed days, either end may be open. Without a window: ever.
 */
export const Window = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('last'),
    count: z.int().min(1).max(3660),
    unit: z.enum(['days', 'months']),
    ending: z.int().min(0).max(3660).default(0),
  }),
  z
    .strictObject({ kind: z.literal('between'), from: z.iso.date().optional(), to: z.iso.date().optional() })
    .refine(({ from, to }) => from === undefined || to === undefined || from <= to, 'ends before it begins'),
]);
export type Window = z.infer<typeof Window>;

/** `at least 1`, `below 9` and so on, of a number. */
export const Comparison = z.strictObject({
  is: z.enum(['below', 'at most', 'equal to', 'at least', 'above']),
  value: z.number().min(-1e9).max(1e9),
});
export type Comparison = z.infer<typeof Comparison>;

export const CODE_SYSTEMS = [
  ...([
    'icd-10-cm',
    'icd-10-pcs',
    'icd-9-cm',
    'icd-9-pcs',
    'hcpcs',
    'loinc',
    'rxnorm',
    'ndc',
    'cvx',
    'snomed',
  ] as const),
] as const;

/**
 * Codes of one system without dots, upper case; one that ends in `*` stands for all that begin so. Or a value set by its
 * name (Vocabulary.valueSets).
 */
export const Codes = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('set'),
    name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,119}$/, 'is no name of a value set'),
  }),
  z.strictObject({
    kind: z.literal('codes'),
    system: z.enum(CODE_SYSTEMS),
    codes: z
      .array(
        z
          .string()
          .max(24)
          .overwrite((code) => code.trim().toUpperCase().replaceAll('.', ''))
          .regex(/^[A-Z0-9][A-Z0-9-]{0,19}\*?$/, 'is no code'),
      )
      .min(1)
      .max(200)
      .overwrite(unique),
  }),
]);
export type Codes = z.infer<typeof Codes>;

/** Any of several lists of codes. */
const CodeLists = z.array(Codes).min(1).max(8);

export const ENCOUNTER_TYPES = [
  ...(['acute inpatient', 'inpatient psychiatric', 'inpatient rehabilitation', 'long term care hospital'] as const),
  ...(['skilled nursing', 'home health', 'hospice', 'emergency department', 'observation', 'outpatient'] as const),
  ...(['office visit', 'telehealth', 'urgent care', 'ambulatory surgery', 'dialysis', 'other'] as const),
] as const;
/** Encounters in which a diagnosis can be asked for. */
export const SETTINGS = [
  ...(['acute inpatient', 'inpatient psychiatric', 'inpatient rehabilitation', 'long term care hospital'] as const),
  ...(['skilled nursing', 'home health', 'hospice', 'emergency department', 'observation'] as const),
] as const;
const EncounterTypes = z.array(z.enum(ENCOUNTER_TYPES)).max(ENCOUNTER_TYPES.length).overwrite(unique);

/**
 * Something that happens on a day. An encounter is dated by its first day, and in a sequence what follows it by its last
 * one; each counts. Everything else counts once a day, however many statements tell of it.
 * - encounter: of any of the types (none: any), where given with such a principal diagnosis
 * - diagnosis: stated by a claim or a clinical source, where given in such a stay or visit
 * - procedure: a procedure, billed service or immunization that was done
 * - drug: a fill, or a medication that a clinical source states and nobody decided against; by codes or drug class
 * - lab: an observation or laboratory result, where given with such a value (in that unit)
 */
export const Event = z.discriminatedUnion('of', [
  z.strictObject({ of: z.literal('encounter'), types: EncounterTypes.default([]), principal: CodeLists.optional() }),
  z.strictObject({
    of: z.literal('diagnosis'),
    codes: CodeLists,
    during: z.array(z.enum(SETTINGS)).min(1).max(SETTINGS.length).overwrite(unique).optional(),
  }),
  z.strictObject({ of: z.literal('procedure'), codes: CodeLists }),
  z
    .strictObject({ of: z.literal('drug'), codes: CodeLists.optional(), classes: SomeWords.optional() })
    .refine(({ codes, classes }) => codes !== undefined || classes !== undefined, 'needs codes or classes'),
  z.strictObject({
    of: z.literal('lab'),
    codes: CodeLists,
    value: Comparison.optional(),
    unit: z.string().trim().min(1).max(40).optional(),
  }),
]);
export type Event = z.infer<typeof Event>;

export const PERSON_FIELDS = ['sex', 'race', 'ethnicity', 'language', 'zip', 'county', 'state', 'entitlement'] as const;

/** Numbers that everybody has one of; months since a visit and a chance by the model only who has had one. */
export const PERSON_NUMBERS = [
  ...(['chance', 'paid', 'admissions', 'emergency_visits', 'condition_count', 'open_gaps'] as const),
  'months_since_visit',
] as const;
export type PersonNumber = (typeof PERSON_NUMBERS)[number];

/** As Words, where '' is "not known". */
const Values = z.array(z.string().trim().max(80)).min(1).max(50).overwrite(unique);

const Leaf = z.discriminatedUnion('kind', [
  /** Whole years on data-through, or at death; both ends included. */
  z
    .strictObject({
      kind: z.literal('age'),
      from: z.int().min(0).max(150).optional(),
      to: z.int().min(0).max(150).optional(),
    })
    .refine(({ from, to }) => from !== undefined || to !== undefined, 'needs from or to')
    .refine(({ from = 0, to = 150 }) => from <= to, 'ends before it begins'),
  /**
   * Has one of the values; '' is "not known". `zip` compares the first five digits (a value may be shorter: a beginning),
   * `county` is a FIPS code, `entitlement` the original reason for Medicare (0 age, 1 disability, 2 ESRD, 3 both of them).
   */
  z.strictObject({ kind: z.literal('person'), field: z.enum(PERSON_FIELDS), values: Values }),
  /** Not known to have died by data-through. */
  z.strictObject({ kind: z.literal('living') }),
  /**
   * Months whose first day lies in the window in which a coverage has all of what is asked; at least 1 unless said
   * otherwise. `dual`: Medicaid helped to pay (CMS dual status 01 to 06, 08). `medicareStatus`: CMS codes (10 aged, 11
   * aged with ESRD, 20 disabled, 21 disabled with ESRD, 31 ESRD). Without window: the month of data-through.
   */
  z
    .strictObject({
      kind: z.literal('coverage'),
      payerTypes: SomeWords.optional(),
      payers: SomeWords.optional(),
      plans: SomeWords.optional(),
      medicareStatus: SomeWords.optional(),
      dual: z.boolean().optional(),
      atLeast: Count.optional(),
      atMost: Count.optional(),
      window: Window.optional(),
    })
    .refine(({ atLeast = 0, atMost = 10_000 }) => atLeast <= atMost, 'at least is more than at most'),
  /** At least so many of the chronic conditions (none: any) on the day (data-through). */
  z.strictObject({
    kind: z.literal('condition'),
    conditions: Words.default([]),
    atLeast: Count.min(1).default(1),
    by: z.iso.date().optional(),
  }),
  /** Has one of the HCCs in the payment year (the model's latest). */
  z.strictObject({
    kind: z.literal('hcc'),
    model: z.enum(['V24', 'V28', 'ESRD V21', 'ESRD V24']),
    hccs: SomeWords,
    year: z.int().min(2000).max(2100).optional(),
  }),
  z.strictObject({ kind: z.literal('tier'), tiers: SomeWords }),
  /**
   * A number of the list of people, `from` or more and under `below`; with neither, it is known. `chance` is percent by
   * the model of these data; `paid` dollars, `admissions` and `emergency_visits` of the month of data-through and the
   * eleven before; `open_gaps` those of the snapshot's period; months since the last visit are whole ones.
   */
  z
    .strictObject({
      kind: z.literal('number'),
      of: z.enum(PERSON_NUMBERS),
      from: z.number().min(-1e9).max(1e9).optional(),
      below: z.number().min(-1e9).max(1e9).optional(),
    })
    .refine(({ from, below }) => from === undefined || below === undefined || from < below, 'ends before it begins'),
  /** How a rate of a measure (metric id, such as cms122-1) stands in the year (the period of the snapshot). */
  z.strictObject({
    kind: z.literal('gap'),
    measure: z.string().regex(/^[a-z0-9-]{1,80}$/, 'is no measure'),
    statuses: SomeWords,
    year: z.int().min(2000).max(2100).optional(),
  }),
  /** So many events in the window; at least 1 unless said otherwise. */
  z
    .strictObject({
      kind: z.literal('count'),
      event: Event,
      atLeast: Count.optional(),
      atMost: Count.optional(),
      window: Window.optional(),
    })
    .refine(({ atLeast = 0, atMost = 10_000 }) => atLeast <= atMost, 'at least is more than at most'),
  /**
   * Some first event in the window that another follows, or that none follows (`happens: false`; then only first events
   * whose days are over by data-through count). Days are counted from the last day of the first to the first day of the
   * other, 0 the same day. An encounter does not follow itself.
   */
  z
    .strictObject({
      kind: z.literal('sequence'),
      first: Event,
      next: Event,
      happens: z.boolean(),
      days: z
        .strictObject({ from: Days.default(1), to: Days })
        .refine(({ from, to }) => from <= to, 'ends before it begins'),
      window: Window.optional(),
    })
    .refine(
      ({ first, next, days }) => days.from > 0 || first.of !== next.of || first.of === 'encounter',
      'two events of one kind can follow from day 1 only',
    ),
  /** The most recent result of the window that is a number, the largest of its day; any result: count labs with a value. */
  z.strictObject({
    kind: z.literal('latest'),
    codes: CodeLists,
    value: Comparison,
    unit: z.string().trim().min(1).max(40).optional(),
    window: Window.optional(),
  }),
  /** Where the person lives, by the latest year of an index, of the ZIP code or else the county. Quintile 5 is most in need. */
  z
    .strictObject({
      kind: z.literal('area'),
      index: z.string().trim().min(1).max(40),
      quintiles: z.array(z.int().min(1).max(5)).min(1).max(5).overwrite(unique).optional(),
      value: Comparison.optional(),
    })
    .refine(
      ({ quintiles, value }) => (quintiles === undefined) !== (value === undefined),
      'needs quintiles or a value',
    ),
  /** Whom the latest month of attribution names; '' is nobody. A provider is an NPI. */
  z.strictObject({ kind: z.literal('attributed'), to: z.enum(['practice', 'provider']), values: Values }),
  /** A span in one of the programs (none: any), of one of the statuses, that touches the window (data-through itself). */
  z.strictObject({
    kind: z.literal('program'),
    programs: Words.default([]),
    statuses: SomeWords.default(['enrolled']),
    window: Window.optional(),
  }),
  /** A clause of the canonical filter: a dimension of persons as of data-through; '' is "not known". */
  z.strictObject({ kind: z.literal('dimension'), dimension: z.string().regex(/^[a-z][a-z_]*$/), values: Values }),
  /** In another cohort: a preset or a saved one. */
  z.strictObject({ kind: z.literal('cohort'), id: z.string().regex(/^[a-z0-9-]{1,80}$/, 'is no id of a cohort') }),
]);
export type Leaf = z.infer<typeof Leaf>;

export type Rule = Leaf | { kind: 'all'; rules: Rule[] } | { kind: 'any'; rules: Rule[] } | { kind: 'not'; rule: Rule };

const Tree: z.ZodType<Rule> = z.lazy(() =>
  z.discriminatedUnion('kind', [
    ...Leaf.options,
    /** Without rules: everybody. */
    z.strictObject({ kind: z.literal('all'), rules: z.array(Tree).max(LIMITS.rules) }),
    z.strictObject({ kind: z.literal('any'), rules: z.array(Tree).min(1).max(LIMITS.rules) }),
    z.strictObject({ kind: z.literal('not'), rule: Tree }),
  ]),
);

/** A rule tree, canonical when parsed: keys in the order declared here, lists of values sorted, defaults written out. */
export const Rule = z
  .unknown()
  .describe('A tree of rules, as the reply of a preview tells it back.')
  .superRefine((value, context) => {
    const problem = outgrown(value);
    if (problem) context.addIssue({ code: 'custom', ...problem });
  })
  .pipe(Tree);

/** What of an unread tree is too much and where; read level by level, so that no depth of it can exhaust the stack. */
function outgrown(root: unknown): { path: (string | number)[]; message: string } | undefined {
  let level: { readonly value: unknown; readonly path: (string | number)[] }[] = [{ value: root, path: [] }];
  let rules = 0;
  for (let depth = 1; level.length > 0; depth += 1) {
    rules += level.length;
    const path = level[0]?.path ?? [];
    if (depth > LIMITS.depth) return { path, message: `lies deeper than ${LIMITS.depth} levels` };
    if (rules > LIMITS.rules) return { path, message: `a tree has ${LIMITS.rules} rules at most` };
    level = level.flatMap(({ value, path }) => {
      if (typeof value !== 'object' || value === null) return [];
      if ('rule' in value) return [{ value: value.rule, path: [...path, 'rule'] }];
      if (!('rules' in value) || !Array.isArray(value.rules)) return [];
      return value.rules.map((rule: unknown, at) => ({ value: rule, path: [...path, 'rules', at] }));
    });
  }
  const length = JSON.stringify(root)?.length ?? 0;
  return length > LIMITS.characters
    ? { path: [], message: `a tree is written in ${LIMITS.characters} characters at most, this one in ${length}` }
    : undefined;
}

const VERSION = '1.';

/**
 * The text of a tree: `1.` for this version of the contract, then its canonical JSON in base64url. Letters, digits and
 * `-_.` only, so it stands in a URL as it is. Equal trees have equal texts, so it is a cache key.
 */
export function textOf(rule: Rule): string {
  const bytes = new TextEncoder().encode(JSON.stringify(Rule.parse(rule)));
  const base64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  return `${VERSION}${base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}`;
}

/** Whether a value of the clause `cohort:` is the text of a tree; otherwise it is an id. */
export const isText = (value: string): boolean => value.startsWith(VERSION);

/** The tree of a text. Throws with the path of the rule that does not fit. */
export function ruleOf(text: string): Rule {
  if (!isText(text)) throw new Error(`the text of a cohort begins with ${VERSION}`);
  const parsed = Rule.safeParse(jsonOf(text.slice(VERSION.length)));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Error(`${['cohort', ...(issue?.path ?? [])].join('.')}: ${issue?.message ?? 'does not fit'}`);
}

function jsonOf(base64url: string): unknown {
  if (base64url.length > 2 * LIMITS.characters) throw new Error('the text of the cohort is too long');
  try {
    const bytes = Uint8Array.from(atob(base64url.replaceAll('-', '+').replaceAll('_', '/')), (one) =>
      one.charCodeAt(0),
    );
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new Error('the text of the cohort is damaged', { cause });
  }
}

/**
 * Clause of the canonical filter whose values are texts of trees and ids of cohorts; several are alternatives. Rules hold
 * as of data-through. One id stands for the filter that was saved: its clauses join those of the filter, so its dimensions
 * are those of the month of each number, unless the filter names one of them too.
 */
export const COHORT = 'cohort';

/** A filter as a tree: every clause a rule, so that any saved filter opens in the builder. Throws as parseFilter and ruleOf do. */
export function ruleOfFilter(filter: Filter): Rule {
  const rules = Object.entries(filter).map(([dimension, values]): Rule => {
    if (dimension !== COHORT) return { kind: 'dimension', dimension, values: [...values] };
    const alternatives = values.map((value): Rule => (isText(value) ? ruleOf(value) : { kind: 'cohort', id: value }));
    const [only] = alternatives;
    return only && alternatives.length === 1 ? only : { kind: 'any', rules: alternatives };
  });
  const [only] = rules;
  return only && rules.length === 1 ? only : { kind: 'all', rules };
}

export const ruleOfWhere = (where: string): Rule => ruleOfFilter(parseFilter(where));

/** The rules that are applied one after the other: those of `all`, or the tree as one. */
export const stepsOf = (rule: Rule): readonly Rule[] => (rule.kind === 'all' ? rule.rules : [rule]);

/** The days of a window, YYYY-MM-DD; `from` null: since ever. Never later than data-through. */
export function daysOf(window: Window | undefined, dataThrough: string): { from: string | null; to: string } {
  if (window === undefined) return { from: null, to: dataThrough };
  if (window.kind === 'between') {
    const { from = null, to = dataThrough } = window;
    return { from, to: to < dataThrough ? to : dataThrough };
  }
  const { count, unit, ending } = window;
  return { from: moved(moved(dataThrough, unit, -ending - count), 'days', 1), to: moved(dataThrough, unit, -ending) };
}

/** A day moved by days or months; the last day of the month where the month has no such day. */
export function moved(day: string, unit: 'days' | 'months', by: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  if (unit === 'days') return dayText(new Date(Date.UTC(year, month - 1, date + by)));
  const last = new Date(Date.UTC(year, month + by, 0)).getUTCDate();
  return dayText(new Date(Date.UTC(year, month - 1 + by, Math.min(date, last))));
}

const dayText = (day: Date): string => day.toISOString().slice(0, 10);

/** What a person says of a cohort to be saved: filters of dimensions, rules, or both (then both must hold). */
export const CohortDraft = z.strictObject({
  title: z.string().trim().min(1).max(80),
  description: z.string().trim().max(400).default(''),
  /** Canonical filter. */
  where: z.string().max(12_000).default(''),
  rules: Rule.optional(),
});
export type CohortDraft = z.infer<typeof CohortDraft>;

/** GET /api/cohorts/:id/versions: what a saved cohort was, newest first. A preset has its one. */
export const CohortVersions = z.strictObject({
  versions: z.array(
    z.strictObject({
      version: z.int(),
      title: z.string(),
      description: z.string(),
      where: z.string(),
      /** Milliseconds since 1970, and the name of who saved it; null of a preset. */
      savedAt: z.number().nullable(),
      savedBy: z.string().nullable(),
    }),
  ),
});
export type CohortVersions = z.infer<typeof CohortVersions>;

/** One row of the attrition table. Numbers are null where suppressed (shareable mode). */
export const AttritionStep = z.strictObject({
  /** Where the rule stands in the tree (`rules.0`); '' for everybody, and for a tree that is one rule. */
  path: z.string(),
  /** Null for everybody. */
  rule: Tree.nullable(),
  /** The rule in words. */
  words: z.string(),
  /** Who is left after this rule and those before it. */
  persons: z.int().nullable(),
  /** Who leaves at this rule: persons of the step before less persons. */
  dropped: z.int().nullable(),
  /** Of everybody, whom this rule alone would keep and drop. */
  keepsAlone: z.int().nullable(),
  dropsAlone: z.int().nullable(),
});
export type AttritionStep = z.infer<typeof AttritionStep>;

/** Rules applied to everybody of the snapshot. */
export const Evaluated = z.strictObject({
  /** Data-through: the day all rules are read as of. */
  asOf: z.iso.date(),
  /** The canonical tree, its text, and in words. */
  rules: Tree,
  text: z.string(),
  words: z.string(),
  persons: z.int().nullable(),
  /** Everybody first, then each rule in order. */
  steps: z.array(AttritionStep),
  /** The SELECT of the persons' ids with places `$1`, `$2` ..., and the values bound to them in order. */
  sql: z.strictObject({
    statement: z.string(),
    values: z.array(z.union([z.string(), z.number(), z.boolean(), z.null()])),
  }),
});
export type Evaluated = z.infer<typeof Evaluated>;

/** POST /api/cohorts/preview */
export const PreviewDraft = z.strictObject({ rules: Rule });
export type PreviewDraft = z.infer<typeof PreviewDraft>;

/** GET /api/cohorts/:id/attrition */
export const Attrition = Evaluated.extend({ cohort: Cohort });
export type Attrition = z.infer<typeof Attrition>;

/** GET /api/cohorts/compare: canonical filters; without `b` A is held against everybody else. */
export const CompareQuery = z.strictObject({ a: z.string().max(12_000), b: z.string().max(12_000).optional() });
export type CompareQuery = z.infer<typeof CompareQuery>;

const Side = z.strictObject({
  /** Persons who have it; of a mean, those whose value is known. Null where suppressed. */
  count: z.int().nullable(),
  /** Share in percent, or mean. */
  value: z.number().nullable(),
});

export const CohortComparison = z.strictObject({
  asOf: z.iso.date(),
  a: z.strictObject({ where: z.string(), words: z.string(), persons: z.int().nullable() }),
  b: z.strictObject({ where: z.string(), words: z.string(), persons: z.int().nullable() }),
  /** Persons in both; null where suppressed. */
  both: z.int().nullable(),
  /** Nothing is told, because the groups differ by few people. */
  suppressed: z.boolean(),
  rows: z.array(
    z.strictObject({
      /** Age, Sex, Coverage, Risk tier, Conditions, Use, Cost. */
      group: z.string(),
      title: z.string(),
      unit: z.enum(['percent', 'years', 'per person', 'dollars']),
      a: Side,
      b: Side,
      /**
       * Standardised difference of A less B: of shares (p - q) / sqrt((p(1-p) + q(1-q)) / 2), of means (m - n) /
       * sqrt((s² + t²) / 2), after Austin 2009; beyond 0.1 either way groups are usually called unbalanced. Null where
       * suppressed, where a group is empty, or where neither varies.
       */
      difference: z.number().nullable(),
    }),
  ),
});
export type CohortComparison = z.infer<typeof CohortComparison>;

const Choice = z.strictObject({ value: z.string(), label: z.string() });

/** GET /api/cohorts/vocabulary: what rules can name in this snapshot; in shareable mode only what more than 10 people have. */
export const Vocabulary = z.strictObject({
  /** Values of each field of the rule `person` but ZIP codes. */
  person: z.record(z.string(), z.array(Choice)),
  payerTypes: z.array(Choice),
  payers: z.array(Choice),
  plans: z.array(Choice),
  medicareStatus: z.array(Choice),
  conditions: z.array(Choice),
  tiers: z.array(Choice),
  hccs: z.array(Choice.extend({ model: z.string(), year: z.int() })),
  measures: z.array(Choice),
  gapStatuses: z.array(Choice),
  encounterTypes: z.array(Choice),
  /** Sets with a code in the data, with how many, the systems of those codes, and where the set comes from. */
  valueSets: z.array(Choice.extend({ source: z.string(), codes: z.int(), systems: z.array(z.string()) })),
  drugClasses: z.array(Choice),
  /** Results that are numbers, with their units. */
  labs: z.array(Choice.extend({ system: z.string(), units: z.array(z.string()) })),
  areaIndexes: z.array(
    Choice.extend({ hasQuintiles: z.boolean(), lowest: z.number().nullable(), highest: z.number().nullable() }),
  ),
  programs: z.array(Choice),
  programStatuses: z.array(Choice),
  practices: z.array(Choice),
  providers: z.array(Choice),
});
export type Vocabulary = z.infer<typeof Vocabulary>;
