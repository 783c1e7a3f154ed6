import { z } from 'zod';
import type { SnapshotCatalogue } from './catalogue.ts';
import { countedBy } from './metric.ts';
import type { Queries } from './query.ts';
import type { Question } from './question.ts';
import { sql } from './sql.ts';

/** People from the costliest on, and what they have in all. `contributors`: those who have anything. */
const Ranked = z.object({
  percent: z.number(),
  persons: z.number(),
  contributors: z.number(),
  dollars: z.number(),
  gini: z.number().nullable(),
});
export type Ranked = z.infer<typeof Ranked>;

/**
 * The costliest 1, 2 ... 100 % of the people who count, each number of people rounded up; nothing where nobody counts.
 * Every row carries the Gini coefficient of all of them (null without dollars), by the ranks: Dixon and others, Ecology 68, 1987.
 */
export function readRanked(queries: Queries, catalogue: SnapshotCatalogue, question: Question): Promise<Ranked[]> {
  return queries.rows(
    sql`with person as (
        select round(fsum(numerator), 6) as dollars from (${countedBy(catalogue, question)}) as subject group by person_id
      ),
      ranked as (
        select dollars, row_number() over ranks as rank, sum(dollars) over ranks as running,
          count_if(dollars <> 0) over ranks as contributors
        from person
        window ranks as (order by dollars desc rows unbounded preceding)
      ),
      whole as (
        select count(*) as persons, fsum(dollars) as dollars,
          (count(*) + 1 - 2 * fsum(rank * dollars) / nullif(fsum(dollars), 0)) / count(*) as gini
        from ranked
      )
      select percent::integer as percent, ranked.rank::integer as persons, ranked.contributors::integer as contributors,
        round(ranked.running, 6) as dollars,
        case when whole.dollars > 0 then round(whole.gini, 6) end as gini
      from whole, generate_series(1, 100) as grid(percent)
      join ranked on ranked.rank = ceil(percent * whole.persons / 100.0)
      order by percent`,
    Ranked,
  );
}
