import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, inject, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { Current } from '#contract/current';
import { Dimension } from '#contract/dimension';
import { ServedMetric } from '#contract/metric';
import { Explain, MetricResult } from '#contract/result';
import { insertRows, rows } from '../../pipelines/engine/sql.ts';
import { writeCubes } from '../../pipelines/publish/cube.ts';
import { textAt } from '../../server/store/columns.ts';
import { cubedGroups, cubedOf } from '../../server/store/cube.ts';
import { readGroups } from '../../server/store/metric.ts';
import { questionOf } from '../../server/store/question.ts';
import { type Snapshot, Snapshots } from '../../server/store/snapshot.ts';
import { sql } from '../../server/store/sql.ts';
import { Random } from '../campaign/random.ts';
import { serve } from '../support/serve.ts';

const QUESTIONS = 150;

let home: string;
let snapshots: Snapshots;
let snapshot: Snapshot;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'throughline-cube-'));
  const published = inject('publishedHome');
  const current = Current.parse(JSON.parse(readFileSync(join(published, 'current.json'), 'utf8')));
  const file = join(home, 'cubed.duckdb');
  copyFileSync(join(published, current.file), file);
  await cube(file, current);
  const sha256 = createHash('sha256').update(readFileSync(file)).digest('hex');
  writeFileSync(join(home, 'current.json'), JSON.stringify({ ...current, file: 'cubed.duckdb', sha256 }));
  snapshots = await Snapshots.open(home, (message, error) => {
    throw new Error(message, { cause: error });
  });
  if (!snapshots.current) throw new Error('nothing is published');
  snapshot = snapshots.current;
});
afterAll(async () => {
  await snapshots.close();
  rmSync(home, { recursive: true });
});

/** Cubes of every metric, however few their rows. */
async function cube(file: string, about: Current): Promise<void> {
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  const defined = async (table: string) =>
    (await rows(connection, `select definition from ${table} order by id`)).map(({ definition }): unknown =>
      JSON.parse(String(definition)),
    );
  const built = {
    metrics: (await defined('catalogue.metric')).map((metric) => ({ served: ServedMetric.parse(metric) })),
    dimensions: (await defined('catalogue.dimension')).map((dimension) => Dimension.parse(dimension)),
  };
  expect(await rows(connection, 'select * from catalogue.cube')).toEqual([]);
  await connection.run('drop schema cube cascade');
  await insertRows(
    connection,
    'catalogue.cube',
    'name varchar, metric varchar, dimensions varchar',
    (await writeCubes(connection, built, about, 0)).map((each) => ({ ...each })),
  );
  await connection.run('checkpoint');
  connection.closeSync();
  instance.closeSync();
}

const asked = (metric: string, by: string, from: string, to: string, where = '') =>
  questionOf(snapshot.catalogue, metric, { by, where, ...(from && { from }), ...(to && { to }) });

it(`${QUESTIONS} random questions have the same answer from the cube and from the rows`, async () => {
  const { catalogue, queries } = snapshot;
  const cells = [...catalogue.cubed.keys()].map((cell) => cell.split(' '));
  expect(cells.length).toBeGreaterThan(QUESTIONS);
  const random = new Random(3);
  let groups = 0;
  for (let at = 0; at < QUESTIONS; at++) {
    const [metric = '', by = '', from = '', to = ''] = random.pick(cells);
    const span = by === 'month' ? [random.pick(['', '2025-02']), random.pick(['', '2025-09'])] : [from, to];
    const question = asked(metric, by, span[0] ?? '', span[1] ?? '');
    expect(cubedOf(catalogue, question)).not.toBeNull();
    const answers = await Promise.all(
      [catalogue, { ...catalogue, cubed: new Map() }].map((one) => readGroups(queries, one, question, true)),
    );
    const [cubed, counted] = answers.map(({ keys, sums }) => ({
      keys: keys.map((key) => Array.from({ length: key.length }, (_, row) => textAt(key, row))),
      sums,
    }));
    expect(cubed?.keys, `${metric} by ${by}`).toEqual(counted?.keys);
    for (const [row, sum] of (cubed?.sums ?? []).entries()) {
      for (const [name, value] of Object.entries(sum)) {
        const other = Object.entries(counted?.sums[row] ?? {}).find(([column]) => column === name)?.[1] ?? null;
        const words = `${metric} by ${by} ${row} ${name}`;
        if (value === null || other === null) expect(value, words).toBe(other);
        else expect(Math.abs(value - other), words).toBeLessThanOrEqual(1e-11 * Math.abs(other));
      }
    }
    groups += cubed?.sums.length ?? 0;
  }
  expect(groups).toBeGreaterThan(QUESTIONS);
});

it('the SQL that is shown is that of the cube and that of the rows, and by hand both give the number', async () => {
  const served = await serve(home);
  onTestFinished(served.close);
  const instance = await DuckDBInstance.create(join(home, 'cubed.duckdb'), { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  onTestFinished(() => {
    connection.closeSync();
    instance.closeSync();
  });
  const cells = [...snapshot.catalogue.cubed.keys()].map((cell) => cell.split(' ')).filter(([, by]) => by === '');
  expect(cells.length).toBeGreaterThan(50);
  for (const [metric = '', , from = '', to = ''] of cells.filter((_, at) => at % 5 === 0)) {
    const question = `?from=${from}&to=${to}`;
    const { answeredBy, fromRows } = Explain.parse(
      await (await served.ask(`/api/metrics/${metric}/explain${question}`)).json(),
    );
    const { total } = MetricResult.parse(await (await served.ask(`/api/metrics/${metric}${question}`)).json());
    expect([answeredBy, fromRows].map((text) => text?.includes('from "cube"."answer"'))).toEqual([true, false]);
    for (const text of [answeredBy, fromRows ?? '']) {
      const [row] = await rows(connection, `select value, numerator, denominator, rows from (${text})`);
      for (const name of ['value', 'numerator', 'denominator', 'rows'] as const) {
        const words = `${metric} ${name} of ${text}`;
        if (total[name] === null) expect(row?.[name], words).toBeNull();
        else expect(Number(row?.[name]), words).toBeCloseTo(total[name], 6);
      }
    }
  }
});

it('what is filtered, cut twice, rolled or of other months is answered from the rows', () => {
  const { catalogue } = snapshot;
  const [metric = '', by = '', from = '', to = ''] =
    [...catalogue.cubed.keys()].map((cell) => cell.split(' ')).find(([, by]) => by === 'risk_tier') ?? [];
  expect(cubedOf(catalogue, asked(metric, by, from, to))).not.toBeNull();
  for (const question of [
    asked(metric, by, from, to, 'sex:female'),
    asked(metric, `${by},sex`, from, to),
    asked(metric, 'sex', from, to),
    asked(metric, by, from, from),
    asked(metric, by, '', ''),
    questionOf(catalogue, metric, { by: 'month', where: '', rolling: 12 }),
  ]) {
    expect([cubedOf(catalogue, question), cubedGroups(catalogue, question)]).toEqual([null, null]);
  }
});

it('stays small, and every cube is listed', async () => {
  const { queries, catalogue } = snapshot;
  const count = z.object({ rows: z.number() });
  const all = await queries.row(sql`select count(*)::integer as rows from cube.answer`, count);
  expect(all.rows).toBeLessThan(100_000);
  const listed = await queries.rows(sql`select metric from catalogue.cube`, z.object({ metric: z.string() }));
  const answered = new Set([...catalogue.cubed.keys()].map((cell) => cell.split(' ')[0]));
  expect([...answered].filter((id) => !listed.some(({ metric }) => metric === id))).toEqual([]);
});
