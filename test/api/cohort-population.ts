import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { readCatalogue, type SnapshotCatalogue } from '../../server/store/catalogue.ts';
import { DuckDB } from '../../server/store/duckdb.ts';
import { Queries } from '../../server/store/query.ts';
import { Random } from '../campaign/random.ts';
import { METRICS } from '../support/snapshot.ts';

export const DATA_THROUGH = '2024-06-15';

const TABLES: Readonly<Record<string, string>> = {
  'core.person':
    'person_id varchar, birth_date date, death_date date, race varchar, ethnicity varchar, language varchar, zip_code varchar, county_fips varchar, state varchar, original_reason_entitlement_code varchar',
  'mart.person_summary':
    'person_id varchar, age integer, sex varchar, risk_tier varchar, practice varchar, risk_score double, risk_basis varchar, conditions varchar[], admissions_12m integer, emergency_visits_12m integer, paid_12m decimal(18, 2), last_visit_date date',
  'mart.person_month': 'person_id varchar, month date, coverage varchar',
  'mart.attribution': 'person_id varchar, month date, practice_id varchar, npi varchar',
  'mart.chronic_condition': 'person_id varchar, condition varchar, since_date date, until_date date',
  'mart.risk_hcc': 'person_id varchar, model varchar, payment_year integer, hcc varchar',
  'mart.care_gap': 'measure_id varchar, rate_id varchar, person_id varchar, period_end date, status varchar',
  'mart.adherence_drug': 'ndc_code varchar, class varchar',
  'core.member_month':
    'person_id varchar, month date, payer varchar, plan varchar, payer_type varchar, dual_status_code varchar, medicare_status_code varchar',
  'core.encounter':
    'encounter_id varchar, person_id varchar, encounter_type varchar, start_date date, end_date date, primary_diagnosis_code_type varchar, primary_diagnosis_code varchar',
  'core.condition':
    'person_id varchar, encounter_id varchar, code_system varchar, code varchar, recorded_date date, onset_date date',
  'core.medical_claim':
    'person_id varchar, hcpcs_code varchar, line_start_date date, modifier_1 varchar, modifier_2 varchar',
  'core.procedure': 'person_id varchar, code_system varchar, code varchar, performed_date date, status varchar',
  'core.immunization': 'person_id varchar, code_system varchar, code varchar, given_date date, status varchar',
  'core.pharmacy_claim': 'person_id varchar, ndc_code varchar, fill_date date',
  'core.medication':
    'person_id varchar, code_system varchar, code varchar, start_date date, course_start_date date, is_negated boolean, status varchar',
  'core.observation':
    'person_id varchar, code_system varchar, code varchar, observed_at timestamp, start_date date, value_number double, unit varchar, is_negated boolean, status varchar',
  'core.drug_name': 'code_system varchar, code varchar, rxnorm_code varchar',
  'core.coded_concept': 'value_set varchar, code_system varchar, code varchar',
  'core.area_index':
    'area_kind varchar, area_code varchar, index_name varchar, year integer, value double, percentile double',
  'core.program_enrollment': 'person_id varchar, program varchar, start_date date, end_date date, status varchar',
};

export type Row = Readonly<Record<string, string | number | boolean | null>>;
/** Rows by table, as they were made: what the naive reading reads. */
export type Population = Readonly<Record<string, readonly Row[]>>;

/** Words of the made data; rules are drawn from them, so that most rules keep some and drop some. */
export const WORDS = {
  sex: ['female', 'male', 'unknown'],
  race: ['black', 'white', 'asian'],
  ethnicity: ['hispanic', 'other'],
  language: ['english', 'spanish'],
  zip: ['43001', '43002', '44100'],
  county: ['39041', '39049'],
  state: ['OH', 'KY'],
  entitlement: ['0', '1', '3'],
  tiers: ['low', 'high', 'very high'],
  practices: ['p1', 'p2'],
  providers: ['1000000001', '1000000002'],
  conditions: ['diabetes', 'heart-failure', 'copd'],
  hccs: ['18', '85', '111'],
  statuses: ['open', 'closed', 'excluded'],
  payers: ['medicare', 'acme'],
  plans: ['ffs', 'hmo'],
  payerTypes: ['medicare', 'medicare advantage', 'commercial'],
  medicareStatus: ['10', '20'],
  dual: ['00', '02', '08', '09', null],
  types: ['acute inpatient', 'skilled nursing', 'emergency department', 'office visit', 'other'],
  diagnoses: ['E119', 'E1165', 'I10', 'I509', 'Z590', 'Z602'],
  hcpcs: ['99213', 'G0438', '4548F'],
  procedures: ['0DTJ4ZZ', '99213'],
  vaccines: ['141', '150'],
  ndc: ['00093105801', '00093105802'],
  rxnorm: ['83367', '6809'],
  classes: ['statin', 'diabetes'],
  labs: ['4548-4', '2160-0'],
  units: ['%', 'mg/dL'],
  programs: ['care management', 'home visits'],
  programStatuses: ['enrolled', 'completed', 'declined'],
  indexes: ['svi', 'rucc'],
  sets: ['diabetes-codes', 'a1c', 'statins', 'empty'],
  coverage: ['medicare', 'none'],
} as const;

const day = (random: Random): string =>
  new Date(Date.UTC(2022, 0, 1) + random.below(1000) * 86_400_000).toISOString().slice(0, 10);

/** Small, dense and odd: everything happens to everybody, on few days, some of it after data-through or on no day. */
export function populationOf(seed: number, persons: number): Population {
  const random = new Random(seed);
  const maybe = <T>(value: T, share = 0.85): T | null => (random.next() < share ? value : null);
  const ids = Array.from({ length: persons }, (_, at) => `p${String(at).padStart(3, '0')}`);
  const several = (most: number, make: (id: string) => Row): Row[] =>
    ids.flatMap((id) => Array.from({ length: random.below(most + 1) }, () => make(id)));
  const close = (from: string, most: number): string =>
    new Date(Date.parse(from) + random.below(most + 1) * 86_400_000).toISOString().slice(0, 10);
  let encounters = 0;
  const encounter = several(8, (person_id) => {
    const start_date = day(random);
    encounters += 1;
    return {
      ...{ encounter_id: `e${encounters}`, person_id, encounter_type: random.pick(WORDS.types), start_date },
      end_date: maybe(close(start_date, 12)),
      primary_diagnosis_code_type: 'icd-10-cm',
      primary_diagnosis_code: maybe(random.pick(WORDS.diagnoses)),
    };
  });
  const own = new Map(ids.map((id) => [id, encounter.filter(({ person_id }) => person_id === id)]));
  return {
    'core.person': ids.map((person_id) => ({
      person_id,
      birth_date: day(random),
      death_date: maybe(day(random), 0.2),
      race: maybe(random.pick(WORDS.race)),
      ethnicity: maybe(random.pick(WORDS.ethnicity)),
      language: maybe(random.pick(WORDS.language)),
      zip_code: maybe(`${random.pick(WORDS.zip)}${random.pick(['', '-1234', '1234'])}`),
      county_fips: maybe(random.pick(WORDS.county)),
      state: maybe(random.pick(WORDS.state)),
      original_reason_entitlement_code: maybe(random.pick(WORDS.entitlement)),
    })),
    'mart.person_summary': ids.map((person_id, at) => ({
      person_id,
      age: maybe(random.below(100)),
      sex: random.pick(WORDS.sex),
      risk_tier: maybe(random.pick(WORDS.tiers)),
      practice: [null, 'p1', 'p2', 'p2', 'p9'][at % 5] ?? null,
      ...{ risk_score: [2, 9.5, 10, 41][at % 4] ?? null, risk_basis: at % 3 === 0 ? 'points' : 'model' },
      ...{ conditions: null, admissions_12m: at % 3, emergency_visits_12m: (at * 7) % 13 },
      paid_12m: [0, 0.01, 9.99, 10, 1234.56, 20_000, 2_000_000, -5][at % 8] ?? null,
      last_visit_date: at % 6 === 0 ? null : `202${3 + (at % 2)}-0${1 + (at % 6)}-${14 + (at % 3)}`,
    })),
    'mart.person_month': ids.flatMap((person_id) =>
      ['2024-04-01', '2024-05-01', '2024-06-01', '2024-07-01'].flatMap((month) =>
        random.next() < 0.7 ? [{ person_id, month, coverage: maybe(random.pick(WORDS.coverage)) }] : [],
      ),
    ),
    'mart.attribution': ids.flatMap((person_id) =>
      ['2024-05-01', '2024-06-01'].flatMap((month) =>
        random.next() < 0.7
          ? [{ person_id, month, practice_id: maybe(random.pick(WORDS.practices)), npi: random.pick(WORDS.providers) }]
          : [],
      ),
    ),
    'mart.chronic_condition': ids.flatMap((person_id) =>
      WORDS.conditions.flatMap((condition) => {
        if (random.next() < 0.5) return [];
        const since_date = day(random);
        return [{ person_id, condition, since_date, until_date: random.pick([close(since_date, 700), '9999-12-31']) }];
      }),
    ),
    'mart.risk_hcc': several(4, (person_id) => ({
      ...{ person_id, model: random.pick(['V24', 'V28']), payment_year: random.pick([2023, 2024]) },
      hcc: random.pick(WORDS.hccs),
    })),
    'mart.care_gap': several(3, (person_id) => ({
      ...{ measure_id: random.pick(['CMS125', 'CMS122']), rate_id: '1', person_id },
      ...{ period_end: random.pick(['2023-12-31', '2024-12-31']), status: random.pick(WORDS.statuses) },
    })),
    'mart.adherence_drug': [
      { ndc_code: '00093105801', class: 'statin' },
      { ndc_code: '00093105802', class: 'diabetes' },
    ],
    'core.member_month': several(12, (person_id) => ({
      ...{ person_id, month: `${random.pick(['2023-11', '2023-12', '2024-05', '2024-06', '2024-07'])}-01` },
      ...{
        payer: random.pick(WORDS.payers),
        plan: random.pick(WORDS.plans),
        payer_type: random.pick(WORDS.payerTypes),
      },
      ...{ dual_status_code: random.pick(WORDS.dual), medicare_status_code: maybe(random.pick(WORDS.medicareStatus)) },
    })),
    'core.encounter': encounter,
    'core.condition': several(12, (person_id) => ({
      person_id,
      encounter_id: maybe(String(random.pick([...(own.get(person_id) ?? []), { encounter_id: 'none' }]).encounter_id)),
      ...{ code_system: 'icd-10-cm', code: random.pick(WORDS.diagnoses) },
      ...{ recorded_date: maybe(day(random)), onset_date: maybe(day(random), 0.3) },
    })),
    'core.medical_claim': several(6, (person_id) => ({
      ...{ person_id, hcpcs_code: maybe(random.pick(WORDS.hcpcs)), line_start_date: day(random) },
      ...{ modifier_1: random.pick([null, '25', '8P']), modifier_2: random.pick([null, null, '1P']) },
    })),
    'core.procedure': several(2, (person_id) => {
      const code = random.pick(WORDS.procedures);
      const code_system = code === '99213' ? 'hcpcs' : 'icd-10-pcs';
      return {
        person_id,
        code_system,
        code,
        performed_date: day(random),
        status: random.pick(['completed', 'not done']),
      };
    }),
    'core.immunization': several(2, (person_id) => ({
      ...{ person_id, code_system: 'cvx', code: random.pick(WORDS.vaccines), given_date: day(random) },
      status: random.pick(['completed', 'not done']),
    })),
    'core.pharmacy_claim': several(5, (person_id) => ({
      ...{ person_id, ndc_code: random.pick(WORDS.ndc), fill_date: day(random) },
    })),
    'core.medication': several(2, (person_id) => ({
      ...{ person_id, code_system: 'rxnorm', code: random.pick(WORDS.rxnorm) },
      ...{ start_date: maybe(day(random)), course_start_date: maybe(day(random)) },
      ...{ is_negated: random.next() < 0.2, status: random.pick([null, 'active', 'entered-in-error']) },
    })),
    'core.observation': several(8, (person_id) => {
      const start_date = day(random);
      return {
        ...{ person_id, code_system: 'loinc', code: random.pick(WORDS.labs), start_date: maybe(start_date) },
        observed_at: maybe(`${random.pick([start_date, '2024-03-01'])} ${random.pick(['08:00:00', '23:30:00'])}`),
        ...{ value_number: maybe(random.below(12)), unit: maybe(random.pick(WORDS.units)) },
        ...{ is_negated: random.next() < 0.1, status: random.pick([null, 'final', 'corrected', 'cancelled']) },
      };
    }),
    'core.drug_name': [
      { code_system: 'ndc', code: '00093105801', rxnorm_code: '83367' },
      { code_system: 'ndc', code: '00093105802', rxnorm_code: null },
      { code_system: 'rxnorm', code: '83367', rxnorm_code: '83367' },
    ],
    'core.coded_concept': [
      { value_set: 'diabetes-codes', code_system: 'icd-10-cm', code: 'E119' },
      { value_set: 'diabetes-codes', code_system: 'icd-10-cm', code: 'E1165' },
      { value_set: 'diabetes-codes', code_system: 'hcpcs', code: 'G0438' },
      { value_set: 'a1c', code_system: 'loinc', code: '4548-4' },
      { value_set: 'a1c', code_system: 'hcpcs', code: '4548F' },
      { value_set: 'statins', code_system: 'rxnorm', code: '83367' },
    ],
    'core.area_index': [
      { area_kind: 'zip', area_code: '43001', index_name: 'svi', year: 2020, value: 0.1, percentile: 10 },
      { area_kind: 'zip', area_code: '43001', index_name: 'svi', year: 2022, value: 0.5, percentile: 20 },
      { area_kind: 'zip', area_code: '43002', index_name: 'svi', year: 2022, value: 0.9, percentile: null },
      { area_kind: 'county', area_code: '39041', index_name: 'svi', year: 2022, value: 1, percentile: 100 },
      { area_kind: 'county', area_code: '39049', index_name: 'svi', year: 2022, value: 0, percentile: 0 },
      { area_kind: 'county', area_code: '39041', index_name: 'rucc', year: 2023, value: 6, percentile: null },
      { area_kind: 'county', area_code: '39049', index_name: 'rucc', year: 2023, value: 2, percentile: null },
    ],
    'core.program_enrollment': several(2, (person_id) => {
      const start_date = day(random);
      return {
        ...{
          person_id,
          program: random.pick(WORDS.programs),
          start_date,
          end_date: maybe(close(start_date, 300), 0.5),
        },
        status: random.pick(WORDS.programStatuses),
      };
    }),
  };
}

const dimension = (id: string, scope: string, values: readonly string[], more: object = {}) =>
  JSON.stringify({
    ...{ id, title: id, description: id, scope, values: values.map((value) => ({ value, label: value })) },
    ...more,
  });

/** The rows in a real database with the tables that rules read, made by the models themselves. */
export async function openPopulation(
  population: Population,
): Promise<{ readonly queries: Queries; readonly catalogue: SnapshotCatalogue; readonly close: () => void }> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  for (const schema of ['core', 'mart', 'catalogue']) await connection.run(`create schema ${schema}`);
  for (const [name, columns] of Object.entries(TABLES)) {
    await connection.run(`create table ${name} (${columns})`);
    await insert(connection, name, columns, population[name] ?? []);
  }
  await connection.run(`set variable data_through = date '${DATA_THROUGH}'`);
  await connection.run(
    `update mart.person_summary set conditions = (
       select list(condition) from mart.chronic_condition as held
       where held.person_id = person_summary.person_id and getvariable('data_through') between since_date and until_date)`,
  );
  for (const name of ['cohort_person', 'cohort_concept', 'cohort_event']) {
    const text = readFileSync(join(import.meta.dirname, '../../pipelines/models/mart', `${name}.sql`), 'utf8');
    await connection.run(`create table mart.${name} as ${text}`);
  }
  await connection.run(
    `create table catalogue.snapshot as select 's' as snapshot, 'r' as run_id, '' as published_at,
       date '${DATA_THROUGH}' as data_through, '2024' as period, true as synthetic`,
  );
  await connection.run('create table catalogue.metric (id varchar, definition varchar, sql varchar)');
  const measure = METRICS.find(({ id }) => id === 'cms125-1');
  await connection.run("insert into catalogue.metric values ('cms125-1', $1, '')", [JSON.stringify(measure)]);
  await connection.run('create table catalogue.dimension (id varchar, definition varchar)');
  for (const [id, definition] of [
    ['sex', dimension('sex', 'person', WORDS.sex)],
    ['practice', dimension('practice', 'person', WORDS.practices)],
    ['coverage', dimension('coverage', 'person', WORDS.coverage)],
    ['condition', dimension('condition', 'set', WORDS.conditions, { setFrom: 'mart.chronic_condition' })],
  ] as const) {
    await connection.run('insert into catalogue.dimension values ($1, $2)', [id, definition]);
  }
  await connection.run(
    'create table catalogue.cohort (id varchar, title varchar, description varchar, "where" varchar, preset boolean)',
  );
  await connection.run('create table catalogue.program (id varchar, definition varchar)');
  await connection.run(
    `create table catalogue.value_set as select unnest([${WORDS.sets.map((set) => `'${set}'`).join(', ')}]) as value_set`,
  );
  connection.closeSync();
  const queries = new Queries(new DuckDB(instance));
  return {
    queries,
    catalogue: await readCatalogue(queries),
    close() {
      queries.close();
    },
  };
}

async function insert(
  connection: DuckDBConnection,
  table: string,
  columns: string,
  rows: readonly Row[],
): Promise<void> {
  await connection.run(
    `insert into ${table} by name select unnest($1::json::struct(${columns})[], recursive := true)`,
    [JSON.stringify(rows)],
  );
}
