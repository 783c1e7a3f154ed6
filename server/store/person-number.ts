import type { PersonNumber } from '#contract/cohort';
import { isRecorded } from '#contract/metric';
import type { SnapshotCatalogue } from './catalogue.ts';
import { join, type Sql, sql } from './sql.ts';

/** Open gaps of each person, of the measures that some source records. */
export const openGaps = ({ metrics }: SnapshotCatalogue): Sql => sql`(
    select person_id, count(*)::integer as open_gaps
    from mart.care_gap
    where status in ('open', 'due soon', 'overdue', 'tested, value unknown')
      and year(period_end) = (select period::integer from catalogue.snapshot)
      and measure_id || ' ' || rate_id in (${join(
        [...metrics.values()].filter(isRecorded).map(({ measureId, rateId }) => sql`${`${measureId} ${rateId}`}`),
        ', ',
      )})
    group by person_id
  )`;

/** Joins the open gaps, as `gap`, to `summary` (mart.person_summary). */
export const withGaps = (catalogue: SnapshotCatalogue): Sql =>
  sql`left join ${openGaps(catalogue)} as gap on gap.person_id = summary.person_id`;

/** A number of a row of mart.person_summary as `summary`, for open gaps with the join `withGaps`; null where not known. */
export const NUMBER_OF: Readonly<Record<PersonNumber | 'age', Sql>> = {
  age: sql`case when summary.age >= 0 then summary.age end`,
  chance: sql`case when summary.risk_basis = 'model' then summary.risk_score end`,
  paid: sql`coalesce(summary.paid_12m, 0)`,
  admissions: sql`coalesce(summary.admissions_12m, 0)`,
  emergency_visits: sql`coalesce(summary.emergency_visits_12m, 0)`,
  condition_count: sql`coalesce(len(summary.conditions), 0)`,
  open_gaps: sql`coalesce(gap.open_gaps, 0)`,
  months_since_visit: sql`date_sub('month', summary.last_visit_date, (select data_through from catalogue.snapshot))`,
};
