import { tableFromIPC } from 'apache-arrow';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { Catalogue } from '#contract/catalogue';
import { type Cell, MetricResult, RowsResult } from '#contract/result';
import { Why } from '#contract/why';
import { type Served, serve } from '../support/serve.ts';

const ARROW = 'application/vnd.apache.arrow.stream';
let served: Served;
let catalogue: Catalogue;
beforeAll(async () => {
  served = await serve(inject('publishedHome'));
  catalogue = Catalogue.parse(await (await served.ask('/api/catalogue')).json());
});
afterAll(() => served.close());

const result = async (path: string) => MetricResult.parse(await (await served.ask(path)).json());

const firstRows = async (path: string) => RowsResult.parse(await (await served.ask(`${path}&limit=1000`)).json());

/** Every row of a list, page by page. */
async function everyRow(path: string): Promise<RowsResult> {
  const first = await firstRows(path);
  const rows = [...first.rows];
  while (rows.length < first.total.rows) {
    const page = RowsResult.parse(await (await served.ask(`${path}&limit=1000&offset=${rows.length}`)).json());
    rows.push(...page.rows);
  }
  return { ...first, rows };
}

const add = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);

/**
 * The lists of a metric hold what its numbers say, in the whole and in the largest group of each dimension; of a group that
 * is longer than a page the list's own sum is held against the number.
 */
async function agrees({ id, dimensions }: Catalogue['metrics'][number]): Promise<void> {
  const singles = dimensions.filter(
    (dimension) => catalogue.dimensions.find((known) => known.id === dimension)?.scope !== 'set',
  );
  const groups: { where: string; cell: Cell }[] = [{ where: '', cell: (await result(`/api/metrics/${id}`)).total }];
  for (const dimension of singles) {
    const { cells } = await result(`/api/metrics/${id}?by=${dimension}`);
    const [largest] = [...cells].sort((a, b) => (b.denominator ?? 0) - (a.denominator ?? 0));
    const value = largest?.key[dimension];
    if (largest && value) groups.push({ where: `${dimension}:${encodeURIComponent(value)}`, cell: largest });
  }
  for (const { where, cell } of groups) {
    for (const part of ['numerator', 'denominator'] as const) {
      const path = `/api/metrics/${id}/rows?part=${part}&where=${encodeURIComponent(where)}`;
      const list = await (where === '' ? everyRow(path) : firstRows(path));
      const said = `${id} ${part} ${where}`;
      if (list.rows.length === list.total.rows)
        expect(add(list.rows.map((row) => row[part])), said).toBeCloseTo(cell[part] ?? Number.NaN, 4);
      else expect([where === '', list.rows.length], said).toEqual([false, 1000]);
      expect(list.total.sum, said).toBeCloseTo(cell[part] ?? Number.NaN, 4);
    }
  }
  const { cells } = await result(`/api/metrics/${id}?by=exclusion`);
  const excluded = await everyRow(`/api/metrics/${id}/rows?part=exclusion`);
  const left = cells.filter(({ key }) => key.exclusion !== null);
  expect(excluded.rows.length, id).toBe(add(left.map(({ rows }) => rows ?? 0)));
  expect(excluded.rows.every(({ exclusion }) => exclusion !== null)).toBe(true);
}

describe('list and number agree, for every metric and every part', () => {
  it('over all, and in the largest group of every dimension of one value per row', async () => {
    await Promise.all(catalogue.metrics.map(agrees));
  }, 300_000);

  it('by month, the months add up to the whole', async () => {
    for (const { id } of catalogue.metrics) {
      const { total, cells } = await result(`/api/metrics/${id}?by=month`);
      for (const part of ['numerator', 'denominator', 'rows'] as const) {
        expect(add(cells.map((cell) => cell[part] ?? 0)), `${id} ${part}`).toBeCloseTo(total[part] ?? Number.NaN, 4);
      }
    }
  });

  it('components add up to the numerator', async () => {
    for (const { id, components } of catalogue.metrics.filter(({ components }) => components.length > 0)) {
      const { total, cells } = await result(`/api/metrics/${id}?by=component`);
      expect(cells.length).toBe(components.length);
      expect(add(cells.map(({ numerator }) => numerator ?? 0)), id).toBeCloseTo(total.numerator ?? Number.NaN, 2);
    }
  });

  it('each low-value service has a list that adds up to it', async () => {
    const id = 'low-value-services-per-1000';
    const { cells } = await result(`/api/metrics/${id}?by=component`);
    for (const { key, numerator } of cells) {
      const { total, rows } = await everyRow(`/api/metrics/${id}/rows?component=${key.component}`);
      expect([total.sum, add(rows.map((row) => row.numerator))], key.component ?? '').toEqual([numerator, numerator]);
    }
  });
});

describe('why a row counts or is left out', () => {
  const why = async (id: string, { person_id, subject_id, anchor_date }: RowsResult['rows'][number]) =>
    Why.parse(await (await served.ask(`/api/metrics/${id}/why/${person_id}/${subject_id}/${anchor_date}`)).json());

  for (const id of ['readmission-30-day', 'cms125-1']) {
    it(`of every row of ${id}: one that counts has no rule that applies, any other those it lists, with its own first`, async () => {
      const reasons = catalogue.metrics.find((metric) => metric.id === id)?.reasons ?? [];
      const counted = await everyRow(`/api/metrics/${id}/rows?part=denominator`);
      const excluded = await everyRow(`/api/metrics/${id}/rows?part=exclusion`);
      expect(Math.min(counted.rows.length, excluded.rows.length)).toBeGreaterThan(0);
      let shown = 0;
      for (const row of [...counted.rows, ...excluded.rows]) {
        const { rules, numerator } = await why(id, row);
        expect(rules.map(({ reason }) => reason)).toEqual(reasons);
        const applying = rules.filter(({ verdict }) => verdict === 'applies');
        expect(applying.length > 0, row.subject_id).toBe(row.exclusion !== null);
        expect(rules.some(({ verdict }) => verdict === 'not asked')).toBe(false);
        if (row.exclusion !== null) expect(applying.map(({ reason }) => reason)).toContain(row.exclusion);
        expect(numerator?.value ?? null).toBe(row.exclusion === null ? row.numerator : null);
        if (row.exclusion === null && row.numerator > 0) {
          expect([numerator?.event !== null || numerator.claims.length > 0, row.subject_id]).toEqual([
            true,
            row.subject_id,
          ]);
          shown += 1;
        }
      }
      expect(shown).toBeGreaterThan(0);
    });
  }

  it('of a return names the stay that came back, its day and its claims', async () => {
    const { rows } = await everyRow('/api/metrics/readmission-30-day/rows?part=numerator');
    for (const row of rows) {
      const { population, numerator } = await why('readmission-30-day', row);
      expect(population.event?.id).toBe(row.subject_id);
      expect(numerator?.event?.id).not.toBe(row.subject_id);
      expect(numerator?.event?.start_date).toBe(numerator?.evidence_date);
      expect(numerator?.evidence).toMatch(/^the next stay began on day \d+ after discharge and was unplanned$/);
      expect(numerator?.claims.length).toBeGreaterThan(0);
    }
  });

  it('in words that the definition names', async () => {
    for (const { id, reasons } of catalogue.metrics.filter(({ kind }) => kind === 'metric')) {
      const { cells } = await result(`/api/metrics/${id}?by=exclusion`);
      const told = cells.flatMap(({ key }) => key.exclusion ?? []);
      expect(
        told.filter((reason) => !reasons.includes(reason)),
        id,
      ).toEqual([]);
    }
  });
});

describe('one query, three encoders', () => {
  it('JSON, Arrow and CSV say the same', async () => {
    for (const { id } of catalogue.metrics) {
      const path = `/api/metrics/${id}?by=month,risk_tier`;
      const { cells } = await result(path);
      const arrow = tableFromIPC(new Uint8Array(await (await served.ask(path, 'aco_admin', ARROW)).arrayBuffer()));
      const csv: Record<string, string>[] = parse(await (await served.ask(path, 'aco_admin', 'text/csv')).text(), {
        columns: true,
        bom: true,
      });
      expect(arrow.numRows, id).toBe(cells.length);
      expect(csv.length, id).toBe(cells.length);
      cells.forEach((cell, at) => {
        const row = arrow.get(at)?.toJSON() ?? {};
        const line = csv[at] ?? {};
        expect([row.month ?? null, row.risk_tier ?? null]).toEqual([cell.key.month, cell.key.risk_tier]);
        expect([line.month || null, line.risk_tier || null]).toEqual([cell.key.month, cell.key.risk_tier]);
        for (const name of ['numerator', 'denominator', 'value', 'low', 'high'] as const) {
          expect(row[name] ?? null, `${id} ${name}`).toBe(cell[name]);
          expect(line[name] ? Number(line[name]) : null, `${id} ${name}`).toBe(cell[name]);
        }
      });
    }
  });
});

describe('shareable mode', () => {
  it('shows no part of 1 to 10 and lists nobody', async () => {
    for (const { id, unit } of catalogue.metrics) {
      const reply = await served.ask(`/api/metrics/${id}?by=practice`, 'analyst_aggregate');
      const { total, cells } = MetricResult.parse(await reply.json());
      for (const { numerator, denominator } of [total, ...cells]) {
        if (unit === 'dollars per member per month') continue;
        expect(numerator !== null && numerator >= 1 && numerator <= 10, `${id} ${numerator}`).toBe(false);
        expect(denominator !== null && denominator >= 1 && denominator <= 10, `${id} ${denominator}`).toBe(false);
      }
      await expect(served.ask(`/api/metrics/${id}/rows`, 'analyst_aggregate')).rejects.toThrow('403');
    }
  });
});
