import { ValueSet } from '#contract/result';
import type { Queries } from './query.ts';
import { sql } from './sql.ts';

/** The code lists that a metric reads, those without codes first. */
export const readValueSets = (queries: Queries, metric: string): Promise<ValueSet[]> =>
  queries.rows(
    sql`select value_set as name, oid, source, is_supplied as "isSupplied", rules::double as rules, seen::double as seen
      from catalogue.value_set where list_contains(metrics, ${metric}) order by rules > 0, value_set`,
    ValueSet,
  );
