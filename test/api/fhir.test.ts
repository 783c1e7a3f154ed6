import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { rows } from '../../pipelines/engine/sql.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let cookie: string;
let oracle: DuckDBConnection;
beforeAll(async () => {
  server = await startServer();
  cookie = server.cookieOf('aco_admin');
  copyFileSync(join(server.home, 'snapshots/a.duckdb'), join(server.home, 'oracle.duckdb'));
  const instance = await DuckDBInstance.create(join(server.home, 'oracle.duckdb'), { access_mode: 'READ_ONLY' });
  oracle = await instance.connect();
});
afterAll(async () => {
  oracle.closeSync();
  await server.close();
});

const query = (text: string) => rows(oracle, text);

const fetched = async (path: string) => {
  const reply = await server.ask(path, { cookie });
  expect(reply.status).toBe(200);
  expect(reply.headers.get('content-type')).toMatch(/^application\/fhir\+json/);
  return reply.json();
};

const Report = z.object({
  resourceType: z.literal('MeasureReport'),
  type: z.enum(['summary', 'individual']),
  period: z.object({ start: z.iso.date(), end: z.iso.date() }),
  group: z.array(
    z.object({
      population: z.array(
        z.object({ code: z.object({ coding: z.array(z.object({ code: z.string() })) }), count: z.number() }),
      ),
      measureScore: z.object({ value: z.number() }).optional(),
    }),
  ),
});
const counts = ({ group: [first] }: z.infer<typeof Report>) =>
  Object.fromEntries(first?.population.map(({ code, count }) => [code.coding[0]?.code, count]) ?? []);

const Resource = z.looseObject({ resourceType: z.string(), id: z.string() });
const Bundle = z.object({
  type: z.literal('document'),
  entry: z.array(z.object({ fullUrl: z.url(), resource: Resource })),
});

describe('FHIR out', () => {
  test('a MeasureReport has the numbers that the page shows', async () => {
    const report = Report.parse(await fetched('/api/export/measure-reports/cms125'));
    expect(report).toMatchObject({ type: 'summary', period: { start: '2024-01-01', end: '2024-12-31' } });
    const [cell] = await query(
      `select count(*)::integer as initial, count(*) filter (where denominator)::integer as denominator,
         count(*) filter (where denominator_exclusion)::integer as excluded, count(*) filter (where numerator)::integer as numerator
       from mart.care_gap where year(period_end) = 2024`,
    );
    expect(counts(report)).toEqual({
      ...{ 'initial-population': cell?.initial, denominator: cell?.denominator },
      ...{ 'denominator-exclusion': cell?.excluded, 'denominator-exception': 0, numerator: cell?.numerator },
    });
    const shown = await (await server.ask('/api/metrics/cms125-1?from=2024-12&to=2024-12', { cookie })).json();
    expect(100 * (report.group[0]?.measureScore?.value ?? Number.NaN)).toBeGreaterThan(0);
    expect(shown.total.numerator).toBe(cell?.numerator);
  });

  test('the gaps of a person are a document whose references all lead to what it holds', async () => {
    const statuses = new Set<string>();
    for (const { person_id } of await query(
      'select distinct person_id from mart.care_gap where year(period_end) = 2024 order by all',
    )) {
      const bundle = Bundle.parse(await fetched(`/api/export/gaps-in-care/${person_id}`));
      expect(bundle.entry[0]?.resource.resourceType).toBe('Composition');
      const held = new Set(bundle.entry.map(({ resource }) => `${resource.resourceType}/${resource.id}`));
      const text = JSON.stringify(bundle);
      for (const [, reference] of text.matchAll(/"reference":"([^"]+)"/g)) expect(held).toContain(reference);
      for (const [, code] of text.matchAll(/"code":"(open-gap|closed-gap)"/g)) statuses.add(code ?? '');
      const [row] = await query(
        `select status from mart.care_gap where person_id = '${person_id}' and year(period_end) = 2024`,
      );
      const expected = { open: 'open-gap', closed: 'closed-gap', excluded: undefined }[String(row?.status)];
      expect(/"code":"((?:open|closed)-gap)"/.exec(text)?.[1], String(row?.status)).toBe(expected);
    }
    expect([...statuses].sort()).toEqual(['closed-gap', 'open-gap']);
  });

  test('says by name that there is no such measure or person', async () => {
    for (const path of ['/api/export/measure-reports/cms999', '/api/export/gaps-in-care/nobody']) {
      expect((await server.ask(path, { cookie })).status).toBe(404);
    }
  });
});
