import type { DuckDBConnection } from '@duckdb/node-api';
import type { Model } from './graph.ts';
import { fitLogistic } from './logistic.ts';
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
  await connection.run(`create table ${name} (${COEFFICIENT})`);
  for (const [model, subjects] of await subjectsByModel(connection, sql)) {
    for (const fold of [...new Set([0, ...subjects.map((subject) => subject.fold)])].sort()) {
      const found = fitted(subjects.filter((subject) => fold === 0 || subject.fold !== fold)).map((row) => ({
        model,
        fold,
        ...row,
      }));
      await insertRows(connection, name, COEFFICIENT, found);
    }
  }
}

interface Subject {
  readonly fold: number;
  readonly outcome: boolean;
  readonly factors: readonly string[];
  readonly values: readonly number[];
  /** Standard deviations of the coefficients' priors; null: 1. */
  readonly priors: readonly (number | null)[];
}

/** In an order that does not follow the ids, so that the same subjects under other ids add up to the last digit. */
async function subjectsByModel(connection: DuckDBConnection, sql: string): Promise<Map<string, Subject[]>> {
  const found = await rows(
    connection,
    `select model, fold, outcome, list(factor order by factor)::json as factors, list(value order by factor)::json as "values",
       list(prior order by factor)::json as priors
     from (select null::double as prior where false union all by name (${sql}))
     group by model, subject_id, fold, outcome order by all`,
  );
  const byModel = new Map<string, Subject[]>();
  for (const { model, fold, outcome, factors, values, priors } of found) {
    const subjects = byModel.get(String(model)) ?? [];
    subjects.push({
      fold: Number(fold),
      outcome: outcome === true,
      factors: JSON.parse(String(factors)),
      values: JSON.parse(String(values)),
      priors: JSON.parse(String(priors)),
    });
    byModel.set(String(model), subjects);
  }
  return byModel;
}

function fitted(subjects: readonly Subject[]) {
  const events = subjects.filter(({ outcome }) => outcome).length;
  if (events === 0 || events === subjects.length) return [];
  const factors = [...new Set(subjects.flatMap((subject) => subject.factors))].sort();
  const placeOf = new Map(factors.map((factor, place) => [factor, place]));
  const priorOf = new Map(subjects.flatMap((one) => one.factors.map((factor, at) => [factor, one.priors[at] ?? 1])));
  const { coefficients, standardErrors } = fitLogistic(
    subjects.map(({ outcome, factors, values }) => ({
      outcome,
      values,
      places: factors.map((factor) => placeOf.get(factor) ?? 0),
    })),
    factors.map((factor) => (factor === 'intercept' ? 0 : 1 / (priorOf.get(factor) ?? 1) ** 2)),
  );
  return factors.map((factor, place) => ({
    factor,
    coefficient: coefficients[place],
    standard_error: standardErrors[place],
    subjects: subjects.length,
    events,
  }));
}
