import {
  COHORT,
  type Codes,
  type Event,
  isText,
  LIMITS,
  type Rule,
  ruleOf,
  ruleOfWhere,
  textOf,
} from '#contract/cohort';
import { formatFilter, parseFilter } from '#contract/filter';
import { Refusal } from '../http/error.ts';
import type { SnapshotCatalogue } from './catalogue.ts';

/** The canonical filter of a preset or saved cohort. */
export type WhereOf = (id: string) => string | undefined;

/**
 * A canonical filter in which every cohort is the text of its rules. One cohort by its id is what it was saved as: its
 * clauses join those of the filter, where they do not name the same dimension. Throws a refusal that says what does not
 * fit.
 */
export function expandWhere(where: string, whereOf: WhereOf, inside: readonly string[] = []): string {
  if (!where.includes(`${COHORT}:`)) return where;
  return asked(() => {
    const filter = parseFilter(where);
    const { [COHORT]: values = [], ...dimensions } = filter;
    const [only] = values;
    if (only === undefined) return where;
    if (values.length === 1 && !isText(only)) {
      if (inside.includes(only)) throw madeOfItself(only);
      const own = parseFilter(named(only, whereOf));
      if (!Object.keys(own).some((dimension) => dimension in dimensions)) {
        return expandWhere(formatFilter({ ...dimensions, ...own }), whereOf, [...inside, only]);
      }
    }
    const trees = values.map((value): Rule => (isText(value) ? ruleOf(value) : { kind: 'cohort', id: value }));
    return formatFilter({ ...dimensions, [COHORT]: trees.map((tree) => textOf(expandRule(tree, whereOf))) });
  });
}

function named(id: string, whereOf: WhereOf): string {
  const where = whereOf(id);
  if (where === undefined) throw new Refusal('bad_request', `there is no cohort ${id}`);
  return where;
}

const madeOfItself = (id: string) => new Refusal('bad_request', `the cohort ${id} is made of itself`);

/** The tree with the rules of every cohort that it names in their place. */
export function expandRule(rule: Rule, whereOf: WhereOf): Rule {
  let rules = 0;
  const expand = (one: Rule, inside: readonly string[]): Rule => {
    rules += 1;
    if (rules > LIMITS.rules)
      throw new Refusal('bad_request', `with the cohorts it names it has over ${LIMITS.rules} rules`);
    switch (one.kind) {
      case 'all':
      case 'any':
        return { ...one, rules: one.rules.map((child) => expand(child, inside)) };
      case 'not':
        return { ...one, rule: expand(one.rule, inside) };
      case 'cohort': {
        if (inside.includes(one.id)) throw madeOfItself(one.id);
        return expand(ruleOfWhere(named(one.id, whereOf)), [...inside, one.id]);
      }
      default:
        return one;
    }
  };
  return expand(rule, []);
}

/** The canonical text of an expanded tree whose names this snapshot has. */
export const knownText = (catalogue: SnapshotCatalogue, text: string): string =>
  asked(() => {
    const rule = ruleOf(text);
    checkNames(catalogue, rule);
    return textOf(rule);
  });

/** Throws a refusal with the path of the first rule that names what this snapshot does not have. */
export function checkNames(catalogue: SnapshotCatalogue, rule: Rule, path: readonly (string | number)[] = []): void {
  const refuse = (what: string): never => {
    throw new Refusal('bad_request', `${[COHORT, ...path].join('.')}: this snapshot has no ${what}`);
  };
  const checkCodes = (lists: readonly Codes[] = []) => {
    for (const list of lists) {
      if (list.kind === 'set' && !catalogue.valueSets.has(list.name)) refuse(`value set ${list.name}`);
    }
  };
  const checkEvent = (event: Event) => checkCodes(event.of === 'encounter' ? event.principal : event.codes);
  switch (rule.kind) {
    case 'all':
    case 'any':
      rule.rules.forEach((child, at) => {
        checkNames(catalogue, child, [...path, 'rules', at]);
      });
      break;
    case 'not':
      checkNames(catalogue, rule.rule, [...path, 'rule']);
      break;
    case 'count':
      checkEvent(rule.event);
      break;
    case 'sequence':
      checkEvent(rule.first);
      checkEvent(rule.next);
      break;
    case 'latest':
      checkCodes(rule.codes);
      break;
    case 'gap':
      if (catalogue.metrics.get(rule.measure)?.kind !== 'measure') refuse(`measure ${rule.measure}`);
      break;
    case 'dimension': {
      const scope = catalogue.dimensions.get(rule.dimension)?.scope;
      if (scope !== 'person' && scope !== 'set') refuse(`dimension of persons ${rule.dimension}`);
      break;
    }
    default:
  }
}

/** What a filter or text says wrong is the asker's to mend. */
function asked<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof Refusal || !(cause instanceof Error)) throw cause;
    throw new Refusal('bad_request', cause.message, { cause });
  }
}
