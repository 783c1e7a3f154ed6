import type { DuckDBConnection } from '@duckdb/node-api';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeTable } from '../../pipelines/engine/make.ts';
import { rows } from '../../pipelines/engine/sql.ts';
import { definitionsInOrder, warehouse } from '../support/warehouse.ts';
import { casesOf } from './cases-of.ts';

const bill =
  'person_id | claim_id | claim_line_number | claim_type | bill_type_code | place_of_service_code | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1 | diagnosis_code_2 | diagnosis_poa_2';
const covered = 'person_id | birth_date | payer_type | enrollment_start_date | enrollment_end_date';
const enrolled = (person: string) => `${covered}\n${person} | 1940-06-01 | medicare | 2022-01-01 | 2024-12-31`;
const stay = (person: string, second = '', present = '') =>
  `${person} | ${person}-stay | 1 | institutional | 111 | | 2024-06-01 | 2024-06-05 | 01 | A419 | ${second} | ${present}`;
const visit = (person: string, day: string, diagnosis: string) =>
  `${person} | ${person}-${day} | 1 | professional | | 11 | ${day} | ${day} | | ${diagnosis} | |`;
const claims = (person: string, ...lines: readonly string[]) => ({
  'input.eligibility': enrolled(person),
  'input.medical_claim': [bill, ...lines].join('\n'),
});

casesOf('mart.stay_comorbidity', {
  'a diagnosis of the 365 days before admission counts': {
    given: claims('year', visit('year', '2023-06-02', 'I509'), stay('year')),
    expect: 'person_id | comorbidity\nyear | heart-failure',
  },
  'an older one, and one of the day of admission, does not': {
    given: claims('out', visit('out', '2023-06-01', 'I509'), visit('out', '2024-06-01', 'J449'), stay('out')),
    expect: 'person_id | comorbidity',
  },
  'a second diagnosis that was present on admission counts': {
    given: claims('present', stay('present', 'N186', 'Y')),
    expect: 'person_id | comorbidity\npresent | kidney-disease',
  },
  'one that came in hospital, or of which nobody says when, does not': {
    given: {
      'input.eligibility': `${enrolled('came')}\nmute | 1940-06-01 | medicare | 2022-01-01 | 2024-12-31`,
      'input.medical_claim': [bill, stay('came', 'N186', 'N'), stay('mute', 'N186')].join('\n'),
    },
    expect: 'person_id | comorbidity',
  },
  'what brought the person in is no comorbidity': {
    given: claims('principal', stay('principal').replace('A419', 'I509')),
    expect: 'person_id | comorbidity',
  },
  'the graver form of a disease takes the place of the lighter one': {
    given: claims(
      'grave',
      visit('grave', '2024-01-01', 'E119'),
      visit('grave', '2024-01-02', 'E1122'),
      visit('grave', '2024-01-03', 'C509'),
      visit('grave', '2024-01-04', 'C787'),
      stay('grave'),
    ),
    expect: 'person_id | comorbidity\ngrave | diabetes-with-complication\ngrave | metastatic-cancer',
  },
});

/** A code of each Charlson condition in Quan's table, and one beside it that the table leaves out. */
const CONDITIONS = [
  ['myocardial-infarction', 'I252', 'I259'],
  ['heart-failure', 'I255', 'I256'],
  ['peripheral-vascular-disease', 'Z958', 'Z957'],
  ['cerebrovascular-disease', 'H340', 'H341'],
  ['dementia', 'F051', 'F050'],
  ['chronic-lung-disease', 'J701', 'J700'],
  ['rheumatic-disease', 'M360', 'M361'],
  ['peptic-ulcer', 'K289', 'K297'],
  ['mild-liver-disease', 'K762', 'K761'],
  ['diabetes', 'E118', 'E159'],
  ['diabetes-with-complication', 'E115', 'E15'],
  ['paralysis', 'G041', 'G042'],
  ['kidney-disease', 'Z992', 'Z991'],
  ['cancer', 'C439', 'C449'],
  ['severe-liver-disease', 'I864', 'I863'],
  ['metastatic-cancer', 'C800', 'D480'],
  ['hiv', 'B20', 'B19'],
] as const;

casesOf(
  'mart.stay_comorbidity',
  Object.fromEntries(
    CONDITIONS.map(([condition, inside, outside]) => [
      `${condition} by ${inside}, not by ${outside}`,
      {
        given: {
          'input.eligibility': `${enrolled(`in-${condition}`)}\nout-${condition} | 1940-06-01 | medicare | 2022-01-01 | 2024-12-31`,
          'input.medical_claim': [
            bill,
            ...[visit(`in-${condition}`, '2024-01-01', inside), stay(`in-${condition}`)],
            ...[visit(`out-${condition}`, '2024-01-01', outside), stay(`out-${condition}`)],
          ].join('\n'),
        },
        expect: `person_id | comorbidity\nin-${condition} | ${condition}`,
      },
    ]),
  ),
);

describe('the chance of a return', () => {
  let connection: DuckDBConnection;
  const table = (sql: string) => rows(connection, sql);

  beforeAll(async () => {
    connection = await warehouse();
    const { definitions } = await definitionsInOrder();
    const make = async (name: string) => {
      const model = definitions.models.find((one) => one.name === name);
      if (!model) throw new Error(`no model ${name}`);
      await makeTable(connection, model);
    };
    await connection.run(`
      create table core.person as
        select 'p' || n as person_id, case when n % 2 = 0 then 'male' else 'female' end as sex from range(1000) as person (n);
      create table mart.readmission_stay as
        select 's' || n as stay_id, 'p' || n as person_id, true as is_index,
          case when n < 900 then 'medicine' else 'neurology' end as specialty_cohort,
          n % 7 < 2 or (n % 2 = 0 and n % 5 = 0) as is_unplanned_readmission_30,
          65 + n % 30 as age, date '2024-03-01' as admit_date, date '2024-03-05' as discharge_date,
          case when n % 3 = 0 then 'nursing facility' else 'home' end as discharge_setting, 'other' as index_condition
        from range(1000) as stay (n);
      create table mart.inpatient_stay as
        select 'p' || (n % 10) as person_id, true as is_short_term_acute, date '2024-03-01' - n::integer as admit_date
        from range(0, 40) as stay (n);
      create table mart.emergency_visit as
        select 'p1' as person_id, date '2024-03-01' - 365 * n::integer as visit_date from range(3) as visit (n);
      create table mart.stay_comorbidity as
        select 's' || n as stay_id, 'p' || n as person_id, 'heart-failure' as comorbidity from range(0, 1000, 4) as stay (n);
      create table mart.person_month as
        select person_id, date '2024-03-01' as month, '65-74' as age_band, sex, 'white' as race, 'not dual' as dual_status from core.person;
    `);
    for (const name of ['factor', 'coefficient', 'risk', 'calibration']) await make(`mart.readmission_${name}`);
  });

  it('counts the admissions and emergency visits of the 365 days before, up to a limit', async () => {
    expect(
      await table(`select subject_id, factor, value::integer as value from mart.readmission_factor
        where model = 'all cohorts' and (factor like 'admissions%' or factor like 'emergency%') order by all limit 3`),
    ).toEqual([
      { subject_id: 's0', factor: 'admissions in the year before, up to 3', value: 3 },
      { subject_id: 's1', factor: 'admissions in the year before, up to 3', value: 3 },
      { subject_id: 's1', factor: 'emergency visits in the year before, up to 4', value: 1 },
    ]);
  });

  it('comes of a model of its own where a cohort has 300 returns, else of that of all cohorts', async () => {
    expect(
      await table(`select model, specialty_cohort, count(*)::integer as stays
        from mart.readmission_risk join mart.readmission_stay using (stay_id) group by all order by all`),
    ).toEqual([
      { model: 'all cohorts', specialty_cohort: 'neurology', stays: 100 },
      { model: 'medicine', specialty_cohort: 'medicine', stays: 900 },
    ]);
  });

  it('adds up to the returns that were, in each model', async () => {
    const [sums] = await table(`
      select abs(sum(risk.expected) - count_if(stay.is_unplanned_readmission_30)) < 0.001 as is_equal
      from mart.readmission_risk as risk join mart.readmission_stay as stay using (stay_id) where model = 'medicine'`);
    expect(sums).toEqual({ is_equal: true });
  });

  it('held out, comes of the coefficients that were fitted without the person', async () => {
    const coefficients = await table(
      "select fold, factor, coefficient from mart.readmission_coefficient where model = 'medicine'",
    );
    const factors = await table(
      "select subject_id, fold, factor, value from mart.readmission_factor where model = 'medicine' and subject_id in ('s7', 's8', 's14')",
    );
    const said = await table(
      "select stay_id, expected, held_out_expected from mart.readmission_risk where stay_id in ('s7', 's8', 's14') order by stay_id",
    );
    const chance = (stay: unknown, fold: unknown) => {
      const logit = factors
        .filter(({ subject_id }) => subject_id === stay)
        .reduce((sum, { factor, value }) => {
          const found = coefficients.find((one) => one.factor === factor && one.fold === fold);
          return sum + Number(found?.coefficient) * Number(value);
        }, 0);
      return Number((1 / (1 + Math.exp(-logit))).toFixed(6));
    };
    expect(said).toEqual(
      said.map(({ stay_id }) => ({
        stay_id,
        expected: chance(stay_id, 0),
        held_out_expected: chance(stay_id, factors.find(({ subject_id }) => subject_id === stay_id)?.fold),
      })),
    );
  });

  it('has the c-statistic that counting every pair gives', async () => {
    const judged = await table(`select is_unplanned_readmission_30 as is_return, held_out_expected as chance
      from mart.readmission_risk join mart.readmission_stay using (stay_id) where model = 'medicine'`);
    let [right, pairs] = [0, 0];
    for (const returned of judged.filter(({ is_return }) => is_return)) {
      for (const other of judged.filter(({ is_return }) => !is_return)) {
        pairs++;
        right += returned.chance === other.chance ? 0.5 : Number(Number(returned.chance) > Number(other.chance));
      }
    }
    expect(
      await table(
        "select c_statistic from mart.readmission_calibration where model = 'medicine' and dimension = 'all'",
      ),
    ).toEqual([{ c_statistic: Number((right / pairs).toFixed(6)) }]);
  });

  it('is held against what happened in every group, each with all the stays', async () => {
    const groups = await table(`select dimension, sum(subjects)::integer as stays, sum(events)::integer as returns
      from mart.readmission_calibration where model = 'medicine' group by dimension order by dimension`);
    expect(groups.map(({ dimension }) => dimension)).toEqual([
      'age_band',
      'all',
      'decile of risk',
      'dual_status',
      'race',
      'sex',
    ]);
    expect(new Set(groups.map(({ stays }) => stays))).toEqual(new Set([900]));
    expect(new Set(groups.map(({ returns }) => returns)).size).toBe(1);
  });
});
