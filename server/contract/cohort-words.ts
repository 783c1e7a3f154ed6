import type { Codes, Comparison, Event, PersonNumber, Rule, Window } from './cohort.ts';

/** How a value is called: of a practice, provider, measure, dimension, cohort or condition. */
export type Label = (
  what: 'practice' | 'provider' | 'measure' | 'dimension' | 'cohort' | 'condition',
  id: string,
) => string;

const spoken: Label = (_, id) => id.replaceAll('-', ' ');

/** A rule in plain words, to be read after "people"; nested rules stand in brackets. */
export function wordsOf(rule: Rule, label: Label = spoken): string {
  switch (rule.kind) {
    case 'all':
      return rule.rules.length === 0 ? 'everybody' : rule.rules.map((one) => within(one, label)).join(' and ');
    case 'any':
      return rule.rules.map((one) => within(one, label)).join(' or ');
    case 'not':
      return `not: ${within(rule.rule, label)}`;
    case 'age':
      if (rule.to === undefined) return `aged ${rule.from} or older`;
      return rule.from === undefined ? `aged ${rule.to} or younger` : `aged ${rule.from} to ${rule.to}`;
    case 'person':
      return `${FIELDS[rule.field]} ${values(rule.values)}`;
    case 'living':
      return 'living';
    case 'coverage': {
      const kinds = [
        ...(rule.payerTypes ? [`payer type ${values(rule.payerTypes)}`] : []),
        ...(rule.payers ? [`payer ${values(rule.payers)}`] : []),
        ...(rule.plans ? [`plan ${values(rule.plans)}`] : []),
        ...(rule.medicareStatus ? [`Medicare status ${values(rule.medicareStatus)}`] : []),
        ...(rule.dual === undefined ? [] : [rule.dual ? 'Medicaid helping to pay' : 'no Medicaid']),
      ];
      const when = rule.window ? timeOf(rule.window) : 'in the last month';
      const covered = kinds.length > 0 ? `covered with ${kinds.join(', ')}` : 'covered';
      return `${often(rule, covered, 'months')} ${when}`;
    }
    case 'condition': {
      const named = rule.conditions.length > 0 ? values(rule.conditions.map((id) => label('condition', id))) : 'any';
      const by = rule.by === undefined ? '' : ` on ${rule.by}`;
      return rule.atLeast === 1
        ? `with the condition ${named}${by}`
        : `with ${rule.atLeast} or more of the conditions: ${named}${by}`;
    }
    case 'hcc':
      return `with HCC ${values(rule.hccs)} of ${rule.model}${rule.year === undefined ? '' : ` in payment year ${rule.year}`}`;
    case 'tier':
      return `in the risk tier ${values(rule.tiers)}`;
    case 'number': {
      const bounds = [
        ...(rule.from === undefined ? [] : [`at least ${rule.from}`]),
        ...(rule.below === undefined ? [] : [`below ${rule.below}`]),
      ];
      return `whose ${NUMBERS[rule.of]} is ${bounds.length > 0 ? bounds.join(' and ') : 'known'}`;
    }
    case 'gap':
      return `whose ${label('measure', rule.measure)} is ${values(rule.statuses)}${rule.year === undefined ? '' : ` in ${rule.year}`}`;
    case 'count':
      return `${often(rule, `with ${nameOf(rule.event)}`, rule.event.of === 'encounter' ? 'times' : 'days')} ${timeOf(rule.window)}`;
    case 'sequence': {
      const { from, to } = rule.days;
      const days =
        from === 0
          ? `within ${to} days, the same day too`
          : from === 1
            ? `within ${to} days`
            : `${from} to ${to} days later`;
      const then = rule.happens ? 'then' : 'then no';
      return `with ${nameOf(rule.first)} ${timeOf(rule.window)}, ${then} ${nameOf(rule.next)} ${days}`;
    }
    case 'latest':
      return `whose latest result of ${codesOf(rule.codes)} ${timeOf(rule.window)} is ${compared(rule.value)}${rule.unit ? ` ${rule.unit}` : ''}`;
    case 'area':
      return rule.quintiles
        ? `living in quintile ${values(rule.quintiles.map(String))} of ${rule.index} (5 is most in need)`
        : `living where ${rule.index} is ${rule.value ? compared(rule.value) : 'known'}`;
    case 'attributed':
      return `attributed to ${values(
        rule.values.map((id) => (id === '' ? '' : label(rule.to, id))),
        'nobody',
      )}`;
    case 'program': {
      const when = rule.window ? timeOf(rule.window) : 'on the last day';
      return `${values(rule.statuses)} in ${rule.programs.length > 0 ? values(rule.programs) : 'any program'} ${when}`;
    }
    case 'dimension':
      return `${label('dimension', rule.dimension)} ${values(rule.values)}`;
    case 'cohort':
      return `in the cohort ${label('cohort', rule.id)}`;
  }
}

const within = (rule: Rule, label: Label): string =>
  (rule.kind === 'all' || rule.kind === 'any') && rule.rules.length > 1
    ? `(${wordsOf(rule, label)})`
    : wordsOf(rule, label);

const FIELDS = {
  sex: 'sex',
  race: 'race',
  ethnicity: 'ethnicity',
  language: 'language',
  zip: 'ZIP code',
  county: 'county',
  state: 'state',
  entitlement: 'original reason for Medicare',
} as const;

const NUMBERS: Readonly<Record<PersonNumber, string>> = {
  chance: 'predicted chance of an unplanned admission in percent',
  paid: 'paid amount of 12 months in dollars',
  admissions: 'number of admissions in 12 months',
  emergency_visits: 'number of emergency visits in 12 months',
  condition_count: 'number of chronic conditions',
  open_gaps: 'number of open care gaps',
  months_since_visit: 'number of months since the last visit',
};

const values = (all: readonly string[], unknown = 'not known'): string =>
  all.map((value) => value || unknown).join(' or ');

function often(
  { atLeast, atMost }: { atLeast?: number | undefined; atMost?: number | undefined },
  what: string,
  unit: 'times' | 'days' | 'months',
): string {
  const low = atLeast ?? (atMost === undefined ? 1 : 0);
  if (atMost === 0) return `never ${what}`;
  if (atMost === undefined) return low === 1 ? what : `${what}, ${low} or more ${unit},`;
  return low === 0 ? `${what}, at most ${atMost} ${unit},` : `${what}, ${low} to ${atMost} ${unit},`;
}

/** When, as in "in the last 12 months". */
export function timeOf(window: Window | undefined): string {
  if (window === undefined) return 'ever';
  if (window.kind === 'between') {
    if (window.from === undefined) return window.to === undefined ? 'ever' : `until ${window.to}`;
    return window.to === undefined ? `since ${window.from}` : `from ${window.from} to ${window.to}`;
  }
  const { count, unit, ending } = window;
  const one = unit === 'days' ? 'day' : 'month';
  const last = count === 1 ? `in the last ${one}` : `in the last ${count} ${unit}`;
  return ending === 0 ? last : `${last} until ${ending} ${ending === 1 ? one : unit} before the end`;
}

function nameOf(event: Event): string {
  switch (event.of) {
    case 'encounter': {
      const types = event.types.length > 0 ? `encounter (${values(event.types)})` : 'encounter';
      return event.principal ? `${types} for ${codesOf(event.principal)}` : types;
    }
    case 'diagnosis':
      return `diagnosis ${codesOf(event.codes)}${event.during ? ` during ${values(event.during)}` : ''}`;
    case 'procedure':
      return `service ${codesOf(event.codes)}`;
    case 'drug':
      return `drug ${[...(event.classes ?? []), ...(event.codes ? [codesOf(event.codes)] : [])].join(' or ')}`;
    case 'lab': {
      const unit = event.unit ? ` ${event.unit}` : '';
      return `result ${codesOf(event.codes)}${event.value ? ` ${compared(event.value)}` : ''}${unit}`;
    }
  }
}

const SHOWN = 6;

const codesOf = (lists: readonly Codes[]): string =>
  lists
    .map((list) => {
      if (list.kind === 'set') return `of the value set ${list.name}`;
      const more = list.codes.length > SHOWN ? ` and ${list.codes.length - SHOWN} more` : '';
      return `${list.system} ${list.codes.slice(0, SHOWN).join(', ')}${more}`;
    })
    .join(' or ');

const compared = ({ is, value }: Comparison): string => `${is} ${value}`;
