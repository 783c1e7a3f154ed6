import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { MEASURES } from '../../sample-data/truth-measures.ts';

/** How many things of one sort were planted, how many of them the snapshot has, and how many it has beside them. */
export interface Comparison {
  readonly what: string;
  readonly planted: number;
  readonly found: number;
  readonly missing: number;
  readonly invented: number;
}

/** Two SELECTs that must give the same rows: what was planted, and what the snapshot says. */
interface Claim {
  readonly what: string;
  readonly planted: string;
  readonly found: string;
}

/** Rows of a monthly count, one for each unit of it, so that counts compare like things. */
const byMonth = (metric: string): string => `
  select person, month, unnest(range(units::bigint)) as unit from (
    select source.person, date_trunc('month', metric.anchor_date)::date as month, sum(metric.numerator) as units
    from metric.${metric} as metric join source using (person_id)
    where metric.exclusion is null
    group by all)`;

const plantedDays = (what: string): string => `
  select person, month, unnest(range(units)) as unit from (
    select person, date_trunc('month', "on")::date as month, count(*) as units from day where what = '${what}' group by all)`;

const CLAIMS: readonly Claim[] = [
  {
    what: 'person-months with coverage',
    planted: 'select person, unnest(range(months_covered)) as unit from person',
    found: `select person, unnest(range(months)) as unit from (
      select source.person, count(distinct member_month.month) as months
      from core.member_month join source using (person_id) group by all)`,
  },
  {
    what: 'acute stays',
    planted: 'select person, admitted, discharged from stay',
    found: `select source.person, admit_date, discharge_date from mart.readmission join source using (person_id)`,
  },
  {
    what: 'index stays',
    planted: 'select person, admitted, discharged from stay where exclusions is null',
    found: `select source.person, admit_date, discharge_date from mart.readmission join source using (person_id) where is_index`,
  },
  ...(['unplanned', 'planned'] as const).map((sort): Claim => {
    const isUnplanned = sort === 'unplanned';
    return {
      what: `${sort} returns within 30 days`,
      planted: `select person, admitted, discharged, days_to_next from stay
        where exclusions is null and days_to_next is not null and (next_planned is null) = ${isUnplanned}`,
      found: `select source.person, admit_date, discharge_date, days_to_readmission
        from mart.readmission join source using (person_id)
        where is_readmission_30 and is_unplanned_readmission_30 = ${isUnplanned}`,
    };
  }),
  ...[7, 14].flatMap((days): Claim[] => {
    const rows = (condition: string) => `select source.person, metric.anchor_date as discharged
      from metric.follow_up_${days}_day as metric join source using (person_id) where exclusion is null ${condition}`;
    return [
      {
        what: `discharges home followed for ${days} days`,
        planted: `select person, discharged from stay where seen_within_${days} is not null`,
        found: rows(''),
      },
      {
        what: `seen within ${days} days`,
        planted: `select person, discharged from stay where seen_within_${days} = 1`,
        found: rows('and numerator = 1'),
      },
    ];
  }),
  {
    what: 'admissions by month',
    planted: `select person, month, unnest(range(units)) as unit from (
      select person, date_trunc('month', admitted)::date as month, count(*) as units from stay group by all)`,
    found: byMonth('acute_admissions_per_1000'),
  },
  {
    what: 'days in acute hospitals',
    planted: 'select person, unnest(range(acute_days)) as unit from person',
    found: `select person, unnest(range(units::bigint)) as unit from (
      select source.person, sum(numerator) as units from metric.inpatient_days_per_1000 join source using (person_id)
      where exclusion is null group by all)`,
  },
  {
    what: 'days with an emergency visit, by month',
    planted: plantedDays('emergency'),
    found: byMonth('emergency_visits_per_1000'),
  },
  {
    what: 'days with a primary care visit, by month',
    planted: plantedDays('primary care'),
    found: byMonth('primary_care_visits_per_1000'),
  },
  {
    what: 'cents paid, by person',
    planted: `select person, ((medical_paid + pharmacy_paid) * 100)::bigint as cents from person
      where medical_paid + pharmacy_paid > 0`,
    found: `select person, cents from (
      select source.person, (sum(numerator) * 100)::bigint as cents
      from metric.total_cost_per_member_per_month join source using (person_id) group by all) where cents > 0`,
  },
  ...MEASURES.flatMap((measure): Claim[] => {
    const planted = (condition: string) =>
      `select person, period from measure where measure = '${measure}' and ${condition}`;
    const found = (condition: string) =>
      `select source.person, year(period_start) as period from mart.care_gap join source using (person_id)
       where measure_id = '${measure}' and rate_id = '1' and initial_population and ${condition}`;
    return [
      { what: `${measure}: population`, planted: planted('true'), found: found('true') },
      {
        what: `${measure}: left out`,
        planted: planted('exclusions is not null'),
        found: found('denominator_exclusion'),
      },
      { what: `${measure}: numerator`, planted: planted('is_numerator = 1'), found: found('numerator') },
    ];
  }),
];

/**
 * Holds a snapshot to the truth beside the extracts that it was made from. `connection` sees the snapshot's schemas;
 * `truthDir` is the folder `truth` of the population.
 */
export async function compareTruth(connection: DuckDBConnection, truthDir: string): Promise<readonly Comparison[]> {
  for (const name of ['person', 'stay', 'day', 'measure']) {
    const path = join(truthDir, `${name}.csv`).replaceAll("'", "''");
    await connection.run(
      `create or replace temp view ${name} as select * from read_csv('${path}', header = true, delim = ',')`,
    );
  }
  await connection.run(
    'create or replace temp view source as select distinct person_id, source_person_id as person from core.person_source',
  );
  const comparisons: Comparison[] = [];
  for (const { what, planted, found } of CLAIMS) {
    const result = await connection.runAndReadAll(`
      with planted as materialized (${planted}), found as materialized (${found})
      select (select count(*) from planted) as planted,
        (select count(*) from (select * from planted intersect all select * from found)) as found,
        (select count(*) from (select * from planted except all select * from found)) as missing,
        (select count(*) from (select * from found except all select * from planted)) as invented`);
    const [row = {}] = result.getRowObjectsJson();
    const number = (name: keyof Comparison) => Number(row[name]);
    comparisons.push({
      what,
      planted: number('planted'),
      found: number('found'),
      missing: number('missing'),
      invented: number('invented'),
    });
  }
  return comparisons;
}
