import { JSDOM } from 'jsdom';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type AttritionStep, type CohortComparison, type Rule, ruleOf, textOf } from '#contract/cohort';
import { attrition } from '../../client/charts/attrition.ts';
import { differences } from '../../client/charts/differences.ts';
import { changed, type Fields, opened, problemsAt, read, refused, turned } from '../../client/pages/cohorts/draft.ts';
import { EVENTS, type Field, FORMS, formOf, type Offered } from '../../client/pages/cohorts/rule-forms.ts';

const { document } = new JSDOM('').window;
const WIDTHS = [1120, 358];
const points = (svg: Element) =>
  [...svg.querySelectorAll('[data-point]')].map((point) => point.getAttribute('aria-label'));

const problemsOf = (draft: Parameters<typeof read>[0]) => {
  const state = read(draft);
  return 'problems' in state ? state.problems : [];
};

describe('rules while they are written', () => {
  const rules: Rule = {
    kind: 'all',
    rules: [
      { kind: 'age', from: 65 },
      { kind: 'not', rule: { kind: 'not', rule: { kind: 'living' } } },
      {
        kind: 'any',
        rules: [
          { kind: 'tier', tiers: ['high'] },
          { kind: 'not', rule: { kind: 'living' } },
        ],
      },
    ],
  };

  test('open from their text and become the same text again, nothing turned round twice', () => {
    const once: Rule = { ...rules, rules: rules.rules.with(1, { kind: 'living' }) };
    expect(read(opened(textOf(rules)))).toEqual({ text: textOf(once) });
  });

  test('that are one rule open as a group of one', () => {
    const state = read(opened(textOf({ kind: 'living' })));
    expect('text' in state && state.text && ruleOf(state.text)).toEqual({ kind: 'all', rules: [{ kind: 'living' }] });
    expect(read(opened(undefined))).toEqual({ text: undefined });
  });

  test('say at their place what is missing, a group only what is its own', () => {
    const draft = {
      kind: 'all',
      rules: [{ kind: 'age' }, { kind: 'not', rule: { kind: 'tier' } }, { kind: 'any', rules: [] }],
    };
    const found = problemsOf(draft);
    const at = (path: string, isGroup = false) => problemsAt(found, path, isGroup).map(({ words }) => words);
    expect(at('', true)).toEqual([]);
    expect(at('rules.0')).toEqual(['Needs from or to']);
    expect(at('rules.1')).toEqual(['Choose at least one tier']);
    expect(at('rules.2', true)).toEqual(['Add a rule to this group, or remove it']);
  });

  test('carry a refusal of the server to the rule that it names', () => {
    const found = [refused('cohort.rules.1.rule: this snapshot has no value set x')];
    expect(problemsAt(found, 'rules.1', false).map(({ words }) => words)).toEqual(['This snapshot has no value set x']);
    expect(problemsAt([refused('something else')], '', true)).toMatchObject([
      { path: '', words: 'Something else', isMissing: false },
    ]);
  });

  test('turn round and back', () => {
    const living = { kind: 'living' };
    expect(turned(turned(living))).toEqual(living);
  });
});

test('every rule of the contract has a form, and every form edits what it adds', () => {
  const kinds = [
    ...['age', 'person', 'living', 'coverage', 'condition', 'hcc', 'tier', 'gap', 'count', 'sequence', 'latest'],
    ...['area', 'attributed', 'program', 'dimension', 'cohort', 'number'],
  ];
  expect([...new Set(FORMS.map(({ blank }) => blank.kind))].sort()).toEqual(kinds.sort());
  for (const form of FORMS) expect(formOf(form.blank)?.title).toBe(form.title);
  for (const of of Object.keys(EVENTS)) expect(formOf({ kind: 'count', event: { of } })).toBeDefined();
});

/** One choice of everything. */
const choice = { value: '1', label: 'One' };
const offered: Offered = {
  ...{ person: { sex: [choice] }, payerTypes: [choice], payers: [choice], plans: [choice], medicareStatus: [choice] },
  ...{ conditions: [choice], tiers: [choice], measures: [choice], gapStatuses: [choice], drugClasses: [choice] },
  ...{ programs: [choice], programStatuses: [choice], practices: [choice], providers: [choice] },
  encounterTypes: [{ value: 'acute inpatient', label: 'Hospital' }],
  hccs: [{ ...choice, model: 'V28', year: 2026 }],
  valueSets: [{ ...choice, source: 'own', codes: 1, systems: ['loinc'] }],
  labs: [{ ...choice, system: 'loinc', units: ['%'] }],
  areaIndexes: [{ ...choice, hasQuintiles: true, lowest: 0, highest: 1 }],
  dimensions: [],
  cohorts: [{ id: 'dual', title: 'Dual', description: '', where: 'dual_status:dual', preset: true, persons: 1 }],
};

const eventOf = (value: unknown): Fields => z.record(z.string(), z.unknown()).parse(value);

/** Every field filled in. */
function filled(fields: readonly Field[], rule: Fields): Fields {
  const values = { window: { kind: 'last', count: 12, unit: 'months', ending: 0 }, days: { from: 1, to: 14 } };
  const fill = (field: Field): unknown => {
    const known = rule[field.name];
    switch (field.is) {
      case 'number':
        return { year: 2026, below: 8 }[field.name] ?? 7;
      case 'day':
        return '2024-01-31';
      case 'one':
        return known ?? field.choices.find(({ value }) => value !== undefined)?.value;
      case 'several':
        return field.choices.slice(0, 1).map(({ value }) => value);
      case 'words':
        return ['15213'];
      case 'codes':
        return [
          { kind: 'set', name: 'own' },
          { kind: 'codes', system: field.systems[0], codes: ['E11*'] },
        ];
      case 'comparison':
        return { is: 'above', value: 9 };
      case 'event': {
        const form = EVENTS[String(eventOf(known).of)];
        return form && filled(form.fields(eventOf(known), offered), eventOf(known));
      }
      default:
        return values[field.is];
    }
  };
  return changed(rule, Object.fromEntries(fields.map((field) => [field.name, fill(field)])));
}

test('every field of every form is one of the contract', () => {
  for (const { title, blank, fields } of FORMS) {
    const rule = { ...filled(fields(blank, offered), blank), kind: blank.kind };
    expect(problemsOf({ kind: 'all', rules: [rule] }), title).toEqual([]);
  }
  const zip = { kind: 'person', field: 'zip' };
  expect(problemsOf({ ...filled(formOf(zip)?.fields(zip, offered) ?? [], zip), kind: 'person' })).toEqual([]);
});

const step = (words: string, persons: number | null, dropped: number | null): AttritionStep => ({
  path: '',
  rule: words === 'everybody' ? null : { kind: 'living' },
  words,
  persons,
  dropped,
  keepsAlone: persons,
  dropsAlone: dropped,
});

describe('the attrition of a cohort', () => {
  const options = { asOf: '2024-12-31' };
  const steps = [step('everybody', 1000, 0), step('aged 65 or older', 800, 200), step('living', 40, 760)];

  test('says how many are left and where the most leave', () => {
    expect(attrition.finding(steps, options)).toBe('Of 1,000 people, 40 are left; the most leave at “living”, 760');
    expect(attrition.finding(steps.slice(0, 2), options)).toBe('Of 1,000 people, 800 are left');
    expect(attrition.finding(steps.slice(0, 1), options)).toBe('Without a rule, all 1,000 people belong');
    expect(attrition.finding([step('everybody', 1000, 0), step('living', 0, 1000)], options)).toBe(
      'Of 1,000 people, nobody is left',
    );
  });

  test('draws each rule at every width, and never a hidden number', () => {
    for (const width of WIDTHS) {
      const svg = attrition.draw([...steps, step('sex female', null, null)], { ...options, width, document });
      expect(svg.outerHTML).not.toMatch(/NaN|undefined|null/);
      expect(points(svg)).toEqual([
        'Everybody: 1,000',
        'Aged 65 or older: 200 leave, 800 are left',
        'Living: 760 leave, 40 are left',
        'Sex female: not shown leave, not shown are left',
      ]);
    }
  });
});

describe('two groups side by side', () => {
  const options = { a: 'Diabetes', b: 'everybody else' };
  const trait = (title: string, difference: number | null): CohortComparison['rows'][number] => ({
    group: 'Use',
    title,
    unit: 'per person',
    a: { count: 20, value: 1.5 },
    b: { count: 30, value: difference === null ? null : 1.5 - difference },
    difference,
  });

  test('differ beyond 0.1 only, and the word stands beside the mark', () => {
    const rows = [trait('Visits', 0.1), trait('Stays', -0.42), trait('Days', null)];
    expect(differences.finding(rows, options)).toBe(
      'Diabetes and everybody else differ in 1 of two traits, the most in use: Stays (1.50 against 1.92)',
    );
    for (const width of WIDTHS)
      expect(points(differences.draw(rows, { ...options, width, document }))).toEqual([
        'Use: Stays: 1.50 against 1.92, −0.42, lower',
        'Use: Visits: 1.50 against 1.40, +0.10, alike',
      ]);
    expect(differences.tableOf(rows, options).rows.map(({ reads }) => reads)).toEqual(['Alike', 'Lower', '–']);
  });

  test('are drawn to 2 at most, so that what defines a group leaves room for the rest', () => {
    const rows = [trait('Stays', 14), trait('Visits', 0.2)];
    expect(differences.note(rows, options)).toContain('Marks stop at 2;');
    const texts = [...differences.draw(rows, { ...options, width: 1120, document }).querySelectorAll('text')];
    expect(texts.map((text) => text.textContent)).not.toContain('14');
    expect(texts.map((text) => text.textContent)).toContain('+14.00');
  });

  test('may be alike, or not to be compared', () => {
    expect(differences.finding([trait('Visits', 0.05)], options)).toBe(
      'Diabetes and everybody else are alike in the one trait',
    );
    expect(differences.finding([trait('Visits', null)], options)).toBe('The two groups cannot be compared');
  });
});
