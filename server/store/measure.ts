import { z } from 'zod';
import type { Populations, Rate, Standing } from '../fhir/measure-report.ts';
import type { SnapshotCatalogue } from './catalogue.ts';
import type { Queries } from './query.ts';
import { join, type Sql, sql } from './sql.ts';

const Counts = z.object({
  rate_id: z.string(),
  initial_population: z.number(),
  denominator: z.number(),
  denominator_exclusion: z.number(),
  denominator_exception: z.number(),
  numerator: z.number(),
});

const populations = (counted: (column: Sql) => Sql): Sql =>
  join(
    [
      sql`${counted(sql`initial_population`)} as initial_population`,
      sql`${counted(sql`denominator`)} as denominator`,
      sql`${counted(sql`denominator_exclusion`)} as denominator_exclusion`,
      sql`${counted(sql`denominator_exception`)} as denominator_exception`,
      sql`${counted(sql`numerator`)} as numerator`,
    ],
    ', ',
  );

const ofPeriod = (catalogue: SnapshotCatalogue) => sql`year(period_end) = ${catalogue.period}::integer`;

const rateOf = ({ metrics }: SnapshotCatalogue, measureId: string, rateId: string) =>
  [...metrics.values()].find((metric) => metric.measureId === measureId && metric.rateId === rateId);

const onlyPopulations = ({ rate_id: _, ...counts }: z.infer<typeof Counts>): Populations => counts;

/** Everybody in each population of every rate of a measure, in the period of the snapshot; empty when there is none. */
export async function readRates(queries: Queries, catalogue: SnapshotCatalogue, measureId: string): Promise<Rate[]> {
  const found = await queries.rows(
    sql`select rate_id, ${populations((column) => sql`count(*) filter (where ${column})::double`)}
      from mart.care_gap where measure_id = ${measureId} and ${ofPeriod(catalogue)} group by rate_id order by rate_id`,
    Counts,
  );
  return found.flatMap((counts) => {
    const metric = rateOf(catalogue, measureId, counts.rate_id);
    return metric ? [{ metric, populations: onlyPopulations(counts) }] : [];
  });
}

/** How one person stands in every rate, in the period of the snapshot. */
export async function readStandings(
  queries: Queries,
  catalogue: SnapshotCatalogue,
  personId: string,
): Promise<Standing[]> {
  const found = await queries.rows(
    sql`select measure_id, status, reason, evidence, rate_id, ${populations((column) => sql`${column}::integer::double`)}
      from mart.care_gap where person_id = ${personId} and ${ofPeriod(catalogue)} order by measure_id, rate_id, subject_id`,
    Counts.extend({
      measure_id: z.string(),
      status: z.string(),
      reason: z.string().nullable(),
      evidence: z.string().nullable(),
    }),
  );
  return found.flatMap(({ measure_id, status, reason, evidence, ...counts }) => {
    const metric = rateOf(catalogue, measure_id, counts.rate_id);
    return metric ? [{ metric, status, reason, evidence, populations: onlyPopulations(counts) }] : [];
  });
}
