import type { DuckDBConnection } from '@duckdb/node-api';
import type { Model } from './graph.ts';
import { fitLogistic, type Observation } from './logistic.ts';
import { insertRows, rows } from './sql.ts';

/** Makes the table of a model from its SELECT. */
export async function makeTable(connection: DuckDBConnection, model: Model): Promise<void> {
  if (model.isLogistic) await makeCoefficients(connection, model);
  else await connection.run(`create table ${model.name} as ${model.sql}`);
}

const COEFFICIENT = `model varchar, fold integer, factor varchar, coefficient double, standard_error double,
  subjects bigint, events bigint`;

/**
 * Fits logistic regressions to a SELECT of (model, subject_id, fold, outcome, factor, value), one row per factor that a
 * subject has: for every model one to all its subjects (fold 0), and for each further fold one to the subjects of the
 * others; a subject of fold 0 is in every fit. One row of the table per model, fold and factor. Every coefficient but the
 * intercept's has a normal prior around 0 (log odds), so that a rare factor stays near nothing; its standard deviation is
 * 1, or what a column `prior` says. Nothing is fitted where all subjects fare alike.
 */
async function makeCoefficients(connection: DuckDBConnection, { name, sql }: Model): Promise<void> {
  await connection.run(`create or replace table ${name} (${COEFFICIENT})`);
  await connection.run(
    `create or replace temp table stated as select null::double as prior where false union all by name (${sql})`,
  );
  for (const { model } of await rows(connection, 'select distinct model from stated order by model')) {
    const factors = await factorsOf(connection, String(model));
    const subjects = await subjectsOf(connection, String(model));
    for (const fold of [...new Set([0, ...subjects.map((subject) => subject.fold)])].sort()) {
      const others = subjects.filter((subject) => fold === 0 || subject.fold !== fold);
      const found = fitted(others, factors).map((row) => ({ model, fold, ...row }));
      await insertRows(connection, name, COEFFICIENT, found);
    }
  }
  await connection.run('drop table stated');
}

interface Factor {
  readonly factor: string;
  /** Standard deviation of the coefficient's prior. */
  readonly prior: number;
}

/** In the order of their places. */
const factorsOf = async (connection: DuckDBConnection, model: string): Promise<Factor[]> =>
  (
    await rows(
      connection,
      `select factor, coalesce(max(prior), 1) as prior from stated where model = $model group by factor order by factor`,
      { model },
    )
  ).map(({ factor, prior }) => ({ factor: String(factor), prior: Number(prior) }));

interface Subject extends Observation {
  readonly fold: number;
  readonly places: number[];
  readonly values: number[];
}

/**
 * In an order that does not follow the ids, so that the same subjects under other ids add up to the last digit. Handed
 * over as numbers: texts take ten times as long.
 */
async function subjectsOf(connection: DuckDBConnection, model: string): Promise<Subject[]> {
  const stated = await connection.runAndReadAll(
    `with one as (select * from stated where model = $model),
     subject as (
       select subject_id, (row_number() over (order by sum(hash(outcome, factor, value))) - 1)::integer as number
       from one group by subject_id
     ),
     factor as (
       select factor, (row_number() over (order by factor) - 1)::integer as place from one group by factor
     )
     select subject.number, fold, outcome, factor.place, value::double
     from one join subject using (subject_id) join factor using (factor)
     order by subject.number, factor.place`,
    { model },
  );
  const [numbers = [], folds = [], outcomes = [], places = [], values = []] = stated.getColumns();
  const subjects: Subject[] = [];
  for (const [at, number] of numbers.entries()) {
    subjects[Number(number)] ??= { fold: Number(folds[at]), outcome: outcomes[at] === true, places: [], values: [] };
    subjects[Number(number)]?.places.push(Number(places[at]));
    subjects[Number(number)]?.values.push(Number(values[at]));
  }
  return subjects;
}

/** What subjects tell of the factors that they have. */
function fitted(subjects: readonly Subject[], factors: readonly Factor[]) {
  const events = subjects.filter(({ outcome }) => outcome).length;
  if (events === 0 || events === subjects.length) return [];
  const { coefficients, standardErrors } = fitLogistic(
    subjects,
    factors.map(({ factor, prior }) => (factor === 'intercept' ? 0 : 1 / prior ** 2)),
  );
  const had = new Set(subjects.flatMap(({ places }) => places));
  return factors.flatMap(({ factor }, place) =>
    had.has(place)
      ? {
          factor,
          coefficient: coefficients[place],
          standard_error: standardErrors[place],
          subjects: subjects.length,
          events,
        }
      : [],
  );
}
