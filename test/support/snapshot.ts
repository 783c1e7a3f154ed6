import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { Current } from '#contract/current';
import { type Dimension, defineDimension } from '#contract/dimension';
import { ServedMetric } from '#contract/metric';
import { RunSummary } from '#contract/run';

const DATA_THROUGH = '2024-12-31';

const words = {
  description: 'A number made for a test.',
  whyItMatters: 'It tests the server.',
  numerator: 'rows that count',
  denominator: 'all rows',
  exclusions: ['planned', 'died'],
  source: { name: 'none', version: '1', url: 'https://example.org/', deviations: [] },
  version: '1.0.0',
  reviewedOn: '2026-01-01',
  measureId: null,
  rateId: null,
} as const;

const PERSON_DIMENSIONS = ['age_band', 'sex', 'risk_tier', 'practice'];

export const METRICS: readonly ServedMetric[] = [
  {
    ...words,
    id: 'readmission-30-day',
    title: 'Unplanned readmission within 30 days',
    unit: 'percent',
    scale: 100,
    grain: 'stay',
    betterIs: 'lower',
    maturesAfterDays: 60,
    kind: 'metric',
    expectedBy: 'readmission',
    choices: {
      table: 'mart.readmission_choice',
      options: [
        { id: 'as-defined', title: 'As defined' },
        { id: 'everybody', title: 'Everybody counts' },
        { id: 'nobody', title: 'Nobody counts' },
      ],
    },
    relation: 'metric.readmission_30_day',
    dimensions: [...PERSON_DIMENSIONS, 'condition', 'facility'],
  },
  {
    ...words,
    id: 'emergency-visits-per-1000',
    title: 'Emergency visits',
    unit: 'per 1,000 members per year',
    scale: 12_000,
    grain: 'member-month',
    betterIs: 'lower',
    maturesAfterDays: 30,
    kind: 'metric',
    relation: 'metric.emergency_visits_per_1000',
    caveats: [{ id: 'withheld', title: 'Without what is withheld', sentence: 'Not told, so unknown.' }],
    dimensions: [...PERSON_DIMENSIONS, 'condition'],
  },
  {
    ...words,
    id: 'total-cost-per-member-per-month',
    title: 'Total cost',
    unit: 'dollars per member per month',
    scale: 1,
    grain: 'member-month',
    betterIs: 'lower',
    maturesAfterDays: 90,
    components: [
      { id: 'inpatient', title: 'Inpatient' },
      { id: 'other', title: 'Everything else' },
    ],
    kind: 'metric',
    relation: 'metric.total_cost_per_member_per_month',
    dimensions: [...PERSON_DIMENSIONS, 'condition'],
  },
  {
    ...words,
    id: 'cms125-1',
    title: 'Breast cancer screening',
    unit: 'percent',
    scale: 100,
    grain: 'person',
    betterIs: 'higher',
    maturesAfterDays: 0,
    kind: 'measure',
    measureId: 'CMS125',
    rateId: '1',
    relation: 'rate.cms125_1',
    dimensions: [...PERSON_DIMENSIONS, 'condition'],
    closures: [
      { id: 'mammogram', title: 'Mammogram', counts: 'in the year', entries: [{ codeType: 'hcpcs', code: '77067' }] },
      {
        ...{ id: 'pressure', title: 'Blood pressure', counts: 'in the year' },
        entries: [
          { codeType: 'loinc', code: '8480-6', result: { title: 'Systolic', unit: 'mm[Hg]', low: 50, high: 300 } },
          { codeType: 'loinc', code: '8462-4', result: { title: 'Diastolic', unit: 'mm[Hg]', low: 20, high: 200 } },
        ],
      },
    ],
  },
].map((metric) => ServedMetric.parse(metric));

const values = (...all: string[]) => all.map((value) => ({ value, label: value }));
const description = 'A way to cut for a test.';
const DIMENSIONS: readonly Dimension[] = [
  { id: 'age_band', title: 'Age', description, scope: 'person' as const, values: values('0-64', '65-74', '75+') },
  { id: 'sex', title: 'Sex', description, scope: 'person' as const, values: values('female', 'male', 'unknown') },
  {
    id: 'risk_tier',
    title: 'Risk',
    description,
    scope: 'person' as const,
    values: values('low', 'moderate', 'high', 'very high'),
  },
  {
    id: 'practice',
    title: 'Practice',
    description,
    scope: 'person' as const,
    values: values('p1', 'p2', 'p3'),
    labelsFrom: 'mart.practice_label',
  },
  { id: 'facility', title: 'Hospital', description, scope: 'subject' as const, values: values('f1', 'f2') },
  {
    id: 'condition',
    title: 'Condition',
    description,
    scope: 'set' as const,
    values: values('diabetes', 'heart-failure', 'gout'),
    setFrom: 'mart.chronic_condition',
  },
].map((dimension) => defineDimension(dimension));

const COHORTS = [
  ['diabetes', 'People with diabetes', 'Provisional list.', 'condition:diabetes'],
  ['women-at-p1', 'Women at the first practice', 'Two clauses.', 'practice:p1;sex:female'],
  ['gout', 'People with gout', 'A few.', 'condition:gout'],
] as const;

/** A name that a page, a spreadsheet and a log must all survive; nowhere else in the snapshot. */
export const CANARY = { id: 'person-0001', first: '=CMD("x")', last: `<script>alert('canary')</script>` };

/** A table that no route reads: its word may stand in no reply. */
export const CANARY_TABLE = { name: 'core.canary', word: 'canary-of-the-table-7c3e' };

export interface SnapshotAsked {
  readonly snapshot: string;
  /** More persons, other numbers. At least 30. */
  readonly persons?: number;
  readonly synthetic?: boolean;
  /** Persons whose claims CMS does not share: by number, since which day; '' where nobody knows. */
  readonly excluded?: Readonly<Record<number, string>>;
}

/** Builds a small snapshot as the pipeline would, publishes it in `home`, and returns the pointer. */
export async function publishSnapshot(
  home: string,
  { snapshot, persons = 300, synthetic = true, excluded = {} }: SnapshotAsked,
): Promise<Current> {
  mkdirSync(join(home, 'snapshots'), { recursive: true });
  const file = join('snapshots', `${snapshot}.duckdb`);
  const instance = await DuckDBInstance.create(join(home, file));
  const connection = await instance.connect();
  for (const statement of [...tables(persons), ...disputed]) await connection.run(statement);
  for (const [n, day] of Object.entries(excluded)) {
    await connection.run(
      "insert into core.beneficiary_exclusion values (printf('person-%04d', $1::integer), nullif($2, '')::date, 'declined')",
      [n, day],
    );
  }
  await writeCatalogue(connection, snapshot, synthetic);
  await connection.run('checkpoint');
  connection.closeSync();
  instance.closeSync();
  const current: Current = {
    snapshot,
    file,
    sha256: createHash('sha256')
      .update(readFileSync(join(home, file)))
      .digest('hex'),
    publishedAt: '2026-01-02T03:04:05.000Z',
    dataThrough: DATA_THROUGH,
    period: '2024',
    runId: `run-${snapshot}`,
    synthetic,
  };
  point(home, current);
  return current;
}

/** Moves the pointer by rename, as publishing does. */
export function point(home: string, current: Current): void {
  const moving = join(home, `current.json.${process.pid}`);
  writeFileSync(moving, JSON.stringify(current));
  renameSync(moving, join(home, 'current.json'));
}

const ENUMS: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  DIMENSIONS.filter(({ scope }) => scope !== 'set').map(({ id, values }) => [id, values.map(({ value }) => value)]),
);

const as = (dimension: string) => `${dimension}::dimension."${dimension}" as ${dimension}`;

/** Person n has one of everything by the remainders of n, so that every group's size is plain to work out. */
const tables = (persons: number): string[] => [
  ...['core', 'mart', 'metric', 'measure', 'rate', 'catalogue', 'run', 'dimension'].map(
    (name) => `create schema ${name}`,
  ),
  ...Object.entries(ENUMS).map(
    ([name, all]) => `create type dimension."${name}" as enum (${all.map((value) => `'${value}'`).join(', ')})`,
  ),
  `create table core.person as
   select printf('person-%04d', n) as person_id, n::integer as n,
     case n when 1 then '${CANARY.first}' else 'First' || n end as first_name,
     case n when 1 then '${CANARY.last.replaceAll("'", "''")}' else 'Last' || n end as last_name,
     make_date(1930 + n % 70, 1 + n % 12, 1 + n % 28) as birth_date,
     case when n % 50 = 0 then date '2024-11-15' end as death_date,
     case when n % 2 = 0 then 'female' else 'male' end as sex,
     case when n % 3 = 0 then 'black' when n % 3 = 1 then 'white' end as race,
     null::varchar as ethnicity, 'en' as language, '43001' as zip_code, '39041' as county_fips, 'OH' as state,
     '00' as dual_status_code, '0' as original_reason_entitlement_code
   from range(1, ${persons + 1}) as r(n)`,
  `create table mart.person_month as
   select person_id, month::date as month,
     case when n % 70 < 5 then '75+' when n % 70 < 20 then '65-74' else '0-64' end as age_band, sex,
     null::varchar as race, null::varchar as dual_status, null::varchar as coverage,
     case when n % 20 = 0 then 'very high' when n % 5 = 0 then 'high' when n % 2 = 0 then 'moderate' else 'low' end as risk_tier,
     case when n % 10 < 6 then 'p1' when n % 10 < 9 then 'p2' when n % 20 = 9 then 'p3' end as practice
   from core.person, generate_series(date '2023-01-01', date '2024-12-01', interval 1 month) as m(month)`,
  "create table mart.practice_label as select * from (values ('p1', 'First Practice'), ('p2', 'Second Practice'), ('p3', 'Third Practice')) as l(value, label)",
  `create table mart.chronic_condition as
   select person_id, 'diabetes' as condition, date '2022-01-01' as since_date, date '9999-12-31' as until_date
   from core.person where n % 4 = 0
   union all select person_id, 'heart-failure', date '2023-07-01', date '2023-11-30' from core.person where n % 6 = 0
   union all select person_id, 'heart-failure', date '2024-03-01', date '9999-12-31' from core.person where n % 6 = 0
   union all select person_id, 'gout', date '2022-01-01', date '9999-12-31' from core.person where n % 40 = 7`,
  `create table metric.readmission_30_day as
   with stay as (
     select n, person_id, visit, make_date(2023 + (visit % 2)::integer, (1 + (n + visit * 5) % 12)::integer, (1 + n % 28)::integer) as anchor_date
     from core.person, range(0, 4) as v(visit) where n % 3 <> 0
   )
   select stay.person_id || '-' || visit as subject_id, stay.person_id, stay.anchor_date, date_trunc('month', stay.anchor_date)::date as month,
     ((n + visit) % 7 = 0 and exclusion is null)::integer::double as numerator,
     (exclusion is null)::integer::double as denominator, exclusion,
     case when exclusion is null then 0.125 + (n % 3) * 0.01 end as expected,
     ${['age_band', 'sex', 'risk_tier', 'practice'].map((id) => `person_month.${as(id)}`).join(', ')},
     (case when visit = 3 then 'f2' else 'f1' end)::dimension."facility" as facility
   from (select *, case when n % 11 = 0 then 'planned' when n % 150 = 1 and visit = 1 then 'died in hospital' end as exclusion from stay) as stay
   join mart.person_month as person_month
     on person_month.person_id = stay.person_id and person_month.month = date_trunc('month', stay.anchor_date)`,
  `create table mart.readmission_choice as
   select subject_id, 'as-defined' as choice, numerator::integer as numerator, 1 as denominator
   from metric.readmission_30_day where exclusion is null
   union all select subject_id, 'everybody', (row_number() over () % 7 = 0)::integer, 1 from metric.readmission_30_day`,
  `create table mart.readmission_coefficient as
   select * from (values ('all cohorts', 0, 'male', 0.5::double, 0.25::double), ('all cohorts', 0, 'intercept', -2, 0.5), ('all cohorts', 1, 'male', 9, 0.25))
     as c(model, fold, factor, coefficient, standard_error)`,
  `create table mart.readmission_calibration as
   select * from (values
     ('all cohorts', 'all', 'all', 400, 60, 61.5::double, 0.64::double),
     ('all cohorts', 'sex', 'female', 200, 30, 31.5, null), ('all cohorts', 'sex', 'male', 200, 30, 30.0, null),
     ('all cohorts', 'race', 'white', 300, 55, 50.0, null), ('all cohorts', 'race', 'black', 90, 5, 10.0, null),
     ('all cohorts', 'race', null, 10, 0, 1.5, null)
   ) as c(model, dimension, value, subjects, events, expected, c_statistic)`,
  `create table mart.readmission_slope as
   select * from (values ('all cohorts', 0, 'slope', 0.9::double, 0.1::double), ('all cohorts', 0, 'intercept', -0.1, 0.2))
     as c(model, fold, factor, coefficient, standard_error)`,
  `create table mart.risk_tier as
   with tier as (
     select person_id, n, month, (month - interval 12 month)::date as before,
       'model' as basis, (n % 40) / 50.0 as chance
     from core.person, (values (date '2025-01-01')) as now(month)
   )
   select person_id, month, null::date as until_month, case when chance < 0.1 then 'low' when chance < 0.2 then 'moderate' when chance < 0.4 then 'high' else 'very high' end as tier,
     100 * chance as score, basis, chance from tier
   union all
   select person_id, before, month, case when n % 30 < 15 then 'low' when n % 3 = 0 then 'high' else 'moderate' end, 5, basis, 0.05 from tier`,
  `create table mart.outreach_candidate as
   select person_id, tier, score::double as score, case when n % 10 = 9 then 'points' else basis end as basis,
     case when n % 10 <> 9 then chance::double end as chance,
     case when n % 10 <> 9 then chance::double / 2 end as chance_before, n % 12 = 0 as is_rising, ['heart failure', 'age 80'] as drivers,
     case when n % 12 = 0 then ['rising'] else [] end::varchar[] as reasons, []::varchar[] as handles,
     case when n % 25 = 0 then ['in hospice care since 2024-11-01'] when n % 50 = 1 then ['died on 2024-12-01'] else [] end::varchar[] as barriers
   from mart.risk_tier join (select person_id, n from core.person) using (person_id) where until_month is null`,
  `create table mart.admission_risk_judged as
   select person_id, date '2024-01-01' as month, n % 4 = 0 as is_admitted, ((n * 7) % 100) / 100.0 as risk from core.person where n <= 200`,
  `create table mart.admission_risk_coefficient as
   select * from (values ('unplanned', 0, 'male', 0.1::double, 0.05::double), ('unplanned', 0, 'intercept', -2, 0.1)) as c(model, fold, factor, coefficient, standard_error)`,
  `create table mart.admission_risk_slope as
   select * from (values ('unplanned', 0, 'slope', 1.05::double, 0.05::double), ('unplanned', 0, 'intercept', 0.02, 0.1)) as c(model, fold, factor, coefficient, standard_error)`,
  `create table mart.admission_risk_calibration as
   select * from (values
     ('unplanned', 'all', 'all', 200, 50, 48.5::double, 0.71::double),
     ('unplanned', 'decile of risk', '1', 100, 15, 16.5, null), ('unplanned', 'decile of risk', '2', 100, 35, 32.0, null)
   ) as c(model, dimension, value, subjects, events, expected, c_statistic)`,
  `create table metric.emergency_visits_per_1000 as
   select person_id || ' ' || strftime(month, '%Y-%m') as subject_id, person_id, month as anchor_date, month,
     (case when (n + month(month)) % 17 = 0 then 2 when (n + month(month)) % 13 = 0 then 1 else 0 end)::double as numerator,
     1::double as denominator, null::varchar as exclusion, ${PERSON_DIMENSIONS.map(as).join(', ')}
   from mart.person_month join core.person using (person_id, sex)`,
  `create table metric.total_cost_per_member_per_month as
   select person_id || ' ' || strftime(month, '%Y-%m') as subject_id, person_id, month as anchor_date, month,
     inpatient + other as numerator, (exclusion is null)::integer::double as denominator, exclusion, inpatient, other,
     ${PERSON_DIMENSIONS.map(as).join(', ')}
   from (
     select *, (case when (n * 7 + month(month)) % 29 = 0 then 8123.45 + n else 0 end)::double as inpatient,
       (100.10 + (n * 13 + month(month)) % 97)::double as other,
       case when n % 12 = 0 and month = date '2024-07-01' then 'not enrolled that month' end as exclusion
     from mart.person_month join core.person using (person_id, sex)
   )`,
  "create table mart.claim_completion as select * from (values (date '2024-11-01', 1::integer, 0.85::double), (date '2024-12-01', 0, 0.2)) as c(month, lag, completion)",
  `create table mart.care_gap as
   select 'CMS125' as measure_id, '1' as rate_id, person_id as subject_id, person_id, make_date(year::integer, 1, 1) as period_start,
     make_date(year::integer, 12, 31) as period_end, true as initial_population, n % 9 <> 0 as denominator, n % 9 = 0 as denominator_exclusion,
     false as denominator_exception, n % 9 <> 0 and n % 4 <> 2 as numerator,
     case when n % 9 = 0 then 'excluded' when n % 4 <> 2 then 'closed' else 'open' end as status,
     case when n % 9 = 0 then 'bilateral mastectomy' end as reason,
     case when n % 4 <> 2 then make_date(year::integer, 5, 1) end as evidence_date, 'mammogram' as evidence,
     make_date(year::integer, 12, 31) as due_date
   from core.person, (values (2023), (2024)) as y(year) where n % 2 = 0`,
  `create table measure.cms125 as
   select care_gap.*, date_trunc('month', period_end)::date as month, ${PERSON_DIMENSIONS.map((id) => `person_month.${as(id)}`).join(', ')}
   from mart.care_gap as care_gap
   join mart.person_month as person_month
     on person_month.person_id = care_gap.person_id and person_month.month = date_trunc('month', period_end)`,
  `create view rate.cms125_1 as
   select subject_id, person_id, period_end as anchor_date, month, (numerator and denominator)::integer::double as numerator,
     denominator::integer::double as denominator, case when not denominator then reason end as exclusion,
     status, reason, evidence, evidence_date, due_date, ${PERSON_DIMENSIONS.join(', ')}
   from measure.cms125`,
  `create table mart.person_summary as
   select person_id, date_diff('year', birth_date, date '${DATA_THROUGH}')::integer as age, sex, practice, risk_tier,
     (n % 100) / 10.0 as risk_score, 'points' as risk_basis, (n % 100) / 10.0 as risk_order, ['age', 'admissions'] as drivers,
     coalesce((select list(distinct condition order by condition) from mart.chronic_condition as c where c.person_id = person.person_id), []) as conditions,
     (n % 3)::integer as admissions_12m, (n % 5)::integer as emergency_visits_12m, (n * 10.25)::decimal(18, 2) as paid_12m,
     case when n % 2 = 0 then date '2024-12-01' end as last_visit_date, date '2023-01-01' as enrolled_from, date '2024-12-31' as enrolled_to
   from core.person join (select * from mart.person_month where month = date '2024-12-01') using (person_id, sex)`,
  `create table mart.attribution as
   select person_id, date '2024-11-01' as month, practice as practice_id, '100000000' || n % 3 as npi, 'stated' as basis
   from mart.person_summary join core.person using (person_id) where practice is not null`,
  `create table mart.attribution_reason as
   select person_id, assessment_date,
     case when assessment_date < date '2024-01-01' then if(n % 20 = 3, 'p2', practice) when n % 10 < 9 then practice end as practice_id,
     case when n % 10 < 9 then '100000000' || n % 3 end as npi, case when n % 10 < 9 then 'stated' end as basis,
     case when n % 10 < 5 then 'step 1' when n % 10 < 9 then 'no physician' when n % 20 = 9 then 'no coverage' else 'step 2' end as outcome,
     case when n % 10 < 5 then practice end as rule_practice_id,
     case when n % 10 < 5 then 'same practice' when n % 10 < 9 then 'stated, not by the rule' when n = 19 then 'neither' end as agreement,
     'Because.' as reason
   from mart.person_summary join core.person using (person_id, sex), (values (date '2023-12-31'), (date '2024-09-30'), (date '2024-12-31')) as a(assessment_date)`,
  `create table mart.attribution_change as
   select person_id, date '2024-12-31' as assessment_date, change, if(change = 'out', practice, if(change = 'moved', 'p2', null)) as from_practice_id,
     if(change = 'out', null, practice) as to_practice_id, reason
   from core.person join mart.person_summary using (person_id, sex),
     (values ('in', 'coverage began'), ('moved', 'more charges there'), ('out', 'died'), ('out', 'coverage ended')) as c(change, reason)
   where case reason when 'coverage began' then n % 4 = 0 when 'died' then n = 50 when 'coverage ended' then n % 20 = 1 else n % 20 = 3 end`,
  `create table mart.panel as
   select assessment_date, practice_id, npi, coalesce(tier, 'not known') as risk_tier, 'model' as risk_basis, count(*)::integer as persons,
     5.0::double * count(*) as total_score, (count(*) // 2)::integer as seen_persons
   from mart.attribution_reason join core.person using (person_id) left join mart.risk_tier as tier
     on tier.person_id = core.person.person_id and month <= assessment_date + 1 and coalesce(until_month, date '9999-12-31') > assessment_date + 1
   where practice_id is not null and coalesce(death_date > assessment_date, true) group by all`,
  // What the rules of cohorts read: numbered persons, and their coded events.
  `create table mart.cohort_person as
   select n as person, person_id, age, sex, risk_tier, practice, '100000000' || n % 3 as provider, death_date is null as is_living,
     race, ethnicity, language, zip_code as zip, county_fips as county, state, original_reason_entitlement_code as entitlement
   from mart.person_summary join core.person using (person_id, sex)`,
  `create table mart.cohort_concept as
   select concept, kind, code_system, code, code_system as stated_system, code as stated_code
   from (values (1, 'diagnosis', 'icd-10-cm', 'E119'), (2, 'diagnosis', 'icd-10-cm', 'I509'), (3, 'lab', 'loinc', '4548-4'))
     as c(concept, kind, code_system, code)`,
  `create table mart.cohort_event as
   select concept, n as person, date '2024-03-01' as day, null::double as value, null::varchar as unit, 'acute inpatient' as setting
   from core.person, (values (1), (2)) as c(concept)
   union all select 3, n, date '2024-04-01', 6 + n % 5, '%', null from core.person where n % 4 = 0`,
  "create table core.coded_concept as select 'mammography' as value_set, 'loinc' as code_system, '24606-6' as code",
  "create table core.practitioner as select * from (values ('1000000000', 'Ann Able', 'cardiology'), ('1000000001', 'Bo Brown', null)) as p(npi, name, specialty)",
  "create table core.facility as select * from (values ('f1', 'First Hospital'), ('f2', 'Second Hospital')) as f(facility_id, name)",
  `create table core.encounter as
   select person_id || '-stay' as encounter_id, person_id, 'acute inpatient' as encounter_type, date '2024-03-01' as start_date,
     date '2024-03-05' as end_date, 4::integer as length_of_stay, 'f1' as facility_id, '7' as admit_source_code, '1' as admit_type_code,
     '01' as discharge_disposition_code, 'I509' as primary_diagnosis_code, '291' as drg_code, true as is_ed,
     8123.45::decimal(18, 2) as paid_amount, 9000::decimal(18, 2) as allowed_amount, 1::integer as claim_count, 'claim' as source
   from core.person
   union all
   select person_id || '-back', person_id, 'acute inpatient', date '2024-03-20', date '2024-03-21', 1, 'f2', '7', '1', '01', 'I509', null,
     false, 100, 100, 0, 'both'
   from core.person where n = 1`,
  `create table mart.inpatient_stay as select encounter_id as stay_id, person_id, facility_id, start_date as admit_date, end_date as discharge_date from core.encounter`,
  `create table mart.discharge_risk as
   select stay_id as encounter_id, person_id, 12 as lace_score, 12 as lace_score_most, 'high' as lace_band, []::varchar[] as lace_missing,
     5 as hospital_score, 6 as hospital_score_most, null::varchar as hospital_band, ['sodium'] as hospital_missing,
     ['4 days in hospital', 'heart failure'] as reasons
   from mart.inpatient_stay where stay_id = 'person-0001-stay'`,
  `create table mart.readmission as
   select stay_id, person_id, facility_id, admit_date, discharge_date, true as is_index, null::varchar as exclusion,
     false as is_planned, 'medicine' as specialty_cohort, 'person-0001-back' as readmission_stay_id, 15 as days_to_readmission,
     true as is_readmission_30, true as is_unplanned_readmission_30, null::double as expected
   from mart.inpatient_stay where stay_id = 'person-0001-stay'`,
  `create table core.medical_claim as
   select 'payer' as source_name, 'claim-' || n as claim_id, line::varchar as claim_line_number, person_id, 'institutional' as claim_type,
     date '2024-03-01' as start_date, date '2024-03-05' as end_date, date '2024-03-02' as line_start_date, '0120' as revenue_center_code,
     null::varchar as place_of_service_code, null::varchar as hcpcs_code, 4::decimal(18, 3) as units, (n * line)::decimal(18, 2) as paid_amount,
     (n * line)::decimal(18, 2) as allowed_amount, 500::decimal(18, 2) as charge_amount, '1234567893' as rendering_npi,
     'inpatient' as service_category, person_id || '-stay' as encounter_id, 1::integer as file_id, (n * 2 + line)::bigint as line_number
   from core.person, range(1, 3) as l(line)
   union all
   select 'other payer', 'claim-2', '1', 'person-0003', 'professional', date '2024-01-01', date '2024-01-01', date '2024-01-01', null, '11',
     '99213', 1, 80, 80, 120, null, 'office', null, 1, 9001`,
  `create table core.pharmacy_claim as
   select 'payer' as source_name, 'fill-' || n as claim_id, '1' as claim_line_number, person_id, date '2024-05-01' as fill_date,
     '00093105801' as ndc_code, 30::integer as days_supply, 60::decimal(18, 3) as quantity, 12.5::decimal(18, 2) as paid_amount,
     13::decimal(18, 2) as allowed_amount, '1234567893' as prescribing_npi, 1::integer as file_id, (9100 + n)::bigint as line_number
   from core.person where n % 4 = 0 or n = 1`,
  `create table core.condition as
   select person_id, person_id || '-stay' as encounter_id, 'claim-' || n as claim_id, 'icd-10-cm' as code_system, code, rank::integer as rank
   from core.person, (values ('I509', 1), ('E119', 2)) as d(code, rank)`,
  `create table core.observation as
   select person_id, null::varchar as encounter_id, 'loinc' as code_system, '4548-4' as code, 'Hemoglobin A1c' as description,
     timestamp '2024-04-01 08:00:00' as observed_at, 'final' as status, 7.2::double as value_number, null::varchar as value_text,
     null::varchar as value_code, '%' as unit, 'ehr' as source, 1::integer as file_id, (9500 + n)::bigint as line_number
   from core.person where n % 4 = 0 or n = 1`,
  `create table core.medication as
   select person_id, null::varchar as encounter_id, 'rxnorm' as code_system, '860975' as code, date '2024-04-01' as start_date,
     null::date as end_date, 90::integer as days_supply, true as is_order, false as is_negated, 'active' as status, 'ehr' as source,
     1::integer as file_id, (9700 + n)::bigint as line_number
   from core.person where n % 4 = 0 or n = 1`,
  "create table core.drug_name as select 'rxnorm' as code_system, '860975' as code, 'metformin' as name",
  `create table core.immunization as
   select person_id, null::varchar as encounter_id, 'cvx' as code_system, '141' as code, date '2024-10-01' as given_date,
     'completed' as status, 'ehr' as source, 1::integer as file_id, (9900 + n)::bigint as line_number
   from core.person where n % 2 = 1`,
  `create table run.source_file as
   select 1::integer as file_id, 'medical_claim.csv' as path, 'tuva' as format, 'medical_claim' as kind, repeat('a', 64) as sha256,
     1000::bigint as bytes, 605::bigint as physical_records, 1::bigint as header_records, 0::bigint as blank_records, 601::bigint as loaded,
     2::bigint as quarantined, 1::bigint as duplicate, 0::bigint as skipped, 12345.67::decimal(18, 2) as amount_raw,
     12345.67::decimal(18, 2) as amount_loaded, 0::decimal(18, 2) as amount_quarantined, 0::decimal(18, 2) as amount_duplicate,
     null::decimal(18, 2) as amount_skipped, null::varchar as note`,
  `create table run.quarantine as
   select 1::integer as file_id, line::bigint as line_number, 'date' as rule_id, 'not a date' as reason, 'raw text' as raw from range(1, 3) as l(line)`,
  `create table run."check" as
   select 'unique-person' as check_id, 3001 as number, 'No person twice' as title, 'error' as severity, 'passed' as status, 0::bigint as violations,
     300::bigint as denominator, 0::double as threshold, 'data engineering' as owner, null::varchar as override,
     ['readmission-30-day', 'cms125-1'] as metrics_touched
   union all select 'few', 120, 'A few are odd', 'warning', 'failed', 3, 300, 0, 'enrollment', null, ['readmission-30-day']`,
  `create table run.reconciliation as
   select 'read' as stage, 605::bigint as rows_in, 601::bigint as rows_out, 12345.67::decimal(18, 2) as amount_in,
     12345.67::decimal(18, 2) as amount_out, 'quarantined' as reason, 2::bigint as rows, null::decimal(18, 2) as amount`,
  `create table run.model as select 'metric.readmission_30_day' as name, 800::bigint as rows, 0.1::double as seconds, 'select 1' as sql
   union all select 'core.medical_claim', 601, 0.2, 'select 1' union all select 'mart.small', 4, 0.0, 'select 1'`,
  `create table run.feed as select 'payer' as source_name, 'medical_claim' as kind, 601::bigint as rows, date '2023-01-01' as first_date,
     date '2024-12-31' as last_date, date '2025-02-01' as paid_through
   union all select 'clinic', 'lab_result', 93, date '2024-05-01', date '2024-12-31', null`,
  `create table run.feed_month as
   select 'payer' as source_name, 'medical_claim' as kind, 1::integer as file_id, month::date as month, 25::bigint as rows
   from generate_series(date '2023-01-01', date '2024-12-01', interval 1 month) as m(month) where month <> date '2024-07-01'
   union all values ('clinic', 'lab_result', 1, date '2024-05-01', 90), ('clinic', 'lab_result', 1, date '2024-12-01', 3)`,
  'create table run.run (summary varchar)',
  'create table catalogue.snapshot (snapshot varchar, run_id varchar, published_at varchar, data_through date, period varchar, synthetic boolean)',
  'create table catalogue.metric (id varchar, kind varchar, title varchar, relation varchar, version varchar, definition varchar, sql varchar)',
  `create table catalogue."column" as
   select 'core.person' as table_name, 'birth_date' as column_name, 'DATE' as type, 'Day of birth' as meaning`,
  'create table catalogue.program (id varchar, definition varchar)',
  `create table catalogue.rule_effect as
   from (values ('cms125-1', '2024', 'does not count', 'in the numerator', 26::bigint),
     ('cms125-1', '2024', 'in the numerator', 'in the numerator', 120), ('cms125-1', '2024', 'left out', 'left out', 12))
     as effect(metric_id, period, earlier, later, subjects)`,
  'create table catalogue.dimension (id varchar, title varchar, definition varchar)',
  'create table catalogue.cohort (id varchar, title varchar, description varchar, "where" varchar, preset boolean)',
  `create table catalogue.value_set as
   select 'mammography' as value_set, '2.16.840.1.113883.3.464.1003.108.12.1018' as oid, 'CMS' as source, false as is_supplied,
     true as is_for_quality, 131 as rules, 7 as seen, ['cms125-1'] as metrics
   union all select 'frailty-device', null, 'CMS', false, true, 0, 0, ['cms125-1']`,
  `create table mart.risk_model_year as
   select 'V28' as model, 2025 as payment_year, 2024 as data_year, 'scored' as status, null::varchar as reason,
     'the extracts cover 9 of the 12 months of 2024' as caveat
   union all select 'V24', 2025, 2024, 'scored', null, null
   union all select 'V28', 2024, 2023, 'scored', null, null`,
  // Person 3 has kidney failure, for whom V28 does not pay; the gaps of V24 and of 2024 are not the newest.
  `create table mart.hcc_person_year as
   select person_id, model, payment_year, n = 3 as is_esrd from core.person, mart.risk_model_year`,
  `create table mart.hcc_gap as
   with told (share, of, model, payment_year, hcc, kind, evidence, evidence_date, coefficient) as (
     values (10, 0, 'V28', 2025, '38', 'recapture', 'E119 on a claim of 2023-05-02', date '2023-05-02', 0.166),
       (25, 0, 'V28', 2025, '226', 'suspect', 'I509 on 2024-07-01, in the chart', date '2024-07-01', 0.36),
       (30, 1, 'V28', 2025, '226', 'recapture', 'I509 on a claim of 2023-08-01', date '2023-08-01', null),
       (300, 3, 'V28', 2025, '38', 'recapture', 'E119', date '2023-05-02', 0.166),
       (2, 0, 'V24', 2025, '19', 'recapture', 'E119', date '2023-05-02', 0.105),
       (2, 0, 'V28', 2024, '38', 'recapture', 'E119', date '2022-05-02', 0.166)
   )
   select person_id, model, payment_year, hcc, if(hcc = '226', 'Heart failure', 'Diabetes') as label, kind, evidence, evidence_date,
     coefficient::double as coefficient, payment_year as coefficient_year
   from core.person join told on n % share = of`,
  `create table mart.risk_score as
   select person_id, model, payment_year, 'CNA' as segment, 70 as age, 1.25::double as raw_score, 1.196::double as normalized_score,
     0.7::double as demographic_score, model <> 'ESRD V24' as is_paying_model
   from core.person, mart.risk_model_year where n <= 20 and n <> 3`,
  `create table mart.hcc_score_part as
   select person_id, model, payment_year, segment, variable, kind, coefficient::decimal(9, 4) as coefficient
   from mart.risk_score, (values ('D1', 'count', 0), ('HCC38', 'category', 0.166), ('F70_74', 'demographic', 0.7)) as p(variable, kind, coefficient)`,
  `create table mart.risk_hcc as
   select person_id, model, payment_year, '38' as hcc, 'Diabetes' as label, 0.166::double as coefficient from mart.risk_score`,
  `create table mart.hcc_diagnosis as
   select person_id, model, payment_year, hcc, label, code, dropped, claims, claim_date, 'payer' as source_name, 'claim-4' as claim_id
   from mart.risk_score, (values
     ('38', 'Diabetes', 'E119', null, 3, date '2024-03-01'), ('38', 'Diabetes', 'E118', null, 1, date '2024-02-01'),
     ('38', 'Diabetes', 'E119', 'a bill of type 21x', 1, date '2024-05-01'),
     ('226', 'Heart failure', 'I509', 'no eligible procedure on the claim', 2, date '2024-04-01')
   ) as d(hcc, label, code, dropped, claims, claim_date)`,
  "create table catalogue.reference_table as select 'reference.hcc_diagnosis' as table_name, 'code' as grain, 'CMS' as source, false as is_supplied",
  `create table catalogue.lineage as
   select 'metric.readmission_30_day' as name, 'metric' as kind, ['core.medical_claim', 'mart.small'] as reads
   union all select 'core.medical_claim', 'core', ['input.medical_claim'] union all select 'mart.small', 'mart', ['core.medical_claim']
   union all select 'input.medical_claim', 'input', ['file.medical_claim.csv'] union all select 'file.medical_claim.csv', 'file', []
   union all select 'rate.cms125_1', 'measure', ['core.medical_claim'] union all select 'core.unrelated', 'core', []`,
];

/** Twelve pairs of records that may be one person, and one of three; and months on which list and spans disagree. */
const disputed: readonly string[] = [
  `create table ${CANARY_TABLE.name} as select '${CANARY_TABLE.word}' as word`,
  'create table core.beneficiary_exclusion (person_id varchar, excluded_date date, reason varchar)',
  `create table core.person_source as
   select person_id, 'payer' as source_name, 'member-' || n as source_person_id from core.person
   union all select person_id, 'ehr', '-' || n from core.person where n <= 27`,
  `create table core.person_review as
   select printf('review-%02d', n // 2) as review_id, case when n < 4 then ['sex', 'birth date'] else []::varchar[] end as differs,
     'urn:mrn' as system, 'M' || n // 2 as value, person_id, 'ehr' as source_name, '-' || n as source_person_id,
     birth_date, death_date, sex, first_name, last_name, zip_code
   from core.person where n between 2 and 25
   union all
   select 'review-01', ['sex', 'birth date'], 'urn:mrn', 'M1', person_id, 'payer', 'member-26', birth_date, death_date, sex,
     first_name, last_name, zip_code
   from core.person where n = 26`,
  `create table core.eligibility_conflict as
   select person_id, month::date as month, 'on the list, not covered' as reason
   from core.person, generate_series(date '2024-01-01', date '2024-03-01', interval 1 month) as m(month) where n <= 20
   union all select person_id, date '2024-01-01', 'covered, not on the list' from core.person where n between 21 and 40
   union all select person_id, date '2024-02-01', 'covered, taken off the list' from core.person where n between 41 and 44
   union all select person_id, date '2024-02-01', 'covered, not eligible by the list' from core.person where n between 51 and 64
   union all
   select person_id, month::date, 'on the list, in Medicare Advantage'
   from core.person, generate_series(date '2024-01-01', date '2024-12-01', interval 1 month) as m(month) where n = 70`,
];

async function writeCatalogue(connection: DuckDBConnection, snapshot: string, synthetic: boolean): Promise<void> {
  const runId = `run-${snapshot}`;
  await connection.run('insert into catalogue.snapshot values ($1, $2, $3, $4::date, $5, $6)', [
    ...[snapshot, runId, '2026-01-02T03:04:05.000Z', DATA_THROUGH, '2024', synthetic],
  ]);
  for (const metric of METRICS) {
    await connection.run('insert into catalogue.metric values ($1, $2, $3, $4, $5, $6, $7)', [
      ...[metric.id, metric.kind, metric.title, metric.relation, metric.version, JSON.stringify(metric), 'select 1'],
    ]);
  }
  for (const dimension of DIMENSIONS) {
    await connection.run('insert into catalogue.dimension values ($1, $2, $3)', [
      ...[dimension.id, dimension.title, JSON.stringify(dimension)],
    ]);
  }
  for (const cohort of COHORTS)
    await connection.run('insert into catalogue.cohort values ($1, $2, $3, $4, true)', [...cohort]);
  const summary = RunSummary.parse({
    runId,
    startedAt: '2026-01-02T03:00:00.000Z',
    finishedAt: '2026-01-02T03:04:05.000Z',
    status: 'published',
    exitCode: 0,
    message: 'published',
    sources: ['sample'],
    snapshot,
    dataThrough: DATA_THROUGH,
    period: '2024',
    synthetic,
    files: 1,
    records: 605,
    quarantined: 2,
    persons: 300,
    stages: [
      { name: 'read', seconds: 1 },
      { name: 'build', seconds: 2 },
    ],
  });
  await connection.run('insert into run.run values ($1)', [JSON.stringify(summary)]);
}
