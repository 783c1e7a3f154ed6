import { z } from 'zod';
import type { RiskModel } from '#contract/risk-model';
import type { SnapshotCatalogue } from './catalogue.ts';
import type { Queries } from './query.ts';
import { sql } from './sql.ts';

const Factor = z.object({ model: z.string(), factor: z.string(), coefficient: z.number(), standard_error: z.number() });
const Group = z.object({
  model: z.string(),
  dimension: z.string(),
  value: z.string().nullable(),
  subjects: z.int(),
  events: z.int(),
  expected: z.number(),
  c_statistic: z.number().nullable(),
});
const Z = 1.959964;

/** The models of `mart.<name>_coefficient`, held against what happened in `mart.<name>_calibration` and `mart.<name>_slope`. */
export async function readRiskModels(
  queries: Queries,
  { names }: SnapshotCatalogue,
  name: string,
): Promise<RiskModel[]> {
  const [factors, groups, terms] = await Promise.all([
    queries.rows(
      sql`select model, factor, coefficient, standard_error from ${names.table(`mart.${name}_coefficient`)}
        where fold = 0 order by model, factor = 'intercept', abs(coefficient) desc, factor`,
      Factor,
    ),
    queries.rows(
      sql`select model, dimension, value, subjects, events, expected, c_statistic
        from ${names.table(`mart.${name}_calibration`)} order by model, dimension, try_cast(value as integer), value`,
      Group,
    ),
    queries.rows(
      sql`select model, factor, coefficient, standard_error from ${names.table(`mart.${name}_slope`)} where fold = 0`,
      Factor,
    ),
  ]);
  const limited = (model: string, factor: string) => {
    const term = terms.find((one) => one.model === model && one.factor === factor);
    if (!term) return null;
    const { coefficient, standard_error } = term;
    return { value: coefficient, low: coefficient - Z * standard_error, high: coefficient + Z * standard_error };
  };
  return groups.flatMap(({ model, dimension, subjects, events, c_statistic }) => {
    if (dimension !== 'all' || c_statistic === null) return [];
    return [
      {
        ...{ model, subjects, events, cStatistic: c_statistic },
        slope: limited(model, 'slope'),
        intercept: limited(model, 'intercept'),
        factors: factors
          .filter((one) => one.model === model)
          .map(({ factor, coefficient, standard_error }) => ({
            factor,
            ratio: Math.exp(coefficient),
            low: Math.exp(coefficient - Z * standard_error),
            high: Math.exp(coefficient + Z * standard_error),
          })),
        groups: groups
          .filter((one) => one.model === model && one.dimension !== 'all')
          .map(({ model: _, c_statistic: __, ...group }) => group),
      },
    ];
  });
}
