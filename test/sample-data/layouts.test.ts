import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quoted, rows } from '../../pipelines/engine/sql.ts';
import { openHome } from '../../pipelines/publish/home.ts';
import { readPointer } from '../../pipelines/publish/snapshot.ts';
import { generate } from '../../sample-data/generate.ts';
import { loadFrom, sourceFolder, temporaryFolder } from '../readers/harness.ts';
import { throughline } from '../support/published.ts';
import { make } from '../support/warehouse.ts';

/** People beside the traps. */
const MEMBERS = 100;

/** Every column but some, and but how a run numbers people and visits and where it read a row. */
const allBut = (...names: readonly string[]): string => {
  const own = ['person_id', 'encounter_id', 'source_name', 'file_id', 'line_number'];
  return `columns(lambda name: name not in (${[...own, ...names].map(quoted).join(', ')}))`;
};

interface Layout {
  readonly name: 'cclf' | 'fhir';
  readonly feeForServiceOnly: boolean;
  /** What a source calls a person, as the person id of the Tuva layout. */
  readonly key: string;
  /** Columns in which a table must agree, row for row. What a layout cannot say is in sample-data/SOURCE.md. */
  readonly same: Readonly<Record<string, string>>;
  /** Rows of a table that the Tuva layout has no words for. */
  readonly more: Readonly<Record<string, string>>;
  /** Metrics that it cannot fill, of one person or of all, with the reason. */
  readonly without: readonly { readonly metric: string; readonly person?: string; readonly reason: string }[];
}

const layouts: readonly Layout[] = [
  {
    name: 'cclf',
    feeForServiceOnly: true,
    key: `select other.person_id, member.person_id as key
      from told.core.person_source as other
      join (select person_id, arg_max(member_id, enrollment_start_date) as mbi from eligibility group by person_id) as member
        on member.mbi = other.source_person_id`,
    same: {
      person: `key, birth_date, death_date, sex, race, zip_code, county_fips, state, dual_status_code,
        original_reason_entitlement_code`,
      member_month: 'key, month, is_part_a, is_part_b, is_medicare_advantage, dual_status_code, medicare_status_code',
      encounter: 'key, encounter_type, start_date, end_date, discharge_disposition_code, drg_code, is_ed, paid_amount',
      medical_claim: `key, visit, claim_type, line_start_date, bill_type_code, revenue_center_code, place_of_service_code, drg_code,
        hcpcs_code, paid_amount`,
      pharmacy_claim: 'key, fill_date, ndc_code, days_supply, quantity',
      procedure: 'key, visit, code_system, code, performed_date',
    },
    more: {},
    without: [
      { metric: 'total-cost-per-member-per-month', reason: 'CCLF does not tell what the plan paid for a fill' },
      {
        metric: 'allowed-cost-per-member-per-month',
        reason: 'CCLF tells allowed amounts of facility claims only in sum, and of fills what the patient paid',
      },
    ],
  },
  {
    name: 'fhir',
    feeForServiceOnly: false,
    key: `select other.person_id, other.source_person_id as key
      from told.core.person_source as other
      where other.source_person_id in (select person_id from eligibility)`,
    same: {
      person: allBut(),
      member_month: allBut('plan', 'is_hospice', 'is_long_term_institutional', 'attributed_npi', 'attributed_tin'),
      encounter: allBut(),
      medical_claim: allBut('plan'),
      pharmacy_claim: allBut('plan'),
      condition: allBut(),
      procedure: allBut(),
      observation: `observed_at::date, case when value_number is null then value_text end,
        ${allBut('observed_at', 'panel_id', 'status', 'value_text', 'value_code', 'value_code_system')}`,
      medication: allBut('status', 'statement_type'),
      immunization: allBut(),
      appointment: allBut(),
      practitioner: allBut(),
      practice: allBut(),
      facility: allBut(),
    },
    more: { procedure: `status = 'not done'`, medication: 'is_negated' },
    without: [
      ...['cms125-1', 'cms130-1'].map((metric) => ({
        metric,
        person: 'TRAP-NURSING-HOME',
        reason: 'only enrolment tells that she lives in an institution, and Coverage has no word for it',
      })),
      ...['cms156-1', 'cms156-2', 'cms156-3'].map((metric) => ({
        metric,
        person: 'P0000006',
        reason:
          'only enrolment tells of hospice care; without it palliative care is the reason that the person is left out',
      })),
      {
        metric: 'multiple-chronic-admissions-per-1000',
        reason: 'only enrolment tells from which month on people are in hospice care',
      },
    ],
  },
];

describe.each(layouts)('the same people in the $name layout', (layout) => {
  const { name, feeForServiceOnly, key, same, more, without } = layout;
  const folder = mkdtempSync(join(tmpdir(), `throughline-${name}-`));
  let connection: DuckDBConnection;

  beforeAll(async () => {
    const source = join(folder, 'source');
    await generate({ members: MEMBERS, formats: ['tuva', name], feeForServiceOnly, out: source });
    const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
    connection = await instance.connect();
    await connection.run(
      `create table eligibility as select * from read_csv(${quoted(join(source, 'tuva/eligibility.csv'))}, all_varchar = true)`,
    );
    for (const [schema, from] of [
      ['tuva', 'tuva'],
      ['told', name],
    ] as const) {
      const home = join(folder, from);
      throughline('run', '--source', join(source, from), '--home', home, '--as-of', '2026-09-30');
      const { file = '' } = readPointer(openHome(home)) ?? {};
      await connection.run(`attach ${quoted(join(home, file))} as ${schema} (read_only)`);
      await connection.run(
        `create table ${schema}_visit as
         select encounter_id, concat_ws(' ', encounter_type, start_date, end_date, drg_code, paid_amount) as visit
         from ${schema}.core.encounter`,
      );
    }
    await connection.run(
      'create table tuva_person as select distinct person_id, source_person_id as key from tuva.core.person_source',
    );
    await connection.run(`create table told_person as select distinct person_id, key from (${key})`);
  }, 300_000);

  afterAll(() => {
    connection.closeSync();
    rmSync(folder, { recursive: true });
  });

  /** A table of core, with people and visits by names that both layouts know. */
  const readable = async (schema: string, table: string): Promise<string> => {
    const columns = (await rows(connection, `describe ${schema}.core.${table}`)).map((each) => each.column_name);
    const named = [
      ['person', 'person_id'],
      ['visit', 'encounter_id'],
    ].filter(([, id = '']) => columns.includes(id));
    return `${schema}.core.${table} ${named.map(([of, id]) => `left join ${schema}_${of} using (${id})`).join(' ')}`;
  };

  it('are the same people', async () => {
    expect(
      await rows(
        connection,
        '(select key from tuva_person except select key from told_person) union all (select key from told_person except select key from tuva_person)',
      ),
    ).toEqual([]);
  });

  it.each(Object.entries(same))('have the same %s', async (table, columns) => {
    const of = async (schema: string) =>
      `select ${columns} from ${await readable(schema, table)} where (${more[table] ?? false}) is not true`;
    const [tuva, told] = [await of('tuva'), await of('told')];
    expect(await rows(connection, `${tuva} except all ${told} limit 5`)).toEqual([]);
    expect(await rows(connection, `${told} except all ${tuva} limit 5`)).toEqual([]);
    expect(await rows(connection, `select count(*) > 0 as some from (${tuva})`)).toEqual([{ some: true }]);
  });

  it('have the same metrics, person by person and month by month', async () => {
    const metrics = await rows(connection, 'select id, relation from tuva.catalogue.metric order by id');
    expect(metrics.length).toBeGreaterThan(5);
    const different: { metric: string; person: string }[] = [];
    for (const { id, relation } of metrics) {
      const of = (schema: string) =>
        `select key, date_trunc('month', anchor_date) as month, exclusion, count(*) as rows,
           sum(numerator)::decimal(18, 2) as numerator, sum(denominator)::decimal(18, 2) as denominator
         from ${schema}.${relation} left join ${schema}_person using (person_id) group by all`;
      const found = await rows(
        connection,
        `select distinct key from ((${of('tuva')} except ${of('told')}) union all (${of('told')} except ${of('tuva')}))`,
      );
      different.push(...found.map((each) => ({ metric: String(id), person: String(each.key) })));
    }
    const isOf = (gap: Layout['without'][number], { metric, person }: (typeof different)[number]): boolean =>
      gap.metric === metric && (gap.person ?? person) === person;
    expect(different.filter((each) => !without.some((gap) => isOf(gap, each)))).toEqual([]);
    expect(without.filter((gap) => !different.some((each) => isOf(gap, each)))).toEqual([]);
  });
});

it('claims of CCLF and charts of FHIR meet by the Medicare number, each person with their own', async () => {
  const out = temporaryFolder();
  await generate({ members: 40, formats: ['tuva', 'cclf', 'fhir'], out });
  const patients = readFileSync(join(out, 'fhir/Patient.000.ndjson'), 'utf8').split('\n');
  const charts = patients.filter((line) => line.includes('https://ehr.example.org'));
  const { connection, query } = await loadFrom([
    join(out, 'cclf'),
    sourceFolder({ 'Patient.ndjson': charts.join('\n') }),
  ]);
  await connection.run("create schema core; set variable surrogate_key = 'test'");
  await make(connection, 'core.person_source');
  const csv = (name: string) => `read_csv(${quoted(join(out, `tuva/${name}.csv`))}, all_varchar = true)`;
  const met = await query(
    `select string_agg(distinct key, ' ') as people, string_agg(distinct source_name, ' ' order by source_name) as told_by
     from core.person_source
     left join (
       select patient_id as source_person_id, person_id as key from ${csv('patient')}
       union
       select member_id, person_id from ${csv('eligibility')}
     ) using (source_person_id)
     group by person_id order by people`,
  );
  const planned = await query(
    `select person_id as people, string_agg(distinct source_name, ' ' order by source_name) as told_by
     from (
       select person_id, 'fhir' as source_name from ${csv('patient')}
       union
       select person_id, 'cclf' from ${csv('eligibility')} where payer_type = 'medicare'
     )
     group by person_id order by people`,
  );
  expect(met).toEqual(planned);
  expect(met.filter((each) => each.told_by === 'cclf fhir').length).toBeGreaterThan(30);
});
