import { z } from 'zod';
import { Conflict, ConflictReason, type ConflictsQuery, Identity, Review } from '#contract/identity';
import type { Column } from './columns.ts';
import type { Queries } from './query.ts';
import { cutTo, type Page, type Sql, sql } from './sql.ts';

/** Whose claims CMS does not share any more as of data-through; a day that is not known has passed. */
export const NOT_SHARED = sql`(
    select exclusion.person_id, exclusion.excluded_date as not_shared_from,
      coalesce(exclusion.reason, 'no reason given') as not_shared
    from core.beneficiary_exclusion as exclusion
    where coalesce(exclusion.excluded_date <= (select data_through from catalogue.snapshot), true)
  )`;

const Counts = z.object({ reviews: z.int(), records: z.int(), not_shared: z.int() });

export const countDisputes = (queries: Queries): Promise<z.output<typeof Counts>> =>
  queries.row(
    sql`select
        (select count(distinct review_id) from core.person_review) as reviews,
        (select count(distinct (source_name, source_person_id)) from core.person_review) as records,
        (select count(*) from ${NOT_SHARED}) as not_shared`,
    Counts,
  );

const Matched = Identity.shape.matched.unwrap().element;

export const countMatched = (queries: Queries): Promise<z.output<typeof Matched>[]> =>
  queries.rows(
    sql`select sources, count(*) as persons
      from (
        select list_sort(list(distinct source_name)) as sources from core.person_source group by person_id
      )
      group by sources order by persons desc, sources`,
    Matched,
  );

const Kind = z.object({ reason: ConflictReason, months: z.int(), persons: z.int() });

export const countConflicts = (queries: Queries): Promise<z.output<typeof Kind>[]> =>
  queries.rows(
    sql`select reason, count(*) as months, count(distinct person_id) as persons
      from core.eligibility_conflict group by reason order by months desc, reason`,
    Kind,
  );

/** Reviews in the order of their ids, each with its records. */
export async function readReviews(queries: Queries, most: number): Promise<Review[]> {
  const rows = await queries.rows(
    sql`select review_id, differs, system, value, person_id, source_name, source_person_id,
        nullif(concat_ws(' ', first_name, last_name), '') as name, birth_date, death_date, sex, zip_code
      from core.person_review
      where review_id in (select distinct review_id from core.person_review order by review_id limit ${most})
      order by review_id, source_name, source_person_id`,
    Review.omit({ records: true }).extend(Review.shape.records.element.shape),
  );
  const reviews = new Map<string, Review>();
  for (const { review_id, differs, system, value, ...record } of rows) {
    const review = reviews.get(review_id) ?? { review_id, differs, system, value, records: [] };
    review.records.push(record);
    reviews.set(review_id, review);
  }
  return [...reviews.values()];
}

/**
 * The file that joins the records of one review when it is delivered: the layout of the input table person_identifier.
 * Without rows when there is no such review.
 */
export const decisionOf = (queries: Queries, review: string): Promise<Column[]> =>
  queries.columns(
    sql`select distinct source_person_id as person_id, 'urn:throughline:same-person' as system, review_id as value,
        source_name as data_source
      from core.person_review where review_id = ${review} order by data_source, person_id`,
  );

export const readConflicts = (
  queries: Queries,
  { reason, limit, offset }: Pick<ConflictsQuery, 'reason' | 'limit' | 'offset'>,
): Promise<Conflict[]> => queries.rows(conflictsOf(reason, { limit, offset }), Conflict, limit);

/** Persons by reason, those with most months first. */
export const conflictsOf = (reason: ConflictsQuery['reason'], page: Page | null): Sql =>
  sql`select conflict.reason, conflict.person_id, nullif(concat_ws(' ', person.first_name, person.last_name), '') as name,
        source.ids as source_person_ids, conflict.months, conflict.first_month, conflict.last_month
      from (
        select reason, person_id, count(*) as months, min(month) as first_month, max(month) as last_month
        from core.eligibility_conflict where ${reason === undefined ? sql`true` : sql`reason = ${reason}`}
        group by reason, person_id
      ) as conflict
      join core.person as person on person.person_id = conflict.person_id
      join (
        select person_id, list(distinct source_person_id order by source_person_id) as ids
        from core.person_source group by person_id
      ) as source on source.person_id = conflict.person_id
      order by conflict.months desc, conflict.first_month, conflict.person_id, conflict.reason
      ${cutTo(page)}`;
