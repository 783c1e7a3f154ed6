import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { tableFromIPC } from 'apache-arrow';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Catalogue } from '#contract/catalogue';
import { type Cell, Choices, Explain, MetricResult, RowsResult } from '#contract/result';
import { RiskModels } from '#contract/risk-model';
import { byar } from '../../server/statistics/interval.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { METRICS } from '../support/snapshot.ts';

let server: TestServer;
let cookie: string;
let oracle: DuckDBConnection;
beforeAll(async () => {
  server = await startServer();
  cookie = server.cookieOf('aco_admin');
  copyFileSync(join(server.home, 'snapshots/a.duckdb'), join(server.home, 'oracle.duckdb'));
  oracle = await (
    await DuckDBInstance.create(join(server.home, 'oracle.duckdb'), { access_mode: 'READ_ONLY' })
  ).connect();
});
afterAll(async () => {
  oracle.closeSync();
  await server.close();
});

const get = (path: string) => server.ask(path, { cookie });
const metric = async (path: string) => MetricResult.parse(await (await get(`/api/metrics/${path}`)).json());
const rowsOf = async (path: string) => RowsResult.parse(await (await get(`/api/metrics/${path}`)).json());
/** What plain SQL says of the same rows. */
const truth = async (sql: string) => (await oracle.runAndReadAll(sql)).getRowsJson();
const oneTruth = async (sql: string) => Number((await truth(sql))[0]?.[0]);

describe('a metric’s value', () => {
  test('is scale times numerator over denominator of the rows that are not excluded', async () => {
    const sumOf = (sum: string) => oneTruth(`select ${sum} from metric.readmission_30_day where exclusion is null`);
    const numerator = await sumOf('sum(numerator)');
    const denominator = await sumOf('sum(denominator)');
    const { total } = await metric('readmission-30-day');
    expect([total.numerator, total.denominator, total.rows]).toEqual([numerator, denominator, await sumOf('count(*)')]);
    expect(total.value).toBeCloseTo((100 * numerator) / denominator, 9);
    expect(total.low!).toBeLessThan(total.value!);
    expect(total.high!).toBeGreaterThan(total.value!);
  });

  test('carries what was expected where the metric has a model, and null where it has none', async () => {
    const expected = await oneTruth('select sum(expected) from metric.readmission_30_day where exclusion is null');
    expect((await metric('readmission-30-day')).total.expected).toBeCloseTo(expected, 6);
    expect((await metric('emergency-visits-per-1000')).total.expected).toBeNull();
  });

  test('without keys is the one cell', async () => {
    const { total, cells } = await metric('readmission-30-day');
    expect(cells).toEqual([total]);
  });

  test.each(['month', 'quarter', 'year'])('by %s adds up to the total, in order of time', async (period) => {
    const { total, cells } = await metric(`total-cost-per-member-per-month?by=${period}`);
    const keys = cells.map(({ key }) => key[period]);
    expect(keys).toEqual([...keys].sort());
    expect(keys[0]).toMatch({ month: /^2023-01$/, quarter: /^2023-Q1$/, year: /^2023$/ }[period]!);
    expect(cells.reduce((sum, { numerator }) => sum + numerator!, 0)).toBeCloseTo(total.numerator!, 4);
  });

  test('has an interval by person where one person has several events', async () => {
    const { total } = await metric('emergency-visits-per-1000');
    const [found] = await truth(`with people as (
        select sum(numerator)::double as y, sum(denominator)::double as d
        from metric.emergency_visits_per_1000 where exclusion is null group by person_id)
      select sum(y), sum(d), count(*), sum((y - (select sum(y) / sum(d) from people) * d) ** 2) from people`);
    const [count = 0, months = 0, persons = 0, spread = 0] = (found ?? []).map(Number);
    const effect = Math.max(1, (spread * persons) / (persons - 1) / count);
    expect(total.low).toBeCloseTo((12_000 * effect * byar(count / effect).low) / months, 6);
    expect(total.high).toBeCloseTo((12_000 * effect * byar(count / effect).high) / months, 6);
  });

  test('by a dimension follows its declared order, not known last', async () => {
    const { cells } = await metric('readmission-30-day?by=practice');
    expect(cells.map(({ key }) => key.practice)).toEqual(['p1', 'p2', 'p3', null]);
  });

  test('by two dimensions is the same groups as plain SQL', async () => {
    const { cells } = await metric('readmission-30-day?by=sex,risk_tier');
    const expected = await truth(`select sex::varchar, risk_tier::varchar, sum(numerator), sum(denominator)
      from metric.readmission_30_day where exclusion is null group by sex, risk_tier order by sex, risk_tier`);
    expect(cells.map(({ key, numerator, denominator }) => [key.sex, key.risk_tier, numerator, denominator])).toEqual(
      expected,
    );
  });

  test('by condition counts whoever has it on the day, and the total counts nobody twice', async () => {
    const { total, cells } = await metric('readmission-30-day?by=condition');
    const expected = await truth(`select condition, sum(denominator) from metric.readmission_30_day as m
      join mart.chronic_condition as c on c.person_id = m.person_id and m.anchor_date between c.since_date and c.until_date
      where exclusion is null group by all order by condition`);
    expect(cells.map(({ key, denominator }) => [key.condition, denominator])).toEqual(expected);
    expect(total.denominator).toBe((await metric('readmission-30-day')).total.denominator);
  });

  test('filtered by a condition counts each row once, however many of the values a person has', async () => {
    const { total } = await metric('readmission-30-day?where=condition:diabetes|heart-failure');
    const expected = await oneTruth(`select sum(denominator) from metric.readmission_30_day as m
      where exclusion is null and exists (select 1 from mart.chronic_condition as c where c.person_id = m.person_id
        and m.anchor_date between c.since_date and c.until_date and condition in ('diabetes', 'heart-failure'))`);
    expect(total.denominator).toBe(expected);
  });

  test('filters combine, and from and to are months, both inclusive', async () => {
    const { total, provenance } = await metric(
      'readmission-30-day?where=sex:female;practice:p1|p2&from=2023-03&to=2023-05',
    );
    const expected = await oneTruth(`select sum(denominator) from metric.readmission_30_day where exclusion is null
      and sex = 'female' and practice in ('p1', 'p2') and anchor_date between '2023-03-01' and '2023-05-31'`);
    expect(total.denominator).toBe(expected);
    expect(provenance.where).toBe('practice:p1|p2;sex:female');
  });

  test('an empty value of a filter is "not known", alone or with others', async () => {
    const known = (await metric('readmission-30-day?where=practice:p1|p2|p3')).total.denominator!;
    const unknown = (await metric('readmission-30-day?where=practice:')).total.denominator!;
    const both = (await metric('readmission-30-day?where=practice:|p1|p2|p3')).total.denominator!;
    expect(unknown).toBeGreaterThan(0);
    expect(both).toBe(known + unknown);
    const none = (await metric('readmission-30-day?where=condition:')).total.denominator!;
    const some = (await metric('readmission-30-day?where=condition:diabetes|gout|heart-failure')).total.denominator!;
    expect(none + some).toBe(both);
  });

  test('by component adds up to the numerator over the whole denominator', async () => {
    const { total, cells } = await metric('total-cost-per-member-per-month?by=component');
    expect(cells.map(({ key }) => key.component)).toEqual(['inpatient', 'other']);
    expect(cells[0]!.numerator! + cells[1]!.numerator!).toBeCloseTo(total.numerator!, 6);
    for (const cell of cells) expect(cell.denominator).toBe(total.denominator);
  });

  test('by exclusion shows why rows are out, which count in neither part', async () => {
    const { cells } = await metric('readmission-30-day?by=exclusion');
    const expected = await truth(
      'select exclusion, count(*)::integer from metric.readmission_30_day group by all order by 1 nulls last',
    );
    expect(cells.map(({ key, rows }) => [key.exclusion, rows])).toEqual(expected);
    for (const { key, numerator, denominator } of cells) {
      if (key.exclusion !== null) expect([numerator, denominator]).toEqual([0, 0]);
    }
  });

  test('a month is immature until its claims and follow-up are in', async () => {
    const { cells } = await metric('readmission-30-day?by=month');
    const immature = cells.filter((cell) => cell.immature).map(({ key }) => key.month);
    expect(immature).toEqual(['2024-11', '2024-12']);
    expect((await metric('readmission-30-day?from=2024-12&to=2024-12')).total.immature).toBe(true);
  });

  test('of nobody is no value, not 0', async () => {
    const { total } = await metric('readmission-30-day?from=2030-01');
    expect(total).toMatchObject({ numerator: 0, denominator: 0, rows: 0, value: null, low: null, high: null });
  });

  test('a rate of a measure is served as a metric is', async () => {
    const { total, metric: about } = await metric('cms125-1?from=2024-01&to=2024-12');
    expect(about).toMatchObject({ kind: 'measure', measureId: 'CMS125', rateId: '1' });
    const expected = await oneTruth(
      'select count_if(numerator) from mart.care_gap where year(period_end) = 2024 and denominator',
    );
    expect(total.numerator).toBe(expected);
  });
});

describe('the rows behind a number', () => {
  const QUESTIONS = [
    { by: '', cut: '' },
    { by: 'month', cut: '&where=sex:female' },
    { by: 'practice,risk_tier', cut: '&from=2023-06&to=2024-06' },
    { by: 'condition', cut: '' },
  ];

  test.each(METRICS.map(({ id }) => id))('%s: every part of every cell is the sum of its rows', async (id) => {
    for (const { by, cut } of QUESTIONS) {
      const { cells } = await metric(`${id}?by=${by}${cut}`);
      const some = cells.filter((_, at) => cells.length < 12 || at % 7 === 0);
      for (const { key, numerator, denominator } of some) {
        const query = drill(key, cut);
        for (const [part, shown] of [['numerator', numerator] as const, ['denominator', denominator] as const]) {
          const { total, rows } = await rowsOf(`${id}/rows?${query}&part=${part}&limit=1000`);
          expect(total.sum, `${id} ${query} ${part}`).toBe(shown);
          if (total.rows > 1000) continue;
          expect(rows.length).toBe(total.rows);
          expect(rows.reduce((sum, row) => sum + row[part], 0)).toBeCloseTo(shown!, 6);
          expect(new Set(rows.map(({ person_id }) => person_id)).size).toBe(total.persons);
        }
      }
    }
  });

  test('every exclusion of the waterfall opens its own list', async () => {
    const { waterfall } = Explain.parse(await (await get('/api/metrics/readmission-30-day/explain')).json());
    for (const { reason, rows } of waterfall.slice(1)) {
      const list = await rowsOf(`readmission-30-day/rows?part=exclusion&reason=${encodeURIComponent(reason)}`);
      expect(list.total).toMatchObject({ rows, sum: rows });
      expect(list.rows.every(({ exclusion }) => exclusion === reason)).toBe(true);
    }
  });

  test('what is left out of dollars is listed with its dollars, and in and out are all of them', async () => {
    const cost = 'total-cost-per-member-per-month';
    const { counts, waterfall } = Explain.parse(await (await get(`/api/metrics/${cost}/explain`)).json());
    const [all, outside] = waterfall;
    expect([all?.dollars, waterfall.length]).toEqual([null, 2]);
    const list = await rowsOf(`${cost}/rows?part=exclusion&reason=${encodeURIComponent(outside!.reason)}`);
    expect(list.total).toMatchObject({ rows: outside!.rows, sum: outside!.dollars });
    expect(list.rows.reduce((sum, { numerator }) => sum + numerator, 0)).toBeCloseTo(outside!.dollars!, 6);
    const everything = await oneTruth('select sum(numerator) from metric.total_cost_per_member_per_month');
    expect(counts.numerator! + outside!.dollars!).toBeCloseTo(everything, 4);
  });

  test('a component’s list adds up to the component', async () => {
    const { cells } = await metric('total-cost-per-member-per-month?by=component');
    const { total, rows } = await rowsOf('total-cost-per-member-per-month/rows?component=inpatient&limit=1000');
    expect(total.sum).toBe(cells[0]!.numerator);
    expect(rows.length).toBe(Math.min(1000, total.rows));
    const part = await oneTruth(`select inpatient from metric.total_cost_per_member_per_month
      where subject_id = '${rows[0]!.subject_id}'`);
    expect(rows[0]!.numerator).toBe(part);
  });

  test('pages follow each other without a row lost or shown twice', async () => {
    const all = await rowsOf('readmission-30-day/rows?part=denominator&limit=1000');
    const pages = [];
    for (let offset = 0; offset < all.total.rows; offset += 90) {
      pages.push(...(await rowsOf(`readmission-30-day/rows?part=denominator&limit=90&offset=${offset}`)).rows);
    }
    expect(pages).toEqual(all.rows);
  });

  test('say who, how old on that day, and in which groups', async () => {
    const { rows } = await rowsOf('readmission-30-day/rows?part=denominator&limit=1000');
    const row = rows.find(({ person_id }) => person_id === 'person-0002')!;
    expect(row).toMatchObject({ name: 'First2 Last2', sex: 'female' });
    expect(row.age).toBe(Number(row.anchor_date.slice(0, 4)) - 1932 - (row.anchor_date.slice(5) < '03-03' ? 1 : 0));
    expect(Object.keys(row.dimensions).sort()).toEqual(['age_band', 'facility', 'practice', 'risk_tier', 'sex']);
  });
});

/** The list query of a cell: its keys as filter and months. */
function drill(key: Cell['key'], cut: string): string {
  const query = new URLSearchParams(cut);
  const { month, ...dimensions } = key;
  if (month) for (const name of ['from', 'to']) query.set(name, month);
  const clauses = Object.entries(dimensions).map(([name, value]) => `${name}:${value ?? ''}`);
  query.set('where', [query.get('where') ?? '', ...clauses].filter(Boolean).join(';'));
  return query.toString();
}

describe('one question in three formats', () => {
  const PATHS = [
    'readmission-30-day?by=month,practice',
    'readmission-30-day?by=practice,quarter&mode=shareable',
    'total-cost-per-member-per-month?by=component,quarter',
    'cms125-1?by=year',
  ];

  test.each(PATHS)('%s: JSON = Arrow = CSV', async (path) => {
    const { cells, provenance } = await metric(path);
    const flat = cells.map(({ key, ...numbers }) => ({ ...key, ...numbers }));
    const { headers, rows, about } = await formats(`/api/metrics/${path}`);
    expect(headers).toEqual([
      ...provenance.by,
      'numerator',
      'denominator',
      'rows',
      'value',
      'low',
      'high',
      'expected',
      'ratioLow',
      'ratioHigh',
      'suppressed',
      'immature',
    ]);
    expect(rows.arrow.map((row) => pick(headers, row))).toEqual(flat.map((row) => pick(headers, row)));
    expect(rows.csv).toEqual(flat.map((row) => asText(headers, row)));
    expect(about).toEqual(provenance);
  });

  test.each(['readmission-30-day/rows?part=denominator', 'cms125-1/rows?part=exclusion'])(
    '%s: JSON = Arrow = CSV, all rows in a file',
    async (path) => {
      const list = await rowsOf(`${path}&limit=1000`);
      const flat = list.rows.map(({ dimensions, gap, ...row }) => ({ ...row, ...dimensions, ...gap }));
      const { headers, rows } = await formats(`/api/metrics/${path}`);
      expect([...headers].sort()).toEqual(Object.keys(flat[0]!).sort());
      expect(rows.arrow.map((row) => pick(headers, row))).toEqual(flat.map((row) => pick(headers, row)));
      expect(rows.csv).toEqual(flat.map((row) => asText(headers, row).map((text) => text.replace(/^(?==)/, "'"))));
    },
  );

  test('what the sources of a number do not tell goes with it in each, and with no other number', async () => {
    const path = 'emergency-visits-per-1000?by=sex';
    const { metric: served, provenance } = await metric(path);
    expect(served.caveats.map(({ sentence }) => sentence)).toEqual(['Not told, so unknown.']);
    expect(provenance.caveats).toEqual(['Not told, so unknown.']);
    const arrow = await server.ask(`/api/metrics/${path}`, {
      cookie,
      headers: { accept: 'application/vnd.apache.arrow.stream' },
    });
    const { metadata } = tableFromIPC(new Uint8Array(await arrow.arrayBuffer())).schema;
    expect(JSON.parse(metadata.get('throughline')!)).toEqual(provenance);
    for (const file of [path, 'emergency-visits-per-1000/rows']) {
      const csv = await server.ask(`/api/metrics/${file}`, { cookie, headers: { accept: 'text/csv' } });
      const [headers, ...lines] = parse(await csv.text()) as [string[], ...string[][]];
      expect(headers.at(-1)).toBe('caveats');
      expect(new Set(lines.map((line) => line.at(-1)))).toEqual(new Set(provenance.caveats));
    }
    expect((await metric('readmission-30-day')).provenance.caveats).toEqual([]);
    const catalogue = Catalogue.parse(await (await get('/api/catalogue')).json());
    expect(catalogue.caveats).toEqual(served.caveats);
  });

  test('the export is the same bytes as the CSV of the metric', async () => {
    const asked = await server.ask('/api/metrics/cms125-1?by=sex', { cookie, headers: { accept: 'text/csv' } });
    const exported = await get('/api/export/metrics/cms125-1?by=sex');
    expect(await exported.text()).toBe(await asked.text());
    expect(exported.headers.get('content-disposition')).toBe('attachment; filename="cms125-1.csv"');
    expect(exported.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  });

  type Row = Record<string, unknown>;
  const pick = (headers: readonly string[], row: Row) => headers.map((name) => row[name]);
  const asText = (headers: readonly string[], row: Row) =>
    pick(headers, row).map((value) => (value === null ? '' : String(value)));

  async function formats(path: string) {
    const arrow = await server.ask(path, { cookie, headers: { accept: 'application/vnd.apache.arrow.stream' } });
    expect(arrow.headers.get('content-type')).toBe('application/vnd.apache.arrow.stream');
    const table = tableFromIPC(new Uint8Array(await arrow.arrayBuffer()));
    const csv = await server.ask(path, { cookie, headers: { accept: 'text/csv' } });
    const [headers, ...lines] = parse(await csv.text()) as [string[], ...string[][]];
    const dates = table.schema.fields.filter(({ type }) => String(type).startsWith('Date')).map(({ name }) => name);
    const plain = table.toArray().map((row): Row => {
      const values: Row = { ...row.toJSON() };
      for (const name of dates) {
        if (values[name] !== null) values[name] = new Date(Number(values[name])).toISOString().slice(0, 10);
      }
      return values;
    });
    expect(table.schema.fields.map(({ name }) => name)).toEqual(headers);
    return {
      headers,
      rows: { arrow: plain, csv: lines },
      about: JSON.parse(table.schema.metadata.get('throughline')!),
    };
  }
});

describe('"How is this computed?"', () => {
  test('the waterfall starts with every row and ends with the rows counted', async () => {
    const explain = Explain.parse(await (await get('/api/metrics/readmission-30-day/explain?where=sex:female')).json());
    const { total } = await metric('readmission-30-day?where=sex:female');
    expect(explain.counts).toEqual({ numerator: total.numerator, denominator: total.denominator, rows: total.rows });
    expect(explain.waterfall[0]).toMatchObject({ reason: 'every stay' });
    for (const [at, step] of explain.waterfall.slice(1).entries()) {
      expect(step.remains).toBe(explain.waterfall[at]!.remains! - step.rows!);
    }
    expect(explain.waterfall.at(-1)!.remains).toBe(total.rows);
  });

  test('the lineage goes from the metric down to the files, and to nothing else', async () => {
    const { lineage } = Explain.parse(await (await get('/api/metrics/readmission-30-day/explain')).json());
    expect(lineage.map(({ name, rows }) => [name, rows]).sort()).toEqual([
      ['core.medical_claim', 601],
      ['file.medical_claim.csv', 601],
      ['input.medical_claim', null],
      ['mart.small', 4],
      ['metric.readmission_30_day', 800],
    ]);
  });

  test('only the checks that touch the metric are told', async () => {
    const { checks } = Explain.parse(await (await get('/api/metrics/cms125-1/explain')).json());
    expect(checks.map(({ check_id }) => check_id)).toEqual(['unique-person']);
  });
});

describe('a metric with one of its rules chosen otherwise', () => {
  const choices = async (query = '') =>
    Choices.parse(await (await get(`/api/metrics/readmission-30-day/choices${query}`)).json()).choices;

  test.each(['', '?where=sex:female', '?from=2023-06&to=2024-05'])(
    'as it is defined, is the metric itself%s',
    async (query) => {
      const { total } = await metric(`readmission-30-day${query}`);
      const [defined] = await choices(query);
      expect(defined).toMatchObject({
        id: 'as-defined',
        numerator: total.numerator,
        denominator: total.denominator,
        value: total.value,
        low: total.low,
        high: total.high,
      });
    },
  );

  test('counts excluded rows where the other rule lets them in, and has no value where nothing counts', async () => {
    const [, everybody, nobody] = await choices();
    expect(everybody?.denominator).toBe(await oneTruth('select count(*) from metric.readmission_30_day'));
    expect(nobody).toMatchObject({ denominator: 0, value: null });
  });

  test('is not told in shareable mode, whose small differences would be people', async () => {
    const answer = await server.ask('/api/metrics/readmission-30-day/choices', {
      cookie: server.cookieOf('analyst_aggregate'),
    });
    expect(answer.status).toBe(403);
  });
});

describe('the model behind what is expected', () => {
  const models = async (cookie: string) =>
    RiskModels.parse(await (await server.ask('/api/metrics/readmission-30-day/model', { cookie })).json());

  test('is told with its odds ratios, the strongest first and the intercept last, of the fit to everybody', async () => {
    const [model, ...others] = await models(server.cookieOf('aco_admin'));
    expect(others).toEqual([]);
    expect(model).toMatchObject({ model: 'all cohorts', subjects: 400, events: 60, cStatistic: 0.64 });
    expect(model?.factors.map(({ factor }) => factor)).toEqual(['male', 'intercept']);
    const [male] = model?.factors ?? [];
    expect(male?.ratio).toBeCloseTo(1.6487, 4);
    expect(male?.low).toBeCloseTo(1.01, 3);
    expect(male?.high).toBeCloseTo(2.6913, 3);
  });

  test('tells in shareable mode how well it does and its weights, and counts nobody', async () => {
    const [whole] = await models(server.cookieOf('aco_admin'));
    const [model] = await models(server.cookieOf('analyst_aggregate'));
    expect(whole?.groups.length).toBe(5);
    expect(model).toEqual({ ...whole, subjects: null, events: null, groups: [] });
  });

  test('is refused in words where nothing is expected', async () => {
    const answer = await server.ask('/api/metrics/emergency-visits-per-1000/model', {
      cookie: server.cookieOf('aco_admin'),
    });
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain('nothing is expected of emergency-visits-per-1000');
  });
});

describe('a question that cannot be answered is refused in words', () => {
  test.each([
    ['nothing-like-it', 404],
    ['readmission-30-day?by=shoe_size', 400],
    ['readmission-30-day?by=component', 400],
    ['emergency-visits-per-1000?by=facility', 400],
    ['emergency-visits-per-1000?where=facility:f1', 400],
    ['readmission-30-day?where=sex', 400],
    ['readmission-30-day?where=shoe_size:43', 400],
    ['readmission-30-day?where=sex:%25', 400],
    ['readmission-30-day?from=2024', 400],
    ['readmission-30-day?from=2024-13', 400],
    ['readmission-30-day?by=sex,age_band,practice,facility,month', 400],
    ['readmission-30-day?mode=all', 400],
    ['readmission-30-day?unknown=1', 400],
    ['readmission-30-day?by=sex&by=month', 400],
    ['readmission-30-day/rows?limit=1001', 400],
    ['readmission-30-day/rows?part=all', 400],
    ['readmission-30-day/rows?component=inpatient', 400],
  ])('%s is %i', async (path, status) => {
    expect((await get(`/api/metrics/${path}`)).status).toBe(status);
  });
});
