import type { DuckDBConnection, Json } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silent } from '../../pipelines/engine/progress.ts';
import { rows } from '../../pipelines/engine/sql.ts';
import { load } from '../../pipelines/readers/load.ts';
import { generate } from '../../sample-data/generate.ts';
import { emptyHome, temporaryFolder } from '../readers/harness.ts';
import { make, warehouse } from '../support/warehouse.ts';
import { nextStays } from './next-stay.ts';
import { filled, histories, partsByPerson, THROUGH } from './readmission-histories.ts';
import { type Part, readmissionsOf, type Stay, textOf } from './readmission-oracle.ts';

const dateOf = (day: number | null): string | null => (day === null ? null : textOf(day));

const asRead = (stay: Stay): string =>
  [
    ...[stay.id, dateOf(stay.admit), dateOf(stay.discharge), stay.isIndex, stay.exclusion, stay.isPlanned, stay.cohort],
    ...[stay.readmission, stay.days, stay.isReadmission, stay.isUnplannedReadmission],
  ].join(' | ');

const asModelled = (row: Readonly<Record<string, Json>>): string =>
  [
    ...[row.stay_id, row.admit_date, row.discharge_date, row.is_index, row.exclusion, row.is_planned],
    ...[row.specialty_cohort, row.readmission_stay_id, row.days_to_readmission],
    ...[row.is_readmission_30, row.is_unplanned_readmission_30],
  ].join(' | ');

async function expectOneAnswer(connection: DuckDBConnection): Promise<void> {
  const { stays, followed, bySelfJoin, differentBySelfJoin, byAsOfJoin, differentByAsOfJoin } =
    await nextStays(connection);
  expect(followed).toBeGreaterThan(50);
  expect(bySelfJoin).toBe(stays);
  expect(byAsOfJoin).toBeGreaterThan(50);
  expect([differentBySelfJoin, differentByAsOfJoin]).toEqual([0, 0]);
}

describe('readmissions of 10,000 random people', () => {
  const all = histories(1);
  let connection: DuckDBConnection;
  let parts: Map<string, Part[]>;
  let read: Stay[];
  const peopleRead = (window?: number): Stay[] =>
    [...all.people].flatMap(([id, person]) =>
      readmissionsOf({ ...person, parts: parts.get(id) ?? [] }, THROUGH, window),
    );
  beforeAll(async () => {
    connection = await filled(all);
    parts = await partsByPerson(connection);
    read = peopleRead();
  });
  afterAll(() => connection.closeSync());

  it('are what a second, naive reading of the rules finds', async () => {
    const modelled = (await rows(connection, 'select * from mart.readmission')).map(asModelled);
    const [expected, found] = [new Set(read.map(asRead)), new Set(modelled)];
    expect([...expected].filter((line) => !found.has(line))).toEqual([]);
    expect([...found].filter((line) => !expected.has(line))).toEqual([]);
    expect(modelled).toHaveLength(read.length);
  });

  it.each([7, 90])('are what it finds within %i days', async (window) => {
    const expected = peopleRead(window).map((stay) => [stay.id, stay.exclusion, Number(stay.isUnplannedReadmission)]);
    const modelled = await rows(
      connection,
      `select subject_id, exclusion, numerator::integer as numerator from metric.readmission_${window}_day`,
    );
    const found = modelled.map((row) => [row.subject_id, row.exclusion, row.numerator]);
    const lines = (list: readonly unknown[]) => list.map((line) => JSON.stringify(line)).sort();
    expect(lines(found)).toEqual(lines(expected));
  });

  it('meet every rule more than 100 times', () => {
    const met = new Map<string, number>();
    for (const stay of read) {
      const facts = [stay.exclusion ?? 'index', `cohort ${stay.cohort}`, stay.isPlanned ? 'planned' : 'unplanned'];
      if (stay.isReadmission) {
        facts.push(stay.isUnplannedReadmission ? 'unplanned return' : 'planned return');
        if (stay.days === 0 || stay.days === 30) facts.push(`return on day ${stay.days}`);
      }
      for (const fact of facts) met.set(fact, (met.get(fact) ?? 0) + 1);
    }
    expect([...met.keys()].sort()).toEqual([
      'cancer hospital outside prospective payment',
      'cohort cardiorespiratory',
      'cohort cardiovascular',
      'cohort medicine',
      'cohort neurology',
      'cohort null',
      'cohort surgery/gynecology',
      'date of birth unknown',
      'died in hospital',
      'follow-up incomplete',
      'index',
      'left against medical advice',
      'medical treatment of cancer',
      'not in fee-for-service Part A for 12 months before admission',
      'not in fee-for-service Part A for 30 days after discharge',
      'planned',
      'planned return',
      'principal diagnosis missing',
      'principal diagnosis without a CCS category',
      'psychiatric principal diagnosis',
      'rehabilitation principal diagnosis',
      'return on day 0',
      'return on day 30',
      'still in hospital',
      'under 65 at admission',
      'unplanned',
      'unplanned return',
    ]);
    expect(Math.min(...met.values())).toBeGreaterThan(100);
  });

  it('have one next stay, whether a window, a self-join or an ASOF join finds it', () => expectOneAnswer(connection));
});

describe('readmissions of a sample population of 1,500', () => {
  it('have one next stay, whether a window, a self-join or an ASOF join finds it', async () => {
    const source = temporaryFolder();
    await generate({ members: 1_500, out: source });
    const connection = await warehouse();
    const request = { connection, home: emptyHome(), runId: 'run-1', sources: [source], skip: [], format: undefined };
    await load({ ...request, progress: silent });
    await make(connection, 'mart.readmission');
    await expectOneAnswer(connection);
    connection.closeSync();
  }, 300_000);
});
