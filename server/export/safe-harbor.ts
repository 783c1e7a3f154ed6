import { randomBytes } from 'node:crypto';
import { type Rule, ruleOfWhere } from '#contract/cohort';
import { Refusal } from '../http/error.ts';
import { type Column, numbers, type Plain, texts, valueAt } from '../store/columns.ts';
import { COLUMNS, type Treatment } from './words.ts';

/**
 * Columns of persons as the Safe Harbor rule leaves them: an allow-list, so that what nobody has judged is not there. One
 * per export: its codes are random, the same for all rows of a person, and forgotten with it.
 */
export function safeHarbor(): (columns: readonly Column[]) => readonly Column[] {
  const codes = new Map<string, string>();
  const codeOf = (id: string): string => {
    const known = codes.get(id) ?? randomBytes(8).toString('hex');
    codes.set(id, known);
    return known;
  };
  return (columns) =>
    columns.flatMap((column) => {
      const treatment = COLUMNS[column.name]?.safeHarbor;
      return treatment === undefined ? [] : [treated(column, treatment, codeOf)];
    });
}

function treated(column: Column, treatment: Treatment, codeOf: (id: string) => string): Column {
  const { name, length } = column;
  const values = (of: (value: NonNullable<Plain>) => string) =>
    texts(
      name === 'person_id' ? 'record' : name,
      Array.from({ length }, (_, row) => {
        const value = valueAt(column, row);
        return value === null ? null : of(value);
      }),
    );
  switch (treatment) {
    case 'keep':
      return column;
    case 'code':
      return values((id) => codeOf(String(id)));
    case 'age':
      return values((age) => (Number(age) > 89 ? '90+' : String(age)));
    case 'year':
      return values((date) => String(date).slice(0, 4));
    case 'hundreds':
      return numbers(
        name,
        Array.from({ length }, (_, row) => {
          const value = valueAt(column, row);
          if (typeof value !== 'number') return null;
          return Math.abs(value) < 100 ? value : Math.round(value / 100) * 100;
        }),
      );
  }
}

/** Parts of a question that tell nothing of one person. */
const TELLS_NOTHING = new Set([
  ...['id', 'part', 'component', 'reason', 'measure', 'status', 'sort', 'direction', 'list', 'kind', 'model', 'hcc'],
  ...['outcome', 'agreement', 'change', 'stayed', 'assessment'],
]);

/**
 * Refuses a question whose answer would tell of everybody in the file what no column may: a place below the state, who
 * cares for them, a name, a day or month, an age above 89.
 */
export function refuseTelling(question: Readonly<Record<string, string>>): void {
  const refuse = (what: string) => {
    throw new Refusal('bad_request', `a de-identified file cannot be cut by ${what}; leave that out`);
  };
  for (const [name, value] of Object.entries(question)) {
    if (name === 'where') refuseRule(ruleOfWhere(value), refuse);
    else if (name === 'from' || name === 'to') {
      if (!value.endsWith(name === 'from' ? '-01' : '-12')) refuse('months, only by whole years');
    } else if (!TELLS_NOTHING.has(name)) refuse(name);
  }
}

const isKept = (column: string): boolean => COLUMNS[column]?.safeHarbor === 'keep' || column === 'condition';

function refuseRule(rule: Rule, refuse: (what: string) => void): void {
  switch (rule.kind) {
    case 'all':
    case 'any':
      for (const one of rule.rules) refuseRule(one, refuse);
      return;
    case 'not':
      refuseRule(rule.rule, refuse);
      return;
    case 'dimension':
      if (!isKept(rule.dimension)) refuse(rule.dimension.replaceAll('_', ' '));
      return;
    case 'person':
      if (!isKept(rule.field)) refuse(rule.field);
      return;
    case 'age':
      if ((rule.from ?? 0) > 90 || (rule.to ?? 0) > 89) refuse('an age above 89');
      return;
    case 'condition':
      if (rule.by !== undefined) refuse('the day of a condition');
      return;
    case 'living':
    case 'tier':
    case 'hcc':
    case 'gap':
      return;
    default:
      refuse(`a rule of a cohort that may tell a place, a day or who cares for a person (${rule.kind})`);
  }
}
