import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Built, build, SCHEMAS } from '../../pipelines/engine/build.ts';
import { parsePipeTable } from '../../pipelines/engine/cases.ts';
import { type Check, findingsOf } from '../../pipelines/engine/check.ts';
import { discover } from '../../pipelines/engine/discover.ts';
import { silent } from '../../pipelines/engine/progress.ts';
import { rows } from '../../pipelines/engine/sql.ts';
import { inputChecks } from '../../pipelines/input/checks/index.ts';
import { createInput, inputTables } from '../../pipelines/input/tables.ts';
import { warehouseChecks, warehouseIds } from '../../pipelines/publish/warehouse.ts';
import { readerRules } from '../../pipelines/readers/checks.ts';
import { across } from './checks/across.ts';
import { claims } from './checks/claims.ts';
import { clinical } from './checks/clinical.ts';
import type { Fixtures, Given } from './checks/fixture.ts';
import { members } from './checks/members.ts';
import { rosters } from './checks/rosters.ts';
import { ofMetric, warehouse } from './checks/warehouse.ts';

const fixtures: Fixtures = { ...members, ...claims, ...clinical, ...rosters, ...across };

/** Every table of the product, empty, as its own models make them. */
let connection: DuckDBConnection;
let built: Built;
let checks: readonly Check[];
beforeAll(async () => {
  connection = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
  for (const schema of [...SCHEMAS, 'input']) await connection.run(`create schema ${schema}`);
  await createInput(connection, 'input');
  built = await build(
    connection,
    await discover(),
    inputTables.map(({ name }) => name),
    { data_through: '2024-12-31', period: '2024', surrogate_key: 'test' },
    silent,
  );
  await fillable(connection);
  checks = [...inputChecks, ...warehouseChecks(built.metrics.map(({ served, subjects }) => ({ ...served, subjects })))];
});

/** Metrics and care gaps that are views become tables, so that fixtures can fill them. */
async function fillable(warehouse: DuckDBConnection): Promise<void> {
  const views = await rows(
    warehouse,
    "select table_schema || '.' || table_name as name from information_schema.tables where table_schema in ('metric', 'mart') and table_type = 'VIEW'",
  );
  for (const { name } of views) {
    await warehouse.run(`create table ${name}_filled as from ${name}`);
    await warehouse.run(`drop view ${name}`);
    await warehouse.run(`alter table ${name}_filled rename to ${String(name).split('.')[1]}`);
  }
}

async function found(id: string, given: Given) {
  const check = checks.find((each) => each.id === id);
  if (!check) throw new Error(`no check "${id}"`);
  await connection.run('begin');
  try {
    for (const [table, text] of Object.entries(given)) {
      for (const row of parsePipeTable(text)) {
        const names = Object.keys(row);
        const values = names.map((name) => `$${name}`).join(', ');
        await connection.run(`insert into ${table} (${names.join(', ')}) values (${values})`, row);
      }
    }
    const [finding] = await findingsOf(connection, [check]);
    return { status: finding?.status, violations: finding?.violations };
  } finally {
    await connection.run('rollback');
  }
}

async function expectBoth(id: string, { fails, passes }: Fixtures[string]): Promise<void> {
  expect(await found(id, fails), `${id}, what fails`).toEqual({ status: 'failed', violations: 1 });
  expect(await found(id, passes), `${id}, what passes`).toEqual({ status: 'passed', violations: 0 });
}

describe('a check finds what breaks it, and passes what keeps it', () => {
  for (const [id, fixture] of Object.entries({ ...fixtures, ...warehouse })) it(id, () => expectBoth(id, fixture));

  it('and so do the rules that every metric keeps', async () => {
    for (const { served, ...of } of built.metrics) {
      const own = ofMetric({ ...served, ...of });
      for (const { id } of checks) {
        const fixture = own[id];
        if (fixture) await expectBoth(id, fixture);
      }
    }
  });
});

describe('the checks', () => {
  it('all have a fixture, and every fixture a check', () => {
    const ofMetrics = built.metrics.flatMap(({ served, ...of }) => Object.keys(ofMetric({ ...served, ...of })));
    const known = new Set([...Object.keys({ ...fixtures, ...warehouse }), ...ofMetrics]);
    expect(checks.map(({ id }) => id).filter((id) => !known.has(id))).toEqual([]);
    const ids = new Set(checks.map(({ id }) => id));
    expect(Object.keys({ ...fixtures, ...warehouse }).filter((id) => !ids.has(id))).toEqual([]);
  });

  it('are at least 150, without counting one rule twice for two metrics', () => {
    expect(new Set(checks.map(({ number }) => number)).size).toBeGreaterThanOrEqual(150);
  });

  it('have ids of their own, and numbers of their own but for the rules that every metric keeps', () => {
    const rules = [...Object.values(readerRules), ...checks];
    expect(rules.length).toBe(new Set(rules.map(({ id }) => id)).size);
    const once = rules.filter(({ number }) => number < 3101 || number >= 3111);
    expect(once.length).toBe(new Set(once.map(({ number }) => number)).size);
  });

  it('are named before a run as they are in it', async () => {
    const inRun = warehouseChecks(built.metrics.map(({ served, subjects }) => ({ ...served, subjects }))).map(
      ({ id }) => id,
    );
    expect(warehouseIds(await discover()).sort()).toEqual(inRun.sort());
  });

  it('say each rule once', () => {
    const titles = checks.map(({ title }) => title);
    expect(titles.filter((title, at) => titles.indexOf(title) !== at)).toEqual([]);
  });

  it('apply to nothing where there is nothing', async () => {
    const findings = await findingsOf(connection, checks);
    expect(findings.filter(({ status }) => status !== 'not applicable').map(({ id }) => id)).toEqual([]);
  });
});
