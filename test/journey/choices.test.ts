import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { MetricResult } from '#contract/result';
import { rows } from '../../pipelines/engine/sql.ts';
import { openHome } from '../../pipelines/publish/home.ts';
import { readPointer } from '../../pipelines/publish/snapshot.ts';
import { type Served, serve } from '../support/serve.ts';

let connection: DuckDBConnection;
beforeAll(async () => {
  const home = inject('publishedHome');
  const { file = '' } = readPointer(openHome(home)) ?? {};
  const instance = await DuckDBInstance.create(join(home, file), { access_mode: 'READ_ONLY' });
  connection = await instance.connect();
});
afterAll(() => connection.closeSync());

const chosen = async (choice: string) =>
  (
    await rows(
      connection,
      `select count(*)::integer as stays, sum(numerator)::integer as returns from mart.readmission_choice where choice = '${choice}'`,
    )
  )[0];

describe('a rule of readmission chosen otherwise', () => {
  // The metrics have SQL and cases of their own.
  it.each([
    ['as-defined', 'readmission_30_day'],
    ['planned-returns-count', 'readmission_30_day_all_cause'],
    ['within-7-days', 'readmission_7_day'],
    ['within-90-days', 'readmission_90_day'],
  ])('%s is %s', async (choice, metric) => {
    const [total] = await rows(
      connection,
      `select count(*)::integer as stays, sum(numerator)::integer as returns from metric.${metric} where exclusion is null`,
    );
    expect(await chosen(choice)).toEqual(total);
    expect(Number(total?.returns)).toBeGreaterThan(0);
  });

  it('changes the stays, or the returns, as the stays say one by one', async () => {
    const stays = await rows(
      connection,
      `select stay.stay_id, stay.person_id, stay.facility_id, stay.admit_date::varchar as admit_date,
         stay.discharge_date::varchar as discharge_date, stay.is_planned, stay.age, stay.is_index, stay.exclusion_of_stay,
         stay.has_part_a_before, stay.days_of_data::integer as days_of_data, stay.days_in_part_a::integer as days_in_part_a,
         stay.next_is_planned, stay.days_to_next::integer as days_to_next, next.admit_facility_id as next_facility_id
       from mart.readmission_stay as stay left join mart.inpatient_stay as next on next.stay_id = stay.next_stay_id`,
    );
    type Stay = (typeof stays)[number];
    const within = (stay: Stay, days: number) =>
      stay.days_to_next !== null && Number(stay.days_to_next) >= 0 && Number(stay.days_to_next) <= days;
    const returned = (stay: Stay, days = 30) => within(stay, days) && stay.next_is_planned === false;
    const followed = (stay: Stay, days = 30) =>
      stay.days_of_data !== null &&
      Number(stay.days_of_data) >= days &&
      (stay.days_in_part_a === null || Number(stay.days_in_part_a) >= days);
    const old = ({ age }: Stay) => age !== null && Number(age) >= 65;
    const usual = (stay: Stay) => old(stay) && stay.has_part_a_before === true && followed(stay);
    const count = (counts: (stay: Stay) => boolean, returns: (stay: Stay) => boolean) => {
      const index = stays.filter(counts);
      return { stays: index.length, returns: index.filter(returns).length };
    };
    const days = (from: unknown, to: unknown) => (Date.parse(String(to)) - Date.parse(String(from))) / 86_400_000;
    const isIndex = ({ is_index }: Stay) => is_index === true;
    const othersToo = [
      'psychiatric principal diagnosis',
      'rehabilitation principal diagnosis',
      'medical treatment of cancer',
    ];

    expect(await chosen('same-hospital-only')).toEqual(
      count(isIndex, (stay) => returned(stay) && stay.next_facility_id === stay.facility_id),
    );
    expect(await chosen('planned-return-hides-none')).toEqual(
      count(isIndex, (stay) =>
        stays.some(
          (later) =>
            later.person_id === stay.person_id &&
            later.stay_id !== stay.stay_id &&
            later.is_planned === false &&
            days(stay.discharge_date, later.admit_date) >= 0 &&
            days(stay.discharge_date, later.admit_date) <= 30,
        ),
      ),
    );
    expect(await chosen('any-age')).toEqual(
      count(
        (stay) => stay.exclusion_of_stay === null && stay.has_part_a_before === true && followed(stay),
        (stay) => returned(stay),
      ),
    );
    expect(await chosen('any-coverage')).toEqual(
      count(
        (stay) => stay.exclusion_of_stay === null && old(stay) && Number(stay.days_of_data) >= 30,
        (stay) => returned(stay),
      ),
    );
    expect(await chosen('against-advice-counts')).toEqual(
      count(
        (stay) =>
          [null, 'left against medical advice'].some((reason) => reason === stay.exclusion_of_stay) && usual(stay),
        (stay) => returned(stay),
      ),
    );
    expect(await chosen('every-diagnosis')).toEqual(
      count(
        (stay) =>
          (stay.exclusion_of_stay === null || othersToo.includes(String(stay.exclusion_of_stay))) && usual(stay),
        (stay) => returned(stay),
      ),
    );
    expect(await chosen('covid-19-counts')).toEqual(await chosen('as-defined'));
    for (const span of [14, 60]) {
      expect(await chosen(`within-${span}-days`)).toEqual(
        count(
          (stay) =>
            stay.exclusion_of_stay === null && old(stay) && stay.has_part_a_before === true && followed(stay, span),
          (stay) => returned(stay, span),
        ),
      );
    }
  });
});

const OF_STAY = ['facility', 'index_condition', 'discharge_day', 'practice'];
const OF_RETURN = ['return_day', 'return_condition'];
const OF_DISCHARGE = [...OF_STAY, 'discharge_setting', 'stay_length', 'specialty_cohort'];

describe('a rate of readmission', () => {
  let served: Served;
  beforeAll(async () => {
    served = await serve(inject('publishedHome'));
  });
  afterAll(() => served.close());
  const answer = async (question: string) =>
    MetricResult.parse(await (await served.ask(`/api/metrics/${question}`)).json());

  it.each([
    ['readmission-30-day', [...OF_DISCHARGE, ...OF_RETURN]],
    ['readmission-30-day-all-cause', OF_DISCHARGE],
    ['readmission-30-day-all-payer', OF_DISCHARGE],
    ['readmission-7-day', OF_DISCHARGE],
    ['readmission-90-day', OF_DISCHARGE],
    ['readmission-30-day-skilled-nursing', OF_DISCHARGE],
    ['readmission-30-day-with-observation', OF_STAY],
  ])('%s is cut by each of %j into groups that add up to it', async (metric, dimensions) => {
    const { total } = await answer(metric);
    expect(total.denominator).toBeGreaterThan(0);
    for (const by of dimensions) {
      const { cells } = await answer(`${metric}?by=${by}`);
      const sum = (part: 'numerator' | 'denominator') => cells.reduce((all, cell) => all + (cell[part] ?? 0), 0);
      expect([by, sum('numerator'), sum('denominator')]).toEqual([by, total.numerator, total.denominator]);
    }
  });

  it.each([...OF_RETURN.map((id) => `by=${id}`), 'where=return_day:3'])(
    'is never shared by what came of the stays: %s',
    async (question) => {
      const { total, cells } = await answer(`readmission-30-day?${question}&mode=shareable`);
      expect([total, ...cells].every(({ numerator, denominator }) => numerator === null && denominator === null)).toBe(
        true,
      );
    },
  );
});
