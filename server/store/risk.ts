import { z } from 'zod';
import type { Filter } from '#contract/filter';
import { Basis, Candidate, type Candidates, type CandidatesQuery } from '#contract/risk';
import type { SnapshotCatalogue } from './catalogue.ts';
import { members } from './cohort.ts';
import type { Queries } from './query.ts';
import { cutTo, type Page, type Sql, sql } from './sql.ts';

/** The candidates of a cohort, as of data-through, as `candidate`. */
function candidates(catalogue: SnapshotCatalogue, filter: Filter): Sql {
  const { from, where } = members(catalogue, filter);
  return sql`from ${from} join mart.outreach_candidate as candidate on candidate.person_id = summary.person_id where ${where}`;
}

const Count = z.number();

/** Everybody alive with the tier of a year before on the same basis. */
const MOVED = sql`select now.person_id, (now.month - interval 12 month)::date as "from", before.tier as before, now.tier as now
  from mart.risk_tier as now
  join mart.risk_tier as before
    on before.person_id = now.person_id
    and before.basis = now.basis
    and before.month <= now.month - interval 12 month
    and before.until_month > now.month - interval 12 month
  join core.person as person on person.person_id = now.person_id
  where now.until_month is null
    and coalesce(person.death_date > (select data_through from catalogue.snapshot), true)`;

const WANTED: Readonly<Record<CandidatesQuery['list'], Sql>> = {
  on: sql`len(candidate.barriers) = 0`,
  rising: sql`len(candidate.barriers) = 0 and candidate.is_rising`,
  off: sql`len(candidate.barriers) > 0`,
  moved: sql`candidate.person_id in (select moved.person_id from (${MOVED}) as moved)`,
};

/** Counts of people by what a page about risk shows. */
export async function readRisk(queries: Queries, catalogue: SnapshotCatalogue, filter: Filter) {
  const of = candidates(catalogue, filter);
  const [latest, bases, tiers, bins, migration, barriers] = await Promise.all([
    queries.row(
      sql`select max(month) as month from mart.risk_tier where until_month is null`,
      z.object({ month: z.iso.date().nullable() }),
    ),
    queries.rows(
      sql`select candidate.basis as basis, count(*) as persons ${of} group by candidate.basis order by candidate.basis`,
      z.object({ basis: Basis, persons: Count }),
    ),
    queries.rows(
      sql`select candidate.tier as tier, count(*) as persons, count_if(${WANTED.rising}) as rising ${of}
          group by candidate.tier order by candidate.tier`,
      z.object({ tier: z.string(), persons: Count, rising: Count }),
    ),
    queries.rows(
      sql`select (5 * floor(candidate.score / 5))::integer as "from", count(*) as persons ${of}
          and candidate.basis = 'model' group by 1 order by 1`,
      z.object({ from: z.int(), persons: Count }),
    ),
    queries.rows(
      sql`select moved."from", moved.before, moved.now, count(*) as persons
        from (${MOVED}) as moved
        where moved.person_id in (select candidate.person_id ${of})
        group by all order by all`,
      z.object({ from: z.iso.date(), before: z.string(), now: z.string(), persons: Count }),
    ),
    queries.rows(
      sql`select regexp_replace(candidate.barriers[1], ' (on|since) [0-9-]+$', '') as barrier, count(*) as persons ${of}
          and len(candidate.barriers) > 0 group by 1 order by persons desc, barrier`,
      z.object({ barrier: z.string(), persons: Count }),
    ),
  ]);
  return { ...latest, bases, tiers, bins, migration, barriers };
}

/** Those without a chance come last, by tier and then by score: scores of different bases only compare by their tiers. */
const LIKELIEST = sql`chance desc nulls last,
  list_position(['very low', 'low', 'moderate', 'high', 'very high'], tier) desc, score desc`;

const Place = z.object({
  place: Count,
  chance: z.number().nullable(),
  expected: Count,
  listed: Count,
  modelled: Count,
});

/**
 * Places of a cohort's list, the likeliest first: that of the last person whom `capacity` reaches, and those at 0, 1 ...
 * 100 % of the list. `expected` sums the chances up to the place; `modelled` is how many of all have one.
 */
export function readPlaces(queries: Queries, catalogue: SnapshotCatalogue, filter: Filter, capacity: number) {
  return queries.rows(
    sql`with listed as (
        select candidate.person_id, candidate.chance, candidate.tier, candidate.score
        ${candidates(catalogue, filter)} and len(candidate.barriers) = 0
      ),
      ranked as (
        select chance, row_number() over ranks as place, sum(coalesce(chance, 0)) over ranks as expected,
          count(*) over () as listed, count(chance) over () as modelled
        from listed
        window ranks as (order by ${LIKELIEST}, person_id rows unbounded preceding)
      )
      select place, chance, expected, listed, modelled
      from ranked
      where place = least(${capacity}, listed)
        or place in (select round(percent * listed / 100.0) from generate_series(0, 100) as grid(percent))
      order by place`,
    Place,
  );
}

/** Of the people of the last landmark the likeliest, by what the model told beforehand. */
export async function readFound(queries: Queries, catalogue: SnapshotCatalogue, filter: Filter, share: number) {
  return queries.row(
    sql`with judged as (
        select judged.is_admitted, row_number() over (order by judged.risk desc, judged.person_id) as place, count(*) over () as persons
        from mart.admission_risk_judged as judged
        where judged.person_id in (select candidate.person_id ${candidates(catalogue, filter)})
      )
      select count_if(place <= round(${share} * persons)) as people,
        count_if(place <= round(${share} * persons) and is_admitted) as admitted, count_if(is_admitted) as "all"
      from judged`,
    z.object({ people: Count, admitted: Count, all: Count }),
  );
}

/** The people of one list. */
export function candidatesOf(
  catalogue: SnapshotCatalogue,
  filter: Filter,
  { list, tier, before }: Pick<CandidatesQuery, 'list' | 'tier' | 'before'>,
  page: Page | null,
) {
  const of = sql`${candidates(catalogue, filter)} and ${WANTED[list]}
    ${tier === undefined ? sql`` : sql`and candidate.tier = ${tier}`}
    ${
      before === undefined
        ? sql``
        : sql`and candidate.person_id in (select moved.person_id from (${MOVED}) as moved where moved.before = ${before})`
    }`;
  return {
    count: sql`select count(*) as total ${of}`,
    rows: sql`with listed as (select candidate.*, summary.age, summary.sex, summary.practice, summary.last_visit_date ${of})
      select listed.*, nullif(concat_ws(' ', person.first_name, person.last_name), '') as name
      from listed
      join core.person as person on person.person_id = listed.person_id
      order by ${LIKELIEST}, listed.person_id
      ${cutTo(page)}`,
  };
}

/** One page of them. */
export async function readCandidates(
  queries: Queries,
  catalogue: SnapshotCatalogue,
  filter: Filter,
  query: CandidatesQuery,
): Promise<Candidates> {
  const { count, rows } = candidatesOf(catalogue, filter, query, query);
  const [{ total }, people] = await Promise.all([
    queries.row(count, z.object({ total: Count })),
    queries.rows(rows, Candidate, query.limit),
  ]);
  return { total, people };
}
