import type { DuckDBConnection } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rows } from '../../pipelines/engine/sql.ts';
import { atRisk, dayOf, followUps, judge, textOf, type Year } from './claims-oracle.ts';
import { filled, people, TABLES } from './claims-people.ts';

const yearsOf = (year: number): Year[] =>
  [year - 1, year].map((one) => ({
    year: one,
    start: dayOf(`${one}-01-01`),
    end: dayOf(`${one}-12-31`),
    through: dayOf(`${year}-12-31`),
  }));

describe.each([2025, 2026])('measures of claims of 600 random people in %i and the year before', (year) => {
  const all = [...people(600, year)];
  let connection: DuckDBConnection;
  beforeAll(async () => {
    connection = await filled(new Map(all), year);
  });
  afterAll(() => connection.closeSync());

  const lines = async (sql: string): Promise<string[]> => (await rows(connection, sql)).map(({ line }) => String(line));
  const same = (found: readonly string[], expected: readonly string[]): void => {
    expect(found.filter((line) => !expected.includes(line))).toEqual([]);
    expect(expected.filter((line) => !found.includes(line))).toEqual([]);
    expect(found).toHaveLength(expected.length);
  };

  it('adherence, statins in diabetes, vaccinations and wellness visits are what a naive reading finds', async () => {
    const read = all.flatMap(([id, person]) =>
      yearsOf(year).flatMap((one) => judge(person, one).map((its) => ({ id, ...its }))),
    );
    const found = await lines(
      `select concat_ws(' ', source_person_id, measure_id, rate_id, year(period_start),
         if(denominator_exclusion, 'excluded', ''), if(numerator, 'met', '')) as line
       from (${TABLES.map((table) => `from ${table}`).join(' union all ')})
       join core.person_source using (person_id)
       where initial_population`,
    );
    same(
      found,
      read.map(({ id, measure, rate, year: of, isExcluded, isNumerator }) =>
        [id, measure, rate, of, isExcluded ? 'excluded' : '', isNumerator ? 'met' : ''].join(' '),
      ),
    );
    for (const measure of new Set(read.map((one) => one.measure))) {
      const its = read.filter((one) => one.measure === measure);
      for (const isSo of [
        its.filter(({ isExcluded }) => isExcluded),
        its.filter(({ isNumerator }) => isNumerator),
        its.filter(({ isExcluded, isNumerator }) => !isExcluded && !isNumerator),
      ]) {
        expect(isSo.length, measure).toBeGreaterThan(2);
      }
    }
  });

  it('follow-ups are what a naive reading finds', async () => {
    const read = all.flatMap(([id, person]) =>
      yearsOf(year).flatMap((one) => followUps(person, one).map((its) => ({ id, ...its }))),
    );
    const found = await lines(
      `select concat_ws(' ', source_person_id, kind, event_date, if(left_out is null, 'counted', ''),
         if(exclusion is not null, 'excluded', ''), coalesce(days_to_follow_up::varchar, 'none')) as line
       from mart.behavioral_follow_up join core.person_source using (person_id)`,
    );
    same(
      found,
      read.map(({ id, kind, day, isCounted, isExcluded, followUp }) =>
        [id, kind, textOf(day), isCounted ? 'counted' : '', isExcluded ? 'excluded' : '', followUp ?? 'none'].join(' '),
      ),
    );
    expect(read.filter(({ isCounted, followUp }) => isCounted && followUp !== null).length).toBeGreaterThan(100);
  });

  it('admissions and days at risk with multiple chronic conditions are what a naive reading finds', async () => {
    const ill = await lines(
      `select source_person_id || ' ' || year as line
       from mart.chronic_condition join core.person_source using (person_id)
       cross join (values (${year - 1}), (${year})) as of (year)
       where since_date < make_date(year, 1, 1) and until_date >= make_date(year, 1, 1) - 1
         and condition in ('diabetes', 'heart-failure', 'depression')
       group by all having count(*) >= 2`,
    );
    const read = all.flatMap(([id, person]) =>
      yearsOf(year)
        .filter((one) => ill.includes(`${id} ${one.year}`))
        .flatMap((one) =>
          [...atRisk(person, one)].map(([month, { days, admissions }]) => ({ id, month, days, admissions })),
        ),
    );
    const found = await lines(
      `select concat_ws(' ', source_person_id, strftime(anchor_date, '%Y-%m'),
         round(denominator * day(last_day(anchor_date)), 3)::integer, numerator::integer) as line
       from metric.multiple_chronic_admissions_per_1000 join core.person_source using (person_id)
       where year(anchor_date) >= ${year - 1}`,
    );
    same(
      found,
      read.map(({ id, month, days, admissions }) => [id, month, days, admissions].join(' ')),
    );
    expect(read.filter(({ admissions }) => admissions > 0).length).toBeGreaterThan(20);
  });
});
