import { PERSON_NUMBERS, Rule } from '#contract/cohort';
import type { Random } from '../campaign/random.ts';
import { WORDS } from './cohort-population.ts';

/** Random rule trees over the words of the made data, and now and then a word that nobody has. */
export const treeOf = (random: Random, depth = 3): Rule => Rule.parse(node(random, depth));

function node(random: Random, depth: number): object {
  const kind = depth === 0 ? 'leaf' : random.pick(['leaf', 'all', 'any', 'not', 'all']);
  const children = () => Array.from({ length: 1 + random.below(3) }, () => node(random, depth - 1));
  switch (kind) {
    case 'all':
      return { kind, rules: random.next() < 0.05 ? [] : children() };
    case 'any':
      return { kind, rules: children() };
    case 'not':
      return { kind, rule: node(random, depth - 1) };
    default:
      return leaf(random);
  }
}

const word = (random: Random, all: readonly string[]): string => (random.next() < 0.05 ? 'nothing' : random.pick(all));
const some = (random: Random, all: readonly string[]): string[] =>
  Array.from({ length: 1 + random.below(2) }, () => word(random, all));
/** As some, or now and then not known. */
const values = (random: Random, all: readonly string[]): string[] =>
  random.next() < 0.2 ? ['', random.pick(all)] : some(random, all);
const maybe = <T extends object>(random: Random, fields: T): T | object => (random.next() < 0.4 ? fields : {});
const date = (random: Random): string => `202${2 + random.below(3)}-0${1 + random.below(9)}-1${random.below(9)}`;

function window(random: Random): object {
  const kind = random.below(4);
  if (kind === 0) return {};
  if (kind === 1) {
    const [from, to] = [date(random), date(random)].sort();
    return { window: { kind: 'between', ...maybe(random, { from }), ...maybe(random, { to }) } };
  }
  const unit = random.pick(['days', 'months']);
  const count = 1 + random.below(unit === 'days' ? 400 : 24);
  return { window: { kind: 'last', count, unit, ending: random.pick([0, 0, 3]) } };
}

const lists = (random: Random, system: string, all: readonly string[]): object[] =>
  Array.from({ length: 1 + random.below(2) }, () =>
    random.next() < 0.25
      ? { kind: 'set', name: random.pick(WORDS.sets) }
      : {
          ...{ kind: 'codes', system },
          codes: some(random, all).map((code) =>
            random.next() < 0.4 ? `${code.slice(0, 1 + random.below(3))}*` : code,
          ),
        },
  );

const comparison = (random: Random, most = 12): object => ({
  is: random.pick(['below', 'at most', 'equal to', 'at least', 'above']),
  value: random.below(most),
});

function event(random: Random): object {
  const of = random.pick(['encounter', 'encounter', 'diagnosis', 'procedure', 'drug', 'lab']);
  switch (of) {
    case 'encounter':
      return {
        ...{ of, types: random.next() < 0.2 ? [] : [random.pick(WORDS.types), random.pick(WORDS.types)] },
        ...maybe(random, { principal: lists(random, 'icd-10-cm', WORDS.diagnoses) }),
      };
    case 'diagnosis': {
      const settings = WORDS.types.slice(0, 3);
      return {
        ...{ of, codes: lists(random, 'icd-10-cm', WORDS.diagnoses) },
        ...maybe(random, { during: [random.pick(settings), random.pick(settings)] }),
      };
    }
    case 'procedure': {
      const [system, all] = random.pick([
        ['hcpcs', WORDS.hcpcs],
        ['icd-10-pcs', WORDS.procedures],
        ['cvx', WORDS.vaccines],
      ] as const);
      return { of, codes: lists(random, system, all) };
    }
    case 'drug': {
      const [system, all] = random.pick([
        ['ndc', WORDS.ndc],
        ['rxnorm', WORDS.rxnorm],
      ] as const);
      const classes = { classes: some(random, WORDS.classes) };
      return random.next() < 0.4
        ? { of, ...classes }
        : { of, codes: lists(random, system, all), ...maybe(random, classes) };
    }
    default:
      return {
        ...{ of, codes: lists(random, 'loinc', WORDS.labs) },
        ...maybe(random, { value: comparison(random) }),
        ...maybe(random, { unit: random.pick(WORDS.units) }),
      };
  }
}

function bounds(random: Random): object {
  const low = random.below(3);
  return random.pick([{}, { atLeast: 1 + low }, { atMost: low }, { atLeast: low, atMost: low + random.below(3) }]);
}

function leaf(random: Random): object {
  const kind = random.pick([
    ...[
      'age',
      'person',
      'living',
      'coverage',
      'condition',
      'hcc',
      'tier',
      'gap',
      'count',
      'count',
      'count',
      'sequence',
    ],
    ...['sequence', 'latest', 'area', 'attributed', 'program', 'dimension', 'number'],
  ]);
  switch (kind) {
    case 'age': {
      const from = random.below(90);
      return { kind, ...random.pick([{ from }, { to: from }, { from, to: from + random.below(20) }]) };
    }
    case 'person': {
      const field = random.pick(['sex', 'race', 'ethnicity', 'language', 'county', 'state', 'entitlement'] as const);
      return random.next() < 0.2
        ? { kind, field: 'zip', values: random.pick([['43001'], ['43', ''], ['441', '43002']]) }
        : { kind, field, values: values(random, WORDS[field]) };
    }
    case 'number': {
      const from = random.pick([-5, 0, 0.01, 1, 2, 5, 10, 40]);
      const below = from + random.pick([0.01, 1, 3, 5000]);
      return { kind, of: random.pick(PERSON_NUMBERS), ...random.pick([{}, { from }, { below }, { from, below }]) };
    }
    case 'coverage':
      return {
        ...{ kind, ...bounds(random), ...window(random) },
        ...maybe(random, { payers: some(random, WORDS.payers) }),
        ...maybe(random, { plans: some(random, WORDS.plans) }),
        ...maybe(random, { payerTypes: some(random, WORDS.payerTypes) }),
        ...maybe(random, { medicareStatus: some(random, WORDS.medicareStatus) }),
        ...maybe(random, { dual: random.next() < 0.5 }),
      };
    case 'condition':
      return {
        ...{
          kind,
          conditions: random.next() < 0.2 ? [] : some(random, WORDS.conditions),
          atLeast: 1 + random.below(2),
        },
        ...maybe(random, { by: date(random) }),
      };
    case 'hcc':
      return {
        ...{ kind, model: random.pick(['V24', 'V28', 'ESRD V24']), hccs: some(random, WORDS.hccs) },
        ...maybe(random, { year: random.pick([2022, 2023]) }),
      };
    case 'tier':
      return { kind, tiers: some(random, WORDS.tiers) };
    case 'gap':
      return { kind, measure: 'cms125-1', statuses: some(random, WORDS.statuses), ...maybe(random, { year: 2023 }) };
    case 'count':
      return { kind, event: event(random), ...bounds(random), ...window(random) };
    case 'sequence': {
      const from = random.below(2);
      const [first, next] = [event(random), event(random)];
      const sameKind = 'of' in first && 'of' in next && first.of === next.of && first.of !== 'encounter';
      const to = 1 + random.below(90);
      return {
        ...{ kind, first, next, happens: random.next() < 0.5 },
        ...{ days: { from: sameKind ? 1 : from, to }, ...window(random) },
      };
    }
    case 'latest':
      return {
        ...{ kind, codes: lists(random, 'loinc', WORDS.labs), value: comparison(random), ...window(random) },
        ...maybe(random, { unit: random.pick(WORDS.units) }),
      };
    case 'area':
      return {
        ...{ kind, index: random.pick(WORDS.indexes) },
        ...random.pick([{ quintiles: [1 + random.below(5), 5] }, { value: comparison(random, 7) }]),
      };
    case 'attributed':
      return random.next() < 0.5
        ? { kind, to: 'practice', values: values(random, WORDS.practices) }
        : { kind, to: 'provider', values: values(random, WORDS.providers) };
    case 'program':
      return {
        ...{ kind, programs: random.next() < 0.3 ? [] : some(random, WORDS.programs), ...window(random) },
        ...maybe(random, { statuses: some(random, WORDS.programStatuses) }),
      };
    case 'dimension': {
      const [dimension, all] = random.pick([
        ['sex', WORDS.sex],
        ['coverage', WORDS.coverage],
        ['condition', WORDS.conditions],
      ] as const);
      return { kind, dimension, values: values(random, all) };
    }
    default:
      return { kind };
  }
}
