import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitLogistic, type Observation } from '../../pipelines/engine/logistic.ts';
import { makeTable } from '../../pipelines/engine/make.ts';
import { rows } from '../../pipelines/engine/sql.ts';

/** Weight (1,000 lb) and manual gearbox of the 32 cars of Henderson and Velleman, Biometrics 1981;37:391. */
const CARS =
  `2.62 1,2.875 1,2.32 1,3.215 0,3.44 0,3.46 0,3.57 0,3.19 0,3.15 0,3.44 0,3.44 0,4.07 0,3.73 0,3.78 0,5.25 0,
  5.424 0,5.345 0,2.2 1,1.615 1,1.835 1,2.465 0,3.52 0,3.435 0,3.84 0,3.845 0,1.935 1,2.14 1,1.513 1,3.17 1,2.77 1,
  3.57 1,2.78 1`
    .split(',')
    .map((car): Observation => {
      const [weight = 0, manual] = car.trim().split(' ').map(Number);
      return { places: [0, 1], values: [1, weight], outcome: manual === 1 };
    });

const chanceOf = ({ places, values }: Observation, coefficients: ArrayLike<number>): number =>
  1 /
  (1 +
    Math.exp(-Array.from(places).reduce((sum, place, at) => sum + (coefficients[place] ?? 0) * (values[at] ?? 0), 0)));

describe('logistic regression', () => {
  it('without a penalty gives what R gives', () => {
    const { coefficients, standardErrors } = fitLogistic(CARS, [0, 0]);
    expect(coefficients[0]).toBeCloseTo(12.04, 3);
    expect(coefficients[1]).toBeCloseTo(-4.024, 3);
    expect(standardErrors[0]).toBeCloseTo(4.51, 2);
    expect(standardErrors[1]).toBeCloseTo(1.436, 2);
  });

  it('at its end no step in any direction is worth its penalty, whatever the data', () => {
    const observation = fc.record({
      values: fc.tuple(fc.constant(1), fc.integer({ min: -3, max: 3 }), fc.boolean().map(Number)),
      outcome: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.array(observation, { minLength: 5, maxLength: 60 }),
        fc.double({ min: 0.1, max: 5, noNaN: true }),
        (known, penalty) => {
          fc.pre(known.some(({ outcome }) => outcome) && known.some(({ outcome }) => !outcome));
          const observations = known.map((one) => ({ ...one, places: [0, 1, 2] }));
          const penalties = [0, penalty, penalty];
          const { coefficients } = fitLogistic(observations, penalties);
          for (const place of [0, 1, 2]) {
            const pull = observations.reduce(
              (sum, one) => sum + (one.values[place] ?? 0) * (Number(one.outcome) - chanceOf(one, coefficients)),
              0,
            );
            expect(pull).toBeCloseTo((penalties[place] ?? 0) * (coefficients[place] ?? 0), 6);
          }
        },
      ),
    );
  });

  it('says so when outcomes are told apart and nothing holds the coefficients', () => {
    const observations = [1, 2, 3, 4].map((value) => ({ places: [0, 1], values: [1, value], outcome: value > 2 }));
    expect(() => fitLogistic(observations, [0, 0])).toThrow(/did not settle|depends on the others/);
  });
});

describe('a table of coefficients', () => {
  const made = async (sql: string) => {
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run('create schema mart');
    await makeTable(connection, { name: 'mart.coefficient', path: 'coefficient.logistic.sql', isLogistic: true, sql });
    return connection;
  };

  it('has for every model one fit to all and one without each fold, and the intercept gives back the events', async () => {
    const connection = await made(`
      select model, n as subject_id, 1 + n % 3 as fold, n % 4 = 0 as outcome, factor, 1.0 as value
      from range(60) as subject (n), (values ('one'), ('two')) as model (model), (values ('intercept'), ('even')) as factor (factor)
      where factor = 'intercept' or n % 2 = 0`);
    expect(
      await rows(
        connection,
        'select model, fold, subjects, events, count(*) as factors from mart.coefficient group by all order by all',
      ),
    ).toEqual(
      ['one', 'two'].flatMap((model) =>
        [0, 1, 2, 3].map((fold) => ({
          model,
          fold,
          subjects: fold === 0 ? '60' : '40',
          events: fold === 0 ? '15' : '10',
          factors: '2',
        })),
      ),
    );
    const [expected] = await rows(
      connection,
      `with score as (
         select n, sum(coefficient) as logit
         from range(60) as subject (n)
         join mart.coefficient on model = 'one' and fold = 0 and (factor = 'intercept' or n % 2 = 0)
         group by n
       )
       select round(sum(1 / (1 + exp(-logit))), 6) as events from score`,
    );
    expect(expected).toEqual({ events: 15 });
  });

  it('has the subjects of fold 0 in every fit, as of the years before the one that is judged', async () => {
    const connection = await made(`
      select 'one' as model, n as subject_id, n % 2 as fold, n % 3 = 0 as outcome, 'intercept' as factor, 1.0 as value
      from range(60) as subject (n)`);
    expect(await rows(connection, 'select fold, subjects, events from mart.coefficient order by fold')).toEqual([
      { fold: 0, subjects: '60', events: '20' },
      { fold: 1, subjects: '30', events: '10' },
    ]);
  });

  it('holds a coefficient the nearer to nothing the narrower its prior, and a prior of 1 is as none said', async () => {
    const fitWith = async (column: string) => {
      const connection = await made(`
        select 'one' as model, n as subject_id, 0 as fold, n % 8 < 2 + 4 * (n % 2) as outcome, factor, 1.0 as value ${column}
        from range(80) as subject (n), (values ('intercept'), ('odd')) as factor (factor)
        where factor = 'intercept' or n % 2 = 1`);
      const [row] = await rows(connection, "select coefficient from mart.coefficient where factor = 'odd'");
      return Number(row?.coefficient);
    };
    const [none, one, narrow] = [await fitWith(''), await fitWith(', 1 as prior'), await fitWith(', 0.1 as prior')];
    expect(one).toBe(none);
    expect(Math.abs(narrow)).toBeLessThan(Math.abs(none) / 3);
  });

  it('is empty where nobody or everybody had the outcome', async () => {
    const connection = await made(
      "select 'all' as model, n as subject_id, 1 as fold, true as outcome, 'intercept' as factor, 1.0 as value from range(9) as subject (n)",
    );
    expect(await rows(connection, 'select * from mart.coefficient')).toEqual([]);
  });
});
