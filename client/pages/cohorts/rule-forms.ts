import type { Codes, Vocabulary } from '#contract/cohort';
import type { Cohort, Dimension } from '#contract/dimension';
import type { Draft, Fields } from './draft.ts';

/** What the choices of a form come from. */
export interface Offered extends Vocabulary {
  readonly dimensions: readonly Dimension[];
  readonly cohorts: readonly Cohort[];
}

export interface Choice {
  readonly value: string | number | boolean | undefined;
  readonly label: string;
}

type System = Extract<Codes, { kind: 'codes' }>['system'];

/** One field of a form. There is one component for each `is` (fields.tsx), none for each kind of rule. */
export type Field = { readonly name: string; readonly label: string } & (
  | { readonly is: 'number'; readonly most?: number; readonly hint?: string }
  | { readonly is: 'day' }
  /** One of a few; `clears` names the fields that a change makes void. */
  | { readonly is: 'one'; readonly choices: readonly Choice[]; readonly clears?: readonly string[] }
  /** Any of a list; `none` says what no choice means. */
  | { readonly is: 'several'; readonly choices: readonly Choice[]; readonly none?: string }
  /** Words typed, with commas between. */
  | { readonly is: 'words'; readonly hint: string }
  /** Value sets, and codes of these systems; results by name where `labs`. */
  | { readonly is: 'codes'; readonly systems: readonly System[]; readonly labs?: true }
  /** `absent`: what no window means. */
  | { readonly is: 'window'; readonly absent: string }
  | { readonly is: 'comparison'; readonly optional?: true }
  | { readonly is: 'days' }
  | { readonly is: 'event' }
);

export interface Form {
  readonly title: string;
  readonly group: string;
  /** The rule as it is added. */
  readonly blank: Draft;
  readonly fields: (rule: Fields, offered: Offered) => readonly Field[];
}

const plain = (...values: readonly string[]): Choice[] => values.map((value) => ({ value, label: value }));
const UNKNOWN: Choice = { value: '', label: 'not known' };
const ANY: Choice = { value: undefined, label: 'any' };
const LAST_YEAR = { kind: 'last', count: 12, unit: 'months', ending: 0 };

const WINDOW: Field = { is: 'window', name: 'window', label: 'When', absent: 'ever' };
const TIMES: readonly Field[] = [
  { is: 'number', name: 'atLeast', label: 'At least', hint: '1' },
  { is: 'number', name: 'atMost', label: 'At most', hint: 'any' },
];

const DIAGNOSES: readonly System[] = ['icd-10-cm', 'icd-9-cm', 'snomed'];

const unitsOf = ({ codes = [] }: Fields, { labs }: Offered): Choice[] => {
  const held = JSON.stringify(codes);
  const units = labs.filter(({ value }) => held.includes(JSON.stringify(value))).flatMap(({ units }) => units);
  return [ANY, ...plain(...new Set(units))];
};

/** The events that a rule counts or follows, each with its fields. */
export const EVENTS: Readonly<Record<string, Pick<Form, 'title' | 'fields'> & { readonly blank: Fields }>> = {
  encounter: {
    title: 'Stay or visit',
    blank: { of: 'encounter', types: ['acute inpatient'] },
    fields: (_, { encounterTypes }) => [
      { is: 'several', name: 'types', label: 'Type', choices: encounterTypes, none: 'any' },
      { is: 'codes', name: 'principal', label: 'Principal diagnosis', systems: ['icd-10-cm', 'icd-9-cm'] },
    ],
  },
  diagnosis: {
    title: 'Diagnosis',
    blank: { of: 'diagnosis' },
    fields: (_, { encounterTypes }) => [
      { is: 'codes', name: 'codes', label: 'Codes', systems: DIAGNOSES },
      {
        ...{ is: 'several', name: 'during', label: 'During', none: 'anywhere' },
        choices: encounterTypes.filter(({ value }) => !AMBULATORY.has(value)),
      },
    ],
  },
  procedure: {
    title: 'Procedure, service or vaccine',
    blank: { of: 'procedure' },
    fields: () => [
      {
        ...{ is: 'codes', name: 'codes', label: 'Codes' },
        systems: ['hcpcs', 'icd-10-pcs', 'icd-9-pcs', 'cvx', 'snomed'],
      },
    ],
  },
  drug: {
    title: 'Medicine',
    blank: { of: 'drug' },
    fields: (_, { drugClasses }) => [
      { is: 'several', name: 'classes', label: 'Class', choices: drugClasses, none: 'by codes' },
      { is: 'codes', name: 'codes', label: 'Codes', systems: ['ndc', 'rxnorm', 'hcpcs'] },
    ],
  },
  lab: {
    title: 'Result',
    blank: { of: 'lab' },
    fields: (draft, offered) => [
      { is: 'codes', name: 'codes', label: 'Result of', systems: ['loinc', 'snomed'], labs: true },
      { is: 'comparison', name: 'value', label: 'Value', optional: true },
      { is: 'one', name: 'unit', label: 'Unit', choices: unitsOf(draft, offered) },
    ],
  },
};

/** Encounters in which no diagnosis can be asked for (SETTINGS of the contract has the others). */
const AMBULATORY = new Set([
  ...['outpatient', 'office visit', 'telehealth', 'urgent care', 'ambulatory surgery', 'dialysis', 'other'],
]);

const event = (of: string): Fields => EVENTS[of]?.blank ?? { of };
const count = (title: string, group: string, of: string): Form => ({
  ...{ title, group, blank: { kind: 'count', event: event(of), atLeast: 1, window: LAST_YEAR } },
  fields: () => [{ is: 'event', name: 'event', label: 'What' }, ...TIMES, WINDOW],
});

const PERSON: readonly Choice[] = [
  ...plain('sex', 'race', 'ethnicity', 'language'),
  { value: 'zip', label: 'ZIP code' },
  ...plain('county', 'state'),
  { value: 'entitlement', label: 'reason for Medicare' },
];

const ENTITLEMENT = new Map([
  ['0', 'age'],
  ['1', 'disability'],
  ['2', 'kidney failure'],
  ['3', 'disability and kidney failure'],
]);

const NUMBERS: readonly Choice[] = [
  { value: 'chance', label: 'Predicted chance of admission, %' },
  { value: 'paid', label: 'Paid in 12 months, $' },
  { value: 'admissions', label: 'Admissions in 12 months' },
  { value: 'emergency_visits', label: 'Emergency visits in 12 months' },
  { value: 'condition_count', label: 'Chronic conditions' },
  { value: 'open_gaps', label: 'Open care gaps' },
  { value: 'months_since_visit', label: 'Months since the last visit' },
];

const FIFTHS: readonly Choice[] = [1, 2, 3, 4, 5].map((value) => ({ value, label: String(value) }));

/** Every form of the builder, in the order of its menu. */
export const FORMS: readonly Form[] = [
  {
    ...{ title: 'Age', group: 'Who they are', blank: { kind: 'age', from: 65 } },
    fields: () => [
      { is: 'number', name: 'from', label: 'From, years', most: 150, hint: 'any' },
      { is: 'number', name: 'to', label: 'To, years', most: 150, hint: 'any' },
    ],
  },
  {
    ...{ title: 'Sex, race, place', group: 'Who they are', blank: { kind: 'person', field: 'sex' } },
    fields: ({ field }, { person }) => [
      { is: 'one', name: 'field', label: 'Field', choices: PERSON, clears: ['values'] },
      field === 'zip'
        ? { is: 'words', name: 'values', label: 'Values', hint: '15213, 152' }
        : {
            ...{ is: 'several', name: 'values', label: 'Values' },
            choices: [
              ...(person[String(field)] ?? []).map(({ value, label }) => ({
                value,
                label: field === 'entitlement' ? (ENTITLEMENT.get(value) ?? label) : label,
              })),
              UNKNOWN,
            ],
          },
    ],
  },
  { title: 'Living', group: 'Who they are', blank: { kind: 'living' }, fields: () => [] },
  {
    ...{ title: 'Area by need', group: 'Who they are', blank: { kind: 'area', quintiles: [5] } },
    fields: (_, { areaIndexes }) => [
      { is: 'one', name: 'index', label: 'Index', choices: areaIndexes.filter(({ hasQuintiles }) => hasQuintiles) },
      { is: 'several', name: 'quintiles', label: 'Fifth (5 is most in need)', choices: FIFTHS },
    ],
  },
  {
    ...{ title: 'Area by value', group: 'Who they are', blank: { kind: 'area', value: { is: 'at least' } } },
    fields: (_, { areaIndexes }) => [
      { is: 'one', name: 'index', label: 'Index', choices: areaIndexes },
      { is: 'comparison', name: 'value', label: 'Value' },
    ],
  },
  {
    ...{ title: 'Coverage', group: 'Coverage and care', blank: { kind: 'coverage', atLeast: 1 } },
    fields: (_, { payerTypes, payers, plans, medicareStatus }) => [
      { is: 'several', name: 'payerTypes', label: 'Payer type', choices: payerTypes, none: 'any' },
      { is: 'several', name: 'payers', label: 'Payer', choices: payers, none: 'any' },
      { is: 'several', name: 'plans', label: 'Plan', choices: plans, none: 'any' },
      { is: 'several', name: 'medicareStatus', label: 'Medicare status', choices: medicareStatus, none: 'any' },
      {
        ...{ is: 'one', name: 'dual', label: 'Medicaid helps to pay' },
        choices: [ANY, { value: true, label: 'yes' }, { value: false, label: 'no' }],
      },
      { is: 'number', name: 'atLeast', label: 'At least, months', hint: '1' },
      { is: 'number', name: 'atMost', label: 'At most, months', hint: 'any' },
      { is: 'window', name: 'window', label: 'When', absent: 'in the last month' },
    ],
  },
  {
    ...{ title: 'Practice or provider', group: 'Coverage and care', blank: { kind: 'attributed', to: 'practice' } },
    fields: ({ to }, { practices, providers }) => [
      { is: 'one', name: 'to', label: 'Attributed to a', choices: plain('practice', 'provider'), clears: ['values'] },
      {
        ...{ is: 'several', name: 'values', label: 'Which' },
        choices: [...(to === 'provider' ? providers : practices), { value: '', label: 'nobody' }],
      },
    ],
  },
  {
    ...{ title: 'Program', group: 'Coverage and care', blank: { kind: 'program', statuses: ['enrolled'] } },
    fields: (_, { programs, programStatuses }) => [
      { is: 'several', name: 'programs', label: 'Program', choices: programs, none: 'any' },
      { is: 'several', name: 'statuses', label: 'Status', choices: programStatuses },
      { is: 'window', name: 'window', label: 'When', absent: 'on the last day' },
    ],
  },
  {
    ...{ title: 'Chronic condition', group: 'Health and risk', blank: { kind: 'condition', atLeast: 1 } },
    fields: (_, { conditions }) => [
      { is: 'several', name: 'conditions', label: 'Conditions', choices: conditions, none: 'any' },
      { is: 'number', name: 'atLeast', label: 'At least', hint: '1' },
      { is: 'day', name: 'by', label: 'On the day' },
    ],
  },
  {
    ...{ title: 'HCC', group: 'Health and risk', blank: { kind: 'hcc', model: 'V28' } },
    fields: ({ model, year }, { hccs }) => {
      const ofModel = hccs.filter((hcc) => hcc.model === model);
      const years = [...new Set(ofModel.map((hcc) => hcc.year))];
      const asked = ofModel.filter((hcc) => hcc.year === (year ?? Math.max(...years)));
      return [
        {
          ...{ is: 'one', name: 'model', label: 'Model', clears: ['hccs', 'year'] },
          choices: plain('V28', 'V24', 'ESRD V24', 'ESRD V21'),
        },
        {
          ...{ is: 'several', name: 'hccs', label: 'HCC' },
          choices: asked.map(({ value, label }) => ({ value, label: `${value} ${label}` })),
        },
        {
          ...{ is: 'one', name: 'year', label: 'Payment year' },
          choices: [{ value: undefined, label: 'latest' }, ...years.map((value) => ({ value, label: String(value) }))],
        },
      ];
    },
  },
  {
    ...{ title: 'Risk tier', group: 'Health and risk', blank: { kind: 'tier' } },
    fields: (_, { tiers }) => [{ is: 'several', name: 'tiers', label: 'Tiers', choices: tiers }],
  },
  {
    ...{ title: 'Number', group: 'Health and risk', blank: { kind: 'number', of: 'paid', from: 10_000 } },
    fields: () => [
      { is: 'one', name: 'of', label: 'Number', choices: NUMBERS },
      { is: 'number', name: 'from', label: 'From', most: 1e9, hint: 'any' },
      { is: 'number', name: 'below', label: 'Below', most: 1e9, hint: 'any' },
    ],
  },
  {
    ...{ title: 'Quality measure', group: 'Health and risk', blank: { kind: 'gap', statuses: ['open'] } },
    fields: (_, { measures, gapStatuses }) => [
      { is: 'one', name: 'measure', label: 'Measure', choices: measures },
      { is: 'several', name: 'statuses', label: 'Stands', choices: gapStatuses },
      { is: 'number', name: 'year', label: 'Year', hint: 'this', most: 2100 },
    ],
  },
  count('Stays and visits', 'What happened', 'encounter'),
  count('Diagnosis codes', 'What happened', 'diagnosis'),
  count('Procedures, services, vaccines', 'What happened', 'procedure'),
  count('Medicines', 'What happened', 'drug'),
  count('Lab results', 'What happened', 'lab'),
  {
    title: 'Latest lab result',
    group: 'What happened',
    blank: { kind: 'latest', value: { is: 'above' }, window: LAST_YEAR },
    fields: (draft, offered) => [
      { is: 'codes', name: 'codes', label: 'Result of', systems: ['loinc', 'snomed'], labs: true },
      { is: 'comparison', name: 'value', label: 'Value' },
      { is: 'one', name: 'unit', label: 'Unit', choices: unitsOf(draft, offered) },
      WINDOW,
    ],
  },
  {
    title: 'One event, then another or none',
    group: 'What happened',
    blank: {
      ...{ kind: 'sequence', first: event('encounter'), happens: false, days: { from: 1, to: 14 }, window: LAST_YEAR },
      next: { of: 'encounter', types: ['office visit', 'telehealth'] },
    },
    fields: () => [
      { is: 'event', name: 'first', label: 'First' },
      {
        ...{ is: 'one', name: 'happens', label: 'Then' },
        choices: [
          { value: true, label: 'then' },
          { value: false, label: 'then no' },
        ],
      },
      { is: 'event', name: 'next', label: 'Next' },
      { is: 'days', name: 'days', label: 'Days after' },
      { ...WINDOW, label: 'The first, when' },
    ],
  },
  {
    ...{ title: 'Filter', group: 'Other', blank: { kind: 'dimension', dimension: 'age_band' } },
    fields: ({ dimension }, { dimensions }) => [
      {
        ...{ is: 'one', name: 'dimension', label: 'Field', clears: ['values'] },
        choices: dimensions
          .filter(({ scope }) => scope !== 'subject')
          .map(({ id, title }) => ({ value: id, label: title })),
      },
      {
        ...{ is: 'several', name: 'values', label: 'Values' },
        choices: [...(dimensions.find(({ id }) => id === dimension)?.values ?? []), UNKNOWN],
      },
    ],
  },
  {
    ...{ title: 'In another cohort', group: 'Other', blank: { kind: 'cohort' } },
    fields: (_, { cohorts }) => [
      {
        ...{ is: 'one', name: 'id', label: 'Cohort' },
        choices: cohorts.filter(({ where }) => where !== '').map(({ id, title }) => ({ value: id, label: title })),
      },
    ],
  },
];

/** How a rule is called and asked for: by its kind, and by what it counts or measures. */
export const formOf = (draft: Draft): Form | undefined =>
  FORMS.find(({ blank }) => blank.kind === draft.kind && variantOf(blank) === variantOf(draft));

function variantOf({ kind, event, value }: Draft): unknown {
  if (kind === 'area') return value === undefined;
  return typeof event === 'object' && event !== null && 'of' in event ? event.of : undefined;
}
