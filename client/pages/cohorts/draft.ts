import { LIMITS, Rule, ruleOf, textOf } from '#contract/cohort';
import { sentence } from '../../format/noun.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** A rule while it is written: what is not filled in yet is missing. Complete when the contract reads it. */
export interface Draft extends Fields {
  readonly kind: string;
}

const isDraft = (value: unknown): value is Draft =>
  typeof value === 'object' && value !== null && 'kind' in value && typeof value.kind === 'string';

export const isGroup = ({ kind }: Draft): boolean => kind === 'all' || kind === 'any';

export const rulesOf = ({ rules }: Draft): Draft[] => (Array.isArray(rules) ? rules.filter(isDraft) : []);

/** The rule that `not` turns round, or itself. */
export const insideOf = (draft: Draft): Draft => (draft.kind === 'not' && isDraft(draft.rule) ? draft.rule : draft);

export const turned = (draft: Draft): Draft => (draft.kind === 'not' ? insideOf(draft) : { kind: 'not', rule: draft });

/** With these fields; a field of undefined is taken away. */
export const changed = (fields: Fields, by: Fields): Fields =>
  Object.fromEntries(Object.entries({ ...fields, ...by }).filter(([, value]) => value !== undefined));

export const NOTHING_YET: Draft = { kind: 'all', rules: [] };

/** The rules of a text, for the editor: a group at the root, and nothing turned round twice. Throws as ruleOf does. */
export function opened(text: string | undefined): Draft {
  if (text === undefined) return NOTHING_YET;
  const root = simple(ruleOf(text));
  return isGroup(root) ? root : { kind: 'all', rules: [root] };
}

function simple(rule: Rule): Draft {
  if (rule.kind === 'all' || rule.kind === 'any') return { kind: rule.kind, rules: rule.rules.map(simple) };
  if (rule.kind !== 'not') return { ...rule };
  return rule.rule.kind === 'not' ? simple(rule.rule.rule) : { kind: 'not', rule: simple(rule.rule) };
}

/** What is wrong, and with which part: its path, such as `rules.0.rule.event`. */
export interface Problem {
  readonly path: string;
  readonly words: string;
  /** Not filled in yet, rather than wrong. */
  readonly isMissing: boolean;
}

/** The text of a complete draft (undefined for the empty one), or what is missing. */
export function read(draft: Draft): { readonly text: string | undefined } | { readonly problems: readonly Problem[] } {
  const parsed = Rule.safeParse(draft);
  if (parsed.success) return { text: rulesOf(draft).length === 0 ? undefined : textOf(parsed.data) };
  const problems = parsed.error.issues.map((issue) => ({
    path: issue.path.join('.'),
    words: wordsOf(issue),
    isMissing: isMissing(issue),
  }));
  return { problems };
}

type Issue = NonNullable<ReturnType<typeof Rule.safeParse>['error']>['issues'][number];

const isMissing = (issue: Issue): boolean =>
  issue.code === 'invalid_type' || (issue.code === 'too_small' && issue.origin === 'array');

function wordsOf(issue: Issue): string {
  const part = String(issue.path.at(-1));
  const named = NAMES.get(part);
  if (issue.code === 'custom') return sentence(issue.message);
  if (part === 'rules') return 'Add a rule to this group, or remove it';
  if (isMissing(issue)) return `Choose ${named ?? `the ${part}`}`;
  if (issue.code === 'too_small') return `Not below ${issue.minimum}`;
  if (issue.code === 'too_big') return `Not above ${issue.maximum}`;
  return sentence(issue.message);
}

const NAMES = new Map([
  ['codes', 'at least one code or value set'],
  ['values', 'at least one value'],
  ['id', 'a cohort'],
  ['index', 'an index'],
  ['measure', 'a measure'],
  ['statuses', 'at least one status'],
  ['tiers', 'at least one tier'],
  ['hccs', 'at least one HCC'],
  ['value', 'a number'],
  ['to', 'within how many days'],
]);

/** What the server refused, at the part that it names: "cohort.rules.0: this snapshot has no ...". */
export function refused(message: string): Problem {
  const [, path = '', words = message] = /^(?:cohort|body\.rules|body)\.?([\w.]*): (.+)$/s.exec(message) ?? [];
  return { path, words: sentence(words), isMissing: false };
}

/** The problems of this part; of a group only its own, not those of its rules. */
export const problemsAt = (problems: readonly Problem[], path: string, isGroup: boolean): readonly Problem[] =>
  problems.filter(({ path: found }) => {
    if (found === path) return true;
    if (path !== '' && !found.startsWith(`${path}.`)) return false;
    return !isGroup || !/^(\.?rules\.\d|\.?rule\b)/.test(found.slice(path.length));
  });

export const canNest = (depth: number): boolean => depth < LIMITS.depth - 1;
