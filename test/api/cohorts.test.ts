import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  Attrition,
  CohortComparison,
  CohortVersions,
  daysOf,
  Evaluated,
  LIMITS,
  moved,
  Rule,
  ruleOf,
  ruleOfWhere,
  textOf,
  Vocabulary,
} from '#contract/cohort';
import { wordsOf } from '#contract/cohort-words';
import { Cohort } from '#contract/dimension';
import { ApiError } from '#contract/error';
import { Patients } from '#contract/patient';
import { MetricResult, RowsResult } from '#contract/result';
import presets from '../../pipelines/dimensions/cohorts.ts';
import { attritionOf } from '../../server/disclosure/cohort.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let cookie: string;
beforeAll(async () => {
  server = await startServer();
  cookie = server.cookieOf('aco_admin');
});
afterAll(() => server.close());

const DIABETES: Rule = { kind: 'condition', conditions: ['diabetes'], atLeast: 1 };
const WOMEN: Rule = { kind: 'person', field: 'sex', values: ['female'] };
const GOUT: Rule = { kind: 'condition', conditions: ['gout'], atLeast: 1 };
const clause = (rule: Rule) => `cohort:${textOf(rule)}`;

const get = async (path: string, as = cookie) => (await server.ask(path, { cookie: as })).json();
const send = (method: string, path: string, body: object, as = cookie) =>
  server.ask(path, { method, cookie: as, body: JSON.stringify(body) });
const preview = async (rules: unknown, query = '') =>
  Evaluated.parse(await (await send('POST', `/api/cohorts/preview${query}`, { rules })).json());
const refusal = async (reply: Response) => {
  expect(reply.status).toBe(400);
  return ApiError.parse(await reply.json()).error.message;
};
const save = async (body: object, as = cookie) =>
  Cohort.parse(await (await send('POST', '/api/cohorts', body, as)).json());

describe('a preview', () => {
  test('counts everybody, then who is left after each rule, and whom each alone keeps', async () => {
    const found = await preview({ kind: 'all', rules: [WOMEN, DIABETES, { kind: 'not', rule: { kind: 'living' } }] });
    expect(found.asOf).toBe('2024-12-31');
    expect(
      found.steps.map(({ path, words, persons, dropped, keepsAlone, dropsAlone }) => [
        ...[path, words, persons, dropped, keepsAlone, dropsAlone],
      ]),
    ).toEqual([
      ['', 'everybody', 300, 0, 300, 0],
      ['rules.0', 'sex female', 150, 150, 150, 150],
      ['rules.1', 'with the condition diabetes', 75, 75, 75, 225],
      ['rules.2', 'not: living', 3, 72, 6, 294],
    ]);
    expect(found.persons).toBe(3);
    expect(ruleOf(found.text)).toEqual(found.rules);
  });

  test('shows a SELECT whose values are listed beside it, and no word of the rules in it', async () => {
    const hostile = "x'); drop table core.person; --";
    const values = [hostile];
    const { sql } = await preview({
      kind: 'any',
      rules: [
        { kind: 'person', field: 'language', values },
        { kind: 'person', field: 'zip', values },
        { kind: 'attributed', to: 'provider', values },
        { kind: 'dimension', dimension: 'sex', values },
        { kind: 'tier', tiers: values },
        { kind: 'condition', conditions: values },
        { kind: 'gap', measure: 'cms125-1', statuses: values },
        {
          ...{ kind: 'count', atMost: 2 },
          event: { of: 'lab', unit: hostile, codes: [{ kind: 'codes', system: 'loinc', codes: ['1-8'] }] },
        },
      ],
    });
    expect(sql.statement).not.toContain('drop');
    expect(sql.values.filter((value) => value === hostile)).toHaveLength(8);
    expect(sql.statement).toMatch(/\$1\b/);
  });

  test.each([
    ['deeper than may be', nested(LIMITS.depth), 'deeper'],
    ['wider than may be', { kind: 'any', rules: Array(LIMITS.rules).fill(WOMEN) }, 'rules at most'],
    ['a rule that is none', { kind: 'all', rules: [WOMEN, { kind: 'shoe size' }] }, 'body.rules.rules.1.kind'],
    ['bounds that cross', { kind: 'all', rules: [{ kind: 'age', from: 9, to: 2 }] }, 'body.rules.rules.0'],
    [
      'a code that is none',
      { ...count(), event: { of: 'procedure', codes: [{ kind: 'codes', system: 'hcpcs', codes: ["9'"] }] } },
      'body.rules.event.codes.0.codes.0: is no code',
    ],
    [
      'a value set that is not there',
      { kind: 'not', rule: { ...count(), event: { of: 'drug', codes: [{ kind: 'set', name: 'none' }] } } },
      'cohort.rule: this snapshot has no value set none',
    ],
    ['a measure that is not there', { kind: 'gap', measure: 'readmission-30-day', statuses: ['open'] }, 'no measure'],
    ['a dimension of stays', { kind: 'dimension', dimension: 'facility', values: ['f1'] }, 'no dimension of persons'],
    ['a cohort that is not there', { kind: 'cohort', id: 'none' }, 'there is no cohort none'],
  ])('of %s is refused in words that name the place', async (_, rules, words) => {
    expect(await refusal(await send('POST', '/api/cohorts/preview', { rules }))).toContain(words);
  });

  test('of a tree as deep as a request can be is refused and nothing breaks', async () => {
    const body = `{"rules":${'{"kind":"not","rule":'.repeat(2500)}{}${'}'.repeat(2500)}}`;
    const reply = await server.ask('/api/cohorts/preview', { method: 'POST', cookie, body });
    expect(await refusal(reply)).toContain('deeper');
    expect(server.faults).toEqual([]);
  });
});

function nested(depth: number): object {
  return depth === 0 ? { kind: 'living' } : { kind: 'not', rule: nested(depth - 1) };
}
function count() {
  return { kind: 'count' } as const;
}

describe('a cohort cuts', () => {
  test('every metric and its rows, by text or by id, and the answer says as of when', async () => {
    const plain = MetricResult.parse(await get('/api/metrics/readmission-30-day?where=sex:female'));
    const where = clause(WOMEN);
    const cut = MetricResult.parse(await get(`/api/metrics/readmission-30-day?where=${where}`));
    expect(cut.total).toEqual(plain.total);
    expect(cut.provenance.caveats.at(-1)).toBe(
      'The cohort is who its rules hold of on 2024-12-31, whatever the months of the number.',
    );
    const rows = RowsResult.parse(await get(`/api/metrics/readmission-30-day/rows?where=${where}&part=denominator`));
    expect(rows.total.sum).toBe(cut.total.denominator);
    const preset = MetricResult.parse(await get('/api/metrics/cms125-1?where=cohort:women-at-p1'));
    const clauses = MetricResult.parse(
      await get(`/api/metrics/cms125-1?where=${clause(ruleOfWhere('practice:p1;sex:female'))}`),
    );
    expect(preset.total).toEqual(clauses.total);
    expect(preset.provenance.where).toBe('practice:p1;sex:female');
    const both = MetricResult.parse(await get('/api/metrics/cms125-1?where=cohort:women-at-p1;practice:p1|p2'));
    expect(both.total).toEqual(preset.total);
  });

  test('together with other clauses, and in groups', async () => {
    const { cells } = MetricResult.parse(
      await get(`/api/metrics/emergency-visits-per-1000?by=sex&where=${clause(DIABETES)};practice:p1`),
    );
    const whole = MetricResult.parse(
      await get('/api/metrics/emergency-visits-per-1000?by=sex&where=condition:diabetes;practice:p1'),
    );
    expect(cells).toEqual(whole.cells);
  });

  test('the list of patients and its file', async () => {
    const where = encodeURIComponent(`${clause(GOUT)}|women-at-p1`);
    const { total } = Patients.parse(await get(`/api/patients?where=${where}&limit=1`));
    expect(total).toBe(98);
    const reply = await server.ask(`/api/patients?where=${where}`, { cookie, headers: { accept: 'text/csv' } });
    expect((await reply.text()).trim().split('\r\n')).toHaveLength(99);
  });

  test.each(['cohort:', 'cohort:none', 'cohort:1.', 'cohort:1.e30', `cohort:1.${'a'.repeat(13_000)}`])(
    'nothing when it is %.20s',
    async (where) => {
      await refusal(await server.ask(`/api/metrics/cms125-1?where=${where}`, { cookie }));
      await refusal(await server.ask(`/api/patients?where=${where}`, { cookie }));
    },
  );
});

describe('a saved cohort', () => {
  test('of rules and filters keeps both, and each change keeps the former version', async () => {
    const saved = await save({ title: 'Mine', where: 'practice:p1', rules: DIABETES });
    expect(saved).toMatchObject({ where: `${clause(DIABETES)};practice:p1`, version: 1, persons: 45 });
    const changed = await send('PUT', `/api/cohorts/${saved.id}`, { title: 'Ours', rules: WOMEN });
    expect(Cohort.parse(await changed.json())).toMatchObject({ where: clause(WOMEN), version: 2, persons: 150 });
    const { versions } = CohortVersions.parse(await get(`/api/cohorts/${saved.id}/versions`));
    expect(versions.map(({ version, title, where }) => [version, title, where])).toEqual([
      [2, 'Ours', clause(WOMEN)],
      [1, 'Mine', `${clause(DIABETES)};practice:p1`],
    ]);
    expect(versions.every(({ savedBy }) => savedBy !== null)).toBe(true);
  });

  test('can name others, follows their changes, and can never be made of itself', async () => {
    const inner = await save({ title: 'Inner', rules: GOUT });
    const outer = await save({ title: 'Outer', rules: { kind: 'not', rule: { kind: 'cohort', id: inner.id } } });
    expect(outer.persons).toBe(292);
    await send('PUT', `/api/cohorts/${inner.id}`, { title: 'Inner', rules: WOMEN });
    expect(Attrition.parse(await get(`/api/cohorts/${outer.id}/attrition`)).persons).toBe(150);
    const cut = MetricResult.parse(await get(`/api/metrics/cms125-1?where=cohort:${outer.id}`));
    expect(ruleOfWhere(cut.provenance.where)).toEqual({ kind: 'not', rule: WOMEN });
    for (const [id, rules] of [
      [inner.id, { kind: 'cohort', id: outer.id }],
      [inner.id, { kind: 'cohort', id: inner.id }],
    ] as const) {
      expect(await refusal(await send('PUT', `/api/cohorts/${id}`, { title: 'x', rules }))).toContain('made of itself');
    }
    await server.ask(`/api/cohorts/${inner.id}`, { method: 'DELETE', cookie });
    expect(await refusal(await server.ask(`/api/cohorts/${outer.id}/attrition`, { cookie }))).toContain('no cohort');
  });
});

describe('a comparison', () => {
  const compare = async (query: string) => CohortComparison.parse(await get(`/api/cohorts/compare?${query}`));

  test('holds a group against everybody else, with standardised differences', async () => {
    const { a, b, both, rows } = await compare(`a=${clause(DIABETES)}`);
    expect([a.persons, b.persons, both]).toEqual([75, 225, 0]);
    const female = rows.find(({ group, title }) => group === 'Sex' && title === 'female');
    expect([female?.a, female?.b]).toEqual([
      { count: 75, value: 100 },
      { count: 75, value: 100 / 3 },
    ]);
    expect(female?.difference).toBeCloseTo((1 - 1 / 3) / Math.sqrt(((1 / 3) * (2 / 3)) / 2), 10);
    expect(rows.find(({ title }) => title === 'diabetes')).toMatchObject({
      a: { value: 100 },
      b: { count: 0 },
      difference: null,
    });
    const cost = rows.find(({ group }) => group === 'Cost');
    // of n × 10.25 for the multiples of 4 up to 300
    expect(cost?.a).toEqual({ count: 75, value: expect.closeTo(152 * 10.25, 6) });
  });

  test('is not told to be shared, as it is of groups by two things at once', async () => {
    for (const b of ['', `&b=${clause(GOUT)}`]) {
      const shared = await compare(`a=${clause(DIABETES)}${b}&mode=shareable`);
      expect(shared).toMatchObject({
        suppressed: true,
        rows: [],
        both: null,
        a: { persons: null },
        b: { persons: null },
      });
    }
  });
});

describe('what may be shared', () => {
  test('of a metric is nothing of rules that anybody makes up, since two that overlap differ by anybody', async () => {
    for (const rule of [DIABETES, GOUT, { kind: 'not', rule: GOUT } satisfies Rule]) {
      const asked = `/api/metrics/total-cost-per-member-per-month?mode=shareable&by=practice&where=${clause(rule)}`;
      const { total, cells } = MetricResult.parse(await get(asked));
      expect([total.suppressed, cells]).toEqual([true, []]);
    }
  });

  test('of an attrition table is everybody, and of a preset cohort who is left at last', async () => {
    const { steps } = await preview(
      { kind: 'all', rules: [WOMEN, { kind: 'not', rule: GOUT }, DIABETES] },
      '?mode=shareable',
    );
    expect(steps.map(({ persons }) => persons)).toEqual([300, null, null, null]);
    const nothing = { persons: null, dropped: null, keepsAlone: null, dropsAlone: null };
    const everybody = { persons: 300, dropped: 0, keepsAlone: 300, dropsAlone: 0 };
    const left = [295, 150].map((persons) => ({ persons, keepsAlone: persons }));
    expect(attritionOf(300, left, 'nothing')).toEqual([everybody, nothing, nothing]);
    expect(attritionOf(300, left, 'a preset')).toEqual([everybody, nothing, { ...nothing, persons: 160 }]);
    expect(attritionOf(9, left, 'a preset')[0]).toEqual(nothing);
  });

  test('of the vocabulary is what more than ten people have', async () => {
    const all = Vocabulary.parse(await get('/api/cohorts/vocabulary'));
    const shared = Vocabulary.parse(await get('/api/cohorts/vocabulary?mode=shareable'));
    expect(all.conditions.map(({ value }) => value)).toEqual(['diabetes', 'gout', 'heart-failure']);
    expect(shared.conditions.map(({ value }) => value)).toEqual(['diabetes', 'heart-failure']);
    expect(all.labs).toEqual([{ value: '4548-4', label: 'Hemoglobin A1c', system: 'loinc', units: ['%'] }]);
    expect(all.measures).toEqual([{ value: 'cms125-1', label: 'Breast cancer screening' }]);
  });
});

describe('rules', () => {
  test('of every preset are canonical, short enough for a link, and have words', () => {
    for (const { id, where } of presets) {
      const rule = ruleOfWhere(where);
      expect(where.length, id).toBeLessThan(2000);
      expect(wordsOf(rule).length, id).toBeGreaterThan(5);
      if (where.startsWith('cohort:')) expect(clause(rule)).toBe(where);
    }
  });

  test('are the same however they are written', () => {
    const codes = (...all: string[]) => ({
      kind: 'count',
      event: { of: 'diagnosis', codes: [{ kind: 'codes', system: 'icd-10-cm', codes: all }] },
    });
    expect(textOf(Rule.parse(codes('e11.9', 'I10')))).toBe(textOf(Rule.parse(codes('I10', ' E119 ', 'I10'))));
  });

  test('speak of windows that end on data-through, by days or by months that may be shorter', () => {
    const last = (count: number, unit: 'days' | 'months', ending = 0) =>
      daysOf({ kind: 'last', count, unit, ending }, '2024-03-31');
    expect(last(1, 'days')).toEqual({ from: '2024-03-31', to: '2024-03-31' });
    expect(last(12, 'months')).toEqual({ from: '2023-04-01', to: '2024-03-31' });
    expect(last(1, 'months')).toEqual({ from: '2024-03-01', to: '2024-03-31' });
    expect(last(1, 'months', 1)).toEqual({ from: '2024-02-01', to: '2024-02-29' });
    expect(daysOf({ kind: 'between', from: '2024-01-01', to: '2025-01-01' }, '2024-03-31').to).toBe('2024-03-31');
    expect(moved('2024-01-31', 'months', -11)).toBe('2023-02-28');
  });

  test('say themselves in words', () => {
    expect(
      wordsOf({
        ...{
          kind: 'sequence',
          happens: false,
          days: { from: 1, to: 14 },
          window: { kind: 'last', count: 3, unit: 'months', ending: 0 },
        },
        first: { of: 'encounter', types: ['acute inpatient'] },
        next: { of: 'encounter', types: ['office visit'] },
      }),
    ).toBe('with encounter (acute inpatient) in the last 3 months, then no encounter (office visit) within 14 days');
  });
});
