import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quoted, rows } from '../../pipelines/engine/sql.ts';
import { openHome } from '../../pipelines/publish/home.ts';
import { readPointer } from '../../pipelines/publish/snapshot.ts';
import { generate } from '../../sample-data/generate.ts';
import { throughline } from '../support/published.ts';

const MEMBERS = 300;

/** Columns in which a table must agree, row for row. What a layout cannot say is in sample-data/SOURCE.md. */
const SAME: Readonly<Record<string, string>> = {
  person:
    'birth_date, death_date, sex, race, zip_code, county_fips, state, dual_status_code, original_reason_entitlement_code',
  member_month: 'month, is_part_a, is_part_b, is_medicare_advantage, dual_status_code, medicare_status_code',
  encounter: `encounter_type, start_date, end_date, discharge_disposition_code, drg_code, is_ed, paid_amount`,
  medical_claim: `claim_type, line_start_date, bill_type_code, revenue_center_code, place_of_service_code, drg_code, hcpcs_code,
    paid_amount`,
  pharmacy_claim: 'fill_date, ndc_code, days_supply, quantity',
  procedure: 'code_system, code, performed_date',
};

interface Layout {
  readonly name: 'cclf' | 'fhir';
  /** What a source calls a person, as the person id of the Tuva layout. */
  readonly key: string;
  /** Metrics that it cannot fill, with the reason. */
  readonly metricsWithout: Readonly<Record<string, string>>;
}

const layouts: readonly Layout[] = [
  {
    name: 'cclf',
    key: `select other.person_id, member.person_id as key
      from told.core.person_source as other
      join (select person_id, arg_max(member_id, enrollment_start_date) as mbi from eligibility group by person_id) as member
        on member.mbi = other.source_person_id`,
    metricsWithout: { 'total-cost-per-member-per-month': 'CCLF does not tell what the plan paid for a fill' },
  },
];

describe.each(layouts)('the same people in the $name layout', ({ name, key, metricsWithout }) => {
  const folder = mkdtempSync(join(tmpdir(), `throughline-${name}-`));
  let connection: DuckDBConnection;

  beforeAll(async () => {
    const source = join(folder, 'source');
    await generate({ members: MEMBERS, formats: ['tuva', name], feeForServiceOnly: true, out: source });
    const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
    connection = await instance.connect();
    for (const [schema, layout] of [
      ['tuva', 'tuva'],
      ['told', name],
    ] as const) {
      const home = join(folder, layout);
      throughline('run', '--source', join(source, layout), '--home', home, '--as-of', '2026-09-30');
      const { file = '' } = readPointer(openHome(home)) ?? {};
      await connection.run(`attach ${quoted(join(home, file))} as ${schema} (read_only)`);
    }
    await connection.run(
      `create table eligibility as select * from read_csv(${quoted(join(source, 'tuva/eligibility.csv'))}, all_varchar = true)`,
    );
    await connection.run(
      'create table tuva_person as select distinct person_id, source_person_id as key from tuva.core.person_source',
    );
    await connection.run(`create table told_person as select distinct person_id, key from (${key})`);
  }, 300_000);

  afterAll(() => {
    connection.closeSync();
    rmSync(folder, { recursive: true });
  });

  it('are the same people', async () => {
    expect(
      await rows(
        connection,
        '(select key from tuva_person except select key from told_person) union all (select key from told_person except select key from tuva_person)',
      ),
    ).toEqual([]);
  });

  it.each(Object.entries(SAME))('have the same %s', async (table, columns) => {
    const of = (schema: string) =>
      `select key, ${columns} from ${schema}.core.${table} join ${schema}_person using (person_id)`;
    expect(await rows(connection, `${of('tuva')} except all ${of('told')} limit 5`)).toEqual([]);
    expect(await rows(connection, `${of('told')} except all ${of('tuva')} limit 5`)).toEqual([]);
    expect(await rows(connection, `select count(*) > 0 as some from (${of('tuva')})`)).toEqual([{ some: true }]);
  });

  it('have the same metrics, month by month', async () => {
    const metrics = await rows(connection, 'select id, relation from tuva.catalogue.metric order by id');
    const different: string[] = [];
    for (const { id, relation } of metrics) {
      const of = (schema: string) =>
        `select date_trunc('month', anchor_date) as month, exclusion, count(*) as rows,
           sum(numerator)::decimal(18, 2) as numerator, sum(denominator)::decimal(18, 2) as denominator
         from ${schema}.${relation} group by all`;
      const [found] = await rows(connection, `select count(*) as months from (${of('tuva')} except ${of('told')})`);
      if (Number(found?.months) > 0 && !(String(id) in metricsWithout))
        different.push(`${id}: ${found?.months} months`);
    }
    expect(metrics.length).toBeGreaterThan(5);
    expect(different).toEqual([]);
  });
});
